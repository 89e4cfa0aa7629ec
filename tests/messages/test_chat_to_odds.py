"""From the export of a simulated chat to the odds: what was said arrives, and polish arrives nowhere."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

import velveteen as vt
from velveteen.circle.household import ME, THEM
from velveteen.circle.whatsapp import write
from velveteen.measure.weekly import weekly_cells
from velveteen.messages import read_export
from velveteen.messages.codes import coded_entries
from velveteen.messages.draft import check

WEEKS = 14
INWARD = ("met_in_messages", "owned_in_messages")


@pytest.fixture(scope="module")
def home():
    return vt.simulate("same", WEEKS, 5)


@pytest.fixture(scope="module")
def cells_of(tmp_path_factory):
    def read(chat):
        path = tmp_path_factory.mktemp("chat") / "chat.zip"
        write(path, chat, THEM, form="ios", seconds=True)
        return weekly_cells(coded_entries(read_export(path), THEM, ME))[0]

    return read


@pytest.fixture(scope="module")
def as_written(home, cells_of):
    return cells_of(home.chat())


@pytest.fixture(scope="module")
def polished(home, cells_of):
    """Every message of theirs in which words prompt a question of the draft check is left unsent from week 5 on."""
    kept, before, begins = [], "", home.chat()[0][0] + timedelta(weeks=4)
    for at, who, text in home.chat():
        if who == ME:
            before = text
        if who == ME or at < begins or not any(asked.places for asked in check(text, before)):
            kept.append((at, who, text))
    assert len(kept) < len(home.chat())
    return cells_of(kept)


def of(cells, channel):
    mine = [c for c in cells if c.channel == channel]
    return sum(c.value for c in mine), sum(c.of for c in mine)


def test_every_channel_of_messages_arrives_in_every_month(as_written):
    first = min(c.week for c in as_written)
    for channel in ("courtesy", "hurt_in_messages", *INWARD):
        assert {(c.week - first) // 5 for c in as_written if c.channel == channel} == {0, 1, 2}


def test_what_was_coded_is_near_what_was_meant(home, as_written):
    theirs = [meant for (_, who, _), meant in zip(home.chat(), home.meant(), strict=True) if who == THEM]
    kind = sum(bool(meant & {"thanks", "greeting", "name"}) for meant in theirs)
    wounds = sum(bool(meant & {"blame", "denial", "contempt"}) for meant in theirs)
    assert of(as_written, "courtesy")[0] == pytest.approx(kind, rel=0.25)
    assert 0.5 * wounds < of(as_written, "hurt_in_messages")[0] < 0.9 * wounds + 0.03 * len(theirs)


def test_polish_removes_the_wounds_and_no_occasion_and_gives_no_answer(as_written, polished):
    assert of(polished, "hurt_in_messages")[0] < 0.5 * of(as_written, "hurt_in_messages")[0]
    for channel in INWARD:
        assert of(polished, channel)[1] == of(as_written, channel)[1]
        assert of(polished, channel)[0] <= of(as_written, channel)[0]


def test_polish_moves_the_odds_of_a_lasting_change_nowhere(as_written, polished):
    plain, after = (vt.judge(c, sensitivity=False) for c in (as_written, polished))
    assert after.odds["neutral"]["lasting"] <= plain.odds["neutral"]["lasting"] + 1e-3
    assert "wording_not_weighed" in {p.code for p in after.problems}


def test_another_language_gives_no_verdict_and_says_why(cells_of, home):
    chat = [(at, who, "Ich komme später, danke dir, und du?") for at, who, _ in home.chat()]
    cells = cells_of(chat)
    assert {c.channel for c in cells} == {"courtesy"}
    with pytest.raises(vt.Refused) as refusal:
        vt.judge(cells)
    assert refusal.value.code == "only_wording"


def test_weeks_without_messages_have_no_cells(cells_of, home):
    first = home.chat()[0][0]
    gap = [m for m in home.chat() if not timedelta(weeks=4) <= m[0] - first < timedelta(weeks=7)]
    weeks = sorted({c.week for c in cells_of(gap)})
    assert len(weeks) == WEEKS - 3
    assert max(b - a for a, b in pairwise(weeks)) == 4

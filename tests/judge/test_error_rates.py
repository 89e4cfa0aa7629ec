"""How often verdicts are wrong: the right entry of the table, and words that claim nothing of real households."""

from __future__ import annotations

import pytest

from velveteen.judge import error_rates as module
from velveteen.judge.error_rates import error_rates, near, table


def entry(world, weeks, band, said=40, wrong=4, share=0.1):
    step = {"said": said, "wrong": wrong, "wrong_share": share}
    return {
        "world": world, "weeks": weeks, "cells_a_week": list(band), "households": 100,
        "leans": step, "likely": step, "very_likely": {"said": 0, "wrong": 0, "wrong_share": -1.0},
    }  # fmt: skip


THIN, FULL = (0.0, 4.0), (8.0, 30.0)
ENTRIES = (
    entry("circle", 16, THIN), entry("circle", 16, FULL), entry("circle", 64, FULL, share=0.02),
    entry("other", 64, FULL, share=0.2),
)  # fmt: skip


@pytest.mark.parametrize(
    ("weeks", "cells", "found"),
    [
        (20, 2.0, [("circle", 16, THIN)]),
        (63, 9.0, [("circle", 16, FULL)]),
        (64, 9.0, [("circle", 64, FULL), ("other", 64, FULL)]),
        (400, 1.0, [("circle", 64, FULL), ("other", 64, FULL)]),
        (6, 5.0, [("circle", 16, THIN)]),
    ],
)
def test_the_longest_length_not_beyond_the_record_and_the_nearest_density(weeks, cells, found):
    chosen = [(e["world"], e["weeks"], tuple(e["cells_a_week"])) for e in near(ENTRIES, weeks, cells)]
    assert chosen == found


def test_an_empty_table_and_a_handful_of_households_have_nothing_near():
    assert near((), 32, 9.0) == []
    assert near(({**ENTRIES[0], "households": 6},), 32, 9.0) == []


@pytest.fixture
def shipped(monkeypatch):
    monkeypatch.setattr(module, "table", lambda: ENTRIES)


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("weeks", "word", "status", "part"),
    [
        (64, "likely", "simulated", "2 to 20 of 100, by the world they were simulated in (80 verdicts)"),
        (16, "leans towards", "simulated", "in 10 of 100"),
        (64, "very likely", "simulated", "No simulated household"),
        (64, "cannot tell yet", "nothing said", "nothing yet that could be wrong"),
    ],
)
def test_the_words_are_of_simulated_households_alone(weeks, word, status, part):
    rates = error_rates(weeks, 9.0, word)
    assert rates["status"] == status
    assert part in rates["words"]
    assert rates["words"].endswith("How often it is wrong on real ones has not been measured.")


def test_without_a_mistake_it_says_what_rate_would_still_fit(monkeypatch):
    monkeypatch.setattr(module, "table", lambda: (entry("circle", 16, FULL, said=40, wrong=0, share=0.0),))
    assert "none of 40; up to about 8 in 100 would fit" in error_rates(16, 9.0, "likely")["words"]


def test_what_ships_counts_no_more_mistakes_than_verdicts():
    assert {e["weeks"] for e in table()} >= {16, 32, 64}
    for shown in table():
        for step in ("leans", "likely", "very_likely"):
            assert 0 <= shown[step]["wrong"] <= shown[step]["said"] <= shown["households"]

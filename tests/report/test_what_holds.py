"""What holds: sections of any record, words by hand, and pictures that take their colours from the page."""

from __future__ import annotations

import json
import re
from datetime import date

import altair as alt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.journal.strategies import records
from tests.measure.diary import entry, hurt, kind, on, rated, wrote
from tests.report.test_total import ENTRIES

from velveteen.circle import simulate
from velveteen.guide.words import NEVER_NAMES, NEVER_SAID, SHAMING
from velveteen.guide.words import found as words_found
from velveteen.journal.entries import Entry
from velveteen.measure.cells import Cell
from velveteen.measure.intervals import Range
from velveteen.measure.weekly import weekly_cells
from velveteen.report import circle_figure as circle_
from velveteen.report import faces_figure as faces_
from velveteen.report import hard_days_figure as hard_
from velveteen.report import moved_figure as moved_
from velveteen.report import swings_figure as swings_
from velveteen.report import toward_figure as toward_
from velveteen.report.papers import NEVER_TEST
from velveteen.report.ranges import bracket, cell, overlap, said_of
from velveteen.report.rows_picture import Row, rows_spec, upto
from velveteen.report.tokens import SENTINELS
from velveteen.report.what_holds import Section, what_holds

IDS = ("hard-days", "swings", "faces", "circle", "toward", "moved")
EMPTIES = (hard_.EMPTY, swings_.EMPTY, faces_.EMPTY, circle_.EMPTY, toward_.EMPTY, moved_.EMPTY)


def sections(entries: list[Entry]) -> dict[str, Section]:
    cells, _, _ = weekly_cells(entries)
    return {s.id: s for s in what_holds(entries, cells, on(99_999))}


def said(entries: list[Entry], section: str) -> tuple[str, ...]:
    return sections(entries)[section].figure.sentences


@pytest.fixture(scope="module", params=["same", "worse", "temporary", "surface", "conditional", "lasting"])
def simulated(request: pytest.FixtureRequest) -> dict[str, Section]:
    return sections(simulate(request.param, 104, 3).entries())


@given(records | st.lists(ENTRIES, max_size=12))
@settings(max_examples=60, deadline=None)
def test_any_record_has_all_sections_in_order(entries: list[Entry]) -> None:
    found = what_holds(entries, weekly_cells(entries)[0], date(2025, 5, 1))
    assert tuple(s.id for s in found) == IDS
    assert all(s.figure.sentences and all(s.figure.sentences) for s in found)


def test_an_empty_record_says_what_will_be_here_and_asks_for_nothing() -> None:
    found = sections([])
    assert tuple(s.figure.sentences for s in found.values()) == tuple((e,) for e in EMPTIES)
    assert [s.id for s in found.values() if s.figure.svg or s.figure.table] == []
    assert all(s.figure.ahead for s in found.values())
    assert [
        e for e in EMPTIES if re.search(r"please|should|you must|write more|\?|!", e, re.IGNORECASE)
    ] == []


def test_a_full_record_has_pictures_tables_and_words_above_them(simulated: dict[str, Section]) -> None:
    for name in IDS[:4]:
        assert simulated[name].figure.svg is not None
        assert simulated[name].figure.table is not None
        assert not simulated[name].figure.ahead


def test_no_text_shames_promises_or_keeps_anyone_waiting(simulated: dict[str, Section]) -> None:
    for section in simulated.values():
        told = " ".join(
            [*section.figure.sentences, section.figure.table.caption if section.figure.table else ""]
        )
        assert words_found(told, SHAMING) == []
        assert words_found(told, NEVER_SAID) == []
        assert words_found(section.title, NEVER_NAMES) == []


def test_pictures_take_every_colour_from_the_page_and_no_id_is_twice(simulated: dict[str, Section]) -> None:
    drawn = [s.figure.svg for s in simulated.values() if s.figure.svg]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(|=\"(?:white|black|red|green)\"", "".join(drawn)) == []
    ids = re.findall(r'id="([^"]+)"', "".join(drawn))
    assert len(ids) == len(set(ids))


def test_every_table_is_as_wide_as_its_head(simulated: dict[str, Section]) -> None:
    tables = [s.figure.table for s in simulated.values() if s.figure.table]
    assert {len(row) - len(t.head) for t in tables for row in t.body} == {0}


def test_rows_are_a_valid_specification_in_the_page_s_colours() -> None:
    rows = [Row("one", Range(1, 0.5, 2), Range(2, 1, 3)), Row("two", None, Range(2, 1, 90))]
    spec = rows_spec(rows, "acts", upto(rows), ("harm", "kindness"))
    assert alt.Chart.from_dict(spec).to_dict()
    assert set(re.findall(r"#[0-9a-f]{6}", json.dumps(spec))) <= set(SENTINELS.values())
    assert upto(rows)["scale"]["domain"] == [0, 6]
    assert upto([])["scale"]["domain"] == [0, 1.0]


def test_held_for_weeks_with_the_hard_days_among_them() -> None:
    entries = [hurt(0), *[wrote(n, "refused" if n in {5, 9} else "calm") for n in range(1, 29)]]
    assert said(entries, "hard-days")[0] == (
        "Held for 4 weeks, 2 hard days among them: no harmful act is written after 1 January 2024, up to 29 January 2024."
    )


def test_days_without_a_word_are_named_and_not_counted_as_quiet() -> None:
    first = said([hurt(0), *[wrote(n) for n in range(10, 29)]], "hard-days")[0]
    assert first.endswith("What they did is not written for 9 days of these; they are not counted as quiet.")


def test_a_few_days_are_not_called_held() -> None:
    assert said([wrote(0), hurt(3), wrote(4)], "hard-days")[0] == (
        "The last harmful act is written on 4 January 2024, and the last day on which what they did is written is "
        "5 January 2024."
    )
    assert said([wrote(0), wrote(1)], "hard-days")[0].startswith("Held for 2 days, no hard days among them")


def test_few_hard_days_are_never_to_be_tested() -> None:
    few = [hurt(0), *[wrote(n, "refused" if n < 2 else "calm") for n in range(40)]]
    assert [s for s in said(few, "hard-days") if s.endswith(NEVER_TEST)] == [
        f"2 hard days are written in the last 26 weeks, too few to say how it holds. {NEVER_TEST}"
    ]
    many = [wrote(n, "refused" if n < 20 else "calm") for n in range(40)]
    assert NEVER_TEST not in " ".join(said(many, "hard-days"))


def test_harm_on_hard_and_calm_days_by_hand() -> None:
    entries = [
        *[wrote(n, "refused" if n % 2 else "calm") for n in range(20)],
        *[hurt(n) for n in (1, 7, 13, 15, 2)],
    ]
    told = said(entries, "hard-days")[1]
    assert (
        "harmful acts 4 (in 9 of 10 such records between 1.4 and 9.2) on hard days and 1 (0.1 to 4.7) on calm days"
        in told
    )
    assert "kind acts 0 on hard days and 0 on calm days" in told
    assert told.endswith("For harm, the two ranges overlap, so the difference may be chance.")


@pytest.mark.parametrize("days", [1, 13])
def test_a_few_days_give_no_rate_and_no_range(days: int) -> None:
    entries = [hurt(0), *[wrote(n, "refused" if n % 2 else "calm") for n in range(days)]]
    assert said(entries, "hard-days")[1:] == (hard_.TOO_SOON,)
    assert hard_.TOO_SOON not in said(
        [*entries, wrote(days), wrote(days + 1), *[wrote(20 + n) for n in range(13)]], "hard-days"
    )


def test_days_of_one_kind_are_not_compared() -> None:
    told = said(
        [*[wrote(n) for n in range(20)], *[wrote(n, "refused") for n in range(400, 420)]], "hard-days"
    )
    assert "overlap" not in " ".join(told)
    assert "Before that" in told[2]


def swinging(quarters: int = 1) -> list[Entry]:
    return rated([8.0 if n // 4 % 2 else 2.0 for n in range(91 * quarters)])


def test_swings_are_told_with_how_often_how_far_and_how_fast() -> None:
    first, second, *_ = said(swinging(), "swings")
    assert first.startswith(
        "From 3 January to 31 March 2024: 22 turns between warm and cold (11 to cold, 11 to warm)"
    )
    assert second == "Half of them went 6 points of ten or more (6), and half took 1 day or less (1)."


def test_no_swing_is_told_too() -> None:
    flat = rated([8.0, 8.0, *[5.0] * 60])
    assert said(flat, "swings")[0].startswith(
        "From 3 January to 2 March 2024: no turns between warm and cold, about 0"
    )
    assert len(said(flat, "swings")) == 2


def test_quarters_that_hold_little_are_only_in_the_table() -> None:
    figure = sections([*swinging(), *rated([8.0, 8.0, 5.0, 5.0, *[None] * 3] * 6, 91)])["swings"].figure
    assert figure.svg is not None
    assert figure.table is not None
    assert [int(row[2]) for row in figure.table.body] == [
        91,
        12,
    ]  # the second begins two days into the weeks of four days
    points = re.findall(r'aria-label="[^"]*"|<path[^>]*A', figure.svg)
    assert len(points) - 1 == 1


def test_kindness_alone_and_in_company_by_hand() -> None:
    alone = [*[hurt(n, audience="alone") for n in range(8)], *[kind(n, audience="alone") for n in range(2)]]
    company = [kind(n, audience=who) for n in range(5) for who in ("family", "public")]
    told = said([*alone, *company], "faces")
    assert told[0] == (
        "Of the acts written with nobody else there, 2 of 10 were kind (in 9 of 10 such records between 6 and 45 in 100). "
        "Of the acts written in company, 10 of 10 were kind (83 to 100 in 100)."
    )
    assert told[1] == faces_.EXPOSURE


def test_overlapping_shares_may_be_chance_and_messages_are_no_company() -> None:
    mixed = [kind(n, audience=who) for n in range(6) for who in ("alone", "public")]
    assert said(mixed, "faces")[0].endswith("The two ranges overlap, so the difference may be chance.")
    assert said([hurt(n, audience="messages") for n in range(12)], "faces")[0] == (
        "All acts that say who was there were in messages."
    )


def test_a_therapist_s_ratings_stand_beside_those_from_home() -> None:
    cells = [
        Cell(w, "regard", v, 1.0, who) for w in range(6) for who, v in (("therapist", 7.0), ("partner", 4.0))
    ]
    told = {s.id: s for s in what_holds([], cells, on(0))}["faces"].figure.sentences
    assert told[1] == (
        "In 6 weeks that a therapist and you both rated (how I was treated), the therapist’s mean was 7 and yours 4. "
        "The middle difference, theirs less yours: 3 (3)."
    )
    few = {s.id: s for s in what_holds([], cells[:2], on(0))}["faces"].figure.sentences
    assert few[1].endswith("7 and yours 4; too few weeks to say more.")


def test_the_circle_by_hand() -> None:
    entries = [
        *[wrote(n) for n in range(150)], *[entry("turning_point", n, kind="left") for n in (20, 60, 100)],
        entry("promise", 22, what="x"), entry("promise", 61, what="x"),
    ]  # fmt: skip
    told = said(entries, "circle")
    assert told[0].startswith(
        "After a loss (someone left, or it was threatened), a promise or an apology came within two weeks 2 of 3 times "
        "(in 9 of 10 such records between 24 and 94 in 100), half of them within 1.5 days. Where there had been no loss "
        "for two weeks: 2 of 7 times (9 to 59 in 100), half of them within 10 days."
    )
    assert circle_.THEIRS in told


def test_without_a_stretch_to_compare_it_says_so() -> None:
    promised = [e for n in range(60) for e in (wrote(n), entry("promise", n, what="x"), kind(n))]
    told = said(promised, "circle")
    assert "There is no stretch without one to set beside it." in told[0]
    assert "half of them within 1 day." in told[0]


def test_beginnings_that_are_told_too_thinly_stand_under_the_table() -> None:
    entries = [wrote(n) for n in range(200) if not 31 <= n <= 44]
    entries += [entry("turning_point", n, kind="left") for n in (30, 60, 90, 120)]
    table = sections(entries)["circle"].figure.table
    assert table is not None
    assert "1 further beginning is left out" in table.caption


def test_harm_to_a_child_points_to_safety() -> None:
    assert said([hurt(0, toward="me"), kind(1, toward="child")], "toward") == (
        "Toward you: 1 harmful act, no kind ones. Toward a child: no harmful acts, 1 kind one.",
    )
    assert toward_.SAFETY in said([hurt(0, toward="child")], "toward")


def dropping(channel: str, week: int, before: float, now: float, noise: float = 0.0) -> list[Cell]:
    return [
        Cell(n, channel, (before if n < week else now) + noise * (n % 3), 1.0 if channel == "harm" else 5.0)
        for n in range(80)
    ]


def test_what_moved_first_is_said_only_where_the_times_stand_apart() -> None:
    apart = [*dropping("harm", 24, 6, 2), *dropping("regard", 60, 3, 7)]
    told = moved_.moved_figure(apart).sentences
    assert told[0].startswith(
        "Of 2 things that this record follows, 2 are better in its second half than in its first and none are worse. "
        "Better: 2 of 2 in conduct."
    )
    assert told[1].startswith("What came first: harm, better since about")
    together = [*dropping("harm", 40, 6, 2), *dropping("regard", 40, 3, 7)]
    assert (
        moved_.moved_figure(together)
        .sentences[1]
        .startswith("What came first cannot be told, because the likely times")
    )


def test_one_move_and_no_move_are_told() -> None:
    one = moved_.moved_figure([*dropping("harm", 40, 2, 6), *dropping("equals", 40, 5, 5)])
    assert (
        "none are better in its second half than in its first, 1 is worse and 1 is not clearly either."
        in one.sentences[0]
    )
    assert "0 of 1 in conduct and 0 of 1 in owning and empathy" in one.sentences[0]
    assert one.sentences[1].startswith("That one: harm, worse since about")
    none = moved_.moved_figure(dropping("equals", 40, 5, 5))
    assert none.svg is None
    assert none.sentences[1] == "What came first cannot be told, because nothing is clearly better or worse."


def test_ranges_in_words() -> None:
    assert bracket(Range(2, 1, 3), " in 100", full=True) == "(in 9 of 10 such records between 1 and 3 in 100)"
    assert bracket(Range(2, 2, 2), full=True) == "(in 9 of 10 such records 2)"
    assert (cell(None), cell(Range(-1, -2, 0.5))) == ("–", "−1 (−2 to 0.5)")
    assert (overlap(None, Range(1, 0, 2)), overlap(Range(1, 0, 2), Range(3, 2, 4))) == (False, True)
    assert not overlap(Range(1, 0, 2), Range(4, 3, 5))
    assert said_of(0, 0, None) == "0 of 0 times"

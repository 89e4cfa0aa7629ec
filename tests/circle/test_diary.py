"""The diary: canonical columns and words, and the very same content as entries."""

import csv
from collections import Counter
from datetime import date

import pytest

from velveteen import circle
from velveteen.circle.diary import COLUMNS
from velveteen.journal.diary_csv import read_diary
from velveteen.journal.entries import (
    ANSWERS,
    AUDIENCES,
    KINDS_OF_DAY,
    PROMISE_OUTCOMES,
    TURNING_POINTS,
    current,
)

WORDS = {
    "contact": {"yes", "no"},
    "day": {"", *KINDS_OF_DAY},
    "audience": {"", *AUDIENCES},
    "promise_outcome": {"", *PROMISE_OUTCOMES},
    "answer": {"", *ANSWERS},
    "told": {"", "yes", "no"},
    "acknowledged": {"", "yes", "no"},
    "turning_point": {"", *TURNING_POINTS},
    "limit_event": {"", "stated", "held", "slipped", "crossed", "invitation"},
    "session": {"", "attended", "missed"},
}


@pytest.fixture(scope="module", params=["temporary", "conditional", "lasting"])
def home(request):
    return circle.simulate(request.param, 60, 9, therapy="begun")


def test_every_row_has_the_columns_in_their_order(home):
    assert all(tuple(row) == COLUMNS for row in home.diary_rows())


def test_every_word_is_one_of_the_known(home):
    for row in home.diary_rows():
        for column, words in WORDS.items():
            assert row[column] in words, (column, row[column])


def test_ratings_are_whole_numbers_from_0_to_10(home):
    for row in home.diary_rows():
        for column in ("treated", "wellbeing", "equals", "free_to_say_no"):
            assert row[column] == "" or 0 <= int(row[column]) <= 10


def test_a_day_is_written_once_and_in_order(home):
    dates = [row["date"] for row in home.diary_rows()]
    assert dates == sorted(set(dates))
    assert dates[0] >= home.start.isoformat()


def test_nothing_of_conduct_on_days_without_contact(home):
    apart = [row for row in home.diary_rows() if row["contact"] == "no"]
    assert apart
    assert not any(
        row[column] for row in apart for column in ("day", "treated", "acts", "raised", "told", "limit")
    )


def test_names_of_acts_are_in_the_catalogue_as_harm_or_care(home):
    catalogue = pytest.importorskip("velveteen.journal.catalogue").catalogue()
    for entry in home.entries():
        if entry.kind == "act":
            assert catalogue[entry.payload["act"]].harm is entry.payload["harm"]


def as_rows(home):
    """The rows rebuilt from the entries alone, by hand, day by day."""
    rows = {}
    for entry in home.entries():
        day = entry.written.date()
        row = rows.setdefault(day, dict.fromkeys(COLUMNS, "") | {"date": day.isoformat()})
        row |= CELLS[entry.kind](entry, row)
    return [rows[day] for day in sorted(rows)]


def cells_of_promise(entry, row):
    if entry.corrects is None:
        return {"promise": entry.payload["what"], "promise_due": entry.payload["due"]}
    assert entry.payload["resolved"] == row["date"]
    return {"promise": entry.payload["what"], "promise_outcome": entry.payload["outcome"]}


def copied(*names):
    return lambda entry, row: {name: said(entry.payload.get(name)) for name in names}


CELLS = {
    "day": lambda entry, row: (
        copied("contact", "day", "treated", "wellbeing")(entry, row) | {"note": entry.facts, "feelings": entry.feelings}
    ),
    "act": lambda entry, row: {
        "acts": ";".join(filter(None, [row["acts"], entry.payload["act"]])), "audience": entry.payload["audience"],
    },
    "promise": cells_of_promise,
    "confrontation": copied("raised", "answer"),
    "inward": copied("told", "acknowledged", "equals", "free_to_say_no"),
    "turning_point": lambda entry, row: {"turning_point": entry.payload["kind"]},
    "limit": lambda entry, row: {"limit": entry.payload["limit"], "limit_event": entry.payload["event"]},
    "therapy_session": lambda entry, row: {"session": "attended" if entry.payload["attended"] else "missed"},
}  # fmt: skip


def said(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def test_entries_hold_the_very_same_content(home):
    assert as_rows(home) == home.diary_rows()


def test_a_resolved_promise_stands_once_with_its_outcome(home):
    stand = [entry.payload for entry in current(home.entries()) if entry.kind == "promise"]
    rows = home.diary_rows()
    assert len(stand) == sum(bool(row["promise"]) and not row["promise_outcome"] for row in rows)
    assert Counter(load.get("outcome", "") for load in stand if load.get("outcome")) == Counter(
        row["promise_outcome"] for row in rows if row["promise_outcome"]
    )


def test_the_csv_holds_the_rows(home, tmp_path):
    home.write_diary(tmp_path / "diary.csv")
    with (tmp_path / "diary.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == home.diary_rows()


def test_turning_points_that_the_partner_knows_are_always_written(home):
    known = [(d.date.isoformat(), d.turning_point) for d in home.days if d.turning_point and d.known]
    assert known == [(row["date"], row["turning_point"]) for row in home.diary_rows() if row["turning_point"]]


def test_one_inward_occasion_a_week_at_most(home):
    weeks = Counter(
        (date.fromisoformat(r["date"]) - home.start).days // 7 for r in home.diary_rows() if r["told"]
    )
    assert set(weeks.values()) == {1}
    assert len(weeks) > 0.75 * home.weeks


def by_content(entries):
    """What stands in the end, without ids, moments of writing, and whom it is about."""
    stand = [(e.at, e.kind, sorted(e.payload.items()), e.facts, e.feelings) for e in current(entries)]
    return sorted(stand, key=repr)


def test_the_program_reads_the_diary_back_as_the_same_entries(home, tmp_path):
    home.write_diary(tmp_path / "diary.csv")
    entries, problems = read_diary(tmp_path / "diary.csv")
    assert problems == []
    assert by_content(entries) == by_content(home.entries())

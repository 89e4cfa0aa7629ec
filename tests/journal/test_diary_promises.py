"""Promises in a diary, and what came of them."""

import pytest

from velveteen.journal.diary_csv import read_diary
from velveteen.journal.entries import current

from .conftest import NOW


@pytest.fixture
def promises(tmp_path):
    """The promise entries of rows (date, promise, due, outcome), those that stand, and the codes of problems."""

    def read(*rows):
        file = tmp_path / "diary.csv"
        lines = ["date,promise,promise_due,promise_outcome", *(",".join(row) for row in rows)]
        file.write_text("\n".join(lines), "utf-8")
        entries, problems = read_diary(file, {name: name for name in lines[0].split(",")}, now=NOW)
        standing = [e.payload for e in current(entries) if e.kind == "promise"]
        return entries, standing, [p.code for p in problems]

    return read


def test_an_outcome_in_a_later_row_corrects_the_promise(promises):
    entries, standing, problems = promises(
        ("2024-03-05", "call the bank", "2024-03-08", ""), ("2024-03-09", " Call  the bank", "", "kept")
    )
    made, outcome = entries
    assert made.payload == {"what": "call the bank", "due": "2024-03-08"}
    assert outcome.corrects == made.id
    assert outcome.at == made.at
    assert standing == [
        {"what": "call the bank", "due": "2024-03-08", "outcome": "kept", "resolved": "2024-03-09"}
    ]
    assert problems == []


def test_rows_may_stand_newest_first(promises):
    _, standing, _ = promises(("2024-03-09", "call", "", "broken"), ("2024-03-05", "call", "2024-03-08", ""))
    assert [p["outcome"] for p in standing] == ["broken"]


def test_an_outcome_in_the_same_row(promises):
    entries, standing, problems = promises(("2024-03-05", "call", "2024-03-08", "partly"))
    assert len(entries) == 2
    assert standing == [{"what": "call", "due": "2024-03-08", "outcome": "partly", "resolved": "2024-03-08"}]
    assert problems == []


def test_an_outcome_without_a_due_date_in_the_same_row_has_no_day(promises):
    _, standing, _ = promises(("2024-03-05", "call", "", "yes"))
    assert standing == [{"what": "call", "outcome": "kept"}]


def test_the_same_words_promised_again_are_another_promise(promises):
    _, standing, _ = promises(
        ("2024-03-01", "call", "2024-03-02", ""), ("2024-03-02", "call", "", "broken"),
        ("2024-03-05", "call", "2024-03-06", ""), ("2024-03-06", "call", "", "kept"),
    )  # fmt: skip
    assert [(p["due"], p["outcome"]) for p in standing] == [("2024-03-02", "broken"), ("2024-03-06", "kept")]


def test_of_two_open_ones_the_one_due_last_by_then_is_meant(promises):
    _, standing, _ = promises(
        ("2024-03-01", "call", "2024-03-02", ""), ("2024-03-05", "call", "2024-03-06", ""),
        ("2024-03-05", "call", "2024-03-20", ""), ("2024-03-07", "call", "", "kept"),
    )  # fmt: skip
    assert {p["due"]: p.get("outcome") for p in standing} == {
        "2024-03-02": None,
        "2024-03-06": "kept",
        "2024-03-20": None,
    }


def test_an_open_one_without_a_due_date_is_found(promises):
    _, standing, _ = promises(("2024-03-01", "call", "", ""), ("2024-03-07", "call", "", "withdrawn"))
    assert standing == [{"what": "call", "outcome": "withdrawn", "resolved": "2024-03-07"}]


def test_an_outcome_or_a_due_date_without_a_promise_is_named(promises):
    entries, _, problems = promises(("2024-03-05", "", "2024-03-08", "kept"))
    assert (entries, problems) == ([], ["promise_without_words", "promise_without_words"])


def test_an_outcome_that_cannot_be_read_leaves_the_promise_open(promises):
    _, standing, problems = promises(("2024-03-05", "call", "2024-03-08", "purple"))
    assert standing == [{"what": "call", "due": "2024-03-08"}]
    assert problems == ["unreadable_value"]


def test_a_due_date_before_the_promise_is_kept_and_named(promises):
    _, standing, problems = promises(("2024-03-05", "call", "2024-03-01", ""))
    assert standing == [{"what": "call", "due": "2024-03-01"}]
    assert problems == ["due_before_made"]


def test_a_row_with_its_own_due_date_is_its_own_promise(promises):
    _, standing, problems = promises(
        ("2025-06-01", "be on time", "2025-06-04", ""),
        ("2025-07-10", "be on time", "2025-07-13", "broken"),
        ("2025-07-20", "be on time", "2025-07-22", "kept"),
    )
    assert [(p["due"], p.get("outcome")) for p in standing] == [
        ("2025-06-04", None),
        ("2025-07-13", "broken"),
        ("2025-07-22", "kept"),
    ]
    assert problems == []


def test_the_same_words_with_the_same_due_date_are_the_same_promise(promises):
    _, standing, _ = promises(
        ("2025-06-01", "call", "2025-06-04", ""), ("2025-06-05", "call", "2025-06-04", "kept")
    )
    assert [(p["due"], p["outcome"]) for p in standing] == [("2025-06-04", "kept")]


def test_of_several_that_were_open_at_once_it_is_said_which_was_taken(promises):
    _, standing, problems = promises(
        ("2025-06-01", "call", "2025-06-10", ""),
        ("2025-06-03", "call", "2025-06-12", ""),
        ("2025-06-13", "call", "", "kept"),
    )
    assert {p["due"]: p.get("outcome") for p in standing} == {"2025-06-10": None, "2025-06-12": "kept"}
    assert problems == ["several_promises_open"]

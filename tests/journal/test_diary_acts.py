"""What was not read about acts is unknown, never harmless; a sentence is no act."""

import pytest

from velveteen.journal.diary_csv import read_diary

from .conftest import NOW


@pytest.fixture
def diary(tmp_path):
    def read(*lines):
        file = tmp_path / "diary.csv"
        file.write_text("\n".join(lines), "utf-8")
        return read_diary(file, now=NOW)

    return read


def days(entries):
    """Whether acts were asked, day by day."""
    return [e.payload.get("acts", True) for e in entries if e.kind == "day"]


def acts(entries):
    return [e.payload["act"] for e in entries if e.kind == "act"]


def test_without_a_column_of_acts_no_day_was_asked(diary):
    entries, _ = diary("date,contact,treated", "2024-03-05,yes,6")
    assert days(entries) == [False]


def test_a_number_that_is_blank_or_cannot_be_read_is_unknown(diary):
    entries, problems = diary(
        "date,contact,harm", "2024-03-05,yes,0", "2024-03-06,yes,", "2024-03-07,yes,a lot", "2024-03-08,yes,2"
    )
    assert days(entries) == [True, False, False, True]
    assert [(p.code, p.where) for p in problems] == [("unreadable_value", "line 4")]


def test_a_column_named_harm_is_read_whatever_stands_in_it(diary):
    entries, problems = diary("date,contact,harm", "2024-03-05,yes,bad", "2024-03-06,yes,worse")
    assert days(entries) == [False, False]
    assert [p.where for p in problems] == ["line 2", "line 3"]


@pytest.mark.parametrize(
    "word", ["", "none", "No", "nothing", "-", "–", "0", "n/a", "nichts", "Nein", "keine", "nada", "rien"]
)
def test_a_word_for_nothing_is_no_act_and_the_day_was_asked(diary, word):
    entries, problems = diary("date,contact,acts", f"2024-03-05,yes,{word}", "2024-03-06,yes,shouted")
    assert acts(entries) == ["shouted"]
    assert days(entries) == [True, True]
    assert problems == []


@pytest.mark.parametrize("cell", ["yes", "2", "x"])
def test_that_something_happened_without_what_is_unknown(diary, cell):
    entries, problems = diary("date,contact,what they did", f"2024-03-05,yes,{cell}", "2024-03-06,yes,shouted",
                              "2024-03-07,yes,lied")  # fmt: skip
    assert acts(entries) == ["shouted", "lied"]
    assert days(entries) == [False, True, True]
    assert [p.code for p in problems] == ["unreadable_value"]


def test_a_sentence_is_kept_in_words_and_counted_as_nothing(diary):
    said = "we had a lovely day at the sea"
    entries, problems = diary(
        "date,contact,acts", f"2024-03-05,yes,{said}", "2024-03-06,yes,shouted; " + said
    )
    assert acts(entries) == ["shouted"]
    assert days(entries) == [False, False]
    assert [e.facts for e in entries if e.kind == "day"] == [said, said]
    assert [p.code for p in problems] == ["sentence_among_acts"] * 2


def test_an_act_of_ones_own_is_named_once(diary):
    entries, problems = diary(
        "date,contact,acts", "2024-03-05,yes,hid my keys", "2024-03-06,yes,Hid my keys;care:made tea"
    )
    assert [e.payload["harm"] for e in entries if e.kind == "act"] == [True, True, False]
    assert [(p.code, p.where) for p in problems] == [("act_not_in_catalogue", "line 2")]
    assert "care: hid my keys" in problems[0].message


def test_a_row_that_was_cut_wrongly_is_unknown(diary):
    entries, _ = diary("date,contact,acts", '2024-03-05,yes,"', "2024-03-06,yes,,shouted", "2024-03-07,yes,")
    assert days(entries) == [False, False, True]


def test_of_two_rows_of_a_day_both_must_have_been_read(diary):
    entries, _ = diary("date,contact,harm", "2024-03-05,yes,0", "2024-03-05,yes,")
    assert days(entries) == [False]

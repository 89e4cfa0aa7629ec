"""Pocket notation: three numbers a line; what is anything else is listed."""

import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velveteen.journal.catalogue import catalogue
from velveteen.journal.pocket import CARD, KINDS, LETTERS, parse

NOW = datetime(2026, 5, 1, 8, 0)


def read(text, **options):
    return parse(text, **{"year": 2026, "month": 3, "now": NOW, **options})


def told(text):
    entries, problems = read(text)
    assert problems == []
    return [(entry.at.day, entry.kind, entry.payload) for entry in entries]


def test_the_line_on_the_card():
    assert told("12 2 6") == [(12, "day", {"contact": True, "day": "stress", "treated": 6})]


@pytest.mark.parametrize("line", ["12 2 6", "12,2,6", "12, 2, 6", "  12\t2  6 "])
def test_spaces_or_commas(line):
    assert told(line) == told("12 2 6")


def test_kinds_of_day():
    assert [payload["day"] for _, _, payload in told("1 1 5\n2 2 5\n3 3 5\n4 4 5")] == [
        "calm",
        "stress",
        "refused",
        "criticised",
    ]


def test_no_contact_and_no_number():
    assert told("14 0\n15 1 -") == [
        (14, "day", {"contact": False}),
        (15, "day", {"contact": True, "day": "calm"}),
    ]


@pytest.mark.parametrize("line", ["13 3 2 sbs", "13 3 2 S B S", "13 3 2sbs", "13,3,2,s,b,s"])
def test_letters_are_acts_as_often_as_they_stand(line):
    acts = [(payload["act"], payload["harm"]) for _, kind, payload in told(line) if kind == "act"]
    assert acts == [("shouted", True), ("blamed_me", True), ("shouted", True)]


def test_care_has_letters_too():
    assert told("13 1 8 k")[1] == (13, "act", {"act": "took_no", "harm": False})


@pytest.mark.parametrize(
    "line", ["2026-02", "02/2026", "2.2026", "February 2026", "Feb 26", "Februar 2026:", "febrero 2026"]
)
def test_a_month_above_the_lines(line):
    entries, problems = read(f"12 1 5\n{line}\n\n3 1 6")
    assert problems == []
    assert [entry.at.date() for entry in entries] == [date(2026, 3, 12), date(2026, 2, 3)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("milk, eggs", "not_pocket"),
        ("12 2", "not_pocket"),
        ("12 5 6", "not_pocket"),
        ("12 2 6 7", "not_pocket"),
        ("call 12 2 6", "not_pocket"),
        ("2026-13", "not_pocket"),
        ("12 2 11", "out_of_range"),
        ("32 1 5", "no_such_day"),
        ("0 1 5", "no_such_day"),
    ],
)
def test_any_other_line_is_listed_and_not_added(line, code):
    entries, problems = read(f"1 1 5\n{line}\n2 1 5")
    assert [entry.at.day for entry in entries] == [1, 2]
    assert [(problem.code, problem.where, problem.text) for problem in problems] == [(code, "line 2", line)]


@pytest.mark.parametrize(("line", "unknown"), [("12 2 6 sqz", "qz"), ("12 2 6 milk", "i")])
def test_a_letter_that_is_not_on_the_card_leaves_the_day_neither_harmful_nor_harmless(line, unknown):
    entries, problems = read(line)
    assert all(mark in problems[0].message for mark in unknown)
    assert [entry.payload for entry in entries] == [
        {"contact": True, "day": "stress", "treated": 6, "acts": False}
    ]
    assert [problem.code for problem in problems] == ["unknown_letter"]


def test_a_day_written_twice_stands_as_it_was_first():
    entries, problems = read("12 2 6\n12 1 9")
    assert [entry.payload["treated"] for entry in entries] == [6]
    assert [problem.code for problem in problems] == ["repeated_day"]


def test_days_that_begin_again_without_a_month_are_never_put_into_the_wrong_one():
    entries, problems = read("30 1 5\n31 1 5\n1 1 5\n2 1 5\n2026-04\n3 1 5")
    assert [entry.at.date() for entry in entries] == [date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 3)]
    assert [(problem.code, problem.where) for problem in problems] == [
        ("month_missing", "line 3"),
        ("month_missing", "line 4"),
    ]


def test_a_day_written_a_little_late_is_no_new_month():
    assert [day for day, *_ in told("12 1 5\n14 1 5\n13 2 4")] == [12, 14, 13]


def test_without_any_month_lines_wait_for_one():
    entries, problems = parse("12 1 5\n2026-03\n13 1 5", now=NOW)
    assert [entry.at.day for entry in entries] == [13]
    assert [problem.code for problem in problems] == ["month_missing"]


def test_a_day_still_to_come_is_not_added():
    entries, problems = read("30 1 5", month=5)
    assert (entries, [problem.code for problem in problems]) == ([], ["future_date"])


def test_the_card_names_every_letter_and_kind_and_its_examples_can_be_read():
    assert all(f"  {letter}  {catalogue()[name].label}" in CARD for letter, name in LETTERS.items())
    assert all(f"\n  {digit}  " in CARD for digit in ("0", *KINDS))
    assert len(CARD.splitlines()) <= 30
    examples = re.findall(r"   (\d+ \d(?: (?:\d+|-))?(?: [a-z]+)?)(?=  |\n)", CARD)
    assert len(examples) == 4
    assert read("\n".join(dict.fromkeys(examples)).replace("12 2 -", "11 2 -"))[1] == []


@given(st.text(max_size=80) | st.text("0123456789 ,-/sbk\n", max_size=80))
def test_every_line_of_any_text_is_a_day_a_month_or_listed(text):
    entries, problems = read(text)
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    days = sum(entry.kind == "day" for entry in entries)
    months = sum(read(line) == ([], []) for line in lines)
    only_listed = sum(problem.code != "unknown_letter" for problem in problems)
    assert days + months + only_listed == len(lines)


@given(
    st.lists(
        st.tuples(st.integers(1, 31), st.sampled_from("1234"), st.integers(0, 10)),
        unique_by=lambda day: day[0],
    )
)
def test_every_day_that_is_written_is_kept(days):
    days.sort()
    text = "\n".join(" ".join(map(str, day)) for day in days)
    entries, problems = read(f"2026-03\n{text}")
    assert problems == []
    assert [(e.at.day, e.payload["day"], e.payload["treated"]) for e in entries] == [
        (d, KINDS[k], t) for d, k, t in days
    ]

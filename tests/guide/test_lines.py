"""Lines: shown as what they are, with what is known about each number at the number."""

from __future__ import annotations

import json
import re
from datetime import date
from importlib import resources

import pytest

from velveteen.guide.lines import countries, directory, help_lines, none_chosen
from velveteen.problems import BadInput

TODAY = date(2026, 11, 22)
DATA = json.loads(resources.files("velveteen.guide").joinpath("crisis_lines.json").read_text("utf-8"))
ALL = [c["cc"] for c in DATA["countries"]]


def test_every_country_of_the_data_is_listed_by_name() -> None:
    listed = countries()
    assert sorted(cc for cc, _ in listed) == sorted(ALL)
    assert [name for _, name in listed] == sorted(name for _, name in listed)


@pytest.mark.parametrize("cc", ALL)
def test_every_number_of_the_data_is_shown_unchanged(cc: str) -> None:
    data = next(c for c in DATA["countries"] if c["cc"] == cc)
    lines = help_lines(cc, TODAY)
    assert lines.emergency == data["emergency"]
    assert [line.number for line in lines.abuse] == [line.get("number", "") for line in data["abuse"]]
    assert [line.text for line in lines.crisis] == [line.get("text", "") for line in data["crisis"]]


@pytest.mark.parametrize(
    ("cc", "standing"),
    [
        ("US", "Grade A: two lists agree on this number; the newer was checked 7 October 2026."),
        ("KE", "Grade A: two lists agree on this number; one of them was checked 23 September 2026."),
        ("CH", "Grade B: one list, checked 7 October 2026."),
        ("PL", "Grade C: lists without a date agree on it; date unknown, so check it first if you can."),
    ],
)
def test_how_sure_an_abuse_line_is_is_said_in_plain_words(cc: str, standing: str) -> None:
    lines = help_lines(cc, TODAY)
    assert {line.standing for line in lines.abuse} == {standing}
    assert all(line.standing.startswith("Listed, not graded") for line in lines.crisis)


@pytest.mark.parametrize("cc", ALL)
def test_no_reader_meets_the_letter_of_a_list(cc: str) -> None:
    shown = repr(help_lines(cc, TODAY))
    assert re.findall(r"\b[Ll]ist [A-D]\b|\([A-C]\)|dated-checked", shown) == []


@pytest.mark.parametrize("cc", ALL)
def test_a_remark_keeps_every_number_that_it_names(cc: str) -> None:
    raw = next(c["note"] for c in DATA["countries"] if c["cc"] == cc)
    note = help_lines(cc, TODAY).note
    assert bool(note) == bool(raw)
    assert set(re.findall(r"\d{2,}", raw)) <= set(re.findall(r"\d{2,}", note))


@pytest.mark.parametrize(
    ("cc", "newest"), [("US", date(2026, 10, 7)), ("KE", date(2026, 9, 23)), ("PL", None)]
)
def test_the_date_is_the_newest_of_the_dated_sources(cc: str, newest: date | None) -> None:
    lines = help_lines(cc, TODAY)
    assert lines.checked == newest
    said = "date unknown" if newest is None else f"checked {newest.day} {newest:%B %Y}"
    assert all(said in line.standing for line in (*lines.abuse, *lines.crisis))


def test_older_than_six_months_says_check() -> None:
    young, old = help_lines("KE", date(2027, 3, 20)), help_lines("KE", date(2027, 3, 30))
    assert not any("check it first" in line.standing for line in young.abuse)
    assert all("more than six months ago, so check it first" in line.standing for line in old.abuse)
    assert any("Check them" in remark for remark in old.remarks)
    assert not any("Check them" in remark for remark in young.remarks)


def test_without_a_date_it_says_check_at_once() -> None:
    assert all("check it first" in line.standing for line in help_lines("TW", TODAY).abuse)


def test_a_number_marked_recalled_is_not_shown() -> None:
    recalled = next(line for line in DATA["for_people_who_harm"] if "recalled" in line["source"])
    lines = help_lines(recalled["cc"], TODAY)
    assert [line.number for line in lines.for_people_who_harm] == [""]
    assert "not shown" in lines.for_people_who_harm[0].standing
    assert recalled["number"] not in repr(lines)


def test_a_line_for_people_who_harm_names_its_source() -> None:
    line = help_lines("GB", TODAY).for_people_who_harm[0]
    assert line.number == "0808 802 4040"
    assert "projectmirabal.co.uk" in line.standing
    assert "date unknown" in line.standing


def test_the_phone_s_log_is_spoken_of_everywhere() -> None:
    assert all(any("log" in remark for remark in help_lines(cc, TODAY).remarks) for cc in ALL)


def test_letters_in_either_case_do() -> None:
    assert help_lines(" gb ", TODAY) == help_lines("GB", TODAY)


def test_an_unknown_country_says_how_to_see_the_list() -> None:
    with pytest.raises(BadInput, match="lists the countries") as unknown:
        help_lines("XX", TODAY)
    assert unknown.value.exit_code == 2


def test_none_chosen_says_how_and_that_none_is_guessed() -> None:
    assert "--country" in none_chosen()
    assert "none is guessed" in none_chosen()
    assert directory()[0][:2] == ("Find A Helpline", "https://findahelpline.com/")

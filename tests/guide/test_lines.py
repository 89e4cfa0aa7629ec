"""Lines: shown as what they are, with what is known about each number at the number."""

from __future__ import annotations

import json
import re
from datetime import date
from importlib import resources

import pytest

from velveteen.guide.lines import countries, dialled, directory, help_lines, none_chosen
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


BEST, MIDDLE, LEAST = (
    f"That is grade {grade} of three." for grade in ("A, the surest", "B, the middle", "C, the least sure")
)


AGREE = "agree on this country’s line about abuse;"


@pytest.mark.parametrize(
    ("cc", "standing"),
    [
        ("US", f"Two lists {AGREE} the newer was checked 7 October 2026. {BEST}"),
        ("KE", f"Two lists {AGREE} one of them was checked 23 September 2026. {BEST}"),
        ("CH", f"One list has this country’s line about abuse, checked 7 October 2026. {MIDDLE}"),
        ("PL", f"Lists without a date {AGREE} date unknown, so check it first if you can. {LEAST}"),
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


def test_a_directory_says_who_counted_its_countries() -> None:
    assert directory()[0][2] == "175+ countries, by a list checked 7 October 2026"


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("0808 2000 247", [("0808 2000 247", "08082000247")]),
        ("1-800-799-7233", [("1-800-799-7233", "18007997233")]),
        ("+254 722 178 177", [("+254 722 178 177", "+254722178177")]),
        ("112 (police 17)", [("112", "112"), (" (police ", ""), ("17", "17"), (")", "")]),
        ("10111; 112 mobile", [("10111", "10111"), ("; ", ""), ("112", "112"), (" mobile", "")]),
        ("079 option 1", [("079", "079"), (" option 1", "")]),
        ("START to 88788", [("START to ", ""), ("88788", "88788")]),
        ("WhatsApp (61) 9610-0180", [("WhatsApp (61) 9610-0180", "")]),
        ("", []),
    ],
)
def test_each_number_is_found_among_its_words_with_the_digits_that_a_telephone_dials(words, parts) -> None:
    assert dialled(words) == parts


@pytest.mark.parametrize("cc", ALL)
def test_no_number_of_the_data_is_changed_left_out_or_made_of_two(cc: str) -> None:
    lines = help_lines(cc, TODAY)
    told = [
        lines.emergency,
        *(x for line in (*lines.abuse, *lines.crisis) for x in (line.number, line.text) if x),
    ]
    for words in told:
        parts = dialled(words)
        assert "".join(shown for shown, _ in parts) == words
        left = "".join(shown for shown, digits in parts if not digits)
        assert re.findall(r"\d", left) == [] or "option 1" in left or "WhatsApp" in left
        assert all(re.sub(r"[^\d+]", "", shown) == digits for shown, digits in parts if digits)

"""`help-now`: who can be reached, without a journal, by a country that is chosen and never guessed."""

from __future__ import annotations

from datetime import date

from velveteen.guide.lines import countries, help_lines


def test_the_lines_of_a_country_with_their_standing(vv):
    ended = vv("help-now", "--country", "us", "--json")
    lines = help_lines("US", date.today())
    assert (ended.code, ended.json["country"], ended.json["emergency"]) == (0, "US", lines.emergency)
    assert [line["number"] for line in ended.json["abuse"]] == [line.number for line in lines.abuse]
    for line in (*lines.abuse, *lines.crisis, *lines.for_people_who_harm):
        assert line.number in ended.err
        assert line.standing in ended.err


def test_every_country_is_shown_without_an_error(vv):
    for cc, name in countries():
        ended = vv("help-now", "--country", cc)
        assert ended.code == 0
        assert name in ended.out


def test_none_chosen_says_how(vv):
    ended = vv("help-now", "--json")
    assert ended.code == 0
    assert ended.json["country"] is None
    assert "--country" in ended.json["message"]
    assert {"cc": "US", "country": "United States"} in ended.json["countries"]


def test_a_country_without_lines_is_two(vv):
    assert vv("help-now", "--country", "XX", "--json").json["error"]["code"] == "unknown_country"

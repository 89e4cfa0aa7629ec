"""The harm there is now is counted from what was written, week by week that was written."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from velveteen.journal.entries import Entry
from velveteen.report.harm_now import last_stretches, sentences

MONDAY = date(2026, 1, 5)


def entry(kind: str, week: int, day: int, **payload: object) -> Entry:
    moment = datetime(MONDAY.year, MONDAY.month, MONDAY.day) + timedelta(days=7 * week + day)
    return Entry(f"{kind}{week}{day}{len(payload)}", kind, moment, moment, payload)


def days(week: int, number: int) -> list[Entry]:
    return [entry("day", week, n, contact=True) for n in range(number)]


def test_four_weeks_end_on_the_last_written_day_and_the_four_before_stand_beside() -> None:
    entries = [e for week in (0, 1, 2, 3, 6, 7, 8, 9) for e in days(week, 5)]
    last, before = last_stretches(entries, date(2026, 4, 1))
    assert (last.first, last.last) == (date(2026, 2, 14), date(2026, 3, 13))
    assert (before.first, before.last) == (date(2026, 1, 17), date(2026, 2, 13))
    assert (last.days_written, before.days_written) == (20, 10)


def test_days_to_come_are_not_now() -> None:
    told = sentences([*days(0, 3), entry("day", 9, 0, contact=True)], date(2026, 1, 12))
    assert "5 January to 7 January 2026" in told[0]
    assert told[1:] == ["1 day is dated after today and not counted here."]


def test_days_without_a_word_on_what_they_did_are_named_and_never_called_quiet() -> None:
    unread = [entry("day", 1, n, contact=True, acts=False) for n in range(3)]
    told = " ".join(sentences(unread, date(2026, 1, 15)))
    assert "On 3 days what they did is not written, so nothing is said about them." in told
    assert "armful" not in told
    told = " ".join(sentences([*days(0, 7), *unread], date(2026, 1, 15)))
    assert "On 3 days what they did is not written" in told
    assert "Nothing harmful is written" not in told
    assert "For the others, no harmful act is written." in told


def test_an_act_on_such_a_day_is_told() -> None:
    unread = [entry("day", 0, n, contact=True, acts=False) for n in range(2)]
    told = sentences([*unread, entry("act", 0, 1, act="shouted", harm=True)], date(2026, 1, 7))[0]
    assert "On 1 day something harmful happened: 1 act." in told
    assert "On 1 day what they did is not written, so nothing is said about it." in told


@pytest.mark.parametrize("harm", [None, "x", {}, -1, True])
def test_a_whole_week_without_a_number_of_acts_is_not_called_quiet(harm: object) -> None:
    told = sentences([entry("week", 0, 0, days_contact=3, harm=harm)], date(2026, 1, 12))[0]
    assert "For 1 whole week what they did is not written, so nothing is said about it." in told
    assert "armful" not in told


def test_acts_days_and_weights_in_plain_words() -> None:
    entries = days(0, 6)
    entries += [entry("act", 0, 1, act="put_me_down", harm=True, weight=3)]
    entries += [
        entry("act", 0, 1, act="shouted", harm=True),
        entry("act", 0, 2, act="put_me_down", harm=True),
    ]
    entries += [entry("act", 0, 3, act="made_tea", harm=False)]
    told = sentences(entries, date(2026, 1, 12))
    opening = "In the last 6 days of what you wrote (5 January to 10 January 2026), you wrote on 6 of 6 days."
    harm = "On 2 days something harmful happened: 3 acts, 1 of them of the heaviest kind."
    named = "Most often: “put me down” twice and “shouted” once."
    assert told == [f"{opening} {harm} {named}"]


def test_whole_weeks_are_counted_beside() -> None:
    told = sentences([entry("week", 0, 0, days_contact=6, harm=4)], date(2026, 1, 12))
    assert "you wrote about whole weeks" in told[0]
    assert "4 harmful acts" in told[0]


def test_a_quiet_record_is_not_called_quiet_beyond_its_words() -> None:
    told = sentences(days(0, 4), date(2026, 1, 12))
    assert "Days without a word are not counted as quiet." in told[0]


def test_long_silence_is_said() -> None:
    assert len(sentences(days(0, 7), date(2026, 2, 8))) == 1
    assert sentences(days(0, 7), date(2026, 2, 9))[-1] == (
        "The last entry is of 11 January 2026. From 12 January 2026 on nothing is written, so “now” here means then."
    )


def test_nothing_written_says_what_will_be_here() -> None:
    assert sentences([], MONDAY) == [
        "Nothing is written about days yet. What you write about your days will be counted here, plainly."
    ]

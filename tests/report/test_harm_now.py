"""The harm there is now is counted from what was written, week by week that was written."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from velveteen.journal.entries import Entry
from velveteen.report.harm_now import last_stretches, sentences

MONDAY = date(2026, 1, 5)


def entry(kind: str, week: int, day: int, **payload: object) -> Entry:
    moment = datetime(MONDAY.year, MONDAY.month, MONDAY.day) + timedelta(days=7 * week + day)
    return Entry(f"{kind}{week}{day}{len(payload)}", kind, moment, moment, payload)


def days(week: int, number: int) -> list[Entry]:
    return [entry("day", week, n, contact=True) for n in range(number)]


def test_only_written_weeks_are_counted_and_the_four_before_stand_beside() -> None:
    entries = [e for week in (0, 1, 2, 3, 6, 7, 8, 9) for e in days(week, 5)]
    last, before = last_stretches(entries)
    assert [w - last.weeks[0] for w in last.weeks] == [0, 1, 2, 3]
    assert last.weeks[0] - before.weeks[-1] == 3
    assert (last.days_written, before.days_written) == (20, 20)


def test_acts_days_and_weights_in_plain_words() -> None:
    entries = days(0, 6)
    entries += [entry("act", 0, 1, act="put_me_down", harm=True, weight=3)]
    entries += [
        entry("act", 0, 1, act="shouted", harm=True),
        entry("act", 0, 2, act="put_me_down", harm=True),
    ]
    entries += [entry("act", 0, 3, act="made_tea", harm=False)]
    told = sentences(entries, date(2026, 1, 12))
    opening = "In the last week you wrote about (5 January to 11 January 2026), you wrote on 6 of 7 days."
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
    assert not any(
        "Nothing is written about the days after" in t for t in sentences(days(0, 7), date(2026, 2, 8))
    )
    assert (
        "Nothing is written about the days after 11 January 2026"
        in sentences(days(0, 7), date(2026, 2, 9))[-1]
    )


def test_nothing_written_says_what_will_be_here() -> None:
    assert sentences([], MONDAY) == [
        "Nothing is written about days yet. What you write about your days will be counted here, plainly."
    ]

"""How much harm there is now: what was written, counted plainly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from velveteen.journal.catalogue import is_harm
from velveteen.journal.entries import Entry
from velveteen.measure.days import read_days
from velveteen.report.phrases import count, day, joined, plain, span, times

STRETCH = 28  # days
_OF_DAYS = frozenset({"day", "act", "week"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Up to four weeks, day by day.

    Attributes:
        first, last: first and last day, inclusive.
        days_written: days with a day entry or an act.
        days_harmed: days with at least one harmful act.
        acts: harmful acts, by name as written.
        heaviest: harmful acts of weight 3.
        unasked: written days on which what they did is not written: not asked, or not to be read.
        by_week: harmful acts that were written for a whole week, without a day.
        weeks: entries about whole weeks.
        weeks_unasked: those of them that give no number of harmful acts.
    """

    first: date
    last: date
    days_written: int
    days_harmed: int
    acts: Counter[str]
    heaviest: int
    unasked: int
    by_week: int
    weeks: int
    weeks_unasked: int

    @property
    def days(self) -> int:
        """Number of days, written or not."""
        return (self.last - self.first).days + 1


def harmful(entries: Sequence[Entry]) -> list[Entry]:
    """The harmful acts among entries, in their order."""
    return [e for e in entries if e.kind == "act" and is_harm(e.payload)]


def written_days(entries: Sequence[Entry]) -> set[date]:
    """Days with a day entry or an act."""
    return {e.at.date() for e in entries if e.kind in {"day", "act"}}


def unasked_days(entries: Sequence[Entry]) -> set[date]:
    """Written days on which what they did was not asked, or could not be read."""
    return read_days(list(entries)).unasked


def last_stretches(entries: Sequence[Entry], today: date) -> list[Stretch]:
    """The 28 days that end with the last written one up to today, and the 28 before; fewer in a younger record."""
    days = {e.at.date() for e in entries if e.kind in _OF_DAYS and e.at.date() <= today}
    if not days:
        return []
    ends = [max(days) - timedelta(days=n) for n in (0, STRETCH)]
    return [
        _stretch(entries, max(min(days), end - timedelta(days=STRETCH - 1)), end)
        for end in ends
        if end >= min(days)
    ]


def _stretch(entries: Sequence[Entry], first: date, last: date) -> Stretch:
    inside = [e for e in entries if first <= e.at.date() <= last]
    acts = harmful(inside)
    weeks = [_week_harm(e) for e in inside if e.kind == "week"]
    return Stretch(
        first=first, last=last, days_written=len(written_days(inside)), days_harmed=len({e.at.date() for e in acts}),
        acts=Counter(plain(str(e.payload.get("act", "something harmful"))) for e in acts),
        heaviest=sum(e.payload.get("weight") == 3 for e in acts), unasked=len(unasked_days(inside)),
        by_week=sum(n for n in weeks if n is not None), weeks=len(weeks), weeks_unasked=weeks.count(None),
    )  # fmt: skip


def _week_harm(entry: Entry) -> int | None:
    """Harmful acts of a whole week; None where no number is written."""
    harm = entry.payload.get("harm")
    return harm if isinstance(harm, int) and not isinstance(harm, bool) and 0 <= harm <= 1000 else None


def sentences(entries: Sequence[Entry], today: date) -> list[str]:
    """One paragraph a stretch, newest first; one where nothing was written for more than four weeks; one on days to come."""
    stretches = last_stretches(entries, today)
    told = [_told(s, first=i == 0) for i, s in enumerate(stretches)] or [
        "Nothing is written about days yet. What you write about your days will be counted here, plainly."
    ]
    if stretches and (today - stretches[0].last).days > STRETCH:
        last = stretches[0].last
        told.append(
            f"The last entry is of {day(last)}. From {day(last + timedelta(days=1))} on nothing is written, so “now” here "
            "means then."
        )
    later = len({e.at.date() for e in entries if e.kind in _OF_DAYS and e.at.date() > today})
    if later:
        told.append(f"{count(later, 'day is', 'days are')} dated after today and not counted here.")
    return told


def _told(stretch: Stretch, *, first: bool) -> str:
    length = "four weeks" if stretch.days == STRETCH else count(stretch.days, "day")
    which = f"the last {length} of what you wrote" if first else f"the {length} before"
    when = day(stretch.last) if stretch.days == 1 else span(stretch.first, stretch.last)
    opening = f"In {which} ({when}), you wrote on {stretch.days_written} of {count(stretch.days, 'day')}."
    if not stretch.days_written:
        wrote = "you wrote about whole weeks" if stretch.weeks else "nothing is written"
        opening = f"In {which} ({when}), {wrote}."
    return " ".join([opening, *_harm_told(stretch)])


def _harm_told(stretch: Stretch) -> list[str]:
    acts = sum(stretch.acts.values())
    told = []
    if acts:
        named = joined([f"“{name}” {times(n)}" for name, n in stretch.acts.most_common(3)])
        heavy = f", {stretch.heaviest} of them of the heaviest kind" if stretch.heaviest else ""
        days = count(stretch.days_harmed, "day")
        told.append(
            f"On {days} something harmful happened: {count(acts, 'act')}{heavy}. Most often: {named}."
        )
    if stretch.by_week:
        more = " more" if acts else ""
        told.append(f"For whole weeks, you counted {count(stretch.by_week, 'harmful act')}{more}.")
    unread = _unread_told(stretch)
    return [*told, *unread, *([] if told else _no_harm_told(stretch, unread=bool(unread)))]


def _unread_told(stretch: Stretch) -> list[str]:
    told = []
    if stretch.unasked:
        them = "it" if stretch.unasked == 1 else "them"
        told.append(
            f"On {count(stretch.unasked, 'day')} what they did is not written, so nothing is said about {them}."
        )
    if stretch.weeks_unasked:
        them = "it" if stretch.weeks_unasked == 1 else "them"
        weeks = count(stretch.weeks_unasked, "whole week")
        told.append(f"For {weeks} what they did is not written, so nothing is said about {them}.")
    return told


def _no_harm_told(stretch: Stretch, *, unread: bool) -> list[str]:
    asked = stretch.days_written - stretch.unasked + stretch.weeks - stretch.weeks_unasked
    if not asked:
        return [] if unread else ["Days without a word are not counted as quiet."]
    opening = (
        "For the others, no harmful act is written."
        if unread
        else "Nothing harmful is written for these days."
    )
    return [f"{opening} Days without a word are not counted as quiet."]

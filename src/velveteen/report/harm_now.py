"""How much harm there is now: what was written, counted plainly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from velveteen.journal.entries import Entry
from velveteen.measure.weeks import monday, week_of
from velveteen.report.phrases import count, day, joined, plain, span, times

STRETCH = 4  # written weeks


@dataclass(frozen=True, slots=True)
class Stretch:
    """Up to four written weeks.

    Attributes:
        weeks: week indices, ascending; weeks without a word are left out, not counted as quiet.
        days_written: days with a day entry or an act.
        days_harmed: days with at least one harmful act.
        acts: harmful acts, by name as written.
        heaviest: harmful acts of weight 3.
        by_week: harmful acts that were written for a whole week, without a day.
    """

    weeks: tuple[int, ...]
    days_written: int
    days_harmed: int
    acts: Counter[str]
    heaviest: int
    by_week: int


def harmful(entries: Sequence[Entry]) -> list[Entry]:
    """The harmful acts among entries, in their order."""
    return [e for e in entries if e.kind == "act" and e.payload.get("harm") is True]


def written_days(entries: Sequence[Entry]) -> set[date]:
    """Days with a day entry or an act."""
    return {e.at.date() for e in entries if e.kind in {"day", "act"}}


def written_weeks(entries: Sequence[Entry]) -> list[int]:
    """Weeks with anything written about their days, ascending."""
    return sorted({week_of(e.at.date()) for e in entries if e.kind in {"day", "act", "week"}})


def last_stretches(entries: Sequence[Entry]) -> list[Stretch]:
    """The last four written weeks, and the four before them; fewer where fewer are written."""
    weeks = written_weeks(entries)
    chosen = [weeks[-STRETCH:], weeks[-2 * STRETCH : -STRETCH]]
    return [_stretch(entries, tuple(w)) for w in chosen if w]


def _stretch(entries: Sequence[Entry], weeks: tuple[int, ...]) -> Stretch:
    inside = [e for e in entries if week_of(e.at.date()) in set(weeks)]
    acts = harmful(inside)
    return Stretch(
        weeks=weeks, days_written=len(written_days(inside)), days_harmed=len({e.at.date() for e in acts}),
        acts=Counter(plain(str(e.payload.get("act", "something harmful"))) for e in acts),
        heaviest=sum(e.payload.get("weight") == 3 for e in acts),
        by_week=sum(int(e.payload.get("harm") or 0) for e in inside if e.kind == "week"),
    )  # fmt: skip


def sentences(entries: Sequence[Entry], today: date) -> list[str]:
    """One paragraph a stretch, newest first, and one where nothing was written for more than four weeks."""
    stretches = last_stretches(entries)
    if not stretches:
        return [
            "Nothing is written about days yet. What you write about your days will be counted here, plainly."
        ]
    told = [_told(s, first=i == 0) for i, s in enumerate(stretches)]
    end = monday(stretches[0].weeks[-1]) + timedelta(days=6)
    if (today - end).days > 7 * STRETCH:
        told.append(f"Nothing is written about the days after {day(end)}, so “now” here means then.")
    return told


def _told(stretch: Stretch, *, first: bool) -> str:
    weeks, number = stretch.weeks, len(stretch.weeks)
    spelled = {1: "week", 2: "two weeks", 3: "three weeks", 4: "four weeks"}[number]
    which = f"the last {spelled} you wrote about" if first else f"the {spelled} before, as far as you wrote"
    when = span(monday(weeks[0]), monday(weeks[-1]) + timedelta(days=6))
    opening = f"In {which} ({when}), you wrote on {stretch.days_written} of {7 * number} days."
    if not stretch.days_written:
        opening = f"In {which} ({when}), you wrote about whole weeks."
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
        told.append(f"For whole weeks, you counted {count(stretch.by_week, 'harmful act')} more.")
    return told or [
        "Nothing harmful is written for these days. Days without a word are not counted as quiet."
    ]

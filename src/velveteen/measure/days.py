"""The days of a diary: which were written, which had contact, and of what kind they were."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from velveteen.journal.entries import HARD_DAYS, KINDS_OF_DAY, Entry
from velveteen.measure.weeks import week_of
from velveteen.problems import Problem


@dataclass(frozen=True, slots=True)
class Days:
    """The days that count.

    Attributes:
        written: date -> the day entry that stands for it.
        contact: date -> strain of each contact day: 0.0 calm, 1.0 hard, None where the kind of day was not told.
        problems: two entries for one day, kinds of day that are not known, acts on days without a contact day.
    """

    written: dict[date, Entry] = field(default_factory=dict)
    contact: dict[date, float | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def strain(self, day: date) -> float | None:
        """Strain of that day, None where no kind of day was told."""
        entry = self.written.get(day)
        return None if entry is None else _strain(entry)

    def hard_share(self, week: int) -> float | None:
        """Share of hard days among the contact days of a week whose kind was told; None if there are none."""
        told = [s for day, s in self.contact.items() if week_of(day) == week and s is not None]
        return sum(told) / len(told) if told else None


def free_entries(entries: list[Entry]) -> list[Entry]:
    """The entries that were written freely: a day marked as not free takes everything dated to it along, in silence.

    The silence is meant: nobody who looks at a page or an output may learn that a day was marked.
    """
    unfree = {e.at.date() for e in entries if e.kind == "day" and e.payload.get("free") is False}
    return [e for e in entries if e.payload.get("free") is not False and e.at.date() not in unfree]


def read_days(entries: list[Entry]) -> Days:
    """The days of standing entries. An act on a day without recorded contact makes it a contact day, with a problem."""
    days = Days()
    for entry in (e for e in entries if e.kind == "day"):
        _write(days, entry)
    for day, entry in days.written.items():
        if entry.payload.get("contact") is True:
            days.contact[day] = _strain(entry)
    for act in (e for e in entries if e.kind == "act" and e.at.date() not in days.contact):
        _contact_by_act(days, act.at.date())
    return days


def _write(days: Days, entry: Entry) -> None:
    day, kind = entry.at.date(), entry.payload.get("day")
    earlier = days.written.get(day)
    if earlier is not None:
        days.problems.append(
            Problem("day_twice", "This day was written twice; the later writing is used.", day.isoformat())
        )
    if kind is not None and kind not in KINDS_OF_DAY:
        message = f"The kind of day “{kind}” is not known, so it counts as not told."
        days.problems.append(Problem("unknown_kind_of_day", message, day.isoformat(), str(kind)))
    if earlier is None or entry.written >= earlier.written:
        days.written[day] = entry


def _contact_by_act(days: Days, day: date) -> None:
    days.contact[day] = days.strain(day)
    message = (
        "Something was written for a day without contact; it is counted as a day with contact."
        if day in days.written
        else "Something was written for a day that has no day entry; it is counted as one day with contact, kind not told."
    )
    days.problems.append(Problem("act_without_day", message, day.isoformat()))


def _strain(entry: Entry) -> float | None:
    kind = entry.payload.get("day")
    if kind not in KINDS_OF_DAY:
        return None
    return 1.0 if kind in HARD_DAYS else 0.0

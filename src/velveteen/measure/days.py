"""The days of a diary: which were written, which had contact, of what kind they were, and on which acts were asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from velveteen.journal.corrections import MARKED
from velveteen.journal.entries import HARD_DAYS, KINDS_OF_DAY, Entry, current
from velveteen.measure.weeks import monday
from velveteen.problems import Problem

# Written elsewhere: the day of reading them in says nothing of that.
_READ_IN = frozenset({"imported", "coded_day"})
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
_YEARS = range(EARLIEST.year, LATEST.year + 1)
_SEVERAL = (list, dict)  # not `list | dict`, which is made anew each time
_ONE_VALUE = {
    "act": ("act", "toward", "weight"),
    "promise": ("what", "outcome"),
    "limit": ("limit", "event"),
    "confrontation": ("raised", "answer"),
    "turning_point": ("kind", "idea", "reason"),
    "term": ("what", "term"),
}


@dataclass(frozen=True, slots=True)
class Days:
    """The days that count.

    Attributes:
        written: date -> the day entry that stands for it.
        contact: date -> strain of each contact day: 0.0 calm, 1.0 hard, None where the kind of day was not told.
        unasked: written days on which what they did was not asked or could not be read, and no act is on record.
        problems: two entries for one day, kinds of day that are not known, acts on days without a contact day.
    """

    written: dict[date, Entry] = field(default_factory=dict)
    contact: dict[date, float | None] = field(default_factory=dict)
    unasked: set[date] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def strain(self, day: date) -> float | None:
        """Strain of that day, None where no kind of day was told."""
        entry = self.written.get(day)
        return None if entry is None else _strain(entry)

    def asked(self) -> bool:
        """Whether what they did was ever asked: on a written day, or, where no day is written, by writing acts alone."""
        return not self.written or any(_asked(entry) for entry in self.written.values())

    def hard_share(self, week: int) -> float | None:
        """Share of hard days among the contact days of a week whose kind was told; None if there are none."""
        first = monday(week).toordinal()
        days = map(date.fromordinal, range(first, first + 7))
        told = [s for s in map(self.contact.get, days) if s is not None]
        return sum(told) / len(told) if told else None


def free_entries(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that stand and count: a day marked as not free takes along what is dated to it or was written on it.

    What a correction written on such a day took the place of stands again, because the correction is not heard: whoever
    stood beside her may have wanted a harm put right that was right before. The record itself keeps every word, and the
    silence is meant: nobody who looks at a page or an output may learn that a day was marked.

    Args:
        entries: all entries of one journal, corrections and corrected included, in any order. Of entries that stand alone
            the same is left out, and nothing stands again.
    """
    if all(e.payload.get("free") is not False for e in entries):
        return current(list(entries))
    unfree = unfree_days(entries)
    return [e for e in current(_heard(entries, unfree)) if is_free(e, unfree)]


def is_free(entry: Entry, unfree: frozenset[date]) -> bool:
    """Whether an entry carries no mark and is dated to a day without one."""
    return entry.payload.get("free") is not False and entry.at.date() not in unfree


def heard_entries(entries: Sequence[Entry]) -> list[Entry]:
    """All that was not written on a day marked as not free, corrections and corrected included, in the order given."""
    return _heard(entries, unfree_days(entries))


def unfree_days(entries: Sequence[Entry]) -> frozenset[date]:
    """The days that their owner marked as not free. A mark taken back on such a day is not taken back."""
    marks = [e for e in entries if e.payload.get("free") is False and e.kind in MARKED]
    corrections = [e for e in entries if e.corrects is not None] if marks else []
    unfree: frozenset[date] = frozenset()
    while True:
        replaced = {e.corrects for e in _heard(corrections, unfree)}
        found = unfree | {e.at.date() for e in _heard(marks, unfree) if e.id not in replaced}
        if found == unfree:
            return unfree
        unfree = found


def _heard(entries: Sequence[Entry], unfree: frozenset[date]) -> list[Entry]:
    if not unfree:
        return list(entries)
    return [e for e in entries if e.kind in _READ_IN or e.written.date() not in unfree]


def readable(entries: Iterable[Entry]) -> tuple[list[Entry], list[Problem]]:
    """The entries that can be read, in their order, and a problem for each that is left out.

    Left out: days outside EARLIEST to LATEST (a slip of the pen would stretch a record over centuries), and values that are
    lists or objects where one word is expected. Danger answers are kept whatever they hold.
    """
    kept, problems = [], []
    for entry in entries:
        why = _unreadable(entry)
        if why:
            problems.append(Problem(*why, entry.at.date().isoformat(), entry.kind))
        else:
            kept.append(entry)
    return kept, problems


def _unreadable(entry: Entry) -> tuple[str, str] | None:
    if entry.kind == "danger":
        return None
    if entry.at.year not in _YEARS:
        return (
            "date_out_of_range",
            "The year of this entry cannot be meant, so the entry is left out. A correction can mend it.",
        )
    for key in _ONE_VALUE.get(entry.kind, ()):
        if isinstance(entry.payload.get(key), _SEVERAL):
            kind = entry.kind.replace("_", " ")
            return (
                "odd_entry",
                f"This entry ({kind}) is not written in a way that can be read here, so it is left out.",
            )
    return None


def read_days(entries: list[Entry]) -> Days:
    """The days of standing entries. An act on a day without recorded contact makes it a contact day, with a problem."""
    days = Days()
    for entry in (e for e in entries if e.kind == "day"):
        _write(days, entry)
    for day, entry in days.written.items():
        if entry.payload.get("contact") is True:
            days.contact[day] = _strain(entry)
    told = dict.fromkeys(e.at.date() for e in entries if e.kind == "act")
    for day in (day for day in told if day not in days.contact):
        _contact_by_act(days, day)
    days.unasked.update(day for day, entry in days.written.items() if not _asked(entry) and day not in told)
    return days


def _asked(entry: Entry) -> bool:
    """Absent means asked; a value that is neither yes nor no is no yes."""
    return entry.payload.get("acts") in (None, True)


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

"""Diary entries and coded messages become weekly cells.

What is not told stays missing. Each recorded contact day gives a seventh of a week of exposure to the cell of its own kind:
calm (strain 0), hard (strain 1) or not told (strain None). A week without one has no cell for harm, never a zero. Harm
carries no audience: exposure by audience is not kept, and cells named after their acts would leave out every quiet week.
A contact day on which what they did was not asked, or could not be read, gives no exposure unless an act of it is on
record; a record in which it was never asked has no harm at all. Entries that cannot be read are left out, with a problem.
A day that its owner marked as not free does not count, nor does anything else that is dated to it or was written on it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from velveteen.journal.catalogue import find_act, is_harm
from velveteen.journal.entries import OWNING_ANSWERS, PROMISE_OUTCOMES, TURNING_POINTS, Entry
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.channels import registry
from velveteen.measure.coded_days import counted_once, is_pair
from velveteen.measure.days import EARLIEST, LATEST, Days, free_entries, read_days, readable
from velveteen.measure.weeks import week_name, week_of
from velveteen.problems import Problem

_Key = tuple[int, str, str, float | None, str | None]
_NUMBER = (int, float)  # not `int | float`, which is made anew each time
_LIMIT_SHARE = {"held": 1.0, "invitation": 1.0, "slipped": 0.0, "crossed": 0.0}


def weekly_cells(entries: list[Entry]) -> tuple[list[Cell], list[TurningPoint], list[Problem]]:
    """Weekly cells, turning points and problems of one record.

    Args:
        entries: any order; corrections replace what they correct.

    Returns:
        Cells sorted by week and channel, each (week, channel, informant, strain, audience) once, every `of` > 0;
        turning points up to the last cell's week; problems, each with the day or week it is about.
    """
    record = _Record(free_entries(entries))
    for measure in (_harm, _regard, _promises, _owning, _inward, _whole_weeks, _messages):
        measure(record)
    cells = record.cells()
    points = _turning_points(record, cells[-1].week if cells else None)
    return cells, points, record.problems


@dataclass(slots=True)
class _Record:
    """The entries that count, and the sums that become cells."""

    entries: list[Entry]
    days: Days = field(init=False)
    problems: list[Problem] = field(init=False)
    sums: dict[_Key, list[float]] = field(default_factory=dict)
    kinds: dict[str, list[Entry]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.entries, unread = readable(self.entries)
        for entry in self.entries:
            self.kinds.setdefault(entry.kind, []).append(entry)
        self.days = read_days(self.entries)
        self.problems = [*unread, *self.days.problems]

    def of_kind(self, kind: str) -> list[Entry]:
        return self.kinds.get(kind, [])

    def add(self, day: date, channel: str, value: float, of: float, strain: float | None) -> None:
        self.add_key((week_of(day), channel, "partner", strain, None), value, of)

    def add_key(self, key: _Key, value: float, of: float) -> None:
        sums = self.sums.setdefault(key, [0.0, 0.0])
        sums[0] += value
        sums[1] += of

    def problem(self, code: str, message: str, entry: Entry, text: Any = "") -> None:
        self.problems.append(Problem(code, message, entry.at.date().isoformat(), str(text)))

    def number(self, entry: Entry, key: str, high: float) -> float | None:
        """The payload's number in [0, high]; None, with a problem unless it is absent, otherwise."""
        value = entry.payload.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, _NUMBER) or not 0 <= value <= high:
            self.problem(
                "number_out_of_range",
                f"“{key}” must be a number from 0 to {high:g}; it is left out.",
                entry,
                value,
            )
            return None
        return float(value)

    def cells(self) -> list[Cell]:
        ordered = sorted(self.sums.items(), key=lambda item: _order(item[0]))
        return [_cell(key, value, of) for key, (value, of) in ordered if of > 0]


def _order(key: _Key) -> tuple[int, str, str, float, str]:
    week, channel, informant, strain, audience = key
    return week, channel, informant, 2.0 if strain is None else strain, audience or ""


def _cell(key: _Key, value: float, of: float) -> Cell:
    week, channel, informant, strain, audience = key
    known = registry().get(channel)
    family = known.family if known else "count"
    coded = of if informant == "messages" and family == "proportion" else None
    value = value / of if family == "rating" else value
    return Cell(week, channel, value, of, informant, strain, audience, coded=coded)


def _harm(record: _Record) -> None:
    contact = record.days.contact
    _say_unasked(record)
    if not record.days.asked():
        return
    # Counted as whole days and divided once: seven sevenths must be exactly one week.
    exposure = Counter(
        (week_of(day), strain) for day, strain in contact.items() if day not in record.days.unasked
    )
    for (week, strain), days in exposure.items():
        record.add_key((week, "harm", "partner", strain, None), 0.0, days / 7)
    for act in record.of_kind("act"):
        name = str(act.payload.get("act", ""))
        if find_act(name) is None and not isinstance(act.payload.get("harm"), bool):
            message = "Nothing says whether this act is harm or care, so it is counted as harm. A correction can say which."
            record.problem("unknown_act", message, act, name)
        if is_harm(act.payload):
            record.add(act.at.date(), "harm", 1.0, 0.0, contact[act.at.date()])


def _say_unasked(record: _Record) -> None:
    """Days with contact about which harm is unknown; never a zero, and never in silence."""
    unasked = sorted(record.days.unasked & record.days.contact.keys())
    if unasked:
        days = "1 day" if len(unasked) == 1 else f"{len(unasked)} days"
        message = f"On {days} with contact, what they did was not asked or could not be read; harm there is not known."
        if not record.days.asked():
            message += " It was asked on no day of this record, so harm is not weighed at all."
        where = (
            f"{unasked[0].isoformat()} to {unasked[-1].isoformat()}"
            if len(unasked) > 1
            else unasked[0].isoformat()
        )
        record.problems.append(Problem("acts_not_asked", message, where))


def _regard(record: _Record) -> None:
    for day, entry in record.days.written.items():
        treated = record.number(entry, "treated", 10)
        if treated is not None:
            record.add(day, "regard", treated, 1.0, record.days.strain(day))


def _promises(record: _Record) -> None:
    last = record.entries[-1].at.date() if record.entries else date.min  # they are in order of the moment
    for promise in record.of_kind("promise"):
        due = _iso_date(promise.payload.get("due"))
        outcome = promise.payload.get("outcome")
        if due is None:
            message = "This promise has no date that can be read by which it was due, so it is not counted."
            record.problem("promise_without_due", message, promise, promise.payload.get("what", ""))
        elif outcome in ("withdrawn", "excused"):
            continue
        elif outcome in PROMISE_OUTCOMES:
            record.add(due, "promises", float(outcome == "kept"), 1.0, record.days.strain(due))
        elif due <= last:
            message = (
                "The day of this promise has passed and nothing says what came of it, so it is not counted."
            )
            record.problem("promise_unresolved", message, promise, promise.payload.get("what", ""))


def _iso_date(text: object) -> date | None:
    try:
        found = date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found and EARLIEST <= found <= LATEST else None


def _owning(record: _Record) -> None:
    for entry in record.of_kind("confrontation"):
        day, owned = entry.at.date(), entry.payload.get("answer") in OWNING_ANSWERS
        record.add(day, "owning", float(owned), 1.0, record.days.strain(day))


def _inward(record: _Record) -> None:
    for entry in record.of_kind("inward"):
        day = entry.at.date()
        if entry.payload.get("told") is True:
            acknowledged = float(entry.payload.get("acknowledged") is True)
            record.add(day, "empathy", acknowledged, 1.0, record.days.strain(day))
        # A rating of the whole week: its strain is the week's share of hard days.
        strain = record.days.hard_share(week_of(day))
        for channel in ("equals", "free_to_say_no"):
            rating = record.number(entry, channel, 10)
            if rating is not None:
                record.add(day, channel, rating, 1.0, strain)


def _whole_weeks(record: _Record) -> None:
    daily = {week_of(day) for day in (*record.days.written, *record.days.contact)}
    seen: set[int] = set()
    for entry in sorted(record.of_kind("week"), key=lambda e: e.written, reverse=True):
        week = week_of(entry.at.date())
        if week in daily or week in seen:
            message = (
                "This week is also written day by day, or twice; the days, or the later writing, are used."
            )
            record.problem("week_twice", message, entry)
        else:
            seen.add(week)
            _whole_week(record, entry)


def _whole_week(record: _Record, entry: Entry) -> None:
    day = entry.at.date()
    contact = _whole(record, entry, "days_contact", 7)
    hard = _whole(record, entry, "hard_days", contact or 0)
    strain = hard / contact if hard is not None and contact else None
    harm, treated = _whole(record, entry, "harm", 1000), record.number(entry, "treated", 10)
    if treated is not None:
        record.add(day, "regard", treated, 1.0, strain)
    if harm is not None and contact:
        record.add(day, "harm", harm, contact / 7, strain)
    elif harm:
        record.problem(
            "harm_without_days", "Harm was written for a week without contact days; it is not counted.", entry
        )


def _whole(record: _Record, entry: Entry, key: str, high: float) -> float | None:
    """A count: a part of a day or of an act is no number of them."""
    found = record.number(entry, key, high)
    if found is None or found.is_integer():
        return found
    record.problem("number_out_of_range", f"“{key}” must be a whole number; it is left out.", entry, found)
    return None


def _messages(record: _Record) -> None:
    entries, problems = counted_once(record.of_kind("coded_day"), record.of_kind("imported"))
    record.problems += problems
    for entry in entries:
        day = entry.at.date()
        for channel, pair in _counts(record, entry).items():
            if channel not in registry() or not _fits(channel, pair):
                message = f"Something was counted in the messages as “{channel}”, which is not known here; it is left out."
                record.problem("unknown_count", message, entry, pair)
            else:
                key = (week_of(day), channel, "messages", record.days.strain(day), "messages")
                record.add_key(key, float(pair[0]), float(pair[1]))


def _counts(record: _Record, entry: Entry) -> dict[str, Any]:
    channels = entry.payload.get("channels")
    if isinstance(channels, dict):
        return channels
    record.problem(
        "unknown_count", "What was counted in the messages of this day cannot be read; it is left out.", entry
    )
    return {}


def _fits(channel: str, pair: object) -> bool:
    return is_pair(pair) and (registry()[channel].family != "proportion" or pair[0] <= pair[1])


def _turning_points(record: _Record, last: int | None) -> list[TurningPoint]:
    kinds = [(week_of(e.at.date()), _kind(record, e)) for e in record.of_kind("turning_point")]
    points = {TurningPoint(week, kind) for week, kind in kinds if kind}.union(_limit_marks(record))
    in_time = []
    for point in sorted(points, key=lambda p: (p.week, p.kind)):
        if last is None or point.week <= last:
            in_time.append(point)
        else:
            message = (
                f"“{point.kind}” comes after the last week with anything to weigh, so it is left out for now."
            )
            record.problems.append(Problem("turning_point_late", message, week_name(point.week)))
    return in_time


def _kind(record: _Record, entry: Entry) -> str | None:
    kind = entry.payload.get("kind")
    if kind in TURNING_POINTS:
        return str(kind)
    record.problem(
        "unknown_turning_point", f"The turning point “{kind}” is not known, so it is left out.", entry, kind
    )
    return None


def _limit_marks(record: _Record) -> list[TurningPoint]:
    held: dict[int, list[float]] = {}
    for entry in record.of_kind("limit"):
        share = _LIMIT_SHARE.get(str(entry.payload.get("event")))
        if share is not None:
            held.setdefault(week_of(entry.at.date()), []).append(share)
    return [TurningPoint(week, "boundary_held", sum(s) / len(s)) for week, s in sorted(held.items())]

"""What could be written in the coming weeks: as now, or one thing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from velveteen.judge.record import HOME, UNRECORDED_NODES
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.channels import Channel

RECENT = 12  # weeks back that say what is written now
OFTEN = 0.5  # share of the recent weeks from which on a thing is already written
HARD = sum(x * weight for x, weight in UNRECORDED_NODES)  # share of hard days where the record does not tell
PROMISES_DUE = 2.0  # a week

SAID = {
    "as_now": "Writing on as now",
    "hard_days": "Telling hard days from calm ones in what is written",
    "inward": "One inward occasion a week",
    "second_informant": "A second person’s own view, week by week",
    "promises": "Promises with the day on which they are due",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written: its name among SAID, and cells whose values nobody knows yet."""

    name: str
    cells: tuple[Cell, ...]


def plans(
    cells: Sequence[Cell], channels: dict[str, Channel], weeks: int, names: Sequence[str] = tuple(SAID)
) -> list[Plan]:
    """The plans that differ from what is written now, `as_now` first; values are 0 and mean nothing.

    Args:
        cells: the record.
        channels: the registry.
        weeks: how many weeks ahead.
        names: which plans, of SAID.
    """
    known = [c for c in cells if c.informative]
    now = as_now(known, weeks)
    more = {
        "as_now": now,
        "hard_days": told_apart_daily(now, channels),
        "inward": _weekly(known, now, weeks, ("empathy", "equals", "free_to_say_no"), 1.0),
        "second_informant": _second(known, now, weeks),
        "promises": _weekly(known, now, weeks, ("promises",), PROMISES_DUE),
    }
    return [
        Plan(name, tuple(more[name]))
        for name in SAID
        if name in names and (name == "as_now" or more[name] != now)
    ]


def as_now(known: Sequence[Cell], weeks: int) -> list[Cell]:
    """Each kind of cell of the last RECENT weeks, as often as then, with its mean exposure."""
    last = max(c.week for c in known)
    recent = min(RECENT, last - min(c.week for c in known) + 1)
    kinds: dict[tuple[object, ...], list[Cell]] = {}
    for cell in known:
        if cell.week > last - recent:
            kinds.setdefault(cell.key[1:], []).append(cell)
    found = []
    for kind in kinds.values():
        mean = sum(c.of for c in kind) / len(kind)
        of = float(round(mean)) if all(c.of == round(c.of) for c in kind) else mean
        often = len(kind) / recent
        coded = [c.coded for c in kind if c.coded is not None]
        items = round(sum(coded) / len(coded)) if coded else None
        # Evenly: in every week in which the running number of cells passes a whole one.
        due = (k for k in range(weeks) if int((k + 1) * often + 1e-9) > int(k * often + 1e-9))
        like = replace(kind[0], value=0.0, of=of, row=None, coded=items)
        found += [replace(like, week=last + 1 + k) for k in due]
    return found


def told_apart_daily(now: Sequence[Cell], channels: dict[str, Channel]) -> list[Cell]:
    """The same cells of conduct at home, each split into its calm and its hard days, where a channel has no hard ones."""
    told = {c.channel for c in now if (c.strain or 0.0) >= 0.5}
    found: dict[tuple[object, ...], Cell] = {}
    for cell in now:
        channel = channels[cell.channel]
        mine = channel.side == "outward" and channel.family != "proportion" and cell.informant in HOME
        split = (
            ((0.0, 1.0 - HARD), (1.0, HARD)) if mine and cell.channel not in told else ((cell.strain, 1.0),)
        )
        for strain, share in split:
            items = None if cell.coded is None else cell.coded * share
            part = replace(cell, strain=strain, of=cell.of * share, coded=items)
            found.setdefault(part.key, part)
    return list(found.values())


def _weekly(
    known: Sequence[Cell], now: list[Cell], weeks: int, names: Sequence[str], of: float
) -> list[Cell]:
    """The same cells, and one a week of each channel that is not written often already."""
    last = max(c.week for c in known)
    written = {name: len({c.week for c in now if c.channel == name}) for name in names}
    more = [
        Cell(last + 1 + k, name, 0.0, of, _home(known))
        for name in names
        if written[name] < OFTEN * weeks
        for k in range(weeks)
    ]
    taken = {c.key for c in now}
    return now + [cell for cell in more if cell.key not in taken]


def _second(known: Sequence[Cell], now: list[Cell], weeks: int) -> list[Cell]:
    other = next(name for name in HOME if name != _home(known))
    if any(c.informant == other for c in now):
        return now
    last = max(c.week for c in known)
    return now + [Cell(last + 1 + k, "regard", 0.0, 1.0, other) for k in range(weeks)]


def _home(known: Sequence[Cell]) -> str:
    """Who writes at home; `partner` where nobody does yet."""
    return max(HOME, key=lambda name: sum(c.informant == name for c in known))


def limits_as_now(points: Sequence[TurningPoint], last: int, weeks: int) -> list[TurningPoint]:
    """The marks of held limits of the last RECENT weeks, over again."""
    marks = {p.week: p.share for p in points if p.kind == "boundary_held"}
    ahead = ((last + 1 + k, last - RECENT + 1 + k % RECENT) for k in range(weeks))
    return [TurningPoint(week, "boundary_held", marks[like]) for week, like in ahead if like in marks]

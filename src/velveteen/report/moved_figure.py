"""How many things are better or worse in the second half of the record, and which first: a comparison, no odds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from velveteen.measure.cells import Cell
from velveteen.measure.moved import BLOCK, NEEDED, Moved, moved
from velveteen.measure.weeks import monday
from velveteen.report.figures import Figure, Table, to_come
from velveteen.report.phrases import count, joined
from velveteen.report.ranges import BRACKETS, LINES, SURE, between, cell, percent
from velveteen.report.rows_picture import Row, rows_spec
from velveteen.report.series import said
from velveteen.report.svg import picture

EMPTY = (
    f"Once two halves of {BLOCK * NEEDED} weeks or more each hold something, this will say what is better or worse in the "
    "second than in the first, and what came first."
)
# Measured with `moved` over 80 households of 78 and 104 weeks, account "same".
CHANCE = (
    "This sets two halves of the record side by side, hard and calm days apart. It says nothing of whether anything "
    "lasts. In simulated households in which nothing changed, about 3 in 10 things looked as clearly different, better as "
    "often as worse."
)
HOW = f"{BRACKETS} (block bootstrap); since when: where a single step fits best."


def moved_figure(cells: Sequence[Cell]) -> Figure:
    """How many moved, what moved first, and each channel in both halves."""
    found = moved(cells)
    if not found:
        return to_come(EMPTY)
    ordered = sorted((m for m in found if m.when), key=_when)
    first = how_many(found)
    sentences = (first, which_first(ordered), CHANCE)
    svg = picture(_spec(ordered, cells), first, "moved") if ordered else None
    return Figure("", sentences, svg, _table(found))


def how_many(found: Sequence[Moved]) -> str:
    """Row A7 in one line."""
    better, worse = (sum(m.direction == way for m in found) for way in ("better", "worse"))
    rest = len(found) - better - worse
    parts = [f"{_are(better)} better in its second half than in its first", f"{_are(worse)} worse"]
    parts += [f"{_are(rest)} not clearly either"] if rest else []
    told = f"Of {count(len(found), 'thing', 'things')} that this record follows, {joined(parts)}."
    sides = [
        _side(found, side, name) for side, name in (("outward", "conduct"), ("inward", "owning and empathy"))
    ]
    return f"{told} Better: {joined([s for s in sides if s])}."


def _are(number: int) -> str:
    return f"{number or 'none'} {'is' if number == 1 else 'are'}"


def _side(found: Sequence[Moved], side: str, name: str) -> str:
    chosen = [m for m in found if m.channel.side == side]
    better = sum(m.direction == "better" for m in chosen)
    return f"{better} of {len(chosen)} in {name}" if chosen else ""


def which_first(ordered: Sequence[Moved]) -> str:
    """Row C9 in one line; first is only said where its interval ends before the next begins."""
    if not ordered:
        return "What came first cannot be told, because nothing is clearly better or worse."
    first = f"{ordered[0].channel.label}, {ordered[0].direction} since {_months(ordered[0])}"
    if len(ordered) == 1:
        return f"That one: {first}."
    if _latest(ordered[0]) < min(_earliest(m) for m in ordered[1:]):
        return f"What came first: {first}."
    return f"What came first cannot be told, because the likely times overlap. The earliest by its middle: {first}."


def _when(one: Moved) -> float:
    return one.when.value if one.when else 0.0


def _latest(one: Moved) -> float:
    return one.when.high if one.when else 0.0


def _earliest(one: Moved) -> float:
    return one.when.low if one.when else 0.0


def _months(one: Moved) -> str:
    at, low, high = (f"{monday(int(w)):%B %Y}" for w in (_when(one), _earliest(one), _latest(one)))
    return f"about {at} ({between(low, high)})" if low != high else f"about {at} ({SURE} the same month)"


def _spec(ordered: Sequence[Moved], cells: Sequence[Cell]) -> dict[str, object]:
    rows = [Row(f"{m.channel.label}, {m.direction}", m.when) for m in ordered]
    weeks = [c.week for c in cells]
    domain = [_iso(min(weeks)), _iso(max(weeks) + 1)]
    axis = {
        "format": "%b %Y",
        "tickCount": 4,
        "grid": True,
        "labelBound": True,
        "labelOverlap": True,
        "title": None,
    }
    x = {"type": "temporal", "scale": {"domain": domain, "nice": False}, "axis": axis}
    return rows_spec(rows, f"since when; {LINES}", x, place=_iso)


def _iso(week: float) -> str:
    return f"{(monday(0) + timedelta(weeks=week)).isoformat()}T00:00:00"


def _table(found: Sequence[Moved]) -> Table:
    body = tuple(
        (m.channel.unit, said(m.before, m.channel), said(m.now, m.channel), _difference(m),
         m.direction or "not clear", f"{monday(int(_when(m))):%b %Y}" if m.when else "–")
        for m in found
    )  # fmt: skip
    head = ("what", "first half", "second half", "difference", "now", "since about")
    return Table(f"Two halves of the record; shares in percent. {HOW}", head, body, words=(4, 5))


def _difference(one: Moved) -> str:
    return cell(percent(one.difference) if one.channel.family == "proportion" else one.difference)

"""Faces: harm and kindness by who was there, and a therapist's ratings beside those from home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from velveteen.measure.cells import Cell
from velveteen.measure.intervals import share_range
from velveteen.measure.rates import Both, by_audience
from velveteen.measure.therapist import Beside, beside_home
from velveteen.measure.told import Told
from velveteen.report.figures import Figure, Table, to_come
from velveteen.report.phrases import amount, count
from velveteen.report.ranges import (
    BUNCHES,
    LINES,
    OVERLAP,
    PER,
    bracket,
    cell,
    of_hundred,
    overlap,
    times_of,
)
from velveteen.report.rows_picture import Row, rows_spec, upto
from velveteen.report.svg import picture

EMPTY = (
    "Harm and kindness with nobody else there will stand here beside harm and kindness in company, "
    "once a few acts carry a word on who was there."
)
AT_LEAST = 10  # acts that say who was there
_COMPANY = ("family", "public", "therapy")
_NAMES = {
    "alone": "with nobody else there", "family": "with family there", "public": "in public", "therapy": "in therapy",
    "messages": "in messages", "": "not written who was there",
}  # fmt: skip
EXPOSURE = (
    "Who was there is known of acts only. How long you were in whose company is not written, so these are acts in "
    f"{PER} written days of every kind; few acts in company can also mean little company."
)


def faces_figure(told: Told, cells: Sequence[Cell]) -> Figure:
    """The share of kindness alone and in company, the rates, and the therapist's ratings where there are any."""
    groups = by_audience(told)
    seen = [_therapist(b) for b in beside_home(cells)]
    if sum(b.harm.count + b.care.count for name, b in groups.items() if name) < AT_LEAST:
        return Figure("", (EMPTY, *seen), None, None) if seen else to_come(EMPTY)
    rows = [
        Row(_NAMES[n], times_of(b.harm.daily, PER), times_of(b.care.daily, PER)) for n, b in groups.items()
    ]
    first = _contrast(groups)
    spec = rows_spec(rows, f"acts in {PER} written days; {LINES}", upto(rows), ("harm", "kindness"))
    sentences = (first, EXPOSURE, *seen)
    return Figure("", sentences, picture(spec, first, "faces"), _table(groups))


def _pooled(groups: Mapping[str, Both], names: Sequence[str]) -> tuple[int, int]:
    chosen = [groups[name] for name in names if name in groups]
    care = sum(b.care.count for b in chosen)
    return care, care + sum(b.harm.count for b in chosen)


def _contrast(groups: Mapping[str, Both]) -> str:
    pools = [
        ("with nobody else there", _pooled(groups, ("alone",))),
        ("in company", _pooled(groups, _COMPANY)),
    ]
    told: list[str] = []
    ranges = []
    for where, (care, of) in pools:
        found = times_of(share_range(care, of), 100)
        if found:
            shown = bracket(found, " in 100", full=not told)
            told.append(f"Of the acts written {where}, {care} of {of} were kind {shown}.")
            ranges.append(found)
    if not told:
        return "All acts that say who was there were in messages."
    return " ".join([*told, *([OVERLAP] if len(ranges) > 1 and overlap(*ranges) else [])])


def _therapist(beside: Beside) -> str:
    weeks = count(beside.weeks, "week")
    told = (
        f"In {weeks} that a therapist and you both rated ({beside.channel.label}), the therapist’s mean was "
        f"{amount(beside.therapist)} and yours {amount(beside.home)}"
    )
    if beside.higher is None:
        return f"{told}; too few weeks to say more."
    return f"{told}. The middle difference, theirs less yours: {amount(beside.higher.value)} {bracket(beside.higher)}."


def _table(groups: Mapping[str, Both]) -> Table:
    body = tuple(
        (_NAMES[n], str(b.harm.count), cell(times_of(b.harm.daily, PER)), str(b.care.count),
         cell(times_of(b.care.daily, PER)), of_hundred(b.kind)) for n, b in groups.items()
    )  # fmt: skip
    days = max(b.harm.days for b in groups.values())
    head = (
        "who was there",
        "harmful acts",
        f"in {PER} days",
        "kind acts",
        f"in {PER} days",
        "kind, of 100 acts",
    )
    return Table(
        f"Over {count(days, 'day')} on which what they did is written. {BUNCHES} For shares: Jeffreys’.",
        head,
        body,
    )

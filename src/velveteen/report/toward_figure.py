"""Harm and kindness by whom they met, as a small table."""

from __future__ import annotations

from collections.abc import Mapping

from velveteen.measure.rates import Both, by_toward
from velveteen.measure.told import Told
from velveteen.report.figures import Figure, Table, to_come
from velveteen.report.phrases import count
from velveteen.report.ranges import SHARES, of_hundred

EMPTY = "Harm and kindness toward you, a child, an animal or someone else will stand here, once acts say whom they met."
SAFETY = (
    "Harm to a child or an animal is a danger sign too. Safety has people to talk to about it, at any hour."
)
_NAMES = {
    "me": "toward me", "child": "toward a child", "pet": "toward an animal", "other": "toward someone else",
    "": "not written toward whom",
}  # fmt: skip


def toward_figure(told: Told) -> Figure:
    """One sentence and one table; no picture."""
    groups = by_toward(told)
    if not any(groups):
        return to_come(EMPTY)
    parts = [_sentence(name, both) for name, both in groups.items()]
    hurt = any(groups[n].harm.count for n in ("child", "pet") if n in groups)
    return Figure("", (" ".join(parts), *([SAFETY] if hurt else [])), None, _table(groups))


def _sentence(name: str, both: Both) -> str:
    who = {**_NAMES, "me": "toward you"}[name]
    harm, care = count(both.harm.count, "harmful act"), count(both.care.count, "kind one")
    return f"{who[0].upper()}{who[1:]}: {harm}, {care}."


def _table(groups: Mapping[str, Both]) -> Table:
    body = tuple(
        (_NAMES[n], str(b.harm.count), str(b.care.count), of_hundred(b.kind)) for n, b in groups.items()
    )
    days = count(max(b.harm.days for b in groups.values()), "day")
    caption = f"Over {days} on which what they did is written. {SHARES}"
    return Table(caption, ("whom", "harmful acts", "kind acts", "kind, of 100 acts"), body)

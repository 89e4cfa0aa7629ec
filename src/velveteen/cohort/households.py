"""A household of a cohort, and the ways to hand many of them over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from velveteen.problems import BadInput


@dataclass(frozen=True, slots=True)
class Household:
    """One household: its name in the cohort, its cells and its turning points, each in any form that `judge` takes."""

    name: str
    cells: Any
    turning_points: Any = None


def as_households(given: Mapping[Any, Any] | Iterable[Any]) -> Iterator[Household]:
    """Households, one at a time, as they are asked for.

    Args:
        given: an iterable of `Household`, (name, cells) or (name, cells, turning points); or a mapping of names to cells,
            or to pairs (cells, turning points).

    Raises:
        BadInput: an item is none of these.
    """
    pairs = (
        ((k, *v) if isinstance(v, tuple) else (k, v) for k, v in given.items())
        if isinstance(given, Mapping)
        else given
    )
    for place, item in enumerate(pairs, start=1):
        if isinstance(item, Household):
            yield item
        elif isinstance(item, tuple | list) and len(item) in (2, 3):
            yield Household(str(item[0]), *item[1:])
        else:
            message = (
                f"Item {place} of the households is no (name, cells) and no (name, cells, turning points)."
            )
            raise BadInput("no_household", message)

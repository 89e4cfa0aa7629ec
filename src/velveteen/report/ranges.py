"""Rates, shares and their intervals in words; the level stands in every bracket."""

from __future__ import annotations

from collections.abc import Sequence

from velveteen.measure.intervals import LEVEL, Range
from velveteen.measure.rates import Rate
from velveteen.report.phrases import amount

PER = 10  # days
_LEVEL = f"{100 * LEVEL:.0f} %"
BRACKETS = f"Brackets and lines hold the {_LEVEL} interval: the range in which the number is likely to lie."
BUNCHES = "It is the exact Poisson one, widened where acts come in bunches."
SHARES = "It is Jeffreys’ interval for a share."
OVERLAP = "The two ranges overlap, so the difference may be chance."


def times_of(found: Range | None, by: float) -> Range | None:
    """The same range in another unit."""
    return Range(by * found.value, by * found.low, by * found.high) if found else None


def bracket(found: Range, unit: str = "") -> str:
    """(90 %: 1.2 to 3.4)."""
    return f"({_LEVEL}: {amount(found.low)} to {amount(found.high)}{unit})"


def spoken(found: Range, unit: str = "") -> str:
    """2.1 (90 %: 1.2 to 3.4)."""
    return f"{amount(found.value)} {bracket(found, unit)}"


def in_ten(rate: Rate) -> str:
    """Events in ten days with the interval; a dash where there are no days."""
    found = times_of(rate.daily, PER)
    return spoken(found) if found else "–"


def percent(found: Range | None) -> Range | None:
    """A share as a number of 100."""
    return times_of(found, 100)


def of_hundred(found: Range | None) -> str:
    """17 (15 to 18) for tables; a dash where there is nothing."""
    found = percent(found)
    return f"{found.value:.0f} ({found.low:.0f} to {found.high:.0f})" if found else "–"


def cell(found: Range | None) -> str:
    """2.1 (1.2 to 3.4) for tables."""
    return f"{amount(found.value)} ({amount(found.low)} to {amount(found.high)})" if found else "–"


def overlap(one: Range | None, other: Range | None) -> bool:
    """Whether two intervals share a point."""
    return one is not None and other is not None and one.low <= other.high and other.low <= one.high


def said_of(hits: int, of: int, found: Range | None, also: Sequence[str] = ()) -> str:
    """139 of 244 times (90 %: 52 to 62 in 100)."""
    share = percent(found)
    told = f"{hits} of {of} times"
    if share:
        told += f" ({_LEVEL}: {share.low:.0f} to {share.high:.0f} in 100)"
    return ", ".join([told, *also])

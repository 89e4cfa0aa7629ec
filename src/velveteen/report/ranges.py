"""Rates, shares and their intervals in words: the first bracket of a section says how sure it is, the others are short."""

from __future__ import annotations

from velveteen.measure.intervals import LEVEL, Range
from velveteen.report.phrases import amount

PER = 10  # days
SURE = f"in {10 * LEVEL:.0f} of 10 such records"
LINES = f"lines: {SURE.removeprefix('in ')}"
BRACKETS = f"In brackets: where the figure lies {SURE}"
BUNCHES = f"{BRACKETS} (exact Poisson intervals, wider where acts come in bunches)."
SHARES = f"{BRACKETS} (Jeffreys’ intervals)."
OVERLAP = "The two ranges overlap, so the difference may be chance."


def times_of(found: Range | None, by: float) -> Range | None:
    """The same range in another unit."""
    return Range(by * found.value, by * found.low, by * found.high) if found else None


def bracket(found: Range, unit: str = "", *, full: bool = False) -> str:
    """(1.2 to 3.4); where `full`, once a section, (in 9 of 10 such records between 1.2 and 3.4)."""
    low, high = amount(found.low), amount(found.high)
    if low == high:
        return f"({SURE} {low}{unit})" if full else f"({low}{unit})"
    return f"({between(low, high)}{unit})" if full else f"({low} to {high}{unit})"


def between(low: str, high: str) -> str:
    """In 9 of 10 such records between 1.2 and 3.4."""
    return f"{SURE} between {low} and {high}"


def spoken(found: Range, *, full: bool = False) -> str:
    """2.1 (1.2 to 3.4)."""
    return f"{amount(found.value)} {bracket(found, full=full)}"


def percent(found: Range | None) -> Range | None:
    """A share as a number of 100."""
    return times_of(found, 100)


def of_hundred(found: Range | None) -> str:
    """17 (15 to 18) for tables; a dash where there is nothing."""
    found = percent(found)
    return f"{found.value:.0f} ({found.low:.0f} to {found.high:.0f})" if found else "–"


def cell(found: Range | None) -> str:
    """2.1 (1.2 to 3.4) for tables, with minus signs where they belong; a dash where there is nothing."""
    if found is None:
        return "–"
    return f"{amount(found.value)} ({amount(found.low)} to {amount(found.high)})".replace("-", "−")


def overlap(one: Range | None, other: Range | None) -> bool:
    """Whether two intervals share a point."""
    return one is not None and other is not None and one.low <= other.high and other.low <= one.high


def said_of(hits: int, of: int, found: Range | None, *, full: bool = False) -> str:
    """139 of 244 times (52 to 62 in 100)."""
    share = percent(found)
    whole = share and Range(share.value, round(share.low), round(share.high))
    return f"{hits} of {of} times" + (f" {bracket(whole, ' in 100', full=full)}" if whole else "")

"""Moments as exports count them, in seconds, milliseconds or less since 1970, as seconds and as local time."""

from __future__ import annotations

from datetime import datetime, tzinfo
from decimal import Decimal, InvalidOperation

EARLIEST, LATEST = 631_152_000, 4_102_444_800
"""1990 and 2100: a message that claims to be from outside has no date that can be believed."""


def instant(value: object, per_second: int = 1) -> int | None:
    """Whole seconds since 1970 of a number, or of one written as text; None where that is no believable moment."""
    if isinstance(value, str) and len(value) <= 30:
        try:
            value = Decimal(value.strip())
        except InvalidOperation:
            return None
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    # Compared before it is made an integer: 1e999999999 would be one of a billion digits.
    if not EARLIEST * per_second <= value <= LATEST * per_second:
        return None
    return int(value // per_second)


def local(moment: int, zone: tzinfo | None) -> datetime:
    """The local naive moment of an instant, in a zone or, without one, where this machine is set."""
    return datetime.fromtimestamp(moment, zone).replace(tzinfo=None)


def written(value: object) -> datetime | None:
    """The naive moment of an ISO text such as "2024-05-01T12:30:00"; None where it is none, or not believable."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found.replace(tzinfo=None, microsecond=0) if 1990 <= found.year < 2100 else None

"""What was counted in messages, day by day, as cells take it: hard and calm apart where something tells them apart.

The diary's word on a day comes first. Where it says nothing, the exchange itself does (`messages.exchange`), and that is
said: a strain read from the same messages is a weaker witness than one written down beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from velveteen.journal.entries import Entry
from velveteen.measure.channels import registry
from velveteen.measure.coded_days import counted_once, is_counts
from velveteen.problems import Problem


@dataclass(frozen=True, slots=True)
class MessageCount:
    """A channel's count on one day.

    Attributes:
        value, of: as a cell has them.
        coded: messages that the coder looked at.
        strain: 0 to 1, or None where nothing tells.
    """

    day: date
    channel: str
    value: float
    of: float
    coded: float
    strain: float | None


def message_counts(
    coded: Sequence[Entry], imported: Sequence[Entry], strain_of: Callable[[date], float | None]
) -> tuple[list[MessageCount], list[Problem]]:
    """The counts of all coded days that count, in their order, and what is to be said about the rest.

    Args:
        coded, imported: entries of these kinds.
        strain_of: a day's strain by the diary; None where it says nothing.
    """
    entries, problems = counted_once(coded, imported)
    found: list[MessageCount] = []
    unwritten = set()
    for entry in entries:
        day = entry.at.date()
        strain, hard = strain_of(day), entry.payload.get("hard")
        if strain is None and isinstance(hard, dict):
            unwritten.add(day)
        else:
            hard = None
        for channel, numbers in _channels(entry, problems):
            found += _split(day, channel, numbers, strain, hard)
    return found, [*problems, *_about_strain(unwritten)]


def _channels(entry: Entry, problems: list[Problem]) -> Iterator[tuple[str, list[float]]]:
    channels = entry.payload.get("channels")
    if not isinstance(channels, dict):
        said = "What was counted in the messages of this day cannot be read; it is left out."
        problems.append(_unknown(entry, said, ""))
        return
    for channel, numbers in channels.items():
        if _fits(channel, numbers):
            yield channel, numbers
        else:
            said = f"Something was counted in the messages as “{channel}”, which is not known here; it is left out."
            problems.append(_unknown(entry, said, numbers))


def _unknown(entry: Entry, said: str, numbers: Any) -> Problem:
    return Problem("unknown_count", said, entry.at.date().isoformat(), str(numbers))


def _fits(channel: str, numbers: object) -> bool:
    known = registry().get(channel)
    if known is None or not is_counts(numbers):
        return False
    if known.family == "count":
        return len(numbers) == 3 and numbers[0] <= numbers[2]
    return len(numbers) == 2 and numbers[0] <= numbers[1]


def _split(
    day: date, channel: str, numbers: list[float], strain: float | None, hard: Mapping[str, Any] | None
) -> list[MessageCount]:
    if hard is None:
        return [_count(day, channel, numbers, strain)]
    part = hard.get(channel, [0] * len(numbers))
    if not (_fits(channel, part) and all(some <= whole for some, whole in zip(part, numbers, strict=True))):
        return [_count(day, channel, numbers, None)]
    rest = [whole - some for some, whole in zip(part, numbers, strict=True)]
    return [_count(day, channel, n, share) for share, n in ((0.0, rest), (1.0, part)) if any(n)]


def _count(day: date, channel: str, numbers: Sequence[float], strain: float | None) -> MessageCount:
    value, of, coded = (*numbers, numbers[1]) if len(numbers) == 2 else numbers
    return MessageCount(day, channel, float(value), float(of), float(coded), strain)


def _about_strain(days: set[date]) -> list[Problem]:
    if not days:
        return []
    several = "1 day" if len(days) == 1 else f"{len(days)} days"
    said = (
        f"For {several} with messages the diary does not say how the day between you was. Hard and calm were told from the "
        "exchange itself: it counts as hard where you said no or raised something."
    )
    return [Problem("strain_from_exchange", said, min(days).isoformat())]

"""How well a coder finds what a channel counts: two counts, taken on items whose true labels somebody gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from velveteen.problems import BadInput

KEYS = ("sensitivity", "false_positives")
LARGEST = 10**9


@dataclass(frozen=True, slots=True)
class Coder:
    """A coder's figures for one channel, each as (hits, of).

    Attributes:
        sensitivity: items that it found, of those that are what the channel counts.
        false_positives: items that it took for it, of those that are not.
    """

    sensitivity: tuple[int, int]
    false_positives: tuple[int, int]

    @property
    def finds(self) -> float:
        """Posterior mean of the sensitivity."""
        return _mean(self.sensitivity)

    @property
    def makes_up(self) -> float:
        """Posterior mean of the false positive rate."""
        return _mean(self.false_positives)


def posterior(figures: tuple[int, int]) -> tuple[float, float]:
    """Both parameters of the beta posterior of a rate, under Jeffreys' prior Beta(1/2, 1/2)."""
    hits, of = figures
    return hits + 0.5, of - hits + 0.5


def parse_coder(channel: str, family: str, table: Any) -> Coder | None:
    """A channel's coder from its table; None where there is none.

    Raises:
        BadInput: a rating's coder, a table without both keys or with others, a figure that is no [hits, of], or a coder
            that finds no more than it makes up.
    """
    if table is None:
        return None
    if family == "rating":
        raise _bad(channel, "ratings are not coded, so a rating channel has no coder")
    if not isinstance(table, dict) or set(table) != set(KEYS):
        raise _bad(channel, f"coder must be a table with the keys {' and '.join(KEYS)}")
    found = Coder(*(_figures(channel, key, table[key]) for key in KEYS))
    if found.finds <= found.makes_up:
        raise _bad(channel, "its coder finds no more than it makes up, so what it counts tells nothing")
    return found


def _figures(channel: str, key: str, value: Any) -> tuple[int, int]:
    if isinstance(value, list | tuple) and len(value) == 2 and all(type(v) is int for v in value):
        hits, of = value
        if 0 <= hits <= of and 1 <= of <= LARGEST:
            return hits, of
    raise _bad(channel, f"{key} must be [hits, of], whole numbers with 0 <= hits <= of; it is {value!r}")


def _bad(channel: str, what: str) -> BadInput:
    return BadInput("channel_coder", f"Channel “{channel}”: {what}.")


def _mean(figures: tuple[int, int]) -> float:
    a, b = posterior(figures)
    return a / (a + b)

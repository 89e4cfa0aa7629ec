"""A long record as a path of regimes: what an earlier regime is, how likely a path is before the record is seen.

A path is a row of changes. The last of them is the present change, which the accounts rival over; all before it are *earlier
regimes*, which every account sees alike. See docs/decisions/0013.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise

import numpy as np

from velveteen.judge.accounts import CHANGE_MEAN, WORSE_MEAN, change_block
from velveteen.judge.arrays import Floats
from velveteen.judge.effects import Effects, joined
from velveteen.judge.record import Record
from velveteen.judge.shapes import HALF_LIVES, WIDTHS, pulse, ramp

TYPICAL = 104  # median weeks between two changes; half of them last less than two years (judgement)
SHORTEST = 8  # weeks that a regime lasts at least: what is shorter is ebb and flow
RETURNS = 0.25  # share of changes that go back to the level before, where there is one to go back to
KINDS = ("level", "outward", "worse", "pulse")
SPANS: dict[str, dict[int, float]] = {k: dict(HALF_LIVES if k == "pulse" else WIDTHS) for k in KINDS}


@dataclass(frozen=True, slots=True)
class Regime:
    """One change that stays until the record's end, until the relationship returns to the level before, or until it fades.

    Attributes:
        onset: its first week, from 0.
        kind: "level" (better on every channel), "outward" (better outwardly on calm days), "worse" (on every channel), or
            "pulse" (better on every channel, fading).
        span: weeks of its ramp; of a pulse, its half-life in weeks.
        until: first week of the return to the level before; None while there is none.
        fade: weeks of that return's ramp.
    """

    onset: int
    kind: str
    span: int
    until: int | None = None
    fade: int = 1

    def profile(self, weeks: int) -> Floats:
        """(T,) what scales its effects, in [0, 1]."""
        if self.kind == "pulse":
            return pulse(weeks, (self.onset,), float(self.span))
        risen = ramp(weeks, self.onset, self.span)
        if self.until is None:
            return risen
        left: Floats = risen * (1.0 - ramp(weeks, self.until, self.fade))
        return left

    @property
    def may_end(self) -> bool:
        """Whether it can still return to the level before: a pulse fades by itself."""
        return self.kind != "pulse" and self.until is None

    @property
    def changes(self) -> tuple[int, ...]:
        """Weeks in which something changed: its onset and its end."""
        return (self.onset,) if self.until is None else (self.onset, self.until)


Path = tuple[Regime, ...]


def arranged(regimes: Iterable[Regime]) -> Path:
    """The regimes in one fixed order, by onset first."""
    return tuple(sorted(regimes, key=lambda r: (r.onset, r.kind, r.span, r.until or 0, r.fade)))


def changes(path: Iterable[Regime]) -> list[int]:
    """Weeks of all changes of a path, in order."""
    return sorted(week for regime in path for week in regime.changes)


def earlier(path: Path) -> Path:
    """The path without its last change: what was before the present one."""
    last = changes(path)[-1]
    kept = [r for r in path if r.onset != last]
    return arranged(Regime(r.onset, r.kind, r.span) if r.until == last else r for r in kept)


def start_of(path: Path) -> int:
    """First week of what follows an earlier path: that of its last change; 0 where it is empty."""
    return changes(path)[-1] if path else 0


def survival(weeks: float) -> float:
    """P(no change within so many weeks) = 1 / (1 + weeks / TYPICAL): a hazard per year that falls, and a heavy tail."""
    return 1.0 / (1.0 + weeks / TYPICAL)


def log_gap(weeks: float) -> float:
    """Log density per week of the time between two changes, -d survival / d weeks."""
    return -math.log(TYPICAL) - 2.0 * math.log1p(weeks / TYPICAL)


def path_log_prior(path: Path) -> float:
    """Log density of a path's changes, per week and change; what comes after the last of them is not in it."""
    total = sum(log_gap(b - a) for a, b in pairwise([0, *changes(path)]))
    for regime in path:
        open_before = any(_open_at(r, regime.onset) for r in path if r is not regime)
        total += math.log((1.0 - RETURNS if open_before else 1.0) / len(KINDS))
        total += math.log(SPANS[regime.kind][regime.span])
        if regime.until is not None:
            total += math.log(RETURNS) + math.log(SPANS["level"][regime.fade])
    return total


def _open_at(regime: Regime, week: int) -> bool:
    begun = regime.kind != "pulse" and regime.onset < week
    return begun and (regime.until is None or regime.until > week)


def well_spaced(path: Path, weeks: int) -> bool:
    """Whether every regime lasts at least SHORTEST weeks, those before the first change and after the last included."""
    return all(b - a >= SHORTEST for a, b in pairwise([0, *changes(path), weeks]))


def regime_block(record: Record, kind: str) -> Effects:
    """The columns and prior of a regime's effects before its profile scales them: those of the account of the same shape."""
    if kind == "worse":
        return change_block(record, WORSE_MEAN, sign=-1.0)
    return change_block(record, CHANGE_MEAN, calm_only=kind == "outward")


@dataclass(frozen=True, slots=True)
class Standing:
    """One earlier regime as columns: profile (T,), and v0, v1 (N,) before the profile scales them; `block` has its prior."""

    profile: Floats
    v0: Floats
    v1: Floats
    block: Effects


def standing(record: Record, path: Path) -> tuple[Standing, ...]:
    """A path's regimes as columns, in the path's order."""
    blocks = [regime_block(record, regime.kind) for regime in path]
    return tuple(
        Standing(regime.profile(record.weeks), block.v0[:, 0], block.v1[:, 0], block)
        for regime, block in zip(path, blocks, strict=True)
    )


def with_regimes(record: Record, shared: Effects, path: Path) -> Effects:
    """The shared effects with a path's regimes among them: one more column a regime, the last ones, scaled by its profile.

    A cell that a regime does not touch has a column of zeros, so that every cell has every shared column.
    """
    blocks = []
    for regime in standing(record, path):
        scale, block = regime.profile[record.week][:, None], regime.block
        column = np.maximum(block.column, 0)
        blocks.append(replace(block, column=column, v0=block.v0 * scale, v1=block.v1 * scale))
    return reduce(joined, blocks, shared)

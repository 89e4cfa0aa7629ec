"""Draws from the model-averaged posterior of each channel's trajectory, without ebb, transient and drift."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from velveteen.judge.arrays import Floats
from velveteen.judge.evidence import Component, Evidence
from velveteen.judge.families import COUNT, PROPORTION
from velveteen.judge.record import FAMILY, Record, rating_range
from velveteen.judge.regimes import Standing
from velveteen.measure.channels import Channel

DRAWS = 2000
MOST_COMPONENTS = 8
ALL_WEEKS = slice(None)
_SEED = 20240229


@dataclass(frozen=True, slots=True)
class ChannelDraws:
    """Draws of one channel: the linear predictor at strain x is base + x tilt, both (draws, T)."""

    channel: Channel
    bounds: tuple[float, float]
    base: Floats
    tilt: Floats

    def at(self, strain: float, weeks: slice = ALL_WEEKS) -> Floats:
        """(draws, T) in the channel's unit, at a strain; or of some weeks alone."""
        return self.natural(self.base[:, weeks] + strain * self.tilt[:, weeks])

    def natural(self, eta: Floats) -> Floats:
        """Counts a week, shares, or ratings within their range."""
        family = FAMILY[self.channel.family]
        if family == COUNT:
            return np.exp(np.minimum(eta, 30.0))
        if family == PROPORTION:
            return 1.0 / (1.0 + np.exp(-np.clip(eta, -30.0, 30.0)))
        return np.clip(eta, *self.bounds)


class Draws(Mapping[str, ChannelDraws]):
    """The draws of every channel, by name; each channel's are put together when asked for, and only the last are kept."""

    def __init__(
        self,
        record: Record,
        parts: Sequence[tuple[Evidence, Component, Floats]],
        standing: Sequence[Standing],
    ) -> None:
        self._record, self._parts, self._standing = record, parts, standing
        self._places = {channel.name: i for i, channel in enumerate(record.channels)}
        self._last: ChannelDraws | None = None

    def __getitem__(self, name: str) -> ChannelDraws:
        if self._last is None or self._last.channel.name != name:
            self._last = self._together(self._places[name])
        return self._last

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def _together(self, place: int) -> ChannelDraws:
        record, row = self._record, _representative(self._record, place)
        channel = record.channels[place]
        base, tilt = (np.empty((sum(len(e) for _, _, e in self._parts), record.weeks)) for _ in range(2))
        done = 0
        for evidence, component, effects in self._parts:
            here = slice(done, done := done + len(effects))
            base[here], tilt[here] = _trajectory(
                evidence, component, effects, row, record.weeks, self._standing
            )
        bounds = rating_range(channel, record.y[record.channel == place].tolist())
        return ChannelDraws(channel, bounds, base, tilt)


def draw(
    record: Record,
    evidences: Mapping[str, Evidence],
    odds: Mapping[str, float],
    standing: Sequence[Standing] = (),
) -> Draws:
    """Draws of every channel, accounts in proportion to `odds`, trajectories to their posterior mass.

    `standing` are the earlier regimes that every account shares; they are part of each trajectory. The random numbers are
    the same for the same record, so that the same record gives the same verdict.
    """
    rng = np.random.default_rng(_SEED)
    parts = [
        (evidence, component, _effect_draws(evidence, component, count, rng))
        for evidence, component, count in _allocated(evidences, odds)
    ]
    return Draws(record, parts, standing)


def _representative(record: Record, channel: int) -> int:
    """A cell of the channel's most observed level."""
    mine = np.flatnonzero(record.channel == channel)
    levels, counts = np.unique(record.level[mine], return_counts=True)
    return int(mine[record.level[mine] == levels[counts.argmax()]][0])


def _allocated(
    evidences: Mapping[str, Evidence], odds: Mapping[str, float]
) -> list[tuple[Evidence, Component, int]]:
    """How many draws each trajectory of each account gets (systematic rounding)."""
    pairs, masses = [], []
    for name, evidence in evidences.items():
        best = evidence.components[:MOST_COMPONENTS]
        weights = np.exp([c.log_weight - best[0].log_weight for c in best])
        for component, weight in zip(best, weights / weights.sum(), strict=True):
            pairs.append((evidence, component))
            masses.append(odds[name] * weight)
    edges = np.floor(np.cumsum(masses) / np.sum(masses) * DRAWS + 0.5).astype(int)
    counts = np.diff(edges, prepend=0)
    return [(e, c, int(n)) for (e, c), n in zip(pairs, counts, strict=True) if n > 0]


def _effect_draws(evidence: Evidence, component: Component, count: int, rng: np.random.Generator) -> Floats:
    """(count, p) draws of the effects at one trajectory and the centre of its z."""
    evaluator = evidence.evaluator
    evaluator.follow(evaluator.account.shapes[component.shape], component.onset)
    posterior = evaluator.posterior(component.centre)
    noise = rng.standard_normal((posterior.mode.size, count))
    return posterior.mode + np.linalg.solve(posterior.factor.T, noise).T


def _trajectory(
    evidence: Evidence,
    component: Component,
    effects: Floats,
    row: int,
    weeks: int,
    standing: Sequence[Standing],
) -> tuple[Floats, Floats]:
    """(count, T) base and tilt of the channel of cell `row`."""
    account = evidence.evaluator.account
    shape = account.shapes[component.shape]
    profiles = np.vstack([shape.columns, shape.profiles[component.onset]])
    columns, v0, v1 = account.effects.column[row], account.effects.v0[row], account.effects.v1[row]
    base = np.repeat(effects[:, [columns[0]]], weeks, axis=1)
    tilt = np.repeat(effects[:, [columns[1]]] * v1[1], weeks, axis=1)
    for k, slot in enumerate(account.slots, start=account.shared):
        if columns[k] >= 0:
            own = effects[:, [columns[k]]] * profiles[slot]
            base += own * v0[k]
            if v1[k]:
                tilt += own * v1[k]
    for k, regime in enumerate(standing, start=account.shared - len(standing)):
        own = effects[:, [columns[k]]] * regime.profile
        base += own * regime.v0[row]
        tilt += own * regime.v1[row]
    return base, tilt

"""Draws from the model-averaged posterior of each channel's trajectory, without ebb, transient and drift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from velveteen.judge.arrays import Floats
from velveteen.judge.evidence import Component, Evidence
from velveteen.judge.families import COUNT, PROPORTION
from velveteen.judge.record import FAMILY, Record, rating_range
from velveteen.measure.channels import Channel

DRAWS = 2000
MOST_COMPONENTS = 8
_SEED = 20240229


@dataclass(frozen=True, slots=True)
class ChannelDraws:
    """Draws of one channel: the linear predictor at strain x is base + x tilt, both (draws, T)."""

    channel: Channel
    bounds: tuple[float, float]
    base: Floats
    tilt: Floats

    def at(self, strain: float) -> Floats:
        """(draws, T) in the channel's unit, at a strain."""
        return self.natural(self.base + strain * self.tilt)

    def natural(self, eta: Floats) -> Floats:
        """Counts a week, shares, or ratings within their range."""
        family = FAMILY[self.channel.family]
        if family == COUNT:
            return np.exp(np.minimum(eta, 30.0))
        if family == PROPORTION:
            return 1.0 / (1.0 + np.exp(-np.clip(eta, -30.0, 30.0)))
        return np.clip(eta, *self.bounds)


def draw(
    record: Record, evidences: Mapping[str, Evidence], odds: Mapping[str, float]
) -> dict[str, ChannelDraws]:
    """Draws of every channel, accounts in proportion to `odds`, trajectories to their posterior mass.

    The random numbers are the same for the same record, so that the same record gives the same verdict.
    """
    rng = np.random.default_rng(_SEED)
    rows = [_representative(record, i) for i in range(len(record.channels))]
    base, tilt = (np.empty((len(rows), DRAWS, record.weeks)) for _ in range(2))
    done = 0
    for evidence, component, count in _allocated(evidences, odds):
        effects = _effect_draws(evidence, component, count, rng)
        for i, row in enumerate(rows):
            _fill(
                evidence, component, effects, row, base[i, done : done + count], tilt[i, done : done + count]
            )
        done += count
    return {
        channel.name: ChannelDraws(
            channel, rating_range(channel, record.y[record.channel == i].tolist()), base[i, :done], tilt[i, :done]
        )
        for i, channel in enumerate(record.channels)
    }  # fmt: skip


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


def _fill(
    evidence: Evidence, component: Component, effects: Floats, row: int, base: Floats, tilt: Floats
) -> None:
    """Write base and tilt, (count, T) each, of the channel of cell `row`."""
    account = evidence.evaluator.account
    shape = account.shapes[component.shape]
    profiles = np.vstack([shape.columns, shape.profiles[component.onset]])
    columns, v0, v1 = account.effects.column[row], account.effects.v0[row], account.effects.v1[row]
    base[:] = effects[:, [columns[0]]]
    tilt[:] = effects[:, [columns[1]]] * v1[1]
    for k, slot in enumerate(account.slots, start=account.shared):
        if columns[k] >= 0:
            own = effects[:, [columns[k]]] * profiles[slot]
            base += own * v0[k]
            if v1[k]:
                tilt += own * v1[k]

"""Draws from the model-averaged posterior of each channel's trajectory, without ebb, transient and drift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.evidence import Component, Evidence
from velveteen.judge.families import COUNT, PROPORTION
from velveteen.judge.record import FAMILY, Record, rating_range
from velveteen.judge.regimes import Standing
from velveteen.judge.screen import paths
from velveteen.measure.channels import Channel

DRAWS = 2000
MOST_COMPONENTS = 8
ALL_WEEKS = slice(None)
_SEED = 20240229


@dataclass(frozen=True, slots=True)
class Part:
    """The draws of one account for one channel, in the order of its trajectories.

    Attributes:
        level: (2, n) what each draw is at strain 0 where every profile is 0, and what each unit of strain adds.
        moves: (2, K, n) what each draw's profiles are multiplied by, in the same two ways.
        profiles: (K, T, J) of each trajectory.
        counts: (J,) how many of the n draws follow each trajectory.
    """

    level: Floats
    moves: Floats
    profiles: Floats
    counts: Ints

    def predictor(self, strain: Floats, weeks: slice | Ints, to: Floats) -> None:
        """Write the linear predictor in some weeks, at a strain (W, 1) in each or (1, 1) in all, to (W, n)."""
        rows = np.repeat(self.profiles[:, weeks], self.counts, axis=2)
        to[:] = self.level[0]
        for move, row in zip(self.moves[0], rows, strict=True):
            to += move * row
        if strain.any():
            to += strain * self.level[1]
            for move, row in zip(self.moves[1], rows, strict=True):
                to += strain * move * row


@dataclass(frozen=True, slots=True)
class ChannelDraws:
    """Draws of one channel, account by account; values are put together for the weeks asked for, never for all at once."""

    channel: Channel
    bounds: tuple[float, float]
    parts: tuple[Part, ...]

    def predictor(self, strain: float | Floats = 0.0, weeks: slice | Ints = ALL_WEEKS) -> Floats:
        """(draws, W) the linear predictor in some weeks, at one strain or at one (W,) for each week."""
        each = np.atleast_1d(np.asarray(strain, dtype=np.float64))[:, None]
        counts = [part.counts.sum() for part in self.parts]
        asked = np.arange(self.parts[0].profiles.shape[1])[weeks]
        found = np.empty((asked.size, sum(counts)))
        for part, end, count in zip(self.parts, np.cumsum(counts), counts, strict=True):
            part.predictor(each, weeks, found[:, end - count : end])
        return found.T

    def at(self, strain: float | Floats, weeks: slice | Ints = ALL_WEEKS) -> Floats:
        """(draws, W) in the channel's unit, as `predictor`."""
        return self.natural(self.predictor(strain, weeks))

    def natural(self, eta: Floats) -> Floats:
        """Counts a week, shares, or ratings within their range."""
        family = FAMILY[self.channel.family]
        if family == COUNT:
            return np.exp(np.minimum(eta, 30.0))
        if family == PROPORTION:
            return 1.0 / (1.0 + np.exp(-np.clip(eta, -30.0, 30.0)))
        return np.clip(eta, *self.bounds)


def draw(
    record: Record,
    evidences: Mapping[str, Evidence],
    odds: Mapping[str, float],
    standing: Sequence[Standing] = (),
) -> dict[str, ChannelDraws]:
    """Draws of every channel by name, accounts in proportion to `odds`, trajectories to their posterior mass.

    `standing` are the earlier regimes that every account shares; they are part of each trajectory. The random numbers are
    the same for the same record, so that the same record gives the same verdict.
    """
    rng = np.random.default_rng(_SEED)
    accounts: dict[str, _Drawn] = {}
    for name, component, count in _allocated(evidences, odds):
        drawn = accounts.setdefault(name, _Drawn(evidences[name], [], []))
        drawn.components.append(component)
        drawn.effects.append(_effect_draws(evidences[name], component, count, rng))
    found = {}
    for place, channel in enumerate(record.channels):
        row = _representative(record, place)
        bounds = rating_range(channel, record.y[record.channel == place].tolist())
        parts = tuple(_part(drawn, row, standing) for drawn in accounts.values())
        found[channel.name] = ChannelDraws(channel, bounds, parts)
    return found


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The trajectories of an account that get draws, and the draws of the effects, (count, p) along each."""

    evidence: Evidence
    components: list[Component]
    effects: list[Floats]


def _representative(record: Record, channel: int) -> int:
    """A cell of the channel's most observed level."""
    mine = np.flatnonzero(record.channel == channel)
    levels, counts = np.unique(record.level[mine], return_counts=True)
    return int(mine[record.level[mine] == levels[counts.argmax()]][0])


def _allocated(
    evidences: Mapping[str, Evidence], odds: Mapping[str, float]
) -> list[tuple[str, Component, int]]:
    """How many draws each trajectory of each account gets (systematic rounding)."""
    pairs, masses = [], []
    for name, evidence in evidences.items():
        best = evidence.components[:MOST_COMPONENTS]
        weights = np.exp([c.log_weight - best[0].log_weight for c in best])
        for component, weight in zip(best, weights / weights.sum(), strict=True):
            pairs.append((name, component))
            masses.append(odds[name] * weight)
    edges = np.floor(np.cumsum(masses) / np.sum(masses) * DRAWS + 0.5).astype(int)
    counts = np.diff(edges, prepend=0)
    return [(name, c, int(n)) for (name, c), n in zip(pairs, counts, strict=True) if n > 0]


def _effect_draws(evidence: Evidence, component: Component, count: int, rng: np.random.Generator) -> Floats:
    """(count, p) draws of the effects at one trajectory and the centre of its z."""
    evaluator = evidence.evaluator
    evaluator.follow(evaluator.account.shapes[component.shape], component.onset)
    posterior = evaluator.posterior(component.centre)
    return posterior.drawn(rng.standard_normal((posterior.mode.size, count)))


def _part(drawn: _Drawn, row: int, standing: Sequence[Standing]) -> Part:
    """The draws of an account for the channel of cell `row`: level, what the account adds, earlier regimes."""
    account = drawn.evidence.evaluator.account
    columns, v0, v1 = account.effects.column[row], account.effects.v0[row], account.effects.v1[row]
    own = [(k, slot) for k, slot in enumerate(account.slots, start=account.shared) if columns[k] >= 0]
    before = range(account.shared - len(standing), account.shared)
    scale = np.array(
        [
            [*(v0[k] for k, _ in own), *(regime.v0[row] for regime in standing)],
            [*(v1[k] for k, _ in own), *(regime.v1[row] for regime in standing)],
        ]
    )
    effects = np.concatenate(drawn.effects).T
    level = np.stack([effects[columns[0]], effects[columns[1]] * v1[1]])
    moves = scale[:, :, None] * effects[columns[[*(k for k, _ in own), *before]]]
    pairs = [(account.shapes[c.shape], c.onset) for c in drawn.components]
    along = paths(pairs, [slot for _, slot in own]).transpose(1, 2, 0)
    stood = [np.repeat(regime.profile[None, :, None], len(pairs), axis=2) for regime in standing]
    profiles = np.concatenate([along, *stood])
    return Part(level, moves, profiles, np.array([len(e) for e in drawn.effects]))

"""The Gaussian effects b that every account shares: levels, strain slopes, the starting transient, drifting instruments."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from velveteen.judge.arrays import Flags, Floats, Ints
from velveteen.judge.families import RATING
from velveteen.judge.record import LONG, Record, rating_range
from velveteen.measure.channels import Channel

SLOPE = (
    0.5,
    0.5,
)  # mean and sd of beta_c, in channel scales: how much worse a wholly hard week is than a calm one
TRANSIENT = (-0.2, 0.4)  # journals begin in a crisis; fades over TRANSIENT_WEEKS
TRANSIENT_WEEKS = 4
# sd of an instrument's drift after one year, in channel scales: of what it counts, and of how it uses a scale.
DRIFT_SD = (0.2, 0.4)
TERMS = 2  # Karhunen-Loeve terms of a walk, up to LONG weeks: .90 of its variance
MOST_TERMS = 12  # of any walk: cost grows with their square
# sd after one year, in channel scales, of the walk of the contrast between hard and calm days: which days are hard changes.
CONTRAST_SD = 0.5


@dataclass(frozen=True, slots=True)
class Effects:
    """p effects with their prior, and where they enter each cell.

    Attributes:
        column: (N, M) index of the effect, -1 = none.
        v0, v1: (N, M): the effect enters eta(x) as (v0 + x v1) b.
        mean, covariance: (p,), (p, p) prior of b.
    """

    column: Ints
    v0: Floats
    v1: Floats
    mean: Floats
    covariance: Floats

    @property
    def size(self) -> int:
        """Their number, p."""
        return self.mean.size

    def of_cells(self, kept: Flags) -> Effects:
        """The same effects on some of the cells."""
        return replace(self, column=self.column[kept], v0=self.v0[kept], v1=self.v1[kept])


def walk_terms(sd: float, weeks: int) -> int:
    """How many Karhunen-Loeve terms a walk of that sd after one year takes.

    K terms leave out a variance of sd^2 T / (52 pi^2 K) or so, on average over T weeks. Beyond LONG weeks that may be no
    more than this walk, or that of a rating if that is less, leaves out at LONG weeks: what is left out passes for change.
    """
    share = min(1.0, sd / DRIFT_SD[1]) ** 2
    return min(MOST_TERMS, max(TERMS, round(TERMS * share * weeks / LONG)))


def shared_effects(record: Record) -> Effects:
    """Levels, strain slopes, transient and drifts, in this order; each informant drifts in counting and in rating.

    Where the record tells calm from hard, the contrast between them drifts as well: w(t) (x - 1/2), shared by
    the outward channels.
    """
    cells = len(record.cells)
    level_mean, level_sd = _level_priors(record)
    slopes = len(level_mean)
    transient = slopes + len(record.channels)
    drift = transient + 1
    rating = (record.family == RATING).astype(np.int64)
    terms = np.array([walk_terms(sd, record.weeks) for sd in DRIFT_SD])
    first = drift + terms.sum() * record.informant + terms[0] * rating
    own, most = terms[rating], int(terms.max())
    signed = record.sign * record.scale
    basis = walk_basis(record.weeks, most)[:, record.week].T * (np.arange(most) < own[:, None])
    column = np.column_stack(
        [
            record.level, slopes + record.channel, np.full(cells, transient),
            *(first + np.minimum(k, own - 1) for k in range(most)),
        ]
    )  # fmt: skip
    fading = np.maximum(0.0, 1.0 - record.week / TRANSIENT_WEEKS)
    ones, zeros = np.ones(cells), np.zeros(cells)
    v0 = np.column_stack([ones, zeros, signed * fading, signed[:, None] * basis])
    v1 = np.column_stack([zeros, -signed, np.zeros((cells, 1 + most))])
    drift_sd = np.tile(np.repeat(DRIFT_SD, terms), len(record.informants)).tolist()
    mean = [*level_mean, *[SLOPE[0]] * len(record.channels), TRANSIENT[0], *[0.0] * len(drift_sd)]
    sd = [*level_sd, *[SLOPE[1]] * len(record.channels), TRANSIENT[1], *drift_sd]
    shared = Effects(
        np.ascontiguousarray(column, dtype=np.int64), v0, v1, np.array(mean), np.diag(np.square(sd))
    )
    if not {0.0, 1.0} <= {c.strain for c in record.cells}:
        return shared
    return joined(shared, _contrast(record))


def _contrast(record: Record) -> Effects:
    """The drift of the contrast between hard and calm days, in outward channels that tell them apart."""
    terms = walk_terms(CONTRAST_SD, record.weeks)
    telling = {c.channel for c in record.cells if c.strain is not None}
    told = np.array([c.channel in telling for c in record.cells]) & ~record.inward
    basis = walk_basis(record.weeks, terms)[:, record.week].T
    signed = (record.sign * record.scale * told)[:, None] * basis
    column = np.tile(np.arange(terms), (len(record.cells), 1))
    zeros = np.zeros(terms)
    return Effects(column, -0.5 * signed, signed, zeros, CONTRAST_SD**2 * np.eye(terms))


def joined(first: Effects, second: Effects) -> Effects:
    """Both, the second's after the first's, independent a priori."""
    column = np.where(second.column >= 0, second.column + first.size, -1)
    covariance = np.zeros((first.size + second.size,) * 2)
    covariance[: first.size, : first.size] = first.covariance
    covariance[first.size :, first.size :] = second.covariance
    return Effects(
        np.ascontiguousarray(np.hstack([first.column, column]), dtype=np.int64),
        np.hstack([first.v0, second.v0]),
        np.hstack([first.v1, second.v1]),
        np.concatenate([first.mean, second.mean]),
        covariance,
    )


def walk_basis(weeks: int, terms: int) -> Floats:
    """Karhunen-Loeve functions of a random walk with unit variance after 52 weeks.

    w(t) = sum_k z_k sqrt(2 T / 52) sin((k - 1/2) pi t / T) / ((k - 1/2) pi), z_k standard normal (Loeve 1978, 37.5).

    Returns:
        (terms, weeks), at t + 1/2.
    """
    rate = (np.arange(terms) + 0.5) * np.pi
    time = (np.arange(weeks) + 0.5) / weeks
    basis: Floats = math.sqrt(2.0 * weeks / 52.0) * np.sin(rate[:, None] * time) / rate[:, None]
    return basis


def _level_priors(record: Record) -> tuple[list[float], list[float]]:
    means, sds = [], []
    for i, (name, _, _) in enumerate(record.levels):
        channel = next(c for c in record.channels if c.name == name)
        chosen = record.level == i
        mean, sd = channel.level or _level_from_record(channel, record, chosen)
        means.append(mean)
        sds.append(sd)
    return means, sds


def _level_from_record(channel: Channel, record: Record, chosen: Flags) -> tuple[float, float]:
    """A wide prior about the record's own mean, alike in every account, for channels whose registry entry has none.

    What a coder is expected to make up is taken off first, down to what chance alone would leave.
    """
    y, of = record.y[chosen], record.of[chosen]
    if channel.family == "rating":
        low, high = rating_range(channel, y.tolist())
        return float(np.mean(y)), (high - low) / 2
    rates = [(c.finds - c.makes_up, c.makes_up) for c in record.coders]
    gain, made_up = np.array([*rates, (1.0, 0.0)])[record.coder[chosen]].T
    items = record.coded[chosen] if channel.family == "count" else of
    counted = y.sum() + 0.5
    seen = max(counted - made_up @ items, min(counted, math.sqrt(counted)))
    if channel.family == "count":
        return math.log(seen / (gain * of).sum()), 1.5
    share = min(seen / ((gain * of).sum() + 1.0), 1.0 - 0.5 / (of.sum() + 1.0))
    return math.log(share / (1.0 - share)), 1.5

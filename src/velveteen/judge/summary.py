"""What the draws say: trajectories with bands, the effect in plain units, and the five plain tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from velveteen.judge.arrays import Flags, Floats
from velveteen.judge.draws import ChannelDraws
from velveteen.judge.record import Record
from velveteen.judge.verdict import Effect, TestResult, Trajectory

ENDS = 4  # weeks at each end of the record that "before" and "now" average
YEAR = 52
RECENT = 12  # weeks back from the last fitting cell that a test looks at
FEWEST = 5  # observations below which a test is untested
SETTLED = 10  # weeks after the last threat
UNRECORDED_STRAIN = 0.25
BETTER = 0.2
_QUANTILES = (0.5, 0.25, 0.75, 0.05, 0.95)


def trajectories(draws: Mapping[str, ChannelDraws], record: Record) -> dict[str, Trajectory]:
    """Median and 50 and 90 % bands of each channel, week by week, on calm days."""
    weeks = tuple(range(record.first, record.first + record.weeks))
    return {name: Trajectory(weeks, *map(tuple, _bands(d, record.weeks))) for name, d in draws.items()}


def quantiles(draws: Floats, unit: Callable[[Floats], Floats]) -> Floats:
    """(5, W) median and bands of each column of draws (n, W) on the linear predictor, in a unit that rises with it.

    Linear between order statistics, as `np.quantile` gives them for unit(draws); one sort of each column is several times
    quicker than its partitions, and the unit is needed at the order statistics alone.
    """
    ordered = np.sort(np.ascontiguousarray(draws.T), axis=1)
    place = np.array(_QUANTILES) * (len(draws) - 1)
    below = np.minimum(place.astype(np.int64), len(draws) - 2)
    rest = place - below
    found: Floats = (unit(ordered[:, below]) * (1.0 - rest) + unit(ordered[:, below + 1]) * rest).T
    return found


def _bands(draws: ChannelDraws, weeks: int) -> list[list[float]]:
    """Each quantile week by week, a year at a time: a long record's draws need not all be in memory at once."""
    years = (slice(t, t + YEAR) for t in range(0, weeks, YEAR))
    rows: list[list[float]] = np.hstack(
        [quantiles(draws.predictor(0.0, year), draws.natural) for year in years]
    ).tolist()
    return rows


def effects(draws: Mapping[str, ChannelDraws], base: int = 0) -> dict[str, Effect]:
    """Four weeks from `base` on against the last four of each channel's averaged trajectory on calm days."""
    return {name: _effect(d, base) for name, d in draws.items()}


def _effect(draws: ChannelDraws, base: int) -> Effect:
    before = float(np.median(draws.at(0.0, slice(base, base + ENDS)).mean(axis=1)))
    last = draws.at(0.0, slice(-ENDS, None)).mean(axis=1)
    low, now, high = np.quantile(last, (0.05, 0.5, 0.95)).tolist()
    return Effect(before, now, low, high, draws.channel.unit)


def plain_tests(draws: Mapping[str, ChannelDraws], record: Record, base: int = 0) -> dict[str, TestResult]:
    """The five tests: is the channel at least a fifth better in those cells than in the four weeks from `base` on?

    Only cells from `base` on are looked at; it is the first week unless earlier regimes stand before the present.
    """
    main = (
        "harm"
        if "harm" in draws
        else next((n for n, d in draws.items() if d.channel.side == "outward"), None)
    )
    strain = _strain(record)
    hard = np.array([(c.strain or 0.0) >= 0.5 for c in record.cells])
    alone = np.array([c.audience == "alone" for c in record.cells])
    threat = record.last_threat
    settled = (
        record.week > threat + SETTLED if threat is not None else np.zeros(len(record.cells), dtype=bool)
    )
    everywhere = record.week >= base
    asked = {
        "deeds": ("promises", everywhere),
        "hard_days": (main, hard & everywhere),
        "audience": (main, alone & everywhere),
        "after_threat": (main, settled & everywhere),
        "owning": ("owning", everywhere),
    }
    return {
        name: _test(draws, record, strain, channel, where, base) for name, (channel, where) in asked.items()
    }


def acts_less(draws: Mapping[str, ChannelDraws], record: Record, base: int = 0) -> dict[str, float | None]:
    """Probability that acts are a fifth fewer where an account for the better says so, by account.

    Over each channel's last twelve weeks that have such cells, against the four weeks from `base` on; acts are outward
    counts of which less is better, of several the least counts. None where none has FEWEST cells.
    """
    calm = np.array([c.strain is None or c.strain < 0.5 for c in record.cells])
    stands = record.limit[0][record.week] >= 0.5
    everywhere, strain = record.week >= base, _strain(record)
    acts = [name for name, d in draws.items() if d.channel.counts_acts]

    def least(where: Flags) -> float | None:
        found = [_test(draws, record, strain, name, where, base).probability for name in acts]
        return min((p for p in found if p is not None), default=None)

    broad = least(everywhere)
    return {
        "surface": least(calm & everywhere), "conditional": least(stands & everywhere),
        "lasting": broad, "surface_or_lasting": broad,
    }  # fmt: skip


def _strain(record: Record) -> Floats:
    return np.array([UNRECORDED_STRAIN if c.strain is None else c.strain for c in record.cells])


def _test(
    draws: Mapping[str, ChannelDraws],
    record: Record,
    strain: Floats,
    name: str | None,
    where: np.ndarray,
    base: int,
) -> TestResult:
    names = [c.name for c in record.channels]
    if name is None or name not in names:
        return TestResult("untested", None, 0)
    cells = np.flatnonzero((record.channel == names.index(name)) & where)
    if cells.size < FEWEST:
        return TestResult("untested", None, int(cells.size))
    recent = cells[record.week[cells] > record.week[cells[-1]] - RECENT]
    recent = recent if recent.size >= FEWEST else cells[-FEWEST:]
    probability = float(_better(draws[name], record.week[recent], strain[recent], base).mean())
    answer = "yes" if probability >= 0.8 else "no" if probability <= 0.2 else "unclear"
    return TestResult(answer, probability, int(cells.size))


def _better(draws: ChannelDraws, weeks: np.ndarray, strain: Floats, base: int) -> np.ndarray:
    """(draws,) whether the mean over the cells is a fifth better than over four weeks from `base` at their strain."""
    there = draws.at(strain, weeks).mean(axis=1)
    values, counts = np.unique(strain, return_counts=True)
    start = slice(base, base + ENDS)
    first = (
        sum(n * draws.at(x, start).mean(axis=1) for x, n in zip(values, counts, strict=True)) / strain.size
    )
    less = draws.channel.better == "less"
    better: np.ndarray
    if draws.channel.family == "count":
        better = there <= (1 - BETTER) * first if less else there >= first / (1 - BETTER)
        return better
    low, high = (0.0, 1.0) if draws.channel.family == "proportion" else draws.bounds
    best = low if less else high
    room = np.abs(best - first)  # without any (every rating is the best there is) nothing can be better
    better = (room > 0) & (np.abs(best - there) <= (1 - BETTER) * room)
    return better

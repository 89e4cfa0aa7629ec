"""Outlook: which record over the coming weeks would move the odds most.

For method work: on a page it would tell people to wait.

For each plan of what could be written, futures are drawn from the present posterior and weighed. What a plan tells is the
expected drop of the entropy of the neutral odds (Lindley 1956, 10.1214/aoms/1177728069), in nats. It is taken as the mean of
sum p' log(p' / p), p the odds now and p' those after a future: the two have the same expectation, since that of p' is p, and
the second varies less and is never below 0.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from velveteen.judge.api import check_options, posterior_odds, read_cells, read_turning_points
from velveteen.judge.arrays import Flags
from velveteen.judge.effects import shared_effects
from velveteen.judge.enough import MIN_CELLS, refuse_too_little
from velveteen.judge.evidence import find_base
from velveteen.judge.hyperprior import HyperPrior, load_hyperprior
from velveteen.judge.outlook_futures import Ahead, futures, look_ahead, on_cells
from velveteen.judge.outlook_plans import SAID, Plan, limits_as_now, plans
from velveteen.judge.progress import Progress
from velveteen.judge.record import Record, build_record, of_cells
from velveteen.judge.reweigh import Looked, Seen
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.channels import Channel, load_channels
from velveteen.problems import BadInput

HORIZONS = (4, 8, 12)
BUDGET = 100  # futures a plan
SEED = 20261122
NEVER_TEST = "You need not find this out. Never test it on purpose."


@dataclass(frozen=True, slots=True)
class Gain:
    """What a plan would tell within so many weeks.

    Attributes:
        plan: one of `outlook_plans.SAID`.
        weeks: how many weeks ahead.
        gain: expected drop of the entropy of the neutral odds, nats.
        error: its Monte Carlo standard error.
        futures: number of futures behind it.
    """

    plan: str
    weeks: int
    gain: float
    error: float
    futures: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What could be written, by what it would tell.

    Attributes:
        entropy: of the neutral odds now, nats.
        gains: most telling first, the longest horizon first.
        words: a sentence or two, which ask nobody to do anything.
    """

    entropy: float
    gains: tuple[Gain, ...]
    words: str

    def as_dict(self) -> dict[str, Any]:
        """Plain types only."""
        return {
            "schema": 1,
            "entropy": self.entropy,
            "gains": [asdict(g) for g in self.gains],
            "words": self.words,
        }


def outlook(
    cells: Any,
    turning_points: Any = None,
    channels: Any = None,
    therapy: str = "none",
    weeks: Sequence[int] = HORIZONS,
    budget: int = BUDGET,
    seed: int = SEED,
    min_cells: int = MIN_CELLS,
    hyperprior: str | Path | HyperPrior | None = None,
    progress: Progress | None = None,
    names: Sequence[str] = tuple(SAID),
) -> Outlook:
    """Which record over the coming weeks would move the odds most. One change a record: earlier regimes are not looked for.

    Args:
        cells, turning_points, channels, therapy, min_cells, hyperprior: as in `judge`.
        weeks: horizons, each a whole number of weeks from 1 to 52.
        budget: futures a plan, 2 or more; time grows with it, the error falls with its root.
        seed: of the draws; the same seed gives the same outlook.
        progress: called as (plan, futures done, futures in all).
        names: which plans, of `outlook_plans.SAID`; those that would add nothing to what is written now are left out.

    Raises:
        BadInput: as `judge`, or an option that cannot be.
        Refused: as `judge`.
    """
    check_options(therapy, min_cells)
    _check(weeks, budget, names)
    registry = load_channels(channels)
    rows, dated = read_cells(cells, registry)
    last = max(c.week for c in rows)
    points = read_turning_points(turning_points, dated=dated, last_week=last)
    refuse_too_little(rows, min_cells, registry)
    prior, gains, entropies = load_hyperprior(hyperprior), [], []
    for plan in plans(rows, registry, max(weeks), names):
        ahead = planned(rows, points, registry, plan, max(weeks), prior)
        now = posterior_odds(ahead.log_evidence, weeks=ahead.whole.weeks, therapy=therapy)["neutral"]
        entropies.append(entropy(now))
        after = odds_after(ahead, now, plan.name, last, weeks, therapy, budget, seed, progress)
        gains += [_gain(plan.name, week, [divergence(p, now) for p in after[week]]) for week in weeks]
    ordered = tuple(sorted(gains, key=lambda g: (-g.weeks, -g.gain)))
    return Outlook(entropies[0], ordered, words_of(ordered))


def entropy(odds: Mapping[str, float]) -> float:
    """Shannon entropy of odds, in nats."""
    return -sum(p * math.log(p) for p in odds.values() if p > 0)


def divergence(after: Mapping[str, float], now: Mapping[str, float]) -> float:
    """Sum p' log(p' / p) of odds after, p', and now, p: nats (Kullback & Leibler 1951)."""
    return sum(p * math.log(p / now[name]) for name, p in after.items() if p > 0)


def _check(weeks: Sequence[int], budget: int, names: Sequence[str]) -> None:
    if not weeks or not all(isinstance(w, int) and 1 <= w <= 52 for w in weeks):
        raise BadInput(
            "outlook_weeks", f"Horizons are whole numbers of weeks from 1 to 52; they are {weeks!r}."
        )
    if not isinstance(budget, int) or budget < 2:
        raise BadInput(
            "outlook_budget", f"The budget is a whole number of futures from 2 on; it is {budget!r}."
        )
    unknown = [name for name in names if name not in SAID]
    if unknown or not names:
        raise BadInput(
            "outlook_plans", f"Plans are some of {', '.join(SAID)}; they are {', '.join(names) or 'none'}."
        )


def planned(
    rows: Sequence[Cell], points: Sequence[TurningPoint], registry: dict[str, Channel], plan: Plan, weeks: int,
    prior: HyperPrior,
) -> Ahead:  # fmt: skip
    """A record and the cells of a plan after it, in a span of so many weeks more, weighed on what is known."""
    last = max(c.week for c in rows)
    end = Cell(last + weeks, plan.cells[0].channel, 0.0, 0.0)  # tells nothing; stretches the weeks
    marks = limits_as_now(points, last, weeks)
    whole = build_record([*rows, *plan.cells, end], [*points, *marks], registry)
    return look_ahead(whole, whole.week > last - whole.first, prior)


def odds_after(
    ahead: Ahead, now: Mapping[str, float], plan: str, last: int, weeks: Sequence[int], therapy: str, budget: int,
    seed: int, progress: Progress | None = None,
) -> dict[int, list[dict[str, float]]]:  # fmt: skip
    """For each horizon, the neutral odds after each future; arguments as in `outlook`, `last` the last known week."""
    looked = {name: Looked(evidence) for name, evidence in ahead.evidences.items()}
    before = {name: k.seen(ahead.known, k.account, ahead.base.expansion) for name, k in looked.items()}
    found: dict[int, list[dict[str, float]]] = {week: [] for week in weeks}
    for done, future in enumerate(futures(ahead, now, budget, seed)):
        if progress:
            progress(plan, done, budget)
        for week in weeks:
            kept = future.week <= last - future.first + week
            shifts = _shifts(ahead, looked, before, of_cells(future, kept), kept)
            moved = {n: None if v is None else v + shifts[n] for n, v in ahead.log_evidence.items()}
            found[week].append(posterior_odds(moved, weeks=ahead.whole.weeks, therapy=therapy)["neutral"])
    return found


def _shifts(
    ahead: Ahead, looked: Mapping[str, Looked], before: Mapping[str, Seen], record: Record, kept: Flags
) -> dict[str, float]:
    expansion = find_base(
        record, ahead.hyper, shared_effects(ahead.whole).of_cells(kept), ahead.base.frame
    ).expansion
    return {
        name: k.shift(before[name], k.seen(record, on_cells(ahead.accounts[name], kept), expansion))
        for name, k in looked.items()
    }


def _gain(plan: str, weeks: int, drops: Sequence[float]) -> Gain:
    error = float(np.std(drops, ddof=1)) / math.sqrt(len(drops))
    return Gain(plan, weeks, float(np.mean(drops)), error, len(drops))


def words_of(gains: Sequence[Gain]) -> str:
    """The most telling plan of the longest horizon; nothing is asked of anybody."""
    best = gains[0]
    if best.gain <= 2.0 * best.error:
        return f"Nothing that could be written in {best.weeks} weeks clearly tells more than is known now. {NEVER_TEST}"
    return (
        f"{SAID[best.plan]} would tell most: {best.gain:.2f} nats within {best.weeks} weeks (standard error "
        f"{best.error:.2f}). {NEVER_TEST}"
    )

"""Futures of a record: values for cells that are planned, drawn from what the record says of each account.

The record is weighed within the longer span that holds the planned weeks, so that changes yet to come have their share.
Account and trajectory are drawn as their posterior mass lies, effects from their Gaussian posterior at that trajectory, the
ebb onwards from its mode in the last week; hyperparameters stay where they are likeliest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from velveteen.judge.accounts import ALL, Account, weighable
from velveteen.judge.arrays import Flags, Floats, Ints
from velveteen.judge.effects import shared_effects
from velveteen.judge.evaluate import Evaluator
from velveteen.judge.evidence import Base, Component, Evidence, account_evidence, find_base
from velveteen.judge.families import COUNT, PROPORTION, RATING_FLOOR
from velveteen.judge.hyper import Hyper, Natural, hyper_for
from velveteen.judge.hyperprior import HyperPrior
from velveteen.judge.record import Record, of_cells, rating_range


@dataclass(frozen=True, slots=True)
class Ahead:
    """A record and the weeks planned after it, weighed on what is known.

    Attributes:
        whole: known and planned cells; values of planned ones mean nothing.
        planned: (N,) which cells are planned.
        known: the known cells alone, in the same span of weeks.
        accounts: every account on `whole`.
        evidences: every account on `known`.
        hyper, base: as `weigh` finds them.
    """

    whole: Record
    planned: Flags
    known: Record
    accounts: dict[str, Account]
    evidences: dict[str, Evidence]
    hyper: Hyper
    base: Base

    @property
    def log_evidence(self) -> dict[str, float | None]:
        """Of every account, None where it cannot be weighed."""
        return {name: self.evidences[name].log if name in self.evidences else None for name in ALL}


def look_ahead(whole: Record, planned: Flags, prior: HyperPrior | None = None) -> Ahead:
    """Weigh what is known of a record whose last weeks are planned."""
    shared, hyper = shared_effects(whole), hyper_for(whole, prior)
    known = of_cells(whole, ~planned)
    accounts = {name: ALL[name](whole, shared) for name in weighable(whole)}
    base = find_base(known, hyper, shared.of_cells(~planned))
    evidences = {
        name: account_evidence(known, on_cells(account, ~planned), hyper, base, most=2)
        for name, account in accounts.items()
    }
    return Ahead(whole, planned, known, accounts, evidences, hyper, base)


def on_cells(account: Account, kept: Flags) -> Account:
    """The account on some of the cells."""
    return replace(account, effects=account.effects.of_cells(kept))


def futures(ahead: Ahead, odds: Mapping[str, float], number: int, seed: int) -> list[Record]:
    """So many records whose planned cells have drawn values.

    Accounts and trajectories are drawn systematically: one uniform number, then equal steps through their masses.
    """
    chosen = _systematic(ahead.evidences, odds, number, np.random.default_rng(seed))
    # New ones, so that what was weighed before does not show in the last digits.
    evaluators = {
        name: Evaluator(ahead.known, e.evaluator.account, ahead.hyper, ahead.base.layout)
        for name, e in ahead.evidences.items()
    }
    return [
        _future(ahead, evaluators[name], component, np.random.default_rng([seed, i + 1]))
        for i, (name, component) in enumerate(chosen)
    ]


def _systematic(
    evidences: Mapping[str, Evidence], odds: Mapping[str, float], number: int, rng: np.random.Generator
) -> list[tuple[str, Component]]:
    pairs = [(name, c, odds[name] * float(np.exp(c.log_weight - e.log)))
             for name, e in evidences.items() for c in e.components]  # fmt: skip
    mass = np.cumsum([m for _, _, m in pairs])
    places = (np.arange(number) + rng.random()) / number * mass[-1]
    return [pairs[min(int(i), len(pairs) - 1)][:2] for i in np.searchsorted(mass, places)]


def _future(ahead: Ahead, evaluator: Evaluator, component: Component, rng: np.random.Generator) -> Record:
    account = ahead.accounts[evaluator.account.name]
    evaluator.follow(account.shapes[component.shape], component.onset)
    posterior = evaluator.posterior(component.centre)
    effects = posterior.drawn(rng.standard_normal((posterior.mode.size, 1)))[0]
    natural = ahead.hyper.natural(component.centre)
    ebb = _ebb(evaluator.ebb, int(ahead.known.week.max()), natural, rng)
    where = np.flatnonzero(ahead.planned)
    eta = _predictor(ahead.whole, account, component, effects, where, rng)
    eta += _ebb_in(ahead.whole, natural, where) * ebb[ahead.whole.week[where]]
    y = ahead.whole.y.copy()
    y[where] = _values(ahead.whole, where, eta, natural, rng)
    cells = list(ahead.whole.cells)
    for i in where.tolist():
        cells[i] = replace(cells[i], value=float(y[i]))
    return replace(ahead.whole, y=y, cells=tuple(cells))


def _ebb(mode: Floats, last: int, natural: Natural, rng: np.random.Generator) -> Floats:
    """The ebb at its mode up to the last known week, and from there on as the AR(1) goes on."""
    ebb = mode.copy()
    spread = natural.ebb_sd * np.sqrt(1.0 - natural.rho**2)
    for t in range(last + 1, ebb.size):
        ebb[t] = natural.rho * ebb[t - 1] + spread * rng.standard_normal()
    return ebb


def _ebb_in(record: Record, natural: Natural, where: Ints) -> Floats:
    share = np.where(record.inward, natural.inward_loading, 1.0)
    loading: Floats = (record.sign * record.scale * share)[where]
    return loading


def _predictor(
    record: Record,
    account: Account,
    component: Component,
    effects: Floats,
    where: Ints,
    rng: np.random.Generator,
) -> Floats:
    """(cells,) the linear predictor without the ebb, at a strain drawn from each cell's nodes."""
    shape, parts = account.shapes[component.shape], account.effects
    profiles = shape.rows(component.onset)
    weights = np.exp(record.log_weight[where])
    node = (rng.random(where.size)[:, None] > np.cumsum(weights, axis=1)).sum(axis=1)
    strain = record.node[where, np.minimum(node, weights.shape[1] - 1)]
    column = parts.column[where]
    value = np.where(column >= 0, effects[column], 0.0) * (
        parts.v0[where] + strain[:, None] * parts.v1[where]
    )
    for k, slot in enumerate(account.slots, start=account.shared):
        value[:, k] *= profiles[slot][record.week[where]]
    total: Floats = value.sum(axis=1)
    return total


def _values(record: Record, where: Ints, eta: Floats, natural: Natural, rng: np.random.Generator) -> Floats:
    """A value for each cell: negative binomial, beta-binomial, or normal within the channel's range."""
    size, precision, between, days = natural.dispersion.tolist()
    gain, made_up = natural.rates_by(record.coder)
    found = np.empty(where.size)
    for i, (cell, predictor) in enumerate(
        zip(where.tolist(), np.clip(eta, -30.0, 30.0).tolist(), strict=True)
    ):
        of, family = record.of[cell], record.family[cell]
        if family == COUNT:
            mean = gain[cell] * of * np.exp(min(predictor, 8.0)) + made_up[cell] * record.coded[cell]
            found[i] = rng.poisson(rng.gamma(size, mean / size))
        elif family == PROPORTION:
            mean = made_up[cell] + gain[cell] / (1.0 + np.exp(-predictor))
            found[i] = rng.binomial(
                int(of), rng.beta(max(mean * precision, 1e-6), max((1.0 - mean) * precision, 1e-6))
            )
        else:
            noise = record.scale[cell] * np.sqrt(RATING_FLOOR + between**2 + days**2 / of)
            channel = record.channels[record.channel[cell]]
            bounds = rating_range(channel, record.y[record.channel == record.channel[cell]].tolist())
            found[i] = np.clip(predictor + noise * rng.standard_normal(), *bounds)
    return found

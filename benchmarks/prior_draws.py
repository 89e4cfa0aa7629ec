"""Records drawn from the judge's own prior: an account, a trajectory, effects, the ebb, strain, then each cell's value.

Nothing here is fitted or approximated: each line is a line of docs/explanation/judge.md read as a generator. Which cells
there are (weeks, channels, kinds of day, how much of each) and the turning points are given and tell nothing of the account.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from velveteen.judge.accounts import ALL, Account, weighable
from velveteen.judge.arrays import Floats
from velveteen.judge.effects import shared_effects
from velveteen.judge.families import COUNT, PROPORTION, RATING_FLOOR
from velveteen.judge.hyper import Natural, hyper_for
from velveteen.judge.record import Record, build_record
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.channels import Channel

DAILY = ("harm", "regard")  # told apart by kind of day
WEEKLY = {"promises": 2.0, "owning": 1.0, "equals": 1.0}  # trials or ratings a week, kind of day told


@dataclass(frozen=True)
class Drawn:
    """A record whose account is known, as the judge's `weigh` takes it."""

    account: str
    cells: list[Cell]
    points: list[TurningPoint]


def skeleton(weeks: int, rng: Generator) -> tuple[list[Cell], list[TurningPoint]]:
    """Cells without values yet, and turning points: which weeks were written, how many hard days, when a limit stood."""
    cells: list[Cell] = []
    for week in range(weeks):
        if 0 < week < weeks - 1 and rng.random() < 0.1:
            continue
        hard = int(rng.binomial(6, 0.2))
        days = {0.0: 6 - hard, 1.0: hard}
        for strain, count in days.items():
            if count:
                cells.append(Cell(week, "harm", 0.0, count / 7, "partner", strain, None))
                cells.append(Cell(week, "regard", 0.0, float(count), "partner", strain, None))
        strain = float(rng.random() < hard / 6)
        cells += [
            Cell(week, name, 0.0, of, "partner", strain, None)
            for name, of in WEEKLY.items()
            if rng.random() < 0.8
        ]
    return cells, _points(weeks, rng)


def _points(weeks: int, rng: Generator) -> list[TurningPoint]:
    loss = [TurningPoint(int(rng.integers(weeks)), "loss_threatened")] if rng.random() < 0.7 else []
    stands, held = False, []
    for week in range(weeks):
        stands = stands != (rng.random() < 0.15)
        held += [TurningPoint(week, "boundary_held", 1.0)] if stands else []
    return loss + held


def draw_household(weeks: int, registry: Mapping[str, Channel], rng: Generator) -> Drawn:
    """One record: the account evenly among those that can be weighed, everything else from the judge's prior."""
    cells, points = skeleton(weeks, rng)
    record = build_record(cells, points, registry)
    names = weighable(record)
    name = names[int(rng.integers(len(names)))]
    account = ALL[name](record, shared_effects(record))
    hyper = hyper_for(record)
    natural = hyper.natural(rng.standard_normal(hyper.size))
    rows = trajectory(account, rng)
    effects = rng.multivariate_normal(account.effects.mean, account.effects.covariance, method="cholesky")
    eta = predictors(record, account, rows, effects, strains(record, rng))
    eta += loading(record, natural) * ebb(record.weeks, natural, rng)[record.week]
    values = observe(record, natural, eta, rng)
    filled = [replace(cell, value=float(y)) for cell, y in zip(record.cells, values, strict=True)]
    return Drawn(name, filled, points)


def trajectory(account: Account, rng: Generator) -> Floats:
    """(rows, T) a shape by its weight, an onset by its prior: fixed columns, then g."""
    weights = np.exp([shape.log_prior for shape in account.shapes])
    shape = account.shapes[int(rng.choice(weights.size, p=weights / weights.sum()))]
    onset = np.exp(shape.onset_log_prior)
    chosen = int(rng.choice(onset.size, p=onset / onset.sum()))
    return shape.rows(chosen)


def strains(record: Record, rng: Generator) -> Floats:
    """(N,) the strain of each cell's days, drawn from its mixture."""
    weights = np.exp(record.log_weight)
    edges = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    chosen = (rng.random(len(record.cells))[:, None] > edges).sum(axis=1)
    picked: Floats = record.node[np.arange(len(record.cells)), np.minimum(chosen, 2)]
    return picked


def predictors(
    record: Record, account: Account, rows: Floats, effects: Floats, strain: Floats
) -> Floats:  # fmt: skip
    """(N,) linear predictors without the ebb: (v0 + x v1) b, own columns scaled by their trajectory."""
    design = account.effects
    scale = np.ones(design.column.shape)
    for k, slot in enumerate(account.slots, start=account.shared):
        scale[:, k] = rows[slot][record.week]
    values = np.where(design.column >= 0, effects[design.column], 0.0)
    eta: Floats = ((design.v0 + strain[:, None] * design.v1) * scale * values).sum(axis=1)
    return eta


def ebb(weeks: int, natural: Natural, rng: Generator) -> Floats:
    """(T,) a stationary AR(1)."""
    u = np.empty(weeks)
    u[0] = natural.ebb_sd * rng.standard_normal()
    step = natural.ebb_sd * math.sqrt(1.0 - natural.rho**2)
    for t in range(1, weeks):
        u[t] = natural.rho * u[t - 1] + step * rng.standard_normal()
    return u


def loading(record: Record, natural: Natural) -> Floats:
    """(N,) what the ebb is multiplied by in each cell."""
    kappa: Floats = record.sign * record.scale * np.where(record.inward, natural.inward_loading, 1.0)
    return kappa


def observe(record: Record, natural: Natural, eta: Floats, rng: Generator) -> Floats:
    """(N,) a value of each cell: negative binomial, beta-binomial or normal."""
    size, precision, between, within = natural.dispersion
    variance = record.scale**2 * (RATING_FLOOR + between**2 + within**2 / record.of)
    parameter = np.select([record.family == COUNT, record.family == PROPORTION], [size, precision], variance)
    out = np.empty(eta.size)
    for i, (family, of, noise) in enumerate(zip(record.family, record.of, parameter, strict=True)):
        if family == COUNT:
            mean = of * math.exp(min(30.0, eta[i]))
            out[i] = rng.poisson(mean * rng.gamma(noise) / noise)
        elif family == PROPORTION:
            share = 1.0 / (1.0 + math.exp(-eta[i]))
            out[i] = rng.binomial(int(of), rng.beta(share * noise, (1.0 - share) * noise))
        else:
            out[i] = rng.normal(eta[i], math.sqrt(noise))
    return out

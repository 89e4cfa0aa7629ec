"""The exact joint density of a record, its latent values and its hyperparameters: plain NumPy, many draws at once.

Written from the formulas of docs/explanation/judge.md and not from the kernels: it is what they are held against. A leading
axis runs over B draws, each with its own hyperparameters and its own trajectory.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from velveteen.judge.accounts import Account
from velveteen.judge.arrays import Flags, Floats, Ints
from velveteen.judge.families import COUNT, PROPORTION, RATING, RATING_FLOOR
from velveteen.judge.hyper import Hyper
from velveteen.judge.record import Record

LOG_2PI = math.log(2.0 * math.pi)
_REACH = 30.0  # the linear predictor is cut here in every account, so that no exponential overflows
# Coefficients of the asymptotic series of log gamma in 1/x, 1/x^3, ... (Abramowitz & Stegun 6.1.41).
_SERIES = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360)


def log_gamma(x: Floats) -> Floats:
    """Log of the gamma function for x > 0: eight steps of the recurrence, then the asymptotic series."""
    product = x * (x + 1) * (x + 2) * (x + 3) * (x + 4) * (x + 5) * (x + 6) * (x + 7)
    far = x + 8.0
    inverse = 1.0 / far
    square = inverse * inverse
    tail = np.zeros_like(x)
    for coefficient in reversed(_SERIES):
        tail = tail * square + coefficient
    stirling: Floats = (far - 0.5) * np.log(far) - far + 0.5 * LOG_2PI + tail * inverse
    return stirling - np.log(product)


@dataclass(frozen=True, slots=True)
class Model:
    """One account of one record, ready for draws.

    Attributes:
        record, account, hyper: what it is of.
        a0, a1: (N, p) dense design of the effects, own columns not yet scaled by a trajectory.
        own: (N, own columns) index in b of each own column of a cell, -1 = none.
        node, log_weight: (N, K) strain nodes, log weight -inf = absent; K as small as the record allows.
        precision, log_det: (p, p) prior precision of b, and its log determinant.
        inward: (N,) whether the cell's channel is an inward one.
    """

    record: Record
    account: Account
    hyper: Hyper
    a0: Floats
    a1: Floats
    own: Ints
    node: Floats
    log_weight: Floats
    precision: Floats
    log_det: float
    inward: Flags


def model_of(record: Record, account: Account, hyper: Hyper) -> Model:
    """Dense arrays of one account of a record."""
    effects = account.effects
    a0, a1 = (np.zeros((len(record.cells), effects.size)) for _ in range(2))
    for out, values in ((a0, effects.v0), (a1, effects.v1)):
        for m in range(account.shared):
            rows = np.flatnonzero(effects.column[:, m] >= 0)
            out[rows, effects.column[rows, m]] += values[rows, m]
    precision: Floats = np.ascontiguousarray(np.linalg.inv(effects.covariance))
    most = int(np.isfinite(record.log_weight).sum(axis=1).max())
    return Model(
        record, account, hyper, a0, a1, effects.column[:, account.shared :], record.node[:, :most],
        record.log_weight[:, :most], precision, float(np.linalg.slogdet(precision)[1]), record.inward,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """A model at B sets of hyperparameters and trajectories.

    Attributes:
        model: the model.
        z: (B, d) standardised hyperparameters.
        rho, sigma: (B,) lag-one correlation and standard deviation of the ebb.
        kappa: (B, N) what the ebb is multiplied by.
        parameter: (B, N) size, precision or variance of each cell.
        gain, made_up: (B, N) gain and false positive rate of the coder of each cell; 1 and 0 where there is none.
        constant: (B,) the part of the log likelihood that does not depend on the linear predictor.
        a0, a1: (B, N, p) design of the effects, without and with strain.
    """

    model: Model
    z: Floats
    rho: Floats
    sigma: Floats
    kappa: Floats
    parameter: Floats
    gain: Floats
    made_up: Floats
    constant: Floats
    a0: Floats
    a1: Floats


def setting_of(model: Model, z: Floats, rows: Floats) -> Setting:
    """The model at hyperparameters z (B, d) along trajectories.

    Args:
        model: the model.
        z: (B, d).
        rows: (B, q + 1, T) fixed columns and then g(t) of each draw's trajectory, as the account's slots index them.
    """
    record, naturals = model.record, [model.hyper.natural(point) for point in z]
    rho, sigma = np.array([n.rho for n in naturals]), np.array([n.ebb_sd for n in naturals])
    loading = np.array([n.inward_loading for n in naturals])[:, None]
    kappa = record.sign * record.scale * np.where(model.inward, loading, 1.0)
    parameter = _parameter(record, np.array([n.dispersion for n in naturals]))
    constant = _constant(record, parameter).sum(axis=1)
    gain, made_up = (
        np.array(each) for each in zip(*(n.rates_by(record.coder) for n in naturals), strict=True)
    )
    design = _scaled_design(model, rows)
    return Setting(model, z, rho, sigma, kappa, parameter, gain, made_up, constant, *design)


def _scaled_design(model: Model, rows: Floats) -> tuple[Floats, Floats]:
    """(B, N, p) design without and with strain, own columns scaled by each draw's trajectory."""
    account, week = model.account, model.record.week
    a0, a1 = (np.repeat(a[None], len(rows), axis=0) for a in (model.a0, model.a1))
    for k, slot in enumerate(account.slots):
        cells = np.flatnonzero(model.own[:, k] >= 0)
        scale = rows[:, slot][:, week[cells]]
        columns, m = model.own[cells, k], account.shared + k
        a0[:, cells, columns] += scale * account.effects.v0[cells, m]
        a1[:, cells, columns] += scale * account.effects.v1[cells, m]
    return a0, a1


def _parameter(record: Record, dispersion: Floats) -> Floats:
    """(B, N) size, precision or variance of each cell, from (B, 4) dispersions."""
    parameter = np.empty((len(dispersion), len(record.y)))
    for family in (COUNT, PROPORTION):
        parameter[:, record.family == family] = dispersion[:, [family]]
    rated = record.family == RATING
    between, within = dispersion[:, [2]] ** 2, dispersion[:, [3]] ** 2
    parameter[:, rated] = record.scale[rated] ** 2 * (RATING_FLOOR + between + within / record.of[rated])
    return parameter


def _constant(record: Record, parameter: Floats) -> Floats:
    """(B, N) what completes `_varying` to a normalised log probability."""
    constant = np.empty_like(parameter)
    for family, cells, p in _by_family(record, parameter):
        y, of = record.y[cells], record.of[cells]
        if family == COUNT:
            constant[:, cells] = log_gamma(p + y) - log_gamma(p) - log_gamma(y + 1)
        elif family == PROPORTION:
            choose = log_gamma(of + 1) - log_gamma(y + 1) - log_gamma(of - y + 1)
            constant[:, cells] = choose + log_gamma(p) - log_gamma(p + of)
        else:
            constant[:, cells] = -0.5 * (LOG_2PI + np.log(p))
    return constant


def _by_family(record: Record, parameter: Floats) -> list[tuple[int, Ints, Floats]]:
    """(family, its cells, their parameters) of the families present."""
    present = [(f, np.flatnonzero(record.family == f)) for f in (COUNT, PROPORTION, RATING)]
    return [(f, cells, parameter[:, cells]) for f, cells in present if cells.size]


def varying(setting: Setting, eta: Floats) -> Floats:
    """The part of each cell's log probability that depends on its linear predictor.

    Args:
        setting: B settings.
        eta: (B, N, K) linear predictor at each strain node.
    """
    record, out = setting.model.record, np.empty_like(eta)
    for family, cells, each in _by_family(record, setting.parameter):
        y, of, p = record.y[cells][:, None], record.of[cells][:, None], each[:, :, None]
        at = np.clip(eta[:, cells], -_REACH, _REACH)
        gain, made_up = setting.gain[:, cells, None], setting.made_up[:, cells, None]
        if family == COUNT:
            ratio = (gain * of * np.exp(at) + made_up * record.coded[cells][:, None]) / p
            out[:, cells] = y * np.log(ratio) - (y + p) * np.log1p(ratio)
        elif family == PROPORTION:
            a = (made_up + gain / (1.0 + np.exp(-at))) * p
            b = (1.0 - made_up - gain + gain / (1.0 + np.exp(at))) * p
            out[:, cells] = log_gamma(a + y) - log_gamma(a) + log_gamma(b + of - y) - log_gamma(b)
        else:
            out[:, cells] = -0.5 * (y - at) ** 2 / p
    return out


def predictors(setting: Setting, u: Floats, b: Floats) -> Floats:
    """(B, N, K) linear predictor at each strain node, for latent u (B, T) and b (B, p)."""
    base = setting.kappa * u[:, setting.model.record.week] + (setting.a0 @ b[:, :, None])[..., 0]
    tilt = (setting.a1 @ b[:, :, None])[..., 0]
    return base[..., None] + setting.model.node * tilt[..., None]


def log_mixture(log_weight: Floats, log: Floats) -> Floats:
    """Log of the weighted sum over the last axis."""
    joint = log + log_weight
    top = joint.max(axis=-1)
    total: Floats = top + np.log(np.exp(joint - top[..., None]).sum(axis=-1))
    return total


def log_prior(setting: Setting, u: Floats, b: Floats) -> Floats:
    """(B,) log density of the ebb u (B, T), a stationary AR(1), and of the effects b (B, p)."""
    rho, sigma = setting.rho, setting.sigma
    inner = np.sum((u[:, 1:] - rho[:, None] * u[:, :-1]) ** 2, axis=1) / (1.0 - rho**2)
    steps = u.shape[1] - 1
    ebb = -0.5 * ((u[:, 0] ** 2 + inner) / sigma**2 + steps * np.log1p(-(rho**2)))
    ebb -= u.shape[1] * (np.log(sigma) + 0.5 * LOG_2PI)
    away = b - setting.model.account.effects.mean
    pull = np.sum((away @ setting.model.precision) * away, axis=1)
    effects = 0.5 * (setting.model.log_det - b.shape[1] * LOG_2PI - pull)
    total: Floats = ebb + effects
    return total


def log_joint(setting: Setting, u: Floats, b: Floats) -> Floats:
    """(B,) log p(record, u, b | z, trajectory): normalised in the record and in (u, b)."""
    cells = varying(setting, predictors(setting, u, b))
    mixed = log_mixture(setting.model.log_weight, cells).sum(axis=1)
    total: Floats = setting.constant + mixed + log_prior(setting, u, b)
    return total

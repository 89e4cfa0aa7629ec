"""Importance sampling of an account's evidence over trajectories, hyperparameters and latent values together.

    Z = E_q [ p(trajectory) p(z) p(x | z) p(record | x, z, trajectory) / (q(trajectory) q(z) q(x | z, trajectory)) ]

Trajectories are drawn in proportion to what they are thought to carry, z from a Student t, and the latent x = (u, b) in
antithetic pairs from the Gaussian at the mode that belongs to them. The judge's own Laplace approximation serves as a
control: its mean weight is found from many cheap draws, the exact density from fewer, as a ratio on the same draws.
The result does not lean on the approximation being right, only its error does. Accounts that are given the same seed use
the same random numbers, so that their differences are surer than each of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from velveteen.judge.arrays import Floats, Ints
from velveteen.judge.evaluate import Evaluator
from velveteen.judge.exact import LOG_2PI, Model, log_joint, setting_of
from velveteen.judge.proposal import Gaussian, newton

FREEDOM = 15.0  # degrees of freedom of the Student t over z
LEVELLED = 0.15  # share of the trajectories that are drawn from flattened odds, lest one be underrated
PAIRS = 4  # antithetic pairs of latent draws at each z
STEPS = 3  # Newton steps from the place's mode to that of each draw
FIRST_STEPS = 25  # the same from the prior's mean to the place's mode
_CHUNK = 64


@dataclass(frozen=True, slots=True)
class Paths:
    """Trajectories of an account, and how often each is to be drawn.

    Attributes:
        index: (n, 2) shape and onset index of each.
        log_prior: (n,) their log prior within the account.
        share: (n,) probability with which each is drawn, sums to 1.
    """

    index: Ints
    log_prior: Floats
    share: Floats


@dataclass(frozen=True, slots=True)
class Place:
    """Where a posterior of z lies: centre (d,) and lower root (d, d) of its covariance."""

    centre: Floats
    root: Floats


@dataclass(frozen=True, slots=True)
class Draws:
    """S draws of z (S, d) and of a trajectory, path (S,); `outer` (S,) is log of their prior over their proposal."""

    z: Floats
    path: Ints
    outer: Floats


def paths_of(account_index: Ints, log_prior: Floats, log_mass: Floats) -> Paths:
    """Paths drawn in proportion to their supposed mass exp(log_mass), a part of them from flattened odds."""
    share = np.exp(log_mass - np.logaddexp.reduce(log_mass))
    flat = np.sqrt(share)
    return Paths(account_index, log_prior, (1.0 - LEVELLED) * share + LEVELLED * flat / flat.sum())


def outer_draws(place: Place, paths: Paths, size: int, seed: int) -> Draws:
    """Draws of z and trajectory; a seed gives every account the same random numbers."""
    rng = np.random.default_rng([seed, 1])
    d = place.centre.size
    normal, shrink = rng.standard_normal((size, d)), rng.chisquare(FREEDOM, size) / FREEDOM
    step = normal / np.sqrt(shrink)[:, None]
    z = place.centre + step @ place.root.T
    log_q = math.lgamma((FREEDOM + d) / 2) - math.lgamma(FREEDOM / 2) - d / 2 * math.log(FREEDOM * math.pi)
    log_q = log_q - np.log(np.diag(place.root)).sum()
    log_q = log_q - (FREEDOM + d) / 2 * np.log1p((step**2).sum(axis=1) / FREEDOM)
    path = _systematic(paths.share, size, rng)
    prior = paths.log_prior[path] - 0.5 * ((z**2).sum(axis=1) + d * LOG_2PI)
    return Draws(z, path, prior - log_q - np.log(paths.share[path]))


def _systematic(share: Floats, size: int, rng: np.random.Generator) -> Ints:
    """(S,) indices in proportion to the shares, evenly spread over them, in random order."""
    at = (np.arange(size) + rng.random()) / size
    return rng.permutation(np.minimum(np.searchsorted(np.cumsum(share), at), share.size - 1))


def laplace_weights(evaluator: Evaluator, paths: Paths, draws: Draws) -> Floats:
    """(S,) log weights of the draws with the judge's own inner approximation."""
    found = np.empty(len(draws.z))
    for i in np.lexsort((draws.z[:, 0], draws.path)):
        shape, onset = paths.index[draws.path[i]]
        evaluator.follow(evaluator.account.shapes[shape], int(onset))
        found[i] = evaluator(draws.z[i]) + 0.5 * draws.z[i] @ draws.z[i]
    return draws.outer + found


def place_of(draws: Draws, log_weight: Floats) -> Place:
    """Mean and covariance of z under the weights; where few draws count, their covariance is trusted less."""
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    centre = weight @ draws.z
    away = draws.z - centre
    spread = away.T @ (away * weight[:, None])
    trust = effective(log_weight) / (effective(log_weight) + 2.0 * centre.size)
    covariance = trust * spread + (1.0 - trust) * np.diag(np.diag(spread) + 0.1)
    return Place(centre, np.linalg.cholesky(covariance))


def exact_weights(model: Model, paths: Paths, draws: Draws, place: Place, seed: int) -> Floats:
    """(S,) log weights of the draws with the exact density, each the mean over its latent draws."""
    start = _mode_at(model, paths, place)
    found = []
    for first in range(0, len(draws.z), _CHUNK):
        chosen = slice(first, first + _CHUNK)
        rows = rows_of(model, paths.index[draws.path[chosen]])
        found.append(_latent_mean(model, draws.z[chosen], rows, start, (seed, first)))
    return draws.outer + np.concatenate(found)


def rows_of(model: Model, index: Ints) -> Floats:
    """(B, q + 1, T) what scales the own columns along trajectories (B, 2)."""
    shapes = model.account.shapes
    return np.array([shapes[s].rows(o) for s, o in index])


def _mode_at(model: Model, paths: Paths, place: Place) -> tuple[Floats, Floats]:
    """(1, T), (1, p) mode of (u, b) at the place's centre along the most drawn trajectory."""
    best = paths.index[[int(paths.share.argmax())]]
    setting = setting_of(model, place.centre[None], rows_of(model, best))
    mean = model.account.effects.mean
    found = newton(setting, np.zeros((1, model.record.weeks)), mean[None], FIRST_STEPS)
    return found.u, found.b


def _latent_mean(
    model: Model, z: Floats, rows: Floats, start: tuple[Floats, Floats], seed: tuple[int, int]
) -> Floats:
    """(B,) log of the mean weight of the latent draws at each z."""
    setting = setting_of(model, z, rows)
    u, b = (np.repeat(part, len(z), axis=0) for part in start)
    gaussian = newton(setting, u, b, STEPS)
    logs = []
    for noise in _noise(gaussian, model.account.first_own, seed):
        density = gaussian.log_density(*noise)
        logs += [
            log_joint(setting, *gaussian.draw(s * noise[0], s * noise[1])) - density for s in (1.0, -1.0)
        ]
    mean: Floats = np.logaddexp.reduce(logs) - math.log(len(logs))
    return mean


def _noise(gaussian: Gaussian, shared: int, seed: tuple[int, int]) -> list[tuple[Floats, Floats]]:
    """Standard noise of the latent draws, a pair (B, T), (B, p) each; its shared part is the same for every account."""
    draws, weeks = gaussian.u.shape
    rng, own_rng = np.random.default_rng([*seed, 2]), np.random.default_rng([*seed, 3])
    found = []
    for _ in range(PAIRS):
        noise = rng.standard_normal((draws, weeks + shared))
        own = own_rng.standard_normal((draws, gaussian.b.shape[1] - shared))
        found.append((noise[:, :weeks], np.hstack([noise[:, weeks:], own])))
    return found


def log_mean(log: Floats) -> float:
    """Log of the mean of exp."""
    return float(np.logaddexp.reduce(log) - math.log(log.size))


def effective(log_weight: Floats) -> float:
    """Effective sample size, (sum w)^2 / sum w^2 (Kong 1992)."""
    weight = np.exp(log_weight - log_weight.max())
    return float(weight.sum() ** 2 / (weight**2).sum())


def influence(log_weight: Floats) -> Floats:
    """(S,) how each draw moves the log of the mean weight (delta method): weight over mean weight, less 1."""
    share: Floats = np.exp(log_weight - log_mean(log_weight)) - 1.0
    return share


def standard_error(influences: Floats) -> float:
    """Standard error of an estimate whose draws have these influences."""
    return float(influences.std(ddof=1) / math.sqrt(influences.size))

"""The inner Laplace approximation once more, dense and in batches: slow, plain NumPy, written from the formula.

    p(y_i | z) = sum_k pi_ik f(y_i; eta_ik),   eta_ik = (A0_i + x_ik A1_i)' z,   z = (u, b) ~ Normal(m, P^-1)
    log p(y) ~ log p(y, z*) + D/2 log 2 pi - 1/2 log det(-d2 log p(y, z*) / dz2)

A leading axis runs over B problems that share cells but differ in hyperparameters or trajectory.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, digamma, expit, gammaln, logsumexp, polygamma
from scipy.stats import nbinom

COUNT, PROPORTION, RATING = 0, 1, 2


@dataclass(frozen=True)
class Problem:
    """B problems of N cells, K strain nodes, D latent values.

    Attributes:
        family, y, of: (N,); parameter: (B, N) size, precision or variance.
        node, log_weight: (N, K), log weight -inf = absent.
        a0, a1: (B, N, D) rows of the design that do and do not go with strain.
        mean: (B, D); precision: (B, D, D).
        gain, extra: (B, N) of what a coder counts: its mean is gain times what is there, plus extra.
    """

    family: np.ndarray
    y: np.ndarray
    of: np.ndarray
    parameter: np.ndarray
    node: np.ndarray
    log_weight: np.ndarray
    a0: np.ndarray
    a1: np.ndarray
    mean: np.ndarray
    precision: np.ndarray
    gain: np.ndarray | float = 1.0
    extra: np.ndarray | float = 0.0

    @property
    def coding(self):
        """(B, N, 1) gain and extra of each cell."""
        shape = self.parameter.shape
        return [np.broadcast_to(each, shape)[..., None] for each in (self.gain, self.extra)]


def cell_log(family, y, of, parameter, eta, gain=1.0, extra=0.0):
    """Normalised log probability of cells, and its first and second derivative in eta; all arguments broadcast."""
    with np.errstate(all="ignore"):
        terms = [
            _count(y, of, parameter, eta, gain, extra),
            _proportion(y, of, parameter, eta, gain, extra),
            _rating(y, parameter, eta),
        ]
    return tuple(np.choose(family, parts) for parts in zip(*terms, strict=True))


def log_probability(family, y, of, parameter, eta, gain=1.0, extra=0.0):
    """Normalised log probability of one cell at any eta: the first value of `cell_log` alone."""
    if family == RATING:
        return _rating(y, parameter, eta)[0]
    if family == COUNT:
        return nbinom.logpmf(y, parameter, parameter / (parameter + gain * of * np.exp(eta) + extra))
    mu = extra + gain * expit(eta)
    choose = gammaln(of + 1) - gammaln(y + 1) - gammaln(of - y + 1)
    return (
        choose
        + betaln(y + mu * parameter, of - y + (1 - mu) * parameter)
        - betaln(mu * parameter, (1 - mu) * parameter)
    )


def _count(y, exposure, size, eta, gain, extra):
    log_a, log_size = eta + np.log(gain * exposure), np.log(size)
    log_m = np.logaddexp(log_a, np.log(extra))
    log_total = np.logaddexp(log_m, log_size)
    p, share = np.exp(log_m - log_total), np.exp(log_a - log_m)
    log = (
        gammaln(y + size)
        - gammaln(size)
        - gammaln(y + 1)
        + size * (log_size - log_total)
        + y * (log_m - log_total)
    )
    first = share * (y - (y + size) * p)
    return log, first, first - share**2 * (y - (y + size) * p**2)


def _proportion(y, n, precision, eta, gain, extra):
    mu = expit(eta)
    mean = extra + gain * mu
    a, b, y = mean * precision, (1 - mean) * precision, np.minimum(y, n)
    log = gammaln(n + 1) - gammaln(y + 1) - gammaln(n - y + 1) + betaln(y + a, n - y + b) - betaln(a, b)
    first = digamma(y + a) - digamma(a) - digamma(n - y + b) + digamma(b)
    second = polygamma(1, y + a) - polygamma(1, a) + polygamma(1, n - y + b) - polygamma(1, b)
    slope = precision * gain * mu * (1 - mu)
    return log, first * slope, second * slope**2 + first * slope * (1 - 2 * mu)


def _rating(y, variance, eta):
    return (
        -0.5 * np.log(2 * np.pi * variance) - (y - eta) ** 2 / (2 * variance),
        (y - eta) / variance,
        -1 / variance,
    )


def log_posterior(problem, z):
    """(B,) log p(y, z), its gradient (B, D) and its Hessian (B, D, D)."""
    base, tilt = np.einsum("bnd,bd->bn", problem.a0, z), np.einsum("bnd,bd->bn", problem.a1, z)
    eta = base[..., None] + problem.node * tilt[..., None]
    column = problem.family[:, None], problem.y[:, None], problem.of[:, None]
    log, score, curve = cell_log(*column, problem.parameter[..., None], eta, *problem.coding)
    joint = log + problem.log_weight
    cell = logsumexp(joint, axis=-1)
    share = np.exp(joint - cell[..., None])
    rows = problem.a0[:, :, None, :] + problem.node[None, :, :, None] * problem.a1[:, :, None, :]
    each = np.einsum("bnk,bnkd->bnd", share * score, rows)
    batch, size = z.shape
    flat = rows.reshape(batch, -1, size)
    weighted = flat * (share * (curve + score**2)).reshape(batch, -1, 1)
    hessian = weighted.swapaxes(1, 2) @ flat - each.swapaxes(1, 2) @ each
    away = z - problem.mean
    pull = np.einsum("bde,be->bd", problem.precision, away)
    size = z.shape[1]
    prior = (
        0.5 * np.linalg.slogdet(problem.precision)[1]
        - 0.5 * size * np.log(2 * np.pi)
        - 0.5 * (pull * away).sum(-1)
    )
    return cell.sum(-1) + prior, each.sum(1) - pull, hessian - problem.precision


def mode(problem, rounds=200):
    """(B, D) mode, by Newton steps whose Hessian is lifted until it is negative definite, each halved until it helps."""
    z = problem.mean.copy()
    value, gradient, hessian = log_posterior(problem, z)
    for _ in range(rounds):
        lowest = np.linalg.eigvalsh(-hessian)[:, 0]
        lift = np.where(lowest > 1e-6, 0.0, 1e-2 - lowest)[:, None, None] * np.eye(z.shape[1])
        step = np.linalg.solve(lift - hessian, gradient[..., None])[..., 0]
        if (step * gradient).sum(-1).max() < 1e-14:
            return z
        length = np.ones(len(z))
        for _ in range(40):
            with np.errstate(all="ignore"):  # far out a probability may underflow: such a step is no step
                worse = ~(log_posterior(problem, z + length[:, None] * step)[0] > value - 1e-9)
            if not worse.any():
                break
            length = np.where(worse, length / 2, length)
        z = z + length[:, None] * step
        value, gradient, hessian = log_posterior(problem, z)
    return z


def log_evidence(problem):
    """(B,) Laplace approximations of log p(y), and (B, D) modes."""
    z = mode(problem)
    value, _, hessian = log_posterior(problem, z)
    return value + 0.5 * z.shape[1] * np.log(2 * np.pi) - 0.5 * np.linalg.slogdet(-hessian)[1], z


def brute_force(problem, nodes):
    """Log p(y) of the first problem of a batch by adaptive Gauss-Hermite quadrature, `nodes` a dimension (D <= 5)."""
    z = mode(problem)[0]
    size = z.size
    hessian = log_posterior(problem, z[None])[2][0]
    root = np.linalg.cholesky(np.linalg.inv(-hessian))
    x, w = np.polynomial.hermite_e.hermegauss(nodes)
    grid = np.stack(np.meshgrid(*[x] * size, indexing="ij"), axis=-1).reshape(-1, size)
    weight = np.stack(np.meshgrid(*[np.log(w)] * size, indexing="ij"), axis=-1).reshape(-1, size).sum(1)
    points = z + grid @ root.T
    base, tilt = points @ problem.a0[0].T, points @ problem.a1[0].T
    total = np.zeros(len(points))
    for i in range(len(problem.y)):
        eta = base[:, [i]] + tilt[:, [i]] * problem.node[i]
        coding = [each[0, i, 0] for each in problem.coding]
        log = log_probability(
            problem.family[i], problem.y[i], problem.of[i], problem.parameter[0, i], eta, *coding
        )
        total += logsumexp(log + problem.log_weight[i], axis=1)
    away = points - problem.mean[0]
    total -= 0.5 * np.einsum("gd,de,ge->g", away, problem.precision[0], away)
    total += 0.5 * np.linalg.slogdet(problem.precision[0])[1] - 0.5 * size * np.log(2 * np.pi)
    return logsumexp(total + weight + 0.5 * (grid**2).sum(1)) + np.linalg.slogdet(root)[1]

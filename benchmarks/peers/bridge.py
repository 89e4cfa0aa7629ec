"""Bridge sampling: a log normalising constant from posterior draws (Meng & Wong 1996, Statistica Sinica 6:831-860)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
PROPOSED = 4  # proposals for each draw that is kept: they cost a hundredth of a draw
_ROUNDS = 1000
_SETTLED = 1e-10  # change of the log evidence between two rounds


def log_evidence(
    log_density: Callable[[Floats], Floats],
    draws: Floats,
    rng: np.random.Generator,
) -> float:
    """Log of the integral of a density over R^D.

    The proposal is the normal distribution with mean and covariance of the first half of the draws; the second half meets
    several times as many draws from it in the optimal bridge, whose equation is iterated until it stands still.

    Args:
        log_density: takes (n, D) points, returns (n,) unnormalised log densities.
        draws: (S, D) draws from the normalised density.
        rng: of the proposal's draws.
    """
    half = len(draws) // 2
    fitted, kept = draws[:half], draws[half:]
    mean, root = fitted.mean(axis=0), np.linalg.cholesky(_covariance(fitted))
    proposed = mean + rng.standard_normal((PROPOSED * len(kept), draws.shape[1])) @ root.T
    ratio = [log_density(points) - _log_normal(points, mean, root) for points in (kept, proposed)]
    return _bridge(*ratio)


def _covariance(points: Floats) -> Floats:
    """Covariance, drawn towards its diagonal where there are few points for so many dimensions."""
    size, dimension = points.shape
    covariance = np.cov(points.T).reshape(dimension, dimension)
    pull = dimension / (dimension + size)
    return (1.0 - pull) * covariance + pull * np.diag(np.diag(covariance))


def _log_normal(points: Floats, mean: Floats, root: Floats) -> Floats:
    standard = np.linalg.solve(root, (points - mean).T)
    constant = np.log(np.diag(root)).sum() + 0.5 * len(mean) * np.log(2.0 * np.pi)
    density: Floats = -0.5 * (standard**2).sum(axis=0) - constant
    return density


def _bridge(kept: Floats, proposed: Floats) -> float:
    """The fixed point of the optimal bridge, from log density minus log proposal at posterior and at proposed draws."""
    shift = float(np.median(kept))
    first, second = kept - shift, proposed - shift
    log_s1, log_s2 = (np.log(n / (kept.size + proposed.size)) for n in (kept.size, proposed.size))
    log_r = 0.0
    for _ in range(_ROUNDS):
        upper = second - np.logaddexp(log_s1 + second, log_s2 + log_r)
        lower = -np.logaddexp(log_s1 + first, log_s2 + log_r)
        new = _log_mean(upper) - _log_mean(lower)
        if abs(new - log_r) < _SETTLED:
            break
        log_r = new
    return log_r + shift


def _log_mean(log: Floats) -> float:
    return float(np.logaddexp.reduce(log) - np.log(log.size))

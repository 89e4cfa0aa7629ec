"""A Gaussian close to the posterior of (u, b) for each of many draws: Newton steps on the exact density, then draws.

The information is that of each cell with its negative part cut off, so that it is always positive definite: a proposal may
be anything whose density is known. Linear in weeks: a tridiagonal block bordered by p columns, all draws at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velveteen.judge.arrays import Floats
from velveteen.judge.exact import LOG_2PI, Setting, predictors, varying
from velveteen.judge.families import RATING

_H = 1e-3  # half width of the differences that stand for derivatives; a proposal needs no more
_STRIDE = 2.0  # longest move of a count's or proportion's linear predictor in one step


@dataclass(frozen=True, slots=True)
class Gaussian:
    """B Gaussians over (u, b), by the elimination of their precision.

    Attributes:
        u, b: (B, T), (B, p) their means.
        pivot: (B, T) pivots of the tridiagonal block; off: (B,) its off-diagonal.
        border: (B, T, p) the border after elimination.
        corner: (B, p, p) precision of b with u integrated out.
        log_det: (B,) log determinant of the precision.
    """

    u: Floats
    b: Floats
    pivot: Floats
    off: Floats
    border: Floats
    corner: Floats
    log_det: Floats

    def draw(self, noise_u: Floats, noise_b: Floats) -> tuple[Floats, Floats]:
        """(B, T), (B, p): means plus the root of the covariance times noise (B, T), (B, p)."""
        root = np.linalg.cholesky(self.corner)
        step = np.linalg.solve(root.swapaxes(1, 2), noise_b[:, :, None])[..., 0]
        moved = _back(self.pivot, self.off, self.border, noise_u * np.sqrt(self.pivot), step)
        return self.u + moved, self.b + step

    def log_density(self, noise_u: Floats, noise_b: Floats) -> Floats:
        """(B,) log density of a draw made from this noise."""
        square = (noise_u**2).sum(axis=1) + (noise_b**2).sum(axis=1)
        size = noise_u.shape[1] + noise_b.shape[1]
        density: Floats = 0.5 * (self.log_det - square - size * LOG_2PI)
        return density


def _back(pivot: Floats, off: Floats, border: Floats, right: Floats, step_b: Floats) -> Floats:
    """(B, T) solution of the eliminated tridiagonal rows for a right-hand side (B, T), given the effects' part (B, p)."""
    out: Floats = (right - (border @ step_b[:, :, None])[..., 0]) / pivot
    for t in range(out.shape[1] - 2, -1, -1):
        out[:, t] -= off / pivot[:, t] * out[:, t + 1]
    return out


def newton(setting: Setting, u: Floats, b: Floats, steps: int) -> Gaussian:
    """The Gaussian at the mode that so many steps from (u, b) reach, with the information there.

    Args:
        setting: B settings.
        u, b: (B, T), (B, p) where to begin.
        steps: Newton steps; the last one moves the mean and leaves the information where it was taken.
    """
    for _ in range(steps - 1):
        found = _step(setting, u, b)
        u, b = found.u, found.b
    return _step(setting, u, b)


def _step(setting: Setting, u: Floats, b: Floats) -> Gaussian:
    """One Newton step from (u, b), shortened where it would move a cell too far."""
    gradient, gradient_b, diag, border, corner = _system(setting, u, b)
    off = -setting.rho / (setting.sigma**2 * (1.0 - setting.rho**2))
    for t in range(1, u.shape[1]):
        ratio = off / diag[:, t - 1]
        diag[:, t] -= ratio * off
        border[:, t] -= ratio[:, None] * border[:, t - 1]
        gradient[:, t] -= ratio * gradient[:, t - 1]
    scaled = (border / diag[:, :, None]).swapaxes(1, 2)
    corner -= scaled @ border
    reduced = gradient_b - (scaled @ gradient[:, :, None])[..., 0]
    step_b: Floats = np.ascontiguousarray(np.linalg.solve(corner, reduced[:, :, None])[..., 0])
    log_det = np.log(diag).sum(axis=1) + np.linalg.slogdet(corner)[1]
    step_u = _back(diag, off, border, gradient, step_b)
    short = _shortened(setting, step_u, step_b)[:, None]
    return Gaussian(u + short * step_u, b + short * step_b, diag, off, border, corner, log_det)


def _shortened(setting: Setting, step_u: Floats, step_b: Floats) -> Floats:
    """(B,) what to multiply a step by so that no count's or proportion's predictor moves farther than the stride."""
    moved = np.abs(predictors(setting, step_u, step_b)).max(axis=2)
    farthest = np.where(setting.model.record.family == RATING, 0.0, moved).max(axis=1)
    short: Floats = np.minimum(1.0, _STRIDE / np.maximum(farthest, 1e-300))
    return short


def _system(setting: Setting, u: Floats, b: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Gradient of the log density in u (B, T) and b (B, p); of its precision the diagonal, the border and the corner."""
    model, kappa = setting.model, setting.kappa
    s0, s1, h00, h01, h11 = _cells(setting, u, b)
    c0 = h00[:, :, None] * setting.a0 + h01[:, :, None] * setting.a1
    c1 = h01[:, :, None] * setting.a0 + h11[:, :, None] * setting.a1
    a0, a1 = setting.a0.swapaxes(1, 2), setting.a1.swapaxes(1, 2)
    corner = a0 @ c0 + a1 @ c1 + model.precision
    gradient_b = (a0 @ s0[:, :, None] + a1 @ s1[:, :, None])[..., 0]
    gradient_b -= (b - model.account.effects.mean) @ model.precision
    weeks = u.shape[1]
    gradient, diag = (
        _weekly(model.record.week, weeks, s0 * kappa),
        _weekly(model.record.week, weeks, h00 * kappa**2),
    )
    border = _weekly(model.record.week, weeks, kappa[:, :, None] * c0)
    _add_ebb(setting, u, gradient, diag)
    return gradient, gradient_b, diag, border, corner


def _weekly(week: np.ndarray, weeks: int, values: Floats) -> Floats:
    """(B, T, ...) sums over the cells of each week; cells are in order of week."""
    present, starts = np.unique(week, return_index=True)
    out = np.zeros((values.shape[0], weeks, *values.shape[2:]))
    out[:, present] = np.add.reduceat(values, starts, axis=1)
    return out


def _add_ebb(setting: Setting, u: Floats, gradient: Floats, diag: Floats) -> None:
    """Add the AR(1) prior's part to gradient and diagonal."""
    rho, scale = setting.rho[:, None], 1.0 / (setting.sigma**2 * (1.0 - setting.rho**2))[:, None]
    own = np.repeat(scale * (1.0 + rho**2), u.shape[1], axis=1)
    own[:, [0, -1]] = scale
    diag += own
    gradient -= own * u
    gradient[:, 1:] += scale * rho * u[:, :-1]
    gradient[:, :-1] += scale * rho * u[:, 1:]


def _cells(setting: Setting, u: Floats, b: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Scores (B, N) and information of the cells' mixtures in (eta0, eta1), its negative part cut off."""
    model, x = setting.model, setting.model.node
    eta = predictors(setting, u, b)
    low, middle, high = (varying(setting, eta + h) for h in (-_H, 0.0, _H))
    joint = middle + model.log_weight
    share = np.exp(joint - joint.max(axis=-1, keepdims=True))
    share /= share.sum(axis=-1, keepdims=True)
    score = (high - low) / (2.0 * _H)
    curve = (high - 2.0 * middle + low) / _H**2 + score**2
    s0, s1 = (share * score).sum(-1), (share * score * x).sum(-1)
    h = (
        s0 * s0 - (share * curve).sum(-1),
        s0 * s1 - (share * curve * x).sum(-1),
        s1 * s1 - (share * curve * x**2).sum(-1),
    )
    return s0, s1, *_positive_part(*h)


def _positive_part(a: Floats, b: Floats, c: Floats) -> tuple[Floats, Floats, Floats]:
    """The symmetric matrices (a b; b c) with negative eigenvalues set to 0."""
    mean, radius = 0.5 * (a + c), np.hypot(0.5 * (a - c), b)
    high, low = np.maximum(mean + radius, 0.0), mean - radius
    share = np.where(low < 0, high / np.maximum(2.0 * radius, 1e-300), 1.0)
    shift = np.where(low < 0, low, 0.0)
    return share * (a - shift), share * b, share * (c - shift)

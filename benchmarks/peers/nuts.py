"""The judge's model in NumPyro: one account of a record along given trajectories, sampled with NUTS.

All unknowns are standard normal a priori: the hyperparameters z, the shocks of the ebb, and the effects as multiples of the
root of their covariance. Trajectories are summed out inside the likelihood; with one of them there is nothing to sum.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
from jax.scipy.special import gammaln, logsumexp
from numpyro.distributions import Normal
from numpyro.infer import MCMC, NUTS

from velveteen.judge.exact import Model, setting_of
from velveteen.judge.families import COUNT, PROPORTION, RATING, RATING_FLOOR
from velveteen.judge.record import Record

jax.config.update("jax_enable_x64", True)

Vector = Any  # a JAX array, traced or not
LogLikelihood = Callable[[Vector], Vector]


def natural(model: Model, z: Vector) -> dict[str, Vector]:
    """Hyperparameters by name, on their natural scale."""
    hyper = model.hyper
    at = dict(zip(hyper.names, jnp.exp(hyper.centre + hyper.sd * z), strict=True))
    between = _share(at, "rating_share")
    if "spread" in at:
        variance, share = at["spread"] ** 2, _share(at, "ebb_share")
        noise = variance * (1.0 - share)
        at |= {
            "ebb_sd": jnp.sqrt(variance * share), "count_size": 1.0 / noise, "proportion_precision": 4.0 / noise,
            "rating_sd": jnp.sqrt(noise),
        }  # fmt: skip
    rated = at.get("rating_sd", 0.0) ** 2
    return at | {
        "rho": jnp.exp(-1.0 / at["ebb_weeks"]), "loading": _share(at, "inward_loading"),
        "between": rated * between, "within": rated * (1.0 - between) * hyper.ratings,
    }  # fmt: skip


def _share(at: dict[str, Vector], name: str) -> Vector:
    return at[name] / (1.0 + at[name]) if name in at else 1.0


def log_likelihood(model: Model, rows: np.ndarray, log_prior: np.ndarray) -> LogLikelihood:
    """Log p(record | unknowns) as a function of the D standardised unknowns.

    Args:
        model: account and record.
        rows: (n, q + 1, T) trajectories, as `importance.rows_of` gives them.
        log_prior: (n,) their log prior, summing to what share of the account they make up.
    """
    record, d, weeks = model.record, model.hyper.size, model.record.weeks
    setting = setting_of(model, np.zeros((len(rows), d)), rows)
    a0, a1 = jnp.asarray(setting.a0), jnp.asarray(setting.a1)
    lag = np.subtract.outer(np.arange(weeks), np.arange(weeks))
    root, mean = np.linalg.cholesky(model.account.effects.covariance), model.account.effects.mean
    signed = record.sign * record.scale

    def found(theta: Vector) -> Vector:
        at = natural(model, theta[:d])
        shocks = theta[d : d + weeks] * jnp.where(np.arange(weeks) == 0, 1.0, jnp.sqrt(1.0 - at["rho"] ** 2))
        ebb = at["ebb_sd"] * (jnp.where(lag >= 0, at["rho"] ** np.maximum(lag, 0), 0.0) @ shocks)
        b = mean + root @ theta[d + weeks :]
        base = signed * jnp.where(model.inward, at["loading"], 1.0) * ebb[record.week] + a0 @ b
        eta = jnp.clip(base[..., None] + model.node * (a1 @ b)[..., None], -30.0, 30.0)
        cells = logsumexp(_cells(record, at, eta) + model.log_weight, axis=-1)
        return logsumexp(cells.sum(axis=-1) + log_prior)

    return found


def _cells(record: Record, at: dict[str, Vector], eta: Vector) -> Vector:
    """(n, N, K) log probability of each cell at each strain node."""
    out = jnp.zeros_like(eta)
    for family, density in ((COUNT, _count), (PROPORTION, _proportion), (RATING, _rating)):
        cells = np.flatnonzero(record.family == family)
        if cells.size:
            y, of, scale = (a[cells][:, None] for a in (record.y, record.of, record.scale))
            out = out.at[:, cells].set(density(y, of, scale, at, eta[:, cells]))
    return out


def _count(y: Vector, of: Vector, _scale: Vector, at: dict[str, Vector], eta: Vector) -> Vector:
    size, mean = at["count_size"], of * jnp.exp(eta)
    choose = gammaln(y + size) - gammaln(size) - gammaln(y + 1.0)
    return choose + size * jnp.log(size) + y * (jnp.log(of) + eta) - (y + size) * jnp.log(size + mean)


def _proportion(y: Vector, of: Vector, _scale: Vector, at: dict[str, Vector], eta: Vector) -> Vector:
    precision, mu = at["proportion_precision"], jax.nn.sigmoid(eta)
    a, b = mu * precision, (1.0 - mu) * precision
    choose = gammaln(of + 1.0) - gammaln(y + 1.0) - gammaln(of - y + 1.0)
    top = gammaln(y + a) + gammaln(of - y + b) - gammaln(of + precision)
    return choose + top - gammaln(a) - gammaln(b) + gammaln(precision)


def _rating(y: Vector, of: Vector, scale: Vector, at: dict[str, Vector], eta: Vector) -> Vector:
    variance = scale**2 * (RATING_FLOOR + at["between"] + at["within"] / of)
    return -0.5 * (jnp.log(2.0 * jnp.pi * variance) + (y - eta) ** 2 / variance)


class Peer:
    """NUTS on one account along given trajectories."""

    def __init__(self, model: Model, rows: np.ndarray, log_prior: np.ndarray) -> None:
        self.size = model.hyper.size + model.record.weeks + model.account.effects.size
        self._likelihood = log_likelihood(model, rows, log_prior)
        self._density = jax.jit(jax.vmap(self._log_density))
        self._samplers: dict[tuple[int, int, int], MCMC] = {}

    def _log_density(self, theta: Vector) -> Vector:
        prior = -0.5 * (theta @ theta + self.size * jnp.log(2.0 * jnp.pi))
        return prior + self._likelihood(theta)

    def _model(self) -> None:
        theta = numpyro.sample("theta", Normal(0.0, 1.0).expand([self.size]).to_event(1))
        numpyro.factor("record", self._likelihood(theta))

    def log_density(self, points: np.ndarray) -> np.ndarray:
        """(n,) log p(record, unknowns) at (n, D) points."""
        return np.asarray(self._density(points))

    def draw(self, chains: int, warmup: int, draws: int, seed: int) -> tuple[np.ndarray, float]:
        """(chains * draws, D) draws, in order of drawing across the chains, and the processor seconds they took.

        The first call with such sizes is made twice, and what compiles is not timed.
        """
        key = chains, warmup, draws
        if key not in self._samplers:
            self._samplers[key] = MCMC(
                NUTS(self._model), num_warmup=warmup, num_samples=draws, num_chains=chains,
                chain_method="sequential", progress_bar=False,
            )  # fmt: skip
            self._samplers[key].run(jax.random.PRNGKey(0))
        started = time.process_time()
        self._samplers[key].run(jax.random.PRNGKey(seed))
        theta = np.asarray(self._samplers[key].get_samples(group_by_chain=True)["theta"])
        seconds = time.process_time() - started
        return theta.swapaxes(0, 1).reshape(-1, self.size), seconds

"""The model of `docs/explanation/judge.md` as dense rows, one cell after the other, for the oracle.

    eta = a_{c,r} + d_c s_c (kappa_c u_t - beta_c x + fading(t) k + A_c g_m(t, x, c) + w_r(t) + v(t) (x - 1/2))

Only the sizes of the priors are taken from the product: they are judgement. Everything else is written out again.
"""

from __future__ import annotations

import math

import numpy as np
from tests.judge.oracle import Problem
from tests.judge.records import CHANNELS

from velveteen.judge import accounts, effects
from velveteen.judge.families import RATING_FLOOR
from velveteen.judge.record import CALM_NODES, HARD_NODES, LINGERS, UNRECORDED_NODES
from velveteen.judge.shapes import Shape

FAMILY = ("count", "proportion", "rating")


class Names:
    """Places in the latent vector, given out in the order in which they are asked for."""

    def __init__(self, weeks: int) -> None:
        self.place = {("u", t): t for t in range(weeks)}
        self.prior: dict[object, tuple[float, float]] = {}

    def __call__(self, name: object, mean: float, sd: float) -> int:
        self.prior[name] = mean, sd
        return self.place.setdefault(name, len(self.place))


def walk(t, weeks, k):
    """k-th Karhunen-Loeve function (from 0) of a walk with unit variance a year, in the middle of week t."""
    rate = (k + 0.5) * math.pi
    return math.sqrt(2 * weeks / 52) * math.sin(rate * (t + 0.5) / weeks) / rate


def outward_only(cells):
    """Whether `surface` differs from `lasting`: something hard or inward was seen by another."""
    return any((c.strain or 0) > 0 or CHANNELS[c.channel].side == "inward" for c in cells)


def shared_terms(cell, t, weeks, tells):
    """Terms (latent name, prior mean, prior sd, value without strain, value with it) that all accounts have."""
    kind = CHANNELS[cell.channel]
    size = kind.scale if kind.better == "more" else -kind.scale
    yield ("level", cell.channel, cell.informant, cell.audience), *kind.level, 1.0, 0.0
    yield ("slope", cell.channel), *effects.SLOPE, 0.0, -size
    yield "transient", *effects.TRANSIENT, size * max(0.0, 1 - t / effects.TRANSIENT_WEEKS), 0.0
    for k in range(effects.TERMS):
        rated = kind.family == "rating"
        yield ("drift", cell.informant, rated, k), 0.0, effects.DRIFT_SD[rated], size * walk(t, weeks, k), 0.0
    if cell.channel in tells and kind.side == "outward":
        for k in range(effects.TERMS):
            contrast = size * walk(t, weeks, k)
            yield ("contrast", k), 0.0, effects.CONTRAST_SD, -contrast / 2, contrast


def own_terms(name, cell, t, weeks, g, limit, apart):
    """Terms of one account. The change of a channel has a shared part and its own."""
    kind = CHANNELS[cell.channel]
    size = kind.scale if kind.better == "more" else -kind.scale
    mean = accounts.WORSE_MEAN if name == "worse" else accounts.CHANGE_MEAN
    parts = {"worse": [-g], "temporary": [g], "lasting": [g], "surface": [g], "conditional": [limit, g]}.get(
        name, []
    )
    outside = name == "surface" and apart
    for i, part in enumerate(parts):
        if outside and kind.side == "inward":
            continue
        tilt = -size * part if outside else 0.0
        yield ("change", i), mean, accounts.SHARED_SD, size * part, tilt
        yield ("change", i, cell.channel), 0.0, accounts.OWN_SD, size * part, tilt
    if name == "none_of_these":
        for k in range(accounts.WALK_TERMS):
            yield ("walk", k), 0.0, accounts.WALK_SD, size * walk(t, weeks, k), 0.0


def nodes(strain):
    if strain is None:
        return UNRECORDED_NODES
    return {0.0: CALM_NODES, 1.0: HARD_NODES}.get(strain, ((strain, 1.0),))


def telling(cells):
    """Channels that tell strain, where the record has both calm and hard cells."""
    both = any(c.strain == 0 for c in cells) and any(c.strain == 1 for c in cells)
    return {c.channel for c in cells if c.strain is not None and both}


def limits(points, first, weeks, shape):
    """The centred share of the week with a limit, read as this shape reads it: as marked, or as felt."""
    marks = {p.week - first: p.share for p in points if p.kind == "boundary_held"}
    marked = [marks.get(t, 0.0) for t in range(weeks)]
    felt = list(marked)
    if marks and min(marks.values()) == 0:
        for t in range(min(marks), weeks):
            before, after = max(w for w in marks if w <= t), min((w for w in marks if w >= t), default=None)
            if after is None or after == before:
                felt[t] = marks[before]
            else:
                felt[t] = marks[before] + (marks[after] - marks[before]) * (t - before) / (after - before)
    for t in range(1, weeks):
        felt[t] = LINGERS * felt[t - 1] + (1 - LINGERS) * felt[t]
    readings = [np.array(r) - np.mean(r) for r in (marked, felt)]
    fixed = shape.columns[0] if len(shape.columns) else readings[0]
    return next((r for r in readings if np.allclose(r, fixed, atol=1e-12)), readings[0])


def dense_problem(cells, points, name: str, shape: Shape, onset: int, naturals, coded=()) -> Problem:
    """Account `name` along one trajectory, at B sets of hyperparameters on their natural scale.

    `coded` are the channels whose coder has figures, in order of name, all their cells made by it.
    """
    first = min(c.week for c in cells)
    weeks = max(c.week for c in cells) - first + 1
    cells = [c for c in cells if c.informant != "self" and c.of > 0]  # the others only stretch the weeks
    names, rows = Names(weeks), []
    limit, apart, tells = limits(points, first, weeks, shape), outward_only(cells), telling(cells)
    for cell in cells:
        t = cell.week - first
        terms = [*shared_terms(cell, t, weeks, tells)]
        terms += own_terms(name, cell, t, weeks, shape.profiles[onset][t], limit[t], apart)
        rows.append([(names(key, mean, sd), v0, v1) for key, mean, sd, v0, v1 in terms])
    a0, a1 = zip(
        *[_dense(cells, first, rows, len(names.place), natural) for natural in naturals], strict=True
    )
    mean, sds = np.zeros(len(names.place)), np.zeros(len(names.place))
    for key, (m, sd) in names.prior.items():
        mean[names.place[key]], sds[names.place[key]] = m, sd
    parameter, precision = zip(*[_at(cells, weeks, sds, natural) for natural in naturals], strict=True)
    batch = len(naturals)
    node, weight = _nodes(cells)
    gain, extra = zip(*[_coding(cells, coded, natural.rates) for natural in naturals], strict=True)
    return Problem(
        np.array([FAMILY.index(CHANNELS[c.channel].family) for c in cells]), np.array([c.value for c in cells]),
        np.array([c.of for c in cells]), np.array(parameter), node, weight,
        np.array(a0), np.array(a1), np.repeat(mean[None], batch, 0), np.array(precision),
        np.array(gain), np.array(extra),
    )  # fmt: skip


def _dense(cells, first, rows, size, natural):
    """Rows of the design; inward channels take part in the ebb by their own share."""
    a0, a1 = np.zeros((len(cells), size)), np.zeros((len(cells), size))
    for i, (cell, row) in enumerate(zip(cells, rows, strict=True)):
        kind = CHANNELS[cell.channel]
        loading = natural.inward_loading if kind.side == "inward" else 1.0
        a0[i, cell.week - first] = loading * (kind.scale if kind.better == "more" else -kind.scale)
        for place, v0, v1 in row:
            a0[i, place] += v0
            a1[i, place] += v1
    return a0, a1


def _coding(cells, coded, rates):
    """Gain and what is made up in each cell: of a count as many as were coded times the rate, of a share the rate."""
    found = []
    for cell in cells:
        if cell.channel in coded:
            k = coded.index(cell.channel)
            items = cell.coded if CHANNELS[cell.channel].family == "count" else 1.0
            found.append((rates[2 * k], rates[2 * k + 1] * items))
        else:
            found.append((1.0, 0.0))
    return zip(*found, strict=True)


def _nodes(cells):
    node, weight = np.zeros((len(cells), 3)), np.full((len(cells), 3), -np.inf)
    for i, cell in enumerate(cells):
        for k, (x, w) in enumerate(nodes(cell.strain)):
            node[i, k], weight[i, k] = x, math.log(w)
    return node, weight


def _at(cells, weeks, sds, natural):
    """Cell parameters and prior precision at one set of hyperparameters."""
    rho, sigma, (size, precise, between, within) = natural.rho, natural.ebb_sd, natural.dispersion
    lag = np.abs(np.subtract.outer(np.arange(weeks), np.arange(weeks)))
    precision = np.zeros((len(sds), len(sds)))
    precision[:weeks, :weeks] = np.linalg.inv(sigma**2 * rho**lag)
    precision[weeks:, weeks:] = np.diag(1 / sds[weeks:] ** 2)
    parameter = {
        "count": lambda *_: size,
        "proportion": lambda *_: precise,
        "rating": lambda kind, of: kind.scale**2 * (RATING_FLOOR + between**2 + within**2 / of),
    }
    kinds = [CHANNELS[c.channel] for c in cells]
    return [parameter[k.family](k, c.of) for k, c in zip(kinds, cells, strict=True)], precision

"""Random input of the compiled kernels, as arrays and as one dense problem of the oracle."""

from __future__ import annotations

import numpy as np
from tests.judge import oracle

from velveteen.judge.dispersion import fill_cells
from velveteen.judge.families import RATING_FLOOR
from velveteen.judge.layout import lay_out, rows_of
from velveteen.judge.points import evaluate_points


def random_arrays(seed, weeks, cells, effects):
    """Cells and a random bordered design: every family, one to three strain nodes, absent columns."""
    rng = np.random.default_rng(seed)
    family = rng.integers(0, 3, cells)
    of = np.where(family == 0, rng.uniform(0.2, 1.0, cells), rng.integers(1, 40, cells).astype(float))
    y = np.choose(
        family,
        (rng.negative_binomial(2, 0.2, cells), rng.binomial(of.astype(int), 0.4), rng.normal(5, 2, cells)),
    )
    count = rng.integers(1, 4, cells)[:, None]
    present = np.arange(3) < count
    weight = rng.dirichlet(np.ones(3), cells) * present
    with np.errstate(divide="ignore"):
        log_weight = np.log(weight / weight.sum(1, keepdims=True))
    width = min(3, effects)
    column = np.array([np.sort(rng.permutation(effects)[:width]) for _ in range(cells)])
    column[rng.random(column.shape) < 0.2] = -1
    root = rng.normal(size=(effects, effects)) / 2
    return {
        "week": rng.integers(0, weeks, cells), "family": family, "y": y.astype(float), "of": of,
        "scale": rng.uniform(0.5, 2, cells), "dispersion": rng.uniform(0.5, 6, 4),
        "kappa": rng.choice([-1.0, 1.0], cells) * rng.uniform(0.5, 1.5, cells),
        "column": column, "v0": rng.normal(size=column.shape), "v1": rng.normal(size=column.shape),
        "node": rng.uniform(0, 1, (cells, 3)), "log_weight": log_weight,
        "rho": rng.uniform(0.1, 0.9), "sigma": rng.uniform(0.1, 0.8),
        "mean": rng.normal(size=effects) * 0.3, "precision": root @ root.T + 2 * np.eye(effects),
        "u": rng.normal(size=weeks) * 0.3, "b": rng.normal(size=effects) * 0.3,
        "coder": np.full(cells, -1), "coded": np.zeros(cells), "rates": np.zeros(0),
    }  # fmt: skip


def as_coded(a, seed, rates):
    """The same with about two counts and proportions in three from a coder, rates [(gain, false positive rate)] each."""
    rng = np.random.default_rng([seed, 7])
    cells = len(a["y"])
    coder = np.where((a["family"] < 2) & (rng.random(cells) < 0.67), rng.integers(0, len(rates), cells), -1)
    coded = np.where(coder >= 0, rng.integers(100, 500, cells), 0).astype(float)
    return a | {"coder": coder, "coded": coded, "rates": np.ravel(rates).astype(float)}


def laid(a):
    """Layout and design; every cell has a row of its own."""
    cells = len(a["y"])
    layout = lay_out(
        a["week"], np.arange(cells), a["family"], a["y"], a["of"], a["scale"], a["node"], a["log_weight"],
        a["coder"], a["coded"],
    )  # fmt: skip
    return layout, rows_of(layout, a["column"], a["v0"], a["v1"])


def kernel_inputs(a):
    """The tuples of cells and rows that the kernels take, and the sum of the cells' constants."""
    layout, design = laid(a)
    parameter, offset = np.empty_like(a["y"]), np.empty_like(a["y"])
    coding = np.empty((2, layout.coder.size))
    constant = fill_cells(
        layout.of, layout.scale, layout.ends, layout.coder, layout.coded, a["dispersion"], a["rates"],
        layout.tallied, layout.parts, layout.fixed, parameter, offset, coding,
    )  # fmt: skip
    first = np.array([0, *layout.ends[:4]])
    cells = (
        layout.y,
        parameter,
        offset,
        layout.row,
        layout.strain,
        layout.log_weight,
        first,
        layout.many,
        coding,
    )
    kappa = a["kappa"][layout.first]
    rows = (layout.week, kappa, design.start, design.column, design.part, design.v0, design.v1)
    return cells, rows, constant


def evaluate(a, u, b, tolerance=1e-13):
    """Log evidence, its mode from the start (u, b), and the factor, by the kernel that the judge calls."""
    layout, design = laid(a)
    modes, values = np.concatenate([u, b])[None].copy(), np.empty(1)
    factor, scores = np.zeros((b.size, b.size)), np.empty((5, layout.week.size))
    naturals = np.array([[a["rho"], a["sigma"], 1.0, *a["dispersion"], *a["rates"]]])
    evaluate_points(
        layout.y, layout.of, layout.scale, layout.row, layout.strain, layout.log_weight, layout.many, layout.ends,
        layout.coder, layout.coded, layout.tallied, layout.parts, layout.fixed,
        layout.week, a["kappa"][layout.first], np.zeros(len(layout.week)),
        design.start, design.column, design.part, design.v0, design.v1, a["mean"], a["precision"], a["column"].shape[1],
        np.empty((1, 0, u.size)), np.zeros(1, dtype=np.int64), naturals, np.array([-1]), np.array([tolerance]),
        modes, values, factor, scores,
    )  # fmt: skip
    return values[0] + 0.5 * np.linalg.slogdet(a["precision"])[1], modes[0], factor


def as_problem(a):
    """The same as one dense problem, its cell parameters by the documented rule and not by the kernel."""
    cells, weeks, effects = len(a["y"]), len(a["u"]), len(a["b"])
    a0, a1 = np.zeros((cells, weeks + effects)), np.zeros((cells, weeks + effects))
    for i in range(cells):
        a0[i, a["week"][i]] = a["kappa"][i]
        for m, j in enumerate(a["column"][i]):
            if j >= 0:
                a0[i, weeks + j] += a["v0"][i, m]
                a1[i, weeks + j] += a["v1"][i, m]
    size, precise, between, within = a["dispersion"]
    variance = a["scale"] ** 2 * (RATING_FLOOR + between**2 + within**2 / a["of"])
    parameter = np.choose(a["family"], (size, precise, variance))
    gain, made_up = np.append(a["rates"], (1.0, 0.0)).reshape(-1, 2)[a["coder"]].T
    extra = np.where(a["family"] == 0, made_up * a["coded"], made_up)
    lag = np.abs(np.subtract.outer(np.arange(weeks), np.arange(weeks)))
    precision = np.zeros((weeks + effects, weeks + effects))
    precision[:weeks, :weeks] = np.linalg.inv(a["sigma"] ** 2 * a["rho"] ** lag)
    precision[weeks:, weeks:] = a["precision"]
    mean = np.concatenate([np.zeros(weeks), a["mean"]])
    return oracle.Problem(
        a["family"], a["y"], a["of"], parameter[None], a["node"], a["log_weight"], a0[None], a1[None],
        mean[None], precision[None], gain[None], extra[None],
    )  # fmt: skip

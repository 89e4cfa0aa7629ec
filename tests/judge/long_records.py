"""Long records with changes of known week and size, drawn without any simulator of the product."""

from __future__ import annotations

import itertools

import numpy as np

from velveteen.measure.cells import Cell


def course(weeks, *steps):
    """(T,) log of how much better than at first, from (week, size) steps."""
    level = np.zeros(weeks)
    for week, size in steps:
        level[week:] += size
    return level


def long_cells(level, seed, *, hard=None, inward=None, informants=("partner",)):
    """Acts on calm and hard days and an inward rating a week; `level` (T,) is what calm days follow, others unless told."""
    rng = np.random.default_rng(seed)
    hard = level if hard is None else hard
    inward = level if inward is None else inward
    cells = []
    for t, informant in itertools.product(range(len(level)), informants):
        for x, of, better in ((0.0, 4 / 7, level[t]), (1.0, 3 / 7, hard[t] - 0.5)):
            mean = of * np.exp(1.4 - better)
            cells.append(Cell(t, "harm", float(rng.negative_binomial(8, 8 / (8 + mean))), of, informant, x))
        seen = float(np.clip(rng.normal(4 + 1.5 * inward[t], 1.0), 0, 10))
        cells.append(Cell(t, "equals", seen, 2.0, informant, None))
    return cells

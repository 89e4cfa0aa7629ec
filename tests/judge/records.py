"""Small records for tests: cells made by hand or drawn at random, without any simulator of the product."""

from __future__ import annotations

import numpy as np

from velveteen.judge.accounts import ALL
from velveteen.judge.api import weigh
from velveteen.judge.effects import shared_effects
from velveteen.judge.hyper import hyper_for
from velveteen.judge.record import build_record
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.channels import parse_channels, registry

CHANNELS = registry()
MOOD = parse_channels(
    '[mood]\nfamily = "rating"\nbetter = "more"\nrange = [0, 10]\nscale = 1.5\nlevel = [5, 2.5]'
)
NAMES = tuple(ALL)


def harm(weeks, counts, *, strain=0.0, of=1.0, informant="partner", audience=None):
    """One count cell a week."""
    pairs = zip(weeks, np.broadcast_to(counts, len(weeks)), strict=True)
    return [Cell(int(t), "harm", float(y), of, informant, strain, audience) for t, y in pairs]


def mixed_cells(weeks, seed, *, informants=("partner",), missing=0.0, strains=(0.0, 1.0, 0.4, None)):
    """Counts, proportions and ratings of several informants, some weeks missing.

    Ratings scatter little enough that the strain mixture leaves one mode: with several, each search has its own.
    """
    rng = np.random.default_rng(seed)
    cells = []
    for t in range(weeks):
        for informant in informants:
            x = strains[rng.integers(len(strains))]
            n = float(rng.integers(1, 5))
            rows = (
                Cell(
                    t, "harm", float(rng.negative_binomial(3, 0.5)), float(rng.uniform(0.2, 1)), informant, x
                ),
                Cell(t, "promises", float(rng.binomial(int(n), 0.5)), n, informant, x),
                Cell(t, "equals", float(rng.normal(5, 0.8)), float(rng.integers(1, 4)), informant, x),
            )
            cells += [row for row in rows if rng.random() >= missing]
    ends = [Cell(t, "harm", 1.0, 1.0, "therapist", 0.0) for t in (0, weeks - 1)]
    return cells + ends


LIMITS = [TurningPoint(t, "boundary_held", 1.0) for t in (1, 2, 5)]


def set_up(cells, points=(), channels=CHANNELS):
    """Record, shared effects and hyperparameters."""
    record = build_record(cells, list(points), channels)
    return record, shared_effects(record), hyper_for(record)


def weighed(cells, points=(), channels=CHANNELS):
    return weigh(cells, list(points), channels)

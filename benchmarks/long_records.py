"""Long records with known paths: is the verdict that of the last change, and since when?

    python benchmarks/long_records.py [--records 24] [--weeks 416] [--seed 0] [--out FILE.json]
    python benchmarks/long_records.py --cost [--lengths 208 520 1040]

Each record has two to five changes of known kind; the last began 20 to 60 weeks before its end. The generator is its own and
shares no formula with the judge: acts day by day from an overdispersed Poisson law, changes that come and go along logistic
curves, a yearly wave, weeks left out. Judged three ways, equal priors: along the path of regimes, as one change over the whole
record, and on its last two years alone. Right: the likeliest account is the kind of the last change. Onset error: weeks
between the true onset and the one the likeliest account gives. `--cost`: time and peak memory by length, each in a process
of its own, 4 channels and 2 informants.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from velveteen.measure.cells import Cell

KINDS = ("worse", "temporary", "surface", "lasting")
CHANNELS = {"harm": "outward", "regard": "outward", "owning": "inward", "equals": "inward"}
HARD_SHARE = 0.3


def draw_path(weeks: int, rng: np.random.Generator) -> list[tuple[str, float, float, float]]:
    """(kind, onset, size, pace) of two to five changes, better and worse in turn where they last, at least 26 weeks apart."""
    count = int(rng.integers(2, 6))
    last = weeks - int(rng.integers(20, 61))
    slack = rng.dirichlet(np.ones(count)) * (last - 20 - 26 * (count - 1))
    onsets = 20 + np.cumsum(slack) + 26 * np.arange(count)
    path, better = [], bool(rng.random() < 0.5)
    for onset in onsets:
        kind = ("temporary", "lasting", "surface")[rng.choice(3, p=(0.3, 0.4, 0.3))] if better else "worse"
        path.append((kind, float(onset), float(rng.uniform(0.8, 1.6)), float(np.exp(rng.uniform(0.3, 2.2)))))
        better = kind == "temporary" or not better
    return path


def push(kind: str, onset: float, size: float, pace: float, weeks: int) -> np.ndarray:
    """(T,) what one change does to a calm outward week, in log acts: logistic in time; `temporary` fades again."""
    t = np.arange(weeks) + 0.5
    curve = size / (1.0 + np.exp(-np.clip((t - onset - pace) / (0.4 * pace), -60, 60)))
    if kind == "temporary":
        curve *= np.exp(-np.maximum(t - onset - pace, 0.0) / (3.0 + 2.5 * pace))
    return -curve if kind == "worse" else curve


def long_record(weeks: int, seed: int, informants: tuple[str, ...] = ("partner",)) -> tuple[list[Cell], list[Any]]:
    """Cells of one household, and its path as (kind, onset, size, pace)."""
    rng = np.random.default_rng([seed, weeks])
    path = draw_path(weeks, rng)
    calm, hard, inward = (np.zeros(weeks) for _ in range(3))
    for change in path:
        curve = push(*change, weeks)
        calm += curve
        hard += 0.0 if change[0] == "surface" else rng.uniform(0.8, 1.1) * curve
        inward += 0.0 if change[0] == "surface" else rng.uniform(0.7, 1.1) * curve
    mood = 0.15 * np.sin(2 * np.pi * (np.arange(weeks) / 52.2 + rng.random()))
    for t in range(1, weeks):
        mood[t] += 0.6 * mood[t - 1] * 0.6 + rng.normal(0.0, 0.18)
    cells: list[Cell] = []
    for t in range(weeks):
        if rng.random() < 0.1:
            continue
        for informant in informants:
            cells += _week(t, informant, calm[t] + mood[t], hard[t] + mood[t], inward[t] + 0.6 * mood[t], rng)
    return cells, path


def _week(t: int, informant: str, calm: float, hard: float, inward: float, rng: np.random.Generator) -> list[Cell]:
    days = int(rng.binomial(6, HARD_SHARE))
    cells = []
    for strain, n, level in ((0.0, 6 - days, calm), (1.0, days, hard - 0.5)):
        if n:
            rate = n * 0.5 * np.exp(-level) * rng.gamma(5.0, 0.2)
            cells.append(Cell(t, "harm", float(rng.poisson(rate)), n / 7, informant, strain))
            seen = np.clip(rng.normal(4.5 + 1.5 * level, 1.2, n), 0, 10).round().mean()
            cells.append(Cell(t, "regard", float(seen), float(n), informant, strain))
    asked = int(rng.integers(1, 3))
    owned = float(rng.binomial(asked, 1 / (1 + np.exp(0.4 - inward))))
    cells.append(Cell(t, "owning", owned, float(asked), informant, None))
    cells.append(Cell(t, "equals", float(np.clip(rng.normal(4.5 + 1.3 * inward, 1.2), 0, 10).round()), 1.0, informant, None))
    return cells

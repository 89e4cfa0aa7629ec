"""Forty records for the judge's arithmetic: 28 households of the circle, 12 sparse ones.

They vary in length (12 to 104 weeks), channels (1 to 6), whether calm and hard days are told apart, and informants (1 or 2).
The sparse ones have few cells, rare counts, or one family of channels alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

import velveteen as vt
from velveteen.circle import RecordKeeping
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.channels import registry
from velveteen.measure.weekly import weekly_cells

WEEKS = (12, 16, 24, 32, 40, 52, 78, 104)
TRUTHS = ("same", "worse", "temporary", "surface", "conditional", "lasting")
CHANNELS = (
    ("harm", "regard"),
    ("harm", "promises", "owning"),
    ("harm", "regard", "promises", "owning"),
    ("harm", "regard", "promises", "owning", "equals"),
    ("harm", "regard", "promises", "owning", "empathy", "equals"),
)
SELDOM = RecordKeeping(days_written=0.4, inward_weeks=0.5)


@dataclass(frozen=True)
class Case:
    """One record: a name that says what is in it, cells, turning points."""

    name: str
    cells: list[Cell]
    points: list[TurningPoint]


def forty() -> list[Case]:
    """All of them, always the same."""
    return [_household(i) for i in range(28)] + _few_cells() + _rare_counts() + _one_family()


def _household(i: int) -> Case:
    truth, weeks, channels = TRUTHS[i % 6], WEEKS[(i * 3) % 8], CHANNELS[i % 5]
    split, informants = i % 3 != 0, 2 if i % 4 == 1 else 1
    cells, points = _cells(truth, weeks, 100 + i, channels)
    if informants == 2:
        cells += _second_informant(truth, weeks, 100 + i, channels, cells)
    days = "calm and hard" if split else "not split"
    name = f"{truth}, {weeks} weeks, {len(channels)} channels, {days}, {informants} informant(s)"
    return Case(name, cells if split else merged(cells), points)


def _cells(
    truth: str, weeks: int, seed: int, channels: tuple[str, ...]
) -> tuple[list[Cell], list[TurningPoint]]:
    cells, points, _ = weekly_cells(vt.simulate(truth, weeks, seed).entries())
    return [c for c in cells if c.channel in channels], points


def _second_informant(
    truth: str, weeks: int, seed: int, channels: tuple[str, ...], first: list[Cell]
) -> list[Cell]:
    """The same household as somebody else wrote it down, more seldom; within the first one's weeks."""
    cells, _, _ = weekly_cells(vt.simulate(truth, weeks, seed, record=SELDOM).entries())
    last = max(c.week for c in first)
    return [replace(c, informant="other") for c in cells if c.channel in channels and c.week <= last]


def merged(cells: list[Cell]) -> list[Cell]:
    """Calm and hard cells of a week as one, strain not told."""
    together: dict[tuple[int, str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        together[cell.week, cell.channel, cell.informant].append(cell)
    return [_one(group) for group in together.values()]


def _one(group: list[Cell]) -> Cell:
    of = sum(c.of for c in group)
    rated = registry()[group[0].channel].family == "rating"
    value = sum(c.value * c.of for c in group) / of if rated else sum(c.value for c in group)
    return replace(group[0], value=value, of=min(of, 1.0) if group[0].channel == "harm" else of, strain=None)


def _few_cells() -> list[Case]:
    """Fourteen to twenty cells over many weeks."""
    cases = []
    for i, (truth, weeks, kept) in enumerate(
        (("same", 14, 14), ("lasting", 40, 16), ("worse", 52, 20), ("temporary", 30, 18))
    ):
        cells, points = _cells(truth, weeks, 200 + i, CHANNELS[1])
        chosen = np.unique(np.linspace(0, len(cells) - 1, kept).round().astype(int))
        cases.append(
            Case(f"few cells: {truth}, {weeks} weeks, {kept} cells", [cells[j] for j in chosen], points)
        )
    return cases


def _rare_counts() -> list[Case]:
    """Harmful acts thinned to about one in five weeks, alone or beside ratings."""
    cases = []
    for i, (truth, weeks, channels) in enumerate(
        (("same", 24, 1), ("lasting", 52, 1), ("worse", 32, 2), ("lasting", 78, 2))
    ):
        cells, points = _cells(truth, weeks, 300 + i, CHANNELS[0][:channels])
        acts = sum(c.value for c in cells if c.channel == "harm")
        rng, share = np.random.default_rng(i), min(1.0, 0.2 * weeks / acts)
        thinned = [
            replace(c, value=float(rng.binomial(int(c.value), share))) if c.channel == "harm" else c
            for c in cells
        ]
        cases.append(Case(f"rare counts: {truth}, {weeks} weeks, {channels} channel(s)", thinned, points))
    return cases


def _one_family() -> list[Case]:
    """Counts, ratings or proportions alone."""
    rows = (
        ("lasting", 32, ("harm",)),
        ("surface", 52, ("regard", "equals")),
        ("lasting", 40, ("equals",)),
        ("temporary", 64, ("promises", "owning", "empathy")),
    )
    cases = []
    for i, (truth, weeks, channels) in enumerate(rows):
        cells, points = _cells(truth, weeks, 400 + i, channels)
        cases.append(Case(f"one family: {truth}, {weeks} weeks, {' '.join(channels)}", cells, points))
    return cases

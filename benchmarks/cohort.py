"""How many households a second a core judges, and what a cohort costs beyond its verdicts.

    python benchmarks/cohort.py [--households 60] [--weeks 52] [--processes 1]

Households of the circle over all six accounts, three channels (harm, regard, promises), calm and hard cells. First `judge`,
one household after another in one warm process; then the same households the way of `cohort judge`, from Parquet to Parquet.
Both in seconds of processor time, so that what else runs on the machine does not count, and by the wall clock. The last
line reads a part's households from a table of many, without judging them.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

import velveteen as vt
from velveteen.circle import ACCOUNTS
from velveteen.cohort.judged import Settings
from velveteen.cohort.part_run import AT_ONCE, BATCH, here, judge_part
from velveteen.cohort.parts import Part
from velveteen.cohort.source import Tables, find_tables, household_names, read_households
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.weekly import weekly_cells

THREE = ("harm", "regard", "promises")
MANY = 5_000


def household(place: int, weeks: int) -> tuple[list[Cell], list[TurningPoint]]:
    """Cells of the three channels, and turning points, of one simulated household."""
    cells, points, _ = weekly_cells(vt.simulate(ACCOUNTS[place % len(ACCOUNTS)], weeks, place).entries())
    return [c for c in cells if c.channel in THREE], points


def write_tables(
    folder: Path, households: list[tuple[list[Cell], list[TurningPoint]]], copies: int = 1
) -> Tables:
    """One table of cells and one of turning points; each household as often as asked for, under names of its own."""
    named = [(f"{copy}-{i}", *h) for copy in range(copies) for i, h in enumerate(households)]
    keys = ("week", "channel", "value", "of", "informant", "strain")
    cells = [(name, *(getattr(c, k) for k in keys)) for name, cells, _ in named for c in cells]
    points = [(name, p.week, p.kind, p.share) for name, _, points in named for p in points]
    kinds = [pl.String, pl.Int64, pl.String, pl.Float64, pl.Float64, pl.String, pl.Float64]
    schema = dict(zip(("household", *keys), kinds, strict=True))
    pl.DataFrame(cells, schema=schema, orient="row").write_parquet(folder / "cells.parquet")
    pl.DataFrame(points, schema=["household", "week", "kind", "share"], orient="row").write_parquet(
        folder / "turning_points.parquet"
    )
    return find_tables(folder)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of processor time of this process and its ended children, and of the wall clock."""

    def spent() -> float:
        both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(use.ru_utime + use.ru_stime for use in both)

    cpu, wall = spent(), time.perf_counter()
    work()
    return spent() - cpu, time.perf_counter() - wall


def read_a_part(tables: Tables) -> None:
    """Every household of one pass over the tables, as a part is read."""
    names = household_names(tables)
    list(read_households(tables, names[: AT_ONCE * BATCH]))


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--households", type=int, default=60)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--processes", type=int, default=1)
    args = parser.parse_args()
    households = [household(place, args.weeks) for place in range(args.households)]
    vt.judge(*households[0], sensitivity=False)
    with tempfile.TemporaryDirectory() as folder:
        tables = write_tables(Path(folder), households)
        ways = {
            "judge, one after another": lambda: [
                vt.judge(cells, points, sensitivity=False) for cells, points in households
            ],
            f"cohort judge, {args.processes} process(es)": lambda: judge_part(
                tables, Path(folder) / "out", Part(1, 1), Settings(), here(args.processes)
            ),
        }
        for name, work in ways.items():
            cpu, wall = timed(work)
            rate, wall_rate = args.households / cpu, args.households / wall
            print(f"{name}: {rate:.2f} households a second a core, {wall_rate:.2f} by the wall clock")
    with tempfile.TemporaryDirectory() as folder:
        copies = max(1, MANY // args.households)
        tables = write_tables(Path(folder), households, copies)
        cpu, wall = timed(lambda: read_a_part(tables))
        count = copies * args.households
        print(
            f"reading {min(AT_ONCE * BATCH, count)} of {count} households: {cpu:.2f} s of processor, {wall:.2f} s wall"
        )


if __name__ == "__main__":
    main()

"""How long one verdict takes: warm, from a cold process, and the very first time.

    python benchmarks/speed.py [--weeks 52]

Warm: median of several verdicts in one process. Cold: a new process whose kernels are cached. First: a new process with an
empty kernel cache. Also the time by record length, to see that cost grows linearly.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import velveteen as vt
from velveteen.judge.growth import odds_as_it_grew
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.table_out import cells_csv
from velveteen.measure.weekly import weekly_cells

FOUR = ("harm", "regard", "promises", "owning")


def household(weeks: int, channels: tuple[str, ...] = FOUR) -> tuple[list[Cell], list[TurningPoint]]:
    """Cells and turning points of one simulated household, reduced to the given channels."""
    cells, points, _ = weekly_cells(vt.simulate("lasting", weeks, 1).entries())
    return [c for c in cells if c.channel in channels], points


def warm(weeks: int, channels: tuple[str, ...], repeats: int = 7) -> tuple[float, float, float, int]:
    """Minimum, median and maximum seconds of a verdict, and its evaluations of the inner approximation."""
    cells, points = household(weeks, channels)
    verdict = vt.judge(cells, points, sensitivity=False)
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        vt.judge(cells, points, sensitivity=False)
        times.append(time.perf_counter() - started)
    return min(times), statistics.median(times), max(times), int(verdict.detail["evaluations"])


def whole(weeks: int, channels: tuple[str, ...], repeats: int = 5) -> tuple[float, float]:
    """How many plain verdicts a verdict with sensitivity costs, and one with odds-as-it-grew too; medians, side by side."""
    cells, points = household(weeks, channels)
    told, all_of_it = [], []
    for _ in range(repeats):
        started = time.perf_counter()
        vt.judge(cells, points, sensitivity=False)
        plain = time.perf_counter() - started
        started = time.perf_counter()
        verdict = vt.judge(cells, points)
        told.append((time.perf_counter() - started) / plain)
        odds_as_it_grew(cells, points, verdict=verdict)
        all_of_it.append((time.perf_counter() - started) / plain)
    return statistics.median(told), statistics.median(all_of_it)


def process(table: Path, **environment: str) -> float:
    """Seconds of a whole `velveteen judge` process."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "velveteen", "judge", str(table), "--json"]
    quiet = subprocess.DEVNULL
    subprocess.run(command, check=True, stdout=quiet, stderr=quiet, env={**os.environ, **environment})
    return time.perf_counter() - started


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weeks", type=int, default=52)
    args = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for weeks, channels in (
        (args.weeks, FOUR[:3]),
        (args.weeks, FOUR),
        (2 * args.weeks, FOUR),
        (4 * args.weeks, FOUR),
    ):
        low, middle, high, evaluations = warm(weeks, channels)
        print(
            f"warm, {weeks} weeks x {len(channels)} channels: {middle * 1e3:.0f} ms"
            f" (min {low * 1e3:.0f}, max {high * 1e3:.0f}), {evaluations} evaluations"
        )
        told, all_of_it = whole(weeks, channels)
        print(f"  with sensitivity {told:.1f} x that; with odds as it grew as well {all_of_it:.1f} x")
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "cells.csv"
        table.write_text(cells_csv(household(args.weeks)[0]), "utf-8")
        process(table)
        print(f"cold process, kernels cached: {statistics.median(process(table) for _ in range(5)):.2f} s")
        print(
            f"first process, kernels compiled: {process(table, NUMBA_CACHE_DIR=str(Path(folder) / 'kernels')):.2f} s"
        )
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()

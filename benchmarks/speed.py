"""How long one verdict takes: warm, from a cold process, and the very first time; and what a long record needs.

    python benchmarks/speed.py [--repeats 7] [--longest 1040]

Every record has calm and hard cells. Warm: median of several verdicts in one process, in processor and in wall time, with
the evaluations of the inner approximation. Cold: a new process whose kernels are cached. First: a new process with an empty
kernel cache. Memory: the peak of a new process that weighs the longest record alone. Other work on the machine lengthens
both times: compare two versions side by side, never two days.
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

SIX = ("harm", "regard", "promises", "owning", "empathy", "equals")
FOUR = SIX[:4]
YEAR = 52
LENGTHS = (104, 208, 520, 1040)


def household(weeks: int, channels: tuple[str, ...] = FOUR) -> tuple[list[Cell], list[TurningPoint]]:
    """Cells and turning points of one simulated household, reduced to the given channels."""
    cells, points, _ = weekly_cells(vt.simulate("lasting", weeks, 1).entries())
    return [c for c in cells if c.channel in channels], points


def warm(weeks: int, channels: tuple[str, ...], repeats: int) -> str:
    """Processor and wall time of a verdict, medians and least, and its evaluations of the inner approximation."""
    cells, points = household(weeks, channels)
    verdict = vt.judge(cells, points, sensitivity=False)
    busy, wall = [], []
    for _ in range(repeats):
        started, begun = time.perf_counter(), time.process_time()
        vt.judge(cells, points, sensitivity=False)
        busy.append(1e3 * (time.process_time() - begun))
        wall.append(1e3 * (time.perf_counter() - started))
    return (
        f"warm, {weeks} weeks x {len(channels)} channels x 2: processor {statistics.median(busy):.0f} ms"
        f" (least {min(busy):.0f}), wall {statistics.median(wall):.0f} ms (least {min(wall):.0f}),"
        f" {verdict.detail['evaluations']} evaluations"
    )


def peak(weeks: int) -> str:
    """Peak memory of this process, which weighs one record and does nothing else, and its processor time."""
    cells, points = household(weeks)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.process_time()
    vt.judge(cells, points, sensitivity=False)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"fresh process, {weeks} weeks x {len(FOUR)} channels x 2: {after:.0f} MB at its peak"
        f" ({before:.0f} MB before), processor {time.process_time() - started:.1f} s"
    )


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


def cold() -> None:
    """Print the time of whole processes, kernels cached and not."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "cells.csv"
        table.write_text(cells_csv(household(YEAR)[0]), "utf-8")
        process(table)
        print(f"cold process, kernels cached: {statistics.median(process(table) for _ in range(5)):.2f} s")
        first = process(table, NUMBA_CACHE_DIR=str(Path(folder) / "kernels"))
        print(f"first process, kernels compiled: {first:.2f} s")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeats", type=int, default=7, help="verdicts of each record that are timed")
    parser.add_argument("--longest", type=int, default=LENGTHS[-1], help="weeks of the longest record")
    parser.add_argument("--peak", type=int, metavar="WEEKS", help="only the memory that so many weeks need")
    args = parser.parse_args()
    if args.peak:
        print(peak(args.peak))
        return
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", flush=True)
    lengths = [(weeks, FOUR) for weeks in LENGTHS if weeks <= args.longest]
    for weeks, channels in ((YEAR, FOUR[:3]), (YEAR, SIX), *lengths):
        print(warm(weeks, channels, args.repeats), flush=True)
    told, all_of_it = whole(YEAR, FOUR[:3])
    print(
        f"with sensitivity {told:.1f} x a plain verdict; with odds as it grew as well {all_of_it:.1f} x",
        flush=True,
    )
    cold()
    subprocess.run([sys.executable, __file__, "--peak", str(args.longest)], check=True)


if __name__ == "__main__":
    main()

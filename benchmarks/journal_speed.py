"""How long a journal of thirty years takes.

    python benchmarks/journal_speed.py [--entries 100000] [--runs 7]

Seconds and megabytes, as one JSON object. What a fresh process does (unlock, read, weekly cells) is the median of so many
processes (`least`: of the one that others disturbed least), collecting as seldom as the program does; beside it, in the
same processes, the same rows read by `json.loads` alone, and the ratio of processor times to that. Bars: unlock .5 s,
weekly cells from an unlocked file 1 s, file 50 MB.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from velveteen.cli import SELDOM
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.sealed import SealedJournal
from velveteen.measure.weekly import weekly_cells

PASSPHRASE = "ohm vague penguin radio"
ROWS = "SELECT stored FROM entries WHERE salt != x'' ORDER BY seq"


def measure(count: int, folder: Path, runs: int) -> dict[str, float]:
    """Seconds for each thing that a person waits for, over a journal of `count` entries."""
    from thirty_years import record  # a fresh process does without

    path, seconds = folder / "notes", {}
    entries = record(count)
    with SealedJournal.create(path, PASSPHRASE) as journal:
        seconds["import all"] = _timed(lambda: journal.append(entries))
        seconds["import the same again"] = _timed(lambda: journal.append(entries))
        ones = [_timed(lambda: journal.append([_again(entries[0])], known="keep")) for _ in range(300)]
        seconds["append one"], seconds["append one, slowest of 300"] = statistics.median(ones), max(ones)
        seconds["verify all"] = _timed(journal.verify)
    found = [_process(path) for _ in range(runs)]
    medians = {name: statistics.median(one[name] for one in found) for name in found[0]}
    least = {f"{name}, least": min(one[name] for one in found) for name in ("unlock", "weekly cells")}
    return {**seconds, **medians, **least, "megabytes": path.stat().st_size / 1e6}


def _again(entry: Entry) -> Entry:
    return replace(entry, id=uuid7(), written=datetime.now())


def _process(path: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--fresh", str(path)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def fresh(path: Path) -> dict[str, float]:
    """What this process, which has done nothing else, takes from the passphrase to weekly cells."""
    gc.set_threshold(SELDOM)
    seconds: dict[str, float] = {}
    held: dict[str, Any] = {}

    def timed(name: str, work: Callable[[], Any]) -> None:
        processor = time.process_time()
        seconds[name] = _timed(lambda: held.update({name: work()}))
        seconds[f"{name}, processor"] = time.process_time() - processor

    timed("unlock", lambda: SealedJournal.open(path, PASSPHRASE))
    before = _memory()
    timed("read all", held["unlock"].entries)
    held_by = _memory() - before
    timed("cells of what was read", lambda: weekly_cells(held["read all"]))
    connection = held["unlock"]._connection  # noqa: SLF001
    timed("rows alone", lambda: [json.loads(stored) for (stored,) in connection.execute(ROWS)])
    for kind in ("", ", processor"):
        seconds[f"weekly cells{kind}"] = seconds[f"read all{kind}"] + seconds[f"cells of what was read{kind}"]
    alone = seconds["rows alone, processor"]
    return {
        **seconds,
        "weekly cells over rows alone": seconds["weekly cells, processor"] / alone,
        "entries in memory, megabytes": held_by,
    }


def _memory() -> float:
    """Megabytes that this process holds now (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def _timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Measure in a temporary folder and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--fresh", type=Path, metavar="JOURNAL", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fresh:
        figures = fresh(options.fresh)
    else:
        with tempfile.TemporaryDirectory() as folder:
            figures = measure(options.entries, Path(folder), options.runs)
    print(json.dumps({name: round(value, 5) for name, value in figures.items()}, indent=1))


if __name__ == "__main__":
    main()

"""How long a journal of thirty years takes: `python benchmarks/journal_speed.py --entries 100000`.

Prints seconds (median of repeats where there are several) and megabytes as one JSON object. Bars: unlock 0.5 s, file 50 MB.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.sealed import SealedJournal

PASSPHRASE = "ohm vague penguin radio"
START = datetime(1996, 1, 1)


def measure(count: int, folder: Path) -> dict[str, float]:
    """Seconds for each thing that a person waits for, over a journal of `count` entries."""
    path, seconds = folder / "notes", {}
    entries = [_entry(n) for n in range(count)]
    with SealedJournal.create(path, PASSPHRASE) as journal:
        seconds["import all"] = _timed(lambda: journal.append(entries))
        seconds["import the same again"] = _timed(lambda: journal.append(entries))
        ones = [_timed(lambda n=n: journal.append([_entry(n)], known="keep")) for n in range(300)]
        seconds["append one"], seconds["append one, slowest of 300"] = statistics.median(ones), max(ones)
        seconds["read all"] = _timed(journal.entries)
        seconds["verify all"] = _timed(journal.verify)
    seconds["unlock"] = statistics.median(
        _timed(lambda: SealedJournal.open(path, PASSPHRASE).close()) for _ in range(9)
    )
    return {**seconds, "megabytes": path.stat().st_size / 1e6}


def _entry(number: int) -> Entry:
    at = START + timedelta(days=number // 9)
    payload = {"contact": True, "day": "calm", "treated": number % 11}
    return Entry(uuid7(), "day", at, at, payload, "M", "supper together, nothing much")


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
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(options.entries, Path(folder))
    print(json.dumps({name: round(value, 5) for name, value in figures.items()}, indent=1))


if __name__ == "__main__":
    main()

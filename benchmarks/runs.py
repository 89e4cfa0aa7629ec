"""Long runs that can be stopped and taken up again: one JSON line a finished job, in a file of its own a setting."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def finished(path: Path) -> list[Row]:
    """The rows of a file; a last line that was cut off while it was written is taken out of the file."""
    if not path.exists():
        return []
    text = path.read_text("utf-8")
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        path.write_text(whole, "utf-8")
    return [json.loads(line) for line in whole.splitlines()]


def take_up(path: Path, jobs: Sequence[Any], work: Callable[[Any], Row], processes: int) -> list[Row]:
    """Do the jobs that the file does not hold, write each as it ends, and return the rows of `jobs` in their order.

    Args:
        path: a JSON-lines file; each row has the key "job" as `json` gives it back.
        jobs: plain tuples; work: a module-level function of one of them.
        processes: 1 works in this process.
    """
    done = {_name(row["job"]): row for row in finished(path)}
    left = [job for job in jobs if _name(job) not in done]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        for count, row in enumerate(_worked(left, work, processes), 1):
            done[_name(row["job"])] = row
            file.write(json.dumps(row) + "\n")
            file.flush()
            print(f"\r{path.stem} {len(jobs) - len(left) + count}/{len(jobs)}", end="", file=sys.stderr)
    if left:
        print(file=sys.stderr)
    return [done[_name(job)] for job in jobs]


def _worked(jobs: Sequence[Any], work: Callable[[Any], Row], processes: int) -> Any:
    if processes <= 1 or len(jobs) < 2:
        yield from map(work, jobs)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(work, jobs)


def _name(job: Any) -> str:
    return json.dumps(job)

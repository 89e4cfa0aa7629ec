"""Judge one part of a cohort: batch by batch into drafts, then into one file; what is done is never done again."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl

from velveteen import __version__
from velveteen.cohort.households import Household
from velveteen.cohort.judged import Settings
from velveteen.cohort.parts import Part
from velveteen.cohort.pool import spread
from velveteen.cohort.result_table import SCHEMA, write_frame, write_rows
from velveteen.cohort.rows import lost_row, row_of
from velveteen.cohort.source import Tables, household_names, read_households
from velveteen.judge.progress import Progress
from velveteen.problems import BadInput

BATCH = 100  # households a draft, and a task on a cluster
AT_ONCE = 10  # batches read in one pass over the tables

Batch = tuple[int, list[Household]]
Rows = tuple[int, list[dict[str, Any]]]
Step = Callable[[int], None]
Runner = Callable[[Settings, Iterator[Batch], Step], Iterator[Rows]]


@dataclass(frozen=True, slots=True)
class PartDone:
    """What became of a part.

    Attributes:
        file: the Parquet file that holds its rows.
        households, judged: how many it holds, and how many of them have a verdict.
        failed: reason code -> how many have none for that reason.
        found: how many were there from an earlier run.
        skipped: whether the whole part was there already, so that nothing was done.
    """

    file: Path
    households: int
    judged: int
    failed: dict[str, int]
    found: int
    skipped: bool = False


def judge_part(
    tables: Tables,
    out: Path,
    part: Part,
    settings: Settings,
    run: Runner | None = None,
    progress: Progress | None = None,
) -> PartDone:
    """Judge the households of one part, and write one row for each into `out`.

    Batches are written as they are done; a run that was stopped goes on from there, if tables, settings and version are
    still the same. A part that is there is left as it is.

    Args:
        tables: the cohort.
        out: folder; made where it is missing.
        part: which households.
        settings: for all of them.
        run: judges batches; over all cores of this machine where None.
        progress: called as (what, households done, households in all).

    Raises:
        BadInput: a table cannot be read, or `out` holds this part made from other tables, settings or another version.
        OSError: nothing can be written; the batches done before stay.
    """
    target, mark = out / part.file, _mark(tables, settings)
    if target.exists():
        return _finished(target, mark)
    names = [name for name in household_names(tables) if part.holds(name)]
    drafts = out / f".{target.stem}-{mark}"
    drafts.mkdir(parents=True, exist_ok=True)
    batches = [names[start : start + BATCH] for start in range(0, len(names), BATCH)]
    missing = [k for k in range(len(batches)) if not _draft(drafts, k).exists()]
    found = len(names) - sum(len(batches[k]) for k in missing)
    step = _stepper(progress, found, len(names))
    for k, rows in (run or here(None))(settings, _read(tables, batches, missing), step):
        write_rows(_draft(drafts, k), rows)
    frame = pl.concat(
        [pl.DataFrame(schema=SCHEMA), *(pl.read_parquet(_draft(drafts, k)) for k in range(len(batches)))]
    )
    write_frame(
        target, frame, {"velveteen": mark, "velveteen_version": __version__, "velveteen_part": target.stem}
    )
    shutil.rmtree(drafts)
    return _done(target, frame, found)


def here(processes: int | None) -> Runner:
    """Judge batches over the cores of this machine."""

    def run(settings: Settings, batches: Iterator[Batch], step: Step) -> Iterator[Rows]:
        sizes: deque[tuple[int, int]] = deque()

        def households() -> Iterator[Household]:
            for k, batch in batches:
                sizes.append((k, len(batch)))
                yield from batch

        rows = _counted(spread(partial(row_of, settings), households(), lost_row, processes), step)
        for first in rows:
            k, size = sizes.popleft()
            yield k, [first, *islice(rows, size - 1)]

    return run


def _counted(rows: Iterator[dict[str, Any]], step: Step) -> Iterator[dict[str, Any]]:
    for row in rows:
        step(1)
        yield row


def _stepper(progress: Progress | None, found: int, total: int) -> Step:
    done = found

    def step(count: int) -> None:
        nonlocal done
        done += count
        if progress:
            progress("households", done, total)

    step(0)
    return step


def _read(tables: Tables, batches: Sequence[Sequence[str]], missing: Sequence[int]) -> Iterator[Batch]:
    for start in range(0, len(missing), AT_ONCE):
        wanted = missing[start : start + AT_ONCE]
        households = read_households(tables, [name for k in wanted for name in batches[k]])
        for k in wanted:
            yield k, list(islice(households, len(batches[k])))


def _draft(drafts: Path, batch: int) -> Path:
    return drafts / f"{batch:06}.parquet"


def _mark(tables: Tables, settings: Settings) -> str:
    """What a part was made from, in 16 letters: every byte of the tables, the settings and the version."""
    digest = hashlib.blake2b(digest_size=8)
    for path in tables.files:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "blake2b").digest())
    said = {**asdict(settings), "version": __version__, "files": len(tables.files)}
    digest.update(json.dumps(said, sort_keys=True).encode())
    return digest.hexdigest()


def _finished(target: Path, mark: str) -> PartDone:
    try:
        same = pl.read_parquet_metadata(target).get("velveteen") == mark
    except pl.exceptions.PolarsError:
        same = False
    if not same:
        message = (
            f"{target} was made from other tables, other settings or another version, so it was left as it is. "
            "Please choose another folder with --out, or remove the file."
        )
        raise BadInput("part_in_use", message)
    frame = pl.read_parquet(target)
    return _done(target, frame, len(frame), skipped=True)


def _done(target: Path, frame: pl.DataFrame, found: int, *, skipped: bool = False) -> PartDone:
    failed = Counter(frame.filter(pl.col("status") == "failed")["code"].to_list())
    judged = len(frame) - failed.total()
    return PartDone(target, len(frame), judged, dict(sorted(failed.items())), found, skipped)

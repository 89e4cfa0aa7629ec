"""`judge_many`: the judge over a cohort."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sized
from functools import partial
from pathlib import Path
from typing import Any

from velveteen.cohort.households import as_households
from velveteen.cohort.judged import Judged, Settings, died, judge_one
from velveteen.cohort.pool import spread
from velveteen.judge.enough import MIN_CELLS
from velveteen.judge.hyperprior import HyperPrior, load_hyperprior
from velveteen.judge.progress import Progress
from velveteen.measure.channels import load_channels


def judge_many(
    households: Mapping[Any, Any] | Iterable[Any],
    channels: Any = None,
    therapy: str = "none",
    min_cells: int = MIN_CELLS,
    progress: Progress | None = None,
    hyperprior: str | Path | HyperPrior | None = None,
    processes: int | None = None,
) -> Iterator[Judged]:
    """Judge many households, on every core, in the order given.

    Nothing is read ahead but what the processes need, so a cohort may be larger than memory; `list(...)` gives all at once.
    A household that cannot be judged is a result with its reason. Verdicts are those of `judge(..., sensitivity=False)`. In
    a script, the call stands below `if __name__ == "__main__":`, because the processes start by importing the script.

    Args:
        households: an iterable of (name, cells) or (name, cells, turning_points), or a mapping of names to cells or to
            pairs (cells, turning_points); cells and turning points as `judge` takes them.
        channels, therapy, min_cells, hyperprior: as in `judge`, the same for every household.
        progress: called as (name, done, total) after each household; total is 0 where the iterable has no length.
        processes: how many; all cores where None; 1 works in this process.

    Returns:
        An iterator of `Judged`: household, verdict or None, and code and reason where there is no verdict.

    Raises:
        BadInput: an option is wrong, an item is no household, or the processes do not start.
    """
    # Importing the judge here has compiled and cached its kernels, so the processes find them ready.
    settings = Settings(load_channels(channels), therapy, min_cells, load_hyperprior(hyperprior))
    total = len(households) if isinstance(households, Sized) else 0
    found = spread(partial(judge_one, settings), as_households(households), died, processes)
    return found if progress is None else _told(found, progress, total)


def _told(found: Iterator[Judged], progress: Progress, total: int) -> Iterator[Judged]:
    for done, judged in enumerate(found, start=1):
        progress(judged.household, done, total)
        yield judged

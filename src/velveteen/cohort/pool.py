"""Work spread over processes: in order, lazily, and without losing the rest when a process dies."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import Generic, TypeVar

from velveteen.problems import BadInput

T = TypeVar("T")
R = TypeVar("R")
CHUNK = 4  # items a task: enough to hide what sending costs, few enough that the last cores do not idle
AHEAD = 3  # tasks in flight for each process: what memory holds, whatever the length of the cohort


def cores() -> int:
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS or Windows
        return os.cpu_count() or 1


def spread(
    work: Callable[[T], R], items: Iterable[T], lost: Callable[[T], R], processes: int | None = None
) -> Iterator[R]:
    """`map(work, items)` over processes, in order; only a few tasks ahead of what was taken.

    Args:
        work: sent to the processes, so a module's own function or a `partial` of one; it must not raise.
        items: what it is called with, taken as needed.
        lost: called here for an item whose process died of it, or that could not be sent.
        processes: how many; all cores where None; 1 works in this process.

    Raises:
        BadInput: the processes do not start.
    """
    number = cores() if processes is None else processes
    if number < 1:
        raise BadInput("processes", f"The number of processes must be 1 or more; it is {number}.")
    return map(work, items) if number == 1 else _spread(work, items, lost, number)


def _spread(
    work: Callable[[T], R], items: Iterable[T], lost: Callable[[T], R], processes: int
) -> Iterator[R]:
    source = iter(items)
    waiting: deque[tuple[list[T], Future[list[R]]]] = deque()
    with _Workers(work, processes) as workers:
        workers.check()
        while chunk := list(islice(source, CHUNK)):
            waiting.append((chunk, workers.submit(chunk)))
            if len(waiting) >= AHEAD * processes:
                yield from _finished(work, lost, *waiting.popleft())
        while waiting:
            yield from _finished(work, lost, *waiting.popleft())


def _finished(
    work: Callable[[T], R], lost: Callable[[T], R], chunk: list[T], future: Future[list[R]]
) -> Iterable[R]:
    try:
        return future.result()
    except Exception:  # noqa: BLE001  (a process died, or an item could not be sent: find out which item it was)
        return _one_by_one(work, lost, chunk)


def _one_by_one(work: Callable[[T], R], lost: Callable[[T], R], chunk: list[T]) -> Iterator[R]:
    """Each item in a process where nothing else runs, so that nobody pays for another's death."""
    with _Workers(work, 1) as alone:
        for item in chunk:
            try:
                yield alone.submit([item]).result()[0]
            except Exception:  # noqa: BLE001
                yield lost(item)


class _Workers(Generic[T, R]):
    """A process pool that is begun anew where one of its processes died."""

    def __init__(self, work: Callable[[T], R], processes: int) -> None:
        self._work = work
        self._processes = processes
        self._pool = self._begin()

    def _begin(self) -> ProcessPoolExecutor:
        # A fork would copy locks that a table library's threads hold.
        return ProcessPoolExecutor(self._processes, get_context("spawn"), initializer=_quiet)

    def check(self) -> None:
        """Raise BadInput where no process can be started."""
        try:
            self._pool.submit(_ready).result()
        except BrokenProcessPool as error:
            message = (
                "The processes for the cohort did not start. In a script, put the call below "
                'if __name__ == "__main__", or use processes=1. Nothing was lost.'
            )
            raise BadInput("processes_did_not_start", message) from error

    def submit(self, chunk: list[T]) -> Future[list[R]]:
        """Send one task."""
        try:
            return self._pool.submit(_each, self._work, chunk)
        except BrokenProcessPool:
            self._pool.shutdown()
            self._pool = self._begin()
            return self._pool.submit(_each, self._work, chunk)

    def __enter__(self) -> _Workers[T, R]:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)


def _each(work: Callable[[T], R], chunk: list[T]) -> list[R]:
    return [work(item) for item in chunk]


def _quiet() -> None:
    """Leave Ctrl-C to the process that asked for the work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _ready() -> None:
    """Answer: this process has started."""

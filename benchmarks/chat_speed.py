"""How long chats take and how much memory: parsed, in weekly cells, and in a written report.

Each measurement is a process of its own, and one round of all of them follows another, so that a busy machine troubles all
alike. Seconds are the processor's; those inside a process leave out what it takes to import. Peak memory is the whole
process's, imports included.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from invented_chats import FORMS, ME, THEM

Measured = dict[str, float]


def parsed(path: Path) -> Measured:
    """From the file to a list of messages."""
    from velveteen.messages import read_export

    return _timed(lambda: len(read_export(path).messages))


def in_cells(path: Path) -> Measured:
    """From the file through the codes to weekly cells, one message at a time; the count is that of the channels."""
    from velveteen.measure.weekly import weekly_cells
    from velveteen.messages import open_export
    from velveteen.messages.codes import coded_entries

    return _timed(lambda: len(weekly_cells(coded_entries(open_export(path), THEM, ME))))


def _timed(work: Callable[[], int]) -> Measured:
    start = time.process_time()
    count = work()
    return _used(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF), count)


def _used(seconds: float, usage: resource.struct_rusage, count: int) -> Measured:
    return {"seconds": seconds, "megabytes": usage.ru_maxrss / 1024, "count": count}


def peer(command: Sequence[str], path: Path) -> Measured:
    """A peer's own measurement of one file."""
    done = subprocess.run([*command, "--time", str(path)], capture_output=True, text=True, check=True)
    found: Measured = json.loads(done.stdout)
    return found


def typed(folder: Path, *arguments: str) -> Measured:
    """One `velveteen` command as a person types it, start included; the count is its exit code."""
    sealed = ["--journal", str(folder / "journal.vv"), "--passphrase-file", str(folder / "passphrase.txt")]
    command = [sys.executable, "-m", "velveteen", *arguments, *sealed]
    with (folder / "said.txt").open("w") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments}: {(folder / 'said.txt').read_text()}")
    return _used(usage.ru_utime + usage.ru_stime, usage, process.returncode)


def apart(work: Callable[[Path], Measured], path: Path) -> Measured:
    """A measurement in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, path).result()


def rounds(works: Mapping[str, Callable[[Path], Measured]], path: Path, times: int) -> dict[str, Measured]:
    """Medians over so many rounds, and `ratio`, the median over the rounds of a work's seconds to the first one's."""
    found: dict[str, list[Measured]] = {name: [] for name in works}
    for _ in range(times):
        for name, work in works.items():
            found[name].append(work(path))
    first = next(iter(found.values()))
    return {name: _medians(rows, first) for name, rows in found.items()}


def _medians(rows: list[Measured], first: list[Measured]) -> Measured:
    median = {key: statistics.median(row[key] for row in rows) for key in rows[0]}
    ratio = statistics.median(a["seconds"] / b["seconds"] for a, b in zip(rows, first, strict=True))
    return median | {"fastest": min(row["seconds"] for row in rows), "ratio": ratio}


def speed(
    messages: int, times: int, commands: Mapping[str, list[str]]
) -> Iterator[tuple[str, dict[str, Measured]]]:
    """WhatsApp of both phones: (form, work -> medians); ours first, then the peers."""
    works = {"velveteen, parsed": partial(apart, parsed)}
    works |= {f"{name}, parsed": partial(peer, command) for name, command in commands.items()}
    works["velveteen, coded, in cells"] = partial(apart, in_cells)
    with tempfile.TemporaryDirectory() as folder:
        for form in ("whatsapp android", "whatsapp ios"):
            yield form, rounds(works, _written(form, Path(folder), messages), times)


def million(messages: int) -> Measured:
    """One export of WhatsApp to cells."""
    with tempfile.TemporaryDirectory() as folder:
        return apart(in_cells, _written("whatsapp android", Path(folder), messages))


def three(messages: int, forms: Sequence[str]) -> Iterator[tuple[str, Measured]]:
    """Exports of several apps, each to cells and into one sealed journal; then a report from it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "passphrase.txt").write_text("seven quiet herons cross a field\n")
        yield "new journal", typed(folder, "new", "--country", "GB")
        for form in forms:
            path = _written(form, folder, messages)
            yield f"{form}, in cells", apart(in_cells, path)
            yield f"{form}, imported", typed(folder, "import", str(path), "--them", THEM, "--me", ME)
        yield "danger signs", typed(folder, "danger", "--none")
        yield "report", typed(folder, "report", "--with-odds", "--out", str(folder / "paper.html"))


def _written(form: str, folder: Path, messages: int) -> Path:
    name, write = FORMS[form]
    path = folder / name
    write(path, messages)
    return path

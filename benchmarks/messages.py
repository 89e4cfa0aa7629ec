"""Chats, measured: `python benchmarks/messages.py speed`.

`speed`: an invented WhatsApp export of so many messages is parsed to a list, counted to journal entries, and put in weekly
cells; each size in a process of its own. Seconds of the processor (the fastest of three up to 200,000 messages, else one
run) and the whole process's peak memory in megabytes. Bars: 100,000 messages parsed in 0.5 s and in cells in 10 s;
1,000,000 in cells within 400 MB.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

WORDS = """the a you I and to of in it is that was for on are with as they be at one have this from or had by but some what
there we can out other were all your when up use how said an each she which do time if will way about many then them would
like so her long make see him two look more day could come did my no most who over know call first"""
START = datetime(2013, 1, 3, 9, 15)
REPEATED = 200_000


def write_chat(path: Path, messages: int, seed: int = 1) -> None:
    """An invented export of two people, a message every twelve minutes on average; some of two lines, some media."""
    chance, at, words = random.Random(seed), START, WORDS.split()
    with path.open("w", encoding="utf-8") as file:
        for _ in range(messages):
            text = " ".join(chance.choices(words, k=chance.randint(1, 16)))
            odd = chance.random()
            if odd < 0.03:
                text = f"thanks Ruth, {text}"
            elif odd < 0.05:
                text += "\nand another line: so"
            elif odd < 0.07:
                text = "<Media omitted>"
            elif odd < 0.17:
                text += chance.choice("?🙂")
            file.write(f"{at:%d/%m/%Y, %H:%M} - {chance.choice(('Sam', 'Ruth'))}: {text}\n")
            at += timedelta(seconds=chance.choice((5, 20, 40, 60, 120, 300, 900, 4300)))


def speed(messages: int) -> dict[str, float]:
    """Seconds and megabytes of one size, in the process that asks."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chat.txt"
        write_chat(path, messages)
        return _speed(path, messages)


def _speed(path: Path, messages: int) -> dict[str, float]:
    from velveteen.measure.weekly import weekly_cells
    from velveteen.messages import open_export, read_export
    from velveteen.messages.codes import coded_entries

    found: dict[str, float] = {"messages": messages, "file, MB": round(path.stat().st_size / 1e6, 1)}
    times = 3 if messages <= REPEATED else 1
    found["to cells, s"] = _fastest(
        lambda: weekly_cells(coded_entries(open_export(path), "Sam", "Ruth")), times
    )
    found["peak memory, MB"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    found["to entries, s"] = _fastest(lambda: coded_entries(open_export(path), "Sam", "Ruth"), times)
    if messages <= REPEATED:  # only what is held in memory as a list
        found["parsed, s"] = _fastest(lambda: read_export(path), times)
    return found


def _fastest(work: Callable[[], Any], times: int) -> float:
    def once() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return round(min(once() for _ in range(times)), 3)


def main() -> None:
    """Measure what is asked, and print one JSON object a size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    of_speed = commands.add_parser("speed", help="time and memory")
    of_speed.add_argument("--messages", type=int, nargs="+", default=[100_000, 1_000_000])
    options = parser.parse_args()
    for size in options.messages:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            print(json.dumps(pool.submit(speed, size).result()))


if __name__ == "__main__":
    main()

"""Kill a writer at random moments and count what was lost: `python benchmarks/journal_kill.py --trials 1000`.

Each trial starts a process that writes to a journal and names each entry after it was acknowledged; kills it with SIGKILL
after a random time; opens the journal and looks for every entry acknowledged so far, in this trial and those before. Every
25 trials a new journal begins, and the first kill of each falls while it is being made. The key is derived at its lowest
cost, so that the kills fall into the writing. The bar: 0 acknowledged entries lost, 0 files that do not open.
SIGKILL takes the process, not the computer: what a power cut does is not tried here.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

PASSPHRASE = "ohm vague penguin radio"
TRIALS_A_JOURNAL = 25


@dataclass
class Tally:
    """What was seen over the trials; `lost`, `unopened` and `misfits` are to be 0."""

    trials: int = 0
    acknowledged: int = 0
    killed_while_making: int = 0
    lost: int = 0
    unopened: int = 0
    misfits: int = 0
    reasons: list[str] = field(default_factory=list)


def run(trials: int, seed: int, folder: Path) -> Tally:
    """Kill `trials` writers, and look after each."""
    rng = random.Random(seed)
    tally, names, path = Tally(), set(), folder / "none"
    for trial in range(trials):
        first = trial % TRIALS_A_JOURNAL == 0
        if first:
            path, names = folder / f"notes-{trial}", set()
        told = _kill_one(path, rng, rng.uniform(0, 0.04) if first else rng.expovariate(1 / 0.06))
        names |= told
        tally.trials += 1
        tally.acknowledged += len(told)
        _look(path, names, tally)
    return tally


def _kill_one(path: Path, rng: random.Random, seconds: float) -> set[str]:
    """The entries that a writer acknowledged before it was killed, so many seconds after its start."""
    command = [sys.executable, __file__, "--write", str(path), "--seed", str(rng.randrange(1 << 30))]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()  # it has started; what follows falls into the writing
        time.sleep(seconds)
        writer.kill()
        rest, _ = writer.communicate()
    lines = rest.decode("ascii").split("\n")[:-1]  # an unfinished last line was not told
    return {name for line in lines for name in line.split()}


def _look(path: Path, names: set[str], tally: Tally) -> None:
    from velveteen.journal.sealed import SealedJournal
    from velveteen.problems import VelveteenError

    if not path.exists():
        tally.killed_while_making += 1
        tally.lost += len(names)
        path.with_name(path.name + ".key").unlink(missing_ok=True)
        return
    try:
        with SealedJournal.open(path, PASSPHRASE) as journal:
            missing = names - {entry.id for entry in journal.entries()}
            tally.lost += len(missing)
            tally.misfits += journal.verify() is not None
    except VelveteenError as error:
        tally.unopened += 1
        tally.reasons.append(error.message)


def _write(path: Path, seed: int) -> None:
    """Write until killed: single entries and batches, small and large, closing and opening now and then."""
    from cheap_key import lowest_cost

    from velveteen.journal.sealed import SealedJournal

    lowest_cost()
    rng = random.Random(seed)
    print("started", flush=True)
    journal = (
        SealedJournal.open(path, PASSPHRASE) if path.exists() else SealedJournal.create(path, PASSPHRASE)
    )
    while True:
        batch = [_entry(rng) for _ in range(rng.choice((1, 1, 1, 5, 60)))]
        journal.append(batch, known="keep")
        print(*(entry.id for entry in batch), flush=True)
        if rng.random() < 0.05:
            journal.close()
            journal = SealedJournal.open(path, PASSPHRASE)


def _entry(rng: random.Random) -> Any:
    from velveteen.journal.entries import Entry, uuid7

    words = "w" * rng.choice((0, 40, 400, 9000))
    return Entry(uuid7(), "act", datetime(2026, 1, 1), datetime(2026, 1, 1), {"act": "lied"}, facts=words)


def _main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--trials", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        _write(options.write, options.seed)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        tally = run(options.trials, options.seed, Path(folder))
        print(json.dumps({**vars(tally), "seconds": round(time.perf_counter() - start, 1)}, indent=1))
    return int(bool(tally.lost or tally.unopened or tally.misfits))


if __name__ == "__main__":
    sys.exit(_main())

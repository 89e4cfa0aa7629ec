"""Kill a change of passphrase at random moments: `python benchmarks/rekey_kill.py --trials 300`.

Each trial starts a process that changes a journal's passphrase, kills it with SIGKILL after a random time, and opens the
journal with the old passphrase and with the new one. Exactly one of them must open it, with every entry and a chain that
fits; the journal then goes into the next trial as it is. The key is derived at its lowest cost, and the journal holds
some megabytes, so that the kills fall between and into the steps. The bar: 0 journals that neither opens, 0 entries lost.
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

ENTRIES = 1500


@dataclass
class Tally:
    """What was seen; `neither`, `both`, `lost` and `misfits` are to be 0."""

    trials: int = 0
    old: int = 0
    new: int = 0
    finished_on_opening: int = 0
    neither: int = 0
    both: int = 0
    lost: int = 0
    misfits: int = 0
    reasons: list[str] = field(default_factory=list)


def run(trials: int, seed: int, folder: Path) -> Tally:
    """Kill `trials` changes of passphrase of one journal, and look after each."""
    from cheap_key import lowest_cost

    from velveteen.journal.sealed import SealedJournal

    lowest_cost()
    rng, tally, path = random.Random(seed), Tally(), folder / "notes"
    ids = [f"entry {n}" for n in range(ENTRIES)]
    with SealedJournal.create(path, "passphrase 0") as journal:
        journal.append([_entry(name) for name in ids])
    now, longest = "passphrase whole", _seconds(path)
    for trial in range(trials):
        later = f"passphrase {trial + 1}"
        _kill_one(path, now, later, rng.uniform(0, longest))
        tally.trials += 1
        now = _look(path, now, later, ids, tally)
    return tally


def _seconds(path: Path) -> float:
    """How long one whole change takes here, with a third more."""
    with _changing(path, "passphrase 0", "passphrase whole") as change:
        assert change.stdout is not None
        change.stdout.readline()
        start = time.perf_counter()
        assert change.wait() == 0
    return (time.perf_counter() - start) * 4 / 3


def _kill_one(path: Path, old: str, new: str, seconds: float) -> None:
    with _changing(path, old, new) as change:
        assert change.stdout is not None
        change.stdout.readline()
        time.sleep(seconds)
        change.kill()
        change.wait()


def _changing(path: Path, old: str, new: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, __file__, "--change", str(path), old, new]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def _look(path: Path, old: str, new: str, ids: list[str], tally: Tally) -> str:
    """Try both passphrases; the one that is in force."""
    own = path.with_name("notes.key").read_bytes()
    opening = [passphrase for passphrase in (old, new) if _opens(path, passphrase, ids, tally)]
    tally.finished_on_opening += own != path.with_name("notes.key").read_bytes()
    tally.old += opening == [old]
    tally.new += opening == [new]
    tally.both += len(opening) == 2
    tally.neither += not opening
    return opening[-1] if opening else old


def _opens(path: Path, passphrase: str, ids: list[str], tally: Tally) -> bool:
    from velveteen.journal.sealed import SealedJournal
    from velveteen.problems import VelveteenError

    try:
        with SealedJournal.open(path, passphrase) as journal:
            tally.lost += len(set(ids) - {entry.id for entry in journal.entries()})
            tally.misfits += journal.verify() is not None
    except VelveteenError as error:
        if error.code not in {"wrong_passphrase", "passphrase_changed"}:
            tally.reasons.append(error.message)
        return False
    return True


def _change(path: Path, old: str, new: str) -> None:
    from cheap_key import lowest_cost

    from velveteen.journal.rekey import change_passphrase

    lowest_cost()
    print("started", flush=True)
    change_passphrase(path, old, new)


def _entry(name: str) -> Any:
    from velveteen.journal.entries import Entry

    return Entry(name, "act", datetime(2026, 1, 1), datetime(2026, 1, 1), {"act": "lied"}, facts="w" * 2000)


def _main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--trials", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--change", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.change:
        _change(Path(options.change[0]), *options.change[1:])
        return 0
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        tally = run(options.trials, options.seed, Path(folder))
        print(json.dumps({**vars(tally), "seconds": round(time.perf_counter() - start, 1)}, indent=1))
    return int(bool(tally.neither or tally.both or tally.lost or tally.misfits or tally.reasons))


if __name__ == "__main__":
    sys.exit(_main())

"""How long each page takes at the server, and how large it is, for a journal of ten years, or of thirty written in full.

    python benchmarks/pages.py [--years 10 | --entries 100000] [--repeats 9] [--out FILE.json]

One simulated household of the circle, or the record of `thirty_years.py`, in a sealed journal at full cost; every page of
both sides that can be asked for, in this process, without a network. `added` is the median of three views, each right after
an entry was added (that alone is `an addition`); `median` and `slowest` are of the repeats after those, when nothing was.
The first line of a side is the unlocking and the first page after it, which reads the file. Bars: 100 ms, a day's page 50 ms
(medians), 300 kB.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import statistics
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
from thirty_years import record

import velveteen as vt
from velveteen.app.desk import Desk
from velveteen.app.keys import COOKIE, Keys
from velveteen.app.pages import application
from velveteen.app.sheet import sheets
from velveteen.app.shell import PATHS, path
from velveteen.cli import SELDOM
from velveteen.guide.danger import answers
from velveteen.guide.pages import pages
from velveteen.journal.entries import Entry, uuid7

PORT = 8000
PASSPHRASE = "seven quiet herons cross a field"
ADDITIONS = 3
NOT_PAGES = frozenset(["leave", "keep", "lock", "alive", "begin", "confirm", "sheet", "sentence", "free"])


def addresses(side: str) -> dict[str, str]:
    """Name -> address of every page of a side."""
    found = {name: path(name) for name in PATHS if name not in NOT_PAGES}
    found |= {f"sheet {s.id}": path("sheet", s.id) for s in sheets().values() if side in s.sides}
    found |= {
        f"read {p.id}": path("read", p.id) for p in pages("changer" if side == "changer" else "partner")
    }
    return found


async def asked(app: Any, keys: Keys, address: str) -> tuple[float, int, int]:
    """Milliseconds, bytes and status of one request."""
    transport = httpx2.ASGITransport(app)
    origin = f"http://127.0.0.1:{PORT}"
    async with httpx2.AsyncClient(
        transport=transport, base_url=origin, cookies={COOKIE: keys.cookie}
    ) as client:
        started = time.perf_counter()
        answer = await client.get(address)
        return 1e3 * (time.perf_counter() - started), len(answer.content), answer.status_code


def of_the_record(desk: Desk) -> dict[str, str]:
    """Pages about a day, a month, a ledger and one entry of long ago."""
    early = desk.standing[len(desk.standing) // 50]
    promise = next(e for e in desk.standing if e.kind == "promise" and e.corrects)
    return {
        "a day": f"{path('today')}?d={early.at.date()}", "a month": f"{path('record')}?m={early.at:%Y-%m}",
        "first ledger": f"{path('record')}?f=1", "its last page": f"{path('record')}?f=1&p=99999",
        "own words": f"{path('record')}?f=7", "a hard month": f"{path('then')}?d={early.at.date()}",
        "an entry": path("entry", promise.id), "erase an entry": path("entry", promise.id, 1),
        "a day not free": path("free", early.at.date()),
    }  # fmt: skip


def begun(folder: Path, side: str, entries: list[Entry]) -> Desk:
    """An open desk with a journal of these entries, the danger questions answered."""
    gc.set_threshold(SELDOM)  # as the program
    desk = Desk(folder / side)
    desk.begin(PASSPHRASE, side=side, country="GB")
    desk.add([*entries, *answers([], at=datetime.now())], by_hand=False)
    return desk


def added(desk: Desk) -> float:
    """Milliseconds that it takes to add one entry."""
    now = datetime.now()
    kind, payload = (
        ("practice", {"which": "owning"}) if desk.side == "changer" else ("act", {"act": "shouted"})
    )
    started = time.perf_counter()
    desk.add([Entry(uuid7(), kind, now, now, payload)])
    return 1e3 * (time.perf_counter() - started)


def measure(folder: Path, side: str, entries: list[Entry], repeats: int) -> list[dict[str, Any]]:
    """One row a page."""
    desk, keys = begun(folder, side, entries), Keys()
    app = application(desk, keys, PORT, desk.close)

    def ask(address: str) -> tuple[float, int, int]:
        return asyncio.run(asked(app, keys, address))

    desk.close()
    started = time.perf_counter()
    desk.open(PASSPHRASE)
    unlocked = 1e3 * (time.perf_counter() - started)
    opening = ask(path("today"))[0]
    rows = []
    for name, address in {**addresses(side), **of_the_record(desk)}.items():
        after = [(added(desk), ask(address)) for _ in range(ADDITIONS)]
        times = [ask(address)[0] for _ in range(repeats)]
        rows.append(
            {"side": side, "page": name, "status": after[0][1][2], "an addition": statistics.median(a for a, _ in after),
             "added": statistics.median(a[0] for _, a in after), "median": statistics.median(times), "slowest": max(times),
             "bytes": after[0][1][1]}
        )  # fmt: skip
    addition = statistics.median(row["an addition"] for row in rows)
    print(
        f"{side}: {len(desk.entries)} entries; unlocked in {unlocked:.0f} ms, first page after it {opening:.0f} ms;"
        f" an addition {addition:.1f} ms", flush=True
    )  # fmt: skip
    desk.close()
    return rows


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--entries", type=int, help="so many entries over thirty years instead")
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    entries = record(args.entries) if args.entries else vt.simulate("temporary", 52 * args.years, 1).entries()
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            row
            for side in ("partner", "changer")
            for row in measure(Path(folder), side, entries, args.repeats)
        ]
    for row in sorted(rows, key=lambda r: -r["added"]):
        print(
            f"{row['side']:8} {row['page']:32} {row['status']}  median {row['median']:7.1f} ms  added {row['added']:7.1f} ms"
            f"  slowest {row['slowest']:7.1f} ms  {row['bytes'] / 1e3:6.1f} kB"
        )
    if args.out:
        args.out.write_text(json.dumps(rows, indent=1), "utf-8")


if __name__ == "__main__":
    main()

"""How long each page takes at the server, and how large it is, for a journal of ten years.

    python benchmarks/pages.py [--years 10] [--repeats 9] [--out FILE.json]

One simulated household of the circle, written in full, in a sealed journal at full cost; every page of both sides that can
be asked for, in this process, without a network. Median and slowest of the repeats after one that is not counted (`first` is
that one: it reads the file, and draws the pictures). Bars: 100 ms in the median, 300 kB.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2

import velveteen as vt
from velveteen.app.desk import Desk
from velveteen.app.keys import COOKIE, Keys
from velveteen.app.pages import application
from velveteen.app.sheet import sheets
from velveteen.app.shell import PATHS, path
from velveteen.guide.danger import answers
from velveteen.guide.pages import pages

PORT = 8000
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


def measure(folder: Path, side: str, years: int, repeats: int) -> list[dict[str, Any]]:
    """One row a page."""
    desk, keys = Desk(folder / side), Keys()
    desk.begin("seven quiet herons cross a field", side=side, country="GB")
    entries = vt.simulate("temporary", 52 * years, 1).entries()
    desk.add([*entries, *answers([], at=datetime.now())], by_hand=False)
    app = application(desk, keys, PORT, desk.close)
    rows = []
    for name, address in addresses(side).items():
        first, size, status = asyncio.run(asked(app, keys, address))
        times = [asyncio.run(asked(app, keys, address))[0] for _ in range(repeats)]
        rows.append(
            {"side": side, "page": name, "status": status, "first": first, "median": statistics.median(times),
             "slowest": max(times), "bytes": size}
        )  # fmt: skip
    print(f"{side}: {len(desk.entries)} entries", flush=True)
    desk.close()
    return rows


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            row
            for side in ("partner", "changer")
            for row in measure(Path(folder), side, args.years, args.repeats)
        ]
    for row in sorted(rows, key=lambda r: -r["median"]):
        print(
            f"{row['side']:8} {row['page']:32} {row['status']}  median {row['median']:7.1f} ms  first {row['first']:7.1f} ms"
            f"  slowest {row['slowest']:7.1f} ms  {row['bytes'] / 1e3:6.1f} kB"
        )
    if args.out:
        args.out.write_text(json.dumps(rows, indent=1), "utf-8")


if __name__ == "__main__":
    main()

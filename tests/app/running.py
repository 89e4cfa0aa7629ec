"""The pages as a process of their own, as people run them."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

DRIVER = """
import sys
from pathlib import Path
from velveteen.app import serve
{before}
serve.open_pages(Path(sys.argv[1]), browser=False, told=lambda address: print(address, flush=True))
"""


@dataclass
class Running:
    """A server, and a browser that it opened; `origin` ends with the path under which its pages are."""

    process: subprocess.Popen[str]
    client: httpx2.Client
    origin: str
    opening: str

    def memory(self) -> bytes:
        """All of the process's writable memory."""
        ranges = re.findall(
            r"^(\w+)-(\w+) rw", Path(f"/proc/{self.process.pid}/maps").read_text("ascii"), re.MULTILINE
        )
        found = []
        with Path(f"/proc/{self.process.pid}/mem").open("rb", buffering=0) as memory:
            for first, last in ranges:
                memory.seek(int(first, 16))
                with_gaps = memory.read(int(last, 16) - int(first, 16))
                found.append(with_gaps)
        return b"".join(found)

    def until(self, condition, seconds: float = 15.0) -> bool:
        """Whether a condition comes true in time."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            try:
                if condition():
                    return True
            except (httpx2.TransportError, OSError):  # the process is being replaced just now
                pass
            time.sleep(0.05)
        return False

    def locked(self) -> bool:
        """Whether the pages ask for the passphrase."""
        return 'id="passphrase"' in self.client.get("/n/").text


@contextmanager
def running(journal: Path, before: str = "", *, spend: bool = True, **environment: str) -> Iterator[Running]:
    """The pages over a journal; `before` is run in the process before it serves. `spend`: the client opens them."""
    command = [sys.executable, "-c", DRIVER.format(before=before), str(journal)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment or None)
    try:
        opening = process.stdout.readline().strip()
        alone = opening.partition("/o/")[0]
        with httpx2.Client(headers={"origin": alone}, follow_redirects=True, timeout=30) as client:
            under = re.search(r'url=(/[^"]*)/n/"', client.get(opening).text)[1] if spend else ""
            client.base_url = alone + under
            yield Running(process, client, alone + under, opening)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()

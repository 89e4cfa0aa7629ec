"""The pages on this machine alone: a socket that only it can reach, and a process that a lock replaces.

A lock ends this process's memory, not only its use: `os.execv` puts a new program in its place on the same socket, so
that the key, the passphrase and every page that was made are gone with it. The browser's cookie goes on to the new one
through a pipe.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import json
import os
import resource
import socket
import sys
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from velveteen.app.desk import Desk
from velveteen.app.keys import Keys
from velveteen.app.pages import application

LOCK_AFTER = 300.0  # seconds without anybody
ASLEEP = 20.0  # seconds by which the clock on the wall may run ahead of the one that sleeps with the machine
PLACES = 64  # connections at a time
CROWDED = 48
_PR_SET_DUMPABLE = 4


class Connection(H11Protocol):
    """One connection. Any program of this machine can make some; they must leave a place for *Leave now*.

    From `CROWDED` on, each new one ends the oldest of those on which nothing is being answered.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a place."""
        super().connection_made(transport)
        self.since = time.monotonic()
        idle = [c for c in self.connections if isinstance(c, Connection) and c is not self and c.idle]
        if idle and len(self.connections) >= CROWDED:
            min(idle, key=lambda connection: connection.since).transport.abort()

    @property
    def idle(self) -> bool:
        """Whether nothing is being answered."""
        return not self.transport.is_closing() and (self.cycle is None or self.cycle.response_complete)


def listen(port: int = 0) -> socket.socket:
    """A socket on this machine's loopback, on a port that is free."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.bind(("127.0.0.1", port))
    made.listen(128)
    return made


def keep_private() -> None:
    """No core dumps, no look into this process's memory by others, and files that only the owner reads."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, AttributeError):  # Linux alone has it
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def open_pages(
    path: Path, *, port: int = 0, browser: bool = True, told: Callable[[str], None] = print
) -> None:
    """Serve one journal's pages until the program is ended.

    Args:
        path: the journal; it need not exist yet.
        port: 0 takes a free one.
        browser: whether to open the owner's browser; else only the address is told.
        told: given the address that opens the pages, once.
    """
    sock = listen(port)
    keys = Keys()
    address = f"http://127.0.0.1:{sock.getsockname()[1]}/o/{keys.token}"
    if not (browser and webbrowser.open(address)):
        told(address)
    run(sock, path, keys)


def run(sock: socket.socket, path: Path, keys: Keys) -> None:
    """Serve on a socket until the end, or until a lock puts a new process in this one's place."""
    keep_private()
    gc.set_threshold(50_000)  # as `cli.main`, which a lock does not go through again
    desk = Desk(path)
    asyncio.run(_serve(sock, desk, keys))


async def _serve(sock: socket.socket, desk: Desk, keys: Keys) -> None:
    def lock() -> None:
        try:
            desk.close()
        finally:  # a full disk or a busy file loses the words that are not saved, and never the lock
            replace_process(sock, desk.path, keys)

    app = application(desk, keys, sock.getsockname()[1], lock)
    config = uvicorn.Config(
        app, log_level="error", access_log=False, server_header=False, date_header=False, lifespan="off",
        limit_concurrency=PLACES, http=Connection, timeout_keep_alive=20, h11_max_incomplete_event_size=64 * 1024,
    )  # fmt: skip
    watch = asyncio.create_task(_watch(desk, lock))
    try:
        await uvicorn.Server(config).serve(sockets=[sock])
    finally:
        watch.cancel()
        desk.close()


async def _watch(desk: Desk, lock: Callable[[], None]) -> None:
    """Lock when nobody was there for a while, and when the machine slept."""
    wall, awake = time.time(), time.monotonic()
    while True:
        await asyncio.sleep(1.0)
        slept = (time.time() - wall) - (time.monotonic() - awake)
        wall, awake = time.time(), time.monotonic()
        if not desk.locked and (slept > ASLEEP or desk.alone_for() > lock_after(desk)):
            lock()


def lock_after(desk: Desk) -> float:
    """Seconds without anybody after which the notes are locked: the owner's choice of 1 to 60 minutes, else 5."""
    try:
        said = desk.settings.get("lock_after", "")
    except Exception:  # noqa: BLE001  (whatever is wrong with the file, it is no reason to stay open)
        return LOCK_AFTER
    minutes = int(said) if said.isdecimal() and len(said) < 3 else 0
    return 60.0 * minutes if 1 <= minutes <= 60 else LOCK_AFTER


def replace_process(sock: socket.socket, path: Path, keys: Keys) -> None:
    """Put a new process in this one's place, on the same socket; where there can be none, end. Never comes back."""
    try:
        _replaced(sock, path, keys)
    finally:
        os._exit(1)


def _replaced(sock: socket.socket, path: Path, keys: Keys) -> None:
    reads, writes = os.pipe()
    os.write(writes, json.dumps({"token": keys.token, "cookie": keys.cookie, "path": str(path)}).encode())
    os.close(writes)
    os.set_inheritable(reads, True)
    os.set_inheritable(sock.fileno(), True)
    os.execv(sys.executable, [*_python(), "-m", "velveteen.app.serve", str(sock.fileno()), str(reads)])  # noqa: S606


def _python() -> list[str]:
    """This interpreter. It takes modules from the folder that somebody stands in only where this one does too."""
    here = {"", str(Path.cwd())} & set(sys.path)
    return [sys.executable] if here else [sys.executable, "-P"]


def _again(sock: int, reads: int) -> None:
    with os.fdopen(reads, "rb") as pipe:
        known = json.loads(pipe.read())
    run(socket.socket(fileno=sock), Path(known["path"]), Keys(known["token"], known["cookie"]))


if __name__ == "__main__":
    _again(int(sys.argv[1]), int(sys.argv[2]))

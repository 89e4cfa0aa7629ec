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
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from velveteen.app.desk import Desk
from velveteen.app.doorway import Doorway
from velveteen.app.keys import Keys, drawn_path
from velveteen.app.pages import application

COMES = 10.0  # seconds that a browser takes at most to come
NOT_COME = "If no page has opened, please open this address in your browser. It works once."
LOCK_AFTER = 300.0  # seconds without anybody
ASLEEP = 20.0  # seconds by which the clock on the wall may run ahead of the one that sleeps with the machine
PLACES = 64  # connections at a time
CROWDED = 48
_PR_SET_DUMPABLE = 4


class Server(uvicorn.Server):
    """Ends as people end it, in an orderly way: Ctrl-C, the terminal's window closed, logging out, shutting down.

    Args:
        config: uvicorn's.
        last: called before anything else is ended; unsaved words are sealed there.
    """

    def __init__(self, config: uvicorn.Config, last: Callable[[], None]) -> None:
        super().__init__(config)
        self._last = last
        if hang_up := getattr(signal, "SIGHUP", None):
            signal.signal(hang_up, self.handle_exit)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let nothing keep it: the words first, then the connections."""
        with contextlib.suppress(Exception):  # a full disk loses unsaved words, and never the end
            self._last()
        await super().shutdown(sockets)


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
        """Whether nothing is being answered; also while what is asked has not come to its end."""
        if self.transport.is_closing():
            return False
        return self.cycle is None or self.cycle.response_complete or self.cycle.more_body


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
        told: given the address that opens the pages, once; with a browser, only where it has not come by itself.
    """
    sock, doorway = listen(port), Doorway()
    keys = Keys(under=drawn_path(), spent=doorway.close)
    address = f"http://127.0.0.1:{sock.getsockname()[1]}/o/{keys.token}"
    try:
        tried = browser and doorway.open(address)
        if not tried:
            told(address)
        run(sock, path, keys, (lambda: told(f"{NOT_COME}\n{address}")) if tried else None)
    finally:
        doorway.close()


def run(sock: socket.socket, path: Path, keys: Keys, not_come: Callable[[], None] | None = None) -> None:
    """Serve on a socket until the end, or until a lock puts a new process in this one's place.

    `not_come` is called where the browser that was opened has not come after `COMES`.
    """
    keep_private()
    gc.set_threshold(50_000)  # as `cli.main`, which a lock does not go through again
    desk = Desk(path)
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is how it is ended
        asyncio.run(_serve(sock, desk, keys, not_come))


async def _serve(
    sock: socket.socket, desk: Desk, keys: Keys, not_come: Callable[[], None] | None = None
) -> None:
    def last() -> None:
        keys.spent()
        desk.close()

    def lock() -> None:
        try:
            desk.close()
        finally:  # a full disk or a busy file loses the words that are not saved, and never the lock
            replace_process(sock, desk.path, keys)

    app = application(desk, keys, sock.getsockname()[1], lock)
    config = uvicorn.Config(
        app, log_level="critical", access_log=False, server_header=False, date_header=False, lifespan="off",
        limit_concurrency=PLACES, http=Connection, timeout_keep_alive=20, h11_max_incomplete_event_size=64 * 1024,
        timeout_graceful_shutdown=2,
    )  # fmt: skip
    beside = [asyncio.create_task(_watch(desk, lock)), asyncio.create_task(_comes(keys, not_come))]
    try:
        await Server(config, last).serve(sockets=[sock])
    finally:
        for task in beside:
            task.cancel()
        desk.close()


async def _comes(keys: Keys, not_come: Callable[[], None] | None) -> None:
    """A browser may be kept from reading the file that leads here: then its owner is told the way."""
    await asyncio.sleep(COMES)
    if not_come is not None and keys.token:
        not_come()


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
    known = {"token": keys.token, "cookie": keys.cookie, "under": keys.under, "path": str(path)}
    os.write(writes, json.dumps(known).encode())
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
    keys = Keys(known["token"], known["cookie"], known["under"])
    run(socket.socket(fileno=sock), Path(known["path"]), keys)


if __name__ == "__main__":
    _again(int(sys.argv[1]), int(sys.argv[2]))

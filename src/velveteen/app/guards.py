"""What stands before every page: which addresses, which browsers, how much, and what a browser may do with the answer.

The server listens on this machine alone, but other programs, other users and any web page that is open in the same
browser can reach it too. So: the Host must be ours (a name that somebody else points here is not), a request from another
site is refused whatever it carries, everything but the opening address needs the cookie and lies under a path that is
drawn at each start, nothing is larger than `LARGEST`, and nothing takes longer to come than `LONGEST_WAIT`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from velveteen.app.keys import COOKIE, Keys

LARGEST = 64 * 2**20
LONGEST_WAIT = 30.0  # seconds in which a request must have come; on one machine 64 MB take less than one
NAMES = ("127.0.0.1", "localhost")
OPENING = "/o/"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "referrer-policy": "same-origin",  # "no-referrer" would make browsers send "Origin: null" with our own forms
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
TOO_LARGE = "This is larger than 64 MB, so it was not read. Nothing was changed."
TOO_SLOW = "This took too long to come, so it was not read to its end. Nothing was changed."
Broken = Callable[[Request, Exception], Awaitable[Response]]
_SAFE = ("GET", "HEAD")


class Guard:
    """ASGI middleware that lets through what comes from the browser that the program opened, and nothing else."""

    def __init__(self, app: ASGIApp, keys: Keys, port: int, broken: Broken) -> None:
        self.app = app
        self.broken = broken
        self.keys = keys
        self.hosts = {f"{name}:{port}" for name in NAMES}
        self.origins = {f"http://{host}" for host in self.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it in one sentence."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return  # no other protocol is spoken here
        guarded = _with_headers(send)
        if (refusal := self._refusal(scope)) is not None:
            await refusal(scope, receive, guarded)
            return
        inside = scope if _opens(scope) else {**scope, "path": scope["path"].removeprefix(self.keys.under)}
        await self._answered(inside, receive, guarded)

    async def _answered(self, scope: Scope, receive: Receive, guarded: Send) -> None:
        """A fault of ours ends here: further out its traceback, which can hold the owner's words, would be logged."""
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await guarded(message)

        try:
            await self.app(scope, _counted(receive), noted)
        except Exception as fault:  # noqa: BLE001
            if not begun:
                answer = await self.broken(Request(scope), fault)
                await answer(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self.hosts:
            return _no("This address is not one of this program's.", 421)
        if not _opens(scope) and headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return _no("Another page asked for this, so nothing was shown or changed.")
        if scope["method"] not in _SAFE and headers.get("origin") not in self.origins:
            return _no("Another page asked for this, so nothing was shown or changed.")
        if _length(headers) > LARGEST:
            return _no(TOO_LARGE, 413)
        if not _opens(scope) and not (
            scope["path"].startswith(f"{self.keys.under}/") and self._knows(headers)
        ):
            return _no("Please open this from the program: close this page, and start it again there.")
        return None

    def _knows(self, headers: Headers) -> bool:
        """Whether ours is among the cookies: other programs of the machine can set some of the same name beside it."""
        sent = (part.strip().partition("=") for part in headers.get("cookie", "").split(";"))
        return any(name == COOKIE and self.keys.known(value) for name, _, value in sent)


def _opens(scope: Scope) -> bool:
    """Whether this asks for the opening address itself; anything else under it is a page, and needs the cookie.

    The file that leads to it counts as another site; whoever knows the token may come from there.
    """
    before, opening, token = scope["path"].partition(OPENING)
    return scope["method"] == "GET" and not before and bool(opening and token) and "/" not in token


class NotRead(Exception):  # noqa: N818  (read as a sentence where it is caught)
    """What came was not read to its end, and is dropped: `str` says why, `status` is the answer's."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


def _counted(receive: Receive) -> Receive:
    """The same messages, until they are too many bytes or come too slowly: a length that is not said is not trusted."""
    total = 0
    ends = asyncio.get_running_loop().time() + LONGEST_WAIT
    coming = True

    async def counted() -> Message:
        nonlocal total, coming
        try:
            async with asyncio.timeout_at(ends if coming else None):
                message = await receive()
        except TimeoutError:
            raise NotRead(TOO_SLOW, 408) from None
        coming = coming and bool(message.get("more_body"))
        total += len(message.get("body", b""))
        if total > LARGEST:
            raise NotRead(TOO_LARGE, 413)
        return message

    return counted


def _with_headers(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return guarded


def _length(headers: Headers) -> int:
    said = headers.get("content-length", "0")
    return int(said) if said.isascii() and said.isdigit() else LARGEST + 1


def _no(sentence: str, status: int = 403) -> PlainTextResponse:
    return PlainTextResponse(sentence, status)

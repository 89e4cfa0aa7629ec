"""What stands before every page: which addresses, which browsers, how much, and what a browser may do with the answer.

The server listens on this machine alone, but other programs, other users and any web page that is open in the same
browser can reach it too. So: the Host must be ours (a name that somebody else points here is not), a request from another
site is refused whatever it carries, everything but the opening address needs the cookie, and nothing is larger than
`LARGEST`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from velveteen.app.keys import COOKIE, Keys

LARGEST = 64 * 2**20
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
        await self._answered(scope, receive, guarded)

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
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return _no("Another page asked for this, so nothing was shown or changed.")
        if scope["method"] not in _SAFE and headers.get("origin") not in self.origins:
            return _no("Another page asked for this, so nothing was shown or changed.")
        if _length(headers) > LARGEST:
            return _no("This is larger than 64 MB, so it was not read. Nothing was changed.", 413)
        if not _opens(scope) and not self._knows(headers):
            return _no("Please open this from the program: close this page, and start it again there.")
        return None

    def _knows(self, headers: Headers) -> bool:
        try:
            sent = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return sent is not None and self.keys.known(sent.value)


def _opens(scope: Scope) -> bool:
    """Whether this asks for the opening address itself; anything else under it is a page, and needs the cookie."""
    before, opening, token = scope["path"].partition(OPENING)
    return scope["method"] == "GET" and not before and bool(opening and token) and "/" not in token


class TooLarge(Exception):  # noqa: N818  (read as a sentence where it is caught)
    """More came than may come; what was read is dropped."""


def _counted(receive: Receive) -> Receive:
    """The same messages, until they are too many bytes: a length that is not said is not trusted."""
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > LARGEST:
            raise TooLarge
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

"""The second notebook: one page of dated notes. While it is open, no other page is."""

from __future__ import annotations

from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from velveteen.app import tonight
from velveteen.app.desk import Desk
from velveteen.app.forms import read_form
from velveteen.app.guards import OPENING
from velveteen.app.shell import PATHS, desk_of, go, route, show
from velveteen.problems import BadInput

DRAFT = "note"
AT_ONCE = 100  # notes on one page
TROUBLE = "That did not work. What was kept before is still there. Please go back and try once more."
_ALSO = frozenset(
    PATHS[page] for page in ("notebook", "first", "leave", "lock", "keep", "alive", "style", "script", "icon")
)


def routes() -> list[Route]:
    """The notebook's page."""
    return [route("notebook", _notes), route("notebook", _kept, methods=("POST",))]


class Alone:
    """ASGI middleware: while the notebook is open, every address but its own few leads to its page."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app = app
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or send it to the notebook."""
        shut = scope["type"] == "http" and self.desk.notebook and not _its_own(scope["path"])
        await (go("notebook") if shut else self.app)(scope, receive, send)


def _its_own(address: str) -> bool:
    return address in _ALSO or address.startswith(OPENING)


async def _notes(request: Request) -> Response:
    desk = desk_of(request)
    if desk.side != "notebook":
        return go("today")
    return _page(request, desk)


def _page(request: Request, desk: Desk, *, wrong: str = "") -> Response:
    notes = [e for e in reversed(desk.standing) if e.kind == "note"]
    start = _number(request.query_params.get("p", "")) * AT_ONCE
    shown = notes[start : start + AT_ONCE]
    days = [(on, list(of_day)) for on, of_day in groupby(shown, lambda e: e.at.date())]
    further = start // AT_ONCE + 1 if start + AT_ONCE < len(notes) else 0
    return show(
        request, "notebook.html.j2", days=days, further=further, words=desk.drafts.get(DRAFT, ""), wrong=wrong,
        status=400 if wrong else 200,
    )  # fmt: skip


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0


async def _kept(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    if desk.side != "notebook":
        return go("today")
    try:
        words = form.text("words")
    except BadInput as no:
        return _page(request, desk, wrong=no.message)
    if words:
        tonight.keep_words(desk, words)
    desk.drafts.pop(DRAFT, None)
    return go("notebook")

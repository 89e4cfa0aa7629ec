"""The second notebook: dated notes, newest first, and a search. While it is open, no page but its own is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from velveteen.app import tonight
from velveteen.app.desk import Desk
from velveteen.app.forms import read_form
from velveteen.app.guards import OPENING
from velveteen.app.shell import PATHS, Handler, desk_of, go, route, show
from velveteen.journal.entries import Entry
from velveteen.problems import BadInput

DRAFT = "note"
SOUGHT = "sought"
LONGEST = 200  # characters of what is looked for
AT_ONCE = 100  # notes on one page
SAID = {"kept": "Kept.", "deleted": "Deleted."}
TROUBLE = "That did not work. What was kept before is still there. Please go back and try once more."
_ALSO = frozenset(
    PATHS[page] for page in ("notebook", "first", "leave", "lock", "keep", "alive", "style", "script", "icon")
)


def routes() -> list[Route]:
    """The notes, and those in which something is found."""
    return [
        route("notebook", inside(_notes)), route("notebook", inside(_kept), methods=("POST",)),
        route("notebook", inside(_found), "/1"), route("notebook", inside(_sought), "/1", ("POST",)),
    ]  # fmt: skip


class Alone:
    """ASGI middleware: while the notebook is open, every address but its own leads to its page."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app = app
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or send it to the notebook."""
        shut = scope["type"] == "http" and self.desk.notebook and not _its_own(scope["path"])
        await (go("notebook") if shut else self.app)(scope, receive, send)


def _its_own(address: str) -> bool:
    return address in _ALSO or address.startswith((OPENING, PATHS["notebook"] + "/"))


def inside(handler: Handler) -> Handler:
    """The same handler for whoever has the notebook open; who has the notes open is led back to them."""

    async def only(request: Request) -> Response:
        return await handler(request) if desk_of(request).side == "notebook" else go("today")

    return only


def notes_of(desk: Desk) -> list[Entry]:
    """The notes that stand, newest first."""
    return [entry for entry in reversed(desk.standing) if entry.kind == "note"]


async def _notes(request: Request) -> Response:
    return _page(request, desk_of(request))


def _page(request: Request, desk: Desk, *, wrong: str = "") -> Response:
    days, further = _days(request, notes_of(desk))
    return show(
        request, "notebook.html.j2", days=days, further=further, words=desk.drafts.get(DRAFT, ""), wrong=wrong,
        said=SAID.get(request.query_params.get("s", ""), ""), status=400 if wrong else 200,
    )  # fmt: skip


def _days(request: Request, notes: Sequence[Entry]) -> tuple[list[tuple[date, list[Entry]]], int]:
    """The notes of one page under their days, and the number of the page after it; 0 where there is none."""
    start = _number(request.query_params.get("p", "")) * AT_ONCE
    days = [
        (on, list(of_day)) for on, of_day in groupby(notes[start : start + AT_ONCE], lambda e: e.at.date())
    ]
    return days, start // AT_ONCE + 1 if start + AT_ONCE < len(notes) else 0


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0


async def _kept(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    try:
        words = form.text("words")
    except BadInput as no:
        return _page(request, desk, wrong=no.message)
    if words:
        tonight.keep_words(desk, words)
    desk.drafts.pop(DRAFT, None)
    return go("notebook")


async def _sought(request: Request) -> Response:
    """What is looked for waits in memory: in an address it would stay in the browser's history."""
    desk, form = desk_of(request), await read_form(request)
    desk.held[SOUGHT] = form.beginning("sought")[:LONGEST]
    return go("notebook", "1")


async def _found(request: Request) -> Response:
    desk = desk_of(request)
    sought = desk.held.get(SOUGHT, "")
    if not sought:
        return go("notebook")
    words = sought.casefold().split()
    found = [note for note in notes_of(desk) if all(word in note.facts.casefold() for word in words)]
    days, further = _days(request, found)
    return show(request, "notebook_found.html.j2", days=days, further=further, sought=sought, many=len(found))

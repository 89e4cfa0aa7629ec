"""I am done: the notes are closed and put away. Nothing is deleted, and writing opens them again."""

from __future__ import annotations

from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from velveteen.app.me import closed_on
from velveteen.app.shell import desk_of, path, route, show
from velveteen.journal.entries import Entry, uuid7


def routes() -> list[Route]:
    """What closing does, and closing."""
    return [route("done", _done), route("done", _closed, methods=("POST",))]


async def _done(request: Request) -> Response:
    desk = desk_of(request)
    return show(request, "done.html.j2", tab="me", closed=closed_on(desk), file=desk.file.name)


async def _closed(request: Request) -> Response:
    """Seal the last entry, then lock: the browser posts on to the lock itself."""
    desk = desk_of(request)
    now = datetime.now()
    if closed_on(desk) is None:
        desk.add([Entry(uuid7(), "closed", now, now, {})])
    return RedirectResponse(path("lock"), 307)

"""A backup: everything, sealed with the notes' own passphrase, saved by the browser under a name that says nothing."""

from __future__ import annotations

import asyncio

from pyrage import passphrase
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.forms import read_form
from velveteen.app.papers import attachment
from velveteen.app.shell import desk_of, route, show
from velveteen.journal.backup import dumps
from velveteen.problems import VelveteenError

FILE = "notes.age"


def routes() -> list[Route]:
    """What a backup is, and one as a file."""
    return [route("backup", _backup), route("backup", _made, methods=("POST",))]


async def _backup(request: Request) -> Response:
    return _page(request)


def _page(request: Request, *, wrong: str = "") -> Response:
    entries = len(desk_of(request).entries)
    return show(
        request,
        "backup.html.j2",
        tab="me",
        entries=entries,
        wrong=wrong,
        file=FILE,
        status=400 if wrong else 200,
    )


async def _made(request: Request) -> Response:
    """The sealing takes about two seconds on purpose, so that guessing is slow; it is done beside the pages' own thread."""
    desk, form = desk_of(request), await read_form(request)
    word = form.text("passphrase")
    try:
        desk.proves(word)
        rows = desk.journal.chain()
    except VelveteenError as no:
        if no.code == "locked":
            raise
        return _page(request, wrong=no.message)
    desk.touch()
    sealed = await asyncio.to_thread(lambda: passphrase.encrypt(dumps(rows), word))
    return attachment(sealed, FILE, "application/octet-stream")

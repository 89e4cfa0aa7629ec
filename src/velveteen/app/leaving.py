"""Leaving: what is typed is sealed, the notes are locked, and the browser is sent to a page that says nothing."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import cache
from html import escape

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.first import TONIGHT
from velveteen.app.forms import Form, read_form
from velveteen.app.sheet import sheets
from velveteen.app.shell import desk_of, path, route
from velveteen.app.steps import in_passing

SECONDS = 3.0  # that a lock waits for the words that are still on their way
_BLANK = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
    "<title>{title}</title>{on}</head><body></body></html>"
)


def routes() -> list[Route]:
    """Leave now, lock, keep what is typed, somebody is there."""
    return [
        route("leave", _leave, methods=("POST",)), route("lock", _lock, methods=("POST",)),
        route("keep", _keep, methods=("POST",)), route("alive", _alive, methods=("POST",)),
    ]  # fmt: skip


async def _leave(request: Request) -> Response:
    """Seal, lock, and a page with nothing on it, which goes on to the one that the owner chose."""
    away = ""
    with suppress(Exception):  # whatever is wrong with the file or the form: it locks
        away = desk_of(request).settings.get("leave_to", "")
    await _take_what_can_be_read(request)
    on = f'<meta http-equiv="refresh" content="0;url={escape(away)}">' if away else ""
    return HTMLResponse(_BLANK.format(title=escape((away and "…") or " "), on=on), background=_after(request))


async def _lock(request: Request) -> Response:
    await _take_what_can_be_read(request)
    on = f'<meta http-equiv="refresh" content="1;url={path("first")}">'
    return HTMLResponse(_BLANK.format(title=" ", on=on), background=_after(request))


async def _take_what_can_be_read(request: Request) -> None:
    """The typed words, where they came in a form that can be read. A lock never waits on that: words are lost first."""
    with suppress(Exception):
        _take(desk_of(request), await asyncio.wait_for(read_form(request), SECONDS))


def _after(request: Request) -> BackgroundTask:
    """The lock itself, once the answer is sent: it ends this process."""

    async def locked() -> None:
        """No plain function: that would run in another thread than the sealed file's."""
        request.app.state.lock()

    return BackgroundTask(locked)


async def _keep(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    desk.touch()
    _take(desk, form)
    return Response(status_code=204)


async def _alive(request: Request) -> Response:
    """Somebody is there. 204 while the notes are open, else 205: what a page behind its cover shows is out of date."""
    desk = desk_of(request)
    desk.touch()
    return Response(status_code=205 if desk.locked else 204)


async def hold(request: Request) -> None:
    """Words of a form that came when the notes were locked already, as from another tab, wait on the first screen."""
    with suppress(Exception):  # what cannot be read is no reason not to lead there
        desk, form = desk_of(request), await read_form(request)
        found = [desk.drafts.get(TONIGHT, ""), *(form.beginning(name) for name in _written_freely())]
        desk.drafts[TONIGHT] = "\n\n".join(dict.fromkeys(filter(None, found)))


@cache
def _written_freely() -> tuple[str, ...]:
    """The names of the fields that take words of one's own: none of them takes a passphrase."""
    fields = (
        field for sheet in sheets().values() for field in sheet.fields if field.input in ("line", "text")
    )
    return tuple(dict.fromkeys(("words", *(field.key for field in fields))))


def _take(desk: Desk, form: Form) -> None:
    """What a page sends that is left: words that are not saved, with where they belong, and a yes to a danger sign.

    While there is no open journal to seal them in, only the words of the first screen are held, and a lock loses them.
    """
    name, words = form.text("draft"), form.beginning("words")
    if name and len(name) <= 40 and (not desk.locked or name == TONIGHT):
        desk.drafts[name] = words
    in_passing(desk, form)

"""One note of the second notebook: its words changed, or the note deleted. As in any notebook, nothing of it stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.forms import read_form
from velveteen.app.notebook import inside, notes_of
from velveteen.app.shell import desk_of, go, route, show
from velveteen.journal.entries import Entry, uuid7
from velveteen.problems import BadInput, Refused

EMPTY = "Nothing would be left. To take the note out, delete it."


def routes() -> list[Route]:
    """One note, and deleting it."""
    return [
        route("notebook", inside(_note), "/3/{note}"), route("notebook", inside(_changed), "/3/{note}", ("POST",)),
        route("notebook", inside(_back), "/3/{note}/2", ("POST",)),
        route("notebook", inside(_ask), "/3/{note}/1"), route("notebook", inside(_deleted), "/3/{note}/1", ("POST",)),
    ]  # fmt: skip


def _wanted(request: Request) -> Entry | None:
    asked = request.path_params["note"]
    return next((note for note in notes_of(desk_of(request)) if note.id == asked), None)


def _draft(note: Entry) -> str:
    return f"n{note.id}"


async def _note(request: Request) -> Response:
    note = _wanted(request)
    return _page(request, note) if note else go("notebook")


def _page(request: Request, note: Entry, *, words: str | None = None, wrong: str = "") -> Response:
    typed = desk_of(request).drafts.get(_draft(note), "")
    shown = words if words is not None else typed or note.facts
    return show(
        request, "notebook_note.html.j2", note=note, words=shown, draft=_draft(note), typed=typed, wrong=wrong,
        status=400 if wrong else 200,
    )  # fmt: skip


async def _changed(request: Request) -> Response:
    desk, form, note = desk_of(request), await read_form(request), _wanted(request)
    if note is None:
        return go("notebook")
    try:
        words = form.text("words")
    except BadInput as no:
        return _page(request, note, words=form.beginning("words"), wrong=no.message)
    if not words:
        return _page(request, note, wrong=EMPTY)
    if words != note.facts.strip():
        desk.add([replace(note, id=uuid7(), written=datetime.now(), facts=words, corrects=None)])
        _take_out(desk, note)
    desk.drafts.pop(_draft(note), None)
    return go("notebook", said="kept")


async def _back(request: Request) -> Response:
    """Drop what was typed over a note and not kept."""
    note = _wanted(request)
    if note is None:
        return go("notebook")
    desk_of(request).drafts.pop(_draft(note), None)
    return go("notebook", "3", note.id)


async def _ask(request: Request) -> Response:
    note = _wanted(request)
    return show(request, "notebook_delete.html.j2", note=note) if note else go("notebook")


async def _deleted(request: Request) -> Response:
    desk, note = desk_of(request), _wanted(request)
    if note is None:
        return go("notebook")
    _take_out(desk, note)
    desk.drafts.pop(_draft(note), None)
    return go("notebook", said="deleted")


def _take_out(desk: Desk, note: Entry) -> None:
    """The note, with every writing of it and without a trace."""
    try:
        desk.journal.erase([note.id], rewrite_chain=True)
    except Refused as no:
        if no.code != "erase_unfinished":  # it is erased; sealed remains wait for another window to be closed
            raise
    finally:
        desk.forget()

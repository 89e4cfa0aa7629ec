"""A backup brought back: on the first screen it makes the notes anew; in open notes it adds what they do not hold.

The file is held in memory between its arrival and its passphrase. Nothing that stands is ever replaced.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.first import chosen_passphrase, onward
from velveteen.app.forms import Form, Upload, read_form, read_upload
from velveteen.app.import_questions import Read, Waiting
from velveteen.app.import_questions import read as as_import
from velveteen.app.importing import TOLD, result
from velveteen.app.shell import desk_of, go, route, show
from velveteen.journal import backup, jsonl
from velveteen.journal.entries import Entry
from velveteen.journal.passphrase import bits, generate
from velveteen.problems import BadInput, Problem, VelveteenError

FILE = "backup"
NAME = 80  # characters of the file's name that are shown


def routes() -> list[Route]:
    """The file, its passphrase, another file, and what came back."""
    return [
        route("restore", _ask), route("restore", _sent, methods=("POST",)),
        route("restore", _locked, "/1"), route("restore", _opened, "/1", ("POST",)),
        route("restore", _dropped, "/2", ("POST",)), route("restore", _back, "/3"),
    ]  # fmt: skip


async def _ask(request: Request) -> Response:
    return go("restore", "1") if _waiting(desk_of(request)) else _file_page(request)


def _waiting(desk: Desk) -> Upload | None:
    """The file that was sent, unless locked notes stand in its way."""
    sent: Upload | None = desk.held.get(FILE)
    return None if _in_the_way(desk) else sent


def _in_the_way(desk: Desk) -> bool:
    return desk.begun and desk.locked


def _file_page(request: Request, *, wrong: str = "") -> Response:
    desk = desk_of(request)
    return show(
        request, "restore.html.j2", tab="" if desk.locked else "me", in_the_way=_in_the_way(desk), wrong=wrong,
        status=400 if wrong else 200,
    )  # fmt: skip


async def _sent(request: Request) -> Response:
    desk = desk_of(request)
    desk.touch()
    if _in_the_way(desk):
        return go("restore")
    sent = await read_upload(request, "file")
    if sent is None:
        return _file_page(request, wrong="No file was chosen, so nothing was read.")
    name = sent.name[-NAME:]
    try:
        backup.check_beginning(sent.data, name)
    except BadInput as no:
        return _file_page(request, wrong=no.message)
    desk.held[FILE] = Upload(name, sent.data)
    return go("restore", "1")


async def _locked(request: Request) -> Response:
    sent = _waiting(desk_of(request))
    return _passphrase_page(request, sent, Form([])) if sent else go("restore")


def _passphrase_page(request: Request, sent: Upload, given: Form, *, wrong: str = "") -> Response:
    desk = desk_of(request)
    return show(
        request, "restore_passphrase.html.j2", tab="" if desk.locked else "me", file=sent.name, given=given,
        offered=given.text("offered") or generate(), bits=round(bits()), wrong=wrong, status=400 if wrong else 200,
    )  # fmt: skip


async def _opened(request: Request) -> Response:
    """The opening takes about two seconds on purpose, so that guessing is slow; it is done beside the pages' own thread."""
    desk, form = desk_of(request), await read_form(request)
    desk.touch()
    sent = _waiting(desk)
    if sent is None:
        return go("restore")
    try:
        opening = form.text("passphrase")
        new = "" if desk.begun else _new(form, opening)
        whole = await asyncio.to_thread(backup.opened, sent.data, opening, sent.name)
        return await _added(desk, sent, whole) if desk.begun else _made(desk, whole, new)
    except VelveteenError as no:
        if no.code == "locked":
            raise
        return _passphrase_page(request, sent, form, wrong=no.message)


def _new(form: Form, opening: str) -> str:
    """The passphrase that the notes shall have: the backup's, or another.

    Raises:
        BadInput: `empty_passphrase`, and as `chosen_passphrase`.
    """
    if not opening:
        raise BadInput("empty_passphrase", "Please type the passphrase of the backup. Nothing was written.")
    return opening if form.text("which") == "same" else chosen_passphrase(form)


def _made(desk: Desk, whole: backup.Backup, passphrase: str) -> Response:
    desk.put_back(whole, passphrase)
    desk.held.pop(FILE, None)
    return onward(desk, go("restore", "3"))


async def _added(desk: Desk, sent: Upload, whole: backup.Backup) -> Response:
    """As an import of the same entries, with its guards: the side, the answers to safety questions, the settings."""
    read = await asyncio.to_thread(_read, sent.name, whole, desk.entries, desk.side)
    added = await desk.add_beside(read.entries, lambda _: None)
    desk.held.pop(FILE, None)
    desk.held[TOLD] = result(sent.name, read, added)
    return go("import", "2")


def _read(name: str, whole: backup.Backup, before: Sequence[Entry], side: str) -> Read:
    entries, unreadable = backup.entries_in(whole)
    known = {entry.id for entry in before}
    new = jsonl.dumps(entry for entry in entries if entry.id not in known)
    read = as_import(Waiting(name, new, "jsonl"), Form([]), before, "", side)
    problems = [*read.problems, *([_unreadable(unreadable)] if unreadable else [])]
    return replace(read, what="a backup", problems=problems)


def _unreadable(places: int) -> Problem:
    many = "One place holds" if places == 1 else f"{places} places hold"
    return Problem("unreadable_place", f"{many} no entry that can be read. Everything else was taken.")


async def _dropped(request: Request) -> Response:
    desk_of(request).held.pop(FILE, None)
    return go("restore")


async def _back(request: Request) -> Response:
    entries = len(desk_of(request).entries)
    return show(request, "restored.html.j2", tab="me", entries=entries)

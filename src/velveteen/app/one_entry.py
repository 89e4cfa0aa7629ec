"""One entry: what it says, what it said before, its words put right, and erasing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.forms import Form, read_form
from velveteen.app.record import back_to, edit_of, lines_of
from velveteen.app.shell import desk_of, path, route, show
from velveteen.app.story import Line, can_be_taken_back, tells, versions
from velveteen.guide.danger import after_erasing
from velveteen.journal.corrections import corrected
from velveteen.journal.entries import Entry
from velveteen.problems import BadInput, VelveteenError

IN_WORDS = frozenset(
    {"note", "act", "day"}
)  # kinds whose words are put right here; the others have their sheet


@dataclass(frozen=True, slots=True)
class Version:
    """One writing of an entry: how it reads, and when it was first written so."""

    line: Line
    written: datetime


def routes() -> list[Route]:
    """An entry with its history, its words put right, and erasing it."""
    return [
        route("entry", _entry, "/{entry}"), route("entry", _righted, "/{entry}", ("POST",)),
        route("entry", _erase, "/{entry}/1"), route("entry", _erased, "/{entry}/1", ("POST",)),
    ]  # fmt: skip


async def _entry(request: Request) -> Response:
    desk = desk_of(request)
    entry = wanted(desk, request)
    found = history(desk, entry)
    edit = "" if entry.kind in IN_WORDS and desk.side == "changer" else edit_of(entry, desk.side)
    return show(
        request, "entry.html.j2", tab="record", entry=entry, now=found[0], before=found[1:],
        in_words=entry.kind in IN_WORDS, edit="" if edit == path("entry", entry.id) else edit,
        can_be_taken_back=can_be_taken_back(entry),
    )  # fmt: skip


def wanted(desk: Desk, request: Request) -> Entry:
    """The entry that is asked for, or the one that stands in its place.

    Raises:
        BadInput: `no_entry`.
    """
    asked = request.path_params["entry"]
    after = {e.corrects: e.id for e in desk.entries if e.corrects}
    seen = set()
    while asked in after and asked not in seen:
        seen.add(asked)
        asked = after[asked]
    found = desk.by_id.get(asked)
    if found is None or asked in after or not tells(found):
        raise BadInput(
            "no_entry", "This entry is not in the notes. It may have been erased. Nothing was changed."
        )
    return found


def history(desk: Desk, entry: Entry) -> list[Version]:
    """The writings of an entry, newest first. Writings that read the same are one, the first of them."""
    found = [e for e in versions(entry, desk.by_id) if tells(e) or e is entry]
    told = [Version(line, e.written) for e, line in zip(found, lines_of(desk, found), strict=True)]
    return [v for n, v in enumerate(told) if n + 1 == len(told) or not _alike(v.line, told[n + 1].line)]


def _alike(one: Line, other: Line) -> bool:
    return (one.entry.at, one.name, one.text, one.words, one.feelings) == (
        other.entry.at, other.name, other.text, other.words, other.feelings
    )  # fmt: skip


async def _righted(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    entry = wanted(desk, request)
    if entry.kind not in IN_WORDS:
        raise BadInput(
            "not_in_words", "This entry has a page of its own to put it right. Nothing was changed."
        )
    facts, feelings = form.text("facts"), form.text("feelings")
    if (facts, feelings) == (entry.facts.strip(), entry.feelings.strip()):
        return back_to(entry.at.date(), "nothing")
    if entry.kind == "note" and not (facts or feelings):
        raise BadInput("no_words", "Nothing would be left of these words. To take them out, choose “Erase”.")
    desk.add([corrected(entry, at=datetime.now(), facts=facts, feelings=feelings)])
    return back_to(entry.at.date(), "kept")


async def _erase(request: Request) -> Response:
    desk = desk_of(request)
    return _erase_page(request, wanted(desk, request))


def _erase_page(
    request: Request, entry: Entry, *, wrong: str = "", way: str = "", status: int = 200
) -> Response:
    desk = desk_of(request)
    return show(
        request, "erase.html.j2", tab="record", entry=entry, line=lines_of(desk, [entry])[0], wrong=wrong, way=way,
        writings=len(history(desk, entry)), status=status,
    )  # fmt: skip


async def _erased(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    entry = wanted(desk, request)
    try:
        way = _way(form)
        desk.proves(form.text("passphrase"))
        _take_out(desk, entry, rewrite=way == "2")
    except VelveteenError as no:
        if no.code == "erase_unfinished":
            raise
        return _erase_page(request, entry, wrong=no.message, way=form.text("way"), status=400)
    return back_to(entry.at.date(), "erased")


def _take_out(desk: Desk, entry: Entry, *, rewrite: bool) -> None:
    before = desk.entries
    ids = {entry.id, *(e.id for e in before if _read_in_with(e, entry))}
    try:
        desk.journal.erase(ids, rewrite_chain=rewrite)
    finally:
        desk.forget()
    desk.add(after_erasing(before, desk.entries, at=datetime.now()))


def _read_in_with(other: Entry, entry: Entry) -> bool:
    """Whether the counts of a day came from the chat that an entry says was read in."""
    source = entry.payload.get("source")
    return entry.kind == "imported" and other.kind == "coded_day" and other.payload.get("source") == source


def _way(form: Form) -> str:
    chosen = form.choice("way", ("1", "2"))
    if chosen is None:
        raise BadInput("no_way", "Please choose one of the two ways first. Nothing was erased.")
    return chosen

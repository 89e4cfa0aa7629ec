"""Bringing in a file: it is sent, held in memory while its questions are asked, and what it became is told line by line.

Nothing of it is written to the disk but the sealed entries. Names inside a ZIP are only ever shown.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.forms import Form, read_form, read_upload
from velveteen.app.import_questions import KINDS, Read, Waiting, fields_for, in_words, question, read
from velveteen.app.shell import desk_of, go, route, show
from velveteen.intake.detect import format_of
from velveteen.journal.entries import Entry
from velveteen.journal.pocket import CARD
from velveteen.problems import AmbiguousDates, BadInput, Problem, Refused, VelveteenError

FILE, ADDING, TOLD = "file", "adding", "told"
PATIENCE = 1.0  # seconds in which most files are added
A_PAGE = 100  # problems
NOT_MINE = (
    "These notes are about you, and this file is about what someone else did. It is not read here: notes of the two sides "
    "are kept apart. Nothing was added."
)
_SOME = "A part of the file was added before. The same file once more adds the rest and nothing twice."
_THEIRS = frozenset({"chat", "pocket"})
_PHQ9 = (
    "phq9",
    "442491",
)  # its name, and its LOINC code 44249-1 among figures; its ninth item is LOINC 44260-8
_NEVER = frozenset({"0", "0.0", "not at all", "la6568-5"})


@dataclass(frozen=True, slots=True)
class Told:
    """What was added, and what there is to look at."""

    name: str
    what: str
    added: int
    known: int
    problems: list[Problem]
    crisis: bool


@dataclass(slots=True)
class Adding:
    """A file that is being read and added, for as long as the notes are open.

    Attributes:
        name, form: of the file, and what was answered about it.
        done, total: entries; total is nought while the file is being read.
    """

    name: str
    form: Form
    done: int = 0
    total: int = 0
    task: asyncio.Task[Told] | None = None

    def so_far(self, done: int) -> None:
        """So many were looked at."""
        self.done = done

    @property
    def hundredths(self) -> int:
        """How much of it was looked at."""
        return 100 * self.done // self.total if self.total else 0


def routes() -> list[Route]:
    """Send a file, answer its questions, see what it became."""
    return [
        route("import", _ask), route("import", _sent, methods=("POST",)),
        route("import", _questions, "/1"), route("import", _answered, "/1", ("POST",)),
        route("import", _told, "/2"), route("import", _far, "/p"), route("import", _other, "/3", ("POST",)),
    ]  # fmt: skip


async def _ask(request: Request) -> Response:
    desk = desk_of(request)
    if desk.side and _waiting(desk) is not None:
        return go("import", "2" if _adding(desk) else "1")
    return _upload_page(request)


def _waiting(desk: Desk) -> Waiting | None:
    found: Waiting | None = desk.held.get(FILE)
    return found


def _upload_page(request: Request, *, wrong: str = "", status: int = 200) -> Response:
    side = desk_of(request).side
    return show(
        request, "import.html.j2", tab="record", wrong=wrong, card=CARD, mine=side == "changer", status=status
    )


async def _sent(request: Request) -> Response:
    desk = desk_of(request)
    side = desk.side
    sent = await read_upload(request, "file")
    if _adding(desk) is not None:  # one at a time
        return go("import", "2")
    if sent is None:
        return _upload_page(request, wrong="No file was chosen, so nothing was read.", status=400)
    try:
        kind = format_of(sent.data, "This file")
        if side == "changer" and kind in _THEIRS:
            raise BadInput("not_mine", NOT_MINE)
    except VelveteenError as no:
        return _upload_page(request, wrong=in_words(no), status=400)
    desk.held.pop(TOLD, None)
    desk.held[FILE] = Waiting(sent.name[-80:], sent.data, kind)
    return go("import", "1")


async def _questions(request: Request) -> Response:
    desk = desk_of(request)
    return await _question_page(request, Form([])) if desk.side and _waiting(desk) else go("import")


async def _question_page(
    request: Request, given: Form, *, wrong: str = "", dates: str = "", status: int = 200
) -> Response:
    """The questions of the file that waits; where nothing can be read in it so, that is said, and another way offered."""
    desk = desk_of(request)
    waiting, side = _waiting(desk), desk.side
    assert waiting is not None
    asked = None
    try:
        asked = await asyncio.to_thread(question, waiting, side, desk.entries)
    except VelveteenError as no:
        wrong, status = wrong or in_words(no), 400
    kinds = [(k, words) for k, words in KINDS.items() if side != "changer" or k not in _THEIRS]
    return show(
        request, "import_questions.html.j2", tab="record", need=asked, waiting=waiting, wrong=wrong, given=given,
        dates=dates or (asked.dates if asked else ""), kinds=kinds, what=KINDS[waiting.kind], fields=fields_for(side),
        them=_known_name(desk.standing, desk.settings.get("about", "")), status=status,
    )  # fmt: skip


def _known_name(standing: list[Entry], about: str) -> str:
    """The other person's name in the last chat that was read in, else as the notes name them."""
    names = [str(e.payload.get("them")) for e in standing if e.kind == "imported" and e.payload.get("them")]
    return names[-1] if names else about


async def _answered(request: Request) -> Response:
    """Begin to add the file. A short one is added before this is answered; else a page tells how far it is."""
    desk, form = desk_of(request), await read_form(request)
    waiting = _waiting(desk) if desk.side else None
    if _adding(desk) is not None:
        return go("import", "2")
    if waiting is None:
        return go("import")
    if waiting.kind == "chat" and form.text("chat"):
        waiting.chat = form.text("chat")
        return go("import", "1")
    job = Adding(waiting.name, form)
    desk.held[ADDING] = job
    job.task = asyncio.create_task(_bring(desk, waiting, job))
    await asyncio.wait({job.task}, timeout=PATIENCE)
    return await _came_of(request, job) if job.task.done() else go("import", "2")


def _adding(desk: Desk) -> Adding | None:
    found: Adding | None = desk.held.get(ADDING)
    return found


async def _bring(desk: Desk, waiting: Waiting, job: Adding) -> Told:
    """Read the file beside the pages, and add it a few entries at a time."""
    about, side = desk.settings.get("about", ""), desk.side
    found = await asyncio.to_thread(read, waiting, job.form, desk.entries, about, side)
    job.total = len(found.entries)
    added = await desk.add_beside(found.entries, job.so_far)
    return result(waiting.name, found, added)


async def _came_of(request: Request, job: Adding) -> Response:
    """On to what a file became; where it was not taken, its questions again, with the reason."""
    desk = desk_of(request)
    desk.held.pop(ADDING, None)
    assert job.task is not None
    try:
        told = job.task.result()
    except AmbiguousDates as either:
        wrong = "One more thing: which comes first in its dates, the day or the month? Nothing was added yet."
        return await _question_page(request, job.form, wrong=wrong, dates=either.example or "?", status=400)
    except BadInput as no:
        return await _question_page(request, job.form, wrong=in_words(no), status=400)
    except Refused as no:
        raise Refused(no.code, f"{no.message} {_SOME}" if job.done else no.message) from no
    desk.held.pop(FILE, None)
    desk.held[TOLD] = told
    return go("import", "2")


async def _far(request: Request) -> Response:
    """How far it is, in hundredths; what it became is on another page."""
    job = _adding(desk_of(request)) if desk_of(request).side else None
    if job is None or job.task is None or job.task.done():
        return go("import", "2")
    return PlainTextResponse(str(job.hundredths))


def result(name: str, found: Read, added: int) -> Told:
    """What is told of a file once its entries were added."""
    known = len(found.entries) - added
    return Told(name, found.what, added, known, found.problems, found.needs_help)


async def _other(request: Request) -> Response:
    """Take the file for something else, or drop it."""
    desk, form = desk_of(request), await read_form(request)
    side, waiting = desk.side, _waiting(desk)
    if _adding(desk) is not None:
        return go("import", "2")
    kind = next((k for k in KINDS if k == form.text("kind")), None)
    if waiting is None or kind is None or (side == "changer" and kind in _THEIRS):
        desk.held.pop(FILE, None)
        return go("import")
    waiting.kind = kind
    return go("import", "1")


async def _told(request: Request) -> Response:
    desk = desk_of(request)
    job = _adding(desk) if desk.side else None
    if job is not None and job.task is not None:
        if job.task.done():
            return await _came_of(request, job)
        return show(request, "adding.html.j2", tab="record", job=job, by_person=False)
    told: Told | None = desk.held.get(TOLD) if desk.side else None
    if told is None:
        return go("record")
    last = max(0, len(told.problems) - 1) // A_PAGE + 1
    asked = request.query_params.get("p", "")
    at = min(int(asked), last) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 7 else 1
    at = max(1, at)
    shown = told.problems[(at - 1) * A_PAGE : at * A_PAGE]
    return show(request, "imported.html.j2", tab="record", told=told, shown=shown, at=at, last=last)

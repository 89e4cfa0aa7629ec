"""The bundle for a therapist: weekly numbers, no words, sealed to the therapist's key, and read here before it leaves."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.forms import Form, read_form
from velveteen.app.gate import gate
from velveteen.app.papers import attachment
from velveteen.app.shell import desk_of, route, show
from velveteen.journal.sealing import seal
from velveteen.measure.bundle import Bundle, bundle_of, in_words, to_bytes
from velveteen.measure.weekly import weekly_cells
from velveteen.problems import BadInput, VelveteenError

FILE = "notes.age"


def routes() -> list[Route]:
    """What would be in it, and the sealed file."""
    return [route("papers", _bundle, "/b"), route("papers", _sealed, "/b", ("POST",))]


async def _bundle(request: Request) -> Response:
    return _page(request, _made(desk_of(request)), Form([]))


def _page(request: Request, made: Bundle, given: Form, *, wrong: str = "") -> Response:
    desk = desk_of(request)
    return show(
        request, "bundle.html.j2", tab="me", words=in_words(made), letters=to_bytes(made).decode(), to=given.text("to"),
        closed=gate(desk).closed, wrong=wrong, status=400 if wrong else 200,
    )  # fmt: skip


def _made(desk: Desk) -> Bundle:
    if desk.side == "changer":
        raise BadInput("no_page", "There is no such page in these notes. Nothing was changed.")
    found: Bundle = desk.once(
        "bundle", lambda: bundle_of(weekly_cells(desk.entries)[0], made=date.today(), title="")
    )
    return found


async def _sealed(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    made = _made(desk)
    try:
        desk.proves(form.text("passphrase"))
        closed = seal(to_bytes(made), form.text("to"))
    except VelveteenError as no:
        return _page(request, made, form, wrong=no.message)
    desk.touch()
    return attachment(closed, FILE, "application/octet-stream")

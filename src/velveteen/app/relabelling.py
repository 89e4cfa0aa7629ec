"""*Does this hurt?*: some messages, one at a time, and the owner's own answer to each. Nothing tells how any was counted."""

from __future__ import annotations

import hashlib
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.forms import read_form
from velveteen.app.shell import desk_of, go, route, show
from velveteen.journal.entries import Entry
from velveteen.measure.relabel_draw import Item, Relabelling, answered, given, relabelling, taken_back
from velveteen.problems import BadInput
from velveteen.report.relabel_words import ANSWERS, QUESTION, came_of


def routes() -> list[Route]:
    """What it is for, one message, its answer, and the last answer taken back."""
    return [
        route("relabel", _opening), route("relabel", _one, "/1"), route("relabel", _answered, "/1", ("POST",)),
        route("relabel", _back, "/2", ("POST",)),
    ]  # fmt: skip


async def _found(desk: Desk) -> Relabelling | None:
    """How far it is.

    Raises:
        BadInput: `no_page`, on the side of somebody who wants to change: nobody is judge of their own words.
    """
    if desk.side == "changer":
        raise BadInput("no_page", "There is no such page in these notes. Nothing was changed.")
    found: Relabelling | None = await desk.once_beside("relabelling", relabelling, desk.entries)
    return found


async def _opening(request: Request) -> Response:
    found = await _found(desk_of(request))
    return show(
        request,
        "relabel.html.j2",
        tab="holds",
        found=found,
        told=came_of(found) if found else [],
        question=QUESTION,
    )


async def _one(request: Request) -> Response:
    desk = desk_of(request)
    found = await _found(desk)
    if found is None or not found.waiting:
        return go("relabel")
    item = found.waiting[0]
    return show(
        request, "relabel_one.html.j2", tab="holds", text=item.line.text, which=_token(item), question=QUESTION,
        answers=ANSWERS, number=found.answered + 1, of=found.answered + len(found.waiting), first=_last(desk) is None,
    )  # fmt: skip


async def _answered(request: Request) -> Response:
    """Keep an answer. One that was sent twice, or that fits no message that waits, is not kept again."""
    desk, form = desk_of(request), await read_form(request)
    found = await _found(desk)
    hurts = form.choice("hurts", tuple(value for value, _ in ANSWERS))
    item = next((i for i in found.waiting if _token(i) == form.text("which")), None) if found else None
    if item is not None and hurts:
        desk.add([answered(item, hurts, datetime.now(), desk.settings.get("about", ""))])
    return go("relabel", "1")


def _token(item: Item) -> str:
    """Names a message without telling how it was counted."""
    return hashlib.blake2b(item.line.ref.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _last(desk: Desk) -> Entry | None:
    return max(given(desk.standing), key=lambda e: (e.written, e.id), default=None)


async def _back(request: Request) -> Response:
    """Take the last answer back; its message is asked again."""
    desk = desk_of(request)
    await _found(desk)
    last = _last(desk)
    if last is not None:
        desk.add([taken_back(last, datetime.now())])
    return go("relabel", "1")

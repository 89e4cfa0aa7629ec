"""*That was a mistake*: what was just written, or an entry of any day, taken back in one tap. Nothing of it is lost."""

from __future__ import annotations

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.forms import read_form
from velveteen.app.one_entry import history, wanted
from velveteen.app.record import back_to, lines_of
from velveteen.app.shell import desk_of, go, route
from velveteen.app.story import Line, can_be_taken_back
from velveteen.journal.corrections import as_before, withdrawn
from velveteen.journal.entries import WITHDRAWN, Entry
from velveteen.problems import BadInput

BEFORE, WHOLE = "1", "2"  # as it stood before the last writing; or all of it


def routes() -> list[Route]:
    """One tap, from the page that follows a writing or from the entry's own."""
    return [route("entry", _mistaken, "/{entry}/2", ("POST",))]


def latest(desk: Desk) -> list[tuple[Entry, Line]]:
    """What was kept last, as far as it stands and can be taken back; each with its line."""
    stand = {e.id for e in desk.standing}
    found = [e for e in desk.latest if e.id in stand and can_be_taken_back(e) and e.kind != WITHDRAWN]
    return list(zip(found, lines_of(desk, found), strict=True))


async def _mistaken(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    entry = wanted(desk, request)
    way = form.choice("way", (BEFORE, WHOLE))
    if not can_be_taken_back(entry):
        raise BadInput(
            "not_taken_back", "This entry has a page of its own to put it right. Nothing was changed."
        )
    said = "nothing"
    if (
        way and entry.id == request.path_params["entry"]
    ):  # a page that was sent twice does not undo what it did
        entries = undone(desk, entry, datetime.now(), whole=way == WHOLE)
        desk.add(entries)
        said = "taken" if entries[0].kind == WITHDRAWN else "stands"
    return go("today", said=said) if form.text("to") == "today" else back_to(entry.at.date(), said)


def undone(desk: Desk, entry: Entry, at: datetime, *, whole: bool) -> list[Entry]:
    """What takes an entry back, or its last writing alone where there was one before.

    Raises:
        BadInput: `day_anew`, where a day would stand twice.
    """
    before = [v.line.entry for v in history(desk, entry)[1:]]
    if before and (entry.kind == WITHDRAWN or not whole):
        if entry.kind == WITHDRAWN and before[0].kind == "day" and _day(desk, entry) is not None:
            message = "This day was written anew since. Put that one right instead. Nothing was changed."
            raise BadInput("day_anew", message)
        return [as_before(entry, before[0], at)]
    return [withdrawn(e, at) for e in (entry, *_made_by(desk, entry))]


def _made_by(desk: Desk, act: Entry) -> list[Entry]:
    """The day that stands only because an act was ticked on it, where it was the only one: else it would count as quiet."""
    day = _day(desk, act)
    if act.kind != "act" or day is None or set(day.payload) - {"free"} != {"contact"}:
        return []
    others = [e for e in desk.standing if e.kind == "act" and e.at.date() == act.at.date() and e.id != act.id]
    return [] if others or day.facts or day.feelings or day.payload["contact"] is not True else [day]


def _day(desk: Desk, entry: Entry) -> Entry | None:
    return next((e for e in desk.standing if e.kind == "day" and e.at.date() == entry.at.date()), None)

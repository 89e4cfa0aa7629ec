"""Sheets as pages: fill one in, or put right what stands."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.fields import Field, Sheet, answers_of
from velveteen.app.forms import Form, read_form
from velveteen.app.shell import desk_of, go, route, show
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.payloads import misfit
from velveteen.problems import BadInput, VelveteenError


def routes() -> list[Route]:
    """Each sheet, empty or filled with an entry that is to be put right."""
    return [
        route("sheet", _empty, "/{sheet}"), route("sheet", _filled, "/{sheet}", ("POST",)),
        route("sheet", _again, "/{sheet}/{entry}"), route("sheet", _corrected, "/{sheet}/{entry}", ("POST",)),
    ]  # fmt: skip


@cache
def sheets() -> dict[str, Sheet]:
    """Every sheet by its id."""
    tables = tomllib.loads(resources.files("velveteen.app").joinpath("sheets.toml").read_text("utf-8"))
    return {table["id"]: _sheet(dict(table)) for table in tables["sheets"]}


def _sheet(table: dict[str, Any]) -> Sheet:
    fields = tuple(_field(dict(field)) for field in table.pop("fields"))
    fixed = tuple(table.pop("fixed", {}).items())
    return Sheet(fields=fields, fixed=fixed, sides=tuple(table.pop("sides", ("partner", "unsure"))), **table)


def _field(table: dict[str, Any]) -> Field:
    return Field(options=tuple((value, words) for value, words in table.pop("options", ())), **table)


def sheets_for(side: str, *ids: str) -> list[Sheet]:
    """The named sheets that are for a side, in the order in which they are named; without names, all of them."""
    wanted = ids or tuple(sheets())
    return [sheets()[i] for i in wanted if side in sheets()[i].sides]


def sheet_for(entry: Entry, side: str) -> Sheet | None:
    """The sheet on which an entry can be put right, or None where there is none."""
    fitting = [s for s in sheets().values() if s.kind == entry.kind and side in s.sides]
    fixed = [s for s in fitting if s.fixed and all(entry.payload.get(k) == v for k, v in s.fixed)]
    return next(iter(fixed or [s for s in fitting if not s.fixed]), None)


async def _empty(request: Request) -> Response:
    desk = desk_of(request)
    sheet = _wanted(desk, request)
    return _page(request, sheet, {})


async def _filled(request: Request) -> Response:
    return await _kept(request, None)


async def _again(request: Request) -> Response:
    desk = desk_of(request)
    sheet = _wanted(desk, request)
    entry = _entry(desk, request, sheet)
    given = {**entry.payload, "facts": entry.facts, "feelings": entry.feelings}
    return _page(request, sheet, given, entry)


async def _corrected(request: Request) -> Response:
    desk = desk_of(request)
    return await _kept(request, _entry(desk, request, _wanted(desk, request)))


async def _kept(request: Request, corrects: Entry | None) -> Response:
    desk, form = desk_of(request), await read_form(request)
    sheet = _wanted(desk, request)
    try:
        desk.add([entry_of(sheet, form, desk.settings.get("about", ""), corrects)])
    except VelveteenError as no:
        if no.code == "locked":
            raise
        given = {field.key: form.text(field.key) for field in sheet.fields}
        return _page(request, sheet, given, corrects, wrong=no.message, status=400)
    return go("record" if corrects else "today", said="kept")


def entry_of(sheet: Sheet, form: Form, about: str, corrects: Entry | None = None) -> Entry:
    """The entry that a filled sheet makes.

    Raises:
        BadInput: `unanswered`, or `misfit` where an answer cannot be kept.
    """
    answers = answers_of(sheet, form)
    words = {name: str(answers.pop(name, "")) for name in ("facts", "feelings")}
    given = form.day("on")
    at = _moment(given) if given else (corrects.at if corrects else datetime.now())
    kept = {**corrects.payload, **answers} if corrects else answers
    entry = Entry(
        uuid7(), sheet.kind, at, datetime.now(), kept, about=corrects.about if corrects else about,
        corrects=corrects.id if corrects else None, **words,
    )  # fmt: skip
    if (wrong := misfit(entry)) is not None:
        raise BadInput("misfit", wrong)
    return entry


def _moment(day: date) -> datetime:
    now = datetime.now()
    return now if day == now.date() else datetime(day.year, day.month, day.day)


def _page(
    request: Request, sheet: Sheet, given: dict[str, Any], corrects: Entry | None = None, *, wrong: str = "",
    status: int = 200,
) -> Response:  # fmt: skip
    on = corrects.at.date() if corrects else date.today()
    return show(
        request, "sheet.html.j2", tab="today", sheet=sheet, given=given, corrects=corrects, on=on, wrong=wrong,
        status=status,
    )  # fmt: skip


def _wanted(desk: Desk, request: Request) -> Sheet:
    side = desk.side  # asks for the passphrase first where the notes are locked
    sheet = sheets().get(request.path_params["sheet"])
    if sheet is None or side not in sheet.sides:
        raise BadInput("no_sheet", "There is no such page in these notes. Nothing was changed.")
    return sheet


def _entry(desk: Desk, request: Request, sheet: Sheet) -> Entry:
    wanted = request.path_params["entry"]
    found = next((e for e in desk.standing if e.id == wanted and e.kind == sheet.kind), None)
    if found is None:
        raise BadInput("no_entry", "This entry does not stand any more; it may have been put right already.")
    return found

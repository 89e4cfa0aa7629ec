"""*What holds*: sections counted from the record, words before pictures; on the owner's own side, only their own work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.gate import gate
from velveteen.app.shell import desk_of, go, route, show
from velveteen.journal.entries import Entry, uuid7
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.days import free_entries, readable
from velveteen.measure.weekly import weekly_cells
from velveteen.problems import BadInput, Problem
from velveteen.report.figures import Figure, last_times_figure
from velveteen.report.last_times import last_times
from velveteen.report.own_work import open_repairs, own_work
from velveteen.report.what_holds import Section, what_holds

Measured = tuple[list[Cell], list[TurningPoint], list[Problem]]
CELLS = "cells"
ROWS = 200  # of the longest table: a page must stay light, whatever the record's length


def routes() -> list[Route]:
    """The tab, and that a promise was made good."""
    return [route("holds", _holds), route("holds", _made_good, "/{promise}", ("POST",))]


def measured(desk: Desk) -> Measured:
    """Weekly cells, turning points and problems of the record."""
    found: Measured = desk.once(CELLS, lambda: weekly_cells(desk.entries))
    return found


async def measured_beside(desk: Desk) -> Measured:
    """`measured`, while other pages are answered."""
    found: Measured = await desk.once_beside(CELLS, weekly_cells, desk.entries)
    return found


async def _holds(request: Request) -> Response:
    desk = desk_of(request)
    own = desk.side == "changer"
    if own:
        view: dict[str, Any] = desk.once("holds", lambda: _own(desk))
    else:
        cells, _, _ = await measured_beside(desk)
        view = await desk.once_beside("holds", _theirs, desk.entries, cells)
    return show(request, "holds.html.j2", tab="holds", danger=None if own else gate(desk), **view)


def _own(desk: Desk) -> dict[str, Any]:
    return {"sections": own_work(desk.entries, date.today()), "repairs": open_repairs(desk.standing)}


def _theirs(written: list[Entry], cells: list[Cell]) -> dict[str, Any]:
    """Drawn in a thread of its own: nothing in here touches the desk."""
    first, *rest = what_holds(written, cells, date.today())
    return {"sections": [first, _last_times(written), *rest], "repairs": []}


def _last_times(written: list[Entry]) -> Section:
    entries, _ = readable(free_entries(written))
    lulls = last_times([e for e in entries if e.at.date() <= date.today()])
    newest = {u.start for u in sorted(lulls, key=lambda u: u.start)[-ROWS:]}
    drawn = last_times_figure(lulls)
    return Section("last-times", "Last times", _cut(drawn, [u.start in newest for u in lulls]))


def _cut(drawn: Figure, chosen: list[bool]) -> Figure:
    """The same figure, its table with the chosen rows alone."""
    if drawn.table is None or all(chosen):
        return drawn
    body = tuple(row for row, keep in zip(drawn.table.body, chosen, strict=True) if keep)
    caption = f"{drawn.table.caption} The newest {len(body)} of {len(chosen)}."
    return replace(drawn, table=replace(drawn.table, caption=caption, body=body))


async def _made_good(request: Request) -> Response:
    """That what was planned about a promise is done, as the promise's correction."""
    desk = desk_of(request)
    wanted = request.path_params["promise"]
    promise = next((e for e in open_repairs(desk.standing) if e.id == wanted), None)
    if desk.side != "changer" or promise is None:
        raise BadInput("no_repair", "Nothing is open there any more. Nothing was changed.")
    now = datetime.now()
    payload = {**promise.payload, "repaired": now.date().isoformat()}
    desk.add([replace(promise, id=uuid7(), written=now, payload=payload, corrects=promise.id)])
    return go("holds")

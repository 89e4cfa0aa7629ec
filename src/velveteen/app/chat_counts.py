"""*What the chat alone can tell*: counts by week and year, and behind each bar its lines. None of it leaves here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.gate import gate
from velveteen.app.shell import desk_of, path, route, show
from velveteen.measure.channels import Channel
from velveteen.measure.coded_weeks import CodedWeek, coded_weeks
from velveteen.measure.relabel_draw import household_channels
from velveteen.measure.weeks import week_of
from velveteen.problems import BadInput
from velveteen.report.message_figures import WHAT_IT_IS, MessageFigure, message_figures, years
from velveteen.report.message_groups import ANY_HURT, GROUPS, Code, codes
from velveteen.report.message_weeks import lines_of

A_PAGE = 40  # lines
NUMBERS = {code: number for number, code in enumerate(codes(), 1)}
"""Addresses name a row by its number: they stay in a browser's history."""


def routes() -> list[Route]:
    """All groups of a year, one of them, and the lines behind a bar."""
    return [
        route("counted", _year), route("counted", _group, "/{group:int}"),
        route("counted", _lines, "/{week}/{code:int}"),
    ]  # fmt: skip


def has_chat(desk: Desk) -> bool:
    """Whether anything of a chat is counted in these notes."""
    found: bool = desk.once(
        "has chat", lambda: any(e.kind == "coded_day" for e in desk.standing), of=("coded_day",)
    )
    return found


async def weeks_of(desk: Desk) -> list[CodedWeek]:
    """The weeks of the chats in these notes; on the owner's own side, of their own messages."""
    own = desk.side == "changer"
    found: list[CodedWeek] = await desk.once_beside(
        "coded weeks", partial(coded_weeks, own=own), desk.entries
    )
    return found


async def household_of(desk: Desk) -> dict[str, Channel]:
    """The channels whose figures the owner's answers changed."""
    found: dict[str, Channel] = await desk.once_beside("household", household_channels, desk.entries)
    return found


async def _year(request: Request) -> Response:
    desk = desk_of(request)
    weeks, year = await _asked(request, desk)
    found = await _figures(desk, weeks, year, drawn=False) if weeks else []
    return _page(request, desk, weeks, year, "counted.html.j2", figures=list(enumerate(found, 1)))


async def _group(request: Request) -> Response:
    desk = desk_of(request)
    weeks, year = await _asked(request, desk)
    number: int = request.path_params["group"]
    if not weeks or not 1 <= number <= len(GROUPS):
        raise BadInput("no_page", "There is no such page in these notes. Nothing was changed.")
    (figure,) = await _figures(desk, weeks, year, groups=[GROUPS[number - 1]])
    return _page(
        request, desk, weeks, year, "counted_group.html.j2", figure=figure, number=number, numbers=NUMBERS
    )


async def _asked(request: Request, desk: Desk) -> tuple[list[CodedWeek], int]:
    """The weeks, and the year that is asked for, else the newest."""
    weeks = await weeks_of(desk)
    asked = request.query_params.get("y", "")
    return weeks, next((year for year in years(weeks) if str(year) == asked), max(years(weeks), default=0))


async def _figures(desk: Desk, weeks: list[CodedWeek], year: int, **more: Any) -> list[MessageFigure]:
    channels: Mapping[str, Channel] = await household_of(desk)
    which = "".join(group.id for group in more.get("groups", ()))
    make = partial(message_figures, own=desk.side == "changer", **more)
    found: list[MessageFigure] = await desk.once_beside(
        f"counted {year} {which}", make, weeks, year, channels
    )
    return found


def _page(
    request: Request, desk: Desk, weeks: list[CodedWeek], year: int, template: str, **view: Any
) -> Response:
    own = desk.side == "changer"
    return show(
        request, template, tab="holds", own=own, danger=None if own else gate(desk), what_it_is=WHAT_IT_IS, year=year,
        years=years(weeks), **view,
    )  # fmt: skip


async def _lines(request: Request) -> Response:
    """The lines of one week behind one row, in order of time."""
    desk = desk_of(request)
    weeks = await weeks_of(desk)
    monday, code = _day(request.path_params["week"]), _code(request.path_params["code"])
    week = next((w for w in weeks if monday is not None and w.week == week_of(monday)), None)
    if week is None or code is None:
        raise BadInput("no_lines", "There are no lines of this kind in these notes. Nothing was changed.")
    found = lines_of(week, code.id)
    last = max(0, len(found) - 1) // A_PAGE + 1
    asked = request.query_params.get("p", "")
    at = min(int(asked), last) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 7 else 1
    at = max(1, at)
    group = next(number for number, g in enumerate(GROUPS, 1) if code in g.codes)
    back = f"{path('counted', group)}?y={request.query_params.get('y', '')}"
    return show(
        request, "counted_lines.html.j2", tab="holds", own=desk.side == "changer", week=monday, code=code, back=back,
        title=GROUPS[group - 1].title if code.id == ANY_HURT else code.name[:1].upper() + code.name[1:],
        lines=found[(at - 1) * A_PAGE : at * A_PAGE], of=len(found), at=at, last=last, what_it_is=WHAT_IT_IS,
        here=path("counted", request.path_params["week"], request.path_params["code"]),
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _code(number: int) -> Code | None:
    """The row of a number, where its lines are kept."""
    named = list(codes().values())
    return named[number - 1] if 1 <= number <= len(named) and named[number - 1].quoted else None

"""Help now: who can be reached, without a passphrase, for the country that is chosen and never guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.forms import Form, read_form
from velveteen.app.shell import desk_of, go, route, show
from velveteen.guide.lines import CALL_LOG, HelpLines, countries, directory, help_lines


def routes() -> list[Route]:
    """One page, for open and for locked notes, and the choice of a country."""
    return [route("help", _help), route("help", _chosen, methods=("POST",))]


async def _help(request: Request) -> Response:
    return show(request, "help.html.j2", **lines_view(desk_of(request)))


async def _chosen(request: Request) -> Response:
    return await chosen(request, "help")


async def chosen(request: Request, *page: object) -> Response:
    """Take a country that was chosen on a page, and show that page again."""
    desk, form = desk_of(request), await read_form(request)
    country = country_of(form)
    if country:
        desk.choose_country(country)
    return go(str(page[0]), *page[1:])


def country_of(form: Form, name: str = "cc") -> str:
    """Two letters of the country that a form chose, or an empty string where it chose none of the list."""
    return form.choice(name, tuple(cc for cc, _ in countries())) or ""


def lines_view(desk: Desk) -> dict[str, Any]:
    """What the lines' part of a page shows: the lines of the country chosen, or None, and what is needed to choose one."""
    cc = desk.country
    lines: HelpLines | None = help_lines(cc, date.today()) if cc in dict(countries()) else None
    return {"lines": lines, "countries": countries(), "directories": directory(), "call_log": CALL_LOG}

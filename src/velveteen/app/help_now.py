"""Help now: who can be reached, without a passphrase, for the country that is chosen and never guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.shell import desk_of, route, show
from velveteen.guide.lines import HelpLines, countries, directory, help_lines


def routes() -> list[Route]:
    """One page, for open and for locked notes."""
    return [route("help", _help)]


async def _help(request: Request) -> Response:
    desk = desk_of(request)
    return show(request, "help.html.j2", **lines_view(desk, request.query_params.get("cc", "")))


def lines_view(desk: Desk, chosen: str = "") -> dict[str, Any]:
    """What the lines' part of a page shows: those of the country chosen just now, else of the one in the notes."""
    known = dict(countries())
    cc = chosen if chosen in known else ("" if desk.locked else desk.settings.get("country", ""))
    lines: HelpLines | None = help_lines(cc, date.today()) if cc in known else None
    return {"lines": lines, "countries": countries(), "directories": directory()}

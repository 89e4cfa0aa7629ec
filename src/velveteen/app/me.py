"""Me: one's own terms, list, ratings and supports; for the person who wants to change costs, reflections, sessions."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app import own
from velveteen.app.desk import Desk
from velveteen.app.questionnaire import ABOUT, ASKED
from velveteen.app.sheet import sheets_for
from velveteen.app.shell import desk_of, path, route, show

PARTS = {
    "partner": (("8", "My terms"), ("9", "My list"), ("10", "What holds me")),
    "changer": (
        ("14", "What it has cost"), ("16", "Nights when I did it"), ("10", "What holds me"), ("5", "Therapy"),
    ),
}  # fmt: skip
EMPTY = {
    "8": "What must be so for you to go on will stand here, with its date.",
    "9": "What you choose to name, and what you let pass, will stand here.",
    "10": "People, places and things that do you good will stand here.",
    "14": "What it has cost will stand here, for you to read again.",
    "16": "What you wrote on such a night will stand here.",
    "5": "Sessions that were due will stand here.",
}
NEWEST = 6  # of a list; older ones are folded away


def routes() -> list[Route]:
    """One page."""
    return [route("me", _me)]


async def _me(request: Request) -> Response:
    desk = desk_of(request)
    changer = desk.side == "changer"
    view = desk.once("me", lambda: _view(desk))
    return show(
        request, "me.html.j2", tab="me", newest=NEWEST, folded=("14", "16") if changer else (), further=_further(changer),
        **view,
    )  # fmt: skip


def _view(desk: Desk) -> dict[str, Any]:
    changer = desk.side == "changer"
    standing, today = own.counted(desk.standing), date.today()
    found = own.ratings(desk.entries)
    parts = [
        (sheets_for(desk.side, sheet)[0], title, EMPTY[sheet], own.items(standing, sheet))
        for sheet, title in PARTS["changer" if changer else "partner"]
    ]
    return {
        "parts_": parts, "dots": () if changer else own.dots(found, today), "months": () if changer else own.months(found),
        "rated": len(found), "sessions": own.session_share(standing) if changer else "", "closed": closed_on(desk),
    }  # fmt: skip


def closed_on(desk: Desk) -> date | None:
    """The day on which these notes were closed, where nothing was written since; settings are no writing."""
    last = next((e for e in reversed(desk.entries) if e.kind != "setting"), None)
    return last.at.date() if last is not None and last.kind == "closed" else None


def _further(changer: bool) -> list[tuple[str, str]]:
    papers = "One page for my therapist" if changer else "Papers: for me, a helper, a lawyer"
    asked = [(path("me", n), ABOUT[name]) for n, name in enumerate(ASKED, 1)]
    return [
        (path("read"), "To read"), *asked, (path("papers"), papers), (path("backup"), "A backup"),
        (path("settings"), "Settings"), (path("done"), "I am done"),
    ]  # fmt: skip

"""The guide's texts as pages: lines first where a text asks for them, then the text, then what to read on with."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.help_now import chosen, lines_view
from velveteen.app.shell import desk_of, route, show, text_of
from velveteen.guide.pages import Side, html, page, pages

GROUPS = {"abuse": "abuse", "crisis": "crisis", "for_people_who_harm": "harm"}


def routes() -> list[Route]:
    """The list for one's own side, and one text. Texts hold nothing of the owner's, so they open without a passphrase."""
    return [
        route("read", _list), route("read", _read, "/{page}"),
        route("read", _chosen, "/{page}", ("POST",)),
    ]  # fmt: skip


async def _list(request: Request) -> Response:
    desk = desk_of(request)
    side: Side = "changer" if desk.side == "changer" else "partner"
    return show(request, "reading_list.html.j2", tab="me", pages=pages(side))


async def _read(request: Request) -> Response:
    shown = page(text_of(request.path_params["page"]))
    order = [GROUPS[group] for group in shown.lines]
    return show(
        request, "reading.html.j2", tab="me", page=shown, body=html(shown), order=order, see=[page(i) for i in shown.see],
        **lines_view(desk_of(request)),
    )  # fmt: skip


async def _chosen(request: Request) -> Response:
    """The choice of a country on a text's page."""
    return await chosen(request, "read", text_of(request.path_params["page"]))

"""Safety: what stands, who can be reached, plans and texts. It comes before any odds, and is pinned to every page."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.forms import read_form
from velveteen.app.gate import gate
from velveteen.app.help_now import lines_view
from velveteen.app.shell import desk_of, go, path, route, show
from velveteen.guide.danger import label
from velveteen.guide.lines import countries
from velveteen.guide.pages import page

OWN = "own_despair"  # the sign that is about the owner themself
TEXTS = {
    "partner": ("leaving-and-after", "next-room", "technology-and-your-device", "joint-counselling", "despair"),
    "unsure": (
        "am-i-the-one", "leaving-and-after", "next-room", "technology-and-your-device", "joint-counselling", "despair",
    ),
    "changer": ("before-i-blow", "i-did-it-tonight", "despair", "joint-counselling"),
}  # fmt: skip
FIRST = {
    "strangled": "strangled",
    OWN: "despair",
}  # a sign that stands -> the text that comes before all others


def routes() -> list[Route]:
    """One page, and the choice of a country."""
    return [route("safety", _safety), route("safety", _chosen, methods=("POST",))]


async def _safety(request: Request) -> Response:
    desk = desk_of(request)
    side = desk.side
    state = gate(desk)
    standing = () if side == "changer" else state.standing
    return show(
        request, "safety.html.j2", tab="safety", standing=[label(sign) for sign in standing],
        first=_texts(FIRST[sign] for sign in standing if sign in FIRST),
        due=side != "changer" and bool(state.unanswered), order=order(side, standing), texts=_texts(TEXTS[side]),
        **lines_view(desk),
    )  # fmt: skip


def order(side: str, standing: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Which lines come first: for who harms those for people who harm, for who thinks of dying those for a crisis."""
    if side == "changer":
        return ("harm", "crisis", "abuse")
    return ("crisis", "abuse") if OWN in standing else ("abuse", "crisis")


def _texts(ids: Iterable[str]) -> list[tuple[str, str]]:
    return [(path("read", page(i).id), page(i).title) for i in ids]


async def _chosen(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    chosen = form.choice("cc", tuple(cc for cc, _ in countries()))
    _keep(desk, chosen)
    return go("safety")


def _keep(desk: Desk, chosen: str | None) -> None:
    if chosen is not None and chosen != desk.settings.get("country"):
        desk.set(country=chosen)

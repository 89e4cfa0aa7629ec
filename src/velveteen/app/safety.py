"""Safety: what stands, who can be reached, plans and texts. It comes before any odds, and is pinned to every page."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.gate import gate
from velveteen.app.help_now import chosen, lines_view
from velveteen.app.shell import desk_of, path, route, show
from velveteen.app.steps import next_due
from velveteen.guide.danger import label
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
        due=0 if side == "changer" else next_due(state, after(request)), order=order(side, standing),
        texts=_texts(TEXTS[side]), **lines_view(desk),
    )  # fmt: skip


def after(request: Request) -> int:
    """The page of questions that led here with a yes; 0 where none did."""
    said = request.query_params.get("s", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 3 else 0


def order(side: str, standing: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Which lines come first: for who harms those for people who harm, for who thinks of dying those for a crisis."""
    if side == "changer":
        return ("harm", "crisis", "abuse")
    return ("crisis", "abuse") if OWN in standing else ("abuse", "crisis")


def _texts(ids: Iterable[str]) -> list[tuple[str, str]]:
    return [(path("read", page(i).id), page(i).title) for i in ids]


async def _chosen(request: Request) -> Response:
    desk_of(request).journal  # noqa: B018  (asks for the passphrase first where the notes are locked)
    return await chosen(request, "safety")

"""The sixteen questions, their reason said before them; and the one way to take back an answer given by mistake."""

from __future__ import annotations

from datetime import date, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.forms import read_form
from velveteen.app.gate import gate
from velveteen.app.shell import desk_of, go, route, show
from velveteen.app.steps import next_due, steps
from velveteen.guide.danger import DangerState, Sign, label, retractions, signs, why
from velveteen.problems import BadInput

SAID = {
    "kept": "Your answers are kept. They say nothing about how dangerous anybody is. They are asked again in a month.",
    "open": "What you answered is kept. Some questions are still open, and while they are, no odds are shown.",
    "nothing": "Nothing was chosen, so nothing was written.",
    "back": "It is taken back. What was written before stays in the record, beside its correction.",
}


def routes() -> list[Route]:
    """The way to the questions, and taking one back."""
    return [
        route("signs", _signs),
        route("signs", _mistake, "/{number:int}"), route("signs", _taken_back, "/{number:int}", ("POST",)),
    ]  # fmt: skip


async def _signs(request: Request) -> Response:
    desk = desk_of(request)
    if desk.side == "changer":
        return go("safety")
    state = gate(desk)
    return show(
        request, "signs.html.j2", tab="safety", why=why(), said=SAID.get(request.query_params.get("s", ""), ""),
        steps=steps(state), following=next_due(state), standing=_standing(state), again=state.due_again,
        fresh=len(state.unanswered) == len(signs()),
    )  # fmt: skip


def _standing(state: DangerState) -> list[tuple[int, str]]:
    """(number, label) of the signs of the list that stand."""
    return [(n, sign.label) for n, sign in enumerate(signs(), 1) if sign.id in state.standing]


async def _mistake(request: Request) -> Response:
    desk = desk_of(request)
    sign = _wanted(desk, request)
    return show(
        request, "sign_back.html.j2", tab="safety", words=label(sign.id), number=request.path_params["number"]
    )


async def _taken_back(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    sign = _wanted(desk, request)
    if form.text("mistake") != "yes":
        return go("safety")
    desk.add(retractions(desk.entries, sign.id, at=datetime.now(), today=date.today()))
    return go("signs", said="back")


def _wanted(desk: Desk, request: Request) -> Sign:
    side = desk.side
    number: int = request.path_params["number"]
    if side == "changer" or not 1 <= number <= len(signs()):
        raise BadInput("no_page", "There is no such page in these notes. Nothing was changed.")
    sign = signs()[number - 1]
    if sign.id not in gate(desk).standing:
        raise BadInput("not_standing", "This does not stand any more, so there is nothing to take back.")
    return sign

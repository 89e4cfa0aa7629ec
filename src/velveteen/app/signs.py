"""The sixteen questions, their reason said before them; and the one way to take back an answer given by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.forms import Form, read_form
from velveteen.app.gate import gate
from velveteen.app.shell import desk_of, go, route, show
from velveteen.guide.danger import (
    DangerState,
    Sign,
    answer,
    label,
    left_open,
    retractions,
    signs,
    why,
    words_of_harm,
)
from velveteen.journal.entries import Entry
from velveteen.problems import BadInput

GIVEN = ("yes", "no", "unsure")
SAID = {
    "kept": "Your answers are kept. They say nothing about how dangerous anybody is. They are asked again in a month.",
    "open": "Your answers are kept. Some questions are still open, and while they are, no odds are shown.",
    "nothing": "Nothing was chosen, so nothing was written.",
    "back": "It is taken back. What was written before stays in the record, beside its correction.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on the page.

    Attributes:
        sign: the sign.
        number: its place in the list, from 1; addresses carry it instead of a name.
        due: whether it has no answer of the last month.
    """

    sign: Sign
    number: int
    due: bool


def routes() -> list[Route]:
    """The questions, and taking one back."""
    return [
        route("signs", _questions), route("signs", _answered, methods=("POST",)),
        route("signs", _mistake, "/{number:int}"), route("signs", _taken_back, "/{number:int}", ("POST",)),
    ]  # fmt: skip


async def _questions(request: Request) -> Response:
    desk = desk_of(request)
    if desk.side == "changer":
        return go("safety")
    return _page(request, desk, said=SAID.get(request.query_params.get("s", ""), ""))


def _page(
    request: Request, desk: Desk, *, said: str = "", given: dict[str, str] | None = None, words: tuple[str, ...] = ()
) -> Response:  # fmt: skip
    state = gate(desk)
    found = asked(state)
    return show(
        request, "signs.html.j2", tab="safety", why=why(), said=said, due=[a for a in found if a.due],
        rest=[a for a in found if not a.due], standing=_standing(state), given=given or {}, words=words,
        again=state.due_again,
    )  # fmt: skip


def asked(state: DangerState) -> list[Asked]:
    """Every question but those whose yes stands for good, in the list's order."""
    return [
        Asked(sign, number, sign.id in state.unanswered)
        for number, sign in enumerate(signs(), 1)
        if not (sign.stands == "for_good" and sign.id in state.standing)
    ]


def _standing(state: DangerState) -> list[tuple[int, str]]:
    """(number, label) of the signs of the list that stand."""
    return [(n, sign.label) for n, sign in enumerate(signs(), 1) if sign.id in state.standing]


async def _answered(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    if desk.side == "changer":
        return go("safety")
    given = _given(form, gate(desk))
    if not given:
        return go("signs", said="nothing")
    spoken = tuple(words_of_harm(desk.entries)) if set(given.values()) == {"no"} else ()
    if spoken and form.text("sure") != "yes":
        return _page(request, desk, given=given, words=spoken)
    desk.add(entries_of(given, desk.settings.get("about", "")))
    if "yes" in given.values():
        return go("safety")
    return go("signs", said="open" if gate(desk).unanswered else "kept")


def _given(form: Form, state: DangerState) -> dict[str, str]:
    """Sign -> what was chosen, of the questions that are asked; one that was passed over stays as it is."""
    said = {a.sign.id: form.choice(f"sign_{a.number}", GIVEN) for a in asked(state)}
    return {sign: word for sign, word in said.items() if word is not None}


def entries_of(given: dict[str, str], about: str) -> list[Entry]:
    """What was chosen, as entries: yes and no are answers, “I cannot say” leaves the question open."""
    now = datetime.now()
    return [
        left_open(sign, at=now) if word == "unsure" else answer(sign, word, at=now, about=about)
        for sign, word in given.items()
    ]


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

"""Two short questionnaires about oneself, if one likes. A word about dying comes before any score."""

from __future__ import annotations

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.forms import Form, read_form
from velveteen.app.shell import desk_of, go, route, show
from velveteen.journal.entries import Entry, uuid7
from velveteen.measure.questionnaires import Questionnaire, score, shipped
from velveteen.problems import BadInput
from velveteen.report.phrases import day

ASKED = ("phq9", "gad7")  # addresses carry their place here
ABOUT = {"phq9": "Mood and strength in the last two weeks", "gad7": "Worry and unrest in the last two weeks"}
CRISIS = "despair"  # the text with the lines first


def routes() -> list[Route]:
    """One questionnaire, empty and filled in."""
    return [route("me", _empty, "/{number:int}"), route("me", _filled, "/{number:int}", ("POST",))]


async def _empty(request: Request) -> Response:
    desk = desk_of(request)
    return _page(request, desk, _wanted(desk, request), {})


def _page(
    request: Request, desk: Desk, of: Questionnaire, given: dict[str, int], *, wrong: str = ""
) -> Response:
    return show(
        request, "questionnaire.html.j2", tab="me", of=of, about=ABOUT[of.id], number=request.path_params["number"],
        options=[(str(int(option.value)), option.label) for option in of.options], given=given, wrong=wrong,
        before=before(desk, of), status=400 if wrong else 200,
    )  # fmt: skip


def before(desk: Desk, of: Questionnaire) -> list[str]:
    """Earlier scores with their day, newest first, without the names of ranges: nobody is sorted into one here."""
    found = [e for e in desk.standing if e.kind == "answer" and e.payload.get("questionnaire") == of.id]
    highest = int(of.scale[1]) * len(of.items)
    return [
        f"{day(e.at.date())}: {e.payload['score']:g} of {highest}"
        for e in reversed(found)
        if isinstance(e.payload.get("score"), int | float)
    ]


async def _filled(request: Request) -> Response:
    """Seal the answers. One that speaks of dying leads to help at once, whether or not the others are there."""
    desk, form = desk_of(request), await read_form(request)
    of = _wanted(desk, request)
    given = answers_of(of, form)
    scored = score(of, given)
    if scored.missing and not scored.crisis:
        missing = scored.missing[0]
        return _page(
            request,
            desk,
            of,
            given,
            wrong=f"Number {missing} has no answer yet. Nothing is kept so far; the rest is still here.",
        )
    now = datetime.now()
    payload = {"questionnaire": of.id, "items": given}
    desk.add(
        [
            Entry(
                uuid7(),
                "answer",
                now,
                now,
                payload if scored.score is None else {**payload, "score": scored.score},
            )
        ]
    )
    return go("read", CRISIS) if scored.crisis else go("me", request.path_params["number"])


def answers_of(of: Questionnaire, form: Form) -> dict[str, int]:
    """Item -> answer, of the items that have one."""
    low, high = (int(end) for end in of.scale)
    found = {item.id: form.number(f"i_{item.id}", low, high) for item in of.items}
    return {item: value for item, value in found.items() if value is not None}


def _wanted(desk: Desk, request: Request) -> Questionnaire:
    desk.journal  # noqa: B018  (asks for the passphrase first where the notes are locked)
    number: int = request.path_params["number"]
    if not 1 <= number <= len(ASKED):
        raise BadInput("no_page", "There is no such page in these notes. Nothing was changed.")
    return shipped()[ASKED[number - 1]]

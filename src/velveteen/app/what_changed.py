"""*What has changed?*: the gate, the harm there is now, my terms, my own guess, and only then odds, once a week at most."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from velveteen.app import kept_verdict
from velveteen.app.desk import Desk
from velveteen.app.forms import Form, read_form
from velveteen.app.gate import gate
from velveteen.app.holds import measured, measured_beside
from velveteen.app.kept_verdict import Kept, Then
from velveteen.app.shell import desk_of, go, route, show
from velveteen.app.weighing import Question, Weighing, refusal_of
from velveteen.journal.entries import Entry, uuid7
from velveteen.measure.days import free_entries, readable
from velveteen.measure.therapy import therapy_status
from velveteen.problems import VelveteenError
from velveteen.report import harm_now, ledgers

GUESSES = (
    ("same", "Nothing has changed"), ("worse", "It has become worse"), ("temporary", "Better for a while, then back again"),
    ("surface", "Better on the outside, not within"), ("conditional", "Better only while a limit stands"),
    ("lasting", "A broad change that holds so far"), ("none_of_these", "Changed, in none of these ways"),
    ("cannot_say", "I cannot say"),
)  # fmt: skip
_WORDS = dict(GUESSES)
_CANNOT_SAY = "cannot_say"
_STEPS = 10  # of sureness; kept as chances of 100


def routes() -> list[Route]:
    """The page, letting it weigh, how far it is, and one's own guess."""
    return [
        route("odds", _page), route("odds", _weigh, methods=("POST",)), route("odds", _how_far, "/p"),
        route("guess", _guessed, methods=("POST",)),
    ]  # fmt: skip


async def _page(request: Request) -> Response:
    desk = desk_of(request)
    if desk.side == "changer":
        return go("holds")
    by_person = request.query_params.get("w") != "1"
    if not gate(desk).closed and _standing_verdict(desk) is None:
        await measured_beside(desk)
    return show(
        request, "odds.html.j2", tab="holds", by_person=by_person, **_opening(desk), **_below(request, desk)
    )


def _opening(desk: Desk) -> dict[str, Any]:
    """What stands above any odds, whatever the gate says."""

    def read() -> dict[str, Any]:
        entries, _ = readable(free_entries(desk.entries))
        return {"now": harm_now.sentences(entries, date.today()), "terms": ledgers.terms(entries)}

    opening: dict[str, Any] = desk.once("opening", read)
    return {"danger": gate(desk), **opening}


def _below(request: Request, desk: Desk) -> dict[str, Any]:
    """The part about odds; empty but for the reason while the gate is closed or the record holds too little."""
    nothing: dict[str, Any] = {
        "refusal": "", "kept": None, "weighing": None, "guesses": (), "guessed": "", "earlier": (), "odds": "",
    }  # fmt: skip
    refusal = _collect(request, desk)
    if gate(desk).closed:
        return nothing
    kept = _standing_verdict(desk)
    if kept is not None:
        return {**nothing, "kept": kept, "odds": _markup(kept), "guessed": _said(desk, kept.now),
                "earlier": [(then, _said(desk, then)) for then in kept.earlier]}  # fmt: skip
    weighing = _weighing(request)
    if weighing.running:
        return {**nothing, "weighing": weighing.progress}
    refusal = refusal or refusal_of(measured(desk)[0])
    if _pending(desk) is None and not refusal:
        return {**nothing, "guesses": GUESSES}
    return {**nothing, "refusal": refusal, "guessed": _guess_words(_pending(desk))}


def _markup(kept: Kept) -> Markup:
    return Markup(kept.html)  # noqa: S704  (drawn here, and sealed since)


def _weighing(request: Request) -> Weighing:
    found: Weighing = request.app.state.weighing
    return found


def _digest(desk: Desk) -> str:
    found: str = desk.once("digest", lambda: kept_verdict.digest(desk.entries))
    return found


def _standing_verdict(desk: Desk) -> Kept | None:
    kept = kept_verdict.load(desk)
    return kept if kept is not None and kept.stands(_digest(desk), date.today()) else None


def _pending(desk: Desk) -> Entry | None:
    """The newest guess, where it is of this week and no verdict has answered it yet."""
    guesses = [e for e in desk.standing if e.kind == "guess"]
    kept = kept_verdict.load(desk)
    answered = {then.guess for then in (*kept.earlier, kept.now)} if kept else set()
    newest = max(guesses, key=lambda e: (e.written, e.id), default=None)
    young = newest is not None and date.today() - newest.written.date() < kept_verdict.WEEK
    return newest if young and newest is not None and newest.id not in answered else None


def _said(desk: Desk, then: Then) -> str:
    return _guess_words(next((e for e in desk.standing if e.id == then.guess), None))


def _guess_words(guess: Entry | None) -> str:
    """“Better for a while, then back again”, and how sure; empty where the guess is not there any more."""
    if guess is None:
        return ""
    words = _WORDS.get(
        str(guess.payload.get("account")), str(guess.payload.get("words") or _WORDS[_CANNOT_SAY])
    )
    chance = guess.payload.get("chance")
    sure = f", {chance // _STEPS} of {_STEPS} sure" if isinstance(chance, int) else ""
    return f"“{words}”{sure}"


async def _guessed(request: Request) -> Response:
    """Keep the guess, and begin to weigh. A guess that comes after the odds, or while there can be none, is not one."""
    desk, form = desk_of(request), await read_form(request)
    ready = desk.side != "changer" and not gate(desk).closed and _standing_verdict(desk) is None
    payload = guess_of(form)
    if ready and payload and not refusal_of(measured(desk)[0]):
        now = datetime.now()
        desk.add([Entry(uuid7(), "guess", now, now, payload, about=desk.settings.get("about", ""))])
        _begin(request, desk)
    return go("odds")


def guess_of(form: Form) -> dict[str, Any]:
    """The payload of a guess; empty where nothing was chosen."""
    account, sure = form.choice("account", tuple(_WORDS)), form.number("sure", 0, _STEPS)
    if account is None:
        return {}
    if account == _CANNOT_SAY:
        return {"words": _WORDS[_CANNOT_SAY]}
    return {"account": account, **({} if sure is None else {"chance": sure * 100 // _STEPS})}


async def _weigh(request: Request) -> Response:
    desk = desk_of(request)
    if desk.side != "changer":
        _weighing(request).drop()
        _begin(request, desk)
    return go("odds")


def _begin(request: Request, desk: Desk) -> None:
    """Let it weigh, where the gate is open, a guess waits for it, and the week has no verdict."""
    guess = _pending(desk)
    if guess is None or gate(desk).closed or _standing_verdict(desk) is not None:
        return
    cells, points, problems = measured(desk)
    question = Question(
        cells=tuple(cells), points=tuple(points), problems=tuple(problems), danger=gate(desk), made=date.today(),
        therapy=therapy_status(free_entries(desk.entries), date.today()), record=_digest(desk), length=len(desk.entries),
        guess=guess.id, opening=desk.journal,
    )  # fmt: skip
    loop = asyncio.get_running_loop()

    def seal() -> None:
        with suppress(VelveteenError):  # a page that asks for it says why it could not be sealed
            _collect(request, desk)

    def told() -> None:
        with suppress(RuntimeError):  # the pages are closing
            loop.call_soon_threadsafe(seal)

    _weighing(request).start(question, told)


def _collect(request: Request, desk: Desk) -> str:
    """Seal a verdict that has come, unless the gate has closed or a part of it was erased; return why the judge refused.

    Raises:
        Refused: `locked`, and what sealing raises; the verdict waits then.
    """
    weighing = _weighing(request)
    found = weighing.found(desk.journal)
    if gate(desk).closed or (found is not None and _erased_since(desk, found[0])):
        weighing.drop()
    elif found is not None:
        question, answer = found
        if answer.refusal:
            return answer.refusal if question.record == _digest(desk) else ""
        kept_verdict.seal(desk, question, answer)
        weighing.drop()
    return ""


def _erased_since(desk: Desk, question: Question) -> bool:
    """Whether anything that was weighed is not in the record any more; entries are only ever added behind the others."""
    return kept_verdict.digest(desk.entries[: question.length]) != question.record


async def _how_far(request: Request) -> Response:
    """Steps done of 100 while it weighs; 204 once there is something else to see."""
    desk = desk_of(request)
    _collect(request, desk)
    weighing = _weighing(request)
    if gate(desk).closed or not weighing.running:
        return Response(status_code=204)
    done, total = weighing.progress
    return PlainTextResponse(str(100 * done // total))

"""The first screen: tonight's words before any passphrase; then whose side this is, and the file that keeps it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app import tonight
from velveteen.app.desk import SIDES, Desk
from velveteen.app.forms import Form, read_form
from velveteen.app.gate import GIVEN, as_entries
from velveteen.app.help_now import country_of
from velveteen.app.shell import desk_of, go, route, show
from velveteen.guide.danger import signs
from velveteen.guide.lines import countries
from velveteen.journal.entries import Entry
from velveteen.journal.passphrase import bits, check, generate
from velveteen.problems import BadInput, VelveteenError

TONIGHT = "tonight"
WHO = ("partner", "parent", "adult child", "sibling", "ex", "colleague", "someone else")


def routes() -> list[Route]:
    """First screen, beginning, and what a sentence could be kept as."""
    return [
        route("first", _first), route("first", _written, methods=("POST",)),
        route("begin", _begin), route("begin", _begun, methods=("POST",)),
        route("confirm", _confirm, "/{note}"), route("confirm", _confirmed, "/{note}", ("POST",)),
    ]  # fmt: skip


async def _first(request: Request) -> Response:
    desk = desk_of(request)
    if not desk.locked:
        return go("today")
    return _first_page(request, desk)


def _first_page(request: Request, desk: Desk, *, wrong: str = "", status: int = 200) -> Response:
    return show(request, "first.html.j2", words=desk.drafts.get(TONIGHT, ""), wrong=wrong, status=status)


async def _written(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    desk.touch()
    text = form.text("words")
    desk.drafts[TONIGHT] = text
    if not desk.begun:
        return go("begin")
    try:
        if desk.locked:
            desk.open(form.text("passphrase"))
    except VelveteenError as no:
        return _first_page(request, desk, wrong=no.message, status=400)
    return onward(desk, go("today"))


def onward(desk: Desk, otherwise: Response) -> Response:
    """Seal the words that waited, and on to what they could be kept as; without any, on as given."""
    waiting = desk.drafts.pop(TONIGHT, "")
    note = tonight.keep_words(desk, waiting) if waiting.strip() else ""
    if desk.notebook:
        return go("notebook")
    return go("confirm", note) if note else otherwise


async def _begin(request: Request) -> Response:
    desk = desk_of(request)
    if desk.begun:
        return go("first")
    return _begin_page(request, generate())


def _begin_page(
    request: Request, offered: str, *, wrong: str = "", form: Form | None = None, status: int = 200
) -> Response:
    given = form or Form([])
    return show(
        request, "begin.html.j2", offered=offered, bits=round(bits()), wrong=wrong, given=given, who=WHO,
        country=_country(desk_of(request), given), countries=countries(), status=status,
        kept=bool(desk_of(request).drafts.get(TONIGHT)),
    )  # fmt: skip


async def _begun(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    desk.touch()
    if desk.begun:
        return go("first")
    try:
        side, passphrase = _chosen(form)
        settings = {
            "side": side,
            "about": form.text("about"),
            "country": _country(desk, form),
            "who": form.text("who"),
        }
        desk.begin(passphrase, **{key: value for key, value in settings.items() if value})
    except VelveteenError as no:
        return _begin_page(
            request, form.text("offered") or generate(), wrong=no.message, form=form, status=400
        )
    return onward(desk, go("today"))


def _chosen(form: Form) -> tuple[str, str]:
    side = form.choice("side", SIDES)
    if side is None:
        raise BadInput(
            "no_side", "Please choose first who these notes are about. What you wrote is still here."
        )
    return side, chosen_passphrase(form)


def chosen_passphrase(form: Form) -> str:
    """The passphrase that a form chose: the offered one, once it is noted, or an own one, typed twice.

    Raises:
        BadInput: `not_the_same`, `not_noted`, and as `passphrase.check`.
    """
    if form.text("which") == "own":
        own = form.text("own")
        check(own)
        if own != form.text("again"):
            raise BadInput("not_the_same", "The two passphrases are not the same. Please type yours twice.")
        return own
    if form.text("noted") != "yes" or not form.text("offered"):
        message = "Please write the six words down first, and say that you have. Without them nobody can open these notes."
        raise BadInput("not_noted", message)
    check(form.text("offered"))
    return form.text("offered")


def _country(desk: Desk, form: Form) -> str:
    """The country of the form; before it was sent, the one that was chosen for the lines."""
    return country_of(form, "country") if form.all("country") else desk.country


async def _confirm(request: Request) -> Response:
    desk = desk_of(request)
    note = _note(desk, request)
    found = tonight.proposals(desk, note)
    if not found:
        return go("today", said="kept")
    asked = {p.payload["sign"] for p in found if p.kind == "danger_question"}
    return show(
        request, "confirm.html.j2", tab="today", note=note, numbered=list(enumerate(found)),
        questions=[s for s in signs() if s.id in asked],
    )  # fmt: skip


async def _confirmed(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    note = _note(desk, request)
    found = tonight.proposals(desk, note)
    chosen = {int(n) for n in form.all("keep") if n.isascii() and n.isdigit() and len(n) < 4}
    entries = tonight.confirmed(desk, [p for n, p in enumerate(found) if n in chosen])
    told = _answers(form)
    desk.add([*entries, *as_entries(desk, told)])
    if "yes" in told.values():
        return go("safety")
    return go("today", said="kept")


def _answers(form: Form) -> dict[str, str]:
    """Sign -> what was chosen, of the questions that the words raised; one that was passed over stays open."""
    said = {s.id: form.choice(f"sign_{s.id}", GIVEN) for s in signs()}
    return {sign: word for sign, word in said.items() if word is not None}


def _note(desk: Desk, request: Request) -> Entry:
    wanted = request.path_params["note"]
    found = next((e for e in desk.standing if e.id == wanted and e.kind == "note"), None)
    if found is None:
        raise BadInput("no_note", "These words are not in the notes any more. Nothing was changed.")
    return found

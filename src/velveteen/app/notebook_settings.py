"""Settings of the second notebook, kept in it alone: title, page after leaving, when to hide and to lock, passphrase."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.forms import Form, read_form
from velveteen.app.notebook import TROUBLE, inside
from velveteen.app.settings import COVER, LOCK, settings_of
from velveteen.app.shell import NEUTRAL, desk_of, go, route, show
from velveteen.journal.passphrase import check
from velveteen.problems import BadInput, VelveteenError

KEYS = ("window_name", "leave_to", "cover_after", "lock_after")
SAID = {"kept": "Kept.", "sealed": "The new passphrase opens it from now on."}
_NOT_TAKEN = "This one cannot be taken. Nothing was changed. Please choose another, of five words or more."
# The same words whether one is easy to guess or opens something else: a sentence must not tell which.
WRONG = dict.fromkeys(
    ("empty_passphrase", "pin_passphrase", "weak_passphrase", "same_passphrase"), _NOT_TAKEN
) | {
    "wrong_passphrase": "This is not the passphrase that it has now. Nothing was changed.",
    "not_the_same": "The new one was not typed the same way twice. Nothing was changed.",
}


def routes() -> list[Route]:
    """The settings, and the passphrase."""
    return [
        route("notebook", inside(_settings), "/2"), route("notebook", inside(_kept), "/2", ("POST",)),
        route("notebook", inside(_sealed), "/2/p", ("POST",)),
    ]  # fmt: skip


async def _settings(request: Request) -> Response:
    said = SAID.get(request.query_params.get("s", ""), "")
    return _page(request, desk_of(request).settings, said=said)


def _page(
    request: Request, given: dict[str, str], *, said: str = "", wrong: str = "", wrong_new: str = ""
) -> Response:
    return show(
        request, "notebook_settings.html.j2", settings={key: given.get(key, "") for key in KEYS}, said=said, wrong=wrong,
        wrong_new=wrong_new, cover=COVER, lock=LOCK, neutral=NEUTRAL, status=400 if wrong or wrong_new else 200,
    )  # fmt: skip


async def _kept(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    before = desk.settings
    try:
        wanted = settings_of(form)
    except BadInput as no:
        return _page(request, {key: form.text(key)[:200] for key in KEYS}, wrong=no.message)
    changed = {key: value for key, value in wanted.items() if key in KEYS and value != before.get(key, "")}
    if changed:
        desk.set(**changed)
    return go("notebook", "2", said="kept")


async def _sealed(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    before = desk.settings
    try:
        _change(desk, form)
    except VelveteenError as no:
        return _page(request, before, wrong_new=WRONG.get(no.code, TROUBLE))
    return go("notebook", "2", said="sealed")


def _change(desk: Desk, form: Form) -> None:
    present, new = form.text("present"), form.text("new")
    desk.proves(present)
    check(new)
    if new != form.text("again"):
        raise BadInput("not_the_same", WRONG["not_the_same"])
    desk.reseal(present, new)

"""Settings: how the window is called, where leaving goes, when to cover and to lock, the country, a name, the passphrase."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.first import chosen_passphrase
from velveteen.app.forms import Form, read_form
from velveteen.app.shell import NEUTRAL, desk_of, go, route, show
from velveteen.guide.lines import countries
from velveteen.journal.notebook import check_other
from velveteen.journal.passphrase import bits, check, generate
from velveteen.problems import BadInput, VelveteenError

NAME = 40  # characters of the window's name
ABOUT = 80
COVER = (15, 300)  # seconds
LOCK = (1, 60)  # minutes
KEYS = ("window_name", "leave_to", "cover_after", "lock_after", "country", "about")
SAID = {
    "kept": "It is kept.",
    "second": "The second notebook is there. From now on each of the two passphrases opens its own. Lock, and open the "
    "second one today: it needs a first note, and then more.",
    "sealed": "The notes have the new passphrase. Backups and copies made before still open with the old one.",
}


def routes() -> list[Route]:
    """The settings, and the passphrase."""
    return [
        route("settings", _settings), route("settings", _kept, methods=("POST",)),
        route("settings", _sealed, "/p", ("POST",)),
        route("settings", _second, "/q", ("POST",)),
    ]  # fmt: skip


async def _settings(request: Request) -> Response:
    desk = desk_of(request)
    return _page(request, desk.settings, said=SAID.get(request.query_params.get("s", ""), ""))


def _page(
    request: Request, given: dict[str, str], *, form: Form | None = None, offered: str = "", wrong: str = "",
    wrong_passphrase: str = "", wrong_second: str = "", said: str = "",
) -> Response:  # fmt: skip
    return show(
        request, "settings.html.j2", tab="me", settings={key: given.get(key, "") for key in KEYS}, countries=countries(),
        given=form or Form([]), offered=offered or generate(), bits=round(bits()), wrong=wrong,
        wrong_passphrase=wrong_passphrase, wrong_second=wrong_second,
        paired=desk_of(request).paired, said=said, cover=COVER, lock=LOCK, neutral=NEUTRAL,
        status=400 if wrong or wrong_passphrase or wrong_second else 200,
    )  # fmt: skip


async def _kept(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    before = desk.settings
    try:
        wanted = settings_of(form)
    except BadInput as no:
        return _page(request, {key: form.text(key)[:200] for key in KEYS}, wrong=no.message)
    changed = {key: value for key, value in wanted.items() if value != before.get(key, "")}
    if changed:
        desk.set(**changed)
    return go("settings", said="kept")


def settings_of(form: Form) -> dict[str, str]:
    """Key -> value of what a form sent; an empty value takes the setting back. Keys that were not sent are left out.

    Raises:
        BadInput: `too_long`, `not_an_address`, `out_of_range`, `unknown_country`; nothing is kept then.
    """
    read = {
        "window_name": _line("window_name", NAME), "about": _line("about", ABOUT), "leave_to": leave_address,
        "cover_after": _within(*COVER, "seconds"), "lock_after": _within(*LOCK, "minutes"), "country": _country,
    }  # fmt: skip
    return {key: check(form.text(key)) for key, check in read.items() if form.all(key)}


def leave_address(text: str) -> str:
    """An address to go to on *Leave now*: http or https, with a host; or nothing.

    Raises:
        BadInput: `not_an_address`.
    """
    try:
        parts = urlsplit(text)
        fits = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and text.isprintable()
            and " " not in text
        )
    except ValueError:
        fits = False
    if text and (not fits or len(text) > 500):
        message = (
            "The address must begin with https:// or http://, as in https://example.org. Nothing was changed."
        )
        raise BadInput("not_an_address", message)
    return text


def _line(key: str, longest: int) -> Callable[[str], str]:
    def line(text: str) -> str:
        if len(text) > longest or not text.isprintable():
            what = {"window_name": "The window’s name", "about": "The name"}[key]
            raise BadInput(
                "too_long", f"{what} must be one line of at most {longest} characters. Nothing was changed."
            )
        return text

    return line


def _within(low: int, high: int, unit: str) -> Callable[[str], str]:
    def number(text: str) -> str:
        fits = text.isascii() and text.isdigit() and len(text) < 5 and low <= int(text) <= high
        if text and not fits:
            raise BadInput(
                "out_of_range",
                f"Please give a whole number from {low} to {high} {unit}. Nothing was changed.",
            )
        return text

    return number


def _country(text: str) -> str:
    if text and text not in dict(countries()):
        raise BadInput("unknown_country", "This country is not on the list. Nothing was changed.")
    return text


async def _sealed(request: Request) -> Response:
    """A new passphrase, once the present one was typed."""
    desk, form = desk_of(request), await read_form(request)
    before = desk.settings
    try:
        desk.reseal(form.text("passphrase"), chosen_passphrase(form))
    except VelveteenError as no:
        if no.code == "locked":
            raise
        return _page(request, before, form=form, offered=form.text("offered"), wrong_passphrase=no.message)
    return go("settings", said="sealed")


async def _second(request: Request) -> Response:
    """A second notebook, once the present passphrase was typed."""
    desk, form = desk_of(request), await read_form(request)
    before = desk.settings
    try:
        desk.add_notebook(*_two(desk, form))
    except VelveteenError as no:
        if no.code == "locked":
            raise
        return _page(request, before, wrong_second=no.message)
    return go("settings", said="second")


def _two(desk: Desk, form: Form) -> tuple[str, str]:
    """The present passphrase and the second one of a form.

    Raises:
        BadInput: `wrong_passphrase`, `same_passphrase`, `not_the_same`, and as `passphrase.check`.
    """
    present, second = form.text("present"), form.text("second")
    desk.proves(present)
    check(second)
    check_other(present, second)
    if second != form.text("second_again"):
        raise BadInput("not_the_same", "The two are not the same. Please type the second passphrase twice.")
    return present, second

"""The frame of every page: templates, the neutral addresses, and what each page needs to draw itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import ChoiceLoader, Environment, PrefixLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.guide.lines import dialled
from velveteen.guide.pages import pages
from velveteen.problems import BadInput
from velveteen.report.page import Templates, colour_rules, strict
from velveteen.report.phrases import count, short_day

# Addresses stay in a browser's history, so they say nothing: one letter a page, all under one path.
PATHS = {
    "first": "/n/", "today": "/n/a", "record": "/n/b", "holds": "/n/c", "me": "/n/d", "safety": "/n/e", "leave": "/n/f",
    "keep": "/n/g", "lock": "/n/h", "style": "/n/i.css", "script": "/n/j.js", "icon": "/n/k.svg", "begin": "/n/l",
    "confirm": "/n/m", "sheet": "/n/q", "help": "/n/r", "read": "/n/s", "alive": "/n/t",
    "odds": "/n/u", "signs": "/n/v", "plan": "/n/w", "import": "/n/x", "then": "/n/y", "entry": "/n/z", "papers": "/n/aa",
    "settings": "/n/ab", "guess": "/n/ac", "sentence": "/n/ad", "backup": "/n/ae", "done": "/n/af", "free": "/n/ag",
    "notebook": "/n/ah", "restore": "/n/ai",
}  # fmt: skip
TABS = (("today", "Today"), ("record", "Record"), ("holds", "What holds"), ("me", "Me"))
NEUTRAL = "Notes"
# What is typed into a form that does not say so is written by browsers to the disk, to bring a closed window back.
UNKEPT = '<form autocomplete="off" '

Handler = Callable[[Request], Awaitable[Response]]


@cache
def environment() -> Environment:
    """The environment of the pages; “paper/” leads to the templates of the papers."""
    papers = PrefixLoader({"paper": Templates("velveteen.report")})
    made = strict(ChoiceLoader([papers, Templates("velveteen.app")]))
    made.globals.update(path=path, short_day=short_day, count=count, TABS=TABS, dialled=dialled)
    return made


_place = {"under": ""}


def place(under: str) -> None:
    """All addresses that `path` gives lie under this path from now on; empty: under none."""
    _place["under"] = under


def path(page: str, *parts: object) -> str:
    """The address of a page, with further parts. A text of the guide goes by its number: its id would tell what is read."""
    if page == "read" and parts:
        parts = (number_of(str(parts[0])), *parts[1:])
    here = PATHS[page].rstrip("/") if parts else PATHS[page]
    return _place["under"] + "/".join([here, *(str(part) for part in parts)])


def number_of(text: str) -> int:
    """The number by which the pages name a text of the guide."""
    return 1 + _texts().index(text)


def text_of(number: str) -> str:
    """The id of the guide's text of a number.

    Raises:
        BadInput: `unknown_page`.
    """
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
    if not 0 < place <= len(_texts()):
        raise BadInput("unknown_page", "There is no such page to read. Nothing was lost.")
    return _texts()[place - 1]


@cache
def _texts() -> list[str]:
    return sorted(p.id for p in pages())


def route(page: str, handler: Handler, rest: str = "", methods: tuple[str, ...] = ("GET",)) -> Route:
    """A route for a page; `rest` holds further parts of its address, such as "/{id}"."""
    return Route(PATHS[page].rstrip("/") + rest if rest else PATHS[page], handler, methods=list(methods))


def desk_of(request: Request) -> Desk:
    """The desk of the running program."""
    desk: Desk = request.app.state.desk
    return desk


def show(
    request: Request, template: str, *, tab: str = "", status: int = 200, by_person: bool = True, **view: Any
) -> HTMLResponse:
    """A whole page.

    Args:
        request: what is answered.
        template: file name among the app's templates.
        tab: which tab it belongs to, or empty.
        status: of the answer.
        by_person: whether a person asked for it; a page that renews itself is no sign that somebody is there.
        view: what the template shows.
    """
    desk = desk_of(request)
    if by_person:
        desk.touch()
    settings: Mapping[str, str] = {} if desk.locked else desk.settings
    page = environment().get_template(template).render(
        tab=tab, locked=desk.locked, begun=desk.begun, name=settings.get("window_name") or NEUTRAL,
        side="" if desk.locked else desk.side, today=date.today(), draft_of=lambda name: desk.drafts.get(name, ""),
        away=settings.get("leave_to", ""), cover_after=settings.get("cover_after", "60"), **view,
    )  # fmt: skip
    page = page.replace("<form ", UNKEPT)
    return HTMLResponse(
        page.encode("utf-8", "replace"), status
    )  # half a surrogate pair can stand in a record


def go(page: str, *parts: object, said: str = "") -> RedirectResponse:
    """On to another page after something was done, so that going back does not do it again; `said` names a sentence."""
    return RedirectResponse(path(page, *parts) + (f"?s={said}" if said else ""), 303)


def style() -> str:
    """The whole style sheet."""
    sheet = resources.files("velveteen.app").joinpath("static", "app.css").read_text("utf-8")
    return f"{colour_rules()}\n{sheet}"


def static(name: str) -> bytes:
    """One of the app's own files."""
    return resources.files("velveteen.app").joinpath("static", name).read_bytes()

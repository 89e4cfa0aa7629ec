"""Papers: looked at here first; only the passphrase, typed once more, lets one leave, under a name that says nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app import own
from velveteen.app.desk import Desk
from velveteen.app.forms import read_form
from velveteen.app.gate import gate
from velveteen.app.help_now import lines_view
from velveteen.app.shell import desk_of, route, show
from velveteen.measure.weekly import weekly_cells
from velveteen.problems import BadInput, VelveteenError
from velveteen.report import Record, for_helper, for_lawyer, for_me

PAPERS = (
    (
        "For me",
        "All that is counted from what you wrote, and your own words. No odds: no numbers on how likely a change is.",
    ),
    (
        "For a helper",
        "Dates, promises, limits and danger signs, for someone on a line or at a shelter. No feelings, no odds.",
    ),
    ("For a lawyer", "Dated facts, and when each was written. No feelings, no scores, no odds."),
)
FILE = "notes.html"


def routes() -> list[Route]:
    """The papers, one of them, and one as a file."""
    return [
        route("papers", _papers), route("papers", _paper, "/{number:int}"),
        route("papers", _file, "/{number:int}", ("POST",)),
    ]  # fmt: skip


async def _papers(request: Request) -> Response:
    desk = desk_of(request)
    if desk.side == "changer":
        return _therapist(request, desk)
    return show(request, "papers.html.j2", tab="me", papers=list(enumerate(PAPERS, 1)))


async def _paper(request: Request) -> Response:
    desk = desk_of(request)
    return _page(request, desk, _number(desk, request))


def _page(request: Request, desk: Desk, number: int, *, wrong: str = "", status: int = 200) -> Response:
    return show(
        request, "paper.html.j2", tab="me", number=number, title=PAPERS[number - 1][0], wrong=wrong, status=status,
        numbers=number == 3 or bool(desk.country), body=main_of(made(desk, number)),
    )  # fmt: skip


async def _file(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    number = _number(desk, request)
    try:
        desk.proves(form.text("passphrase"))
    except VelveteenError as no:
        return _page(request, desk, number, wrong=no.message, status=400)
    desk.touch()
    return attachment(made(desk, number).encode(), FILE, "text/html; charset=utf-8")


def attachment(content: bytes, name: str, media_type: str) -> Response:
    """A file for the browser to save, and not to show."""
    return Response(
        content, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'}
    )


def _number(desk: Desk, request: Request) -> int:
    number: int = request.path_params["number"]
    if desk.side == "changer" or not 1 <= number <= len(PAPERS):
        raise BadInput("no_page", "There is no such page in these notes. Nothing was changed.")
    return number


def made(desk: Desk, number: int) -> str:
    """One paper as a whole document; made once for as long as the record stays as it is."""
    text: str = desk.once(f"paper {number}", lambda: _make(desk, number))
    return text


def _make(desk: Desk, number: int) -> str:
    record, today = _record(desk), date.today()
    if number == 3:
        return for_lawyer(record, chain_fits=desk.journal.verify() is None, today=today)
    lines, danger = lines_view(desk)["lines"], gate(desk)
    if number == 2:
        return for_helper(record, danger=danger, lines=lines, today=today)
    return for_me(record, danger=danger, lines=lines, with_odds=False, today=today)


def _record(desk: Desk) -> Record:
    cells, points, problems = weekly_cells(desk.entries)
    return Record(
        entries=tuple(desk.standing), cells=tuple(cells), turning_points=tuple(points), problems=tuple(problems),
        title=desk.settings.get("title", ""), history=tuple(desk.entries),
    )  # fmt: skip


def main_of(paper: str) -> Markup:
    """The middle of a paper, to be looked at within a page; its words were escaped when it was made."""
    return Markup(paper.partition("<main>")[2].partition("</main>")[0])  # noqa: S704


def _therapist(request: Request, desk: Desk) -> Response:
    """Dated facts of one's own practice, on one page. No odds, and no word on how the others are."""
    with_nights = request.query_params.get("r") == "1"
    view = desk.once("therapist", lambda: _own(desk))
    return show(request, "therapist.html.j2", tab="me", with_nights=with_nights, **view)


def _own(desk: Desk) -> dict[str, Any]:
    standing = own.counted(desk.standing)
    return {
        "share": own.kept_share(standing), "sessions": own.session_share(standing),
        "practice": own.items(standing, "15"), "attended": own.items(standing, "5"), "nights": own.items(standing, "16"),
    }  # fmt: skip

"""The tab Record: the story month by month, a ledger by itself, and a day that was not written freely."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.forms import read_form
from velveteen.app.sheet import sheet_for
from velveteen.app.shell import desk_of, path, route, show
from velveteen.app.story import Line, by_day, line_of, root, taken_back, tells
from velveteen.journal.corrections import MARKED, corrected, not_free
from velveteen.journal.entries import WITHDRAWN, Entry, current, dated
from velveteen.problems import BadInput
from velveteen.report.ledgers import promise_summary

SAID = {
    "kept": "It is kept.",
    "erased": "It is erased.",
    "taken": "It is taken back, and counts nowhere. You can still read it here.",
    "stands": "It stands as it did before.",
    "nothing": "Nothing was chosen, so nothing was changed.",
}
A_PAGE = 50  # lines of a ledger
_THERAPY = frozenset({"therapy_began", "therapy_ended", "medication"})


@dataclass(frozen=True, slots=True)
class Ledger:
    """One ledger: its value in the address, which says nothing there, its name, and what belongs to it."""

    id: str
    name: str
    holds: Callable[[Entry], bool]


def _of(*kinds: str) -> Callable[[Entry], bool]:
    return lambda entry: entry.kind in kinds


def _therapy(entry: Entry) -> bool:
    return entry.kind in ("therapy_session", "therapist_rating") or (
        entry.kind == "turning_point" and str(entry.payload.get("kind")) in _THERAPY
    )


def _words(entry: Entry) -> bool:
    return entry.kind == "note" or (entry.kind == "day" and bool(entry.facts or entry.feelings))


PARTNER = (
    Ledger("1", "Promises", _of("promise")), Ledger("2", "Limits", _of("limit")),
    Ledger("3", "What I brought up", _of("confrontation")), Ledger("4", "Turning points", _of("turning_point")),
    Ledger("5", "Therapy", _therapy), Ledger("6", "What was tried", _of("cure_tried")), Ledger("7", "My words", _words),
)  # fmt: skip
CHANGER = (
    Ledger("1", "What I said I would do", _of("promise")), Ledger("8", "What I practised", _of("practice")),
    Ledger("9", "What it has cost", _of("cost")), Ledger("5", "Therapy", _therapy),
    Ledger("6", "What was tried", _of("cure_tried")), Ledger("7", "My words", _words),
)  # fmt: skip


def routes() -> list[Route]:
    """The story, its ledgers, and how a day was written."""
    return [
        route("record", _record), route("free", _freely, "/{day}"), route("free", _marked, "/{day}", ("POST",)),
    ]  # fmt: skip


def told(desk: Desk, first: date, last: date) -> list[Entry]:
    """The entries of some days that the story tells, in order of the moment."""
    return [e for e in dated(desk.standing, first, last) if tells(e)]


def days_of(desk: Desk, entries: Iterable[Entry]) -> list[tuple[date, list[Line]]]:
    """Entries as dated lines, the newest day first."""
    known = desk.by_id
    return by_day(lines_of(desk, entries), lambda entry: root(entry, known))


def lines_of(desk: Desk, entries: Iterable[Entry]) -> list[Line]:
    """Entries as they are told, in the order given; one that was taken back as it read before, and said to be so."""
    side, today, known = desk.side, date.today(), desk.by_id

    def line(entry: Entry) -> Line:
        if entry.kind != WITHDRAWN:
            return line_of(entry, today, side)
        return taken_back(line_of(known.get(entry.corrects or "", entry), today, side))

    return [line(entry) for entry in entries]


def edit_of(entry: Entry, side: str) -> str:
    """Where an entry is put right, or nothing where it is only read or erased."""
    if entry.kind == "danger":
        return path("signs")
    if entry.kind == "day" and side != "changer":
        return f"{path('today')}?d={entry.at.date().isoformat()}"
    sheet = sheet_for(entry, side)
    if sheet is not None:
        return path("sheet", sheet.id, entry.id)
    return path("entry", entry.id) if entry.kind in ("note", "act", "day") else ""


async def _record(request: Request) -> Response:
    desk = desk_of(request)
    ledgers = CHANGER if desk.side == "changer" else PARTNER
    chosen = next((led for led in ledgers if led.id == request.query_params.get("f")), None)
    view = _ledger(desk, chosen, request) if chosen else _month(desk, request)
    said = SAID.get(request.query_params.get("s", ""), "")
    return show(
        request,
        "record.html.j2",
        tab="record",
        said=said,
        ledgers=ledgers,
        chosen=chosen,
        edit_of=edit_of,
        **view,
    )


def _ledger(desk: Desk, ledger: Ledger, request: Request) -> dict[str, Any]:
    """One ledger, the newest first, so many lines a page."""
    found: list[Entry] = desk.once(f"ledger {ledger.id}", lambda: _held(desk, ledger))
    last = max(0, len(found) - 1) // A_PAGE + 1
    at = min(max(1, _whole(request.query_params.get("p", ""))), last)
    shown = found[(at - 1) * A_PAGE : at * A_PAGE]
    summary = promise_summary(found) if ledger.id == "1" and found else ""
    here = f"{path('record')}?f={ledger.id}&p="
    return {
        "days": days_of(desk, shown), "summary": summary, "months": [], "month": None,
        "later": (f"{here}{at - 1}", "Later") if at > 1 else None,
        "earlier": (f"{here}{at + 1}", "Earlier") if at < last else None,
    }  # fmt: skip


def _held(desk: Desk, ledger: Ledger) -> list[Entry]:
    return [e for e in reversed(desk.standing) if ledger.holds(e) and tells(e)]


def _month(desk: Desk, request: Request) -> dict[str, Any]:
    """The month that is asked for, else the newest that holds something."""
    months = desk.once("months", lambda: _months(desk))
    asked = request.query_params.get("m", "")
    at = next((m for m in months if f"{m:%Y-%m}" == asked), months[0] if months else None)
    shown = told(desk, at, _last_of(at)) if at else []
    place = months.index(at) if at else 0
    return {
        "days": days_of(desk, shown), "summary": "", "months": months, "month": at,
        "later": _link(months[place - 1]) if place > 0 else None,
        "earlier": _link(months[place + 1]) if place + 1 < len(months) else None,
    }  # fmt: skip


def _months(desk: Desk) -> list[date]:
    """First days of the months in which something is told, the newest first."""
    by_month = groupby(desk.standing, key=lambda e: (e.at.year, e.at.month))
    return [date(*month, 1) for month, entries in by_month if any(map(tells, entries))][::-1]


def _last_of(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _link(month: date) -> tuple[str, str]:
    return f"{path('record')}?m={month:%Y-%m}", f"{month:%B} {month.year}"


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


async def _freely(request: Request) -> Response:
    return show(request, "freely.html.j2", tab="record", on=_day(desk_of(request), request))


async def _marked(request: Request) -> Response:
    """Mark a day, or take the mark back. The answer is the same whatever stood there before."""
    desk, form = desk_of(request), await read_form(request)
    on, now = _day(desk, request), datetime.now()
    answer = form.choice("way", ("1", "2"))
    entries = desk.entries
    if answer == "1":
        desk.add(not_free(entries, on, now))
    elif answer == "2":
        desk.add(free_again(entries, on, now))
    return back_to(on, "kept" if answer else "nothing")


def back_to(on: date, said: str) -> Response:
    """On to the month of a day, with a sentence."""
    return RedirectResponse(f"{path('record')}?m={on:%Y-%m}&s={said}", 303)


def free_again(entries: Iterable[Entry], day: date, at: datetime) -> list[Entry]:
    """What takes the marks of a day back; a mark that stood alone stays as a day of which nothing is known."""
    marked = [
        e
        for e in current(list(entries))
        if e.kind in MARKED and e.at.date() == day and e.payload.get("free") is False
    ]
    return [
        corrected(e, at=at, payload={"free": None, **({"acts": False} if _bare(e) else {})}) for e in marked
    ]


def _bare(mark: Entry) -> bool:
    return mark.kind != WITHDRAWN and set(mark.payload) == {"free"}


def _day(desk: Desk, request: Request) -> date:
    _ = desk.journal  # asks for the passphrase first where the notes are locked
    try:
        found = date.fromisoformat(request.path_params["day"])
    except ValueError:
        found = date.max
    if not date(1900, 1, 1) <= found <= date.today():
        raise BadInput("no_day", "There is no such day in these notes. Nothing was changed.")
    return found

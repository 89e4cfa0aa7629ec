"""Today: the day in a few taps or one sentence; for the person who wants to change, one promise and what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app import mistakes, tonight
from velveteen.app.acts import LATELY, asked, often
from velveteen.app.desk import Desk
from velveteen.app.forms import Form, read_form
from velveteen.app.gate import gate
from velveteen.app.record import lines_of
from velveteen.app.sheet import sheets_for
from velveteen.app.shell import desk_of, go, route, show
from velveteen.journal.catalogue import catalogue
from velveteen.journal.entries import KINDS_OF_DAY, PROMISE_OUTCOMES, Entry, dated, uuid7
from velveteen.problems import BadInput

DAYS = (
    ("calm", "Calm"), ("stress", "Ordinary stress"), ("refused", "I said no, or disagreed"),
    ("criticised", "They were criticised, or lost face"),
)  # fmt: skip
OUTCOMES = (("kept", "Kept"), ("partly", "Partly"), ("broken", "Not kept"), ("withdrawn", "Taken back"))
LONG_AGO = timedelta(days=30)  # an older promise stands behind a line, so that the evening stays short
PARTNER_SHEETS = ("1", "2", "3", "4", "5", "6", "7")
CHANGER_SHEETS = ("13", "15", "5", "17")
SAID = {
    "kept": "It is kept.", "nothing": "Nothing was chosen, so nothing was written.",
    "taken": "It is taken back, and counts nowhere.", "stands": "It stands as it did before.",
}  # fmt: skip


def routes() -> list[Route]:
    """Today, the day's form, one sentence, and what became of a promise."""
    return [
        route("today", _today), route("today", _day, methods=("POST",)),
        route("sentence", _sentence, methods=("POST",)), route("today", _evening, "/{promise}", ("POST",)),
    ]  # fmt: skip


async def _today(request: Request) -> Response:
    desk = desk_of(request)
    on = _on(request.query_params.get("d", ""))
    asked_for = request.query_params.get("s", "")
    said, latest = SAID.get(asked_for, ""), mistakes.latest(desk) if asked_for == "kept" else []
    if desk.side == "changer":
        waiting = desk.once("open", lambda: open_promises(desk.standing), of=("promise",))
        near = [p for p in waiting if _when(p) >= date.today() - LONG_AGO]
        return show(
            request, "today_changer.html.j2", tab="today", said=said, latest=latest, near=near, when=_when,
            earlier=[p for p in waiting if p not in near],
            sheets=sheets_for("changer", *CHANGER_SHEETS), outcomes=OUTCOMES,
        )  # fmt: skip
    written = day_entry(desk.standing, on)
    return show(
        request, "today.html.j2", tab="today", said=said, latest=latest, on=on, written=_told(written),
        given=written.payload if written else {}, days=DAYS, asked=asked(_often(desk), happened(desk.standing, on)),
        acts=lines_of(desk, acts_of(desk.standing, on)), sheets=sheets_for(desk.side, *PARTNER_SHEETS),
        due=bool(gate(desk).unanswered),
    )  # fmt: skip


def _on(text: str) -> date:
    """The day that is asked for, never one that is still to come."""
    try:
        return min(date.fromisoformat(text), date.today())
    except ValueError:
        return date.today()


def day_entry(standing: list[Entry], on: date) -> Entry | None:
    """The entry of a day that stands, or None."""
    return next((e for e in reversed(dated(standing, on, on)) if e.kind == "day"), None)


def _told(written: Entry | None) -> bool:
    """Whether anything of a day was told; a mark on it says nothing, here as everywhere."""
    return written is not None and bool(
        set(written.payload) - {"free", "acts"} or written.facts or written.feelings
    )


def happened(standing: list[Entry], on: date) -> set[str]:
    """The acts that stand on a day, by name."""
    return {str(e.payload.get("act")) for e in acts_of(standing, on)}


def acts_of(standing: list[Entry], on: date) -> list[Entry]:
    """The acts that stand on a day."""
    return [e for e in dated(standing, on, on) if e.kind == "act"]


def _often(desk: Desk) -> tuple[str, ...]:
    def lately() -> tuple[str, ...]:
        return often(dated(desk.standing, date.today() - LATELY, date.today()), date.today())

    found: tuple[str, ...] = desk.once("often", lately, of=("act",))
    return found


def open_promises(standing: list[Entry]) -> list[Entry]:
    """Promises without a word about what became of them, the one due first first."""
    found = [e for e in standing if e.kind == "promise" and e.payload.get("outcome") is None]
    return sorted(found, key=lambda e: (str(e.payload.get("due") or "9999"), e.at))


def _when(promise: Entry) -> date:
    """The day on which a promise is due; where none was said, that on which it was made."""
    try:
        return date.fromisoformat(str(promise.payload.get("due")))
    except ValueError:
        return promise.at.date()


async def _day(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    if desk.side == "changer":
        return go("today")
    on = min(form.day("on") or date.today(), date.today())
    written = day_entry(desk.standing, on)
    entries = day_entries(form, on, desk.settings.get("about", ""), written, happened(desk.standing, on))
    if not entries:
        return go("today", said="nothing")
    desk.add(entries)
    return go("today", said="kept")


def day_entries(form: Form, on: date, about: str, written: Entry | None, known: set[str]) -> list[Entry]:
    """A day as entries: the day itself, which replaces one that stands, and each act that is new."""
    at, now = datetime.combine(on, time()), datetime.now()
    acts = [a for a in form.all("act") if a in catalogue() and a not in known]
    payload = _day_payload(form, dict(written.payload) if written else {})
    found = [Entry(uuid7(), "act", at, now, {"act": name}, about=about) for name in acts]
    if payload == (written.payload if written else {}) and not found:
        return []
    day = Entry(uuid7(), "day", at, now, payload, about=about, corrects=written.id if written else None)
    return [day, *found] if payload and payload != (written.payload if written else None) else found


def _day_payload(form: Form, before: dict[str, Any]) -> dict[str, Any]:
    said = {
        "contact": form.yes("contact"), "day": form.choice("day", KINDS_OF_DAY),
        "treated": form.number("treated", 0, 10), "wellbeing": form.number("wellbeing", 0, 10),
    }  # fmt: skip
    answered = {key: value for key, value in said.items() if value is not None}
    if not set(answered) - {"contact"} and not form.all("act") and answered.get("contact") is not False:
        return before
    return {**before, "contact": True, **answered}


async def _sentence(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    text = form.text("words")
    if not text:
        return go("today", said="nothing")
    note = tonight.keep_words(desk, text, min(form.day("on") or date.today(), date.today()))
    desk.drafts.pop("sentence", None)
    return go("confirm", note)


async def _evening(request: Request) -> Response:
    """What became of a promise, as its correction."""
    desk, form = desk_of(request), await read_form(request)
    promise = next((e for e in open_promises(desk.standing) if e.id == request.path_params["promise"]), None)
    if promise is None:
        raise BadInput("no_promise", "This promise already says what became of it. Nothing was changed.")
    outcome = form.choice("outcome", PROMISE_OUTCOMES)
    if outcome is None:
        return go("today", said="nothing")
    now = datetime.now()
    told: dict[str, Any] = {"outcome": outcome, "resolved": now.date().isoformat()}
    told |= {key: form.text(key) for key in ("repair",) if form.text(key)}
    if (by := form.day("repair_by")) is not None:
        told["repair_by"] = by.isoformat()
    kept = replace(promise, id=uuid7(), written=now, payload={**promise.payload, **told}, corrects=promise.id)
    desk.add([kept])
    return go("today", said="kept")

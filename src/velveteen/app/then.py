"""What did I write then? The owner's own words of a hard month, beside what they decided after. Nothing is interpreted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.record import days_of, told
from velveteen.app.shell import desk_of, route, show
from velveteen.app.story import Line
from velveteen.journal.catalogue import is_harm
from velveteen.journal.entries import HARD_DAYS, WITHDRAWN, Entry

STRETCH, AFTER, MOST = 30, 14, 5  # days looked at, days after each of them, days shown
_UNRATED = 10.0
_DECIDED = frozenset({"term", "turning_point", "list_item"})
_LIMITS = frozenset(
    {"stated", "held", "slipped", "invitation"}
)  # what they did with a limit, not what was done to it
_MY_DECIDED = frozenset({"promise", "practice", "turning_point", "term"})


@dataclass(frozen=True, slots=True)
class Then:
    """One hard day.

    Attributes:
        on: the day.
        lines: what was written about it.
        after: what was decided from that day on, up to a fortnight or the next day that is shown.
    """

    on: date
    lines: list[Line]
    after: list[tuple[date, list[Line]]]


def routes() -> list[Route]:
    """One page."""
    return [route("then", _then)]


async def _then(request: Request) -> Response:
    desk = desk_of(request)
    today = date.today()
    choices = _choices(desk, today)
    on = _asked(request.query_params, choices, today)
    first = on - timedelta(days=STRETCH - 1)
    return show(
        request, "then.html.j2", tab="record", on=on, first=first, choices=choices, thens=thens(desk, on)
    )


def _choices(desk: Desk, today: date) -> list[tuple[str, date]]:
    """What can be looked at in one tap: (name, last day of the month that is looked at)."""
    found = [
        ("The last month", today), ("A month ago", today - timedelta(days=STRETCH)),
        ("Half a year ago", today - timedelta(days=182)), ("A year ago", today - timedelta(days=365)),
    ]  # fmt: skip
    terms = desk.once("terms", lambda: [e.at.date() for e in desk.standing if e.kind == "term"], of=("term",))
    terms = [day for day in terms if day <= today]
    return [*found, *([("The day I wrote my terms", terms[-1])] if terms else [])]


def _asked(query: Mapping[str, str], choices: Sequence[tuple[str, date]], today: date) -> date:
    """The day that is chosen: by its place among the choices, or by its date; else today."""
    place, text = query.get("w", ""), query.get("d", "")
    if place.isascii() and place.isdigit() and len(place) < 3 and 0 < int(place) <= len(choices):
        return choices[int(place) - 1][1]
    try:
        return max(date(1900, 2, 1), min(date.fromisoformat(text), today))
    except ValueError:
        return today


def thens(desk: Desk, on: date) -> list[Then]:
    """The hardest days of the stretch that ends with a day, of those that have words; the oldest first."""
    mine = desk.side == "changer"
    days: dict[date, list[Entry]] = {}
    entries = told(desk, on - timedelta(days=STRETCH - 1), on)
    for entry in (e for e in entries if e.kind != WITHDRAWN):
        days.setdefault(entry.at.date(), []).append(entry)
    worded = [d for d, found in days.items() if any(_has_words(e, mine) for e in found)]
    shown = sorted(sorted(worded, key=lambda d: (_hardness(days[d], mine), -d.toordinal()))[:MOST])
    ends = [*shown[1:], date.max][: len(shown)]
    return [
        Then(
            day,
            _only(desk, [e for e in days[day] if not _decided(e, mine)]),
            _after(desk, day, end, mine),
        )
        for day, end in zip(shown, ends, strict=True)
    ]


def _only(desk: Desk, entries: list[Entry]) -> list[Line]:
    return [line for _, lines in days_of(desk, entries) for line in lines]


def _has_words(entry: Entry, mine: bool) -> bool:
    """Whether an entry tells what was, in words; what was decided stands on the other side."""
    said = entry.facts.strip() or entry.feelings.strip() or (mine and entry.kind in ("practice", "cost"))
    return bool(said) and not _decided(entry, mine)


def _hardness(entries: Sequence[Entry], mine: bool) -> tuple[float, ...]:
    """Smaller is harder: for the changer the days of owning and of cost first; else how they were treated, then harm."""
    own = sum(e.kind == "cost" or e.payload.get("which") == "owning" for e in entries)
    ratings = [_rating(e) for e in entries if e.kind == "day"]
    harm = sum(e.kind == "act" and is_harm(e.payload) for e in entries)
    hard = any(e.kind == "day" and str(e.payload.get("day")) in HARD_DAYS for e in entries)
    return (-own if mine else 0, min(ratings, default=_UNRATED), -harm, -hard)


def _rating(entry: Entry) -> float:
    value = entry.payload.get("treated")
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else _UNRATED


def _decided(entry: Entry, mine: bool) -> bool:
    if mine:
        return entry.kind in _MY_DECIDED and entry.payload.get("which") != "owning"
    return entry.kind in _DECIDED or (
        entry.kind == "limit" and str(entry.payload.get("event", "stated")) in _LIMITS
    )


def _after(desk: Desk, day: date, end: date, mine: bool) -> list[tuple[date, list[Line]]]:
    """What was decided from a day on for a fortnight, before the next day that is shown; the oldest first."""
    last = min(day + timedelta(days=AFTER), end - timedelta(days=1))
    return days_of(desk, [e for e in told(desk, day, last) if _decided(e, mine)])[::-1]

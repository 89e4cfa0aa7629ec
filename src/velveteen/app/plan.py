"""The plans: each part a question that the owner answers in their own words, puts right at any time, and prints."""

from __future__ import annotations

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.forms import Form, read_form
from velveteen.app.shell import desk_of, go, route, show
from velveteen.guide.plans import Plan, Section, plans
from velveteen.journal.entries import Entry, uuid7
from velveteen.problems import BadInput

SIDES = {"partner": ("safety", "despair"), "unsure": ("safety", "despair"), "changer": ("despair",)}
SAID = {"kept": "It is kept."}


def routes() -> list[Route]:
    """The plans, one whole, one part, and one to print. Addresses carry numbers."""
    return [
        route("plan", _plans), route("plan", _whole, "/{plan:int}"), route("plan", _keep, "/{plan:int}", ("POST",)),
        route("plan", _sheet, "/{plan:int}/p"), route("plan", _part, "/{plan:int}/{part:int}"),
        route("plan", _keep, "/{plan:int}/{part:int}", ("POST",)),
    ]  # fmt: skip


async def _plans(request: Request) -> Response:
    desk = desk_of(request)
    said = SAID.get(request.query_params.get("s", ""), "")
    return show(
        request,
        "plans.html.j2",
        tab="safety",
        plans=list(enumerate(plans_for(desk), 1)),
        said=said,
        written=written(desk),
    )


def plans_for(desk: Desk) -> list[Plan]:
    """The plans of one's own side, in the order in which they are numbered."""
    return [plans()[name] for name in SIDES[desk.side]]


def written(desk: Desk) -> dict[tuple[str, str], Entry]:
    """(plan, part) -> the entry that stands and has words in it."""
    found = {_place(e): e for e in sorted(_entries(desk), key=lambda e: (e.written, e.id))}
    return {place: e for place, e in found.items() if _text(e)}


def _entries(desk: Desk) -> list[Entry]:
    found: list[Entry] = desk.once(
        "plan", lambda: [e for e in desk.standing if e.kind == "plan"], of=("plan",)
    )
    return found


def _place(entry: Entry) -> tuple[str, str]:
    return str(entry.payload.get("plan")), str(entry.payload.get("section"))


def _text(entry: Entry) -> str:
    return str(entry.payload.get("text") or "").strip()


async def _whole(request: Request) -> Response:
    desk = desk_of(request)
    plan = _wanted(desk, request)
    return _page(request, desk, plan, list(enumerate(plan.sections, 1)), 0)


async def _part(request: Request) -> Response:
    desk = desk_of(request)
    plan = _wanted(desk, request)
    number = request.path_params["part"]
    return _page(request, desk, plan, [(number, _section(plan, number))], number)


def _page(request: Request, desk: Desk, plan: Plan, parts: list[tuple[int, Section]], at: int) -> Response:
    texts = {place[1]: _text(e) for place, e in written(desk).items() if place[0] == plan.id}
    return show(
        request, "plan.html.j2", tab="safety", plan=plan, number=request.path_params["plan"], sections=parts, at=at,
        last=at == len(plan.sections), texts=texts,
    )  # fmt: skip


async def _keep(request: Request) -> Response:
    """Seal what was written or put right, then on to the next part, or back to the plans."""
    desk, form = desk_of(request), await read_form(request)
    plan = _wanted(desk, request)
    at = request.path_params.get("part", 0)
    sections = [_section(plan, at)] if "part" in request.path_params else list(plan.sections)
    entries = changed(desk, plan, sections, form)
    if entries:
        desk.add(entries)
    desk.drafts.pop(f"plan-{request.path_params['plan']}-{at}", None)
    if at and form.text("go") == "next" and at < len(plan.sections):
        return go("plan", request.path_params["plan"], at + 1)
    return go("plan", said="kept")


def changed(desk: Desk, plan: Plan, sections: list[Section], form: Form) -> list[Entry]:
    """An entry for each part whose words are new; it takes the place of what stood there. Parts that were not sent stay."""
    now, standing = datetime.now(), written(desk)
    found = []
    for section in sections:
        before = standing.get((plan.id, section.id))
        text = form.text(f"t_{section.id}")
        if not form.all(f"t_{section.id}") or text == (_text(before) if before else ""):
            continue
        payload = {"plan": plan.id, "section": section.id, "text": text}
        found.append(Entry(uuid7(), "plan", now, now, payload, corrects=before.id if before else None))
    return found


async def _sheet(request: Request) -> Response:
    desk = desk_of(request)
    plan = _wanted(desk, request)
    standing = written(desk)
    told = [(s.title, _text(standing[plan.id, s.id])) for s in plan.sections if (plan.id, s.id) in standing]
    return show(
        request, "plan_sheet.html.j2", tab="safety", plan=plan, number=request.path_params["plan"], told=told
    )


def _wanted(desk: Desk, request: Request) -> Plan:
    known = plans_for(desk)
    number: int = request.path_params["plan"]
    if not 1 <= number <= len(known):
        raise BadInput("no_page", "There is no such page in these notes. Nothing was changed.")
    return known[number - 1]


def _section(plan: Plan, number: int) -> Section:
    if not 1 <= number <= len(plan.sections):
        raise BadInput("no_page", "There is no such page in these notes. Nothing was changed.")
    return plan.sections[number - 1]

"""*Before I send*: one's own message beside the four questions. For the person who wants to change; nothing of it is kept.

The words are in no draft, no journal and no address. They wait in memory between the form and its answer, are shown once,
and a lock drops them. They do not come back into the box: it is no place to polish a message until nothing is marked.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.forms import read_form
from velveteen.app.shell import desk_of, go, route, show
from velveteen.messages.four_questions import LIMITS, NOT_TONIGHT, questions

HELD = "message"
NOTHING = "Nothing was written, so nothing was looked at."


@dataclass(frozen=True, slots=True)
class Looked:
    """A message that was looked at, between the form and its answer.

    Attributes:
        stretches: of (words, names of the questions that they prompt, those of them whose words end here).
        quoted: for each of the four questions, the words that prompt it.
        whole: whether all of it was read.
    """

    stretches: list[tuple[str, list[str], list[str]]] = field(default_factory=list)
    quoted: list[list[str]] = field(default_factory=list)
    whole: bool = True


def routes() -> list[Route]:
    """The box, and what became of it."""
    return [route("draft", _page), route("draft", _sent, methods=("POST",))]


async def _page(request: Request) -> Response:
    """The box; after a message was sent here, that message instead, once."""
    desk = desk_of(request)
    if desk.side != "changer":
        # Whoever is hurt need not weigh their words: what is done to them does not hang on those.
        return go("today")
    looked: Looked | None = desk.held.pop(HELD, None)
    asked = list(zip(questions(), looked.quoted if looked else [[]] * 4, strict=True))
    wrong = NOTHING if request.query_params.get("s") == "nothing" else ""
    return show(
        request, "draft_check.html.j2", tab="today", looked=looked, asked=asked, wrong=wrong, limits=LIMITS,
        not_tonight=NOT_TONIGHT,
    )  # fmt: skip


async def _sent(request: Request) -> Response:
    desk = desk_of(request)
    if desk.side != "changer":
        return go("today")
    message = (await read_form(request)).text("message")
    if not message:
        return go("draft", said="nothing")
    held = desk.held
    looked = await asyncio.to_thread(_looked, message)
    if desk.held is held:  # else the notes were locked meanwhile
        desk.held[HELD] = looked
    return go("draft")


def _looked(message: str) -> Looked:
    from velveteen.messages.coder.features import LONGEST
    from velveteen.messages.draft import check, stretches

    read = message[:LONGEST]
    asked = check(read)
    names = [one.question.name for one in asked]
    cut = [
        (s.text, [names[n - 1] for n in s.prompts], [names[n - 1] for n in s.last])
        for s in stretches(read, asked)
    ]
    quoted = [[read[start:end] for start, end in one.places] for one in asked]
    return Looked(cut, quoted, len(message) <= LONGEST)

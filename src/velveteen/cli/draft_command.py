"""`draft`: a message before it goes, beside the four questions. It comes by standard input: no shell remembers it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import typer

from velveteen.cli.options import Json
from velveteen.cli.voice import Voice, person_is_here
from velveteen.problems import BadInput

if TYPE_CHECKING:
    from velveteen.messages.draft import Asked, Stretch

_ASK = "Write or paste the message. End it with Ctrl-D on a line of its own (Windows: Ctrl-Z, then Enter)."
_EMPTY = (
    "There was no message, so nothing was looked at. Type one, or send it in: velveteen draft < message.txt"
)


def draft(as_json: Json = False) -> None:
    """Hold a message beside the four questions before you send it. Nothing of it is kept, and no other words are offered."""
    from velveteen.messages.coder.features import LONGEST
    from velveteen.messages.draft import check, stretches
    from velveteen.messages.four_questions import LIMITS, NOT_TONIGHT

    voice = Voice(as_json)
    written = _written()
    read = written[:LONGEST]
    asked = check(read)
    voice.say("".join(map(_marked, stretches(read, asked))) + "\n")
    for number, one in enumerate(asked, 1):
        voice.say(f"{number}  {one.question.asks}{_quoted(read, one)}")
    if len(written) > LONGEST:
        voice.say(f"\nIt is long: only the first {LONGEST:,} letters were looked at.")
    voice.say(f"\n{LIMITS}\n{NOT_TONIGHT}")
    questions = [_as_data(read, one) for one in asked]
    told = {"letters": len(read), "whole": len(written) <= LONGEST, "language": "en", "limits": LIMITS}
    voice.result({"schema": 1, **told, "questions": questions, "way_on": NOT_TONIGHT})


def _written() -> str:
    if person_is_here():
        typer.echo(_ASK, err=True)
    try:
        found = sys.stdin.read().strip()
    except UnicodeDecodeError:
        raise BadInput(
            "not_text", "What came in is not text, so nothing was looked at. Nothing was kept."
        ) from None
    if not found:
        raise BadInput("no_message", _EMPTY)
    return found


def _marked(stretch: Stretch) -> str:
    """Marked words in brackets, the numbers of their questions first."""
    return f"[{','.join(map(str, stretch.prompts))}: {stretch.text}]" if stretch.prompts else stretch.text


def _quoted(read: str, one: Asked) -> str:
    words = ", ".join(f"“{read[start:end].strip()}”" for start, end in one.places)
    return f"\n   Look at {words}." if words else ""


def _as_data(read: str, one: Asked) -> dict[str, Any]:
    places = [{"start": start, "end": end, "words": read[start:end]} for start, end in one.places]
    return {"id": one.question.id, "asks": one.question.asks, "places": places}


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("draft", epilog="Example: velveteen draft < message.txt")(draft)

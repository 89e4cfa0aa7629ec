"""Who can be reached, said in a few lines at the moment in which somebody has answered yes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from velveteen.cli.opened import settings
from velveteen.cli.voice import Voice
from velveteen.problems import BadInput

if TYPE_CHECKING:
    from velveteen.guide.lines import HelpLines, Line
    from velveteen.journal.entries import Entry

_WARM = "Thank you for answering. None of this is your fault, and there are people who know it and listen."


def say_who_can_be_reached(voice: Voice, entries: list[Entry]) -> None:
    """Say the lines of the journal's own country, its emergency number first; without a country, how to choose one."""
    from velveteen.guide.lines import COPIED, none_chosen

    lines = _lines(settings(entries).get("country"))
    if lines is None:
        voice.say(f"\nIn danger now: call the emergency number where you are. {_WARM}")
        voice.say(f"{none_chosen()}\n")
        return
    voice.say(f"\nIn danger now, in {lines.country}: {lines.emergency}. {_WARM}")
    for line in (*lines.abuse[:3], *lines.crisis[:2]):
        voice.say(f"  {_reach(line)}")
    voice.say(f"{COPIED} All of them: “velveteen help-now --country {lines.cc}”.\n")


def _lines(country: str | None) -> HelpLines | None:
    from velveteen.guide.lines import help_lines

    try:
        return help_lines(country, date.today()) if country else None
    except (
        BadInput
    ):  # a country of another version; the answers are kept already, and must not end in an error
        return None


def _reach(line: Line) -> str:
    ways = (line.number, line.text and f"text {line.text}", line.hours, line.url)
    return f"{line.name}: {', '.join(way for way in ways if way)}"

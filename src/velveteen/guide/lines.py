"""Who can be reached, by country: chosen by the owner, never guessed.

Data: `crisis_lines.json`, second-hand copies of lists. What is known about a number stands at the number: an abuse line
takes its country's grade; a crisis line is listed, not graded; the date is the newest of the country's dated sources. A
number marked recalled is not shown.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from velveteen.problems import BadInput

HALF_A_YEAR = 183  # days
CALL_LOG = "Calls and texts stay in the phone’s log, and may stand on the bill. A phone that nobody else looks at is safer."
COPIED = (
    "These numbers were copied from lists and not dialled. If one does not answer, try the next, or the "
    "emergency number."
)
NONE_CHOSEN = (
    "No country is chosen, so no numbers are shown; none is guessed. Choose yours with --country and two letters, for "
    "example “velveteen help-now --country IE”. “velveteen help-now” alone lists the countries."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        name: as the line calls itself.
        number: to call; empty where there is none, or where it may not be shown (`standing` then says so).
        text: to text, or empty.
        hours: as listed; "hours not listed" where unknown.
        url: page, or empty.
        audience: for whom, where the list says it ("men"), or empty.
        standing: one sentence on how sure the number is and when it was checked.
    """

    name: str
    number: str
    text: str
    hours: str
    url: str
    audience: str
    standing: str


@dataclass(frozen=True, slots=True)
class HelpLines:
    """The lines of one country.

    Attributes:
        cc, country: two letters and the name.
        emergency: emergency number or numbers.
        abuse, crisis, for_people_who_harm: lines, in the data's order; may be empty.
        directory: (name, address, coverage) of directories of further lines.
        note: what the compilers of the data remarked, with what their list names mean; empty where nothing.
        checked: newest date of the country's dated sources, or None.
        remarks: sentences that stand under every list (copied not dialled, call log, and "check" when old or undated).
    """

    cc: str
    country: str
    emergency: str
    abuse: tuple[Line, ...]
    crisis: tuple[Line, ...]
    for_people_who_harm: tuple[Line, ...]
    directory: tuple[tuple[str, str, str], ...]
    note: str
    checked: date | None
    remarks: tuple[str, ...]


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(
        resources.files("velveteen.guide").joinpath("crisis_lines.json").read_text("utf-8")
    )
    return loaded


def countries() -> list[tuple[str, str]]:
    """(two letters, name) of every country that has lines, by name."""
    return sorted(((c["cc"], c["country"]) for c in _data()["countries"]), key=lambda pair: pair[1])


def none_chosen() -> str:
    """The sentence for when no country is chosen: how to choose, and that none is guessed."""
    return NONE_CHOSEN


def directory() -> tuple[tuple[str, str, str], ...]:
    """(name, address, coverage) of directories of lines in further countries."""
    return tuple((d["name"], d["url"], d["coverage"].split(" (")[0]) for d in _data()["directory"])


def help_lines(cc: str, today: date) -> HelpLines:
    """The lines of one country, each with its standing.

    Args:
        cc: two letters, either case.
        today: decides what is older than six months.

    Raises:
        BadInput: no such country in the data; the message says how to see the list.
    """
    country = next((c for c in _data()["countries"] if c["cc"] == cc.strip().upper()), None)
    if country is None:
        message = (
            f"There are no lines for “{cc}” here. “velveteen help-now” alone lists the countries by their two letters; "
            f"for others, {directory()[0][1]} lists lines in many more."
        )
        raise BadInput("unknown_country", message)
    return _help_lines(country, today)


def _help_lines(country: dict[str, Any], today: date) -> HelpLines:
    checked = _newest(country["sources"])
    when = _when(checked, today)
    graded = f"Grade {country['confidence']}: {_data()['grades'][country['confidence']]}; {when}."
    harm = [line for line in _data()["for_people_who_harm"] if line["cc"] == country["cc"]]
    return HelpLines(
        cc=country["cc"], country=country["country"], emergency=country["emergency"],
        abuse=tuple(_line(line, graded) for line in country["abuse"]),
        crisis=tuple(_line(line, f"Listed, not graded; {when}.") for line in country["crisis"]),
        for_people_who_harm=tuple(_line(line, _harm_standing(line)) for line in harm),
        directory=directory(), note=_note(country["note"]), checked=checked, remarks=_remarks(checked, today),
    )  # fmt: skip


def _newest(names: list[str]) -> date | None:
    """Newest ISO date that the named sources state."""
    stated = [re.search(r"\d{4}-\d{2}-\d{2}", _data()["sources"].get(name, "")) for name in names]
    return max((date.fromisoformat(match[0]) for match in stated if match), default=None)


def _when(checked: date | None, today: date) -> str:
    if checked is None:
        return "date unknown, so check it first if you can"
    old = (today - checked).days > HALF_A_YEAR
    return f"checked {_words(checked)}" + (
        ", more than six months ago, so check it first if you can" if old else ""
    )


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _line(line: dict[str, str], standing: str) -> Line:
    recalled = any("recalled" in value for value in line.values())
    hours = line.get("hours", "unknown")
    return Line(
        name=line["name"], url=line.get("url", ""), audience=line.get("audience", ""),
        number="" if recalled else line.get("number", ""), text="" if recalled else line.get("text", ""),
        hours="hours not listed" if hours == "unknown" else hours,
        standing="Its number is not shown: no source for it has been read." if recalled else standing,
    )  # fmt: skip


def _harm_standing(line: dict[str, str]) -> str:
    source = line["source"].removesuffix(" (seen)")
    return f"Source: {source}; listed, not graded; date unknown, so check it first if you can."


def _note(note: str) -> str:
    """The compilers' remark, with each list that it names explained."""
    named = [f"{name}: {what}" for name, what in _data()["sources"].items() if name in note]
    if "(B)" in note:
        named.append(f"B: {_data()['grades']['B']}")
    return f"{note}. ({'; '.join(named)})" if named else note


def _remarks(checked: date | None, today: date) -> tuple[str, ...]:
    old = checked is None or (today - checked).days > HALF_A_YEAR
    check = (
        ("These numbers have no date, or one older than six months. Check them while things are quiet.",)
        if old
        else ()
    )
    return (COPIED, *check, CALL_LOG)

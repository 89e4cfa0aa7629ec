"""Who can be reached, by country: chosen by the owner, never guessed.

Data: `crisis_lines.json`, second-hand copies of lists. What is known about a number stands at the number: an abuse line
takes its country's grade, with its meaning; a crisis line is listed, not graded; the date is the newest of the
country's dated sources. A number marked recalled is not shown.
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

_NUMBER = re.compile(r"(\+?\d[\d\s()-]*\d)")  # two digits or more: an option of a menu is not dialled
_OTHER_SERVICE = re.compile(r"whatsapp", re.IGNORECASE)
_UNGRADED = "Listed, not graded: the number is on a list, and only lines about abuse were compared"
_ITS_LINE = "this country’s line about abuse"  # the grade is the country’s: it has not one for each number
_ONE_CRISIS = "What stands here for when you cannot bear it is on one checked list only."
_PLAINLY = {  # the compilers' remark -> the same for someone who has never seen their lists
    "no national abuse line; sheltersafe.ca maps shelters; list D wrongly prints the US number. QC and BC numbers: "
    "list A only (B)": "There is no national abuse line; sheltersafe.ca maps shelters. One older list wrongly gives the "
    "number of the United States. The numbers for Quebec and British Columbia are on one checked list only.",
    "Scotland/Wales/NI: list A only (B)":
    "The numbers for Scotland, Wales and Northern Ireland are on one checked list only.",
    "older number 08000 116 016 appears in list D": "A list without a date still gives an older number, 08000 116 016.",
    "national three-digit line was delayed from Nov 2025 by about six months (cantonal press 2025); confirm live":
    "The national three-digit line was put off from November 2025 by about six months (cantonal press, 2025), so check "
    "first whether it answers.",
    "crisis: list A, list D": "What stands here for when you cannot bear it is on two lists, one of them checked.",
    "crisis: list A only": _ONE_CRISIS,
    "old 020-50 50 50 still connects per list B": "The older number 020-50 50 50 still connects, by one checked list.",
    "list D lists a different number": "A list without a date gives a different number.",
    "list A gives 116 016, list B and list C give 080 005 005":
    "One checked list gives 116 016; another checked list, and one without a date, give 080 005 005.",
    "list D differs": "A list without a date gives a different number.",
    "reporting line: police may be involved": "This is a line for reporting; the police may be brought in.",
    "list C and list D list other abuse lines": "Two lists without a date give other abuse lines.",
    "crisis numbers conflict (1393 vs 1577-0199)": "The lists give different numbers for a crisis: 1393 and 1577-0199.",
    "24/7 per list D": "24/7, by a list without a date",
    "24/7 per list D only": "24/7, by one list without a date",
    "24/7 (list C) or 8:00-24:00 (another repository)": "24/7 or 8:00-24:00; the lists differ",
    "24/7 (AAP, seen)": "24/7, by a press report",
    "weekdays 9-18 (list C says 9-17)": "weekdays 9-18 (a list without a date says 9-17)",
    "list D lists 149 (Carabineros)": "A list without a date gives 149 (Carabineros, the police).",
    "crisis: list D only":
    "What stands here for when you cannot bear it is on one list only, without a date and with known errors.",
}  # fmt: skip


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
        note: what the compilers of the data remarked, in plain words; empty where nothing.
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
    """(name, address, coverage and who says so) of directories of lines in further countries."""
    return tuple((d["name"], d["url"], _coverage(d["coverage"])) for d in _data()["directory"])


def _coverage(said: str) -> str:
    """“175+ countries (per list A)” with the day on which that list was checked instead of its letter."""
    told, _, source = said.removesuffix(")").partition(" (per ")
    checked = _newest([source])
    return f"{told}, by a list checked {_words(checked)}" if checked else told


def dialled(words: str) -> list[tuple[str, str]]:
    """The words of a number as (what is shown, its plain digits), the digits empty where no telephone dials it.

    “112 (police 110)” holds two numbers, “079 option 1” one; what is reached by another service, such as WhatsApp, none.
    The parts shown, put together, are the words unchanged.
    """
    if _OTHER_SERVICE.search(words):
        return [(words, "")]
    parts = _NUMBER.split(words)
    return [(part, re.sub(r"[^\d+]", "", part) if odd % 2 else "") for odd, part in enumerate(parts) if part]


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
    graded = _graded(country, today)
    harm = [line for line in _data()["for_people_who_harm"] if line["cc"] == country["cc"]]
    return HelpLines(
        cc=country["cc"], country=country["country"], emergency=country["emergency"],
        abuse=tuple(_line(line, graded) for line in country["abuse"]),
        crisis=tuple(_line(line, f"{_UNGRADED}; {when}.") for line in country["crisis"]),
        for_people_who_harm=tuple(_line(line, _harm_standing(line)) for line in harm),
        directory=directory(), note=_plainly(country["note"]), checked=checked, remarks=_remarks(checked, today),
    )  # fmt: skip


def _graded(country: dict[str, Any], today: date) -> str:
    """The grade of an abuse line with what it means in plain words, from the grade and the dates that its sources state."""
    dated = [d for d in (_newest([name]) for name in country["sources"]) if d]
    when = _when(max(dated, default=None), today)
    which = "the newer was" if len(dated) > 1 else "one of them was"
    told = {
        "A": f"Two lists agree on {_ITS_LINE}; {which} {when}. That is grade A, the surest of three.",
        "B": f"One list has {_ITS_LINE}, {when}. That is grade B, the middle of three.",
        "C": f"Lists without a date agree on {_ITS_LINE}; {when}. That is grade C, the least sure of three.",
    }
    return told[country["confidence"]]


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
        hours="hours not listed" if hours == "unknown" else _plainly(hours),
        standing="Its number is not shown: no source for it has been read." if recalled else standing,
    )  # fmt: skip


def _harm_standing(line: dict[str, str]) -> str:
    source = line["source"].removesuffix(" (seen)")
    return f"Found on {source}; date unknown, so check it first if you can."


def _plainly(remark: str) -> str:
    """The compilers' remark in plain words, without the letters by which they call their lists."""
    return _PLAINLY.get(remark) or re.sub(r"\blist [A-Z]\b", "one list", remark.replace(" (B)", ""))


def _remarks(checked: date | None, today: date) -> tuple[str, ...]:
    old = checked is None or (today - checked).days > HALF_A_YEAR
    check = (
        ("These numbers have no date, or one older than six months. Check them while things are quiet.",)
        if old
        else ()
    )
    return (COPIED, *check, CALL_LOG)

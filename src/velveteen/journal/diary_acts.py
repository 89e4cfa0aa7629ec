"""The acts of one row: named, counted, or told in a sentence, which is no list of acts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from velveteen.journal.catalogue import find_act
from velveteen.journal.diary_columns import plain
from velveteen.journal.diary_rows import Row

_NO_ACT = frozenset(
    {
        "none", "no", "nothing", "0", "n a", "na", "nil", "null", "false", "nichts", "nein", "keine", "kein", "keiner",
        "nada", "nunca", "ninguno", "ninguna", "rien", "non", "aucun", "aucune", "niente", "nessuno", "niets", "nee",
        "não", "not applicable", "nothing happened",
    }
)  # fmt: skip
_NOT_WHICH = frozenset({"yes", "y", "true", "x", "ja", "j", "si", "sí", "oui", "sim", "✓", "✔"})
_MOST_WORDS = 4  # longer is a sentence


@dataclass(slots=True)
class Acts:
    """What one row tells of acts.

    Attributes:
        payloads: of `act` entries.
        words: sentences that stood among the acts; they belong to what happened, in words.
        unknown: own acts whose side nobody said; they are counted as harm.
        asked: whether a day without acts may be read as one on which nothing happened.
    """

    payloads: list[dict[str, Any]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    asked: bool = True


def read_acts(row: Row) -> Acts:
    """The acts of a row, with the problems written to the row."""
    circumstances = {name: value for name in ("toward", "audience") if (value := row.get(name))}
    found = Acts()
    for part in _parts(row.cells.get("acts", "")):
        _take(row, part, found)
    _add_counted(row, found)
    if circumstances and not found.payloads:
        name = next(iter(circumstances))
        message = "It says toward whom or before whom, but no act stands beside it."
        row.problem("circumstance_without_act", message, name)
    found.payloads = [act | circumstances for act in found.payloads]
    found.asked = found.asked and _was_asked(row)
    return found


def _was_asked(row: Row) -> bool:
    """A blank list of names says that nothing happened; a blank number says nothing."""
    if not row.whole or not row.mapped & {"acts", "harm"}:
        return False
    told = "acts" in row.cells and "harm" not in row.cells
    return told or "harm" not in row.mapped or row.get("harm") is not None


def _take(row: Row, part: str, found: Acts) -> None:
    prefix, name, weight = _cut(part)
    known = find_act(name)
    if (known is None and plain(name) in _NOT_WHICH | {""}) or name.isdecimal():
        message = f"“{part[:40]}” does not say which act it was; that day counts as not asked. The rest of the row is kept."
        row.problem("unreadable_value", message, "acts")
        found.asked = False
    elif known is None and len(name.split()) > _MOST_WORDS:
        message = "This reads like a sentence, not like the name of an act. It is kept in words and counted as nothing."
        row.problem("sentence_among_acts", message, "acts")
        found.words.append(part)
        found.asked = False
    else:
        found.payloads.append(_act(row, part, prefix, name, weight))
        if known is None and not prefix:
            found.unknown.append(name)


def _add_counted(row: Row, found: Acts) -> None:
    named = sum(act["harm"] for act in found.payloads)
    count = row.get("harm")
    if count is not None and count < named:
        message = f"{named} harmful acts are named, more than the number says; the named ones are kept."
        row.problem("harm_below_named", message, "harm")
    found.payloads += [{"act": "harm", "harm": True} for _ in range((count or 0) - named)]


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    if len(parts) == 1 and "," in text:  # a comma may belong to an act in one's own words
        by_comma = [part.strip() for part in text.split(",") if part.strip()]
        if all(find_act(part) or _is_no_act(part) for part in by_comma):
            parts = by_comma
    return [part for part in parts if not _is_no_act(part)]


def _is_no_act(text: str) -> bool:
    return plain(text) in _NO_ACT or not text.strip("-–—−./ ")


def _cut(part: str) -> tuple[str, str, str]:
    """Prefix ("care", "harm" or none), name, weight as it is written."""
    name, _, weight = part.partition("*")
    side, colon, words = name.partition(":")
    if colon and side.strip().casefold() in {"care", "harm"} and words.strip():
        return side.strip().casefold(), words.strip(), weight.strip()
    return "", name.strip(), weight.strip()


def _act(row: Row, part: str, prefix: str, name: str, weight: str) -> dict[str, Any]:
    """An act as it is kept: the catalogue's name and side; or own words, harm unless “care:” stands before them."""
    known = find_act(name)
    harm = known.harm if known else prefix != "care"
    if known and prefix and known.harm == (prefix == "care"):
        which = "harm" if known.harm else "care"
        row.problem("act_side", f"“{name}” counts as {which} in the catalogue, and is kept so.", "acts")
    act: dict[str, Any] = {"act": known.name if known else name, "harm": harm}
    return act | _weight(row, part, weight)


def _weight(row: Row, text: str, weight: str) -> dict[str, int]:
    if weight in {"1", "2", "3"}:
        return {"weight": int(weight)}
    if "*" in text:
        message = f"The weight in “{text}” should be 1, 2 or 3; the act is kept without."
        row.problem("act_weight", message, "acts")
    return {}

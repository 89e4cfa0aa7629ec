"""Which coded days count: of one person, and each message once, although exports of one chat overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypeGuard

from velveteen.journal.entries import Entry
from velveteen.problems import Problem

MOST = 10**9  # of anything counted in the messages of one day
_NUMBER = (int, float)  # not `int | float`, which is made anew each time
_Rivals = dict[tuple[date, str], dict[str, list[Entry]]]


def counted_once(coded: Sequence[Entry], imported: Sequence[Entry]) -> tuple[list[Entry], list[Problem]]:
    """The coded days that are added up, and what is to be said about the rest.

    Days that name their messages by keys hold none that another one holds, so they add up, if one version of the coder
    counted them. An older day without keys stands alone. Of what cannot be added, that which counted most messages is used.

    Args:
        coded: entries of kind `coded_day`.
        imported: entries of kind `imported`: of two people on a day, the one whom the newest import names is the other.
    """
    chosen, problems = _of_one_person(coded, imported)
    rivals: _Rivals = {}
    for entry in chosen:
        # A day without keys is a rival to every other.
        version = str(entry.payload.get("coder")) if _has_keys(entry) else entry.id
        rivals.setdefault((entry.at.date(), entry.about), {}).setdefault(version, []).append(entry)
    counted = [entry for sets in rivals.values() for entry in max(sets.values(), key=_size)]
    return counted, problems + _about_rivals(rivals)


def _of_one_person(coded: Sequence[Entry], imported: Sequence[Entry]) -> tuple[list[Entry], list[Problem]]:
    imports = {str(e.payload.get("them")): _writing(e) for e in sorted(imported, key=_writing)}
    days: dict[date, dict[str, list[Entry]]] = {}
    for entry in coded:
        days.setdefault(entry.at.date(), {}).setdefault(entry.about, []).append(entry)
    chosen, several = [], []
    for day, people in days.items():
        newest = max(people, key=lambda who: imports.get(who, max(map(_writing, people[who]))))
        chosen += people[newest]
        several += [day] if len(people) > 1 else []
    said = "counted for more than one person; only those of the newest import are used."
    return chosen, _said("several_people", several, "The messages of {days} " + said, ("is", "are"))


def _about_rivals(rivals: _Rivals) -> list[Problem]:
    keyed = {key: [_has_keys(entries[0]) for entries in sets.values()] for key, sets in rivals.items()}
    overlap = [day for (day, _), keys in keyed.items() if len(keys) > 1 and not all(keys)]
    versions = [day for (day, _), keys in keyed.items() if sum(keys) > 1]
    fuller = "{days} in more than one imported chat; the fuller one of each day is counted."
    most = "The messages of {days} counted by more than one version of Velveteen; of each day, the fullest count is used."
    return [
        *_said("chats_overlap", overlap, fuller, ("stands", "stand")),
        *_said("coder_versions", versions, most, ("were", "were")),
    ]


def _said(code: str, days: Iterable[date], message: str, verbs: tuple[str, str]) -> list[Problem]:
    found = sorted(days)
    if not found:
        return []
    words = f"1 day {verbs[0]}" if len(found) == 1 else f"{len(found)} days {verbs[1]}"
    return [Problem(code, message.format(days=words), found[0].isoformat())]


def _has_keys(entry: Entry) -> bool:
    return bool(entry.payload.get("keys"))


def _writing(entry: Entry) -> tuple[datetime, str]:
    return entry.written, entry.id


def _size(entries: list[Entry]) -> tuple[float, tuple[datetime, str]]:
    """Messages behind coded days; of equals, the later writing is the larger."""
    return sum(map(_coded, entries)), max(map(_writing, entries))


def _coded(entry: Entry) -> float:
    channels = entry.payload.get("channels")
    pairs = channels.values() if isinstance(channels, dict) else ()
    return max((pair[1] for pair in pairs if is_pair(pair)), default=0)


def is_pair(pair: object) -> TypeGuard[list[float]]:
    """Whether these are two counts."""
    return (
        isinstance(pair, list | tuple)
        and len(pair) == 2
        and all(isinstance(n, _NUMBER) and 0 <= n <= MOST and n == int(n) for n in pair)
    )

"""The danger gate: a closed list of signs, and whether odds may be shown at all.

Rules, said to the owner beforehand (`why`): only odds go. While a sign stands, or is not answered within the month, the
gate is closed. A kinder month never lowers a sign, and an open gate says nothing about how dangerous anybody is.

Corrections. Answers are journal entries, so a mistaken one is put right like any other entry: by an entry that names it
in `corrects`. `journal.entries.current` then leaves the mistaken answer out, and the gate reads what is left. That is the
only way in which a sign that stands for good can go: a later, separate "no" does not lower it, because both answers can
be true of their day. A correction that answers another sign, or none, leaves the first one unanswered, so the gate stays
closed until it is asked again.

An answer given on a day that its owner later marks as not free: its no is not heard (somebody may have stood beside it), its
yes is.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from velveteen.journal.entries import Entry, current, uuid7
from velveteen.measure.days import free_entries
from velveteen.problems import BadInput, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MONTH = timedelta(days=31)
CLOSED = (
    "No odds were written, because a danger sign stands or is not answered yet. Nothing was lost, and the paper without "
    "odds can always be written. “velveteen danger” asks the questions; “velveteen help-now” shows who can be reached."
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of the closed list.

    Attributes:
        id: identifier, as in the payload of `danger` entries.
        question: plain question in the second person, answered yes or no.
        label: how the papers name it.
        stands: "for_good" (a yes is never lowered) or "asked_again" (the newest answer counts, each month).
        source: key of `sources()`.
    """

    id: str
    question: str
    label: str
    stands: Literal["for_good", "asked_again"]
    source: str


@dataclass(frozen=True, slots=True)
class DangerState:
    """What the gate says on one day.

    Attributes:
        unanswered: ids without an answer of the last 31 days, in the list's order, except a yes that stands for good.
        standing: ids answered yes and not lowered, in the list's order; last, ids that this version does not know.
        due_again: first day on which one of the present answers is too old; None where none is young enough to grow old.
    """

    unanswered: tuple[str, ...]
    standing: tuple[str, ...]
    due_again: date | None

    @property
    def closed(self) -> bool:
        """Whether odds, questions, tests, bands and words must be left out everywhere."""
        return bool(self.unanswered or self.standing)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("velveteen.guide").joinpath("danger.toml").read_text("utf-8"))


@cache
def signs() -> tuple[Sign, ...]:
    """The closed list, in the order in which it is asked."""
    return tuple(Sign(**table) for table in _data()["signs"])


def why() -> str:
    """The reason for the questions, to be said before the first of them."""
    return str(_data()["why"])


def sources() -> dict[str, str]:
    """Source key -> what was read."""
    return dict(_data()["sources"])


def label(sign: str) -> str:
    """How papers name a sign; an id that this version does not know is given as it is."""
    return {s.id: s.label for s in signs()}.get(sign, sign.replace("_", " "))


def danger_state(entries: Iterable[Entry], today: date) -> DangerState:
    """The gate on one day.

    Args:
        entries: any entries of one journal, corrections included or already applied.
        today: the owner's local date. Of answers dated later than it, only a yes is heard.

    Returns:
        The state. An answer counts for 31 days. A yes to a sign that is asked again stands until a later no, however old.
    """
    given = _answers_by_sign(entries, today)
    known = {sign.id for sign in signs()}
    standing = [s.id for s in signs() if _stands(s, given.get(s.id, []))]
    standing += sorted(i for i, found in given.items() if i not in known and any(_yes(e) for e in found))
    unanswered = [
        s.id for s in signs() if not _settled(s, standing) and _expiry(given.get(s.id, []), today) is None
    ]
    expiries = [_expiry(given.get(s.id, []), today) for s in signs() if not _settled(s, standing)]
    return DangerState(
        tuple(unanswered), tuple(standing), min((d for d in expiries if d is not None), default=None)
    )


def _answers_by_sign(entries: Iterable[Entry], today: date) -> dict[str, list[Entry]]:
    given: dict[str, list[Entry]] = {}
    standing = current(list(entries))
    free = {entry.id for entry in free_entries(standing)}
    for entry in standing:
        sign = entry.payload.get("sign")
        if entry.kind == "danger" and isinstance(sign, str) and _heard(entry, today, free):
            given.setdefault(sign, []).append(entry)
    return given


def _heard(entry: Entry, today: date, free: set[str]) -> bool:
    """A no from the future is not heard: with a wrong clock it would hide a sign for as long as the clock was wrong."""
    given = entry.payload.get("answer")
    return given == "yes" or (given == "no" and entry.at.date() <= today and entry.id in free)


def _yes(entry: Entry) -> bool:
    return bool(entry.payload["answer"] == "yes")


def _stands(sign: Sign, found: list[Entry]) -> bool:
    return any(_yes(e) for e in found) if sign.stands == "for_good" else bool(found) and _yes(found[-1])


def _settled(sign: Sign, standing: list[str]) -> bool:
    return sign.stands == "for_good" and sign.id in standing


def _expiry(found: list[Entry], today: date) -> date | None:
    """First day on which the newest answer no longer counts; None when it does not count today."""
    moments = [e.at.date() for e in found if e.at.date() <= today]
    if not moments or max(moments) + MONTH < today:
        return None
    return max(moments) + MONTH + timedelta(days=1)


def answers(
    yes: Iterable[str], *, at: datetime, about: str = "", seen: Mapping[str, str] | None = None
) -> list[Entry]:
    """One `danger` entry for each sign of the list: yes for those named, no for all others.

    Args:
        yes: ids of the signs that are there; empty: none of them.
        at: local naive moment of answering; also the moment of writing.
        about: whom it is about, as the owner names them.
        seen: id -> what was seen, in the owner's words.

    Raises:
        BadInput: an id that is not on the list.
    """
    named = set(yes)
    for sign in sorted(named):
        _check(sign)
    words = seen or {}
    return [
        answer(s.id, "yes" if s.id in named else "no", at=at, about=about, seen=words.get(s.id, ""))
        for s in signs()
    ]


def answer(
    sign: str, given: str, *, at: datetime, about: str = "", seen: str = "", corrects: str | None = None
) -> Entry:
    """One answer as an entry; `corrects` names the entry of a mistaken answer that it replaces.

    Raises:
        BadInput: an id that is not on the list, or an answer that is neither "yes" nor "no".
    """
    _check(sign)
    if given not in {"yes", "no"}:
        message = f"The answer to “{sign}” must be yes or no. Nothing was written; please answer again."
        raise BadInput("danger_answer", message)
    payload = {"sign": sign, "answer": given, **({"seen": seen} if seen else {})}
    return Entry(uuid7(), "danger", at, at, payload, about=about, corrects=corrects)


def _check(sign: str) -> None:
    if sign not in {s.id for s in signs()}:
        known = ", ".join(s.id for s in signs())
        message = f"“{sign}” is not on the list of danger signs. Nothing was written. The list: {known}."
        raise BadInput("unknown_sign", message)


def require_open(state: DangerState) -> None:
    """Pass in silence while the gate is open.

    Raises:
        Refused: code "danger_gate"; the gate is closed.
    """
    if state.closed:
        raise Refused("danger_gate", CLOSED)

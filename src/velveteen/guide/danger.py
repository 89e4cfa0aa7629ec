"""The danger gate: a closed list of signs, and whether odds may be shown at all.

Rules, said to the owner beforehand (`why`): only odds go. While a sign stands, or is not answered within the month, the
gate is closed. A kinder month never lowers a sign, and an open gate says nothing about how dangerous anybody is.

Which answer is the newest is decided by the order in which answers were stored, never by the time of day they carry: clocks
are set back. A no lowers an earlier yes only if it was stored after it, and was not written down before it elsewhere.

Corrections. A mistaken yes is put right by a danger entry that names it in `corrects` and answers the same sign with no
(`retractions`). That is the only way in which a sign that stands for good can go: a later, separate "no" does not lower it,
because both answers can be true of their day. Any other correction (a note, another sign) leaves the yes where it is.
A no can be withdrawn by any correction: that closes the gate.

"I cannot say" is an entry of its own kind (`left_open`): from it on, earlier noes do not count, until the sign is answered.

What cannot be read closes the gate: an answer that is not exactly "no" counts as yes, and a sign that is not on the list
stands whatever its answer is.

An answer given on a day that its owner later marks as not free, or dated to it: its no is not heard (somebody may have stood
beside it), its yes is.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from velveteen.journal.corrections import MARKED
from velveteen.journal.entries import Entry, current, uuid7
from velveteen.measure.days import is_free, unfree_days
from velveteen.problems import BadInput, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MONTH = timedelta(days=31)
UNREADABLE = "unreadable"  # the id under which entries stand whose sign is no text
UNSURE = "unsure"  # the kind of an entry that says: I cannot say
# Kinds that the gate looks at, with whatever corrects one of them.
HEARD = frozenset({"danger", UNSURE, *MARKED})
MILLISECONDS = 13  # characters of a UUIDv7 that hold the moment of writing
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
    own = {s.id: s.label for s in signs()} | {UNREADABLE: "An answer that cannot be read"}
    return own.get(sign, sign.replace("_", " "))


def danger_state(entries: Iterable[Entry], today: date) -> DangerState:
    """The gate on one day.

    Args:
        entries: all entries of one journal in the order in which they were stored, corrections and corrected included.
        today: the owner's local date. Of answers dated later than it, only a yes is heard.

    Returns:
        The state. An answer counts for 31 days. A yes to a sign that is asked again stands until a later no, however old.
    """
    given = _answers_by_sign(list(entries), today)
    known = [s.id for s in signs()]
    standing = [s.id for s in signs() if _stands(s, given.get(s.id, []))]
    standing += sorted(set(given) - set(known))
    open_ = [s.id for s in signs() if not _settled(s, standing)]
    expiry = {i: _expiry(given.get(i, []), today) for i in open_}
    unanswered = tuple(i for i in open_ if expiry[i] is None)
    return DangerState(
        unanswered, tuple(standing), min((d for d in expiry.values() if d is not None), default=None)
    )


def _answers_by_sign(entries: list[Entry], today: date) -> dict[str, list[Entry]]:
    """Sign -> the answers that are heard, in stored order; of signs that are not on the list, those that stand."""
    entries = [e for e in entries if e.kind in HEARD or e.corrects is not None]
    heard = _Heard(entries, today)
    known = {sign.id for sign in signs()}
    given: dict[str, list[Entry]] = {}
    for entry in entries:
        sign = _sign(entry)
        unsure = entry.kind == UNSURE and sign in known
        if unsure or (entry.kind == "danger" and heard(entry)):
            given.setdefault(sign, []).append(entry)
    return given


class _Heard:
    """Which answers of a journal are heard on one day."""

    def __init__(self, entries: list[Entry], today: date) -> None:
        self.today = today
        unfree = unfree_days([e for e in entries if e.kind != "danger"])
        self.free = {e.id for e in entries if is_free(e, unfree) and e.written.date() not in unfree}
        self.replaced = {e.corrects for e in entries if e.corrects is not None}
        answered = {e.id: e for e in entries if e.kind == "danger"}
        pairs = [(e, answered[e.corrects]) for e in answered.values() if e.corrects in answered]
        lifting = [(no, yes) for no, yes in pairs if self._no_heard(no) and _same_sign(no, yes)]
        self.lifting = {no.id for no, _ in lifting}
        self.lifted = {yes.id for _, yes in lifting}

    def __call__(self, entry: Entry) -> bool:
        if _no(entry) and _on_the_list(entry):
            return self._no_heard(entry)
        return entry.id not in self.lifted and entry.id not in self.lifting

    def _no_heard(self, entry: Entry) -> bool:
        """A no from the future is not heard: with a wrong clock it would hide a sign for as long as the clock was wrong."""
        stands = entry.id not in self.replaced and entry.id in self.free
        return _no(entry) and stands and entry.at.date() <= self.today


def _sign(entry: Entry) -> str:
    sign = entry.payload.get("sign")
    return sign if isinstance(sign, str) else UNREADABLE


def _same_sign(one: Entry, other: Entry) -> bool:
    return _sign(one) == _sign(other)


def _on_the_list(entry: Entry) -> bool:
    return _sign(entry) in {s.id for s in signs()}


def _no(entry: Entry) -> bool:
    return entry.payload.get("answer") == "no"


def _stands(sign: Sign, found: list[Entry]) -> bool:
    found = [entry for entry in found if entry.kind == "danger"]
    yes = [number for number, entry in enumerate(found) if not _no(entry)]
    if not yes or sign.stands == "for_good":
        return bool(yes)
    later = [entry for entry in found[yes[-1] + 1 :] if all(_after(entry, found[i]) for i in yes)]
    return not later


def _after(no: Entry, yes: Entry) -> bool:
    """Whether a no that stands later in the journal was also written later: an old backup, brought in today, was not."""
    if _is_uuid7(no.id) and _is_uuid7(yes.id) and no.id[:MILLISECONDS] < yes.id[:MILLISECONDS]:
        return False
    return no.written != yes.written


def _is_uuid7(text: str) -> bool:
    return len(text) == 36 and text[14] == "7"


def _settled(sign: Sign, standing: list[str]) -> bool:
    return sign.stands == "for_good" and sign.id in standing


def _expiry(found: list[Entry], today: date) -> date | None:
    """First day on which the newest answer no longer counts; None when it does not count today."""
    days = [e.at.date() for e in found if e.at.date() <= today]
    if not days or found[-1].kind == UNSURE or days[-1] + MONTH < today:
        return None
    return days[-1] + MONTH + timedelta(days=1)


def retractions(entries: Iterable[Entry], sign: str, *, at: datetime, today: date) -> list[Entry]:
    """The danger entries that take back every yes of one sign: each answers no, and names the yes that was mistaken.

    Args:
        entries: all entries of one journal, in stored order.
        sign: id of a sign that stands.
        at: local naive moment of taking it back.
        today: the owner's local date.

    Raises:
        BadInput: code "not_standing"; the message lists the ids that stand.
    """
    kept = list(entries)
    if sign not in danger_state(kept, today).standing:
        raise BadInput("not_standing", _not_standing(sign, danger_state(kept, today)))
    heard = [e for e in _answers_by_sign(kept, today)[sign] if e.kind == "danger"]
    return [_taken_back(e, at) for e in heard if not _no(e) or not _on_the_list(e)]


def _taken_back(yes: Entry, at: datetime) -> Entry:
    payload = {"sign": yes.payload.get("sign"), "answer": "no"}
    return Entry(uuid7(), "danger", at, at, payload, about=yes.about, corrects=yes.id)


def _not_standing(sign: str, state: DangerState) -> str:
    standing = f"These stand: {', '.join(state.standing)}." if state.standing else "No sign stands."
    return f"“{sign}” does not stand in this journal, so nothing was written. {standing}"


def left_open(sign: str, *, at: datetime) -> Entry:
    """The entry that says "I cannot say" to one sign: an earlier no counts no longer, a yes is left as it is.

    Raises:
        BadInput: an id that is not on the list.
    """
    _check(sign)
    return Entry(uuid7(), UNSURE, at, at, {"sign": sign})


def after_erasing(before: Iterable[Entry], now: Iterable[Entry], *, at: datetime) -> list[Entry]:
    """What is to be added once entries were erased: nothing, unless an answer to a danger sign was among them.

    Then every sign is left open, so that no odds are shown until they are answered again, and none tells which it was. An
    answer can be erased, because a life can depend on it; that must not bring odds back by itself.

    Args:
        before, now: all entries of one journal, before and after.
        at: local naive moment.
    """
    left = {e.id for e in now}
    if not any(e.kind in ("danger", UNSURE) and e.id not in left for e in before):
        return []
    return [left_open(sign.id, at=at) for sign in signs()]


def words_of_harm(entries: Iterable[Entry]) -> list[str]:
    """Words for choking, hitting or weapons in the acts that stand, in the order of the list; they decide nothing."""
    acts = [e for e in current(list(entries)) if e.kind == "act"]
    told = "\n".join(f"{e.payload.get('act', '')} {e.facts}".replace("_", " ") for e in acts)
    words = [str(word) for word in _data()["words_of_harm"]]
    return [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", told, re.IGNORECASE)]


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

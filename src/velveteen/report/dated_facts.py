"""Dated facts: what is written to have happened, when it was written down, and how it was corrected since.

Facts are the owner's words and choices. Feelings, ratings, weights, kinds of day, answers sorted into kinds, and what a
program counted in messages are none, and stand in no fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from velveteen.guide.danger import UNREADABLE, label
from velveteen.journal.entries import WITHDRAWN, Entry, current
from velveteen.measure.days import heard_entries, is_free, readable, unfree_days
from velveteen.report.ledgers import OUTCOMES, TOWARD, iso, turn
from velveteen.report.phrases import count, day, joined, plain

OWN_SIGNS = frozenset({"own_despair"})  # about the owner themself; theirs to speak of, and never handed on
FELT = frozenset({"afraid_now"})  # a feeling, which this list has none of
TAKEN_BACK = "Taken back"
MISTAKE = "The person who wrote it took it back: it was a mistake."
NOTHING_TOLD = "Nothing of it belongs in this paper."
_BESIDE = {
    "family": "with family there", "public": "in public", "therapy": "in a therapy session", "messages": "in messages",
}  # fmt: skip
_LIMITS = {
    "stated": "said", "held": "kept to that day", "slipped": "not kept to that day", "crossed": "written as crossed",
    "invitation": "an invitation was made instead",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """One writing of a fact: when it happened (local; midnight where only the day is known), when it was written, what."""

    happened: datetime
    written: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact.

    Attributes:
        name: what kind of entry it is, in words.
        about: whom it is about, as the owner names them.
        now: as it stands.
        earlier: what was corrected, newest first.
    """

    name: str
    about: str
    now: Version
    earlier: tuple[Version, ...] = ()


def facts(history: Sequence[Entry]) -> list[Fact]:
    """The facts of one record in the order in which they happened.

    Of the danger signs there is what was ever answered yes, with its correction; signs about the owner themself and signs
    that are feelings are left out. What is dated to a day that was not free, or was written on it, is left out in silence,
    except a yes to a danger sign; what a correction of such a day took the place of stands.

    Args:
        history: all entries in stored order, corrections and corrected included.
    """
    heard = _heard(history)
    told = _told(heard, history)
    found = [list(_versions(entry, told)) for entry in current(heard) if entry.id in told]
    kept = [_fact(versions) for versions in found if _belongs(versions)]
    return sorted(kept, key=lambda fact: (fact.now.happened, fact.now.written))


def _heard(history: Sequence[Entry]) -> list[Entry]:
    """What was not written on a day that was not free, and every answer to a danger sign."""
    free = {e.id for e in heard_entries(history)}
    return [e for e in history if e.id in free or e.kind == "danger"]


def _told(heard: Sequence[Entry], history: Sequence[Entry]) -> dict[str, Entry]:
    """Id -> entry, of those that are dated to free days and can be read."""
    unfree = unfree_days(history)
    kept, _ = readable(e for e in heard if e.kind == "danger" or is_free(e, unfree))
    return {e.id: e for e in kept}


def _versions(entry: Entry, told: Mapping[str, Entry]) -> Iterator[Entry]:
    """The entry, what it corrects, what that corrected, and so on."""
    seen: set[str] = set()
    at: Entry | None = entry
    while at is not None and at.id not in seen:
        seen.add(at.id)
        yield at
        at = told.get(at.corrects or "")


def _belongs(versions: Sequence[Entry]) -> bool:
    signs = [e for e in versions if e.kind == "danger"]
    if any(str(e.payload.get("sign")) in OWN_SIGNS | FELT for e in signs):
        return False
    if signs:
        return any(e.payload.get("answer") != "no" for e in signs)
    return any(e.kind in _KINDS for e in versions)


def _fact(versions: Sequence[Entry]) -> Fact:
    now, *earlier = versions
    name = _KINDS[now.kind][0] if now.kind in _KINDS else TAKEN_BACK
    return Fact(name, now.about, _version(now), tuple(map(_version, earlier)))


def _version(entry: Entry) -> Version:
    return Version(entry.at, entry.written, _text(entry))


def _text(entry: Entry) -> str:
    if entry.kind == WITHDRAWN:
        return MISTAKE
    return _KINDS[entry.kind][1](entry) if entry.kind in _KINDS else NOTHING_TOLD


def _said(words: object) -> str:
    """The owner's own words, in quotation marks; nothing where there are none."""
    text = str(words or "").strip()
    return f"“{text}”" if text else ""


def _sentences(*parts: str) -> str:
    ended = (".", ".”", "!”", "?”", "…”")
    return " ".join(part if part.endswith(ended) else f"{part}." for part in parts if part)


def _act(entry: Entry) -> str:
    payload = entry.payload
    what = plain(str(payload.get("act") or "something without a name"))
    beside = (TOWARD.get(str(payload.get("toward"))), _BESIDE.get(str(payload.get("audience"))))
    return _sentences(", ".join([what[:1].upper() + what[1:], *filter(None, beside)]), _said(entry.facts))


def _promise(entry: Entry) -> str:
    due, resolved = iso(entry.payload.get("due")), iso(entry.payload.get("resolved"))
    outcome = OUTCOMES.get(str(entry.payload.get("outcome")))
    came = f"Written about what came of it: {outcome.lower()}" if outcome else ""
    return _sentences(
        _said(entry.payload.get("what")) or "Something was promised", f"Due {day(due)}" if due else "",
        f"{came}, {day(resolved)}" if came and resolved else came, _said(entry.facts),
    )  # fmt: skip


def _limit(entry: Entry) -> str:
    event = str(entry.payload.get("event") or "stated")
    limit = _said(entry.payload.get("limit")) or "A limit"
    return _sentences(f"{limit}: {_LIMITS.get(event, plain(event))}", _said(entry.facts))


def _raised(entry: Entry) -> str:
    raised = _said(entry.payload.get("raised"))
    return _sentences(f"Raised: {raised}" if raised else "Something was raised", _said(entry.facts))


def _turn(entry: Entry) -> str:
    return _sentences(turn(entry).capitalize(), _said(entry.facts))


def _session(entry: Entry) -> str:
    came = "attended" if entry.payload.get("attended") is True else "not attended"
    return _sentences(f"A session was due: {came}", _said(entry.facts))


def _week(entry: Entry) -> str:
    days, acts = _whole(entry.payload.get("days_contact")), _whole(entry.payload.get("harm"))
    told = [
        "" if days is None else f"contact on {count(days, 'day')}",
        "" if acts is None else f"{count(acts, 'act')} counted",
    ]
    return _sentences(
        f"A week told as a whole: {joined([t for t in told if t]) or 'nothing counted'}", _said(entry.facts)
    )


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _danger(entry: Entry) -> str:
    sign = entry.payload.get("sign")
    answer = "no" if entry.payload.get("answer") == "no" else "yes"
    seen = _said(entry.payload.get("seen"))
    name = label(sign if isinstance(sign, str) else UNREADABLE)
    return _sentences(
        name, f"Answered {answer} on that day", f"Seen: {seen}" if seen else "", _said(entry.facts)
    )


def _imported(entry: Entry) -> str:
    payload = entry.payload
    span = [day(found) for key in ("first", "last") if (found := iso(str(payload.get(key) or "")[:10]))]
    messages = _whole(payload.get("messages"))
    read = "A chat export was read in" + ("" if messages is None else f": {count(messages, 'message')}")
    dated = f", {' to '.join(span)}" if len(span) == 2 else ""
    return _sentences(f"{read}{dated}", f"SHA-256 of the file: {payload.get('source') or 'not written'}")


def _note(entry: Entry) -> str:
    return _sentences(_said(entry.payload.get("raised")), _said(entry.facts)) or "A note without words."


_KINDS: dict[str, tuple[str, Callable[[Entry], str]]] = {
    "act": ("Act", _act),
    "promise": ("Promise", _promise),
    "limit": ("Limit", _limit),
    "confrontation": ("Raised", _raised),
    "turning_point": ("Turning point", _turn),
    "therapy_session": ("Therapy", _session),
    "week": ("Week", _week),
    "danger": ("Danger sign", _danger),
    "imported": ("Chat export", _imported),
    "note": ("Note", _note),
}

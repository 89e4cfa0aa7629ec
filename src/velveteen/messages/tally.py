"""A stream of messages becomes counts by day: one pass that keeps some forty bytes a message, then sums.

Order matters twice. What a message answers is told by the order of the export; who began and how soon the answer came, by
the order of time.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np

from velveteen.messages import words
from velveteen.messages.keys import KEY, bare_key, keys_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from velveteen.messages.chat import Message

CONVERSATION_GAP = timedelta(hours=6)
"""A message after this much silence, of everybody in the chat, begins a new conversation; it is no late reply."""
LATE_NIGHT = (time(0, 0), time(5, 0))
"""From the first moment (with it) to the second (without it), by the phone's own clock."""
THEM, ME = 0, 1

_EPOCH = datetime(1970, 1, 1)
_DAY = 86_400
_GAP = int(CONVERSATION_GAP.total_seconds())
_WRITTEN = 1
_COURTEOUS, _WITH_WORDS = "courteous messages", "messages with words"  # columns that no coder names so


@dataclass(frozen=True, slots=True)
class Coder:
    """What codes one message.

    Attributes:
        version: of its rules and weights; counts of two versions are never added up.
        names: the codes; bit i of a result is names[i]. At most 62.
        code: (text, the turn before: the other side's latest message in this conversation, or "") -> bits.
        courteous: the bits of which any makes a message courteous.
    """

    version: str
    names: tuple[str, ...]
    code: Callable[[str, str], int]
    courteous: int = 0


@dataclass(slots=True)
class DayCodes:
    """Counts of one calendar day; a count that is missing is zero.

    Attributes:
        them: messages; words; starts (conversations begun); replies and reply_seconds (first answers to another
            person within a conversation, and the sum of the waits: each below CONVERSATION_GAP); late_night; and the
            coder's codes.
        me: messages, words, starts; nothing else.
        courteous: messages of theirs with words of their own that have one of the coder's courteous codes.
        written: messages of theirs with words of their own: no media, no deleted ones.
        keys: the keys of the messages that are counted here (see `keys`), in their order.
    """

    them: Counter[str] = field(default_factory=Counter)
    me: Counter[str] = field(default_factory=Counter)
    courteous: int = 0
    written: int = 0
    keys: bytes = b""


class Tally:
    """Columns of one chat, filled by `add`; `days` sums them up.

    Attributes:
        language: what the coded person's words tell of their language.
    """

    def __init__(self, them: str, me: str | None, coder: Coder) -> None:
        self.language = words.LanguageTally()
        self._coder = coder
        self._people = {them: THEM} if me is None else {them: THEM, me: ME}
        self._at, self._instant = array("q"), array("q")
        self._author, self._words = array("i"), array("i")
        self._bits, self._keys = array("Q"), array("Q")
        self._all_instants = True

    def add(self, messages: Iterable[Message]) -> None:
        """Takes in the messages of one chat, in the order of the export."""
        people, turn, last = self._people, "", 0
        for message in messages:
            since = message.at - _EPOCH
            at = since.days * _DAY + since.seconds
            who = people.setdefault(message.author, max(ME + 1, len(people) + 1))
            if abs(at - last) >= _GAP:
                turn = ""
            last = at
            self._at.append(at)
            self._author.append(who)
            self._instant.append(at if message.instant is None else message.instant)
            self._all_instants = self._all_instants and message.instant is not None
            if who > ME:
                self._words.append(0)
                self._bits.append(0)
                self._keys.append(0)
            else:
                self._count(message, who, turn)
            if who != THEM:
                turn = "" if message.note else message.text

    def _count(self, message: Message, who: int, turn: str) -> None:
        own = "" if message.note else message.text
        found = words.words_in(own)
        self._words.append(len(found))
        self._keys.append(bare_key(who, message))
        if who == THEM and own:
            self.language.add(found)
            self._bits.append(_WRITTEN | self._coder.code(own, turn) << 1)
        else:
            self._bits.append(0)

    def days(self, known: Mapping[date, NDArray[np.uint64]] | None = None) -> dict[date, DayCodes]:
        """Counts by day, in order of the days; a day on which neither of the two wrote is missing, not zero.

        Args:
            known: keys of messages that are counted already, by day. Such messages are left out, but what follows them is
                told as if they were there: a reply stays a reply.
        """
        if not self._at:
            return {}
        at, author = np.frombuffer(self._at, np.int64), np.frombuffer(self._author, np.int32)
        clock = np.frombuffer(self._instant, np.int64) if self._all_instants else at
        order = np.argsort(clock, kind="stable")
        keys = keys_of(at, np.frombuffer(self._keys, np.uint64), order)
        columns = self._columns(at, author, clock, order)
        day = at // _DAY
        counted = np.flatnonzero((author <= ME) & ~_is_known(day, keys, known or {}))
        counted = counted[np.lexsort((keys[counted], day[counted]))]
        return _summed(
            day[counted], author[counted], keys[counted], {n: c[counted] for n, c in columns.items()}
        )

    def _columns(
        self,
        at: NDArray[np.int64],
        author: NDArray[np.int32],
        clock: NDArray[np.int64],
        order: NDArray[np.intp],
    ) -> dict[str, NDArray[np.int64]]:
        """What is counted of each message, in the order of the export."""
        wait = np.full(len(at), _GAP, np.int64)
        wait[order[1:]] = np.diff(clock[order])
        other = np.zeros(len(at), bool)
        other[order[1:]] = np.diff(author[order]) != 0
        late = [moment.hour * 3600 for moment in LATE_NIGHT]
        replies = other & (wait < _GAP)
        bits = np.frombuffer(self._bits, np.uint64)
        columns: dict[str, NDArray[np.int64]] = {
            "messages": np.ones(len(at), np.int64),
            "words": np.frombuffer(self._words, np.int32).astype(np.int64),
            "starts": (wait >= _GAP).astype(np.int64),
            "replies": replies.astype(np.int64),
            "reply_seconds": np.where(replies, wait, 0),
            "late_night": ((at % _DAY >= late[0]) & (at % _DAY < late[1])).astype(np.int64),
        }
        for place, name in enumerate(self._coder.names):
            columns[name] = (bits >> np.uint64(place + 1) & np.uint64(1)).astype(np.int64)
        columns[_COURTEOUS] = (bits & np.uint64(self._coder.courteous << 1) > 0).astype(np.int64)
        columns[_WITH_WORDS] = (bits & np.uint64(_WRITTEN)).astype(np.int64)
        return columns


def _is_known(
    day: NDArray[np.int64], keys: NDArray[np.uint64], known: Mapping[date, NDArray[np.uint64]]
) -> NDArray[np.bool_]:
    found = np.zeros(len(day), bool)
    order = np.argsort(day, kind="stable")
    for when, there in known.items():
        number = when.toordinal() - _EPOCH.toordinal()
        rows = order[slice(*np.searchsorted(day, [number, number + 1], sorter=order))]
        found[rows] = np.isin(keys[rows], there)
    return found


_OF_ME = ("messages", "words", "starts")


def _summed(
    day: NDArray[np.int64],
    author: NDArray[np.int32],
    keys: NDArray[np.uint64],
    columns: dict[str, NDArray[np.int64]],
) -> dict[date, DayCodes]:
    """The sums of what is sorted by day."""
    if not len(day):
        return {}
    numbers, starts = np.unique(day, return_index=True)
    them = {name: np.add.reduceat(c * (author == THEM), starts).tolist() for name, c in columns.items()}
    me = {name: np.add.reduceat(columns[name] * (author == ME), starts).tolist() for name in _OF_ME}
    courteous, written = them.pop(_COURTEOUS), them.pop(_WITH_WORDS)
    ends = [*starts[1:].tolist(), len(day)]
    return {
        date.fromordinal(_EPOCH.toordinal() + number): DayCodes(
            _at(them, i), _at(me, i), courteous[i], written[i], keys[start:end].astype(KEY).tobytes()
        )
        for i, (number, start, end) in enumerate(zip(numbers.tolist(), starts.tolist(), ends, strict=True))
    }


def _at(sums: dict[str, list[int]], i: int) -> Counter[str]:
    return Counter({name: values[i] for name, values in sums.items() if values[i]})

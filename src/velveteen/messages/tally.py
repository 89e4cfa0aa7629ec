"""A stream of messages becomes counts by day: one pass that keeps some forty bytes a message, then sums.

Order matters twice. What a message answers is told by the order of the export; who began and how soon the answer came, by
the order of time.
"""

from __future__ import annotations

import random
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from velveteen.messages import words
from velveteen.messages.exchange import Masks, exchanged
from velveteen.messages.keys import KEY, bare_key, keys_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from velveteen.messages.chat import Message

CONVERSATION_GAP = timedelta(hours=6)
"""A message after this much silence, of everybody in the chat, begins a new conversation; it is no late reply."""
LATE_NIGHT = (time(0, 0), time(5, 0))
"""From the first moment (with it) to the second (without it), by the phone's own clock."""
THEM, ME = 0, 1
LONGEST_LINE = 1000
"""Letters of a message that are kept with its codes."""
SAMPLE = 120
"""Messages of one export that are kept although nothing that hurts was counted in them: drawn with equal chances, so that
the owner can say later what was missed."""

_EPOCH = datetime(1970, 1, 1)
_DAY = 86_400
_GAP = int(CONVERSATION_GAP.total_seconds())
_WRITTEN = 1


@dataclass(frozen=True, slots=True)
class Coder:
    """What codes one message.

    Attributes:
        version: of its rules and weights; counts of two versions are never added up.
        names: the codes; bit i of a result is names[i]. At most 62.
        code: (text, the turn before: the other side's latest message in this conversation, or "") -> bits.
        occasion: text of the owner's own message -> what it gives an occasion for, bits as `exchange` has them.
        courteous, hurt, met, owned, disowned: bits of codes of which any makes a message so; see `exchange`.
        quoted: bits of the codes whose messages are kept word for word.
    """

    version: str
    names: tuple[str, ...]
    code: Callable[[str, str], int]
    occasion: Callable[[str], int]
    courteous: int
    hurt: int
    met: int
    owned: int
    disowned: int
    quoted: int


@dataclass(slots=True)
class DayCodes:
    """Counts of one calendar day; a count that is missing is zero.

    Attributes:
        them: messages; words; starts (conversations begun); replies and reply_seconds (first answers to another
            person within a conversation, and the sum of the waits: each below CONVERSATION_GAP); late_night; and the
            coder's codes.
        me: messages, words, starts; nothing else.
        calm, hard: what is weighed, in calm conversations and in hard ones (see `exchange`): written (messages of theirs
            with words of their own: no media, no deleted ones); courteous and hurt, those among them with such a code;
            conversations (begun by either); told, met, raised, owned (my turns, see `exchange`).
        lines: messages of theirs that have a quoted code: (seconds of the day, the codes' bits, the text), in order of time.
        others: messages of theirs with words and without a code that hurts, as far as the draw fell on them (see `SAMPLE`):
            (seconds of the day, the text), in order of time.
        keys: the keys of the messages that are counted here (see `keys`), in their order.
    """

    them: Counter[str] = field(default_factory=Counter)
    me: Counter[str] = field(default_factory=Counter)
    calm: Counter[str] = field(default_factory=Counter)
    hard: Counter[str] = field(default_factory=Counter)
    lines: list[tuple[int, int, str]] = field(default_factory=list)
    others: list[tuple[int, str]] = field(default_factory=list)
    keys: bytes = b""

    @property
    def written(self) -> int:
        """Messages of theirs with words of their own."""
        return self.calm["written"] + self.hard["written"]

    @property
    def courteous(self) -> int:
        """Those among them that thank, greet or call by name."""
        return self.calm["courteous"] + self.hard["courteous"]


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
        self._quoted: dict[int, str] = {}
        self._drawn: dict[int, tuple[int, str]] = {}  # place in the sample -> row, text
        self._chance, self._unhurt = random.Random(0), 0  # noqa: S311  (one file gives one sample)
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
        if not own:
            self._bits.append(0)
        elif who == THEM:
            self.language.add(found)
            self._bits.append(_WRITTEN | self._code(own, turn) << 1)
        else:
            self._bits.append(self._coder.occasion(own) << 1)

    def _code(self, text: str, turn: str) -> int:
        bits = self._coder.code(text, turn)
        if bits & self._coder.quoted:
            self._quoted[len(self._bits)] = text[:LONGEST_LINE]
        if not bits & self._coder.hurt:
            self._draw(text)
        return bits

    def _draw(self, text: str) -> None:
        """Each message so far stays in the sample with the same chance (Vitter 1985, algorithm R)."""
        self._unhurt += 1
        place = self._unhurt - 1
        if place >= SAMPLE:
            place = int(self._chance.random() * self._unhurt)
        if place < SAMPLE:
            self._drawn[place] = (len(self._bits), text[:LONGEST_LINE])

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
        day = at // _DAY
        counted = np.flatnonzero((author <= ME) & ~_is_known(day, keys, known or {}))
        counted = counted[np.lexsort((keys[counted], day[counted]))]
        others = dict(self._drawn.values())
        sums = _Sums(day[counted], author[counted])
        for name, column in self._columns(at, author, clock, order):
            sums.add(name, column[counted])
        return {
            date.fromordinal(_EPOCH.toordinal() + number): DayCodes(
                *sums.of(i),
                self._lines(at, counted[start:end]),
                self._others(at, counted[start:end], others),
                keys[counted[start:end]].astype(KEY).tobytes(),
            )
            for i, (number, start, end) in enumerate(sums.spans())
        }

    def _lines(self, at: NDArray[np.int64], counted: NDArray[np.intp]) -> list[tuple[int, int, str]]:
        rows = [row for row in counted.tolist() if row in self._quoted]
        lines = [
            (int(at[row] % _DAY), self._bits[row] >> 1 & self._coder.quoted, self._quoted[row])
            for row in rows
        ]
        return sorted(lines, key=lambda line: line[0])

    @staticmethod
    def _others(
        at: NDArray[np.int64], counted: NDArray[np.intp], drawn: Mapping[int, str]
    ) -> list[tuple[int, str]]:
        found = [(int(at[row] % _DAY), drawn[row]) for row in counted.tolist() if row in drawn]
        return sorted(found, key=lambda line: line[0])

    def _columns(
        self,
        at: NDArray[np.int64],
        author: NDArray[np.int32],
        clock: NDArray[np.int64],
        order: NDArray[np.intp],
    ) -> Iterator[tuple[str, NDArray[Any]]]:
        """What is counted of each message, in the order of the export, column by column: all at once would fill a memory."""
        wait = np.full(len(at), _GAP, np.int64)
        wait[order[1:]] = np.diff(clock[order])
        other = np.zeros(len(at), bool)
        other[order[1:]] = np.diff(author[order]) != 0
        starts, replies = wait >= _GAP, other & (wait < _GAP)
        yield "messages", np.ones(len(at), bool)
        yield "words", np.frombuffer(self._words, np.int32)
        yield "starts", starts
        yield "replies", replies
        yield "reply_seconds", np.where(replies, wait, 0)
        yield "late_night", (at % _DAY >= LATE_NIGHT[0].hour * 3600) & (at % _DAY < LATE_NIGHT[1].hour * 3600)
        written = np.frombuffer(self._bits, np.uint64)
        bits = written >> np.uint64(1)
        for place, name in enumerate(self._coder.names):
            yield name, (bits & np.uint64(1 << place)) != 0
        yield from self._weighed(author, starts, order, bits, (written & np.uint64(_WRITTEN)) != 0)

    def _weighed(
        self,
        author: NDArray[np.int32],
        starts: NDArray[np.bool_],
        order: NDArray[np.intp],
        bits: NDArray[np.uint64],
        written: NDArray[np.bool_],
    ) -> Iterator[tuple[str, NDArray[np.bool_]]]:
        """The columns of `CALM` and `HARD`."""
        coder = self._coder
        masks = Masks(coder.met, coder.owned, coder.disowned)
        turns = exchanged((author == THEM)[order], (author == ME)[order], starts[order], bits[order], masks)
        columns = {name: np.empty(len(order), bool) for name in turns}
        for name, column in columns.items():
            column[order] = turns[name]
        hard = columns.pop("hard")
        columns |= {"written": written, "conversations": starts}
        columns |= {name: written & ((bits & np.uint64(mask)) != 0)
                    for name, mask in (("courteous", coder.courteous), ("hurt", coder.hurt))}  # fmt: skip
        for name, column in columns.items():
            yield CALM + name, column & ~hard
            yield HARD + name, column & hard


CALM, HARD = "calm ", "hard "
_OF_ME = frozenset({"messages", "words", "starts"})
_OF_BOTH = frozenset({CALM + "conversations", HARD + "conversations"})
_OCCASIONS = frozenset({kind + name for kind in (CALM, HARD) for name in ("told", "met", "raised", "owned")})


class _Sums:
    """Sums by day of columns that are sorted by day."""

    def __init__(self, day: NDArray[np.int64], author: NDArray[np.int32]) -> None:
        self._numbers, self._starts = np.unique(day, return_index=True)
        self._length = len(day)
        self._theirs, self._mine = author == THEM, author == ME
        self._them: dict[str, list[int]] = {}
        self._me: dict[str, list[int]] = {}

    def add(self, name: str, column: NDArray[Any]) -> None:
        """One column, (n,)."""
        if not self._length:
            return
        of_whom = (
            self._theirs | self._mine
            if name in _OF_BOTH
            else self._mine
            if name in _OCCASIONS
            else self._theirs
        )
        self._them[name] = np.add.reduceat((column * of_whom).astype(np.int64), self._starts).tolist()
        if name in _OF_ME:
            self._me[name] = np.add.reduceat((column * self._mine).astype(np.int64), self._starts).tolist()

    def of(self, i: int) -> tuple[Counter[str], Counter[str], Counter[str], Counter[str]]:
        """Theirs, mine, calm and hard of the i-th day."""
        them, me = _at(self._them, i), _at(self._me, i)
        calm, hard = (
            Counter({name.removeprefix(kind): them.pop(name) for name in list(them) if name.startswith(kind)})
            for kind in (CALM, HARD)
        )
        return them, me, calm, hard

    def spans(self) -> list[tuple[int, int, int]]:
        """(day, start, end) of each day, in order."""
        ends = [*self._starts[1:].tolist(), self._length] if self._length else []
        return list(zip(self._numbers.tolist(), self._starts.tolist(), ends, strict=True))


def _at(sums: dict[str, list[int]], i: int) -> Counter[str]:
    return Counter({name: values[i] for name, values in sums.items() if values[i]})


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

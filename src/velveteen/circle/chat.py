"""The chat of a household: how often they thank, ask, apologise or blame depends on the state of that day.

Every text is drawn from `phrases.toml`, written for this simulator. Rates here are judgement; they move with the same stocks
that move conduct, so that a change on the outside reaches manners and only a change of respect reaches interest and owning.
"""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np

    from velveteen.circle.days import Day

Message = tuple[datetime, str, str]
Meant = frozenset[str]
"""What a message was written to be: its pool, "greeting" and "name" where it begins with one, "told" to "no" of mine."""
TOPICS = ("plans", "home", "work", "chat")
A_DAY = 46.0
"""Messages an ordinary day of an ordinary closeness brings."""
SILENCE = "punished_with_silence"
_SLOT = re.compile(r"\{(\w+)\}")
_HOURS = ((7, 0.18), (9, 0.14), (12, 0.18), (15, 0.14), (17, 0.2), (20, 0.1), (21, 0.06))


@cache
def phrases() -> dict[str, dict[str, list[str]]]:
    """The pools, by section and name."""
    text = resources.files("velveteen.circle").joinpath("phrases.toml").read_text("utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True, slots=True)
class Manner:
    """How they write on one day.

    Attributes:
        greeting: chance that a conversation they start begins with a greeting.
        name: chance that a message holds the other's name.
        delay: median minutes until they answer.
        weights: how often each kind of message comes, relative; keys are pools of [sam], or "say", "ask", "reply".
    """

    greeting: float
    name: float
    delay: float
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class Habit:
    """What makes one household's writing unlike another's, whatever the day: factors around 1.

    Attributes:
        amount: of messages; courtesy: of thanks, greetings and names; edge: of what wounds.
    """

    amount: float = 1.0
    courtesy: float = 1.0
    edge: float = 1.0


PLAIN = Habit()


def manner(day: Day, habit: Habit = PLAIN) -> Manner:
    """Their manner on that day: restraint brings courtesy, respect brings interest and owning, shame the rest."""
    put_on, respect, shame = day.inner.restraint, day.inner.respect, day.inner.shame
    heat = habit.edge * (min(2.5, day.rate) * 0.5 + 0.5 * min(3, len(day.acts)))
    frightened = day.inner.alarm * day.inner.effort
    weights = {
        "say": 40.0, "ask": 8.0, "reply": 22.0, "request": 1.0 + 2.0 * put_on + 2.0 * respect,
        "thanks": habit.courtesy * (1.2 + 6.0 * put_on + 5.0 * respect), "offer": 0.5 + 1.6 * put_on + 2.5 * respect,
        "interest": 0.6 + 1.0 * put_on + 9.0 * respect, "both": 0.1 + 1.6 * respect,
        "order": (2.0 + 1.2 * heat) * (1.0 - 0.6 * put_on) * (1.0 - 0.6 * respect), "leading": 0.5 + 0.8 * heat,
        "boast": 0.5 + 0.7 * shame, "absolute": 0.2 + 0.6 * heat * (1.0 - respect),
        "blame": 1.3 * heat, "denial": 0.5 * heat, "contempt": 0.7 * heat,
        "checking": 0.7 * heat * (1.0 - respect), "sulk": 0.8 * heat + 0.5 * shame,
        "apology_bare": 0.5 + 2.0 * frightened, "apology_excuse": 0.25 * heat * (1.0 - respect) + 0.3 * frightened,
        "apology_owned": 1.2 * respect * respect + 1.0 * frightened, "apology_repair": 0.7 * respect * respect,
    }  # fmt: skip
    return Manner(
        greeting=min(0.95, habit.courtesy * (0.2 + 0.4 * put_on + 0.35 * respect)),
        name=habit.courtesy * (0.03 + 0.05 * put_on + 0.05 * respect),
        delay=3.0 * math.exp(0.35 * shame - 0.5 * put_on - 0.3 * respect) * (8.0 if SILENCE in day.acts else 1.0),
        weights=weights,
    )  # fmt: skip


class _Pen:
    """Draws texts: a generator with a stock of uniforms, and the pools."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._stock: list[float] = []
        self._about: dict[str, str] = {}
        self.topic = TOPICS[0]

    def change_subject(self) -> None:
        """A new conversation: a topic, and the things it keeps coming back to."""
        self.topic = self.one_of(TOPICS)
        self._about = {slot: self.one_of(pool) for slot, pool in phrases()["slots"].items()}

    def chance(self) -> float:
        if not self._stock:
            self._stock = self._rng.random(8192).tolist()
        return self._stock.pop()

    def normal(self) -> float:
        u, v = self.chance(), self.chance()
        return math.sqrt(-2.0 * math.log(1.0 - u)) * math.cos(2.0 * math.pi * v)

    def one_of(self, pool: Sequence[str]) -> str:
        return pool[int(self.chance() * len(pool))]

    def weighted(self, sums: list[float], names: list[str]) -> str:
        u = self.chance() * sums[-1]
        return next(name for name, top in zip(names, sums, strict=True) if u < top)

    def text(self, section: str, pool: str, **given: str) -> str:
        """A text of that pool with its slots filled: as given, or mostly with what the conversation is about."""
        return _SLOT.sub(lambda m: given.get(m[1]) or self._slot(m[1]), self.one_of(phrases()[section][pool]))

    def _slot(self, name: str) -> str:
        if self._about and self.chance() < 0.7:
            return self._about[name]
        return self.one_of(phrases()["slots"][name])

    def finished(self, text: str) -> str:
        """The text as a thumb types it: a capital or not, an ending or not, now and then a second line."""
        if self.chance() < 0.3:
            text = text[0].upper() + text[1:]
        if self.chance() < 0.12:
            text += self.one_of(phrases()["end"]["tail"])
        if self.chance() < 0.012:
            text += "\n" + self.text(self.topic, "say")
        return text


def messages(
    days: Iterable[Day], them: str, me: str, rng: np.random.Generator
) -> Iterator[tuple[Message, Meant]]:
    """The messages of these days in order of time, each (local naive moment, author, text), with what each was meant to be.

    Args:
        days: the latent days.
        them: the name of the one it is about.
        me: the name of the partner.
        rng: of the chat alone.
    """
    pen = _Pen(rng)
    habit = Habit(*(math.exp(spread * pen.normal()) for spread in (0.12, 0.25, 0.25)))
    last = datetime(1, 1, 1)
    for day in days:
        for (at, author, text), meant in _day(pen, day, habit, (them, me)):
            last = max(at, last + timedelta(seconds=1))
            yield (last, author, text), meant


def _day(pen: _Pen, day: Day, habit: Habit, names: tuple[str, str]) -> Iterator[tuple[Message, Meant]]:
    how = manner(day, habit)
    special = _special(pen, day)
    amount = A_DAY * habit.amount * (0.65 + 0.6 * day.inner.closeness) * math.exp(0.25 * pen.normal())
    amount *= (1.0 if day.contact else 0.8) * (0.6 if SILENCE in day.acts else 1.0)
    hours = sorted(pen.weighted(_HOUR_SUMS, _HOUR_NAMES) for _ in range(2 + int(4 * pen.chance())))
    free_from = datetime.combine(day.date, time())
    for place, hour in enumerate(hours):
        opening = datetime.combine(day.date, time(int(hour))) + timedelta(seconds=int(3600 * pen.chance()))
        turns = max(2, round(amount / len(hours)))
        extra = special if place == len(hours) - 1 else []
        for (at, author, text), meant in _conversation(pen, how, max(free_from, opening), turns, extra):
            free_from = at + timedelta(minutes=20)
            by_name = _addressed(pen, how, author, text, names[1])
            yield (at, names[author == "me"], by_name), meant if by_name == text else meant | {"name"}


_HOUR_NAMES = [f"{hour:02d}" for hour, _ in _HOURS]
_HOUR_SUMS = list(accumulate(weight for _, weight in _HOURS))


def _conversation(
    pen: _Pen, how: Manner, clock: datetime, turns: int, extra: list[tuple[str, str, str]]
) -> Iterator[tuple[Message, Meant]]:
    pen.change_subject()
    names, sums = list(how.weights), list(accumulate(how.weights.values()))
    author, before = ("them" if pen.chance() < 0.5 else "me"), ""
    for turn in range(turns + len(extra)):
        if turn >= turns:
            author, kind, text = extra[turn - turns]
        else:
            kind = before = _kind(pen, author, before, names, sums)
            text = pen.finished(pen.text(*_pool(pen, author, before)))
        opened, greets = _opened(pen, how, author, text, clock.hour) if turn == 0 else (text, False)
        yield (clock, author, opened), frozenset((kind, "greeting")) if greets else frozenset((kind,))
        switch = turn + 1 >= turns or pen.chance() < 0.68
        clock += _pause(pen, how, author, switch=switch)
        author, before = _next(author, before, switch=switch)


def _next(author: str, before: str, *, switch: bool) -> tuple[str, str]:
    """Who writes next, and what they have before them: one's own question is not one's own to answer."""
    if switch:
        return ("me" if author == "them" else "them"), before
    return author, ""


def _kind(pen: _Pen, author: str, before: str, names: list[str], sums: list[float]) -> str:
    if before in ("ask", "interest", "request", "offer") and pen.chance() < 0.75:
        return "reply"
    if author == "them":
        return pen.weighted(sums, names)
    if before in _WOUNDING and pen.chance() < 0.5:
        return "quiet"
    return pen.weighted([42.0, 56.0, 84.0, 88.0, 92.0], ["say", "ask", "reply", "thanks", "quiet"])


def _pool(pen: _Pen, author: str, kind: str) -> tuple[str, str]:
    if kind in ("say", "ask", "reply"):
        return pen.topic, kind
    return ("sam" if author == "them" else "alex"), kind


_WOUNDING = frozenset({"blame", "denial", "contempt", "checking", "sulk", "absolute"})


def _opened(pen: _Pen, how: Manner, author: str, text: str, hour: int) -> tuple[str, bool]:
    """The text as it opens a conversation, and whether it greets."""
    if pen.chance() < (how.greeting if author == "them" else 0.45):
        time_of_day = "morning" if hour < 11 else "day" if hour < 18 else "evening"
        greeting = pen.one_of(phrases()["start"][time_of_day])
        return f"{greeting}{'' if greeting[-1] in '!?' else ','} {_lowered(text)}", True
    if pen.chance() < 0.15:
        text = f"{pen.one_of(phrases()['start']['plain'])} {_lowered(text)}"
    return text, False


def _addressed(pen: _Pen, how: Manner, author: str, text: str, me: str) -> str:
    return f"{me}, {_lowered(text)}" if author == "them" and pen.chance() < how.name else text


def _lowered(text: str) -> str:
    """The text as it goes on after a greeting or a name; “I” and names keep their capital."""
    first = text.split(maxsplit=1)[0]
    return text if first in phrases()["slots"]["who"] or first[0] == "I" else text[0].lower() + text[1:]


def _pause(pen: _Pen, how: Manner, author: str, *, switch: bool) -> timedelta:
    """Time until the next message: seconds within one's own turn, else the other's time to answer (log-normal)."""
    if not switch:
        return timedelta(seconds=4 + int(25 * pen.chance()))
    median = how.delay if author == "me" else 2.5
    minutes = min(55.0, median * math.exp(0.8 * pen.normal()) * 0.6)
    return timedelta(seconds=5 + int(60 * minutes))


def _special(pen: _Pen, day: Day) -> list[tuple[str, str, str]]:
    """What that day's truth makes them say: a feeling told, a confrontation and its answer, a promise."""
    lines: list[tuple[str, str, str]] = []

    def say(author: str, kind: str, **given: str) -> None:
        lines.append((author, kind, pen.text("alex" if author == "me" else "sam", kind, **given)))

    if day.kind == "refused":
        say("me", "no")
    if pen.chance() < 0.2:
        taken_in = pen.chance() < day.acknowledges
        say("me", "told")
        say("them", "acknowledge" if taken_in else "dismiss")
    if day.answer:
        say("me", "raised", raised=day.raised)
        say("them", _ANSWERS[day.answer])
    if day.promise is not None:
        say("them", "promise", promise=day.promise.what)
    return lines


_ANSWERS = {
    "owned": "own", "repaired": "apology_repair", "words_only": "apology_bare", "gesture": "offer", "denied": "denial",
    "blamed": "blame", "indifferent": "sulk", "attacked": "contempt", "withdrew": "sulk", "played_victim": "absolute",
    "controlled": "order", "turned_round": "blame", "attacked_self": "absolute",
}  # fmt: skip

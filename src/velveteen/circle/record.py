"""What gets written down: a diarist forgets, tires, mislabels, and slowly moves the yardstick."""

from __future__ import annotations

import datetime as dt
import math
from collections import deque
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from velveteen.circle.names import FEELINGS, LIMITS, NOTES, pick
from velveteen.journal.entries import HARD_DAYS
from velveteen.problems import BadInput

if TYPE_CHECKING:
    import numpy as np

    from velveteen.circle.days import Day, Promise

KEPT_IN_MIND = 7
"""Days after which a promise not yet written down is forgotten."""
STRICTER = 0.15
"""Share of acts that one point of yardstick adds or takes away (judgement)."""
HOPEFUL = frozenset({"loss_threatened", "returned", "therapy_began"})
HOPE_HALF_LIFE = 14.0
"""Days (judgement)."""
TOLD = 0.88
"""Share of weekly occasions on which a feeling was told at all (judgement)."""
DETAILED = 0.35
"""Share of days with a note, and of days with a word on feelings (judgement)."""
_SHARES = (
    "days_written",
    "inward_weeks",
    "forgetting",
    "bad_weeks_unwritten",
    "good_weeks_unwritten",
    "strain_mislabel",
)


@dataclass(frozen=True, slots=True)
class RecordKeeping:
    """How one person keeps a record. The default is a diligent, human keeper.

    Attributes:
        days_written: share of days written, at first; 0 to 1. A day with a turning point is always written.
        diligence_decay: by how much that share falls, as a rate a year (share at year y: days_written * exp(-rate * y)).
        bad_weeks_unwritten: share of bad weeks (treated below the record's lower quartile) left out whole; 0 to 1.
        good_weeks_unwritten: share of good weeks (above the upper quartile) left out whole: some write only to vent; 0 to 1.
        inward_weeks: share of weeks with the inward occasion; 0 to 1.
        forgetting: share of acts, confrontations and promises that a written day leaves out; 0 to 1.
        fatigue: rate a year at which confrontations, promises, limits and notes stop being written at all.
        yardstick_drift: sd of the yardstick after one year, in rating points (a random walk).
        hope: points by which a rating is kinder right after a threat, a return or the start of therapy; acts are
            overlooked to match. It halves every two weeks.
        strain_mislabel: share of contact days called hard that were not, or not hard that were; 0 to 1.
        recall_noise: sd of a rating beyond the day itself, in points.
    """

    days_written: float = 0.86
    diligence_decay: float = 0.05
    bad_weeks_unwritten: float = 0.05
    inward_weeks: float = 0.92
    forgetting: float = 0.05
    fatigue: float = 0.05
    yardstick_drift: float = 0.4
    hope: float = 0.4
    strain_mislabel: float = 0.04
    recall_noise: float = 0.5
    good_weeks_unwritten: float = 0.0

    def __post_init__(self) -> None:
        for knob in fields(self):
            value = getattr(self, knob.name)
            if not math.isfinite(value) or value < 0 or (knob.name in _SHARES and value > 1):
                top = "1" if knob.name in _SHARES else "any number upwards"
                message = f"How a record is kept: {knob.name} can be from 0 to {top}; it is {value}."
                raise BadInput("record_keeping", message)


DILIGENT = RecordKeeping()

FULL = RecordKeeping(
    days_written=1.0, diligence_decay=0.0, bad_weeks_unwritten=0.0, inward_weeks=1.0, forgetting=0.0, fatigue=0.0,
    yardstick_drift=0.0,
    hope=0.0, strain_mislabel=0.0, recall_noise=0.0,
)  # fmt: skip
"""Nothing left out and nothing moved: what a record would be if people were cameras."""


@dataclass(slots=True)
class Written:
    """One day as it was written; None or empty where nothing was. Ratings are whole numbers from 0 to 10."""

    date: dt.date
    contact: bool
    kind: str = ""
    treated: int | None = None
    wellbeing: int | None = None
    acts: tuple[str, ...] = ()
    care: tuple[str, ...] = ()
    audience: str = ""
    promise: Promise | None = None
    promise_due: dt.date | None = None
    promise_outcome: str = ""
    raised: str = ""
    answer: str = ""
    told: bool | None = None
    acknowledged: bool | None = None
    equals: int | None = None
    free_to_say_no: int | None = None
    turning_point: str = ""
    limit: str = ""
    limit_event: str = ""
    session: str = ""
    note: str = ""
    feelings: str = ""


@dataclass(slots=True)
class _Keeper:
    """The one who writes: habits, chance, and what is in mind."""

    how: RecordKeeping
    rng: np.random.Generator
    inward_weekday: int
    limit: str
    yardstick: float = 0.0
    hoping: float = 0.0
    ledger: deque[tuple[Promise, str, int]] = field(default_factory=deque)
    noted: set[Promise] = field(default_factory=set)

    def chance(self, share: float) -> bool:
        return bool(self.rng.random() < share)

    def one_of(self, names: tuple[str, ...]) -> str:
        return pick(names, None, self.rng.random())

    def tired(self, day: Day) -> bool:
        return self.chance(1.0 - math.exp(-self.how.fatigue * max(0, day.index) / 365.25))

    @property
    def leaning(self) -> float:
        """Points by which ratings are kinder than they were at the record's start."""
        return self.yardstick + self.how.hope * self.hoping

    def rate(self, true: float) -> int:
        noisy = true + self.leaning + self.how.recall_noise * self.rng.standard_normal()
        return int(min(10, max(0, math.floor(noisy + 0.5))))


def keep(days: list[Day], how: RecordKeeping, rng: np.random.Generator) -> list[Written]:
    """The days that were written, in order, as they were written."""
    keeper = _Keeper(how, rng, int(rng.integers(7)), LIMITS[int(rng.integers(len(LIMITS)))])
    left_out = _shares_left_out(days, how)
    written: list[Written] = []
    for start in range(0, len(days), 7):
        week = days[start : start + 7]
        keeper.yardstick += how.yardstick_drift / math.sqrt(52.0) * rng.standard_normal()
        share = left_out[start // 7]
        skipped = share is not None and keeper.chance(share)
        written += _week(keeper, week, skipped=skipped)
    return written


def _shares_left_out(days: list[Day], how: RecordKeeping) -> list[float | None]:
    """For each week how likely it is left out whole; None, so that no chance is spent on it, where that is not asked."""
    weeks = [days[start : start + 7] for start in range(0, len(days), 7)]
    levels = [sum(day.treated for day in week) / len(week) for week in weeks]
    ordered = sorted(levels)
    low, high = ordered[len(levels) // 4], ordered[-1 - len(levels) // 4]
    good = how.good_weeks_unwritten or None
    return [how.bad_weeks_unwritten if x < low else good if x > high else None for x in levels]


def _week(keeper: _Keeper, week: list[Day], *, skipped: bool) -> list[Written]:
    share = keeper.how.days_written * math.exp(-keeper.how.diligence_decay * week[0].index / 365.25)
    asked = keeper.chance(keeper.how.inward_weeks)
    written = []
    for place, day in enumerate(week):
        _remember(keeper, day)
        lived = keeper.chance(share) and not skipped
        if not lived and not (day.turning_point and day.known):
            continue
        line = _write(keeper, day)
        last = place + 1 == len(week)
        if asked and day.contact and (last or day.date.weekday() >= keeper.inward_weekday):
            _inward(keeper, line, week[: place + 1])
            asked = False
        written.append(line)
    return written


def _remember(keeper: _Keeper, day: Day) -> None:
    """Hope rises and fades; promises stay in mind until a day is written, and what came of them if they were."""
    keeper.hoping *= 0.5 ** (1.0 / HOPE_HALF_LIFE)
    if day.known and day.turning_point in HOPEFUL:
        keeper.hoping = 1.0
    if day.promise is not None and not keeper.chance(keeper.how.forgetting) and not keeper.tired(day):
        keeper.ledger.append((day.promise, "", day.index))
    for outcome in day.outcomes:
        if not keeper.chance(keeper.how.forgetting):
            keeper.ledger.append((outcome.promise, outcome.outcome, day.index))


def _write(keeper: _Keeper, day: Day) -> Written:
    line = Written(day.date, day.contact, wellbeing=keeper.rate(day.wellbeing - keeper.leaning))
    line.turning_point = day.turning_point if day.known else ""
    line.session = day.session
    _ledger(keeper, line, day)
    if day.contact:
        _contact(keeper, line, day)
    _words(keeper, line, day)
    return line


def _contact(keeper: _Keeper, line: Written, day: Day) -> None:
    line.kind = _label(keeper, day.kind)
    line.treated = keeper.rate(day.treated)
    notices = min(1.0, (1.0 - keeper.how.forgetting) * math.exp(-STRICTER * keeper.leaning))
    line.acts = tuple(act for act in day.acts if keeper.chance(notices))
    line.care = tuple(act for act in day.care if keeper.chance(1.0 - keeper.how.forgetting))
    line.audience = day.audience if line.acts or line.care else ""
    if day.answer and not keeper.chance(keeper.how.forgetting) and not keeper.tired(day):
        line.raised, line.answer = day.raised, day.answer
    if day.limit_event and not keeper.tired(day):
        line.limit, line.limit_event = keeper.limit, day.limit_event


def _label(keeper: _Keeper, kind: str) -> str:
    if not keeper.chance(keeper.how.strain_mislabel):
        return kind
    return keeper.one_of(("calm", "stress") if kind in HARD_DAYS else ("refused", "criticised"))


def _ledger(keeper: _Keeper, line: Written, day: Day) -> None:
    """One promise or outcome a day, the oldest first; promises while not yet due, outcomes of those written down."""
    while keeper.ledger and line.promise is None:
        promise, outcome, since = keeper.ledger.popleft()
        fresh = day.index - since <= KEPT_IN_MIND
        told = promise in keeper.noted if outcome else promise.due >= day.index
        if fresh and told:
            line.promise, line.promise_outcome = promise, outcome
            line.promise_due = line.date + dt.timedelta(days=promise.due - day.index)
            keeper.noted.add(promise)


def _inward(keeper: _Keeper, line: Written, week: list[Day]) -> None:
    together = [day for day in week if day.contact]
    line.told = keeper.chance(TOLD)
    if line.told:
        line.acknowledged = keeper.chance(week[-1].acknowledges)
    line.equals = keeper.rate(sum(day.equals for day in together) / len(together))
    line.free_to_say_no = keeper.rate(sum(day.free_to_say_no for day in together) / len(together))


def _words(keeper: _Keeper, line: Written, day: Day) -> None:
    if keeper.chance(DETAILED) and not keeper.tired(day):
        line.note = keeper.one_of(NOTES[line.kind]) if line.kind else "apart today"
        mood = "low" if day.wellbeing < 4 else "middle" if day.wellbeing < 6.5 else "high"
        line.feelings = keeper.one_of(FEELINGS[mood])

"""The latent truth of a day: what really happened, and the stocks it left behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise made.

    Attributes:
        what: the words.
        made, due: days from the record's first.
    """

    what: str
    made: int
    due: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a promise: "kept", "partly", "broken", "withdrawn" or "excused"."""

    promise: Promise
    outcome: str


@dataclass(frozen=True, slots=True)
class Inner:
    """The stocks of one evening.

    Attributes:
        stress: ordinary strain of life, in sd.
        shame: at its height of the day, in the population's median shame per exposure.
        fragility: shame per exposure, in the same unit.
        respect: how far the other is taken as an equal, 0 to 1, with what a fright or a limit lends.
        effort: deliberate effort, 0 to 1.
        restraint: share of acts held back that day, 0 to 1.
        alarm: fear of loss, 0 to 1.
        closeness: the partner's, 0 to 1.
        limit: whether a limit stands.
    """

    stress: float
    shame: float
    fragility: float
    respect: float
    effort: float
    restraint: float
    alarm: float
    closeness: float
    limit: bool


@dataclass(frozen=True, slots=True)
class Day:
    """One day as it was, written down or not.

    Attributes:
        index: days from the record's first; date: the calendar's.
        contact: whether the two were together; kind: the day between them, a KINDS_OF_DAY.
        inner: the stocks of that evening.
        audience: where the day's acts happened, an AUDIENCES.
        rate: expected harmful acts, before luck in counting.
        acts: names of harmful acts; care: names of kind ones.
        treated: how the partner was treated, 0 to 10, before any rating error.
        wellbeing: of the partner, 0 to 10.
        raised, answer: what was raised and the answer to it; empty on days without a confrontation.
        acknowledges: the chance that a feeling told that day is taken in.
        equals, free_to_say_no: 0 to 10, before any rating error.
        promise: made that day; outcomes: of promises due that day.
        turning_point: a TURNING_POINTS, or empty; known: whether the partner knows of it.
        limit_event: "stated", "held", "slipped", "crossed", "invitation" or empty.
        session: "attended", "missed" or empty.
    """

    index: int
    date: date
    contact: bool
    kind: str
    inner: Inner
    audience: str
    rate: float
    acts: tuple[str, ...]
    care: tuple[str, ...]
    treated: float
    wellbeing: float
    raised: str
    answer: str
    acknowledges: float
    equals: float
    free_to_say_no: float
    promise: Promise | None
    outcomes: tuple[Outcome, ...]
    turning_point: str
    known: bool
    limit_event: str
    session: str

    @property
    def hard(self) -> bool:
        """Refused or criticised."""
        return self.kind in ("refused", "criticised")

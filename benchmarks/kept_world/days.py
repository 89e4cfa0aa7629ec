"""A day as it was lived, before anybody writes it down, and what two people carry from one day to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from numpy.random import Generator

from .changes import Course
from .households import Household
from .weather import Weather


@dataclass(slots=True)
class LivedAct:
    """One act: its name in the catalogue, weight 1-3, and whether it is harm."""

    name: str
    weight: int
    harm: bool = True


@dataclass(slots=True)
class Day:
    """One lived day.

    Attributes:
        contact: whether they met or spoke.
        kind: calm, stress, refused or criticised.
        severity: of the day's quarrel, 0 where there was none.
        acts: what was done.
        answer: the answer to a confrontation, None where nothing was raised.
        told: whether a feeling was told, and if so whether it was acknowledged.
        treated, wellbeing, equals, free: as the keeper feels them, before any scale.
        standing: whether a limit stands in the evening.
        limits: what became of it during the day; points: turning points of the day, with their payload.
        session: whether a therapy session that was due was attended.
    """

    contact: bool = True
    kind: str = "calm"
    severity: float = 0.0
    acts: list[LivedAct] = field(default_factory=list)
    answer: str | None = None
    told: bool | None = None
    treated: float = 0.0
    wellbeing: float = 0.0
    equals: float = 0.0
    free: float = 0.0
    standing: bool = False
    limits: list[str] = field(default_factory=list)
    points: list[dict[str, str]] = field(default_factory=list)
    session: bool | None = None

    @property
    def hard(self) -> bool:
        """Whether it tested them."""
        return self.kind in ("refused", "criticised")

    @property
    def harms(self) -> int:
        """Number of harmful acts."""
        return sum(act.harm for act in self.acts)


@dataclass(slots=True)
class Promise:
    """A promise: days on which it was made and due, its words, and what came of it (None: not due within the record)."""

    made: int
    due: int
    what: str
    outcome: str | None = None


@dataclass(slots=True)
class Pair:
    """The two of them: who they are, what comes from outside, what changes, and what stands between them on a day.

    Attributes:
        tension: 0-1, built up since the last quarrel; contrition: 0-1, after one.
        threat: 0-1, how near loss feels to the other.
        hurt: the keeper's, of the last days; grievance: of the last months.
        voice: how safe it has lately been to say no; good_days: days since the last quarrel.
        smouldering: severity of a quarrel that goes on overnight.
        away_until: first day on which they are in contact again; gone: whether the keeper has left.
        standing: whether the keeper's limit stands; invited_until: last day of an invitation.
        in_therapy: whether the other is; session_day: its weekday; every: weeks between sessions.
    """

    home: Household
    weather: Weather
    course: Course
    rng: Generator
    tension: float = 0.3
    contrition: float = 0.0
    threat: float = 0.0
    hurt: float = 0.5
    grievance: float = 1.0
    voice: float = 0.0
    good_days: int = 0
    smouldering: float = 0.0
    away_until: int = 0
    gone: bool = False
    standing: bool = False
    invited_until: int = -1
    in_therapy: bool = False
    session_day: int = 0
    every: int = 1
    promises: list[Promise] = field(default_factory=list)

    def overnight(self, t: int) -> None:
        """What wears off by itself, and what builds up."""
        self.tension = min(self.tension + self.home.cyclic / self.home.build, 1.0)
        self.contrition *= 0.8
        self.threat *= 0.93
        self.hurt *= 0.8
        self.grievance *= 0.985
        self.voice *= 0.97
        self.course.advance(standing=self.standing or t <= self.invited_until)

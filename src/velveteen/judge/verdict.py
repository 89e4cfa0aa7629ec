"""The verdict as a value, and its JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from velveteen.problems import Problem

ACCOUNTS = ("same", "worse", "temporary", "surface", "conditional", "lasting", "none_of_these")
READERS = ("equal", "sceptic", "neutral", "hopeful")
TESTS = ("deeds", "hard_days", "audience", "after_threat", "owning")
TO_PEOPLE = {
    "same": "no change within this record",
    "worse": "worse",
    "temporary": "for a while",
    "surface": "on the outside",
    "conditional": "while limits stand",
    "lasting": "broad change that holds so far",
    "none_of_these": "changed, in no shape we know",
}


@dataclass(frozen=True, slots=True)
class TestResult:
    """One plain test: `answer` yes (>= .8), no (<= .2), unclear, or untested (fewer than 5 observations)."""

    answer: str
    probability: float | None
    observations: int


@dataclass(frozen=True, slots=True)
class Effect:
    """Effect on one channel in plain units, at strain 0; `low` and `high` are the 90 % interval of `now`."""

    before: float
    now: float
    low: float
    high: float
    unit: str


@dataclass(frozen=True, slots=True)
class Trajectory:
    """Model-averaged trajectory of one channel at strain 0, in plain units.

    Attributes:
        weeks: (T,) week indices, first to last without gaps.
        median, low50, high50, low90, high90: (T,) in the channel's unit.
    """

    weeks: tuple[int, ...]
    median: tuple[float, ...]
    low50: tuple[float, ...]
    high50: tuple[float, ...]
    low90: tuple[float, ...]
    high90: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of one record.

    Attributes:
        weeks: last week - first week + 1, of cells that are not self-reports.
        first_week: index of the first week (`measure.weeks.week_name` turns it into words).
        dated: whether weeks are dates.
        odds: reader -> account -> posterior probability.
        log_evidence: account -> natural log evidence, None where unassessable.
        assessable: account -> bool.
        questions: "changed", "holds", "outlasts" -> probability under the neutral reader.
        tests: name -> TestResult.
        effect: channel -> Effect.
        words: one sentence for a person (neutral reader, capped).
        problems: what a reader should know.
        numerical_error: nats.
        trajectories: channel -> Trajectory.
        detail: further keys of the JSON.
        sensitivity: what `sensitivity.told` returns; empty where it was not asked for.
    """

    weeks: int
    first_week: int
    dated: bool
    odds: dict[str, dict[str, float]]
    log_evidence: dict[str, float | None]
    assessable: dict[str, bool]
    questions: dict[str, float]
    tests: dict[str, TestResult]
    effect: dict[str, Effect]
    words: str
    problems: tuple[Problem, ...]
    numerical_error: float
    trajectories: dict[str, Trajectory]
    detail: dict[str, Any] = field(default_factory=dict)
    sensitivity: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of the contract (schema 1): plain types only, no NaN."""
        return {
            "schema": 1,
            "weeks": self.weeks,
            "odds": self.odds,
            "log_evidence": self.log_evidence,
            "assessable": self.assessable,
            "questions": self.questions,
            "tests": {k: _plain(v) for k, v in self.tests.items()},
            "effect": {k: _plain(v) for k, v in self.effect.items()},
            "words": self.words,
            "problems": [p.as_dict() for p in self.problems],
            "numerical_error": self.numerical_error,
            "sensitivity": self.sensitivity,
            "detail": {"trajectories": {k: _plain(v) for k, v in self.trajectories.items()}, **self.detail},
        }


def _plain(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}

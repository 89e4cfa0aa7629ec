"""One household of two years, as a person would have kept it, and a verdict by hand that fits it."""

from __future__ import annotations

import math
import random
from datetime import date, datetime, timedelta

from velveteen.guide import danger as danger_
from velveteen.journal.entries import Entry
from velveteen.judge.verdict import ACCOUNTS, Effect, TestResult, Trajectory, Verdict
from velveteen.measure.channels import registry
from velveteen.measure.weeks import week_of
from velveteen.problems import Problem

FIRST = date(2024, 9, 2)  # a Monday
WEEKS = 104
TODAY = FIRST + timedelta(days=7 * WEEKS)
UNWRITTEN = {30, 31, 32, *range(70, 80)}  # weeks of the record without a word
ACTS = ("put_me_down", "shouted", "went_through_my_phone", "took_a_short_cut_at_my_cost")
ODDS = {
    "equal": (0.1111, 0.0222, 0.2333, 0.1444, 0.0555, 0.4335, 0.0),
    "sceptic": (0.2877, 0.0613, 0.2391, 0.3719, 0.0013, 0.0387, 0.0),
    "neutral": (0.1873, 0.0391, 0.3473, 0.1367, 0.0411, 0.1913, 0.0572),
    "hopeful": (0.1271, 0.0233, 0.2937, 0.1193, 0.0757, 0.3137, 0.0472),
}
ERROR_RATES = (
    "In simulated households 3 of 40 such verdicts were wrong. On real ones it has not been measured."
)


class Household:
    """Entries of one household, deterministic."""

    def __init__(self) -> None:
        self.random = random.Random(7)
        self.entries: list[Entry] = []
        for week in range(WEEKS):
            if week not in UNWRITTEN:
                self._week(week)
        self._turns()
        self.add(
            "term", date(2025, 3, 2), {"what": "no shouting in front of the children", "by": "2026-03-01"}
        )

    def add(self, kind: str, day: date, payload: dict[str, object], facts: str = "") -> None:
        moment = datetime(day.year, day.month, day.day)
        self.entries.append(
            Entry(f"e{len(self.entries):05d}", kind, moment, moment, payload, about="A.", facts=facts)
        )

    def _week(self, week: int) -> None:
        for n in range(7):
            if self.random.random() < 0.85:
                self._day(FIRST + timedelta(days=7 * week + n), week)
        monday = FIRST + timedelta(days=7 * week)
        if week % 3 == 0:
            self._promise(monday, week)
        if week % 4 == 1:
            answer = self.random.choice(["denied", "words_only", "owned", "turned_round", "gesture"])
            self.add("confrontation", monday, {"raised": "the way I was spoken to", "answer": answer})
        told = {"told": True, "acknowledged": self.random.random() < 0.4, "equals": self.random.randint(2, 7)}
        self.add("inward", monday, told)

    def _day(self, day: date, week: int) -> None:
        hard = self.random.random() < 0.25
        kind = self.random.choice(["refused", "criticised"] if hard else ["calm", "stress"])
        rate = (0.75 - 0.45 / (1 + math.exp(-(week - 55) / 5))) * (2.0 if hard else 0.7)
        treated = max(0, min(10, round(self.random.gauss(7 - 4 * rate, 1.5))))
        self.add("day", day, {"contact": True, "day": kind, "treated": treated})
        for _ in range(sum(self.random.random() < rate / 2 for _ in range(2))):
            weight = self.random.choice([1, 1, 2, 3])
            payload = {"act": self.random.choice(ACTS), "harm": True, "weight": weight, "toward": "me"}
            self.add("act", day, payload, facts="In the kitchen.")

    def _promise(self, day: date, week: int) -> None:
        kept = self.random.random() < 0.3 + week / 300
        due = day + timedelta(days=10)
        outcome: dict[str, object] = {"outcome": "kept" if kept else "broken", "resolved": due.isoformat()}
        known = outcome if due < TODAY else {}
        self.add(
            "promise", day, {"what": "I will call before I come home late", "due": due.isoformat(), **known}
        )

    def _turns(self) -> None:
        for week, kind in ((20, "loss_threatened"), (24, "left"), (27, "returned"), (60, "therapy_began")):
            self.add("turning_point", FIRST + timedelta(days=7 * week + 2), {"kind": kind})


def _trajectory(before: float, now: float) -> Trajectory:
    first = week_of(FIRST)
    line = [before + (now - before) / (1 + math.exp(-(t - 55) / 5)) for t in range(WEEKS)]
    spread = abs(before) * 0.12 + 0.02

    def around(factor: float) -> tuple[float, ...]:
        return tuple(max(0.0, y + factor * spread) for y in line)

    weeks = tuple(range(first, first + WEEKS))
    return Trajectory(weeks, tuple(line), around(-1), around(1), around(-2.4), around(2.4))


def a_verdict() -> Verdict:
    """A plausible verdict of 104 weeks and six channels."""
    courses = {
        "harm": (4.83, 2.17), "promises": (0.33, 0.57), "regard": (4.4, 5.9), "owning": (0.2, 0.3),
        "empathy": (0.38, 0.41), "equals": (4.3, 4.6),
    }  # fmt: skip
    effect = {c: Effect(b, n, n * 0.7713, n * 1.3931, registry()[c].unit) for c, (b, n) in courses.items()}
    tests = {
        "deeds": TestResult("yes", 0.8637, 33), "hard_days": TestResult("unclear", 0.6173, 61),
        "audience": TestResult("untested", None, 2), "after_threat": TestResult("yes", 0.9137, 70),
        "owning": TestResult("no", 0.1379, 25),
    }  # fmt: skip
    return Verdict(
        weeks=WEEKS, first_week=week_of(FIRST), dated=True,
        odds={reader: dict(zip(ACCOUNTS, values, strict=True)) for reader, values in ODDS.items()},
        log_evidence=dict.fromkeys(ACCOUNTS, -211.37), assessable=dict.fromkeys(ACCOUNTS, True),
        questions={"changed": 0.7164, "holds": 0.5797, "outlasts": 0.3281}, tests=tests, effect=effect,
        words="Cannot tell yet: several accounts still fit what is written.",
        problems=(Problem("one_instrument", "Only one person’s yardstick is in this record."),),
        numerical_error=0.01, trajectories={c: _trajectory(b, n) for c, (b, n) in courses.items()},
        detail={"error_rates": {"words": ERROR_RATES}},
    )  # fmt: skip


def a_growth() -> tuple[tuple[int, dict[str, float]], ...]:
    """Neutral odds every four weeks, moving from no change to the verdict's."""
    final = dict(zip(ACCOUNTS, ODDS["neutral"], strict=True))
    start = {**dict.fromkeys(ACCOUNTS, 0.0639), "same": 1 - 6 * 0.0639}
    steps = range(8, WEEKS + 1, 4)
    return tuple(
        (week_of(FIRST) + t - 1, {a: start[a] + (final[a] - start[a]) * t / WEEKS for a in ACCOUNTS})
        for t in steps
    )


def none_of_the_signs() -> list[Entry]:
    """Every sign answered no, today."""
    return danger_.answers([], at=datetime(TODAY.year, TODAY.month, TODAY.day, 8))

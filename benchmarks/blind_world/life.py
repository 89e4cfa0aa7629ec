"""A household lived day by day: bouts that pay or do not, and what the partner does with what follows.

Each harmful bout that makes the partner give in pays (negative reinforcement: Patterson 1982); the payoff expected on
ordinary and on hard days follows by small steps, and moves the rate. The partner learns too: a refusal, a criticism or
a told feeling that is punished becomes rarer.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from velveteen.journal.entries import KINDS_OF_DAY

from .courses import Course
from .households import ORDINARY_ACTS, UNOWNED, Household
from .weather import Weather

Rng = np.random.Generator

BURN_IN = 120
_MOST_ACTS = 15
_PROVOKED = {
    "refused": ("did_not_take_no", "decided_for_me", "punished_with_silence", "threatened"),
    "criticised": ("blamed_me", "denied_it", "shouted", "put_me_down"),
}
_CARE = ("thanked_me", "listened", "asked_about_me", "helped_unasked", "asked_first", "comforted")
_INWARD_CARE = ("saw_both_sides", "owned_up", "unseen_kindness", "shared_credit")
_RAISED = (
    "what happened that day",
    "how it was said",
    "a promise",
    "money",
    "the evening before",
    "the children",
)


@dataclass(slots=True)
class Promise:
    """A promise: the days on which it was made and is due, and what came of it."""

    made: int
    due: int
    able: bool
    outcome: str | None = None


@dataclass(slots=True)
class Day:
    """What truly happened on one day, counted from the first of the record."""

    index: int
    together: bool = True
    kind: str = "calm"  # one of KINDS_OF_DAY
    acts: list[tuple[str, str, str, int]] = field(default_factory=list)  # harm: act, toward, audience, weight
    care: list[str] = field(default_factory=list)
    treated: float = 5.0  # 0-10, before any error of the one who writes
    wellbeing: float = 5.0
    equals: float = 5.0  # of the week so far
    free: float = 5.0
    answers: list[tuple[str, str]] = field(default_factory=list)  # what was raised, the answer
    told: bool | None = None  # whether a told feeling was acknowledged; None: none was told
    promises: list[Promise] = field(default_factory=list)
    limit: list[str] = field(default_factory=list)  # stated, crossed, held, slipped
    turning_points: list[str] = field(default_factory=list)
    session: bool | None = None  # whether a due session was attended


@dataclass(slots=True)
class _State:
    """What one day leaves to the next."""

    payoff: list[float]  # expected, on ordinary and on hard days
    assertion: float = 0.0
    openness: float = 0.0
    recent: float = 1.0  # harm of the last fortnight, as a multiple of the usual
    harm_yesterday: int = 0
    mood: float = 0.0
    regard: float = 5.0
    contrition: float = 0.0
    apart: int = 0
    therapy: float = 0.0  # probability of attending a due session; 0 outside therapy
    open: list[Promise] = field(default_factory=list)


class Life:
    """One household in one course; `days()` lives it."""

    def __init__(self, home: Household, course: Course, weather: Weather, rng: Rng) -> None:
        self.home, self.course, self.weather, self.rng = home, course, weather, rng
        self.state = _State([home.yields, home.yields], regard=home.regard)
        self.planned = dict(course.turning_points)
        self.planned |= {day - 4: "left" for day, kind in course.turning_points if kind == "left"}
        self.planned |= {day: "returned" for day, kind in course.turning_points if kind == "left"}
        self.usual = 7 * home.calm_rate * float(home.kinds @ np.exp(home.cues)) / (1 - home.chain)

    def days(self) -> list[Day]:
        """The days of the record; those of the burn-in are lived and forgotten."""
        return [self._day(index) for index in range(-BURN_IN, len(self.course.inward))][BURN_IN:]

    def _day(self, index: int) -> Day:
        day = Day(index)
        self._turns(day)
        self._meet(day)
        if day.together:
            self._harm(day)
            self._limits(day)
            self._talk(day)
        self._promise(day)
        self._keep(day)
        self._feel(day)
        self._carry(day)
        return day

    # What drives the day.

    def _gain(self, day: Day) -> float:
        """Gain on a day of this kind; contrition counts half on hard days."""
        kind = KINDS_OF_DAY.index(day.kind)
        lasting = float(self.course.gains[day.index, kind]) if day.index >= 0 else 0.0
        return lasting + self.state.contrition * (0.5 if kind >= 2 else 1.0)

    def _inward(self, day: Day) -> float:
        return float(self.course.inward[day.index]) if day.index >= 0 else 0.0

    def _at(self, values: np.ndarray, day: Day) -> float:
        return float(values[day.index + BURN_IN])

    def _limit_stands(self, day: Day) -> bool:
        return day.index >= 0 and bool(self.course.limit[day.index])

    def _turns(self, day: Day) -> None:
        """Turning points: those that a change follows, and those that a bad fortnight brings."""
        state, rng = self.state, self.rng
        kind = self.planned.get(day.index) if day.index >= 0 else None
        if kind is None and state.apart == 1:
            kind = "returned"
        hazard = self.home.threats_a_year / 365 * min(np.exp(state.recent - 1), 5.0)
        if kind is None and state.apart == 0 and rng.random() < hazard:
            kinds, odds = ["loss_threatened", "left", "therapy_began", "medication"], [0.6, 0.18, 0.17, 0.05]
            kind = str(rng.choice(kinds, p=odds))
        if kind == "therapy_began" and state.therapy > 0:
            kind = "loss_threatened"
        if kind is None and state.therapy > 0 and rng.random() < (0.03 if state.therapy < 0.6 else 0.004):
            kind = "therapy_ended"
        if kind is not None:
            self._turn(day, kind)

    def _turn(self, day: Day, kind: str) -> None:
        state = self.state
        day.turning_points.append(kind)
        if kind == "left":
            state.apart = 5 if day.index in self.planned else 3 + int(self.rng.exponential(9))
        elif kind == "returned":
            state.apart = 0
        elif kind == "therapy_began":
            state.therapy = float(self.rng.beta(3, 1.5))
        elif kind == "therapy_ended":
            state.therapy = 0.0
        if kind in ("loss_threatened", "left", "returned"):
            state.contrition = self.home.contrition

    def _meet(self, day: Day) -> None:
        """Whether they are together, and the kind of day; a partner whose no is punished says it less often."""
        state, home = self.state, self.home
        day.together = state.apart == 0 and self.rng.random() < home.contact[day.index % 7]
        odds = home.kinds.copy()
        odds[1] *= np.exp(self._at(self.weather.strain, day))
        odds[2:] *= np.exp(state.assertion)
        day.kind = KINDS_OF_DAY[int(self.rng.choice(4, p=odds / odds.sum()))]

    def _harm(self, day: Day) -> None:
        state, home, rng = self.state, self.home, self.rng
        kind = KINDS_OF_DAY.index(day.kind)
        which = int(kind >= 2)
        log_rate = home.cues[kind] + self._at(self.weather.pressure, day) - self._gain(day)
        log_rate += home.rough_effect * self._at(self.weather.rough, day)
        log_rate += home.payoff_effect * (state.payoff[which] - home.yields)
        log_rate += float(self.course.burst[day.index]) if day.index >= 0 else 0.0
        for _ in range(min(rng.poisson(home.calm_rate * np.exp(log_rate)), 8)):
            self._bout(day, which)

    def _bout(self, day: Day, which: int) -> None:
        """One bout: acts in a chain, and whether it paid."""
        state, home, rng = self.state, self.home, self.rng
        length = int(rng.geometric(1 - home.chain))
        for _ in range(min(length, _MOST_ACTS - len(day.acts))):
            day.acts.append(self._act(day.kind))
        yields = self._at(self.weather.yields, day) * (0.45 if self._limit_stands(day) else 1.0)
        paid = float(rng.random() < yields)
        state.payoff[which] += home.learning * (paid - state.payoff[which])

    def _act(self, kind: str) -> tuple[str, str, str, int]:
        rng = self.rng
        if kind in _PROVOKED and rng.random() < 0.6:
            name = str(rng.choice(_PROVOKED[kind]))
        else:
            name = str(rng.choice(ORDINARY_ACTS, p=self.home.repertoire))
        toward = str(rng.choice(["me", "child", "pet", "other"], p=[0.85, 0.09, 0.01, 0.05]))
        audience = str(rng.choice(["alone", "family", "public"], p=[0.7, 0.22, 0.08]))
        return name, toward, audience, 1 + int(rng.binomial(2, 0.25))

    # What the partner does, and what it meets.

    def _limits(self, day: Day) -> None:
        if not self._limit_stands(day):
            return
        rng, begins = self.rng, day.index == 0 or not self.course.limit[day.index - 1]
        if begins:
            day.limit += ["stated", "held"]
        elif day.acts and rng.random() < 0.15:
            day.limit += ["crossed", "held" if rng.random() < 0.8 else "slipped"]
        elif rng.random() < 0.3:
            day.limit.append("held")

    def _talk(self, day: Day) -> None:
        """Confrontations and told feelings, with what they met."""
        state, rng = self.state, self.rng
        chance = 0.3 * np.exp(state.assertion) if day.acts or state.harm_yesterday else 0.02
        if day.kind == "criticised":
            chance = max(chance, 0.5)
        if rng.random() < chance:
            day.answers.append((str(rng.choice(_RAISED)), self._answer(day)))
        if rng.random() < min(self.home.told_a_day * np.exp(state.openness), 0.8):
            logit = self.home.acknowledges + self.home.acknowledged_by * self._inward(day)
            logit += 0.5 * state.contrition - {"calm": 0.0, "stress": 0.3}.get(day.kind, 0.6)
            day.told = bool(rng.random() < _logistic(logit))

    def _answer(self, day: Day) -> str:
        """An owned answer or another; contrition and a calmer conduct bring words, not owning."""
        rng, home = self.rng, self.home
        logit = home.owns + home.owned_by * self._inward(day) + 0.4 * self.state.contrition
        if rng.random() < _logistic(logit - (0.5 if day.kind in _PROVOKED else 0.0)):
            return "owned" if rng.random() < 0.7 else "repaired"
        shares = home.excuses.copy()
        shares[:2] += 0.3 * max(self._gain(day), 0)  # words only, a gesture
        return str(rng.choice(UNOWNED, p=shares / shares.sum()))

    def _promise(self, day: Day) -> None:
        """Promises come of themselves, after confrontations, and after threats to leave."""
        rng = self.rng
        chance = self.home.promises_a_day if day.together else 0.0
        chance += 0.25 * bool(day.answers) + 0.6 * ("loss_threatened" in day.turning_points)
        if rng.random() < chance:
            promise = Promise(day.index, day.index + int(rng.geometric(0.12)), bool(rng.random() < 0.8))
            day.promises.append(promise)
            self.state.open.append(promise)

    def _keep(self, day: Day) -> None:
        due = [p for p in self.state.open if p.due == day.index]
        self.state.open = [p for p in self.state.open if p.due != day.index]
        for promise in due:
            logit = self.home.keeps + self.home.kept_by * self._gain(day) + (0.4 if promise.able else -0.6)
            if self.rng.random() < 0.06:
                promise.outcome = str(self.rng.choice(["withdrawn", "excused"]))
            elif self.rng.random() < _logistic(logit):
                promise.outcome = "kept"
            else:
                promise.outcome = "partly" if self.rng.random() < 0.25 else "broken"

    def _feel(self, day: Day) -> None:
        """How the day and the week were; ratings follow conduct, warmth and mood, with heavy tails from day to day."""
        state, home, rng = self.state, self.home, self.rng
        state.mood = 0.4 * state.mood + 0.7 * float(rng.standard_t(5))
        gain, inward = self._gain(day), self._inward(day)
        sting = home.sting * (np.sqrt(len(day.acts)) + 0.25 * np.sqrt(state.harm_yesterday))
        kind = {"calm": 0.3, "stress": -0.2}.get(day.kind, -0.9)
        rough = 0.5 * home.rough_effect * self._at(self.weather.rough, day)
        day.treated = _rating(home.regard + 0.5 + home.warmth * gain + kind - sting - rough + state.mood)
        day.wellbeing = _rating(
            0.5 * day.treated + 2.8 - 0.8 * self._at(self.weather.strain, day) + rng.normal(0, 1)
        )
        if day.together:
            state.regard += (day.treated - state.regard) / 5
            if rng.random() < 1 - np.exp(-0.3 * np.exp(0.4 * gain)):
                day.care.append(str(rng.choice(_CARE)))
            if rng.random() < 0.05 * np.exp(0.8 * inward):
                day.care.append(str(rng.choice(_INWARD_CARE)))
        colour = home.halo * (state.regard - home.regard)
        hard = float(self.course.gains[max(day.index, 0), 2:].mean())
        day.equals = _rating(home.equals + 1.2 * inward + colour + rng.normal(0, 0.9))
        day.free = _rating(home.free + 0.6 * (inward + hard) + colour + rng.normal(0, 1.0))
        if state.therapy > 0 and day.index % 7 == 2:
            day.session = bool(rng.random() < state.therapy)

    def _carry(self, day: Day) -> None:
        """What is learned from the day, and what fades."""
        state = self.state
        if day.together and day.kind in _PROVOKED:
            state.assertion = min(max(state.assertion + (-0.12 if day.acts else 0.10), -1.0), 1.0)
        if day.told is not None:
            state.openness = min(max(state.openness + (0.08 if day.told else -0.06), -1.0), 1.0)
        state.assertion *= 0.985
        state.openness *= 0.985
        state.recent += (len(day.acts) * 7 / max(self.usual, 0.3) - state.recent) / 14
        state.contrition *= np.exp(-1 / self.home.contrition_days)
        state.harm_yesterday = len(day.acts)
        state.apart = max(state.apart - 1, 0)


def _logistic(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))


def _rating(x: float) -> float:
    return min(max(float(x), 0.0), 10.0)

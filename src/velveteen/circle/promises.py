"""Promises: made the more readily in fright, kept by respect or by effort, broken under shame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velveteen.circle.days import Outcome, Promise
from velveteen.circle.names import PROMISES
from velveteen.circle.them import logistic

if TYPE_CHECKING:
    from velveteen.circle.parameters import Person
    from velveteen.circle.state import Luck, State
    from velveteen.circle.them import Bearing

OPEN_AT_MOST = 5


def make(person: Person, state: State, luck: Luck, day: int) -> Promise | None:
    """A promise of that day, due in one to fourteen days; none of a text that is still open."""
    eager = person.promises_made * (1.0 + 0.6 * state.alarm)
    if luck.promise >= eager or len(state.due) >= OPEN_AT_MOST:
        return None
    taken = {promise.what for promise in state.due}
    free = [what for what in PROMISES if what not in taken]
    promise = Promise(free[int(luck.picks[12] * len(free))], day, day + 1 + int(13 * luck.due))
    state.due.append(promise)
    return promise


def resolve(person: Person, state: State, how: Bearing, luck: Luck, day: int) -> tuple[Outcome, ...]:
    """What came of the promises due that day."""
    due = [promise for promise in state.due if promise.due <= day]
    state.due = [promise for promise in state.due if promise.due > day]
    return tuple(
        Outcome(p, _outcome(person, how, luck.picks[13 + i % 4], luck.picks[17 + i % 4]))
        for i, p in enumerate(due)
    )


def _outcome(person: Person, how: Bearing, u: float, v: float) -> str:
    if v < 0.04:
        return "withdrawn" if v < 0.02 else "excused"
    kept = logistic(
        person.promise_keeping + 2.1 * how.outward + 2.4 * how.listening - 0.45 * (how.strain - 0.8)
    )
    if u < kept:
        return "kept"
    return "partly" if v < 0.24 else "broken"

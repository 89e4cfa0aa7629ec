"""The course a household takes: which of the six accounts is true, from when, and what it moves.

An account is never a curve of outcomes. It only says what happens to fragility and to deliberate effort; harm, owning and
the rest follow through the circle.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from velveteen.problems import BadInput

if TYPE_CHECKING:
    import numpy as np

    from velveteen.circle.parameters import Person

ACCOUNTS = ("same", "worse", "temporary", "surface", "conditional", "lasting")
THERAPIES = ("none", "begun", "committed")
WITH_ONSET = frozenset({"worse", "temporary", "surface", "lasting"})
Therapy = Literal["none", "begun", "committed"]

AFTER_THREAT = 0.65
"""Share of onsets that follow the reckoning within ten weeks."""
TEN_WEEKS = 70
BEFORE_RECORD = 0.25
"""Share of temporary pulses that began before the record did."""
KNOWN = 0.8
"""Share of reckonings that the partner knows of; the rest happen outside the house."""


@dataclass(frozen=True, slots=True)
class Course:
    """One household's course. Days count from the record's first day, which is 0; before it they are negative.

    Attributes:
        account: one of ACCOUNTS.
        onset: first day of the change; None where there is none with a date.
        reckoning: the day of one loss that comes from outside the circle, in every account alike.
        known: whether the partner knows of it.
        therapy: "none", "begun" or "committed".
        therapy_from, therapy_until: days of the first and the last session; None outside therapy, or while it goes on.
    """

    account: str
    onset: int | None
    reckoning: int
    known: bool
    therapy: str = "none"
    therapy_from: int | None = None
    therapy_until: int | None = None

    def begun(self, day: int) -> bool:
        """Whether the change has begun on that day."""
        return self.onset is not None and day >= self.onset

    def in_therapy(self, day: int) -> bool:
        """Whether sessions are due on that day."""
        if self.therapy_from is None or day < self.therapy_from:
            return False
        return self.therapy_until is None or day <= self.therapy_until

    def fragility_goal(self, person: Person) -> float:
        """Where fragility comes to rest once the change has begun, as a share of the person's own."""
        return {"lasting": person.lasting_end, "worse": person.worse_end}.get(self.account, 1.0)

    def fragility_pace(self, person: Person, attended: float) -> float:
        """Share of the way to that goal covered in a day; `attended` sessions a week speed a change under way.

        Attendance by itself moves nothing: who sits there unchanged stays as fragile as before.
        """
        if self.account == "worse":
            return 1.0 / (7.0 * person.worse_weeks)
        return (1.0 + person.therapy_gain * attended) / (7.0 * person.lasting_weeks)

    def standing_effort(self, person: Person, day: int) -> float:
        """Effort that stands without fright or limit: only in `surface`, put on over a few weeks. In [0, 1]."""
        if self.account != "surface" or self.onset is None or day < self.onset:
            return 0.0
        return person.surface_effort * (1.0 - math.exp(-(day - self.onset) / (7.0 * person.surface_weeks)))

    def loss_is_felt(self, day: int) -> bool:
        """Whether a loss brings a real effort for a while, rather than a small fright."""
        return self.account == "temporary" and self.begun(day)


def check(account: str, weeks: int, seed: int, therapy: str) -> None:
    """Raise BadInput unless these can be simulated."""
    if account not in ACCOUNTS:
        raise BadInput(
            "unknown_account", f"“{account}” is no account. It can be one of {', '.join(ACCOUNTS)}."
        )
    if therapy not in THERAPIES:
        raise BadInput(
            "unknown_therapy", f"“{therapy}” is no therapy. It can be one of {', '.join(THERAPIES)}."
        )
    if seed < 0:
        raise BadInput("seed_below_zero", f"A seed is a whole number from 0 upwards; {seed} is not.")
    if not 1 <= weeks <= 2600:
        raise BadInput("weeks_out_of_range", f"A record lasts from 1 to 2,600 weeks; {weeks} is outside.")


def draw_course(account: str, weeks: int, therapy: str, rng: np.random.Generator) -> Course:
    """A course for one household; the same draws are spent whatever the account, so seeds can be compared across them."""
    u = rng.random(8).tolist()
    latest = int(0.6 * 7 * weeks)
    earliest = min(28, latest // 3)
    reckoning = earliest + int(u[0] * max(1, latest - earliest))
    if account == "temporary" and u[1] < BEFORE_RECORD:
        reckoning = -int(u[2] * 12 * 7)
    therapy_from, therapy_until = _therapy(therapy, weeks, u[6], u[7])
    return Course(
        account=account, onset=_onset(account, reckoning, earliest, latest, u[3:6]), reckoning=reckoning,
        known=u[5] < KNOWN, therapy=therapy, therapy_from=therapy_from, therapy_until=therapy_until,
    )  # fmt: skip


def _onset(account: str, reckoning: int, earliest: int, latest: int, u: list[float]) -> int | None:
    if account not in WITH_ONSET:
        return None
    if account == "temporary":
        return reckoning
    if u[0] < AFTER_THREAT:
        return min(reckoning + int(u[1] * TEN_WEEKS), latest)
    return earliest + int(u[1] * max(1, latest - earliest))


def _therapy(therapy: str, weeks: int, u: float, v: float) -> tuple[int | None, int | None]:
    """First and last session: committed goes on; of those begun, just over half leave within the first year."""
    if therapy == "none":
        return None, None
    start = int((0.02 + 0.2 * u) * 7 * weeks)
    stays = therapy == "committed" or v < 0.45
    return start, None if stays else start + 28 + int((v - 0.45) / 0.55 * 300)

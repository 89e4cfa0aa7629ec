"""What became of one household: a verdict, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from velveteen.cohort.households import Household
from velveteen.judge.api import check_options, judge
from velveteen.judge.enough import MIN_CELLS
from velveteen.judge.hyperprior import HyperPrior, shipped
from velveteen.judge.verdict import Verdict
from velveteen.measure.channels import Channel
from velveteen.problems import VelveteenError

UNEXPECTED = (
    "Something went wrong inside Velveteen with this household. The others are not touched; "
    "judge it alone to see what happened."
)
DIED = (
    "The process that weighed this household ended before it was done, perhaps for want of memory. "
    "The others are not touched; judge it alone to see what happened."
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every household of a run: arguments of `judge`, checked and loaded once."""

    channels: Mapping[str, Channel] | None = None
    therapy: str = "none"
    min_cells: int = MIN_CELLS
    prior: HyperPrior = field(default_factory=shipped)

    def __post_init__(self) -> None:
        check_options(self.therapy, self.min_cells)


@dataclass(frozen=True, slots=True)
class Judged:
    """One household of a cohort after the judge.

    Attributes:
        household: its name.
        verdict: what `judge` said; None where it could not.
        code: stable identifier of the reason why there is no verdict; empty where there is one.
        reason: the same as a sentence.
    """

    household: str
    verdict: Verdict | None
    code: str = ""
    reason: str = ""


def judge_one(settings: Settings, household: Household) -> Judged:
    """Judge one household; whatever goes wrong is its reason, never an exception."""
    try:
        verdict = judge(
            household.cells, household.turning_points, settings.channels, settings.therapy, settings.min_cells,
            hyperprior=settings.prior, sensitivity=False,
        )  # fmt: skip
    except VelveteenError as error:
        return Judged(household.name, None, error.code, error.message)
    except Exception:  # noqa: BLE001  (one household must not cost the others)
        return Judged(household.name, None, "unexpected", UNEXPECTED)
    return Judged(household.name, verdict)


def died(household: Household) -> Judged:
    """What stands for a household whose process died of it."""
    return Judged(household.name, None, "worker_died", DIED)

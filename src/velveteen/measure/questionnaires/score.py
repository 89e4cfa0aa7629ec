"""The score of one set of answers: a plain sum, reversed items turned, and never a sum over what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from velveteen.measure.questionnaires.definition import Questionnaire


@dataclass(frozen=True, slots=True)
class Scored:
    """What a set of answers comes to.

    Attributes:
        score: sum of all items; None where one is missing.
        subscales: name -> sum, of those that are complete.
        band: name of the range in which the score lies; "" without one.
        missing: ids of the items without an answer.
        crisis: whether an answer asks for the crisis page to be opened, whatever is missing.
    """

    score: float | None
    subscales: dict[str, float]
    band: str
    missing: tuple[str, ...]
    crisis: bool


def score(questionnaire: Questionnaire, answers: Mapping[str, float]) -> Scored:
    """The score of answers by item id; answers to items that the questionnaire does not have are not looked at."""
    low, high = questionnaire.scale
    turned = {
        item.id: low + high - answers[item.id] if item.reverse else answers[item.id]
        for item in questionnaire.items
        if item.id in answers
    }
    total = _sum(turned, (item.id for item in questionnaire.items))
    sums = {name: _sum(turned, ids) for name, ids in questionnaire.subscales.items()}
    return Scored(
        total,
        {name: value for name, value in sums.items() if value is not None},
        _band(questionnaire, total),
        tuple(item.id for item in questionnaire.items if item.id not in answers),
        any(answers.get(item, above) > above for item, above in questionnaire.crisis.items()),
    )


def _sum(turned: Mapping[str, float], ids: Iterable[str]) -> float | None:
    wanted = list(ids)
    return sum(turned[i] for i in wanted) if all(i in turned for i in wanted) else None


def _band(questionnaire: Questionnaire, total: float | None) -> str:
    if total is None:
        return ""
    reached = [band.name for band in questionnaire.bands if band.lowest <= total]
    return reached[-1] if reached else ""

"""What the owner's own answers to some messages came to, in plain sentences."""

from __future__ import annotations

from velveteen.measure.coders import Coder, posterior
from velveteen.measure.intervals import LEVEL, TAIL, beta_quantile
from velveteen.measure.relabel import NEEDED, Answers
from velveteen.measure.relabel_draw import Relabelling
from velveteen.report.phrases import amount, count, day

QUESTION = "Does this hurt? (an insult, blame, a threat, or saying that something did not happen)"
ANSWERS = (("yes", "Yes"), ("no", "No"), ("unsure", "I cannot say"))
_FEW = f"That changes nothing yet: it takes {NEEDED} answers of yes or no to each of the two sorts."
_NONE = "Your answers and the program’s own figures leave nothing to tell, so the program’s figures stay as they were."
_DRIFT = (
    "That is a greater difference than chance makes. The program was not equally right at both times, so its counts of "
    "before and after cannot be set side by side as they stand. What is weighed now allows for either."
)
_NOW = "The weekly bars, and what is weighed, reckon with your answers from now on."


def came_of(found: Relabelling) -> list[str]:
    """What was answered, what it says of the program's counting, and what it changes."""
    whole = found.before + found.after
    if not found.answered:
        return ["Nothing is answered yet."]
    said = [_said(whole), *_unsure(found, whole)]
    told = found.found
    if told is None:
        return [*said, _NONE if whole.enough else _FEW]
    if told.drifted:
        return [*said, _parts(found), _DRIFT]
    return [*said, *_rates(told.coder), _NOW]


def _said(told: Answers) -> str:
    return (
        f"Of {count(told.asked, 'message')} counted as hurting you called {told.right or 'none'} so. "
        f"Of {count(told.asked_others, 'other')} you called {told.missed or 'none'} hurting."
    )


def _unsure(found: Relabelling, whole: Answers) -> list[str]:
    unsure = found.answered - whole.asked - whole.asked_others
    return (
        [f"To {count(unsure, 'message')} you answered that you cannot say; that counts neither way."]
        if unsure
        else []
    )


def _parts(found: Relabelling) -> str:
    where = "a turning point" if found.turn else "the middle of the messages"
    before, after = found.before, found.after
    return (
        f"Before {day(found.parted)} ({where}) you called {before.right} of {before.asked} so, and {before.missed} of "
        f"{before.asked_others} others; from then on {after.right} of {after.asked}, and {after.missed} of "
        f"{after.asked_others}."
    )


def _rates(coder: Coder) -> list[str]:
    finds, makes_up = _range(coder.sensitivity, 100), _range(coder.false_positives, 1000)
    return [
        f"With these answers: of 1,000 messages that do not hurt, the program takes about {makes_up} for hurting.",
        f"Of 100 that hurt, it finds about {finds}.",
    ]


def _range(figures: tuple[int, int], whole: int) -> str:
    a, b = posterior(figures)
    low, high = (amount(whole * beta_quantile(share, a, b)) for share in (TAIL, 1 - TAIL))
    return f"{amount(whole * a / (a + b))} ({100 * LEVEL:.0f} % interval {low} to {high})"

"""How much a record must hold before it is weighed at all; loaded without the arithmetic, so that a page can ask first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from velveteen.measure.cells import Cell
from velveteen.measure.channels import Channel, registry
from velveteen.problems import Refused

MIN_WEEKS = 6
MIN_CELLS = 12


def weighed(cells: Sequence[Cell], channels: Mapping[str, Channel] | None = None) -> list[Cell]:
    """The cells of channels that enter the odds; `channels`: the registry, None: the shipped one."""
    known = registry() if channels is None else channels
    return [c for c in cells if c.channel not in known or known[c.channel].weighed]


def refuse_too_little(
    cells: Sequence[Cell], min_cells: int = MIN_CELLS, channels: Mapping[str, Channel] | None = None
) -> None:
    """Raise Refused if what is weighed of a record cannot carry a verdict; `channels` as in `weighed`."""
    every, cells = cells, weighed(cells, channels)
    if not cells and every:
        message = (
            "All that was counted here is how messages are worded. Wording can be polished while everything else stays as "
            "it is, so that alone gives no verdict. What was counted is shown, and stays."
        )
        raise Refused("only_wording", message)
    informative = [c for c in cells if c.informative]
    if not informative and any(c.informant == "self" and c.of > 0 for c in cells):
        message = (
            "Everything here was reported by the person it is about. That alone gives no verdict: it needs what "
            "someone else saw. What is written stays."
        )
        raise Refused("only_self_report", message)
    seen = [c.week for c in cells if c.informant != "self"]
    weeks = max(seen) - min(seen) + 1 if seen else 0
    if weeks < MIN_WEEKS:
        span = "one week" if weeks == 1 else f"{weeks} weeks"
        message = (
            f"The record spans {span}; below {MIN_WEEKS} nothing honest can be said. What is written stays."
        )
        raise Refused("too_few_weeks", message)
    if len(informative) < min_cells:
        message = (
            f"The record has {len(informative)} informative cells; below {min_cells} nothing honest can be said. "
            "What is written stays."
        )
        raise Refused("too_few_cells", message)

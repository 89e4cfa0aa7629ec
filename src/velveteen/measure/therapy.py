"""Where therapy stands, from what is written of it: the odds of every reader start from that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from velveteen.journal.entries import Entry

Status = Literal["none", "begun", "committed"]
HALF_A_YEAR = timedelta(days=182)
WENT = 0.75  # of the sessions that were due: fewer are no commitment (judgement)
_TURNS = ("therapy_began", "therapy_ended")


def therapy_status(entries: Sequence[Entry], today: date) -> Status:
    """The status on one day: `committed` after half a year of sessions of which three in four took place.

    Args:
        entries: entries that stand, in order of the moment.
        today: the owner's local date; what is dated later does not count.
    """
    past = [e for e in entries if e.at.date() <= today]
    turns = [e for e in past if e.kind == "turning_point" and e.payload.get("kind") in _TURNS]
    if not turns or turns[-1].payload["kind"] == _TURNS[1]:
        return "none"
    due = [e for e in past if e.kind == "therapy_session" and e.at >= turns[-1].at]
    went = [e.at for e in due if e.payload.get("attended") is True]
    long = bool(went) and went[-1] - went[0] >= HALF_A_YEAR
    return "committed" if long and len(went) >= WENT * len(due) else "begun"

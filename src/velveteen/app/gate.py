"""The danger gate of the open notes, looked at once for as long as the record stays as it is."""

from __future__ import annotations

from datetime import date

from velveteen.app.desk import Desk
from velveteen.guide.danger import HEARD, DangerState, danger_state


def gate(desk: Desk) -> DangerState:
    """The danger gate today."""
    state: DangerState = desk.once("danger", lambda: danger_state(desk.entries, date.today()), of=HEARD)
    return state

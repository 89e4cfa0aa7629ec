"""The danger gate of the open notes: what it says today, and what was chosen on a page as the entries that it reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from velveteen.app.desk import Desk
from velveteen.guide.danger import HEARD, DangerState, answer, danger_state, left_open
from velveteen.journal.entries import Entry

GIVEN = ("yes", "no", "unsure")


def gate(desk: Desk) -> DangerState:
    """The danger gate today, looked at once for as long as what it hears of stays as it is."""
    state: DangerState = desk.once("danger", lambda: danger_state(desk.entries, date.today()), of=HEARD)
    return state


def as_entries(desk: Desk, given: Mapping[str, str]) -> list[Entry]:
    """Sign -> one of `GIVEN`, as entries: yes and no are answers, “I cannot say” leaves the question open."""
    now, about = datetime.now(), desk.settings.get("about", "")
    return [
        left_open(sign, at=now) if word == "unsure" else answer(sign, word, at=now, about=about)
        for sign, word in given.items()
    ]

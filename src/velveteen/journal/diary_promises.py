"""Promises of a diary: made in one row, with what came of them there or in a later row as a correction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from velveteen.journal.diary_columns import plain
from velveteen.journal.diary_rows import Row
from velveteen.journal.entries import Entry

Make = Callable[..., Entry]


@dataclass(slots=True)
class Ledger:
    """Promises still open, as they were made. `make(row, kind, payload, corrects=None)` makes an entry."""

    make: Make
    still_open: list[Entry] = field(default_factory=list)

    def read(self, row: Row) -> list[Entry]:
        """The entries of one row; rows come in the order of their days.

        A row with a due date is a promise of its own, unless it tells the outcome of an open one with the same words and
        the same due date. An outcome without a due date belongs to the open promise in the same words, of several to the
        newest; without one, the row made the promise as well. The correction keeps the moment of the making.
        """
        what, outcome = row.get("promise"), row.get("promise_outcome")
        if not what:
            self._homeless(row)
            return []
        earlier = self._find(row, what) if outcome else None
        if earlier is not None:
            return [self._resolved(earlier, row, outcome, row.on.isoformat())]
        made = self.make(row, "promise", self._made(row, what))
        self.still_open.append(made)
        if not outcome:
            return [made]
        return [made, self._resolved(made, row, outcome, made.payload.get("due"))]

    def _find(self, row: Row, what: str) -> Entry | None:
        same = [e for e in self.still_open if plain(e.payload["what"]) == plain(what)]
        if row.cells.get("promise_due"):
            due = row.get("promise_due")
            return next((e for e in same if due and e.payload.get("due") == due.isoformat()), None)
        newest = max(same, key=lambda e: _newness(e, row), default=None)
        if newest and any(_as_likely(e, newest, row) for e in same if e is not newest):
            message = "Several promises in these words were open; what came of it is written to the newest that was due."
            row.problem("several_promises_open", message, "promise")
        return newest

    def _made(self, row: Row, what: str) -> dict[str, Any]:
        due = row.get("promise_due")
        if due is not None and due < row.on:
            message = (
                "The promise was due before the day of this row; it is kept as it stands. Is the date right?"
            )
            row.problem("due_before_made", message, "promise_due")
        return {"what": what} | ({"due": due.isoformat()} if due else {})

    def _resolved(self, earlier: Entry, row: Row, outcome: str, resolved: str | None) -> Entry:
        self.still_open.remove(earlier)
        payload = {**earlier.payload, "outcome": outcome} | ({"resolved": resolved} if resolved else {})
        return self.make(row, "promise", payload, corrects=earlier)

    def _homeless(self, row: Row) -> None:
        for name in ("promise_due", "promise_outcome"):
            if row.get(name) is not None:
                words = name.replace("_", " ")
                row.problem(
                    "promise_without_words",
                    f"“{words}” stands here, but not which promise it is about.",
                    name,
                )


def _newness(promise: Entry, row: Row) -> tuple[bool, str, datetime]:
    """Due by the row's day before not yet due; of these the one due last, of those the one made last."""
    due = str(promise.payload.get("due", ""))
    by_then = "" < due <= row.on.isoformat()
    return by_then, due if by_then else "", promise.at


def _as_likely(other: Entry, newest: Entry, row: Row) -> bool:
    """Whether another promise could be meant: neither past when the newest was made, nor due later than the row's day."""
    due, by_then = other.payload.get("due"), _newness(newest, row)[0]
    past = due is not None and due <= newest.at.date().isoformat()
    return not past and not (by_then and due is not None and due > row.on.isoformat())

"""Promises of a diary: made in one row, with what came of them there or in a later row as a correction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
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

        An outcome belongs to an open promise in the same words: the one due last by that day, else the first made. Without
        one, the row made the promise as well. The correction keeps the moment at which the promise was made.
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
        by_then = [e for e in same if e.payload.get("due", "9") <= row.on.isoformat()]
        if by_then:
            return max(by_then, key=lambda e: str(e.payload["due"]))
        return same[0] if same else None

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

"""The week's verdict in the sealed file: what was said, when, of which record, and what was said before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from velveteen.app.desk import Desk
from velveteen.app.weighing import Answer, Question
from velveteen.journal.entries import Entry

NAME = "verdict"
FORM = 1  # of what is kept; another one, an older or a newer program's, is not read, and a new verdict may be made
WEEK = timedelta(days=7)
ASIDE = frozenset({"setting", "guess", "danger", "unsure"})  # not weighed


@dataclass(frozen=True, slots=True)
class Then:
    """One guess, and what the odds said on that day."""

    guess: str
    made: str
    said: str

    @property
    def on(self) -> date:
        """That day."""
        return date.fromisoformat(self.made)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept.

    Attributes:
        now: the guess, the day and the sentence of this verdict.
        record: digest of the record that it was made from.
        html: the page's part about odds.
        earlier: those before it, oldest first.
    """

    now: Then
    record: str
    html: str
    earlier: tuple[Then, ...] = ()

    @property
    def made(self) -> date:
        """The day on which it was made."""
        return self.now.on

    @property
    def next(self) -> date:
        """The first day on which there may be another."""
        return self.made + WEEK

    def stands(self, record: str, today: date) -> bool:
        """Whether it is the one to be shown: for a week, whatever was written; then for as long as nothing was."""
        return self.made <= today and (today < self.next or record == self.record)


def digest(entries: Sequence[Entry]) -> str:
    """Of the record's state: which entries there are that can be weighed."""
    told = hashlib.sha256()
    for entry in entries:
        if entry.kind not in ASIDE:
            told.update(f"{entry.id}\n".encode("utf-8", "surrogatepass"))
    return told.hexdigest()


def load(desk: Desk) -> Kept | None:
    """What is kept, or None: where nothing is, or nothing that this program can read."""
    sealed = desk.journal.kept(NAME)
    try:
        found: dict[str, Any] = json.loads(sealed or b"")
        if found.pop("form") != FORM:
            return None
        return _read(found)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _read(found: dict[str, Any]) -> Kept:
    earlier = tuple(_then(**one) for one in found["earlier"])
    return Kept(_then(**found["now"]), str(found["record"]), str(found["html"]), earlier)


def _then(guess: str, made: str, said: str) -> Then:
    date.fromisoformat(made)
    return Then(str(guess), made, str(said))


def seal(desk: Desk, question: Question, answer: Answer) -> None:
    """Keep a verdict in place of the one before it, whose sentence stays.

    Raises:
        Refused: as `SealedJournal.keep`.
    """
    before = load(desk)
    earlier = (*before.earlier, before.now) if before else ()
    now = Then(question.guess, question.made.isoformat(), answer.said)
    kept = asdict(Kept(now, question.record, answer.html, earlier))
    desk.journal.keep(NAME, json.dumps({"form": FORM, **kept}).encode("utf-8", "surrogatepass"))

"""A simulated household: the truth of its days, and the diary and chat it would have left behind."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from velveteen.circle import chat, diary, engine, whatsapp
from velveteen.circle.chat import Meant, Message
from velveteen.circle.course import Therapy, check, draw_course
from velveteen.circle.parameters import Person, draw_person, fix
from velveteen.circle.record import DILIGENT, RecordKeeping, Written, keep

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velveteen.circle.course import Course
    from velveteen.circle.days import Day
    from velveteen.journal.entries import Entry

THEM, ME = "Sam", "Alex"
_STREAMS = ("person", "course", "days", "record", "entries", "chat")


@dataclass(frozen=True)
class Household:
    """One household, whole.

    Attributes:
        seed, account, start, weeks: as asked for.
        person: the drawn parameters; course: onset, therapy and the loss that comes from outside.
        days: the latent truth, one a day, 7 * weeks of them.
        written: the days that were written down, as they were.
        record: how the record was kept.
    """

    seed: int
    account: str
    start: date
    weeks: int
    person: Person
    course: Course
    days: tuple[Day, ...]
    written: tuple[Written, ...]
    record: RecordKeeping

    @property
    def onset(self) -> date | None:
        """First day of the change; None where there is none with a date. A temporary one may lie before the record."""
        return None if self.course.onset is None else self.start + timedelta(days=self.course.onset)

    @property
    def turning_points(self) -> list[tuple[date, str]]:
        """Every turning point that happened, known to the partner or not, in order."""
        return [(day.date, day.turning_point) for day in self.days if day.turning_point]

    def diary_rows(self) -> list[dict[str, str]]:
        """The diary, one row a written day, in `diary.COLUMNS`; all cells are text."""
        return diary.rows(list(self.written))

    def entries(self) -> list[Entry]:
        """The same content as journal entries, in order of writing; the same ids each time."""
        return diary.entries(list(self.written), THEM, _stream(self.seed, "entries"))

    def chat(self) -> list[tuple[datetime, str, str]]:
        """The messages of the two, (local naive moment, author, text), in order; text may hold line breaks."""
        return [message for message, _ in self._chat]

    def meant(self) -> list[frozenset[str]]:
        """What each message of the chat was written to be: names of the pools of `phrases.toml`, "greeting" and "name"."""
        return [meant for _, meant in self._chat]

    @cached_property
    def _chat(self) -> tuple[tuple[Message, Meant], ...]:
        return tuple(chat.messages(self.days, THEM, ME, _stream(self.seed, "chat")))

    def write_diary(self, path: str | Path) -> None:
        """Write the diary as CSV (UTF-8, header line)."""
        Path(path).write_text(diary.to_csv(list(self.written)), "utf-8")

    def write_whatsapp(self, path: str | Path, *, form: str = "ios", seconds: bool = True) -> None:
        """Write the chat as the export that WhatsApp makes: a .zip with `_chat.txt`, or a .txt, by the path's ending.

        Args:
            path: where to.
            form: "ios" (brackets) or "android" (dash).
            seconds: whether times carry seconds.

        Raises:
            BadInput: the form or the ending is not one of these.
        """
        whatsapp.write(Path(path), self.chat(), THEM, form=form, seconds=seconds)

    def truth(self) -> dict[str, Any]:
        """What really happened, as a JSON object: parameters, course, and one row of latent values a day."""
        return {
            "schema": 1, "seed": self.seed, "account": self.account, "start": self.start.isoformat(), "weeks": self.weeks,
            "onset": self.onset.isoformat() if self.onset else None,
            "turning_points": [{"date": day.isoformat(), "kind": kind} for day, kind in self.turning_points],
            "person": asdict(self.person), "course": asdict(self.course), "record": asdict(self.record),
            "days": [_truth(day) for day in self.days],
        }  # fmt: skip


def _truth(day: Day) -> dict[str, Any]:
    return {
        "date": day.date.isoformat(), "contact": day.contact, "kind": day.kind, "acts": list(day.acts), "rate": day.rate,
        "treated": day.treated, "answer": day.answer, "acknowledges": day.acknowledges, "equals": day.equals,
        "free_to_say_no": day.free_to_say_no, "outcomes": [o.outcome for o in day.outcomes], **asdict(day.inner),
    }  # fmt: skip


def _stream(seed: int, name: str) -> np.random.Generator:
    """A generator of its own for each purpose, so that how a record is kept never changes what happened."""
    return np.random.default_rng(np.random.SeedSequence(entropy=seed, spawn_key=(_STREAMS.index(name),)))


def simulate(
    account: str,
    weeks: int,
    seed: int,
    *,
    therapy: Therapy = "none",
    start: date = date(2024, 1, 1),
    record: RecordKeeping = DILIGENT,
    fixed: Mapping[str, float] | None = None,
) -> Household:
    """Simulate one household.

    Args:
        account: which account is true: same, worse, temporary, surface, conditional or lasting.
        weeks: length of the record, 1 to 2,600.
        seed: of everything; the same seed gives the same person under every account.
        therapy: "none", "begun" or "committed".
        start: the record's first day.
        record: how the diary is kept; by default by a diligent, human keeper.
        fixed: values of the person by name that are set instead of drawn, such as {"pulse_weeks": 40.0}; all else stays
            as the seed would have it.

    Raises:
        BadInput: an argument is outside what can be simulated.
    """
    check(account, weeks, seed, therapy)
    person = fix(draw_person(_stream(seed, "person")), fixed or {})
    course = draw_course(account, weeks, therapy, _stream(seed, "course"))
    days = engine.run(person, course, start, weeks, _stream(seed, "days"))
    written = keep(days, record, _stream(seed, "record"))
    return Household(seed, account, start, weeks, person, course, tuple(days), tuple(written), record)

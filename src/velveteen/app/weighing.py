"""One record weighed off the pages' thread: never two at once, told as it goes, dropped when it is no longer wanted.

The thread is given values and gives a value. The sealed file and the desk belong to the pages' thread, which asks for what
came of it and seals it. A lock ends the process and the thread with it; what is not sealed then never was.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from velveteen.guide.danger import DangerState
from velveteen.measure.cells import Cell, TurningPoint
from velveteen.measure.channels import Channel
from velveteen.problems import Problem, Refused, VelveteenError

if TYPE_CHECKING:
    from velveteen.judge.verdict import Verdict

BROKEN = (
    "Something in the program broke while it weighed the record, so there are no odds. All that you wrote is still here; "
    "you can let it try again."
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be weighed, and for whom.

    Attributes:
        cells, points, problems: as `measure.weekly.weekly_cells` gives them.
        therapy: from which prior the readers start.
        danger: the gate on that day; nothing is drawn while it is closed.
        made: the owner's date.
        record: digest of the record's state.
        length: how many entries it had then; only if these are all still there is an answer taken.
        guess: id of the owner's own guess.
        opening: what was open when it was asked; an answer to another opening is not taken.
        channels: those whose figures the owner's answers to messages changed.
    """

    cells: tuple[Cell, ...]
    points: tuple[TurningPoint, ...]
    problems: tuple[Problem, ...]
    therapy: str
    danger: DangerState
    made: date
    record: str
    length: int
    guess: str
    opening: object
    channels: Mapping[str, Channel] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: `said` and `html` of a verdict, or the sentence that says why there is none."""

    said: str = ""
    html: str = ""
    refusal: str = ""


class _Unwanted(Exception):  # noqa: N818  (it is no error)
    """Nobody waits for the answer any more."""


@dataclass(slots=True)
class _Job:
    question: Question
    at: tuple[int, int] = (0, 1)
    answer: Answer | None = None
    unwanted: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def progress(self, _: str, done: int, total: int) -> None:
        if self.unwanted.is_set():
            raise _Unwanted
        self.at = (done, max(total, 1))


class Weighing:
    """The one background thread. Its methods are called on the pages' thread alone."""

    def __init__(self) -> None:
        self._job: _Job | None = None

    @property
    def running(self) -> bool:
        """Whether a thread is at work, wanted or not."""
        return self._job is not None and self._job.thread is not None and self._job.thread.is_alive()

    @property
    def progress(self) -> tuple[int, int]:
        """(steps done, steps in all)."""
        return self._job.at if self._job else (0, 1)

    def start(self, question: Question, told: Callable[[], None]) -> bool:
        """Begin, unless one is at work already; return whether it began.

        `told` is called on the other thread once there is an answer.
        """
        if self.running:
            return False
        job = _Job(question)
        job.thread = threading.Thread(target=_run, args=(job, told), daemon=True)
        self._job = job
        job.thread.start()
        return True

    def found(self, opening: object) -> tuple[Question, Answer] | None:
        """What was asked and what came of it, until it is dropped; None while there is no answer to this opening."""
        job = self._job
        if job is not None and job.question.opening is not opening:
            job.unwanted.set()
        if job is None or job.unwanted.is_set() or job.answer is None:
            return None
        return job.question, job.answer

    def drop(self) -> None:
        """Nobody waits for it any more: an answer is forgotten, and one on its way is not taken."""
        if self._job is None:
            return
        self._job.unwanted.set()
        if not self.running:
            self._job = None


def _run(job: _Job, told: Callable[[], None]) -> None:
    try:
        answer = weighed(job.question, job.progress)
    except _Unwanted:
        return
    except VelveteenError as no:
        answer = Answer(refusal=no.message)
    except Exception:  # noqa: BLE001  (an error of ours becomes a sentence; its words could hold the owner's)
        answer = Answer(refusal=BROKEN)
    if not job.unwanted.is_set():
        job.answer = answer
        told()


def weighed(question: Question, progress: Callable[[str, int, int], None]) -> Answer:
    """Judge, and draw what the page says of it.

    Raises:
        Refused: the judge's.
    """
    from velveteen.judge.api import judge

    cells, points = list(question.cells), list(question.points)
    verdict = judge(cells, points, question.channels, therapy=question.therapy, progress=progress)
    progress("", 0, 1)  # nothing is drawn that nobody waits for
    return drawn(question, verdict)


def drawn(question: Question, verdict: Verdict) -> Answer:
    """What the page says of a verdict.

    Raises:
        Refused: code "danger_gate"; the gate was closed.
    """
    from velveteen.app.shell import environment
    from velveteen.report.odds import sentence
    from velveteen.report.papers import odds_view
    from velveteen.report.record import Record

    record = Record((), question.cells, question.points, verdict, problems=question.problems)
    html = environment().get_template("odds_part.html.j2").render(**odds_view(record, question.danger))
    return Answer(sentence(verdict), html)


def refusal_of(cells: Sequence[Cell]) -> str:
    """Why there can be no odds yet, known without weighing; empty where there can be some."""
    from velveteen.judge.enough import refuse_too_little

    if not cells:
        return "There is nothing here that could be weighed yet: it needs some weeks of days, promises or messages."
    try:
        refuse_too_little(cells)
    except Refused as no:
        return no.message
    return ""

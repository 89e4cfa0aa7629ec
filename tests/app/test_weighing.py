"""Weighing goes on beside the pages: one at a time, told as it goes, and nothing of it is sealed after a lock."""

import ast
import asyncio
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from tests.app.conftest import PASSPHRASE
from tests.app.records import at, guess, no_signs, once_weighed, quick_judge, weeks_of

from velveteen.app import kept_verdict, weighing
from velveteen.app.shell import path
from velveteen.app.weighing import Question, Weighing, drawn
from velveteen.guide.danger import DangerState
from velveteen.problems import Refused


@pytest.fixture
def wait():
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def at_work(opened, desk, monkeypatch, wait):
    """Notes whose record is being weighed, until `wait` is set."""
    quick_judge(monkeypatch, wait=wait)
    desk.add([*weeks_of(20), *no_signs()])
    guess(opened)
    thread = thread_of(opened)
    yield opened
    wait.set()
    thread.join(20)


def thread_of(client):
    return client.app.state.weighing._job.thread


def a_question(**other):
    given = {"opening": object(), "danger": DangerState((), (), None), **other}
    return Question(
        cells=(),
        points=(),
        problems=(),
        therapy="none",
        made=date.today(),
        record="",
        length=0,
        guess="",
        **given,
    )


def test_while_it_weighs_the_pages_answer_and_say_how_far_it_is(at_work):
    page = at_work.get(path("odds")).text
    assert "Your record is being weighed" in page
    assert 'value="42"' in page  # 3 of 7
    assert at_work.get(path("odds", "p")).text == "42"
    assert at_work.get(path("today")).status_code == 200


def test_the_page_renews_itself_without_a_script_while_it_weighs_and_not_after(at_work, wait):
    renews = f'<noscript><meta http-equiv="refresh" content="5;url={path("odds")}?w=1"></noscript>'
    assert renews in at_work.get(path("odds")).text
    wait.set()
    assert renews not in once_weighed(at_work)


def test_two_are_never_weighed_at_once(at_work):
    thread = thread_of(at_work)
    at_work.post(path("odds"))
    guess(at_work)
    assert thread_of(at_work) is thread
    assert thread.is_alive()
    assert sum(t.name.endswith("(_run)") for t in threading.enumerate()) == 1


def test_after_a_lock_nothing_of_the_verdict_is_sealed(at_work, desk, wait):
    at_work.post(path("lock"))
    assert desk.locked
    wait.set()
    thread_of(at_work).join(20)
    desk.open(PASSPHRASE)
    assert "Weigh it now" in at_work.get(path("odds")).text
    assert desk.journal.kept(kept_verdict.NAME) is None


def test_an_answer_that_came_before_the_lock_is_not_sealed_into_notes_opened_after_it(at_work, desk, wait):
    wait.set()
    thread_of(at_work).join(20)
    at_work.post(path("lock"))
    desk.open(PASSPHRASE)
    at_work.get(path("odds"))
    assert desk.journal.kept(kept_verdict.NAME) is None


def test_what_is_erased_while_it_weighs_takes_the_verdict_along(at_work, desk, wait):
    act = next(e for e in desk.standing if e.kind == "act")
    desk.journal.erase([act.id], rewrite_chain=False)
    desk.forget()
    wait.set()
    thread_of(at_work).join(20)
    assert "Weigh it now" in at_work.get(path("odds")).text
    assert desk.journal.kept(kept_verdict.NAME) is None


def test_what_is_written_while_it_weighs_leaves_the_verdict_as_it_was(at_work, desk, wait):
    desk.add([at("act", act="put_me_down")])
    wait.set()
    assert "in 100" in once_weighed(at_work)


def test_leaving_ends_it_as_a_lock_does(at_work, desk, wait):
    at_work.post(path("leave"))
    wait.set()
    thread_of(at_work).join(20)
    desk.open(PASSPHRASE)
    at_work.get(path("odds", "p"))
    assert desk.journal.kept(kept_verdict.NAME) is None


def test_what_was_cancelled_can_be_weighed_again_with_the_same_guess(at_work, desk, wait):
    at_work.post(path("lock"))
    wait.set()
    thread_of(at_work).join(20)
    desk.open(PASSPHRASE)
    at_work.post(path("odds"))
    assert "in 100" in once_weighed(at_work)
    assert len([e for e in desk.standing if e.kind == "guess"]) == 1


def test_it_is_sealed_as_soon_as_it_is_there_though_nobody_asks(opened, desk, monkeypatch):
    quick_judge(monkeypatch)
    desk.add([*weeks_of(20), *no_signs()])

    async def guess_and_go_away():
        await opened._sent("POST", path("guess"), opened.headers, {"data": {"account": "same"}})
        until = time.monotonic() + 20
        while kept_verdict.load(desk) is None and time.monotonic() < until:
            await asyncio.sleep(0.02)

    asyncio.run(guess_and_go_away())
    assert kept_verdict.load(desk) is not None


def test_how_far_it_is_cannot_be_asked_while_the_notes_are_locked(at_work):
    at_work.post(path("lock"))
    assert at_work.get(path("odds", "p")).headers["location"] == path("first")


def test_the_thread_is_given_neither_the_desk_nor_the_sealed_file():
    tree = ast.parse(Path(weighing.__file__).read_text())
    imported = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert not imported & {"velveteen.app.desk", "velveteen.journal.sealed"}
    assert "request" not in {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}


def test_a_dropped_answer_is_not_found_though_it_comes_later(monkeypatch):
    wait, question, one = threading.Event(), a_question(), Weighing()
    monkeypatch.setattr(weighing, "weighed", lambda *_: wait.wait(20) and weighing.Answer("said"))
    one.start(question, lambda: None)
    one.drop()
    wait.set()
    one._job.thread.join(20)
    assert one.found(question.opening) is None


def test_nothing_is_weighed_on_once_nobody_waits(monkeypatch):
    wait, question, one, steps = threading.Event(), a_question(), Weighing(), []

    def slow(_, progress):
        progress("same", 0, 7)
        wait.wait(20)
        progress("worse", 1, 7)
        steps.append("went on")

    monkeypatch.setattr(weighing, "weighed", slow)
    one.start(question, lambda: None)
    one.drop()
    wait.set()
    one._job.thread.join(20)
    assert steps == []
    one.drop()
    assert one.found(question.opening) is None


def test_without_a_job_there_is_nothing_to_find_to_drop_or_to_tell():
    one = Weighing()
    one.drop()
    assert (one.running, one.progress, one.found(object())) == (False, (0, 1), None)


def test_nothing_is_drawn_while_the_gate_is_closed():
    from tests.report.household import a_verdict

    with pytest.raises(Refused):
        drawn(a_question(danger=DangerState((), ("strangled",), None)), a_verdict())

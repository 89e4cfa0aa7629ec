"""Records that weigh fast, and answers in the place of the judge's."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from tests.report.household import a_verdict

from velveteen.app.shell import path
from velveteen.app.steps import STEPS
from velveteen.circle import simulate
from velveteen.guide.danger import answers, signs
from velveteen.journal.entries import Entry, uuid7
from velveteen.measure.cells import Cell

SPEAKS_OF_ODDS = re.compile(
    r"\bin 100\b|\bof 20\b|depending on where one starts|simulated|sceptic|likely|leans", re.IGNORECASE
)


def weeks_of(number: int, *, account: str = "temporary", seed: int = 3) -> list[Entry]:
    """The diary of so many weeks that ends about today."""
    start = date.today() - timedelta(days=7 * number)
    return simulate(account, number, seed, start=start).entries()


def no_signs(on: date | None = None) -> list[Entry]:
    """Every danger question answered no."""
    day = on or date.today()
    return answers([], at=datetime(day.year, day.month, day.day))


def a_sign(sign: str = "strangled") -> list[Entry]:
    return [e for e in answers([sign], at=datetime.now()) if e.payload["answer"] == "yes"]


def page_of(sign: str) -> str:
    """The address of the page on which a sign is asked about."""
    return path("signs", "p", next(n for n, (_, ids) in enumerate(STEPS, 1) if sign in ids))


def chosen(*, rest: str = "no", **words: str) -> list[dict[str, str]]:
    """What the four pages' forms send: sign -> word, and the rest; an empty word passes the question over."""
    number = {sign.id: n for n, sign in enumerate(signs(), 1)}
    return [{f"sign_{number[i]}": words.get(i, rest) for i in ids} for _, ids in STEPS]


def answered(client, *, rest: str = "no", **words: str):
    """The four pages answered one after the other; what each was answered with."""
    forms = enumerate(chosen(rest=rest, **words), 1)
    return [client.post(path("signs", "p", n), data=form) for n, form in forms]


def at(kind: str, days_ago: int = 0, *, corrects: str | None = None, **payload: Any) -> Entry:
    moment = datetime.combine(date.today() - timedelta(days=days_ago), datetime.min.time())
    return Entry(uuid7(), kind, moment, datetime.now(), payload, corrects=corrects)


def words_of(page: str) -> str:
    """What is read on a page: texts without marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<main")[2]))


def guess(client, account: str = "temporary", sure: str = "6"):
    return client.post(path("guess"), data={"account": account, "sure": sure})


def once_weighed(client, seconds: float = 60.0) -> str:
    """The page once nothing is being weighed any more."""
    until = time.monotonic() + seconds
    while client.get(path("odds", "p")).status_code == 200:
        assert time.monotonic() < until
        time.sleep(0.02)
    return client.get(path("odds")).text


def quick_judge(monkeypatch, verdict=None, wait=None, seen=None):
    """A judge that answers at once, or once `wait` is set, telling how far it is; `seen` gets what it was asked."""
    from velveteen.judge import api

    def judge(cells: list[Cell], points: Any = None, therapy: str = "none", progress: Any = None):
        if seen is not None:
            seen.append((cells, points, therapy))
        progress("same", 3, 7)
        if wait is not None:
            assert wait.wait(20)
            progress("worse", 4, 7)
        return verdict or a_verdict()

    monkeypatch.setattr(api, "judge", judge)


def sure_of(account: str, probability: float):
    """A verdict whose readers all give one account this much."""
    rest = (1 - probability) / 6
    odds = {a: probability if a == account else rest for a in a_verdict().odds["neutral"]}
    return replace(a_verdict(), odds=dict.fromkeys(a_verdict().odds, odds))

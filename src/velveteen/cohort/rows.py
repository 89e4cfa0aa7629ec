"""The row of one household: what a cohort's result holds, column by column. Documented in docs/reference/cohort.md."""

from __future__ import annotations

from typing import Any

from velveteen import __version__
from velveteen.cohort.households import Household
from velveteen.cohort.judged import DIED, Judged, Settings, judge_one
from velveteen.judge.verdict import ACCOUNTS, READERS, TESTS, Verdict

QUESTIONS = ("changed", "holds", "outlasts")


def row_of(settings: Settings, household: Household) -> dict[str, Any]:
    """Judge one household and give its row: plain values by column; what there is no verdict for is left out."""
    judged = judge_one(settings, household)
    return lost_row(household, judged) if judged.verdict is None else _row(judged.household, judged.verdict)


def lost_row(household: Household, judged: Judged | None = None) -> dict[str, Any]:
    """The row of a household without a verdict; without `judged`, of one whose process died."""
    code, reason = (judged.code, judged.reason) if judged else ("worker_died", DIED)
    return {
        "household": household.name,
        "status": "failed",
        "code": code,
        "reason": reason,
        "version": __version__,
    }


def _row(name: str, verdict: Verdict) -> dict[str, Any]:
    leading = verdict.detail["leading"]
    row: dict[str, Any] = {
        "household": name, "status": "judged", "weeks": verdict.weeks, "cells": verdict.detail["informative_cells"],
        "leading": leading["account"], "rung": leading["word"], "words": verdict.words,
        "numerical_error": verdict.numerical_error, "problems": [p.code for p in verdict.problems],
        "effects": [{"channel": name, **_plain(effect)} for name, effect in verdict.effect.items()],
        "therapy": verdict.detail["therapy"], "hyperprior": verdict.detail["hyperprior"], "version": __version__,
    }  # fmt: skip
    row |= {f"log_evidence_{account}": verdict.log_evidence[account] for account in ACCOUNTS}
    row |= {f"odds_{r}_{account}": verdict.odds[r][account] for r in READERS for account in ACCOUNTS}
    row |= {question: verdict.questions[question] for question in QUESTIONS}
    for test in TESTS:
        row |= {
            f"test_{test}": verdict.tests[test].answer,
            f"test_{test}_probability": verdict.tests[test].probability,
        }
    return row


def _plain(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}

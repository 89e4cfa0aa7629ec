"""Shares with their uncertainty, and the scores of verdicts on households whose truth is known.

A *row* is a plain dict with `truth`, `seed`, `weeks`, `log_evidence` (account -> nats or None), `harm` (acts a week in each
month) and `problems` (their codes); or one that holds `refused`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from recovery import odds_of, trivial
from scipy.stats import beta

from velveteen.judge.api import posterior_odds

Row = dict[str, Any]
Odds = Mapping[str, float]
SURE, HOPE = 0.9, 0.8
FLOOR = 1e-12  # odds below this count as this in the log score


def share(hits: int, of: int) -> dict[str, float | int | None]:
    """A share, its binomial standard error and exact 95 % limits (Clopper & Pearson 1934); None where there is none."""
    if not of:
        return {"n": 0, "share": None, "se": None, "low": None, "high": None}
    p = hits / of
    low = float(beta.ppf(0.025, hits, of - hits + 1)) if hits else 0.0
    high = float(beta.ppf(0.975, hits + 1, of - hits)) if hits < of else 1.0
    return {"n": of, "share": p, "se": math.sqrt(p * (1 - p) / of), "low": low, "high": high}


def counted(rows: Sequence[Row], hit: Callable[[Row], bool]) -> dict[str, Any]:
    """Share of rows for which `hit` holds."""
    return share(sum(map(hit, rows)), len(rows))


def likeliest(odds: Odds) -> str:
    """The account with the highest odds."""
    return max(odds, key=odds.__getitem__)


def neutral(row: Row, *, scaled: bool) -> dict[str, float]:
    """Odds of the neutral reader: with the prior of 104 weeks, or scaled to the record's length."""
    weeks = row["weeks"] if scaled else 104
    return posterior_odds(row["log_evidence"], weeks=weeks, therapy="none")["neutral"]


def improved(odds: Odds) -> float:
    """Odds that something became better, for a while or not."""
    return sum(odds.get(a, 0.0) for a in ("temporary", "surface", "conditional", "lasting"))


def scored(rows: Sequence[Row], odds: Sequence[Odds], accounts: Sequence[str]) -> dict[str, Any]:
    """Right, log score with its standard error, sure, sure and right, recall of each account, and how many were not weighed.

    Households whose true account could not be weighed (no limit on record) are wrong, and left out of the log score.
    """
    pairs = list(zip(rows, odds, strict=True))
    weighed = [(r, o) for r, o in pairs if r["log_evidence"][r["truth"]] is not None]
    losses = [-math.log(max(o[r["truth"]], FLOOR)) for r, o in weighed]
    sure = [(r, o) for r, o in pairs if max(o.values()) > SURE]
    recall = {}
    for account in accounts:
        mine = [(r, o) for r, o in pairs if r["truth"] == account]
        recall[account] = share(sum(likeliest(o) == account for _, o in mine), len(mine))
    return {
        "right": share(sum(likeliest(o) == r["truth"] for r, o in pairs), len(pairs)),
        "log score": float(np.mean(losses)) if losses else math.nan,
        "se log score": float(np.std(losses) / math.sqrt(len(losses))) if losses else math.nan,
        "not weighed": len(pairs) - len(weighed),
        "sure": share(len(sure), len(pairs)),
        "sure and right": share(sum(likeliest(o) == r["truth"] for r, o in sure), len(sure)),
        "recall": recall,
    }


def table(rows: Sequence[Row], accounts: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Scores of the judge and of the two trivial ones, over the households of which one of `accounts` is true."""
    mine = [r for r in rows if r["truth"] in accounts and "refused" not in r]
    if not mine:
        return {}
    methods = {"Velveteen": [odds_of(r, tuple(accounts)) for r in mine]}
    for name in trivial(mine[0], tuple(accounts)):
        methods[name] = [trivial(r, tuple(accounts))[name] for r in mine]
    return {name: scored(mine, odds, accounts) for name, odds in methods.items()}


def false_hope(rows: Sequence[Row], *, scaled: bool) -> dict[str, Any]:
    """`lasting` above .80 among households that are not."""
    return counted([r for r in rows if r["truth"] != "lasting"], lambda r: hopes(r, scaled=scaled))


def found_hope(rows: Sequence[Row], *, scaled: bool) -> dict[str, Any]:
    """`lasting` above .80 among households that are."""
    return counted([r for r in rows if r["truth"] == "lasting"], lambda r: hopes(r, scaled=scaled))


def hopes(row: Row, *, scaled: bool) -> bool:
    """Whether the neutral reader gives `lasting` more than .80."""
    return "refused" not in row and neutral(row, scaled=scaled)["lasting"] > HOPE


def warnings(rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """Share of verdicts that carry each problem."""
    judged = [r for r in rows if "refused" not in r]
    codes = sorted({code for r in judged for code in r["problems"]})
    return {code: counted(judged, lambda r, code=code: code in r["problems"]) for code in codes}  # type: ignore[misc]


def confident_and_wrong(rows: Sequence[Row], accounts: Sequence[str]) -> list[str]:
    """One line a verdict above .90 under equal priors that is wrong, and a `lasting` above .80 that is not so."""
    lines = []
    for row in (r for r in rows if "refused" not in r):
        where = f"{row['scenario']}, {row['world']}, {row['weeks']} weeks, seed {row['seed']}: {row['truth']}"
        odds = odds_of(row, tuple(accounts))
        said = likeliest(odds)
        if row["truth"] in accounts and odds[said] > SURE and said != row["truth"]:
            lines.append(f"{where} was called {said} at {odds[said]:.3f}")
        if row["truth"] != "lasting" and hopes(row, scaled=False):
            lines.append(f"{where}, neutral: lasting at {neutral(row, scaled=False)['lasting']:.3f}")
    return lines

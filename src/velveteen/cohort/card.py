"""A fitted hyperprior as a file, with a card that says what it was fitted on, how it moved and what it gained."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import numpy as np

from velveteen import __version__
from velveteen.cohort.hyperfit import STRENGTH, Fit
from velveteen.judge.hyperprior import NAMES, to_natural

WARNING = (
    "This prior carries the habits of the cohort that it was fitted on: who kept these records, and how. "
    "On records kept otherwise it can do harm."
)


def card_of(fit: Fit) -> dict[str, Any]:
    """The card as plain values."""
    weeks = [p.weeks for p in fit.fitted]
    gain = fit.held_out
    return {
        "warning": WARNING,
        "households": len(fit.fitted),
        "held_out": gain.size,
        "failed": fit.failed,
        "weeks": {"least": min(weeks), "median": float(np.median(weeks)), "most": max(weeks)},
        "channels": dict(sorted(Counter(c for p in fit.fitted for c in p.channels).items())),
        "accounts_weighed_by": fit.reader,
        "pseudo_households": STRENGTH,
        "log_evidence_by_round": [round(v, 2) for v in fit.rounds],
        "held_out_gain": _gain(gain),
        "version": __version__,
        "moved": {name: _moved(fit, name) for name in NAMES},
    }


def hyperprior_toml(fit: Fit) -> str:
    """The file that `judge(hyperprior=...)` reads: one table a hyperparameter, then the card."""
    tables = {name: _table(fit.prior[name], name) for name in NAMES}
    return "\n".join([*_lines("", tables), *_lines("", {"card": card_of(fit)})]) + "\n"


def _table(normal: tuple[float, float], name: str) -> dict[str, float]:
    return {"median": float(f"{to_natural(name, normal[0]):.4g}"), "sd": float(f"{normal[1]:.4g}")}


def _moved(fit: Fit, name: str) -> dict[str, Any]:
    old, new = _table(fit.start[name], name), _table(fit.prior[name], name)
    return {
        "households": fit.told.get(name, 0),
        "median": [old["median"], new["median"]],
        "sd": [old["sd"], new["sd"]],
    }


def _gain(gain: np.ndarray) -> dict[str, float]:
    """Nats a household, with its standard error; nothing where none was held out."""
    if gain.size < 2:
        return {}
    return {
        "mean": round(float(gain.mean()), 4),
        "standard_error": round(float(gain.std(ddof=1) / gain.size**0.5), 4),
        "total": round(float(gain.sum()), 2),
        "share_of_households_better": round(float((gain > 0).mean()), 3),
    }


def _lines(path: str, table: dict[str, Any]) -> list[str]:
    """TOML of nested dicts: values first, then tables. JSON's strings, numbers and lists are TOML's."""
    values = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}"
        for key, value in table.items()
        if not isinstance(value, dict)
    ]
    out = [f"\n[{path}]", *values] if path and (values or not table) else values
    for key, value in table.items():
        if isinstance(value, dict):
            out += _lines(f"{path}.{key}" if path else key, value)
    return out

"""Priors of the accounts, by reader, therapy and length of the record. All figures are judgement, not measurement."""

from __future__ import annotations

from velveteen.judge.verdict import ACCOUNTS, READERS
from velveteen.problems import BadInput

SIX = ACCOUNTS[:6]
NONE_OF_THESE = 0.05
HORIZON = 104  # weeks after which the neutral priors describe the state
WITHOUT_ONSET = ("conditional", "none_of_these")
_NEUTRAL = {
    "none": (0.36, 0.12, 0.24, 0.14, 0.08, 0.06),
    "begun": (0.30, 0.10, 0.22, 0.18, 0.08, 0.12),
    "committed": (0.22, 0.08, 0.18, 0.22, 0.10, 0.20),
}
_SCEPTIC = {"surface": 0.38, "same": 0.30, "temporary": 0.15, "worse": 0.10, "conditional": 0.06}
_SCEPTIC_LASTING = {"none": 0.01, "begun": 0.02, "committed": 0.03}
_HOPEFUL_LASTING = {"none": 0.15, "begun": 0.25, "committed": 0.35}
THERAPY = tuple(_NEUTRAL)


def readers(weeks: int, therapy: str, assessable: dict[str, bool]) -> dict[str, dict[str, float]]:
    """Prior of every account for every reader.

    Args:
        weeks: length of the record; accounts with an onset keep min(1, weeks / 104) of their prior, the rest is `same`'s.
        therapy: "none", "begun" or "committed" (six months attended or more).
        assessable: accounts that cannot be weighed get 0, the others are rescaled.

    Raises:
        BadInput: an unknown therapy status.
    """
    if therapy not in THERAPY:
        choices = ", ".join(THERAPY)
        raise BadInput("unknown_therapy", f"Therapy is one of {choices}; it is “{therapy}”.")
    tables = {name: _table(name, therapy) for name in READERS}
    scaled = {name: table if name == "equal" else _scaled(table, weeks) for name, table in tables.items()}
    return {name: _rescaled(table, assessable) for name, table in scaled.items()}


def _table(reader: str, therapy: str) -> dict[str, float]:
    """The six accounts and *none of these* at the horizon."""
    neutral = dict(zip(SIX, _NEUTRAL[therapy], strict=True))
    if reader == "equal":
        return {**dict.fromkeys(SIX, 1 / 6), "none_of_these": 0.0}
    if reader == "sceptic":
        neutral = _normalised({**_SCEPTIC, "lasting": _SCEPTIC_LASTING[therapy]})
    if reader == "hopeful":
        lasting = _HOPEFUL_LASTING[therapy]
        others = {name: p for name, p in neutral.items() if name != "lasting"}
        neutral = {name: p * (1 - lasting) for name, p in _normalised(others).items()} | {"lasting": lasting}
    return {**{name: neutral[name] * (1 - NONE_OF_THESE) for name in SIX}, "none_of_these": NONE_OF_THESE}


def _scaled(table: dict[str, float], weeks: int) -> dict[str, float]:
    share = min(1.0, weeks / HORIZON)
    scaled = {name: p if name in WITHOUT_ONSET else p * share for name, p in table.items()}
    scaled["same"] = 0.0
    scaled["same"] = 1.0 - sum(scaled.values())
    return scaled


def _rescaled(table: dict[str, float], assessable: dict[str, bool]) -> dict[str, float]:
    return _normalised({name: p if assessable[name] else 0.0 for name, p in table.items()})


def _normalised(table: dict[str, float]) -> dict[str, float]:
    total = sum(table.values())
    return {name: p / total for name, p in table.items()}

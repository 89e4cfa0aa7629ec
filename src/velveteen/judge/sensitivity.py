"""Whether the word would change: with changes of another size, and with unwritten weeks that were kinder or harder.

Two things that the record cannot tell are varied. *How much changes vary* from one relationship to the next: the prior
standard deviation of A_c, halved and doubled. *The weeks that nobody wrote*: they get the cells that the written weeks
around them make expected (`unwritten`), half and twice as harmful; once as harmful is the record as it is.

An account's log evidence then moves by what its trajectories' log evidences move by at one place of the hyperparameters: as
the screen sees them all, corrected by full evaluations of the likeliest. For the unwritten weeks it is the difference from
the same cells, once as harmful, so that what filling in itself adds cancels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from velveteen.judge.accounts import Account, spread
from velveteen.judge.arrays import Flags, Ints
from velveteen.judge.effects import Effects, shared_effects
from velveteen.judge.evidence import Evidence, find_base
from velveteen.judge.hyper import Hyper
from velveteen.judge.quadrature import Frame
from velveteen.judge.record import Record
from velveteen.judge.regimes import Path, with_regimes
from velveteen.judge.reweigh import Looked, Seen
from velveteen.judge.screen import Expansion
from velveteen.judge.shapes import Shape
from velveteen.judge.unwritten import Expected, expected, filled
from velveteen.judge.words import reading

FACTORS = (0.5, 2.0)

Read = Callable[[Mapping[str, float]], tuple[dict[str, float], str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing varied: "effect_sd" or "unwritten", its factor, and by how many nats each log evidence moves."""

    what: str
    factor: float
    shifts: dict[str, float]


def lines(record: Record, evidences: Mapping[str, Evidence], path: Path) -> list[Line]:
    """What each factor moves each account's log evidence by.

    Args:
        record: the whole record.
        evidences: of every account given the earlier regimes `path`.
        path: the earlier regimes; empty without any.
    """
    looked = {e.evaluator.account.name: Looked(e) for e in evidences.values()}
    frame = evidences["same"].frame
    expansion = _expansion(record, shared_effects_along(record, path), looked["same"].hyper, frame)
    as_it_is = {name: k.seen(record, k.account, expansion) for name, k in looked.items()}
    found = []
    for factor in FACTORS:
        varied = {n: k.seen(record, spread(k.account, factor), expansion) for n, k in looked.items()}
        found.append(_line("effect_sd", factor, looked, as_it_is, varied))
    cells = expected(record)
    if cells.week.size:
        once = _with_unwritten(record, cells, 1.0, path, looked, frame)
        for factor in FACTORS:
            varied = _with_unwritten(record, cells, factor, path, looked, frame)
            found.append(_line("unwritten", factor, looked, once, varied))
    # Where nothing tells `surface` from `lasting`, the two share their evidence, and its account's name.
    names = {name: e.evaluator.account.name for name, e in evidences.items()}
    return [replace(line, shifts={n: line.shifts[m] for n, m in names.items()}) for line in found]


def shared_effects_along(record: Record, path: Path) -> Effects:
    """The effects that every account shares, the earlier regimes among them."""
    return with_regimes(record, shared_effects(record), path)


def _expansion(record: Record, shared: Effects, hyper: Hyper, frame: Frame) -> Expansion:
    return find_base(record, hyper, shared, frame).expansion


def _line(
    what: str,
    factor: float,
    looked: Mapping[str, Looked],
    old: Mapping[str, Seen],
    new: Mapping[str, Seen],
) -> Line:
    return Line(what, factor, {name: k.shift(old[name], new[name]) for name, k in looked.items()})


def _with_unwritten(
    record: Record, cells: Expected, factor: float, path: Path, looked: Mapping[str, Looked], frame: Frame
) -> dict[str, Seen]:
    whole = filled(record, cells, factor)
    shared = shared_effects_along(whole, path)
    expansion = _expansion(
        whole, with_prior(shared, looked["same"].account.effects), looked["same"].hyper, frame
    )
    rows = np.concatenate([np.arange(len(record.cells)), cells.like])
    accounts = {n: onto(k.account, shared, rows, record.unwritten) for n, k in looked.items()}
    return {name: k.seen(whole, accounts[name], expansion) for name, k in looked.items()}


def with_prior(effects: Effects, prior: Effects) -> Effects:
    """The effects where they enter, with the prior that they had."""
    return replace(effects, mean=prior.mean, covariance=prior.covariance)


def onto(account: Account, shared: Effects, rows: Ints, unwritten: Flags) -> Account:
    """The account on other cells: their shared effects, its own as on the cells `rows`, and the prior that it has.

    Whether a limit stood in a week that nobody wrote is not known: `conditional` takes it from the weeks around.
    """
    first, mine = account.shared, account.effects
    effects = Effects(
        np.ascontiguousarray(np.hstack([shared.column, mine.column[rows][:, first:]])),
        np.hstack([shared.v0, mine.v0[rows][:, first:]]),
        np.hstack([shared.v1, mine.v1[rows][:, first:]]),
        mine.mean,
        mine.covariance,
    )
    bridged = account.name == "conditional"
    shapes = tuple(_bridged(s, unwritten) for s in account.shapes) if bridged else account.shapes
    return replace(account, effects=effects, shapes=shapes)


def _bridged(shape: Shape, unwritten: Flags) -> Shape:
    weeks, known = np.arange(unwritten.size), np.flatnonzero(~unwritten)
    return replace(shape, columns=np.array([np.interp(weeks, known, row[known]) for row in shape.columns]))


def told(found: Sequence[Line], read: Read, unwritten: int, since: str = "") -> dict[str, Any]:
    """The lines as JSON, and in a sentence or two.

    Args:
        found: from `lines`.
        read: by how many nats each log evidence moves -> neutral odds, leading account, its word.
        unwritten: how many weeks nobody wrote.
        since: since when the words hold, where the record had changed before; as in `words.sentence`.

    Returns:
        "lines": a list of "what", "factor", "odds" (neutral), "account", "word", "reads", "changes"; "unwritten_weeks";
        "words".
    """
    now = reading(*read({})[1:], since)
    rows = [_row(line, *read(line.shifts), since, now) for line in found]
    return {"lines": rows, "unwritten_weeks": unwritten, "words": _words(rows, unwritten)}


def _row(line: Line, odds: dict[str, float], account: str, word: str, since: str, now: str) -> dict[str, Any]:
    reads = reading(account, word, since)
    return {
        "what": line.what, "factor": line.factor, "odds": odds, "account": account, "word": word, "reads": reads,
        "changes": reads != now,
    }  # fmt: skip


_IF = {
    ("effect_sd", 0.5): "changes were usually more alike in size than this assumes",
    ("effect_sd", 2.0): "changes usually differed more in size than this assumes",
    ("unwritten", 0.5): "the weeks nobody wrote were half as hard as those around them",
    ("unwritten", 2.0): "the weeks nobody wrote were twice as hard as those around them",
}


def _words(rows: Sequence[Mapping[str, Any]], unwritten: int) -> str:
    changed = [
        f"If {_IF[row['what'], row['factor']]}, it would read: {row['reads']}."
        for row in rows
        if row["changes"]
    ]
    asked = {"effect_sd": "changes usually differ in size by half or by twice as much as this assumes"}
    if any(row["what"] == "unwritten" for row in rows):
        asked["unwritten"] = "the weeks nobody wrote were half or twice as hard as those around them"
    elif unwritten:
        changed.append(
            "What the unwritten weeks held cannot be asked: too little is written of conduct around them."
        )
    same = [text for what, text in asked.items() if not any(r["what"] == what and r["changes"] for r in rows)]
    if same:
        changed.append(f"The word stays the same if {', and if '.join(same)}.")
    if not unwritten:
        changed.append("No week is unwritten.")
    return " ".join(changed)

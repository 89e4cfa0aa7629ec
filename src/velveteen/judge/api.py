"""The judge: cells in, verdict out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from velveteen.judge.accounts import told_apart
from velveteen.judge.audit import audited
from velveteen.judge.draws import draw
from velveteen.judge.effects import shared_effects
from velveteen.judge.enough import MIN_CELLS, refuse_too_little
from velveteen.judge.error_rates import error_rates
from velveteen.judge.evidence import MOST_INTEGRALS, Evidence
from velveteen.judge.hyper import hyper_for
from velveteen.judge.hyperprior import HyperPrior, load_hyperprior
from velveteen.judge.priors import THERAPY, readers
from velveteen.judge.problems import (
    acts_not_less,
    find_problems,
    one_sided,
    present_only,
    unsure_arithmetic,
    unsure_path,
    vouching,
)
from velveteen.judge.progress import Progress
from velveteen.judge.record import Record, build_record
from velveteen.judge.regimes import standing
from velveteen.judge.regimes_evidence import Along, weigh_along_paths
from velveteen.judge.regimes_segment import present
from velveteen.judge.regimes_words import compared_from, path_detail, since_week, since_words
from velveteen.judge.sensitivity import lines, told
from velveteen.judge.summary import acts_less, effects, plain_tests, trajectories
from velveteen.judge.verdict import ACCOUNTS, READERS, Verdict
from velveteen.judge.words import leading, sentence, with_acts
from velveteen.measure.cells import (
    Cell,
    TurningPoint,
    check_cells,
    check_marks,
    check_turning_point,
    parse_cells,
    parse_turning_points,
)
from velveteen.measure.channels import Channel, load_channels
from velveteen.measure.tables import read_rows
from velveteen.problems import BadInput, Refused

DATED_FROM = 99_000  # index of a week of 1898: integers that people use for weeks are smaller
LEFT = 0.03  # nats: what is off where both rules agree (measured, docs/decisions/0012)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A record with the evidence of every account that could be weighed.

    Attributes:
        record: the whole record.
        evidences: of every account, given the likeliest earlier regimes.
        along: every earlier path that matters, likeliest first; one without regimes where the record has one segment.
        hyperprior: name of the priors of the hyperparameters.
    """

    record: Record
    evidences: dict[str, Evidence]
    along: tuple[Along, ...]
    hyperprior: str = "shipped"

    def odds(self, therapy: str) -> dict[str, dict[str, float]]:
        """Reader -> account -> posterior probability: of the accounts given each earlier path, averaged over the paths."""
        return averaged_odds(self.along, self.record.weeks, therapy)

    def search_error(self, therapy: str) -> float:
        """Largest change of any neutral odds if only what half the search finds is averaged over."""
        half = [along for along in self.along if along.found_by_half]
        whole, less = (averaged_odds(a, self.record.weeks, therapy)["neutral"] for a in (self.along, half))
        return max(abs(whole[name] - less[name]) for name in ACCOUNTS)

    def log_evidence(self) -> dict[str, float | None]:
        """Natural log evidence of each account, None where it could not be weighed."""
        return {name: self.evidences[name].log if name in self.evidences else None for name in ACCOUNTS}

    def numerical_error(self) -> float:
        """How far any log evidence minus `same`'s may be off, in nats: most that the coarse rule differs, and LEFT."""
        same = self.evidences["same"]
        shifts = [e.log - e.coarse - (same.log - same.coarse) for e in self.evidences.values()]
        return float(np.abs(shifts).max()) + LEFT


def judge(
    cells: Any,
    turning_points: Any = None,
    channels: Any = None,
    therapy: str = "none",
    min_cells: int = MIN_CELLS,
    progress: Progress | None = None,
    hyperprior: str | Path | HyperPrior | None = None,
    audit: bool = False,
    sensitivity: bool = True,
) -> Verdict:
    """Weigh the rival accounts of one relationship against its record.

    Args:
        cells: a table of cells (Polars, pandas, Arrow, dict of columns, path of a CSV) or a list of `Cell`.
        turning_points: a table with `week`, `kind` and optional `share`, a list of `TurningPoint`, or None.
        channels: path of a TOML file or dict of channels by name, either extending the shipped registry, or None.
        therapy: "none", "begun" or "committed": which prior the readers start from.
        min_cells: least number of informative cells (observed, not self-reported).
        progress: called as (account, done, total).
        hyperprior: path of a TOML file with the priors of the hyperparameters, as `velveteen cohort prior` fits them to a
            cohort, or None for those that ship.
        audit: compute every evidence a second time, by importance sampling: some seconds more. What was found stands in
            `detail["audit"]`, see `velveteen.judge.audit.audit`; a difference above .1 nats is a problem.
        sensitivity: say whether the word would change with changes of another size and with harder unwritten weeks.

    Returns:
        The verdict; see `velveteen.judge.verdict.Verdict`.

    Raises:
        BadInput: the table cannot be read as cells, or the file not as a hyperprior.
        Refused: only self-report, fewer than 6 weeks, or fewer than `min_cells` informative cells.
    """
    check_options(therapy, min_cells)
    weighed, dated = weigh_tables(cells, turning_points, channels, min_cells, progress, hyperprior)
    verdict = conclude(weighed, therapy, dated=dated)
    if sensitivity:
        verdict = replace(verdict, sensitivity=sensitivity_of(weighed, therapy, verdict))
    return audited(verdict, weighed.record, weighed.evidences, progress) if audit else verdict


def weigh_tables(
    cells: Any,
    turning_points: Any = None,
    channels: Any = None,
    min_cells: int = MIN_CELLS,
    progress: Progress | None = None,
    hyperprior: str | Path | HyperPrior | None = None,
) -> tuple[Weighed, bool]:
    """The evidence of every account, and whether weeks are dates; arguments and errors are those of `judge`."""
    registry = load_channels(channels)
    rows, dated = read_cells(cells, registry)
    points = read_turning_points(turning_points, dated=dated, last_week=max(c.week for c in rows))
    refuse_too_little(rows, min_cells, registry)
    return weigh(rows, points, registry, progress, load_hyperprior(hyperprior)), dated


def check_options(therapy: str, min_cells: int) -> None:
    """Raise BadInput unless `judge` can take these."""
    if therapy not in THERAPY:
        raise BadInput("unknown_therapy", f"Therapy is one of {', '.join(THERAPY)}; it is “{therapy}”.")
    if not isinstance(min_cells, int) or min_cells < 1:
        raise BadInput("min_cells", f"min_cells must be a whole number from 1 on; it is {min_cells!r}.")


def read_cells(cells: Any, registry: Mapping[str, Channel]) -> tuple[list[Cell], bool]:
    """Checked cells from any table or list, and whether their weeks are dates (a list's: if all lie after 1900)."""
    if isinstance(cells, list) and cells and all(isinstance(c, Cell) for c in cells):
        check_cells(cells, registry)
        return cells, min(c.week for c in cells) > DATED_FROM
    return parse_cells(read_rows(cells), registry)


def read_turning_points(points: Any, *, dated: bool, last_week: int) -> list[TurningPoint]:
    """Checked turning points from any table or list; None and an empty path-less table give none."""
    if points is None:
        return []
    if isinstance(points, list | tuple) and all(isinstance(p, TurningPoint) for p in points):
        for point in points:
            check_turning_point(point, last_week)
        check_marks(points)
        return list(points)
    rows = read_rows(Path(points) if isinstance(points, str) else points)
    return parse_turning_points(rows, dated=dated, last_week=last_week)


def weigh(
    cells: Sequence[Cell],
    points: Sequence[TurningPoint],
    registry: Mapping[str, Channel],
    progress: Progress | None = None,
    prior: HyperPrior | None = None,
    integrals: int = MOST_INTEGRALS,
) -> Weighed:
    """Evidence of every account; `conditional` only where a limit's standing varies.

    `integrals`: how many trajectories of an account are integrated over the hyperparameters, at most.
    """
    record = build_record(cells, points, registry)
    shared, hyper = shared_effects(record), hyper_for(record, prior)
    evidences, along = weigh_along_paths(record, shared, hyper, integrals, progress)
    refuse_broken(evidences)
    return Weighed(record, evidences, along, prior.name if prior else "shipped")


def refuse_broken(evidences: Mapping[str, Evidence]) -> None:
    """Raise Refused where any log evidence is no number."""
    if not all(math.isfinite(e.log) and e.components for e in evidences.values()):
        message = (
            "The numbers of this record are too far from ordinary ones for the arithmetic. Please check the largest values "
            "and the smallest exposures, or use a larger unit. What is written stays."
        )
        raise Refused("arithmetic_failed", message)


def averaged_odds(along: Sequence[Along], weeks: int, therapy: str) -> dict[str, dict[str, float]]:
    """Odds given each earlier path, its present segment as long as it is, averaged by the paths' shares."""
    total = sum(a.share for a in along)
    parts = [
        (a.share / total, posterior_odds(_complete(a.log_evidence), weeks=weeks - a.start, therapy=therapy))
        for a in along
    ]
    return {r: {n: sum(share * odds[r][n] for share, odds in parts) for n in ACCOUNTS} for r in READERS}


def _complete(log_evidence: Mapping[str, float]) -> dict[str, float | None]:
    return {name: log_evidence.get(name) for name in ACCOUNTS}


def posterior_odds(
    log_evidence: Mapping[str, float | None], *, weeks: int, therapy: str
) -> dict[str, dict[str, float]]:
    """Posterior probability of each account for each reader; 0 where an account could not be weighed."""
    assessable = {name: value is not None for name, value in log_evidence.items()}
    best = max(value for value in log_evidence.values() if value is not None)
    likelihood = {
        name: 0.0 if value is None else float(np.exp(value - best)) for name, value in log_evidence.items()
    }
    odds = {}
    for reader, prior in readers(weeks, therapy, assessable).items():
        joint = {name: prior[name] * likelihood[name] for name in ACCOUNTS}
        total = sum(joint.values())
        odds[reader] = {name: p / total for name, p in joint.items()}
    return odds


def three_questions(odds: Mapping[str, float]) -> dict[str, float]:
    """Changed for the better, holds on hard days and inwardly, outlasts the threat: not nested, read together."""
    changed = odds["temporary"] + odds["surface"] + odds["conditional"] + odds["lasting"]
    return {
        "changed": changed,
        "holds": changed - odds["surface"],
        "outlasts": odds["surface"] + odds["lasting"],
    }


def conclude(weighed: Weighed, therapy: str, *, dated: bool) -> Verdict:
    """The verdict from the evidence: of the present segment, where earlier regimes stand before it."""
    record, likeliest = weighed.record, weighed.along[0]
    log_evidence, odds = weighed.log_evidence(), weighed.odds(therapy)
    now = present(record, likeliest.start)
    given = posterior_odds(log_evidence, weeks=now.weeks, therapy=therapy)["neutral"]
    draws = draw(record, weighed.evidences, given, standing(record, likeliest.earlier))
    error = weighed.numerical_error()
    unsure = unsure_arithmetic(error, odds["neutral"])
    account, word = word_of(weighed)(odds["neutral"], sure=not unsure)
    since = since_week(weighed.evidences, account, likeliest)
    began = since_words(likeliest, now.first, dated=dated)
    base = compared_from(likeliest, since, record.weeks)
    less = acts_less(draws, record, base)
    word = with_acts(account, word, less)
    return Verdict(
        weeks=record.weeks, first_week=record.first, dated=dated, odds=odds, log_evidence=log_evidence,
        assessable={name: value is not None for name, value in log_evidence.items()},
        questions=three_questions(odds["neutral"]),
        tests=plain_tests(draws, record, base), effect=effects(draws, base),
        words=sentence(account, word, record.weeks, since_words(likeliest, record.first + since, dated=dated)),
        problems=(
            *unsure, *acts_not_less(account, less), *one_sided(now, account, broad_onset(weighed)),
            *unsure_path(likeliest.share), *present_only(began), *find_problems(now),
        ),
        numerical_error=error,
        trajectories=trajectories(draws, record),
        detail={
            "leading": {"account": account, "word": word},
            "acts_less": less,
            "therapy": therapy,
            "hyperprior": weighed.hyperprior,
            "informative_cells": len(record.cells),
            "error_rates": error_rates(now.weeks, len(now.cells) / now.weeks, word),
            "evaluations": sum(e.evaluations for e in weighed.evidences.values()),
            **path_detail(weighed.along, record, since, weighed.search_error(therapy), dated=dated),
        },
    )  # fmt: skip


def word_of(weighed: Weighed) -> Callable[..., tuple[str, str]]:
    """`words.leading` for this record: from neutral odds and `sure`, the leading account and its word."""
    now = present(weighed.record, weighed.along[0].start)
    onset = broad_onset(weighed)
    return partial(
        leading, weeks=np.unique(now.week).size, held=now.weeks - onset, instruments=len(vouching(now, onset)),
        told_apart=told_apart(now),
    )  # fmt: skip


def broad_onset(weighed: Weighed) -> float:
    """Posterior mean of the onset of a lasting change, in weeks from the present segment's first."""
    return likely_onset(weighed.evidences["lasting"]) - weighed.along[0].start


def sensitivity_of(weighed: Weighed, therapy: str, verdict: Verdict) -> dict[str, Any]:
    """What `Verdict.sensitivity` holds."""
    record, path = weighed.record, weighed.along[0].earlier
    sure = all(problem.code != "arithmetic_unsure" for problem in verdict.problems)
    word = word_of(weighed)

    def read(shifts: Mapping[str, float]) -> tuple[dict[str, float], str, str]:
        moved = [
            replace(a, log_evidence={n: v + shifts.get(n, 0.0) for n, v in a.log_evidence.items()})
            for a in weighed.along
        ]
        odds = averaged_odds(moved, record.weeks, therapy)["neutral"]
        account, rung = word(odds, sure=sure)
        return odds, account, with_acts(account, rung, verdict.detail["acts_less"])

    since = since_words(weighed.along[0], present(record, weighed.along[0].start).first, dated=verdict.dated)
    return told(lines(record, weighed.evidences, path), read, int(record.unwritten.sum()), since)


def likely_onset(evidence: Evidence) -> float:
    """Posterior mean of the onset, in weeks from the record's first."""
    shapes = evidence.evaluator.account.shapes
    weights = np.exp([c.log_weight - evidence.components[0].log_weight for c in evidence.components])
    onsets = [float(shapes[c.shape].onsets[c.onset]) for c in evidence.components]
    return float(np.average(onsets, weights=weights))

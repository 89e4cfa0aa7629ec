"""What each robustness item of the judge is worth: the same simulated households judged with it and without it.

    python benchmarks/robustness.py [--households 40] [--weeks 32] [--processes 2] [--items drift contrast ...]
                                    [--folder FOLDER] [--seed 0] [--out FILE.md]

One item at a time is taken out, here alone: the constant or function that holds it is replaced while a household is judged;
nobody who uses the judge can do that. Every item meets the scenarios that it is there for, in each of three worlds that has
them. Every household that was judged is a line in FOLDER and is not judged again; delete it after a change of the judge.

Equal priors over five accounts, over six where the item is about `conditional`. Differences are with minus without, of the
same households, with their standard error: right above 0 and log score below 0 speak for the item.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import power
from recovery import odds_of
from runs import Row, take_up
from scenarios import FIVE, SCENARIOS, SIX
from shares import FLOOR, HOPE, SURE, hopes, improved, likeliest

from velveteen.judge import effects, hyper, record, shapes
from velveteen.judge.arrays import Floats

WORLDS = ("circle", "other_world", "blind_world")
NEARLY_NONE = 0.01  # a standard deviation so small that the effect is as good as 0
NONE_PRIOR = 0.05  # of *none of these*, as the readers have it
Job = tuple[str, str, str, str, int, int]


@dataclass(frozen=True)
class Item:
    """One robustness item.

    Attributes:
        means: what it is, and what stands in its place where it is taken out.
        instead: "module.name" within the judge, and what replaces it.
        scenarios: what it is there for, and `plain` where a plain record has what it is about.
        accounts: weighed under equal priors.
    """

    means: str
    instead: Mapping[str, Any] = field(default_factory=dict)
    scenarios: tuple[str, ...] = ("plain",)
    accounts: tuple[str, ...] = FIVE


def unanchored(onsets: np.ndarray, _: tuple[int, ...]) -> Floats:
    """`shapes.onset_prior` without turning points."""
    return _ONSET_PRIOR(onsets, ())


def as_marked(marked: Floats, _: Sequence[int]) -> Floats:
    """`record.felt_limit` of a limit that nobody feels beyond its mark."""
    return marked


def drifting_together(whole: record.Record) -> effects.Effects:
    """`effects.shared_effects` of a record whose informants share one drift in counting and one in rating."""
    return _SHARED_EFFECTS(
        replace(whole, informants=whole.informants[:1], informant=np.zeros_like(whole.informant))
    )


def fixed_ratings(whole: record.Record, prior: Any = None) -> hyper.Hyper:
    """`hyper.hyper_for` with the variance of ratings at its prior median."""
    found = _HYPER_FOR(whole, prior)
    fixed = np.isin(found.names, ("rating_sd", "rating_share"))
    return replace(found, sd=np.where(fixed, NEARLY_NONE, found.sd))


_ONSET_PRIOR, _SHARED_EFFECTS, _HYPER_FOR = shapes.onset_prior, effects.shared_effects, hyper.hyper_for
_SHORT = [(weeks, weight) for weeks, weight in shapes.HALF_LIVES if weeks <= 16]
_SHORT_TOTAL = sum(weight for _, weight in _SHORT)

ITEMS: dict[str, Item] = {
    "drift": Item(
        "an informant's yardstick drifts; without: it never does",
        {"effects.DRIFT_SD": (NEARLY_NONE, NEARLY_NONE)}, ("plain", "drift"),
    ),
    "two_drifts": Item(
        "informants drift apart; without: all share one drift",
        {"api.shared_effects": drifting_together}, ("with_messages", "drift_with_messages"),
    ),
    "contrast": Item(
        "the contrast of hard and calm days drifts; without: it is constant",
        {"effects.CONTRAST_SD": NEARLY_NONE},
        ("plain", "mislabelled", "mislabelled_by_harm"),
    ),
    "strain_error": Item(
        "cells hold days of the other kind; without: strain is taken at its word",
        {"record.CALM_NODES": ((0.0, 1.0),), "record.HARD_NODES": ((1.0, 1.0),)},
        ("plain", "mislabelled", "mislabelled_by_harm"),
    ),
    "unrecorded": Item(
        "strain that was not recorded is mixed over a typical week; without: it is that week's mean",
        {"record.UNRECORDED_NODES": record.UNTOLD_NODES}, ("plain", "thin"),
    ),
    "transient": Item(
        "a record begins in a crisis that fades in four weeks; without: it does not",
        {"effects.TRANSIENT": (0.0, NEARLY_NONE)},
    ),
    "begun_before": Item("a pulse may have begun before the record; without: none has", {"shapes.BEFORE": 0}),
    "anchoring": Item(
        "half of the onset mass follows turning points; without: all weeks are alike", {"shapes.onset_prior": unanchored}
    ),
    "heavy_tail": Item(
        "pulses have half-lives of up to 60 weeks; without: of 16 at most",
        {"shapes.HALF_LIVES": tuple((weeks, weight / _SHORT_TOTAL) for weeks, weight in _SHORT)},
        ("plain", "half_lives"),
    ),
    "felt_limit": Item(
        "a limit is read as marked and as felt; without: as marked alone", {"record.felt_limit": as_marked}, accounts=SIX
    ),
    "none_of_these": Item("*none of these* takes .05 of the prior; without: nothing"),
    "rating_variance": Item(
        "the variance of ratings is integrated over; without: it stands at its prior median",
        {"api.hyper_for": fixed_ratings},
    ),
}  # fmt: skip


@contextmanager
def without(name: str) -> Iterator[None]:
    """The judge without one item; whole where the name is empty."""
    with ExitStack() as stack:
        for target, value in (ITEMS[name].instead if name else {}).items():
            stack.enter_context(patch(f"velveteen.judge.{target}", value))
        yield


def judged(job: Job) -> Row:
    """Judge one household: (item that is taken out or "", scenario, world, account, weeks, seed)."""
    with without(job[0]):
        return {**power.judged(job[1:]), "job": list(job), "without": job[0]}


def odds(row: Row, weighed: Sequence[str], *, none: bool) -> dict[str, float]:
    """Equal priors over the accounts; with `none`, *none of these* stands beside them with its prior."""
    found = odds_of(row, tuple(weighed))
    if not none:
        return found
    shift = math.log(NONE_PRIOR / (1.0 - NONE_PRIOR) * len(weighed))
    shifted = {**row["log_evidence"], "none_of_these": row["log_evidence"]["none_of_these"] + shift}
    return odds_of({"log_evidence": shifted}, (*weighed, "none_of_these"))


def compared(whole: Sequence[Row], less: Sequence[Row], name: str) -> dict[str, Any]:
    """What is said of the same households with an item and without it.

    Args:
        whole, less: rows with the item and without, in the same order; less is whole for *none of these*.
        name: of the item.
    """
    weighed, none = ITEMS[name].accounts, name == "none_of_these"
    pairs = [(a, b) for a, b in zip(whole, less, strict=True) if "refused" not in a and "refused" not in b]
    sides = [
        scored([a for a, _ in pairs], weighed, none=none), scored([b for _, b in pairs], weighed, none=False)
    ]  # fmt: skip
    if none:
        sides[1]["false hope"] = sum(hopes(_out(b), scaled=False) for b in less if b["truth"] != "lasting")
    return {
        "households": len(pairs), "with": sides[0], "without": sides[1],
        "right": difference(sides[0].pop("hits"), sides[1].pop("hits")),
        "log score": difference(sides[0].pop("losses"), sides[1].pop("losses")),
    }  # fmt: skip


def _out(row: Row) -> Row:
    return {**row, "log_evidence": {**row["log_evidence"], "none_of_these": None}}


def scored(rows: Sequence[Row], weighed: Sequence[str], *, none: bool) -> dict[str, Any]:
    """Right and log score of each household, and counts: sure, sure and right, false hope, false improvement.

    False hope: `lasting` above .80, neutral reader, where it is not true. False improvement: above .80, equal priors, where
    `same` or `worse` is true.
    """
    told = [odds(r, weighed, none=none) for r in rows]
    pairs = list(zip(rows, told, strict=True))
    sure = [(r, o) for r, o in pairs if max(o.values()) > SURE]
    still = [o for r, o in pairs if r["truth"] in ("same", "worse")]
    return {
        "hits": [float(likeliest(o) == r["truth"]) for r, o in pairs],
        "losses": [-math.log(max(o[r["truth"]], FLOOR)) for r, o in pairs if r["log_evidence"][r["truth"]] is not None],
        "sure": len(sure), "sure and right": sum(likeliest(o) == r["truth"] for r, o in sure),
        "false hope": sum(hopes(r, scaled=False) for r in rows if r["truth"] != "lasting"),
        "false improvement": sum(improved(o) > HOPE for o in still), "still": len(still),
    }  # fmt: skip


def difference(first: Sequence[float], second: Sequence[float]) -> tuple[float, float, float, float]:
    """Mean of each, mean of the paired differences, and its standard error."""
    apart = np.array(first) - np.array(second)
    return (
        float(np.mean(first)), float(np.mean(second)), float(apart.mean()),
        float(apart.std(ddof=1) / math.sqrt(apart.size)) if apart.size > 1 else math.nan,
    )  # fmt: skip


def settings(name: str, worlds: Sequence[str]) -> list[tuple[str, str]]:
    """(scenario, world) in which an item is looked at."""
    return [
        (scenario, world)
        for scenario in ITEMS[name].scenarios
        for world in worlds
        if SCENARIOS[scenario].possible_in(world)
    ]


def jobs(item: str, name: str, scenario: str, world: str, args: argparse.Namespace) -> list[Job]:
    """Households of one setting, the scenario's accounts in turn; `item` is taken out, `name` says which accounts."""
    true = [a for a in SCENARIOS[scenario].accounts if a in ITEMS[name].accounts]
    return [
        (item, scenario, world, true[i % len(true)], args.weeks, args.seed + i)
        for i in range(args.households)
    ]


def rows_of(item: str, name: str, scenario: str, world: str, args: argparse.Namespace) -> list[Row]:
    """The rows of one setting with an item taken out, or with all of them."""
    path = (
        args.folder / f"{item or 'whole'}-{len(ITEMS[name].accounts)}-{scenario}-{world}-{args.weeks}.jsonl"
    )
    return take_up(path, jobs(item, name, scenario, world, args), judged, args.processes)


HEAD = (
    "| item | scenario, world | right | difference | log score | difference | sure and right | false hope | "
    "false improvement |\n|---|---|---|---|---|---|---|---|---|"
)


def line(name: str, scenario: str, world: str, told: Mapping[str, Any]) -> str:
    """One row of the table: what is with the item, an arrow, what is without it."""
    have, lack = told["with"], told["without"]
    cells = [name, f"{scenario}, {world}"]
    for key in ("right", "log score"):
        first, second, apart, error = told[key]
        cells += [f"{first:.2f} → {second:.2f}", f"{apart:+.3f} ({error:.3f})"]
    cells.append(" → ".join(f"{s['sure and right']} of {s['sure']}" for s in (have, lack)))
    cells.append(f"{have['false hope']} → {lack['false hope']}")
    cells.append(
        f"{have['false improvement']} → {lack['false improvement']} of {have['still']}"
        if have["still"]
        else "–"
    )
    return "| " + " | ".join(cells) + " |"


def options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--households", type=int, default=40, help="a setting")
    parser.add_argument("--weeks", type=int, default=32)
    parser.add_argument("--worlds", nargs="+", choices=WORLDS, default=list(WORLDS))
    parser.add_argument("--items", nargs="+", choices=ITEMS, default=list(ITEMS))
    parser.add_argument("--folder", type=Path, default=Path("robustness-runs"))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="the table as Markdown")
    return parser.parse_args()


def main() -> None:
    """Run what is left of the run, and print the table."""
    args = options()
    lines = [HEAD]
    print(HEAD)
    for name in args.items:
        for scenario, world in settings(name, args.worlds):
            whole = rows_of("", name, scenario, world, args)
            less = rows_of(name, name, scenario, world, args) if ITEMS[name].instead else whole
            lines.append(line(name, scenario, world, compared(whole, less, name)))
            print(lines[-1], flush=True)
    if args.out:
        args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""What a coder's errors cost, and what their place in the likelihood gives back: households of the circle, coded.

    python benchmarks/coder_error.py [--households 40] [--weeks 32] [--messages 400] [--found .7] [--made-up .005]
                                     [--labelled 100 2000] [--seed 0]

Of a household's weekly cells those of harm, owning and empathy are kept, as if all of it had been counted in messages. What
was counted passes through a coder that finds a share of it and takes a share of everything else for it; its figures are
drawn as labelling so many items of the kind and others would give them. Each record is then judged four ways, five
accounts, equal priors: with the coder's figures, with their means as if these were known, without them (what it counted
taken at its word), and as it was before the coder. Differences are paired over households. `now : before`: harm in the last
four weeks over the first four, as the verdict gives it, geometric mean over households in which `lasting` is true.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from recovery import FIVE, odds_of
from shares import FLOOR, SURE, likeliest

import velveteen as vt
from velveteen.measure.cells import Cell
from velveteen.measure.channels import Channel, registry
from velveteen.measure.coders import Coder
from velveteen.measure.weekly import weekly_cells

CHANNELS = ("harm", "owning", "empathy")
EXACT = 10**8  # labelled items from which on a rate is as good as known
WITH, MEANS, WITHOUT, BEFORE = "with its figures", "their means", "taken at its word", "before the coder"


@dataclass(frozen=True)
class Errors:
    """What a coder does: shares found and made up, messages a week together, and labelled items of the kind and others."""

    found: float
    made_up: float
    messages: int
    labelled: tuple[int, int] = (100, 2000)


def coded(cell: Cell, errors: Errors, rng: np.random.Generator) -> Cell:
    """A cell as the coder counts it; a share is of the items that it holds, a count of the week's messages."""
    counts = registry()[cell.channel].family == "count"
    items = max(round(errors.messages * cell.of), int(cell.value)) if counts else int(cell.of)
    there = int(cell.value)
    seen = rng.binomial(there, errors.found) + rng.binomial(items - there, errors.made_up)
    return replace(
        cell, value=float(seen), informant="messages", audience="messages", coded=float(items), row=None
    )


def figures(errors: Errors, rng: np.random.Generator) -> Coder:
    """What a labelled sample says of the coder."""
    known, others = errors.labelled
    hits, false = rng.binomial(known, errors.found), rng.binomial(others, errors.made_up)
    return Coder((int(hits), known), (int(false), others))


def as_known(coder: Coder) -> Coder:
    """The same means without their uncertainty."""
    return Coder((round(coder.finds * EXACT), EXACT), (round(coder.makes_up * EXACT), EXACT))


def channels(coders: Mapping[str, Coder]) -> dict[str, Channel]:
    """The three channels with a coder each."""
    return {name: replace(registry()[name], coder=coder) for name, coder in coders.items()}


def judged(account: str, weeks: int, seed: int, errors: Errors) -> dict[str, dict[str, Any]]:
    """One household, judged four ways."""
    rng = np.random.default_rng([seed, 16])
    cells, points, _ = weekly_cells(vt.simulate(account, weeks, seed).entries())
    before = [c for c in cells if c.channel in CHANNELS]
    after = [coded(c, errors, rng) for c in before]
    coders = {name: figures(errors, rng) for name in CHANNELS}
    means = {name: as_known(coder) for name, coder in coders.items()}
    ways: dict[str, tuple[list[Cell], Mapping[str, Channel] | None]] = {
        WITH: (after, channels(coders)), MEANS: (after, channels(means)), WITHOUT: (after, None),
        BEFORE: (before, None),
    }  # fmt: skip
    return {way: _row(account, vt.judge(c, points, own, sensitivity=False)) for way, (c, own) in ways.items()}


def _row(account: str, verdict: vt.Verdict) -> dict[str, Any]:
    odds = odds_of({"log_evidence": verdict.log_evidence}, FIVE)
    sure, effect = max(odds.values()) > SURE, verdict.effect["harm"]
    right = likeliest(odds) == account
    return {
        "truth": account, "right": float(right), "log score": -math.log(max(odds[account], FLOOR)),
        "sure and right": float(sure and right), "sure and wrong": float(sure and not right),
        "change": math.log(effect.now / effect.before),
    }  # fmt: skip


def say(rows: list[dict[str, dict[str, Any]]]) -> None:
    """Print a line a way, and the paired differences of the first from the others."""
    measures = ("right", "log score", "sure and right", "sure and wrong")
    for way in (WITH, MEANS, WITHOUT, BEFORE):
        parts = [f"{m} {_mean([r[way][m] for r in rows])}" for m in measures]
        lasting = [r[way]["change"] for r in rows if r[way]["truth"] == "lasting"]
        print(f"{way}: {'  '.join(parts)}  now : before {math.exp(float(np.mean(lasting))):.2f}")
    for way in (MEANS, WITHOUT, BEFORE):
        parts = [f"{m} {_mean([r[WITH][m] - r[way][m] for r in rows])}" for m in measures]
        print(f"{WITH} less {way}: {'  '.join(parts)}")


def _mean(values: list[float]) -> str:
    """Mean and standard error."""
    return f"{np.mean(values):.3f} ({np.std(values, ddof=1) / math.sqrt(len(values)):.3f})"


def main() -> None:
    """Judge the households and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--households", type=int, default=40)
    parser.add_argument("--weeks", type=int, default=32)
    parser.add_argument("--messages", type=int, default=400, help="a week together")
    parser.add_argument("--found", type=float, default=0.7)
    parser.add_argument("--made-up", type=float, default=0.005)
    parser.add_argument(
        "--labelled", type=int, nargs=2, default=(100, 2000), help="items of the kind, and others"
    )
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    errors = Errors(args.found, args.made_up, args.messages, tuple(args.labelled))
    say([judged(FIVE[i % 5], args.weeks, args.seed + i, errors) for i in range(args.households)])


if __name__ == "__main__":
    main()

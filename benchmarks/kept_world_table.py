"""What the kept world looks like from its cells: `python benchmarks/kept_world_table.py --households 200 --weeks 104`.

Prints, for each account, the mean over households of each channel in the first and in the last third of the record, calm
and hard days apart where that is told; then what each account is meant to do, measured against its own truth; then how far
households differ and how many changes began within four weeks after a recorded turning point. See kept_world/README.md.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from kept_world import ACCOUNTS, simulate
from kept_world.simulate import World, live_one

from velveteen.measure.cells import Cell
from velveteen.measure.weekly import weekly_cells

COLUMNS = (
    ("harm", 0.0, "harm a week, calm days"), ("harm", 1.0, "harm a week, hard days"),
    ("regard", 0.0, "treated, calm"), ("regard", 1.0, "treated, hard"), ("promises", None, "promises kept"),
    ("owning", None, "owned"), ("empathy", None, "feelings acknowledged"), ("equals", None, "taken as a person"),
    ("free_to_say_no", None, "free to say no"),
)  # fmt: skip
SPLIT = ("harm", "regard")  # channels shown apart for calm and hard days
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
AVERAGED = ("regard", "equals", "free_to_say_no")


def level(cells: Iterable[Cell], channel: str, strain: float | None) -> float:
    """Mean of a channel over some cells, weighted by `of`; NaN where there are none."""
    mine = [c for c in cells if c.channel == channel and (channel not in SPLIT or c.strain == strain)]
    of = sum(c.of for c in mine)
    total = sum(c.value * (c.of if channel in AVERAGED else 1) for c in mine)
    return total / of if of else float("nan")


def thirds(account: str, weeks: int, seed: int) -> list[tuple[float, float]]:
    """Each column's level in the first and in the last third of one household's record."""
    cells = weekly_cells(simulate(account, weeks, seed))[0]
    first, span = cells[0].week, cells[-1].week - cells[0].week + 1
    early = [c for c in cells if c.week < first + span / 3]
    late = [c for c in cells if c.week >= first + span * 2 / 3]
    return [(level(early, name, s), level(late, name, s)) for name, s, _ in COLUMNS]


def rate(world: World, days: Sequence[bool] | np.ndarray, *, hard: bool | None = None) -> float:
    """Harmful acts on such days together, a week; NaN where there are none."""
    met = [d for d, of_it in zip(world.days, days, strict=True) if of_it and d.contact]
    met = [d for d in met if hard is None or d.hard == hard]
    return 7 * sum(d.harms for d in met) / len(met) if met else float("nan")


def ratios(account: str, world: World) -> dict[str, float]:
    """Harm while changed against harm before, by the truth of one household: what the account is meant to do."""
    days, course = world.days, world.pair.course
    t = np.arange(len(days))
    if course.onset is None:
        return {"second half : first half": _ratio(rate(world, t >= len(t) / 2), rate(world, t < len(t) / 2))}
    before = t < course.onset
    full = course.height > 0.8
    if account == "conditional":
        standing = np.array([d.standing for d in days])
        loose = (t >= course.onset) & ~standing
        return {
            "limit stands : before": _ratio(rate(world, (t >= course.onset) & standing), rate(world, before)),
            "limit slipped : before": _ratio(rate(world, loose), rate(world, before)),
        }
    found = {
        f"{name} days, full change : before": _ratio(rate(world, full, hard=h), rate(world, before, hard=h))
        for name, h in (("calm", False), ("hard", True))
    }
    if account == "temporary":
        over = (course.height < 0.1) & (t > course.onset + np.argmax(course.height[course.onset :]))
        found["after it : before"] = _ratio(rate(world, over), rate(world, before))
    return found


def after_turning(world: World) -> bool:
    """Whether the change began within four weeks after a turning point that stands in the record."""
    onset = world.pair.course.onset
    return onset is not None and any(day.points for day in world.days[max(onset - 28, 0) : onset + 1])


def good_times(world: World) -> list[float]:
    """Weeks of each stretch in which a temporary change stood above half of its full height."""
    edges = np.flatnonzero(np.diff(np.r_[0, world.pair.course.height > 0.5, 0].astype(int)))
    return [float(weeks) for weeks in (edges[1::2] - edges[::2]) / 7]


def pooled(values: Iterable[float]) -> float:
    """The ratio of an ordinary household: the median, as single households divide by hardly anything."""
    known = [v for v in values if np.isfinite(v)]
    return float(np.median(known)) if known else float("nan")


def _ratio(changed: float, before: float) -> float:
    return changed / before if before > 0 else float("nan")


def main() -> None:
    """Simulate and print three Markdown tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--households", type=int, default=200)
    parser.add_argument("--weeks", type=int, default=104)
    options = parser.parse_args()
    seeds = range(options.households)
    print("| account | " + " | ".join(words for *_, words in COLUMNS) + " |")
    print("|---" * (len(COLUMNS) + 1) + "|")
    for account in ACCOUNTS:
        means = np.nanmean([thirds(account, options.weeks, seed) for seed in seeds], axis=0)
        print(f"| {account} | " + " | ".join(f"{a:.2f} → {b:.2f}" for a, b in means) + " |")
    print("\n| account | what | ratio in the median household |\n|---|---|---|")
    turned: list[bool] = []
    for account in ACCOUNTS:
        found: dict[str, list[float]] = defaultdict(list)
        for seed in seeds:
            world = live_one(account, options.weeks, seed)
            turned += [] if account == "same" else [after_turning(world)]
            for what, value in ratios(account, world).items():
                found[what].append(value)
        for what, values in found.items():
            print(f"| {account} | {what} | {pooled(values):.2f} |")
    print(
        f"\nChanges within four weeks after a recorded turning point: {np.mean(turned):.2f} of {len(turned)}."
    )
    acts = [rate(live_one("same", options.weeks, s), np.ones(7 * options.weeks, dtype=bool)) for s in seeds]
    print(f"Harmful acts a week together where nothing changes: {_spread(acts)}.")
    temporary = [live_one("temporary", options.weeks, seed) for seed in seeds]
    print(f"Weeks of a temporary good time: {_spread(w for world in temporary for w in good_times(world))}.")
    several = np.mean([len(good_times(world)) > 1 for world in temporary])
    running = np.mean([world.pair.course.height[-1] > 0.5 for world in temporary])
    print(f"Temporary, with several good times: {several:.2f}; in one at the record's end: {running:.2f}.")


def _spread(values: Iterable[float]) -> str:
    return ", ".join(f"{q:.1f}" for q in np.nanquantile(list(values), QUANTILES)) + " (5, 25, 50, 75, 95 %)"


if __name__ == "__main__":
    main()

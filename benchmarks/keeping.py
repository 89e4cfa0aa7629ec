"""How often a record is warned of for how it was kept: households of the circle, kept in full, well, and in each bad way.

    python benchmarks/keeping.py [--households 120] [--weeks 52] [--seed 0] [--out FILE.json]

Nothing is judged. Each row is a way of keeping (`velveteen.circle.RecordKeeping`, or whole weeks in place of days), each
column a warning of `velveteen.judge.keeping`, each figure the share of households that got it, with exact 95 % limits.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scenarios import SIX, whole_weeks
from shares import share

import velveteen as vt
from velveteen.circle import FULL, RecordKeeping
from velveteen.journal.entries import Entry
from velveteen.judge.keeping import find_keeping
from velveteen.judge.record import build_record
from velveteen.measure.channels import registry
from velveteen.measure.weekly import weekly_cells

CODES = ("writing_thins_out", "hard_weeks_missing", "calm_weeks_missing", "whole_weeks")
WAYS: dict[str, RecordKeeping] = {
    "in full": FULL,
    "diligent": RecordKeeping(),
    "half of the days": RecordKeeping(days_written=0.5),
    "three days in ten": RecordKeeping(days_written=0.3),
    "days fall to half in a year": RecordKeeping(diligence_decay=0.7),
    "days fall to a fifth in a year": RecordKeeping(diligence_decay=1.6),
    "three bad weeks in ten unwritten": RecordKeeping(bad_weeks_unwritten=0.3),
    "six bad weeks in ten unwritten": RecordKeeping(bad_weeks_unwritten=0.6),
    "all bad weeks unwritten": RecordKeeping(bad_weeks_unwritten=1.0),
    "three good weeks in ten unwritten": RecordKeeping(good_weeks_unwritten=0.3),
    "six good weeks in ten unwritten": RecordKeeping(good_weeks_unwritten=0.6),
    "all good weeks unwritten": RecordKeeping(good_weeks_unwritten=1.0),
    "whole weeks": RecordKeeping(),
}


def warned(entries: list[Entry]) -> set[str]:
    """Codes of the warnings of one record."""
    cells, points, _ = weekly_cells(entries)
    return {problem.code for problem in find_keeping(build_record(cells, points, registry()))}


def run(way: str, households: int, weeks: int, seed: int) -> dict[str, Any]:
    """Share of households with each warning, and with any."""
    counts: Counter[str] = Counter()
    for i in range(households):
        entries = vt.simulate(SIX[i % len(SIX)], weeks, seed + i, record=WAYS[way]).entries()
        codes = warned(whole_weeks(entries, np.random.default_rng(seed)) if way == "whole weeks" else entries)
        counts.update(codes | ({"any"} if codes else set()))
    return {code: share(counts[code], households) for code in (*CODES, "any")}


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--households", type=int, default=120)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    print(f"{args.households} households of {args.weeks} weeks each")
    told = {}
    for way in WAYS:
        told[way] = run(way, args.households, args.weeks, args.seed)
        shown = (f"{code} {s['share']:.2f} ({s['low']:.2f}–{s['high']:.2f})" for code, s in told[way].items())
        print(f"{way:34} {'  '.join(shown)}")
    if args.out:
        args.out.write_text(json.dumps(told, indent=1), "utf-8")


if __name__ == "__main__":
    main()

"""Published single-case series: is a change said where one was intended, and where none was, by the judge and by others?

    python benchmarks/real.py SERIES.csv [--alarms .10] [--out FILE.json] [--first-half]

Every method gives each segment (`series.py`) one number that grows with how surely it says "changed". Its threshold is
frozen on the untreated baselines of one half of the sites, at the largest share of alarms asked for; on the other half
follow the share of intended changes found and the alarms there. Differences come with a 95 % bootstrap interval over sites.
Baselines are shorter than pairs, and a method that alarms more the longer a series is gains by that: so everything stands
once more with thresholds frozen on shuffled pairs, which are as long as pairs and hold no change.
All methods are read twice: with the direction ignored, and as an improvement only. The judge: 1 - odds(same) for the first;
odds(temporary) + odds(surface) + odds(lasting) for the second, equal priors. The others, for the second: nothing is found
where the last third of the segment is no better than the first. Of the variants of a peer the one that finds more on the
first half is kept. `--first-half` stops before the second half is looked at: for those who change the model.

Missing values are dropped. Whole-number ratings of at most 10 points are told to the judge as so many points of those there
are, whole counts as counts, everything else as a rating within the range of its series. Needs `pip install ruptures Rbeast`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from alarms import Result, curve, difference, frozen_row, scores_of, share_above, threshold
from bars import thresholds
from series import Segment, all_segments, channel_of, first_half, read_series, table_of, weeks_of
from series_peers import PEERS, VARIANTS

import velveteen as vt
from velveteen.judge.arrays import Floats

MIN_CELLS = 8
JUDGE = "Velveteen"
READINGS = ("direction ignored", "improvement only")
CALM = ("baseline", "shuffled")


def assess(segment: Segment, top: float) -> Result:
    """Scores of every method for one segment, and the judge's odds."""
    values = np.array(segment.values)
    better = improved(values, segment.sign)
    scores = {name: method(values) for name, method in PEERS.items()}
    odds = judged(segment, top)
    changed = {**scores, JUDGE: 1.0 - odds["same"]}
    improvement = {name: value if better else 0.0 for name, value in scores.items()}
    improvement[JUDGE] = odds["temporary"] + odds["surface"] + odds["lasting"]
    return {
        "kind": segment.kind, "site": segment.site, "case": segment.case, "measure": segment.measure,
        "n": len(segment.rows), "lengths": segment.lengths, "family": channel_of(segment, top).family,
        "direction ignored": changed, "improvement only": improvement, "odds": odds,
        "told": judged(segment, top, told=True) if segment.kind == "reversal" else None,
    }  # fmt: skip


def improved(values: Floats, sign: float) -> bool:
    """Whether the last third is better than the first."""
    part = max(2, values.size // 3)
    return bool(sign * (values[-part:].mean() - values[:part].mean()) > 0)


def judged(segment: Segment, top: float, *, told: bool = False) -> dict[str, float]:
    """The judge's odds under equal priors; `told`: with the beginning and the end of treatment as turning points."""
    weeks = weeks_of(segment)
    points = None
    if told:
        starts = np.cumsum(segment.lengths)[:2]
        kinds = ["therapy_began", "therapy_ended"]
        points = {"week": [weeks[i] for i in starts], "kind": kinds}
    channels = {"series": channel_of(segment, top)}
    verdict = vt.judge(
        table_of(segment, top), points, channels=channels, min_cells=MIN_CELLS, sensitivity=False
    )
    return verdict.odds["equal"]


def kept_methods(first: Sequence[Result], alarms: float, reading: str) -> list[str]:
    """The judge, and of each peer the variant that finds most on the first half."""

    def found(method: str) -> float:
        level = threshold(scores_of(first, "baseline", reading, method), alarms)
        return share_above(scores_of(first, "pair", reading, method), level)

    return [JUDGE, *(max(names, key=found) for names in VARIANTS)]


def reversals(results: Sequence[Result]) -> Result:
    """How the judge reads a change that was taken back: not told and told when treatment began and ended."""
    taken_back = [r for r in results if r["kind"] == "reversal"]
    table: Result = {"reversals": len(taken_back)}
    for name in ("odds", "told"):
        odds = [r[name] for r in taken_back]
        likeliest = [max(o, key=o.__getitem__) == "temporary" for o in odds]
        over_lasting = [o["temporary"] > o["lasting"] for o in odds]
        table[name] = {
            "temporary likeliest": float(np.mean(likeliest)),
            "above lasting": float(np.mean(over_lasting)),
        }
    return table


def run(path: Path, *, only_first: bool) -> tuple[list[Result], set[str]]:
    """Results of all segments (or those of the first half), and the sites of the first half."""
    series, missing = read_series(path)
    found = all_segments(series)
    half = first_half(s.site for s in found)
    chosen = [s for s in found if s.site in half] if only_first else found
    print(f"{len(series)} series, {missing} missing values dropped, {len(chosen)} segments", file=sys.stderr)
    tops = instrument_tops(found)
    results = []
    for done, segment in enumerate(chosen, 1):
        results.append(assess(segment, tops[segment.study, segment.measure]))
        print(f"\r{done}/{len(chosen)}", end="", file=sys.stderr)
    print(file=sys.stderr)
    return results, half


def instrument_tops(found: Sequence[Segment]) -> dict[tuple[str, str], float]:
    """The largest value that a study ever noted for a measure."""
    tops: dict[tuple[str, str], float] = {}
    for segment in found:
        key = segment.study, segment.measure
        tops[key] = max(tops.get(key, 0.0), *segment.whole)
    return tops


def report(results: list[Result], half: set[str], alarms: float) -> Result:
    """Every table, as plain values."""
    first = [r for r in results if r["site"] in half]
    second = [r for r in results if r["site"] not in half]
    told: Result = {"alarms asked for": alarms, "first half": sorted(half), "reversals": reversals(results)}
    for reading in READINGS:
        methods = kept_methods(first, alarms, reading)
        told[reading] = {
            "methods": methods,
            "curve, first half": {m: curve(first, reading, m) for m in methods},
            "curve, second half": {m: curve(second, reading, m) for m in methods} if second else {},
            **{calm: compared(first, second, methods, alarms, reading, calm) for calm in CALM if second},
        }
    told["bars"] = checked(told[thresholds()["real"]["reading"]]["baseline"]) if second else []
    return told


def compared(
    first: Sequence[Result],
    second: Sequence[Result],
    methods: Sequence[str],
    alarms: float,
    reading: str,
    calm: str,
) -> Result:
    """Thresholds frozen on one kind of calm segment: found and alarms, and the judge's gap to each other method."""
    gaps = [
        {
            "to": m, "matched": matched,
            "gap": difference(first, second, (JUDGE, m), alarms, reading, matched=matched, calm=calm),
        }
        for m in methods[1:] for matched in (False, True)
    ]  # fmt: skip
    return {
        "frozen": [frozen_row(m, first, second, alarms, reading, calm) for m in methods],
        "differences": gaps,
    }


def checked(part: Result) -> list[Result]:
    """The bars of `thresholds.toml` on the second half: found, alarms, and the lower limits of the gaps to the peers."""
    bars = thresholds()["real"]
    mine = next(row for row in part["frozen"] if row["method"] == JUDGE)
    found, alarms = mine["found, second half"], mine["alarms, second half"]
    gaps = [
        {
            "name": f"found more than {row['to']}, {'equal alarms' if row['matched'] else 'frozen thresholds'}, lower limit",
            "value": row["gap"][1], "met": row["gap"][1] > bars["gap_low_above"],
        }
        for row in part["differences"] if row["to"].split(",")[0] in bars["peers"]
    ]  # fmt: skip
    return [
        {"name": "found", "value": found, "met": found >= bars["found_at_least"]},
        {"name": "alarms", "value": alarms, "met": alarms <= bars["alarms_at_most"]},
        *gaps,
    ]


def show(told: Result) -> None:
    """Print the tables."""
    for reading in READINGS:
        for calm in (c for c in CALM if c in told[reading]):
            print(
                f"\n{reading}, at most {told['alarms asked for']:.0%} alarms on {calm} segments of the first half"
            )
            _show_compared(told[reading][calm])
        for name in ("curve, first half", "curve, second half"):
            for method, points in told[reading][name].items():
                print(f"   {name}: {method:26}", "  ".join(f"{a:.2f}: {f:.2f}" for a, f in points))
    print("\nreversals:", told["reversals"])
    for bar in told["bars"]:
        print(f"  {'met' if bar['met'] else 'missed':8}{bar['name']}: {bar['value']:.3f}")


def _show_compared(part: Result) -> None:
    for row in part["frozen"]:
        print("  ", "  ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{v:26}" for k, v in row.items()))
    for row in part["differences"]:
        how = "equal alarms on the second half" if row["matched"] else "frozen thresholds"
        gap, low, high = row["gap"]
        print(f"   found more than {row['to']}, {how}: {gap:+.3f} ({low:+.3f} to {high:+.3f})")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("series", type=Path, nargs="?")
    parser.add_argument("--alarms", type=float, default=0.10)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--first-half", action="store_true")
    parser.add_argument(
        "--again", type=Path, metavar="FILE.json", help="tables anew from the segments of an --out file"
    )
    args = parser.parse_args()
    started = time.perf_counter()
    if args.again:
        kept = json.loads(args.again.read_text("utf-8"))
        results, half = kept["segments"], set(kept["first half"])
    else:
        results, half = run(args.series, only_first=args.first_half)
    told = report(results, half, args.alarms)
    show(told)
    print(f"{len(results)} segments, {time.perf_counter() - started:.0f} s")
    if args.out:
        args.out.write_text(json.dumps({**told, "segments": results}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

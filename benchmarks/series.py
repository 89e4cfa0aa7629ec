"""Published single-case series: reading them, the segments that are judged, and which half of the sites each belongs to.

The table has the columns source, study, case, measure, kind, direction, time, phase, cond, y. A series is one (source,
study, case, measure). Four kinds of segment:

baseline   the longest run of untreated observations, if it has 8 or more: no change was intended
pair       a baseline run directly followed by a treated one, 4 or more observations each: a change was intended
reversal   baseline, treatment and baseline again, 4 or more observations each: a change was intended, and taken back
shuffled   a pair with its values in random order: as long and as scattered as the pair, and without any change

A *site* is a study; the one study that holds most of the baselines ran in seven classes, and each class is a site. Halves
are made of sites, alternately in the order of a hash of their names, the classes and the other studies each for themselves.
"""

from __future__ import annotations

import csv
import hashlib
import math
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from velveteen.measure.channels import Channel

Row = dict[str, str]
Key = tuple[str, ...]
FEWEST, FEWEST_ALONE = 4, 8  # observations in each phase of a segment, and in a baseline on its own
MOST_POINTS = 10  # of a rating that is taken as points out of those there are
BY_CLASS = {"Leidig2018": 2}  # letters of a case's name that name its class


@dataclass(frozen=True)
class Segment:
    """One stretch of a series, in order of time.

    Attributes:
        kind: baseline, pair, reversal or shuffled.
        study, site, case, measure: where it is from.
        rows: of the segment; lengths: observations in each of its phases.
        whole: values of the whole series, for the range of the measure.
    """

    kind: str
    study: str
    site: str
    case: str
    measure: str
    rows: tuple[Row, ...]
    lengths: tuple[int, ...]
    whole: tuple[float, ...]

    @property
    def values(self) -> list[float]:
        """Observed values."""
        return [float(row["y"]) for row in self.rows]

    @property
    def sign(self) -> float:
        """+1 where more is better, -1 where less is."""
        return 1.0 if self.rows[0]["direction"] == "increase" else -1.0


def read_series(path: Path) -> tuple[dict[Key, list[Row]], int]:
    """Rows of each series in order of time, and how many missing values were dropped."""
    series: dict[Key, list[Row]] = defaultdict(list)
    missing = 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if _finite(row["y"]):
                series[row["source"], row["study"], row["case"], row["measure"]].append(row)
            else:
                missing += 1
    for rows in series.values():
        rows.sort(key=lambda r: float(r["time"]))
    return series, missing


def _finite(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def all_segments(series: dict[Key, list[Row]]) -> list[Segment]:
    """Every segment of every series, and every pair once more, shuffled."""
    found = [segment for key, rows in series.items() for segment in segments(key, rows)]
    return found + [shuffled(segment) for segment in found if segment.kind == "pair"]


def shuffled(segment: Segment) -> Segment:
    """The same values in an order that the segment's name decides."""
    name = f"{segment.study} {segment.case} {segment.measure} {segment.lengths} {segment.rows[0]['time']}"
    rng = random.Random(name)
    values = [row["y"] for row in segment.rows]
    rng.shuffle(values)
    rows = tuple({**row, "y": y} for row, y in zip(segment.rows, values, strict=True))
    return replace(segment, kind="shuffled", rows=rows)


def segments(key: Key, rows: list[Row]) -> list[Segment]:
    """The baseline, the pairs and the reversals of one series."""
    runs = [(cond, list(run)) for cond, run in groupby(rows, key=lambda r: r["cond"])]
    alone = [run for cond, run in runs if cond == "baseline" and len(run) >= FEWEST_ALONE]
    found = [("baseline", [max(alone, key=len)])] if alone else []
    for kind, order in (
        ("pair", ("baseline", "treatment")),
        ("reversal", ("baseline", "treatment", "baseline")),
    ):
        for start in range(len(runs) - len(order) + 1):
            part = runs[start : start + len(order)]
            if tuple(c for c, _ in part) == order and min(len(run) for _, run in part) >= FEWEST:
                found.append((kind, [run for _, run in part]))
    whole = tuple(float(r["y"]) for r in rows)
    return [
        Segment(
            kind, key[1], site(key[1], key[2]), key[2], key[3], tuple(r for run in part for r in run),
            tuple(len(run) for run in part), whole,
        )
        for kind, part in found
    ]  # fmt: skip


def site(study: str, case: str) -> str:
    """The study, or its class where the study ran in classes."""
    return f"{study} {case[: BY_CLASS[study]]}" if study in BY_CLASS else study


def first_half(sites: Iterable[str]) -> set[str]:
    """The sites on which thresholds are frozen: every other one in the order of a hash, classes and studies apart."""
    ordered = sorted(set(sites), key=lambda s: hashlib.sha256(s.encode()).hexdigest())
    in_classes = [s for s in ordered if any(s.startswith(f"{study} ") for study in BY_CLASS)]
    return {*in_classes[::2], *[s for s in ordered if s not in in_classes][::2]}


def channel_of(segment: Segment, top: float) -> Channel:
    """How the judge is told of a measure.

    A count where every value is whole and the kind says so; a share of the points there are where every value of a rating
    is whole and `top`, the most the study ever noted for it, is at most MOST_POINTS; else a rating within the series' range.
    """
    whole = all(v == int(v) for v in segment.whole)
    kind = segment.rows[0]["kind"]
    points = whole and kind.startswith("rating") and top <= MOST_POINTS
    family = "count" if whole and kind == "count" else "proportion" if points else "rating"
    low, high = min(0.0, *segment.whole), max(segment.whole)
    return Channel(
        name="series", family=family, better="more" if segment.sign > 0 else "less", side="outward",
        range=(low, high if high > low else low + 1.0) if family == "rating" else None,
        scale=None, level=None, unit=segment.measure, label=segment.measure,
    )  # fmt: skip


def weeks_of(segment: Segment) -> list[int]:
    """A week for each session, numbered from 0 as they come; sessions at the same time are told apart by order."""
    first = float(segment.rows[0]["time"])
    weeks: list[int] = []
    for row in segment.rows:
        week = round(float(row["time"]) - first)
        weeks.append(week if not weeks or week > weeks[-1] else weeks[-1] + 1)
    return weeks


def table_of(segment: Segment, top: float) -> dict[str, list[Any]]:
    """Cells: one a session; points are out of `top`."""
    of = top if channel_of(segment, top).family == "proportion" else 1.0
    size = len(segment.rows)
    return {
        "week": weeks_of(segment), "channel": ["series"] * size, "value": list(segment.values), "of": [of] * size,
    }  # fmt: skip

"""How far two raters agree who worked apart, from the guide alone: Cohen's kappa a label, with a bootstrap interval.

    python training/agreement.py [--json]

First labels: `sentences/test.jsonl` (its author's) and the part of `sentences/train*.jsonl` that was rated as well. Second
labels: `sentences/second_rater.jsonl`. Kappa: Cohen 1960, Educational and Psychological Measurement 20, 37-46.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

SENTENCES = Path(__file__).parent / "sentences"
LABELS = (
    "apology_bare", "apology_owned", "apology_excuse", "apology_repair", "blame", "denial", "contempt", "threat",
    "acknowledges", "interest", "absolutes", "both_sides", "grandiose", "order", "request", "offer", "promise",
)  # fmt: skip
DRAWS = 2000
Labels = dict[str, frozenset[str]]


def labels_in(pattern: str) -> Labels:
    """Labels by id of all files that fit the pattern."""
    rows = (
        json.loads(line)
        for file in sorted(SENTENCES.glob(pattern))
        for line in file.read_text("utf-8").splitlines()
    )
    return {row["id"]: frozenset(row["labels"]) for row in rows}


def kappa(first: np.ndarray, second: np.ndarray) -> float:
    """Agreement beyond chance of two judgements yes or no; nan where neither varies."""
    agreed = float(np.mean(first == second))
    by_chance = float(first.mean() * second.mean() + (1 - first.mean()) * (1 - second.mean()))
    return (agreed - by_chance) / (1 - by_chance) if by_chance < 1 else float("nan")


def agreement(first: Labels, second: Labels, label: str, rng: np.random.Generator) -> dict[str, object]:
    """Kappa with its 95 % percentile interval, and the counts: both, only the first, only the second."""
    ids = sorted(first.keys() & second.keys())
    a = np.array([label in first[i] for i in ids])
    b = np.array([label in second[i] for i in ids])
    draws = rng.integers(0, len(ids), (DRAWS, len(ids)))
    low, high = np.nanpercentile([kappa(a[draw], b[draw]) for draw in draws], [2.5, 97.5])
    counts = [int((a & b).sum()), int((a & ~b).sum()), int((~a & b).sum())]
    return {
        "label": label,
        "kappa": round(kappa(a, b), 2),
        "interval": [round(low, 2), round(high, 2)],
        "both_first_second": counts,
    }


def main() -> None:
    """Prints the agreement on each label, of both sets."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    rng, second = np.random.default_rng(0), labels_in("second_rater.jsonl")
    for name, first in (("test", labels_in("test.jsonl")), ("training", labels_in("train*.jsonl"))):
        rows = [agreement(first, second, label, rng) for label in LABELS]
        if asked.json:
            print(json.dumps({"set": name, "items": len(first.keys() & second.keys()), "labels": rows}))
            continue
        print(f"{name}: {len(first.keys() & second.keys())} items rated twice")
        for row in rows:
            low, high = row["interval"]  # type: ignore[misc]
            kappa_ = f"kappa {row['kappa']:.2f} ({low:.2f} to {high:.2f})"
            print(f"  {row['label']:<15} {kappa_}   both, first, second: {row['both_first_second']}")


if __name__ == "__main__":
    main()

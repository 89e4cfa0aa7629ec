"""Fits the linear coders from our own sentences and data whose licences allow it; measures each by cross-validation.

    python training/fit.py --data ../shared/data/text [--out src/velveteen/messages/coder/models] [--only blame promise]

Needs the lock `requirements/train.txt`. `--data` holds ConvAbuse (CC BY 4.0: Cercas Curry, Abercrombie & Rieser 2021) and
EmailIntent (Apache-2.0); nothing of their sentences goes into a model but counts of words and letters.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from velveteen.messages.coder.seen import features_of

HERE = Path(__file__).parent
MODELS = HERE.parent / "src/velveteen/messages/coder/models"
APOLOGIES = ("apology_bare", "apology_owned", "apology_excuse", "apology_repair")
LABELS = (
    "blame",
    "denial",
    "threat",
    "acknowledges",
    "interest",
    "absolutes",
    "both_sides",
    "grandiose",
    "order",
    "offer",
)
FOLDS = 10
SPECIFICITY = 0.975  # of our own sentences, which are full of near misses; ordinary talk has far fewer
LEAST = 0.004  # a smaller coefficient moves nothing
PENALTY = 0.1
REACH = {"c": 0.5, "r": 3.0, "b": 3.0, "n": 3.0}
"""How far a kind of feature may reach before the penalty holds it: rules further than words, letters less. Worth .03
of AUC."""


@dataclass(frozen=True)
class Item:
    """A message with its features and whether it is what a model looks for; `own` marks our own sentences."""

    features: tuple[str, ...]
    is_it: bool
    own: bool


@dataclass(frozen=True)
class Fitted:
    """Scores of a cross-validation (logits), the truth, and the model."""

    name: str
    scores: Any
    truth: Any
    own: Any
    model: dict[str, Any]


def sentences() -> list[dict[str, Any]]:
    """Our own annotated sentences."""
    files = sorted((HERE / "sentences").glob("train*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


@cache
def looked_at() -> list[tuple[tuple[str, ...], frozenset[str]]]:
    """Features and labels of our own sentences."""
    return [(tuple(features_of(row["text"], row["before"])), frozenset(row["labels"])) for row in sentences()]


def own(is_it: Callable[[set[str]], bool], among: Callable[[set[str]], bool] = lambda _: True) -> list[Item]:
    """Our own sentences as items."""
    return [
        Item(features, is_it(set(labels)), True) for features, labels in looked_at() if among(set(labels))
    ]


def conv_abuse(data: Path) -> list[Item]:
    """Users' turns to chatbots: explicit insults against turns that nobody finds abusive.

    Sexual advances are left out: between people who share a bed they are no insult.
    """
    items = []
    with (data / "ConvAbuseEMNLPtrain.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            raters = [
                k
                for k in range(1, 9)
                if any(row.get(f"Annotator{k}_is_abuse.{s}") == "1" for s in (1, 0, -1, -2, -3))
            ]
            share = _share(row, raters, "is_abuse.-1", "is_abuse.-2", "is_abuse.-3")
            explicit, sexual = _share(row, raters, "explicit"), _share(row, raters, "sex_harassment")
            insult = share > 0.5 and explicit >= 0.5 and sexual < 0.5
            if insult or share == 0:
                items.append(Item(tuple(features_of(row["user"] or "")), insult, False))
    return items


def _share(row: dict[str, str], raters: list[int], *columns: str) -> float:
    return sum(any(row.get(f"Annotator{k}_{column}") == "1" for column in columns) for k in raters) / max(
        1, len(raters)
    )


def mail(data: Path) -> list[Item]:
    """Sentences of mail that ask, propose or commit to a date, against others."""
    lines = (data / "email_intent_train.txt").read_text("utf-8", errors="replace").splitlines()
    pairs = [line.split("\t", 1) for line in lines if "\t" in line]
    return [Item(tuple(features_of(text)), label == "Yes", False) for label, text in pairs]


def tasks(data: Path) -> dict[str, list[Item]]:
    """Every model's items."""
    found = {label: own(lambda labels, label=label: label in labels) for label in LABELS}  # type: ignore[misc]
    found["contempt"] = own(lambda labels: "contempt" in labels) + conv_abuse(data)
    found["apology"] = own(lambda labels: any(kind in labels for kind in APOLOGIES))
    for kind in APOLOGIES:
        found[kind] = own(
            lambda labels, kind=kind: kind in labels, lambda labels: any(k in labels for k in APOLOGIES)
        )  # type: ignore[misc]
    found["request"] = own(lambda labels: "request" in labels)
    found["promise"] = own(lambda labels: "promise" in labels)
    found["intent"] = mail(data)
    return found


def fitted(name: str, items: Sequence[Item]) -> Fitted:
    """A logistic regression on the presence of features, and its cross-validated scores."""
    truth = np.array([item.is_it for item in items])
    mine = np.array([item.own for item in items])
    lists = [item.features for item in items]
    scores = np.zeros(len(items))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(scores, truth):
        vectors, weights, start = _fit([lists[i] for i in train], truth[train])
        scores[test] = vectors.transform([lists[i] for i in test]) @ weights + start
    judged = mine if mine.any() else ~mine
    threshold = (
        0.0 if name in (*APOLOGIES, "intent") else float(np.quantile(scores[judged & ~truth], SPECIFICITY))
    )
    vectors, weights, start = _fit(lists, truth)
    table = {
        feature: round(float(weight), 3)
        for feature, weight in zip(vectors.get_feature_names_out(), weights, strict=True)
        if abs(weight) >= LEAST
    }
    file = {
        "name": name, "intercept": round(start, 3), "threshold": round(threshold, 3),
        "platt": platt(scores[judged] - threshold, truth[judged]), "weights": table,
    }  # fmt: skip
    return Fitted(name, scores - threshold, truth, judged, file)


def platt(scores: Any, truth: Any) -> list[float]:
    """Slope and shift that make a score above its threshold a probability (Platt 1999), on cross-validated scores."""
    model = LogisticRegression(C=1e6).fit(scores.reshape(-1, 1), truth)
    return [round(float(model.coef_[0, 0]), 3), round(float(model.intercept_[0]), 3)]


def _fit(lists: Sequence[Sequence[str]], truth: Any) -> tuple[Any, Any, float]:
    """A table of features, a weight for each, and the intercept."""
    vectors = CountVectorizer(analyzer=lambda one: one, binary=True, min_df=2)
    counts = vectors.fit_transform(lists)
    reach = np.array([REACH.get(name[0], 1.0) for name in vectors.get_feature_names_out()])
    model = LogisticRegression(C=PENALTY, max_iter=3000, solver="liblinear", class_weight="balanced")
    model.fit(counts.multiply(reach).tocsr(), truth)
    return vectors, model.coef_[0] * reach, float(model.intercept_[0])


def figures(result: Fitted) -> dict[str, Any]:
    """Cross-validated figures, on our own sentences where there are any."""
    scores, truth = result.scores[result.own], result.truth[result.own]
    said = scores > 0
    return {
        "auc": round(float(roc_auc_score(truth, scores)), 3),
        "sensitivity": [int((said & truth).sum()), int(truth.sum())],
        "false_positives": [int((said & ~truth).sum()), int((~truth).sum())],
    }


def main() -> None:
    """Fits every model, writes it and prints its figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--only", nargs="*", default=[])
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    for name, items in tasks(asked.data).items():
        if asked.only and name not in asked.only:
            continue
        result = fitted(name, items)
        packed = gzip.compress(json.dumps(result.model, ensure_ascii=False).encode(), mtime=0)
        (asked.out / f"{name}.json.gz").write_bytes(packed)
        print(
            json.dumps(
                {
                    "model": name,
                    "items": len(items),
                    "features": len(result.model["weights"]),
                    "kB": len(packed) // 1000,
                    **figures(result),
                }
            ),
            flush=True,
        )


if __name__ == "__main__":
    main()

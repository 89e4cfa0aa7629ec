"""The coders beside plain TF-IDF, embeddings and the majority, trained on the same sentences, on the blind test.

    python training/compare.py [--embeddings FOLDER]

TF-IDF: words and pairs of words, logistic regression (scikit-learn's own defaults, balanced classes). Figures: area
under the ROC curve, and F1 of the label at each model's own threshold (ours: 97.5 % of near misses left out in
cross-validation; TF-IDF: probability one half). `--embeddings` names a model of sentence-transformers
(all-MiniLM-L6-v2, say; a Python that has that package is needed): the same regression on its vectors. The majority says
no to everything: AUC .5, F1 0.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score
from sklearn.pipeline import make_pipeline

from velveteen.messages.coder.linear import bank
from velveteen.messages.coder.message import APOLOGIES, WORDED, code
from velveteen.messages.coder.seen import features_of

SENTENCES = Path(__file__).parent / "sentences"


def vectors(folder: str, texts: list[str]) -> np.ndarray:
    """(n, d) of a model of sentence-transformers."""
    from sentence_transformers import SentenceTransformer

    return np.asarray(SentenceTransformer(folder, device="cpu").encode(texts))


def main() -> None:
    """Print a row a code, and the means."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--embeddings", metavar="FOLDER")
    asked = parser.parse_args()
    train = [
        json.loads(line)
        for file in sorted(SENTENCES.glob("train*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    test = [json.loads(line) for line in (SENTENCES / "test.jsonl").read_text("utf-8").splitlines()]
    shared = bank()
    scores = np.array([shared.scores(features_of(item["text"], item["before"])) for item in test])
    codes = [code(item["text"], item["before"]) for item in test]
    texts = [[item["text"] for item in items] for items in (train, test)]
    learned, seen = (vectors(asked.embeddings, part) for part in texts) if asked.embeddings else (None, None)
    rows = []
    for name in (*APOLOGIES, *WORDED):
        truth = np.array([name in item["labels"] for item in test])
        model = make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(class_weight="balanced", max_iter=2000)
        )
        model.fit([item["text"] for item in train], [name in item["labels"] for item in train])
        plain = model.predict_proba([item["text"] for item in test])[:, 1]
        ours = scores[:, shared.column["apology" if name in APOLOGIES else name]]
        said = np.array([name in found for found in codes])
        row = [
            roc_auc_score(truth, ours),
            roc_auc_score(truth, plain),
            f1_score(truth, said),
            f1_score(truth, plain > 0.5),
        ]
        if learned is not None:
            deep = LogisticRegression(class_weight="balanced", max_iter=2000)
            deep.fit(learned, [name in item["labels"] for item in train])
            sure = deep.predict_proba(seen)[:, 1]
            row += [roc_auc_score(truth, sure), f1_score(truth, sure > 0.5)]
        rows.append(row)
        print(_row(name, row))
    print(_row("mean", np.mean(rows, axis=0)))


def _row(name: str, row: Sequence[float]) -> str:
    ours = (
        f"{name:<16} AUC ours {row[0]:.3f}  TF-IDF {row[1]:.3f}   F1 ours {row[2]:.2f}  TF-IDF {row[3]:.2f}"
    )
    return ours if len(row) == 4 else f"{ours}   embeddings AUC {row[4]:.3f}  F1 {row[5]:.2f}"


if __name__ == "__main__":
    main()

"""Linear coders: a sum of weights over what is in a message.

Many share one table of features, so that each is looked up once. A model is a file of coefficients in `models/`, made by
`training/fit.py`; its limits stand in `models/cards.md`, its figures in `figures.toml`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from velveteen.messages.coder.features import pairs, tokens, within

Floats = npt.NDArray[np.float32]
_KEPT = 20_000  # tokens
_A_WORD = 24  # letters: words come again, what is longer seldom does


@dataclass(frozen=True, slots=True)
class Bank:
    """All models side by side.

    Attributes:
        names: of the models, in the order of the columns.
        column: name -> column.
        row: feature -> row of `weights`.
        weights: (features, models) float32, in units of the logit.
        start: (models,) float32, the intercepts less the thresholds: a score above 0 says that the code is there.
    """

    names: tuple[str, ...]
    column: dict[str, int]
    row: dict[str, int]
    weights: Floats
    start: Floats
    _within: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    def scores(self, found: Iterable[str]) -> Floats:
        """(models,) logit above each model's threshold, from a message's features; repetitions do not count."""
        return self._sum(self._rows(found))

    def scores_of(self, low: str, more: Iterable[str]) -> Floats:
        """The same of a text that `text.read` made ready, and of features that are not in its words alone."""
        found = tokens(low)
        rows = self._rows([*pairs(found), *more])
        for token in found:
            rows.update(self._within.get(token) or self._of(token))
        return self._sum(rows)

    def _sum(self, rows: set[int]) -> Floats:
        # In one order, so that the sum is one: a set of words has another in each process.
        sums: Floats = self.weights[sorted(rows)].sum(axis=0) + self.start if rows else self.start.copy()
        return sums

    def _of(self, token: str) -> Iterable[int]:
        rows = tuple(self._rows(within(token)))
        if len(self._within) < _KEPT and len(token) <= _A_WORD:
            self._within[token] = rows
        return rows

    def _rows(self, features: Iterable[str]) -> set[int]:
        return {at for feature in features if (at := self.row.get(feature)) is not None}


@cache
def bank() -> Bank:
    """The models that ship."""
    folder = resources.files("velveteen.messages.coder") / "models"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".json.gz")), key=lambda f: f.name
    )
    return banked([json.loads(gzip.decompress(file.read_bytes())) for file in files])


def banked(models: list[dict[str, object]]) -> Bank:
    """A bank of models as `training/fit.py` writes them: name, intercept, threshold, weights {feature: coefficient}."""
    names = tuple(str(model["name"]) for model in models)
    tables: list[dict[str, float]] = [model["weights"] for model in models]  # type: ignore[misc]
    row = {feature: at for at, feature in enumerate(dict.fromkeys(f for table in tables for f in table))}
    weights = np.zeros((len(row), len(names)), dtype=np.float32)
    for column, table in enumerate(tables):
        weights[[row[feature] for feature in table], column] = list(table.values())
    start = np.array([float(m["intercept"]) - float(m["threshold"]) for m in models], dtype=np.float32)  # type: ignore[arg-type]
    return Bank(names, {name: at for at, name in enumerate(names)}, row, weights, start)

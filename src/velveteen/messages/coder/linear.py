"""Linear coders: a sum of weights over what is in a message.

Many share one table of features, so that each is looked up once. A model is a file of coefficients in `models/`, made by
`training/fit.py`; its figures and limits stand in `cards.toml`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


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

    def scores(self, found: Iterable[str]) -> Floats:
        """(models,) logit above each model's threshold, from a message's features; repetitions do not count."""
        row = self.row
        rows = [at for feature in set(found) if (at := row.get(feature)) is not None]
        sums: Floats = self.weights[rows].sum(axis=0) + self.start if rows else self.start.copy()
        return sums


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

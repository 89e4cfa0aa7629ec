"""The prior of every hyperparameter, as data: the shipped one, one fitted to simulated households, or one's own file."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from velveteen.problems import BadInput

SHARES = ("rating_share", "inward_loading", "ebb_share")
POSITIVE = ("ebb_weeks", "ebb_sd", "count_size", "proportion_precision", "rating_sd", "spread")
NAMES = (*POSITIVE, *SHARES)
WIDEST = 5.0  # sd beyond which the quadrature over z would step to values that no record has


@dataclass(frozen=True, slots=True)
class HyperPrior:
    """Normal priors, one a hyperparameter.

    Attributes:
        name: "shipped", or the name of the file they come from.
        normals: each of NAMES -> (centre, sd) of the logarithm, for SHARES of the logit.
    """

    name: str
    normals: Mapping[str, tuple[float, float]]

    def __getitem__(self, name: str) -> tuple[float, float]:
        """Centre and sd of one hyperparameter."""
        return self.normals[name]


@cache
def shipped() -> HyperPrior:
    """The prior that holds where none is given."""
    return _resource("hyperprior.toml", "shipped")


@cache
def of_the_circle() -> HyperPrior:
    """The prior fitted to simulated households of the circle; its card stands in the file."""
    return _resource("hyperprior_circle.toml", "circle")


def _resource(file: str, name: str) -> HyperPrior:
    return parse_hyperprior(resources.files("velveteen.judge").joinpath(file).read_text("utf-8"), name)


def load_hyperprior(source: str | Path | HyperPrior | None) -> HyperPrior:
    """A hyperprior from a TOML file; "circle" gives the one fitted to simulated households, None the shipped one.

    Raises:
        BadInput: the file cannot be read, is not TOML, misses a hyperparameter or gives one that cannot be.
    """
    if source is None:
        return shipped()
    if isinstance(source, HyperPrior):
        return source
    if source == "circle":
        return of_the_circle()
    try:
        text = Path(source).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise BadInput("hyperprior_unreadable", f"The hyperprior could not be read: {reason}.") from error
    return parse_hyperprior(text, Path(source).name)


def parse_hyperprior(text: str, name: str) -> HyperPrior:
    """A hyperprior from TOML text: one table a hyperparameter with `median` and `sd`; other tables are left alone.

    Raises:
        BadInput: not TOML, a hyperparameter missing, or a median or sd outside its range.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput("hyperprior_not_toml", f"The hyperprior is not valid TOML: {error}.") from error
    return HyperPrior(name, {key: _normal(key, tables.get(key)) for key in NAMES})


def to_scale(name: str, natural: float) -> float:
    """The logarithm of a hyperparameter, of a share the logit."""
    return math.log(natural / (1.0 - natural)) if name in SHARES else math.log(natural)


def to_natural(name: str, scaled: float) -> float:
    """The inverse of `to_scale`."""
    return 1.0 / (1.0 + math.exp(-scaled)) if name in SHARES else math.exp(scaled)


def _normal(name: str, table: Any) -> tuple[float, float]:
    given = table if isinstance(table, dict) else {}
    values = [given[key] for key in ("median", "sd") if key in given]
    if len(values) < 2 or not all(isinstance(v, int | float) and not isinstance(v, bool) for v in values):
        message = f"The hyperprior needs a table “{name}” with the numbers “median” and “sd”."
        raise BadInput("hyperprior_incomplete", message)
    median, sd = (float(v) for v in values)
    top = 1.0 if name in SHARES else 1e6
    if not 0.0 < median < top or not 0.0 < sd <= WIDEST:
        needed = f"it needs 0 < median < {top:g} and 0 < sd <= {WIDEST:g}"
        message = f"The hyperprior's {name} has median {median:g} and sd {sd:g}; {needed}."
        raise BadInput("hyperprior_range", message)
    return to_scale(name, median), sd

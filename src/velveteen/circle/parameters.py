"""What a household is made of: every number has a name, a unit, a law over households and a source (`parameters.toml`)."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from velveteen.problems import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row of the table.

    Attributes:
        name: as in `Person`.
        law: "lognormal", "logitnormal", "normal", "loguniform" or "fixed".
        median: of the law, in `unit`; of a loguniform, the geometric mean of its ends.
        spread: sd on the log, logit or natural scale; of a loguniform, half its width on the log scale.
        unit: what one is.
        source: key of the evidence list, a row of the requirements, or "judgement".
        means: what it stands for, in plain words.
    """

    name: str
    law: str
    median: float
    spread: float
    unit: str
    source: str
    means: str

    def at(self, z: float) -> float:
        """The value z standard deviations from the median (a loguniform takes its quantile from the normal's)."""
        if self.law == "lognormal":
            return self.median * math.exp(self.spread * z)
        if self.law == "logitnormal":
            return 1.0 / (1.0 + (1.0 / self.median - 1.0) * math.exp(-self.spread * z))
        if self.law == "loguniform":
            return self.median * math.exp(self.spread * math.erf(z / math.sqrt(2.0)))
        return self.median + self.spread * z

    def allows(self, value: float) -> bool:
        """Whether a household could have this value: shares lie between 0 and 1, all but normal ones above 0."""
        if not math.isfinite(value):
            return False
        return self.law == "normal" or 0.0 < value < (1.0 if self.law == "logitnormal" else math.inf)


@dataclass(frozen=True, slots=True)
class Person:
    """One household's values; each field is a row of `parameters.toml`, which gives unit, law and source."""

    contact_share: float
    stress_half_life: float
    wave_half_life: float
    wave_size: float
    stressed_days: float
    refused_days: float
    criticised_days: float
    exposure_calm: float
    exposure_stress: float
    exposure_refused: float
    exposure_criticised: float
    exposure_confronted: float
    fragility: float
    fragility_wander: float
    shame_half_life: float
    admiration_relief: float
    harm_taken: float
    harm_defended: float
    harm_stress: float
    day_luck: float
    capacity: float
    capacity_width: float
    restraint: float
    audience_restraint: float
    respect: float
    respect_reach: float
    respect_lag: float
    closeness_recovery: float
    closeness_cost: float
    threat_level: float
    threat_hazard: float
    leaving: float
    alarm_half_life: float
    alarm_effort: float
    pulse_weeks: float
    pulse_effort: float
    pulse_capacity: float
    contrition: float
    surface_effort: float
    surface_weeks: float
    limit_effort: float
    limit_listening: float
    limit_closes: float
    limit_stated: float
    limit_slips: float
    lasting_end: float
    lasting_weeks: float
    therapy_gain: float
    worse_end: float
    worse_weeks: float
    promises_made: float
    promise_keeping: float
    confronting: float
    owning: float
    acknowledging: float
    treated_level: float
    treated_spread: float


@cache
def table() -> dict[str, Parameter]:
    """The parameters by name, in the file's order."""
    text = resources.files("velveteen.circle").joinpath("parameters.toml").read_text("utf-8")
    return {name: _parameter(name, row) for name, row in tomllib.loads(text).items()}


def _parameter(name: str, row: dict[str, float | str]) -> Parameter:
    median, spread = float(row.get("median", 0.0)), float(row.get("spread", 0.0))
    if row["law"] == "loguniform":
        low, high = math.log(float(row["low"])), math.log(float(row["high"]))
        median, spread = math.exp((low + high) / 2.0), (high - low) / 2.0
    words = {key: str(row[key]) for key in ("law", "unit", "source", "means")}
    return Parameter(name=name, median=median, spread=spread, **words)


def draw_person(rng: np.random.Generator) -> Person:
    """One household from the population laws; one standard normal a parameter, in the table's order."""
    rows = table()
    scores = rng.standard_normal(len(rows)).tolist()
    return Person(**{row.name: row.at(z) for row, z in zip(rows.values(), scores, strict=True)})


def fix(person: Person, values: Mapping[str, float]) -> Person:
    """The person with these values set by name.

    Raises:
        BadInput: a name that no parameter has, or a value that its law could not give.
    """
    for name, value in values.items():
        row = table().get(name)
        if row is None:
            message = f"“{name}” is no parameter of a household; their names stand in circle.table(). Nothing was simulated."
            raise BadInput("unknown_parameter", message)
        if not row.allows(value):
            message = f"{name} cannot be {value}: it is {row.unit}. Nothing was simulated."
            raise BadInput("parameter_out_of_range", message)
    return replace(person, **values)

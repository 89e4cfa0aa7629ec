"""The channel registry: what each channel counts, which way is better, and its ordinary scale. Data in `channels.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from velveteen.problems import BadInput

Family = Literal["count", "proportion", "rating"]
FAMILIES = ("count", "proportion", "rating")


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel of the registry.

    Attributes:
        name: identifier, as in the cells' `channel` column.
        family: likelihood family.
        better: "less" or "more".
        side: "outward" (conduct) or "inward" (owning, empathy, equals).
        range: lowest and highest possible value of a rating; None elsewhere, or when it is to be read from the record.
        scale: size of an ordinary change, in units of the linear predictor (log, logit, or rating points).
        level: mean and standard deviation of the prior of the level, on the linear predictor; None: from the record.
        unit: what one unit is, in plain words ("harmful acts a week together").
        label: short name for people.
    """

    name: str
    family: Family
    better: Literal["less", "more"]
    side: Literal["outward", "inward"]
    range: tuple[float, float] | None
    scale: float | None
    level: tuple[float, float] | None
    unit: str
    label: str


@cache
def registry() -> dict[str, Channel]:
    """The channels that ship with the package."""
    return parse_channels(resources.files("velveteen.measure").joinpath("channels.toml").read_text("utf-8"))


def load_channels(path: str | Path | None) -> dict[str, Channel]:
    """The shipped registry, extended by the channels of a TOML file.

    Raises:
        BadInput: the file is not TOML, or a channel misses a key or has one that is not allowed.
    """
    if path is None:
        return dict(registry())
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("channels_unreadable", f"The channels file could not be read: {error}.") from error
    return {**registry(), **parse_channels(text)}


def parse_channels(text: str) -> dict[str, Channel]:
    """Channels from TOML text, one table a channel."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput("channels_not_toml", f"The channels file is not valid TOML: {error}.") from error
    return {name: _channel(name, table) for name, table in tables.items()}


def _channel(name: str, table: Any) -> Channel:
    if not isinstance(table, dict):
        raise BadInput("channel_not_table", f"Channel “{name}” must be a table: write [{name}] above its keys.")
    family = _one_of(name, table, "family", FAMILIES)
    better = _one_of(name, table, "better", ("less", "more"))
    side = _one_of(name, {"side": "outward", **table}, "side", ("outward", "inward"))
    bounds = _bounds(name, table.get("range")) if family == "rating" else None
    level = table.get("level")
    return Channel(
        name=name, family=family, better=better, side=side, range=bounds, scale=table.get("scale"),
        level=(float(level[0]), float(level[1])) if level is not None else None,
        unit=table.get("unit", _default_unit(name, family)), label=table.get("label", name.replace("_", " ")),
    )  # fmt: skip


def _one_of(name: str, table: dict[str, Any], key: str, allowed: tuple[str, ...]) -> Any:
    value = table.get(key)
    if value not in allowed:
        choices = ", ".join(allowed)
        raise BadInput("channel_key", f"Channel “{name}”: {key} must be one of {choices}; it is {value!r}.")
    return value


def _bounds(name: str, value: Any) -> tuple[float, float] | None:
    if value is None:
        return None
    numbers = isinstance(value, list) and len(value) == 2 and all(isinstance(v, int | float) for v in value)
    if not numbers or not value[0] < value[1]:
        raise BadInput("channel_range", f"Channel “{name}”: range must be [low, high] with low below high.")
    return float(value[0]), float(value[1])


def _default_unit(name: str, family: str) -> str:
    words = name.replace("_", " ")
    return {"count": f"{words} a week", "proportion": f"share of {words}", "rating": f"{words}, rating"}[family]

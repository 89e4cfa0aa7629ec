"""The channel registry: what each channel counts, which way is better, and its ordinary scale. Data in `channels.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from velveteen.measure.coders import Coder, parse_coder
from velveteen.problems import BadInput

Family = Literal["count", "proportion", "rating"]
FAMILIES = ("count", "proportion", "rating")
LARGEST = 1e6
SMALLEST = 1e-6
KEYS = ("family", "better", "side", "range", "scale", "level", "unit", "label", "coder", "weighed")


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
        coder: figures of what codes messages for it; None: what it counts is taken as it stands.
        weighed: whether it enters the odds; else it is counted and shown.
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
    coder: Coder | None = None
    weighed: bool = True

    @property
    def counts_acts(self) -> bool:
        """Whether it counts acts toward others that are better fewer."""
        return (self.family, self.better, self.side) == ("count", "less", "outward")


@cache
def registry() -> dict[str, Channel]:
    """The channels that ship with the package."""
    return parse_channels(resources.files("velveteen.measure").joinpath("channels.toml").read_text("utf-8"))


def load_channels(channels: str | Path | Mapping[str, Any] | None) -> dict[str, Channel]:
    """The shipped registry, extended by the channels of a TOML file, or of a dict of `Channel` or of such tables.

    Raises:
        BadInput: the file is not TOML, or a channel misses a key or has one that is not allowed.
    """
    if channels is None:
        return dict(registry())
    if isinstance(channels, Mapping):
        own = {name: c if isinstance(c, Channel) else _channel(name, c) for name, c in channels.items()}
        return {**registry(), **own}
    try:
        text = Path(channels).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise BadInput("channels_unreadable", f"The channels file could not be read: {reason}.") from error
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
        raise BadInput(
            "channel_not_table", f"Channel “{name}” must be a table: write [{name}] above its keys."
        )
    _known_keys(name, table)
    family = _one_of(name, table, "family", FAMILIES)
    return Channel(
        name=name, family=family, better=_one_of(name, table, "better", ("less", "more")),
        side=_one_of(name, {"side": "outward", **table}, "side", ("outward", "inward")),
        range=_range(name, family, table.get("range")),
        scale=_scale(name, table.get("scale")), level=_level(name, table.get("level")),
        unit=table.get("unit", _default_unit(name, family)), label=table.get("label", name.replace("_", " ")),
        coder=parse_coder(name, family, table.get("coder")),
        weighed=_one_of(name, {"weighed": True, **table}, "weighed", (True, False)),
    )  # fmt: skip


def _known_keys(name: str, table: dict[str, Any]) -> None:
    for key, value in table.items():
        if key not in KEYS:
            choices = ", ".join(KEYS)
            raise BadInput(
                "channel_key", f"Channel “{name}” has a key “{key}” that is not known; use {choices}."
            )
        if key in ("unit", "label") and not isinstance(value, str):
            raise BadInput("channel_key", f"Channel “{name}”: {key} must be text; it is {value!r}.")


def _one_of(name: str, table: dict[str, Any], key: str, allowed: tuple[Any, ...]) -> Any:
    value = table.get(key)
    if value not in allowed:
        choices = ", ".join(map(str, allowed))
        raise BadInput("channel_key", f"Channel “{name}”: {key} must be one of {choices}; it is {value!r}.")
    return value


def _range(name: str, family: str, value: Any) -> tuple[float, float] | None:
    """The range of a rating; checked, and of no use, for the other families."""
    if value is None:
        return None
    pair = _pair(value)
    if pair is None or not pair[1] - pair[0] >= SMALLEST:
        raise BadInput("channel_range", f"Channel “{name}”: range must be [low, high] with low below high.")
    return pair if family == "rating" else None


def _scale(name: str, value: Any) -> float | None:
    if value is None:
        return None
    if not _is_number(value) or value < SMALLEST:
        raise BadInput("channel_scale", f"Channel “{name}”: scale must be a number above 0; it is {value!r}.")
    return float(value)


def _level(name: str, value: Any) -> tuple[float, float] | None:
    if value is None:
        return None
    pair = _pair(value)
    if pair is None or pair[1] < SMALLEST:
        raise BadInput("channel_level", f"Channel “{name}”: level must be [mean, sd] with an sd above 0.")
    return pair


def _pair(value: Any) -> tuple[float, float] | None:
    """Two numbers of ordinary size, or None."""
    if isinstance(value, list) and len(value) == 2 and all(_is_number(v) for v in value):
        return float(value[0]), float(value[1])
    return None


def _is_number(value: Any) -> bool:
    """Whether a value is a number of ordinary size: beyond LARGEST sums of squares lose their digits."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST


def _default_unit(name: str, family: str) -> str:
    words = name.replace("_", " ")
    return {"count": f"{words} a week", "proportion": f"share of {words}", "rating": f"{words}, rating"}[
        family
    ]

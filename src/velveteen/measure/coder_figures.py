"""How well each code of a message is found, as the coder's own file of figures has it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from velveteen.measure.coders import Coder


@cache
def code_figures() -> Mapping[str, Coder]:
    """Code -> figures; codes that are counted as they stand in the text have none.

    False positives are those in ordinary talk, where they were counted apart: most of a week's messages are such talk.
    """
    text = resources.files("velveteen.messages.coder").joinpath("figures.toml").read_text("utf-8")
    return {name: _coder(table) for name, table in tomllib.loads(text).items()}


def _coder(table: dict[str, Any]) -> Coder:
    made_up = table.get("in_ordinary_talk", table["false_positives"])
    return Coder(tuple(table["sensitivity"]), tuple(made_up))

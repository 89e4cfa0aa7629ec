"""The two plans as questions that their owner answers: one for living with someone who hurts, one for despair.

Data: `plan.toml`. Answers are the owner's alone and are kept elsewhere; nothing here reads them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from velveteen.problems import BadInput


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a plan.

    Attributes:
        id: stable name, under which an answer can be kept.
        title: heading.
        prompt: the question that the owner answers.
        why: one sentence on what it is for.
        ideas: what an answer might hold, each a few words.
    """

    id: str
    title: str
    prompt: str
    why: str
    ideas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan.

    Attributes:
        id: "safety" or "despair".
        title: heading.
        opening: what to know before the first question.
        sources: keys of `evidence.sources()` from which its parts are taken.
        sections: in the order in which they are asked.
    """

    id: str
    title: str
    opening: str
    sources: tuple[str, ...]
    sections: tuple[Section, ...]


@cache
def plans() -> dict[str, Plan]:
    """Id -> plan."""
    read = resources.files("velveteen.guide").joinpath("plan.toml").read_text("utf-8")
    return {name: _plan(name, table) for name, table in tomllib.loads(read).items()}


def plan(plan_id: str) -> Plan:
    """One plan by its id.

    Raises:
        BadInput: code "unknown_plan"; the message lists the ids.
    """
    if plan_id not in plans():
        raise BadInput("unknown_plan", f"There is no plan “{plan_id}”. There are: {', '.join(plans())}.")
    return plans()[plan_id]


def _plan(name: str, table: dict[str, Any]) -> Plan:
    sections = tuple(Section(**{**s, "ideas": tuple(s["ideas"])}) for s in table["sections"])
    return Plan(name, table["title"], table["opening"], tuple(table["sources"]), sections)

"""What a questionnaire is: its items, how they are answered, how they are scored, and where that stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal

from velveteen.problems import BadInput

Standing = Literal["seen", "recalled"]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be given; `code` as other systems name it."""

    value: float
    label: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item; a reversed one is scored as lowest + highest - answer. `code` as other systems name it."""

    id: str
    text: str = ""
    code: str = ""
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A range of scores, from `lowest` to below the next band."""

    lowest: float
    name: str


@dataclass(frozen=True, slots=True)
class Reliability:
    """One figure of reliability; "recalled" was not checked against its source, and is not shown to people."""

    value: float
    what: str
    source: str
    standing: Standing = "seen"


@dataclass(frozen=True, slots=True)
class Norm:
    """Mean and standard deviation of the score in one group; standing as in `Reliability`."""

    group: str
    mean: float
    sd: float
    source: str
    standing: Standing = "seen"


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A definition.

    Attributes:
        id: letters, digits, hyphens; as in the payload of an `answer` entry.
        title: as it is known.
        items: in their order, ids differ.
        options: in their order; the lowest and the highest value are the ends of the scale.
        licence: under which the texts may be shown.
        source: where it was published.
        instructions: what stands above the items.
        subscales: name -> ids of its items; the score itself is the sum of all items.
        bands: by lowest score, ascending.
        crisis: item id -> highest answer that does not open the crisis page.
        reliability, norms: published figures.
        also: other names, as in files of others.
        fields: regular expression of a field name in a table, its one group the number of the item; "": none.
    """

    id: str
    title: str
    items: tuple[Item, ...]
    options: tuple[Option, ...]
    licence: str
    source: str
    instructions: str = ""
    subscales: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bands: tuple[Band, ...] = ()
    crisis: Mapping[str, float] = field(default_factory=dict)
    reliability: tuple[Reliability, ...] = ()
    norms: tuple[Norm, ...] = ()
    also: tuple[str, ...] = ()
    fields: str = ""

    def __post_init__(self) -> None:
        """Refuse a definition that does not hold together.

        Raises:
            BadInput: `questionnaire`.
        """
        if wrong := _wrong(self):
            raise _broken(self.id, wrong)

    @property
    def scale(self) -> tuple[float, float]:
        """Lowest and highest answer."""
        values = [option.value for option in self.options]
        return min(values), max(values)

    def item(self, name: str) -> Item | None:
        """The item of an id or of a code of others, a leading slash or the questionnaire's name aside; else None."""
        plain = name.strip().rsplit("/", 1)[-1].lower()
        short = re.sub(rf"^{re.escape(self.id)}[-_.]?(?:q)?0*(?=\d)", "", plain)
        return next((i for i in self.items if {plain, short} & {i.id.lower(), i.code.lower()} - {""}), None)

    def is_named(self, name: str) -> bool:
        """Whether a name, in a file of others, is this questionnaire's."""
        return bool(name) and plain(name) in {plain(n) for n in (self.id, self.title, *self.also)}


def plain(name: str) -> str:
    """Letters and digits alone, small."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


@cache
def shipped() -> dict[str, Questionnaire]:
    """The questionnaires of the package, by id."""
    folder = resources.files("velveteen.measure.questionnaires")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    read = [from_table(tomllib.loads(file.read_text("utf-8"))) for file in files]
    return {questionnaire.id: questionnaire for questionnaire in read}


def from_table(table: Mapping[str, Any]) -> Questionnaire:
    """A definition from what stands in its file, keys as the attributes of `Questionnaire`.

    Raises:
        BadInput: `questionnaire`; a key that is missing, unknown or of another kind, or as `Questionnaire`.
    """
    lists = {"items": Item, "options": Option, "bands": Band, "reliability": Reliability, "norms": Norm}
    try:
        made: dict[str, Any] = {
            **table,
            **{k: tuple(kind(**e) for e in table.get(k, ())) for k, kind in lists.items()},
        }
        made["also"] = tuple(table.get("also", ()))
        made["subscales"] = {name: tuple(ids) for name, ids in table.get("subscales", {}).items()}
        return Questionnaire(**made)
    except (TypeError, AttributeError, re.error) as error:
        raise _broken(str(table.get("id", "")), "a key is missing, unknown or of another kind") from error


def _wrong(q: Questionnaire) -> str:
    ids = [item.id for item in q.items]
    named = {i for members in q.subscales.values() for i in members} | set(q.crisis)
    lowest = [band.lowest for band in q.bands]
    reasons = {
        "its id should be letters, digits and hyphens": not re.fullmatch(r"[A-Za-z0-9-]+", q.id),
        "it has no items": not ids,
        "two items have the same id": len(set(ids)) < len(ids),
        "it needs at least two answers with values that differ": len({o.value for o in q.options}) < 2,
        "a subscale or the crisis rule names an item that it does not have": not named <= set(ids),
        "its bands do not ascend": lowest != sorted(set(lowest)),
        "its fields need one group, the number of the item": bool(q.fields)
        and re.compile(q.fields).groups != 1,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _broken(name: str, why: str) -> BadInput:
    message = f"The questionnaire “{name[:40]}” cannot be used: {why}. Nothing was changed; please check its definition."
    return BadInput("questionnaire", message)

"""The sheets: one short form for each kind of entry, as data. What a form sent becomes an entry's payload."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from velveteen.app.forms import Form
from velveteen.problems import BadInput

Input = Literal["line", "text", "date", "choice", "scale", "yes", "number"]


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a sheet.

    Attributes:
        key: where its answer goes in the payload; "facts" and "feelings" go to the entry's own fields.
        ask: the question.
        input: how it is answered.
        options: (value, words) of a choice.
        needed: whether the entry makes no sense without it.
        low, high: range of a number or a scale.
        unless_yes: what is said, and nothing kept, where the answer is no; empty where no is an answer like any other.
    """

    key: str
    ask: str
    input: Input = "line"
    options: tuple[tuple[str, str], ...] = ()
    needed: bool = False
    low: int = 0
    high: int = 10
    unless_yes: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One short form.

    Attributes:
        id: its place in the address; says nothing there.
        kind: kind of the entry that it makes.
        title, why: what stands above it.
        fields: its questions.
        sides: for whom it is.
        fixed: what its payload always holds.
    """

    id: str
    kind: str
    title: str
    why: str
    fields: tuple[Field, ...]
    sides: tuple[str, ...] = ("partner", "unsure")
    fixed: tuple[tuple[str, Any], ...] = ()


def value_of(field: Field, form: Form) -> Any:
    """The answer to one question, or None where there is none that can be read."""
    match field.input:
        case "date":
            found = form.day(field.key)
            return found.isoformat() if isinstance(found, date) else None
        case "choice":
            return form.choice(field.key, tuple(value for value, _ in field.options))
        case "scale" | "number":
            return form.number(field.key, field.low, field.high)
        case "yes":
            return form.yes(field.key)
        case _:
            return form.text(field.key) or None


def answers_of(sheet: Sheet, form: Form) -> dict[str, Any]:
    """Every answer of a sheet, what it always holds included.

    Raises:
        BadInput: `unanswered`, where what an entry cannot do without is missing; `not_yet`, as `unless_yes` says.
    """
    found = {field.key: value_of(field, form) for field in sheet.fields}
    missing = [field.ask for field in sheet.fields if field.needed and found[field.key] is None]
    if missing:
        raise BadInput(
            "unanswered", f"One answer is still needed: “{missing[0]}” Nothing is lost; it is all still here."
        )
    for field in sheet.fields:
        if field.unless_yes and found[field.key] is False:
            raise BadInput("not_yet", field.unless_yes)
    return {**dict(sheet.fixed), **{key: value for key, value in found.items() if value is not None}}

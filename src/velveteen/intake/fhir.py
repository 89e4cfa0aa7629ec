"""Answers to questionnaires as FHIR R4 has them: a QuestionnaireResponse, a Bundle of them, or one a line.

Source of the format: HL7 FHIR R4 (4.0.1), resources QuestionnaireResponse and Bundle.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from velveteen.intake.answers import Answered, entries_of
from velveteen.journal.entries import Entry
from velveteen.problems import BadInput, Problem

_DONE = frozenset({"completed", "amended"})
_VALUES = ("valueInteger", "valueDecimal", "valueBoolean", "valueString", "valueDate", "valueDateTime")
_WEIGHTS = ("ordinalValue", "itemWeight")
_DEEPEST = 20


def read(data: bytes, about: str = "") -> tuple[list[Entry], list[Problem]]:
    """An `answer` entry for each finished response, and a problem for each that is not taken.

    Raises:
        BadInput: `not_answers`, when the text is no JSON of this kind.
    """
    found: list[Answered] = []
    problems: list[Problem] = []
    for where, resource in _resources(data):
        try:
            found.append(_answered(resource, where))
        except ValueError as why:
            problems.append(Problem("response_not_taken", f"{why}, so it was not added.", where))
    entries, misfits = entries_of(found, about)
    return entries, problems + misfits


def _resources(data: bytes) -> Iterator[tuple[str, Any]]:
    text = data.decode("utf-8-sig", "replace")
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        yield from _by_line(text)
        return
    if isinstance(whole, dict) and whole.get("resourceType") == "Bundle":
        entries = whole.get("entry")
        for number, entry in enumerate(entries if isinstance(entries, list) else [], start=1):
            yield f"entry {number}", entry.get("resource") if isinstance(entry, dict) else None
    else:
        yield "", whole


def _by_line(text: str) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield f"line {number}", json.loads(line)
            except (ValueError, RecursionError) as error:
                message = "This is not text in the form of FHIR, so nothing was added. Please export it again as JSON."
                raise BadInput("not_answers", message, line=number) from error


def _answered(resource: Any, where: str) -> Answered:
    if not isinstance(resource, dict) or resource.get("resourceType") != "QuestionnaireResponse":
        raise ValueError("This is no response to a questionnaire")
    if resource.get("status") not in _DONE:
        raise ValueError("This response was not finished, or was withdrawn")
    items = dict(_items(resource.get("item"), 0))
    if not items:
        raise ValueError("This response holds no answer that can be read")
    return Answered(_name(resource.get("questionnaire")), _moment(resource.get("authored")), items, where)


def _name(canonical: Any) -> str:
    """The last part of the address that names a questionnaire, without its version."""
    text = str(canonical).partition("|")[0].rstrip("/") if isinstance(canonical, str) else ""
    return text.rpartition("/")[2] or "questionnaire"


def _moment(text: Any) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise ValueError("This response does not say on which day it was written") from None
    return (
        at.astimezone().replace(tzinfo=None)
        if at.tzinfo and 1900 < at.year < 2200
        else at.replace(tzinfo=None)
    )


def _items(found: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """Every answered item of a response, those inside groups and below answers too."""
    if depth > _DEEPEST:
        raise ValueError("This response is nested too deeply")
    for item in found if isinstance(found, list) else []:
        if not isinstance(item, dict):
            continue
        answers = [a for a in _list(item.get("answer")) if isinstance(a, dict)]
        values = [v for a in answers if (v := _value(a)) is not None]
        if values and isinstance(item.get("linkId"), str):
            yield item["linkId"], values[0] if len(values) == 1 else "; ".join(map(str, values))
        for below in (item.get("item"), *(a.get("item") for a in answers)):
            yield from _items(below, depth + 1)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _value(answer: dict[str, Any]) -> Any:
    coding = answer.get("valueCoding")
    if isinstance(coding, dict):
        return _coded(coding)
    found = next((answer[name] for name in _VALUES if name in answer), None)
    return found if isinstance(found, str | int | float) else None


def _coded(coding: dict[str, Any]) -> Any:
    """The number that an answer counts for, where it carries one; else its words, else its code."""
    for extension in _list(coding.get("extension")):
        url = str(extension.get("url", "")) if isinstance(extension, dict) else ""
        if url.endswith(_WEIGHTS) and isinstance(extension.get("valueDecimal"), int | float):
            return extension["valueDecimal"]
    words = coding.get("display") or coding.get("code")
    return words if isinstance(words, str) else None

"""FHIR R4: a `Questionnaire` in and out, filled-in `QuestionnaireResponse`s in.

What FHIR has no place for (subscales, bands, norms, what opens the crisis page) travels in one extension, so that a
definition of ours comes back as it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from velveteen.journal.entries import Entry
from velveteen.measure.questionnaires.answers import SHOWN, Sheet, moment, number
from velveteen.measure.questionnaires.definition import Questionnaire, from_table, shipped
from velveteen.problems import BadInput, Problem

OURS = "urn:velveteen:questionnaire"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
_FINISHED = frozenset({"completed", "amended"})
_TAKEN = ("choice", "integer", "decimal")


def to_fhir(questionnaire: Questionnaire) -> dict[str, Any]:
    """The definition as an R4 `Questionnaire` resource."""
    options = [_option(option) for option in asdict(questionnaire)["options"]]
    items = [
        {"linkId": item.id, "text": item.text, "type": "choice", "answerOption": options}
        | ({"code": [{"system": "http://loinc.org", "code": item.code}]} if item.code else {})
        for item in questionnaire.items
    ]
    return {
        "resourceType": "Questionnaire",
        "id": questionnaire.id,
        "title": questionnaire.title,
        "status": "active",
        "description": questionnaire.instructions,
        "copyright": questionnaire.licence,
        "extension": [{"url": OURS, "valueString": json.dumps(asdict(questionnaire), sort_keys=True)}],
        "item": items,
    }


def from_fhir(resource: Mapping[str, Any]) -> tuple[Questionnaire, list[Problem]]:
    """A definition from an R4 `Questionnaire`, and a problem for each item that is no choice on the common scale.

    Raises:
        BadInput: `not_fhir`, no such resource; `questionnaire`, where nothing is left that can be scored.
    """
    if not isinstance(resource, Mapping) or resource.get("resourceType") != "Questionnaire":
        raise BadInput("not_fhir", "This is no FHIR Questionnaire, so nothing was read. Nothing was changed.")
    for extension in _objects(resource.get("extension")):
        if extension.get("url") == OURS:
            return from_table(_own(extension)), []
    return _foreign(resource)


def _own(extension: Mapping[str, Any]) -> dict[str, Any]:
    table = _json(str(extension.get("valueString")))
    return table if isinstance(table, dict) else {}


def _foreign(resource: Mapping[str, Any]) -> tuple[Questionnaire, list[Problem]]:
    problems: list[Problem] = []
    items, options = [], None
    for item in _items(resource):
        where, kind = f"item {str(item.get('linkId'))[:SHOWN]}", item.get("type")
        given = [_read_option(n, o) for n, o in enumerate(_objects(item.get("answerOption")))]
        if kind in ("group", "display"):
            continue
        if kind not in _TAKEN or not given or (options is not None and given != options):
            message = (
                "It is not answered on the scale of the other items, so it was left out of the definition."
            )
            problems.append(Problem("other_scale", message, where, str(item.get("text", ""))[:SHOWN]))
            continue
        options = given
        code = next((str(c.get("code", "")) for c in _objects(item.get("code"))), "")
        items.append({"id": str(item.get("linkId")), "text": str(item.get("text", "")), "code": code})
    name = str(resource.get("id") or resource.get("name") or "").replace("_", "-")
    table = {
        "id": name,
        "title": str(resource.get("title") or name),
        "items": items,
        "options": options or [],
    }
    told = {"licence": str(resource.get("copyright", "")), "source": str(resource.get("url", ""))}
    return from_table({**table, **told, "instructions": str(resource.get("description", ""))}), problems


def _option(option: Mapping[str, Any]) -> dict[str, Any]:
    coding = {"code": option["code"] or f"{option['value']:g}", "display": option["label"]}
    return {"extension": [{"url": ORDINAL, "valueDecimal": option["value"]}], "valueCoding": coding}


def _read_option(place: int, option: Mapping[str, Any]) -> dict[str, Any]:
    """An option: its value as it is marked, else as its whole number, else its place from 0."""
    coding = _object(option.get("valueCoding"))
    value = _ordinal(option, coding)
    if value is None:
        value = option.get("valueInteger", place)
    label = str(coding.get("display") or value)
    return {
        "value": value if _is_number(value) else place,
        "label": label,
        "code": str(coding.get("code", "")),
    }


def read_responses(
    text: str, *, now: datetime | None = None, known: Mapping[str, Questionnaire] | None = None
) -> tuple[list[Entry], list[Problem]]:
    """Entries of the finished `QuestionnaireResponse`s in JSON: one resource, a list of them, or a bundle.

    Args:
        text: JSON.
        now: moment of writing of the entries (local, naive); None: this moment.
        known: questionnaires by id; None: those of the package.

    Raises:
        BadInput: `not_fhir`, no such resource in it; `several_people`, the answers of more than one person.
    """
    resources = list(_resources(_json(text)))
    responses = [r for r in resources if r.get("resourceType") == "QuestionnaireResponse"]
    if not responses:
        raise BadInput("not_fhir", "There is no FHIR QuestionnaireResponse in this file. Nothing was added.")
    if len({str(_object(r.get("subject")).get("reference")) for r in responses}) > 1:
        message = "This file holds the answers of more than one person. Nothing was added; give a file with one's own alone."
        raise BadInput("several_people", message)
    written = now or datetime.now().replace(microsecond=0)
    problems = [
        _other(r) for r in resources if r.get("resourceType") not in ("QuestionnaireResponse", "Patient")
    ]
    entries: list[Entry] = []
    for place, response in enumerate(responses, start=1):
        entry = _response(response, f"response {place}", written, known or shipped(), problems)
        entries += [entry] if entry else []
    return entries, problems


def _response(
    response: Mapping[str, Any],
    where: str,
    now: datetime,
    known: Mapping[str, Questionnaire],
    problems: list[Problem],
) -> Entry | None:
    name = str(response.get("questionnaire", ""))
    of = next((q for q in known.values() if any(map(q.is_named, _names(name)))), None)
    at, status = moment(response.get("authored")), str(response.get("status"))
    unfit = {
        (
            "unknown_questionnaire",
            "This questionnaire is not known here, so its answers were not added.",
            name,
        ): of is None,
        (
            "not_finished",
            "These answers are not finished, or were taken back, so they were not added.",
            status,
        ): (status not in _FINISHED),
        (
            "unreadable_date",
            "When it was answered cannot be read, so it was not added.",
            str(response.get("authored")),
        ): (at is None),
    }
    wrong = [Problem(code, said, where, text[:SHOWN]) for (code, said, text), holds in unfit.items() if holds]
    if of is None or at is None or wrong:
        problems += wrong[:1]
        return None
    sheet = Sheet(of, where)
    for item in _items(response):
        _take(sheet, item)
    entry = sheet.entry(at, now, {})
    problems += sheet.problems
    return entry


def _take(sheet: Sheet, item: Mapping[str, Any]) -> None:
    link = str(item.get("linkId", ""))
    known = sheet.of.item(link)
    for answer in _objects(item.get("answer")):
        if known is None:
            message = f"{sheet.of.title} has no such item here, so its answer was not read."
            sheet.problems.append(Problem("unknown_item", message, f"{sheet.where}, item {link[:SHOWN]}"))
        else:
            sheet.take(known.id, *_value(answer, sheet.of))


def _value(answer: Mapping[str, Any], of: Questionnaire) -> tuple[float | None, object]:
    """The answer as a number, None where it is none, and as it was given."""
    coding = _object(answer.get("valueCoding"))
    if coding:
        marked = _ordinal(answer, coding)
        read = [marked] + [number(coding.get(key), of) for key in ("code", "display")]
        return next((value for value in read if value is not None), None), coding.get(
            "display", coding.get("code")
        )
    given = next((answer[k] for k in ("valueInteger", "valueDecimal", "valueString") if k in answer), None)
    return number(given, of), given


def _ordinal(*holders: Mapping[str, Any]) -> float | None:
    """The number that stands beside a coded answer, in R4's extension."""
    extensions = (e for holder in holders for e in _objects(holder.get("extension")))
    found = (e.get("valueDecimal") for e in extensions if e.get("url") == ORDINAL)
    return next((value for value in found if _is_number(value)), None)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _names(canonical: str) -> list[str]:
    """The last part of a canonical address without its version, and the whole of it."""
    return [re.split(r"[|#]", canonical, maxsplit=1)[0].rstrip("/").rpartition("/")[2], canonical]


def _items(resource: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """All items of a resource, those of groups and of answers among them, in the order of the file."""
    waiting = _objects(resource.get("item"))[::-1]
    while waiting:
        item = waiting.pop()
        yield item
        below = [
            *_objects(item.get("item")),
            *(i for a in _objects(item.get("answer")) for i in _objects(a.get("item"))),
        ]
        waiting += below[::-1]


def _resources(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict) and found.get("resourceType") == "Bundle":
        yield from (_object(entry.get("resource")) for entry in _objects(found.get("entry")))
    else:
        yield from _objects(found if isinstance(found, list) else [found])


def _other(resource: Mapping[str, Any]) -> Problem:
    kind = str(resource.get("resourceType", "nothing"))[:SHOWN]
    return Problem("other_resource", f"“{kind}” is no filled-in questionnaire, so it was not read.")


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        message = "This is not JSON that can be read, so nothing was added. Nothing was changed; please save it again."
        raise BadInput("not_fhir", message) from error

"""FHIR R4: definitions out and in again, answers in, and everything that cannot be taken named."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velveteen.journal.payloads import misfit
from velveteen.journal.record import fingerprint
from velveteen.measure.questionnaires import shipped
from velveteen.measure.questionnaires.answers import needs_help
from velveteen.measure.questionnaires.fhir import ORDINAL, from_fhir, read_responses, to_fhir
from velveteen.problems import BadInput

NOW = datetime(2026, 11, 22, 21, 0)
LABELS = ["Not at all", "Several days", "More than half the days", "Nearly every day"]


def response(values, make=lambda v: {"valueInteger": v}, **more):
    items = [{"linkId": str(n), "answer": [make(v)]} for n, v in enumerate(values, start=1)]
    whole = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "http://example.org/Questionnaire/PHQ-9|1.0",
        "status": "completed",
        "authored": "2026-03-05T20:15:30.5+01:00",
        "item": items,
    }
    return whole | more


def read(*resources):
    return read_responses(json.dumps(resources[0] if len(resources) == 1 else list(resources)), now=NOW)


def coding(**more):
    return lambda v: {"valueCoding": {k: f(v) for k, f in more.items()}}


@pytest.mark.parametrize(
    "make",
    [
        lambda v: {"valueInteger": v},
        lambda v: {"valueDecimal": float(v)},
        lambda v: {"valueString": LABELS[v]},
        coding(code=lambda v: f"LA{[6568, 6569, 6570, 6571][v]}-{[5, 3, 1, 9][v]}"),
        coding(code=str),
        coding(display=lambda v: LABELS[v].upper()),
        lambda v: {"valueCoding": {"code": "x", "extension": [{"url": ORDINAL, "valueDecimal": v}]}},
        lambda v: {"extension": [{"url": ORDINAL, "valueDecimal": v}], "valueCoding": {"code": "x"}},
    ],
)
def test_answers_are_read_however_they_are_written(make) -> None:
    entries, problems = read(response([0, 1, 2, 3, 0, 1, 2, 3, 1], make))
    assert problems == []
    (entry,) = entries
    items = {str(n): v for n, v in enumerate([0, 1, 2, 3, 0, 1, 2, 3, 1], start=1)}
    assert entry.payload == {"questionnaire": "phq9", "items": items, "score": 13}
    assert (entry.kind, entry.at, entry.written) == ("answer", datetime(2026, 3, 5, 20, 15, 30), NOW)
    assert needs_help(entries)


def test_the_same_answers_make_the_same_entry_in_whichever_order_they_stand() -> None:
    one = response([1] * 9)
    other = response([1] * 9, lambda v: {"valueString": LABELS[v]})
    other["item"].reverse()
    assert fingerprint(read(one)[0][0]) == fingerprint(read(other)[0][0])


def test_a_bundle_is_read_with_its_groups_and_what_else_is_in_it_is_named() -> None:
    grouped = response([2] * 9, authored="2026-03-06")
    grouped["item"] = [{"linkId": "group", "item": grouped["item"][:4]},
                       {**grouped["item"][4], "answer": [{"valueInteger": 2, "item": grouped["item"][5:]}]}]  # fmt: skip
    bundle = {
        "resourceType": "Bundle",
        "entry": [{"resource": r} for r in ({"resourceType": "Patient"}, grouped, {})],
    }
    entries, problems = read(bundle)
    assert [(e.at, e.payload["score"]) for e in entries] == [(datetime(2026, 3, 6), 18)]
    assert [p.code for p in problems] == ["other_resource"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"questionnaire": "http://example.org/Questionnaire/BDI"}, "unknown_questionnaire"),
        ({"questionnaire": None}, "unknown_questionnaire"),
        ({"status": "in-progress"}, "not_finished"),
        ({"status": "entered-in-error"}, "not_finished"),
        ({"authored": None}, "unreadable_date"),
        ({"authored": "0001-01-01"}, "unreadable_date"),
        ({"item": []}, "no_answers"),
    ],
)
def test_a_response_that_cannot_be_taken_is_named_with_its_place(more, code) -> None:
    entries, problems = read(response([1] * 9), response([1] * 9) | more)
    assert len(entries) == 1
    assert [(p.code, p.where) for p in problems] == [(code, "response 2")]
    assert all(p.message for p in problems)


def test_an_answer_that_cannot_be_taken_is_left_out_alone_and_there_is_no_score() -> None:
    whole = response([1] * 9)
    whole["item"][0]["answer"] = [{"valueInteger": 7}]
    whole["item"][1]["answer"] = [{"valueString": "often"}]
    whole["item"][2]["answer"] = [{"valueBoolean": True}]
    whole["item"][3]["answer"] = [{"valueInteger": 1}, {"valueInteger": 2}]
    whole["item"][4]["answer"] = [{"valueDecimal": 1.5}]
    whole["item"].append({"linkId": "44261-6", "answer": [{"valueInteger": 9}]})
    entries, problems = read(whole)
    assert entries[0].payload == {"questionnaire": "phq9", "items": {"4": 1, "6": 1, "7": 1, "8": 1, "9": 1}}
    assert [(p.code, p.where) for p in problems] == [
        ("unreadable_answer", "response 1, item 1"),
        ("unreadable_answer", "response 1, item 2"),
        ("unreadable_answer", "response 1, item 3"),
        ("answered_twice", "response 1, item 4"),
        ("unreadable_answer", "response 1, item 5"),
        ("unknown_item", "response 1, item 44261-6"),
        ("items_missing", "response 1"),
    ]
    assert [p.text for p in problems[:2]] == ["7", "often"]


def test_no_help_is_offered_where_nothing_asks_for_it() -> None:
    entries, _ = read(response([1] * 8 + [0]))
    assert not needs_help(entries)
    own = [entries[0].__class__("1", "answer", NOW, NOW, p) for p in ({}, {"questionnaire": "phq9", "items": 3},
           {"questionnaire": "phq9", "items": {"9": "2"}})]  # fmt: skip
    assert not needs_help(own)


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 100_000, "3", "[]", '{"resourceType": "Patient"}', '{"resourceType": []}']
)
def test_what_holds_no_answers_is_refused_with_a_sentence(text) -> None:
    with pytest.raises(BadInput, match="othing was added") as refused:
        read_responses(text)
    assert refused.value.code == "not_fhir"


def test_the_answers_of_two_people_are_refused() -> None:
    two = [response([1] * 9, subject={"reference": f"Patient/{n}"}) for n in (1, 2)]
    with pytest.raises(BadInput) as refused:
        read(*two)
    assert refused.value.code == "several_people"


@pytest.mark.parametrize("name", shipped())
def test_a_definition_comes_back_as_it_went_out(name) -> None:
    resource = json.loads(json.dumps(to_fhir(shipped()[name])))
    assert from_fhir(resource) == (shipped()[name], [])


def test_a_definition_of_others_is_read_without_our_extension() -> None:
    resource = to_fhir(shipped()["gad7"])
    del resource["extension"]
    resource["item"] = [
        {"linkId": "g", "type": "group", "item": resource["item"]},
        {"linkId": "t", "type": "display"},
    ]
    read_back, problems = from_fhir(resource)
    assert problems == []
    assert (read_back.items, read_back.options) == (shipped()["gad7"].items, shipped()["gad7"].options)
    assert (read_back.title, read_back.licence) == ("GAD-7", shipped()["gad7"].licence)


def test_items_on_another_scale_are_left_out_and_named() -> None:
    options = [{"valueInteger": 1}, {"valueCoding": {"code": "b", "display": "much"}}]
    items = [
        {"linkId": "a", "type": "choice", "answerOption": options},
        {"linkId": "b", "type": "string", "text": "What else?"},
        {"linkId": "c", "type": "choice"},
        {"linkId": "d", "type": "choice", "answerOption": [*options, {"valueInteger": 5}]},
    ]
    resource = {"resourceType": "Questionnaire", "name": "my_scale", "item": items}
    resource["item"][0]["answerOption"] = [{"valueInteger": 0}, options[1]]
    made, problems = from_fhir(resource)
    assert [(o.value, o.label, o.code) for o in made.options] == [(0, "0", ""), (1, "much", "b")]
    assert (made.id, [item.id for item in made.items]) == ("my-scale", ["a"])
    assert [(p.code, p.where) for p in problems] == [("other_scale", f"item {n}") for n in "bcd"]


def test_an_option_without_a_number_counts_by_its_place() -> None:
    options = [{"valueInteger": "x"}, {"valueString": "b"}]
    made, _ = from_fhir({"resourceType": "Questionnaire", "id": "q", "item": [
        {"linkId": "a", "type": "choice", "answerOption": options}]})  # fmt: skip
    assert [o.value for o in made.options] == [0, 1]


@pytest.mark.parametrize(
    ("resource", "code"),
    [
        ([], "not_fhir"),
        ({"resourceType": "Patient"}, "not_fhir"),
        ({"resourceType": "Questionnaire"}, "questionnaire"),
        ({"resourceType": "Questionnaire", "extension": [{"url": "urn:velveteen:questionnaire", "valueString": "3"}]},
         "questionnaire"),
        ({"resourceType": "Questionnaire", "extension": [{"url": "other"}]}, "questionnaire"),
    ],
)  # fmt: skip
def test_what_is_no_definition_is_refused(resource, code) -> None:
    with pytest.raises(BadInput) as refused:
        from_fhir(resource)
    assert refused.value.code == code


KEYS = ["item", "linkId", "answer", "valueInteger", "valueCoding", "code", "extension", "valueDecimal"]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(["questionnaire", "status", "authored", "subject"], json_values)),
       json_values, st.lists(json_values, max_size=3))  # fmt: skip
def test_any_json_gives_entries_that_the_journal_takes_or_problems(more, item, answer) -> None:
    whole = response([1] * 8, **more)
    whole["item"] += [{"linkId": "9", "answer": answer}, item]
    entries, problems = read(whole)
    assert entries or problems
    assert [misfit(entry) for entry in entries if misfit(entry)] == []

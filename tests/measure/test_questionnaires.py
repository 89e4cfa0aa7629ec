"""Questionnaires as data: what ships, what a definition must hold, and what answers come to."""

from __future__ import annotations

import pytest

from velveteen.guide.words import NEVER_SAID, found
from velveteen.measure.questionnaires import score, shipped
from velveteen.measure.questionnaires.definition import from_table
from velveteen.problems import BadInput

PHQ9, GAD7 = shipped()["phq9"], shipped()["gad7"]
OWN = {
    "id": "own",
    "title": "Own",
    "items": [{"id": "a"}, {"id": "b", "reverse": True}, {"id": "c"}],
    "options": [{"value": 1, "label": "no"}, {"value": 5, "label": "yes"}, {"value": 3, "label": "so so"}],
    "licence": "free",
    "source": "here",
}


def answers(of, *values):
    return {item.id: value for item, value in zip(of.items, values, strict=False)}


def test_both_ship_whole_with_licence_and_source() -> None:
    assert (len(PHQ9.items), len(GAD7.items)) == (9, 7)
    for of in (PHQ9, GAD7):
        assert of.scale == (0, 3)
        assert all(item.text and item.code for item in of.items)
        assert "No permission required" in of.licence
        assert "Kroenke" in of.source
        assert [(item.text, hits) for item in of.items if (hits := found(item.text, NEVER_SAID))] == []
        assert {figure.standing for figure in (*of.reliability, *of.norms)} == {"recalled"}


@pytest.mark.parametrize(
    ("of", "values", "total", "band"),
    [
        (PHQ9, [0] * 9, 0, "minimal"),
        (PHQ9, [1, 1, 1, 1, 0, 0, 0, 0, 0], 4, "minimal"),
        (PHQ9, [1, 1, 1, 1, 1, 0, 0, 0, 0], 5, "mild"),
        (PHQ9, [2, 2, 2, 2, 2, 0, 0, 0, 0], 10, "moderate"),
        (PHQ9, [3, 3, 3, 3, 3, 0, 0, 0, 0], 15, "moderately severe"),
        (PHQ9, [3, 3, 3, 3, 3, 3, 2, 0, 0], 20, "severe"),
        (PHQ9, [3] * 9, 27, "severe"),
        (GAD7, [3, 1, 0, 0, 0, 0, 0], 4, "minimal"),
        (GAD7, [3, 3, 3, 0, 0, 0, 0], 9, "mild"),
        (GAD7, [3, 3, 3, 3, 2, 0, 0], 14, "moderate"),
        (GAD7, [3] * 7, 21, "severe"),
    ],
)
def test_the_published_sums_and_bands(of, values, total, band) -> None:
    scored = score(of, answers(of, *values))
    assert (scored.score, scored.band, scored.missing) == (total, band, ())


@pytest.mark.parametrize(("ninth", "crisis"), [(0, False), (1, True), (3, True)])
def test_any_answer_above_nought_to_the_ninth_item_opens_the_crisis_page(ninth, crisis) -> None:
    assert score(PHQ9, answers(PHQ9, *[0] * 8, ninth)).crisis is crisis


def test_the_crisis_page_opens_though_other_items_are_missing() -> None:
    scored = score(PHQ9, {"9": 1})
    assert scored.crisis
    assert (scored.score, scored.band, len(scored.missing)) == (None, "", 8)


def test_answers_without_the_ninth_item_open_nothing() -> None:
    assert not score(PHQ9, {"1": 3}).crisis


def test_reversed_items_are_turned_and_subscales_summed_where_they_are_whole() -> None:
    own = from_table(
        {**OWN, "subscales": {"first": ["a", "b"], "last": ["c"]}, "bands": [{"lowest": 20, "name": "high"}]}
    )
    scored = score(own, {"a": 5, "b": 1, "unknown": 3})
    assert scored.subscales == {"first": 10}  # 5, and 1 + 5 - 1
    assert scored.score is None
    assert score(own, {"a": 1, "b": 5, "c": 1}).band == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "two words"}, {"items": []}, {"items": [{"id": "a"}, {"id": "a"}]}, {"options": OWN["options"][:1]},
        {"subscales": {"x": ["z"]}}, {"crisis": {"z": 0}}, {"fields": "own"}, {"fields": "("}, {"colour": "red"},
        {"bands": [{"lowest": 5, "name": "x"}, {"lowest": 1, "name": "y"}]}, {"items": [{"text": "no id"}]},
        {"subscales": 3},
    ],
)  # fmt: skip
def test_a_definition_that_does_not_hold_together_is_refused(wrong) -> None:
    with pytest.raises(BadInput, match="Nothing was changed") as refused:
        from_table({**OWN, **wrong})
    assert refused.value.code == "questionnaire"


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("9", "9"),
        ("44260-8", "9"),
        ("/44260-8", "9"),
        ("phq9_09", "9"),
        ("PHQ9-Q9", "9"),
        ("10", None),
        ("", None),
    ],
)
def test_an_item_is_known_by_its_number_or_the_code_of_others(name, item) -> None:
    known = PHQ9.item(name)
    assert (known and known.id) == item


def test_a_questionnaire_is_known_by_the_names_of_others() -> None:
    assert all(map(PHQ9.is_named, ("PHQ-9", "phq_9", "44249-1")))
    assert not any(map(PHQ9.is_named, ("", "GAD-7", "PHQ-90")))

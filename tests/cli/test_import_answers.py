"""`import` of questionnaire answers: told by content, added once, and never without a word about help where it is due."""

from __future__ import annotations

import json

import pytest


def fhir(ninth, **form):
    items = [{"linkId": str(n), "answer": [{"valueInteger": ninth if n == 9 else 1}]} for n in range(1, 10)]
    whole = {"resourceType": "QuestionnaireResponse", "questionnaire": "PHQ-9", "status": "completed"}
    return json.dumps(whole | {"authored": "2026-03-05", "item": items}, **form)


REDCAP = (
    "record_id,redcap_event_name,phq9_date," + ",".join(f"phq9_{n}" for n in range(1, 10))
    + "\n1,start,2026-03-05,0,0,0,0,0,0,0,0,0\n"
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [(fhir(0), "fhir"), (fhir(0, indent=2), "fhir"), (f"[{fhir(0)}]", "fhir"), (REDCAP, "redcap")],
)
def test_answers_are_known_by_their_content_and_added_once(vv, journal, written, text, kind) -> None:
    file = written("answers", text)
    first, second = vv("import", file, *journal, "--json"), vv("import", file, *journal, "--json")
    assert (first.json["added"], first.json["files"][0]["format"]) == (1, kind)
    assert second.json["added"] == 0
    assert "help-now" not in first.err


def test_thoughts_of_dying_are_met_with_help(vv, journal, written) -> None:
    ended = vv("import", written("answers", fhir(1)), *journal)
    assert ended.code == 0
    assert "velveteen help-now" in ended.out + ended.err


def test_one_s_own_lines_that_speak_of_resources_stay_one_s_own(vv, journal, written) -> None:
    line = {
        "id": "a",
        "kind": "note",
        "at": "2026-03-05T12:00:00",
        "written": "2026-03-05T12:00:00",
        "payload": {},
    }
    told = json.dumps(line | {"about": "", "facts": '"resourceType": ', "feelings": "", "corrects": None})
    ended = vv("import", written("lines", told), *journal, "--json")
    assert ended.json["files"][0]["format"] == "jsonl"

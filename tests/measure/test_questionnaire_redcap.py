"""REDCap tables: which columns are items, when it was answered, and what cannot be taken."""

from __future__ import annotations

from datetime import datetime

import pytest

from velveteen.journal.record import fingerprint
from velveteen.measure.questionnaires.redcap import looks_like, read_redcap
from velveteen.problems import BadInput

NOW = datetime(2026, 11, 22, 21, 0)
PHQ = ",".join(f"phq9_{n}" for n in range(1, 10))
GAD = ",".join(f"gad_7_q{n:02}" for n in range(1, 8))


@pytest.fixture
def read(tmp_path):
    def reading(text):
        path = tmp_path / "redcap.csv"
        path.write_text(text, "utf-8")
        return read_redcap(path, now=NOW)

    return reading


def test_each_row_gives_an_entry_for_each_questionnaire_with_answers(read) -> None:
    head = f"record_id,redcap_event_name,phq9_timestamp,{PHQ},phq9_complete,gad7_date,{GAD}\n"
    first = "1,start_arm_1,2026-03-05 20:15:00,1,1,1,1,1,1,1,1,0,2,2026-03-06,3,3,3,3,3,3,3\n"
    later = "1,week_4_arm_1,2026-04-02 08:00:00,0,0,0,0,0,0,0,0,2,2,,,,,,,,\n"
    entries, problems = read(head + first + later)
    assert problems == []
    told = [(e.payload["questionnaire"], e.at, e.payload["score"], e.payload["event"]) for e in entries]
    assert told == [
        ("gad7", datetime(2026, 3, 6), 21, "start_arm_1"),
        ("phq9", datetime(2026, 3, 5, 20, 15), 8, "start_arm_1"),
        ("phq9", datetime(2026, 4, 2, 8), 2, "week_4_arm_1"),
    ]
    assert {(e.kind, e.written) for e in entries} == {("answer", NOW)}


def test_the_same_table_twice_gives_entries_that_say_the_same(read) -> None:
    table = f"record_id,date,{PHQ}\n1,2026-03-05,1,1,1,1,1,1,1,1,1\n"
    assert fingerprint(read(table)[0][0]) == fingerprint(read(table)[0][0])


def test_labels_are_read_and_a_common_date_serves(read) -> None:
    entries, problems = read(
        f"record_id;visit_date;{PHQ.replace(',', ';')}\n1;2026-03-05;{';'.join(['Several days'] * 9)}\n"
    )
    assert (entries[0].payload["score"], entries[0].at) == (9, datetime(2026, 3, 5))
    assert "event" not in entries[0].payload
    assert problems == []


def test_a_date_of_another_questionnaire_is_not_taken(read) -> None:
    entries, problems = read(f"record_id,gad7_date,{PHQ}\n1,2026-03-05,1,1,1,1,1,1,1,1,1\n")
    assert entries == []
    assert [(p.code, p.where) for p in problems] == [("unreadable_date", "line 2")]


def test_what_cannot_be_taken_is_named_with_its_line(read) -> None:
    head = f"record_id,date,mood,,{PHQ},phq9_12\n"
    rows = [
        "1,2026-03-05,fine,,1,1,1,1,1,1,1,1,9,0",
        "1,[not completed],,,1,1,1,1,1,1,1,1,1,",
        "1,2026-03-07,,,x,,,,,,,,,",
        "1,2026-03-08,,,2",
    ]
    entries, problems = read(head + "\n".join(rows))
    assert [e.payload["items"] for e in entries] == [dict.fromkeys("12345678", 1), {"1": 2}]
    assert [(p.code, p.where, p.text) for p in problems] == [
        ("columns_not_read", "", "mood, phq9_12"),
        ("unreadable_answer", "line 2, item 9", "9"),
        ("items_missing", "line 2", ""),
        ("unreadable_date", "line 3", "[not completed]"),
        ("unreadable_answer", "line 4, item 1", "x"),
        ("no_answers", "line 4", ""),
        ("items_missing", "line 5", ""),
    ]


def test_a_table_of_several_records_is_refused(read) -> None:
    with pytest.raises(BadInput) as refused:
        read(f"record_id,date,{PHQ}\n1,2026-03-05,1,1,1,1,1,1,1,1,1\n2,2026-03-05,1,1,1,1,1,1,1,1,1\n")
    assert refused.value.code == "several_people"


@pytest.mark.parametrize("head", [f"date,{PHQ}", "record_id,date,mood"])
def test_a_table_without_records_or_items_is_refused(read, head) -> None:
    with pytest.raises(BadInput, match="Nothing was added") as refused:
        read(f"{head}\n1,2\n")
    assert refused.value.code == "not_redcap"


@pytest.mark.parametrize(
    ("header", "like"),
    [
        (["record_id", "phq9_1"], True),
        (["Record_ID", "GAD7_q1"], True),
        (["record_id", "mood"], False),
        (["date", "phq9_1"], False),
    ],
)
def test_such_a_table_is_known_by_its_first_line(header, like) -> None:
    assert looks_like(header) is like

"""A file and its bytes are read alike; what must be known is given by whoever calls."""

from __future__ import annotations

from datetime import datetime

import pytest

from velveteen.intake import readers
from velveteen.intake.detect import LOOK, format_of
from velveteen.journal.diary_csv import guess_mapping
from velveteen.journal.entries import Entry, uuid7
from velveteen.journal.jsonl import dumps
from velveteen.messages import read_export
from velveteen.problems import AmbiguousDates, BadInput

AT = datetime(2024, 1, 14, 12)
CHAT = b"20/01/2024, 09:30 - Ana: hello\n21/01/2024, 09:31 - Ben: thank you\n"
DIARY = b"date,contact,treated\n2024-01-14,yes,7\nsomeday,yes,3\n"
POCKET = b"2024-01\n12 2 6\nmilk\n"
OWN = dumps([Entry(uuid7(), "note", AT, AT, {}, facts="A plate broke")])
REDCAP = b"record_id,phq9_date,phq9_1,phq9_2\n1,2024-01-14,1,0\n"
FHIR = b'{"resourceType": "QuestionnaireResponse", "status": "completed"}'


def said(found):
    told = [(e.kind, e.at, e.payload, e.facts) for e in found.entries]
    return found.format, told, [(p.code, p.where, p.text) for p in found.problems]


@pytest.mark.parametrize(
    ("data", "read"),
    [
        (CHAT, lambda file: readers.chat(read_export(file), "Ben", "Ana")),
        (DIARY, lambda file: readers.diary(file, guess_mapping(file))), (POCKET, readers.pocket),
        (OWN, lambda file: readers.jsonl(file, [])), (REDCAP, lambda file: readers.answers(file, "redcap")),
    ],
    ids=["chat", "diary", "pocket", "jsonl", "redcap"],
)  # fmt: skip
def test_a_file_and_its_bytes_say_the_same(tmp_path, data, read):
    path = tmp_path / "file"
    path.write_bytes(data)
    assert said(read(data)) == said(read(path)) == said(read(str(path)))
    assert read(data).entries


@pytest.mark.parametrize(
    ("data", "format_"),
    [(CHAT, "chat"), (DIARY, "diary"), (POCKET, "pocket"), (OWN, "jsonl"), (REDCAP, "redcap"), (FHIR, "fhir"),
     (b"PK\x03\x04", "chat"), (DIARY + b"x" * LOOK + b"\0", "diary")],
)  # fmt: skip
def test_the_format_is_told_by_the_first_bytes(data, format_):
    assert format_of(data) == format_


@pytest.mark.parametrize(("data", "code"), [(b" \n", "empty_file"), (b"\0\1\2", "not_text")])
def test_what_is_no_text_is_named_as_the_caller_says(data, code):
    with pytest.raises(BadInput, match=r"^That thing is ") as refused:
        format_of(data, "That thing")
    assert refused.value.code == code


def test_the_month_of_the_first_lines_can_be_given():
    found = readers.pocket(b"12 2 6\n2024-03\n1 1 8\n", month=(2024, 2), about="M")
    assert [(e.at.isoformat()[:10], e.about) for e in found.entries] == [
        ("2024-02-12", "M"),
        ("2024-03-01", "M"),
    ]
    assert [p.code for p in readers.pocket(b"12 2 6\n").problems] == ["month_missing"]


def test_a_question_about_dates_carries_an_example():
    both = b"date,contact\n03/04/2024,yes\n05/06/2024,yes\n"
    with pytest.raises(AmbiguousDates) as asked:
        readers.diary(both, {"date": "date"})
    assert asked.value.example == "03/04/2024"
    with pytest.raises(AmbiguousDates) as asked:
        read_export(b"03/04/2024, 09:30 - Ana: hello\n05/06/2024, 09:31 - Ben: hello\n")
    assert asked.value.example.startswith("03/04/2024")


def test_an_answer_about_dying_is_heard():
    nine = b"record_id,phq9_date,phq9_9\n1,2024-01-14,%d\n"
    assert readers.needs_help(readers.answers(nine % 1, "redcap"))
    assert not readers.needs_help(readers.answers(nine % 0, "redcap"))
    assert not readers.needs_help(readers.pocket(POCKET))


def test_a_file_that_cannot_be_opened_or_is_too_large_is_refused(tmp_path):
    with pytest.raises(BadInput, match="could not be opened"):
        readers.pocket(tmp_path / "nowhere")
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(64 * 2**20 + 1)
    with pytest.raises(BadInput, match="larger than 64 MB"):
        readers.pocket(large)

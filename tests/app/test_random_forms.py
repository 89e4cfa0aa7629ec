"""Whatever is sent to the pages of the record and of files, the answer is a page or a sentence, never a fault."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.conftest import PASSPHRASE
from tests.app.files import DIARY, chat_txt, send, zipped
from tests.app.notes import entry

from velveteen.app.import_questions import KINDS
from velveteen.app.shell import path

RELAXED = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
WORDS = st.one_of(
    st.text(max_size=40), st.sampled_from(
        ["1", "2", "yes", "no", "day", "month", "date", "acts", "treated", "Ben", "Ana", "2026-02", "0000-00", "²", "-1",
         PASSPHRASE, "\x00", "\ud83d", "2024-01-14"]
    ),
)  # fmt: skip
FIELDS = st.dictionaries(
    st.sampled_from(
        ["way", "facts", "feelings", "passphrase", "them", "me", "first", "columns", "c0", "c1", "c2", "c3", "c4", "month",
         "kind", "on", "file", "f", "m", "p", "s", "d", "w"]
    ) | st.text(max_size=5), WORDS, max_size=8,
)  # fmt: skip
PARTS = st.sampled_from(["1", "2", "3", "x", "2026-01-14", "9999-12-31", "²", "%00", "..", "ID"])
PAGES = st.sampled_from(["record", "then", "entry", "free", "import"])


def clean(text):
    """As a browser sends it: half a surrogate pair never comes over the wire."""
    return text.encode("utf-8", "replace").decode()


@pytest.fixture
def filled(opened, desk):
    desk.add(
        [
            entry("note", 1, facts="A plate broke"), entry("day", 1, contact=True, day="calm"),
            entry("act", 1, act="shouted"), entry("promise", 2, what="Ring up"),
            entry("term", 3, what="No shouting"), entry("imported", 4, source="a"),
        ]
    )  # fmt: skip
    return opened


@RELAXED
@given(page=PAGES, parts=st.lists(PARTS, max_size=2), fields=FIELDS, post=st.booleans())
def test_any_form_gives_a_page_or_a_sentence(filled, desk, page, parts, fields, post):
    told = [e.id for e in desk.standing if e.kind != "setting"]
    ids = [told[0] if part == "ID" and told else part for part in parts]
    sent = {clean(key): clean(value) for key, value in fields.items()}
    address = path(page, *ids)
    answer = filled.post(address, data=sent) if post else filled.get(address, params=sent)
    assert answer.status_code < 500
    assert desk.journal.verify() is None


@RELAXED
@given(
    data=st.one_of(
        st.binary(max_size=200), st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")),
        st.sampled_from([DIARY.encode(), chat_txt().encode(), zipped(a=chat_txt()), b'{"resourceType": "Bundle"}', b"[{}]",
                         b"2024-01\n12 2 6\n", b"record_id,phq9_1\n1,2\n", b'{"id": 1}\n']),
    ),
    kind=st.sampled_from([*KINDS, "", "x"]), fields=FIELDS,
)  # fmt: skip
def test_any_file_read_as_anything_gives_a_page_or_a_sentence(filled, data, kind, fields):
    sent = {clean(key): clean(value) for key, value in fields.items()}
    answers = [send(filled, data), filled.post(path("import", "3"), data={"kind": kind}) if kind else None]
    answers += [
        filled.get(path("import", "1")),
        filled.post(path("import", "1"), data=sent),
        filled.get(path("import", "2")),
    ]
    assert [a.status_code for a in answers if a and a.status_code >= 500] == []
    filled.post(path("import", "3"), data={})


@RELAXED
@given(name=st.text(max_size=60), data=st.binary(max_size=60))
def test_any_file_name_is_only_ever_shown(filled, name, data):
    send(filled, b"date,contact\n" + data, name=clean(name) or "x")
    assert filled.get(path("import", "1")).status_code in (200, 303, 400)
    filled.post(path("import", "3"), data={})


def test_the_day_of_today_can_be_marked(filled):
    assert filled.post(path("free", date.today().isoformat()), data={"way": "1"}).status_code == 303

"""A diary table becomes entries; each test's table stands in it."""

from datetime import date, datetime, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from velveteen.journal.dates import read_both
from velveteen.journal.diary_columns import columns
from velveteen.journal.diary_csv import parse_map, read_diary
from velveteen.journal.sealed import SealedJournal
from velveteen.problems import AmbiguousDates, BadInput

from .conftest import NOW, PASSPHRASE


@pytest.fixture
def diary(tmp_path):
    """Reads a table given as text; gives its entries and problems."""

    def read(text, mapping=None, encoding="utf-8", **options):
        file = tmp_path / "diary.csv"
        file.write_bytes("\n".join(line.strip() for line in text.strip().splitlines()).encode(encoding))
        return read_diary(file, mapping, **{"now": NOW, **options})

    return read


def told(entries):
    return [(entry.kind, entry.payload) for entry in entries]


def codes(problems):
    return [problem.code for problem in problems]


def test_a_day(diary):
    entries, problems = diary(
        """
        date,contact,day,treated,wellbeing,note,feelings
        2024-03-05,yes,refused,3,4.5,I said no to Sunday,tired
        """
    )
    assert problems == []
    (day,) = entries
    assert day.kind == "day"
    assert day.payload == {"contact": True, "day": "refused", "treated": 3, "wellbeing": 4.5, "acts": False}
    assert (day.at, day.written, day.facts, day.feelings) == (
        datetime(2024, 3, 5),
        NOW,
        "I said no to Sunday",
        "tired",
    )


@pytest.mark.parametrize(
    ("acts", "payloads"),
    [
        ("shouted", [{"act": "shouted", "harm": True}]),
        (
            "Put me down*2; listened",
            [{"act": "put_me_down", "harm": True, "weight": 2}, {"act": "listened", "harm": False}],
        ),
        (
            "hid my keys;care:made tea*3",
            [{"act": "hid my keys", "harm": True}, {"act": "made tea", "harm": False, "weight": 3}],
        ),
        ("lied, shouted", [{"act": "lied", "harm": True}, {"act": "shouted", "harm": True}]),
        ("forgot me, again", [{"act": "forgot me, again", "harm": True}]),
        ("said: never", [{"act": "said: never", "harm": True}]),
    ],
)
def test_acts(diary, acts, payloads):
    entries, problems = diary(f'date,contact,acts\n2024-03-05,yes,"{acts}"')
    assert {problem.code for problem in problems} <= {"act_not_in_catalogue"}
    assert entries[0].payload == {"contact": True}
    assert told(entries[1:]) == [("act", payload) for payload in payloads]
    assert entries[1].at == datetime.combine(date(2024, 3, 5), time(12))


def test_toward_whom_and_before_whom(diary):
    entries, _ = diary("date,contact,acts,toward,audience\n2024-03-05,yes,shouted,the kids,in public")
    assert entries[1].payload == {"act": "shouted", "harm": True, "audience": "public"}
    entries, _ = diary("date,contact,acts,toward,audience\n2024-03-05,yes,shouted,kids,in public")
    assert entries[1].payload == {"act": "shouted", "harm": True, "toward": "child", "audience": "public"}


def test_a_number_of_harmful_acts_becomes_as_many(diary):
    entries, problems = diary("date,contact,harm\n2024-03-05,yes,3\n2024-03-06,yes,0")
    assert problems == []
    assert told(entries) == [("day", {"contact": True})] + [("act", {"act": "harm", "harm": True})] * 3 + [
        ("day", {"contact": True})
    ]


def test_named_acts_are_part_of_the_number(diary):
    entries, _ = diary("date,contact,acts,harm\n2024-03-05,yes,shouted;listened,2")
    assert [entry.payload["act"] for entry in entries[1:]] == ["shouted", "listened", "harm"]
    entries, problems = diary("date,contact,acts,harm\n2024-03-05,yes,shouted;lied,1")
    assert [entry.payload["act"] for entry in entries[1:]] == ["shouted", "lied"]
    assert codes(problems) == ["harm_below_named"]


def test_everything_else(diary):
    entries, problems = diary(
        """
        date,contact,raised,answer,told,acknowledged,equals,free_to_say_no,turning_point,limit,limit_event,session
        2024-03-05,yes,the money,blamed me,yes,no,3,2.5,I threatened to leave,no shouting,I let it slip,attended
        2024-03-06,no,,played the victim,,yes,,,,,held,missed
        """
    )
    assert problems == []
    assert told(entries) == [
        ("day", {"contact": True, "acts": False}),
        ("confrontation", {"raised": "the money", "answer": "blamed"}),
        ("inward", {"told": True, "acknowledged": False, "equals": 3, "free_to_say_no": 2.5}),
        ("turning_point", {"kind": "loss_threatened"}),
        ("limit", {"limit": "no shouting", "event": "slipped"}),
        ("therapy_session", {"attended": True}),
        ("day", {"contact": False, "acts": False}),
        ("confrontation", {"answer": "played_victim"}),
        ("inward", {"told": True, "acknowledged": True}),
        ("limit", {"limit": "my limit", "event": "held"}),
        ("therapy_session", {"attended": False}),
    ]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        *(("treated", cell) for cell in ("11", "-1", "fine", "1e3", "7/9", "60%")),
        *(("harm", cell) for cell in ("2.5", "100", "many", "-1")),
        ("contact", "perhaps"), ("day", "blue"), ("answer", "purple"), ("turning_point", "rain"), ("told", "2"),
        ("session", "maybe"), ("limit_event", "green"), ("toward", "sky"), ("audience", "mars"), ("equals", "11"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_and_the_rest_of_the_row_is_kept(diary, column, cell):
    mapping = {"date": "date", "note": "note", column: column}
    entries, problems = diary(f"date,{column},note\n2024-03-05,{cell},supper\n", mapping)
    assert [entry.facts for entry in entries] == ["supper"]
    unread = [problem for problem in problems if problem.code == "unreadable_value"]
    assert [(problem.where, problem.text) for problem in unread] == [("line 2", cell)]
    assert "it should be" in unread[0].message


def test_contact_that_no_column_tells_is_assumed_and_said(diary):
    entries, problems = diary("date,treated,note\n2024-03-05,6,\n2024-03-06,,only a note")
    assert told(entries) == [("day", {"contact": True, "treated": 6, "acts": False}), ("note", {})]
    assert codes(problems) == ["contact_assumed"]


def test_days_without_a_word_are_counted_and_not_written(diary):
    entries, problems = diary("date,contact\n2024-03-05,\n2024-03-06,\n2024-03-07,no")
    assert told(entries) == [("day", {"contact": False, "acts": False})]
    assert codes(problems) == ["blank_days"]
    assert "2 days, 2024-03-05 to 2024-03-06" in problems[0].message


def test_several_rows_of_one_day_make_one_day(diary):
    entries, problems = diary(
        """
        date,contact,day,treated,acts,note
        2024-03-05,no,calm,8,,morning
        2024-03-05,yes,criticised,2,shouted,evening
        """
    )
    assert told(entries) == [
        ("day", {"contact": True, "day": "criticised", "treated": 5.0}),
        ("act", {"act": "shouted", "harm": True}),
    ]
    assert entries[0].facts == "morning\nevening"
    assert codes(problems) == ["several_rows"]


def test_rows_without_a_date_are_named(diary):
    entries, problems = diary("date,contact,note\n2024-03-05,yes,\n,yes,lost\nsoon,no,x")
    assert len(entries) == 1
    assert [(problem.code, problem.where) for problem in problems] == [
        ("unreadable_date", "line 3"),
        ("unreadable_date", "line 4"),
    ]
    assert problems[1].text == "soon no x"


def test_columns_that_are_not_read_are_named(diary):
    _, problems = diary("date,contact,weather,empty\n2024-03-05,yes,rain,")
    assert codes(problems) == ["text_column_unused"]
    assert "“weather” was not read" in problems[0].message
    assert "--map 'acts=weather'" in problems[0].message
    _, problems = diary("date,contact,steps,empty\n2024-03-05,yes,8000,")
    assert codes(problems) == ["columns_unused"]
    assert "steps" in problems[0].message
    assert "empty" not in problems[0].message


def test_more_cells_than_columns_and_an_open_quote_are_named(diary):
    entries, problems = diary('date,contact\n2024-03-05,yes,and more\n2024-03-06,"yes\n2024-03-07,no')
    assert [(problem.code, problem.where) for problem in problems] == [
        ("extra_cells", "line 2"), ("open_quote", "line 3"), ("unreadable_value", "line 3"),
    ]  # fmt: skip
    assert [entry.at.day for entry in entries] == [5, 7]


def test_letters_that_cannot_be_read_are_named(tmp_path):
    file = tmp_path / "diary.csv"
    file.write_bytes("date,contact,note\n2024-03-05,yes,schön\n2024-03-06,yes,früh ".encode() + b"\xff\n")
    entries, problems = read_diary(file, now=NOW)
    assert [entry.facts for entry in entries] == ["schön", "früh \ufffd"]
    assert [(problem.code, problem.where) for problem in problems] == [("unreadable_letters", "line 3")]


def test_days_still_to_come_are_kept_and_named(diary):
    entries, problems = diary("date,contact\n2026-05-02,yes")
    assert (len(entries), codes(problems)) == (1, ["future_date"])


def test_an_open_session_counts_neither_way(diary):
    entries, problems = diary("date,contact,session\n2024-03-05,yes,due")
    assert (told(entries), codes(problems)) == ([("day", {"contact": True, "acts": False})], ["session_open"])


def test_a_raised_matter_without_an_answer_is_kept_as_a_note(diary):
    entries, problems = diary("date,contact,raised\n2024-03-05,yes,the money")
    assert told(entries)[1:] == [("note", {"raised": "the money"})]
    assert codes(problems) == ["raised_without_answer"]


def test_what_was_acknowledged_untold_is_kept_and_named(diary):
    entries, problems = diary("date,contact,told,acknowledged\n2024-03-05,yes,no,yes")
    assert told(entries)[1:] == [("inward", {"told": False, "acknowledged": True})]
    assert codes(problems) == ["acknowledged_untold"]


def test_a_circumstance_without_an_act_and_a_weight_that_cannot_be(diary):
    _, problems = diary(
        "date,contact,toward,acts\n2024-03-05,yes,me,\n2024-03-06,yes,,lied*9\n2024-03-07,yes,,care:lied"
    )
    assert codes(problems) == ["circumstance_without_act", "act_weight", "act_side"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_encodings_and_delimiters(diary, encoding, delimiter):
    text = "Datum|Kontakt|Gefühl\n31.03.2024|ja|müde".replace("|", delimiter)
    entries, problems = diary(text, encoding=encoding)
    assert (told(entries), problems) == ([("day", {"contact": True, "acts": False})], [])
    assert entries[0].feelings == "müde"


def test_rows_in_any_order_come_out_by_day(diary):
    entries, _ = diary("date,contact\n2024-03-07,yes\n2024-03-05,no\n2024-03-06,yes")
    assert [entry.at.day for entry in entries] == [5, 6, 7]


def test_a_date_that_could_be_two_is_asked_and_can_be_said(diary):
    text = "date,contact\n03/04/2024,yes\n05/06/2024,no"
    with pytest.raises(AmbiguousDates):
        diary(text)
    assert [entry.at.month for entry in diary(text, day_first=True)[0]] == [4, 6]
    assert [entry.at.month for entry in diary(text, day_first=False)[0]] == [3, 5]


def test_due_dates_are_asked_about_too(diary):
    text = "date,contact,promise,promise_due\n2024-03-01,yes,call,03/04/2024"
    with pytest.raises(AmbiguousDates):
        diary(text)
    assert diary(text, day_first=True)[0][1].payload["due"] == "2024-04-03"


def test_without_a_date_column_it_names_what_it_saw_and_shows_a_way(diary):
    with pytest.raises(BadInput) as caught:
        diary("Wann war es,Laune\nneulich,6\ngestern,7")
    assert caught.value.code == "no_date_column"
    assert "“Wann war es”, “Laune”" in caught.value.message
    assert "--map 'date=Wann war es'" in caught.value.message


def test_a_mapping_is_taken_as_it_is(diary):
    entries, problems = diary(
        "Wann,Laune,contact\n2024-03-05,6,yes", parse_map(["date=wann", "treated=LAUNE"])
    )
    assert told(entries) == [("day", {"contact": True, "treated": 6, "acts": False})]
    assert codes(problems) == ["columns_unused", "contact_assumed"]


def test_the_same_diary_twice_adds_nothing_and_a_longer_one_what_is_new(diary, cheap_key, path):
    text = """date,contact,harm,promise,promise_due,promise_outcome
    2024-03-05,yes,3,call,2024-03-08,
    2024-03-06,yes,3,,,"""
    more = text + "\n2024-03-08,yes,0,call,,broken"
    with SealedJournal.create(path, PASSPHRASE) as journal:
        assert journal.append(diary(text)[0]) == 9
        assert journal.append(diary(text)[0]) == 0
        assert journal.append(diary(more)[0]) == 2
        assert journal.append(diary(more)[0]) == 0


CELLS = st.text(max_size=12) | st.sampled_from(["2024-03-05", "yes", "3", "kept"])
ROWS = st.lists(st.lists(CELLS, min_size=len(columns()), max_size=len(columns())), max_size=5)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_any_cells_are_read_without_an_error_and_no_row_is_passed_over(diary, rows):
    def quoted(row):
        return ",".join('"' + cell.replace('"', '""').replace("\0", "") + '"' for cell in row)

    text = "\n".join([",".join(columns()), *map(quoted, rows)])
    mapping = {name: name for name in columns()}
    entries, problems = diary(text, mapping, encoding="utf-16", day_first=True)
    told_rows = [row for row in rows if any(cell.replace("\0", "").strip() for cell in row)]
    dateless = [row for row in told_rows if read_both(row[0].replace("\0", ""))[0] is None]
    undated = [problem for problem in problems if problem.code == "unreadable_date"]
    assert len(undated) == len(dateless)
    assert bool(entries or problems) == bool(told_rows)

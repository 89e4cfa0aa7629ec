"""Which column holds what: guessed from names and values, given by hand, shown before it is used."""

import pytest

from velveteen.journal.diary_columns import columns, plain
from velveteen.journal.diary_csv import guess_mapping as guess_for_file
from velveteen.journal.diary_mapping import guess_mapping, parse_map
from velveteen.problems import BadInput

CANONICAL = [
    "date",
    "contact",
    "day",
    "treated",
    "wellbeing",
    "acts",
    "harm",
    "toward",
    "audience",
    "promise",
    "promise_due",
    "promise_outcome",
    "raised",
    "answer",
    "told",
    "acknowledged",
    "equals",
    "free_to_say_no",
    "turning_point",
    "limit",
    "limit_event",
    "session",
    "note",
    "feelings",
]


def test_the_canonical_columns_map_to_themselves():
    assert list(columns()) == CANONICAL
    assert dict(guess_mapping(CANONICAL, [])) == {name: name for name in CANONICAL}


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("Datum;Kontakt;behandelt;Streit", "05.03.2024;ja;6;2", "date contact treated harm"),
        (
            "When;How was I treated?;fights;Promises",
            "5 March 2024;6/10;0;call the bank",
            "date treated harm promise",
        ),
        ("Day;Kind of day;My mood;What happened", "2024-03-05;calm;5;shouted", "date day wellbeing note"),
        ("Fecha;trato;peleas;notas", "5/3/2024;7;1;cena", "date treated harm note"),
        (
            "entry date;day;TREATED;due-date;Promise",
            "2024-03-05;stress;4;2024-03-09;write",
            "date day treated promise_due promise",
        ),
    ],
)
def test_several_wordings(header, row, expected):
    names = header.split(";")
    mapping = guess_mapping(names, [row.split(";")])
    assert {column: field for field, column in mapping.items()} == dict(
        zip(names, expected.split(), strict=True)
    )


def test_a_name_is_not_believed_against_its_values():
    assert dict(guess_mapping(["day"], [["2024-03-05"], ["2024-03-06"]])) == {"date": "day"}
    assert dict(guess_mapping(["date", "acts"], [["2024-03-05", "2"]])) == {"date": "date", "harm": "acts"}
    assert "treated" not in guess_mapping(["date", "treatment"], [["2024-03-05", "badly"]])


@pytest.mark.parametrize("name", ["harm", "treated", "contact", "Harm"])
def test_a_column_with_the_canonical_name_is_always_read(name):
    mapping = guess_mapping(["date", name], [["2024-03-05", "see below"], ["2024-03-06", "a lot"]])
    assert mapping[name.lower()] == name


@pytest.mark.parametrize("name", ["what happened", "was passierte", "Was war"])
def test_a_column_of_free_text_is_a_note_and_no_list_of_acts(name):
    assert dict(guess_mapping(["date", name], [["2024-03-05", "shouted"]])) == {"date": "date", "note": name}


def test_a_date_is_found_by_looking_and_said_to_be():
    mapping = guess_mapping(["x", "y"], [["a", "2024-03-05"], ["b", "2024-03-06"]])
    assert dict(mapping) == {"date": "y"}
    assert mapping.how == {"date": "values"}
    assert mapping.unused == ("x",)
    assert "told by what stands in it" in mapping.lines()[0]
    assert mapping.lines()[-1] == "not read: x"


def test_what_is_given_stands_and_the_rest_is_guessed_around_it():
    mapping = guess_mapping(["date", "mood", "note"], [], {"treated": "Mood"})
    assert dict(mapping) == {"date": "date", "treated": "mood", "note": "note"}
    assert mapping.how["treated"] == "given"


def test_a_mood_may_be_meant_either_way_and_that_is_said():
    lines = guess_mapping(["date", "mood"], []).lines()
    assert any("--map treated=mood" in line for line in lines)


def test_pairs_for_scripts():
    assert dict(parse_map(["date=Datum", " Promise Due = by = when "])) == {
        "date": "Datum",
        "promise_due": "by = when",
    }
    assert dict(parse_map([])) == {}


@pytest.mark.parametrize(
    "pairs", [["date"], ["date="], ["datum=date"], ["date=a", "date=b"], ["date=a", "note=a"]]
)
def test_pairs_that_cannot_be(pairs):
    with pytest.raises(BadInput) as caught:
        parse_map(pairs)
    assert caught.value.code == "bad_map"


def test_a_column_that_is_not_there_names_those_that_are():
    with pytest.raises(BadInput, match="“Datum”, “Notiz”") as caught:
        guess_mapping(["Datum", "Notiz"], [], {"date": "Data"})
    assert caught.value.code == "unknown_column"


def test_a_file_is_looked_into(tmp_path):
    file = tmp_path / "d.csv"
    file.write_text("Tag;Stimmung\n05.03.2024;6\n", "utf-8")
    assert dict(guess_for_file(file)) == {"date": "Tag", "wellbeing": "Stimmung"}
    assert dict(guess_for_file(file, parse_map(["treated=Stimmung"]))) == {
        "date": "Tag",
        "treated": "Stimmung",
    }


def test_no_two_columns_share_their_likeliest_name_and_words_mean_one_thing():
    assert len({column.names[0] for column in columns().values()}) == len(columns())
    for column in columns().values():
        assert all(word == plain(word) for word in (*column.names, *column.words))

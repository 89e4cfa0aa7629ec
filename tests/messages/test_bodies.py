"""Bodies, authors, and what the app writes itself."""

import re
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from velveteen.messages.formats import notices
from velveteen.problems import BadInput

LRM = "\u200e"


def android(*rests, start=13):
    return "".join(f"{start + i}/01/2021, 10:{i:02} - {rest}\n" for i, rest in enumerate(rests))


def ios(*rests, start=13):
    return "".join(f"[{start + i}/01/21, 10:{i:02}:00] {rest}\n" for i, rest in enumerate(rests))


def bodies(export):
    return [(m.author, m.text) for m in export.messages]


def test_colons_times_and_quoted_headers_stay_in_the_body(read):
    quoted = "[13/01/21, 09:00:00] Ana: you said\n13.01.2021, 09:00 - Ana: this\n10:30 - ok: so"
    export = read(android("Ruth: look: " + quoted, "Ana: yes"))
    assert bodies(export) == [("Ruth", "look: " + quoted), ("Ana", "yes")]
    assert [p.where for p in export.problems if p.code == "header_in_body"] == ["line 2"]
    assert export.unparsed == []


def test_blank_lines_inside_stay_and_after_the_end_go(read):
    assert bodies(read(android("Ruth: a\n\n\nb") + "\n\n")) == [("Ruth", "a\n\n\nb")]


def test_other_line_separators_do_not_cut_a_message(read):
    body = "a\u2028b\x0bc\x85d"
    assert bodies(read(android(f"Ruth: {body}"))) == [("Ruth", body)]


def test_an_empty_message_is_a_message(read):
    assert bodies(read(android("Ruth: ", "Ana:", "Ruth: a"))) == [("Ruth", ""), ("Ana", ""), ("Ruth", "a")]


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("+44 7700 900123", "+44 7700 900123"),
        ("\u202a+44\u00a07700\u00a0900123\u202c", "+44 7700 900123"),
        ("~\u202fNoor", "Noor"),
        ("~ Noor", "Noor"),
        ("Zoë 🌻👩‍👧", "Zoë 🌻👩👧".replace("👩👧", "👩\u200d👧")),
        ("Jean-Luc - work", "Jean-Luc - work"),
        ("Gym 10:30", "Gym 10:30"),
    ],
)
def test_authors_as_address_books_have_them(read, written, author):
    assert bodies(read(android(f"{written}: hi: you", "Ana: yes")))[0] == (author, "hi: you")


def test_a_tilde_stays_where_it_tells_two_people_apart(read):
    export = read(android("~ Noor: a", "Noor: b"))
    assert set(export.participants) == {"~ Noor", "Noor"}


def test_a_name_with_a_colon_shows_in_all_its_messages(read):
    export = read(
        android(
            "Dr: Okafor: hello", "Ana: one: two", "Dr: Okafor: at 10: fine", "Ana: three", "Dr: Okafor: a\nb"
        )
    )
    assert export.participants == {"Dr: Okafor": 3, "Ana": 2}
    assert [m.text for m in export.messages if m.author != "Ana"] == ["hello", "at 10: fine", "a\nb"]


def test_a_colon_without_a_space_is_the_authors_where_the_author_is_known(read):
    assert bodies(read(android("Ana: a", "Ana:b: c", "somebody:left"))) == [("Ana", "a"), ("Ana", "b: c")]


@pytest.mark.parametrize(
    "line",
    [
        "Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read them.",
        'Ana created group "Trip"',
        'Ana changed the group name from "Trip" to "Trip: Rome"',
        "You deleted “x: y” from the group “A: B",
        "Ana left",
        "Sie hat den Betreff von „Reise“ zu „Reise: Rom“ geändert",
    ],
)
def test_what_the_app_writes_is_counted_and_left_out(read, line):
    export = read(android("Ruth: a", line, "Ana: b"))
    assert bodies(export) == [("Ruth", "a"), ("Ana", "b")]
    assert export.system_lines == 1


@pytest.mark.parametrize(
    "body",
    [
        "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt. Niemand außerhalb, nicht einmal WhatsApp, kann sie lesen.",
        "Les messages et les appels sont chiffrés de bout en bout. Aucun tiers, pas même WhatsApp, ne peut les lire.",
        "Your security code with Ana changed. Tap to learn more.",
        "You created this group",
    ],
)
def test_notices_under_an_authors_name_are_no_messages(read, body):
    export = read(ios(f"Ana: {LRM}{body}", "Ana: hello", "Ruth: hi"))
    assert export.participants == {"Ana": 1, "Ruth": 1}
    assert export.system_lines == 1


def test_talk_about_encryption_is_talk(read):
    assert len(read(android("Ana: is this end-to-end encrypted?", "Ruth: ask WhatsApp")).messages) == 2


def test_notes_about_media_and_deleted_messages_stay_as_messages(read):
    notes = [
        f"{LRM}image omitted",
        "<Media omitted>",
        f"{LRM}This message was deleted.",
        "IMG-1.jpg (file attached)",
    ]
    export = read(ios(*(f"Ana: {note}" for note in notes)))
    assert [m.text for m in export.messages] == [note.strip(LRM) for note in notes]


@pytest.mark.parametrize(
    "mark",
    [f" {LRM}<This message was edited>", " <Diese Nachricht wurde bearbeitet.>", f"{LRM}<редактирано е>"],
)
def test_the_mark_of_an_edited_message_goes(read, mark):
    assert bodies(read(android(f"Ana: I mean: tomorrow{mark}"))) == [("Ana", "I mean: tomorrow")]


def test_other_angle_brackets_stay(read):
    assert bodies(read(android("Ana: a <b>", "Ana: <3 you>")))[0] == ("Ana", "a <b>")


def test_lines_before_the_first_header_are_listed(read):
    export = read("notes of mine\n\nmore\n" + android("Ana: a"))
    assert export.unparsed == [(1, "notes of mine"), (3, "more")]
    assert [(p.code, p.where, p.text) for p in export.problems] == [
        ("unparsed", "line 1", "notes of mine"), ("unparsed", "line 3", "more")]  # fmt: skip


@pytest.mark.parametrize(
    "header", ["31/02/2021, 10:00 - ", "14/01/2021, 25:10 - ", "14/01/2021, 10:61 - ", "14/19/2021, 10:00 - "]
)
def test_a_header_that_is_no_moment_is_listed_with_its_body(read, header):
    export = read(android("Ana: a") + f"{header}Ana: lost\nsecond\n" + android("Ana: b", start=15))
    assert bodies(export) == [("Ana", "a"), ("Ana", "b")]
    assert export.unparsed == [(2, f"{header}Ana: lost"), (3, "second")]


def test_a_mark_that_two_languages_use_both_ways_is_refused(read):
    """Narrow “пп” is the afternoon in Ukrainian (CLDR), and reads as the forenoon elsewhere."""
    text = "".join(f"{13 + i}.1.21, 9:00 {'дп' if i % 2 else 'пп'} - Ana: a\n" for i in range(10))
    with pytest.raises(BadInput) as refused:
        read(text)
    assert refused.value.code == "unknown_day_words"


@pytest.mark.parametrize("time", ["10:00", "10:00 xx", "13:00 am"])
def test_a_time_without_its_half_of_the_day_is_listed(read, time):
    text = "1/13/21, 9:00 am - Ana: a\n1/14/21, 9:00 pm - Ana: b\n" + f"1/15/21, {time} - Ana: c\n"
    export = read(text)
    assert [m.at for m in export.messages] == [datetime(2021, 1, 13, 9), datetime(2021, 1, 14, 21)]
    assert [line for line, _ in export.unparsed] == [3]


def test_unknown_words_beside_the_time_are_refused(read):
    text = "".join(f"1/{13 + i}/21, 9:00 {'qim' if i % 2 else 'qom'} - Ana: a\n" for i in range(10))
    with pytest.raises(BadInput) as refused:
        read(text)
    assert refused.value.code == "unknown_day_words"


def test_one_unknown_word_is_no_riddle_where_hours_go_beyond_12(read):
    text = "".join(f"{13 + i}/1/21 zork {9 + i}:00 - Ana: a\n" for i in range(8))
    assert [m.at.hour for m in read(text).messages] == list(range(9, 17))


@pytest.mark.parametrize(
    ("time", "hour"),
    [
        ("12:30 am", 0),
        ("12:30 PM", 12),
        ("0:30 pm", 12),
        ("24:30", 0),
        ("0:30", 0),
        ("凌晨12:30", 0),
        ("凌晨5:30", 5),
        ("中午12:30", 12),
        ("中午11:30", 11),
        ("晚上7:30", 19),
        ("半夜12:30", 0),
        ("深夜11:30", 23),
        ("13:30 pm", 13),
    ],
)
def test_midnight_noon_and_their_neighbours(read, time, hour):
    assert read(f"2021/1/13 {time} - Ana: a\n").messages[0].at == datetime(2021, 1, 13, hour, 30)


def test_two_exports_in_one_file_are_refused(read):
    both = "".join(android("Ana: a", start=13) for _ in range(60)) + "".join(
        ios("Ana: b", start=14) for _ in range(50)
    )
    with pytest.raises(BadInput) as refused:
        read(both)
    assert refused.value.code == "mixed_headers"


@settings(max_examples=300)
@given(text=st.from_regex(re.compile(notices._MEDIA.pattern), fullmatch=True))
def test_no_note_about_media_is_taken_for_words(text):
    """The quick look at the last letters lets none pass."""
    bare = text.strip()
    assert bare[-3:] in notices.NOTE_ENDS or bare[-1:] in notices.AFTER_NOTE


def test_notes_are_marked_as_such(read):
    export = read(
        android(
            "Ana: <Media omitted>", "Ana: This message was deleted", "Ana: we omitted it", "Ana: a.jpg (x y)"
        )
    )
    assert [m.note for m in export.messages] == [True, True, False, True]

"""Files of `imessage-exporter`, as text and as pages."""

import pytest

from velveteen.messages.formats import imessage
from velveteen.problems import BadInput

from .exports import IMESSAGE_HTML, IMESSAGE_TXT, page, page_message, part, read

TWO = "May 01, 2024  2:0{}:00 PM\n"


def text(*blocks):
    return "".join(
        f"May 01, 2024  2:{number:02}:00 PM\n{block}\n\n" for number, block in enumerate(blocks)
    ).encode()


def only(*blocks):
    return read(imessage, text(*blocks))


def page_of(body, **more):
    return read(imessage, page(page_message(1, "Ana", body, **more)))


@pytest.mark.parametrize(
    ("written", "hour"), [(" 2:00:00 PM", 14), ("12:00:00 AM", 0), ("12:00:00 PM", 12), ("11:00:00 AM", 11)]
)
def test_half_days_are_hours(written, hour):
    (message,), _ = read(imessage, f"Dec 31, 2023 {written}\nAna\nhello\n\n".encode())
    assert (message.at.isoformat(), message.instant) == (f"2023-12-31T{hour:02}:00:00", None)


def test_a_body_has_its_lines_and_empty_lines_and_a_time_in_it_is_text():
    (message,), _ = only("Ana\nsee you\n\nat\nMay 01, 2024  2:00:00 PM\nsharp")
    assert message.text == "see you\n\nat\nMay 01, 2024  2:00:00 PM\nsharp"


def test_an_answer_counts_once_and_what_follows_it_is_not_guessed():
    messages, notes = only(
        "Ana\nquestion\n    May 01, 2024  2:01:00 PM\n    Me\n    an answer\n\nwhose words?", "Me\nan answer"
    )
    assert [(message.author, message.text) for message in messages] == [
        ("Ana", "question"),
        ("Me", "an answer"),
    ]
    assert [problem.code for problem in notes.problems] == ["below_an_answer"]


def test_tapbacks_and_effects_are_not_words():
    (message,), notes = only("Ana\nwell done\nSent with Confetti\nTapbacks:\nLoved by Me\n😀 by Ana\n")
    assert message.text == "well done"
    assert notes.problems == []


def test_words_that_only_look_like_tapbacks_stay():
    (message,), _ = only("Ana\nTapbacks:\nwhat are they?")
    assert message.text == "Tapbacks:\nwhat are they?"


def test_an_edited_message_is_its_last_words():
    (message,), _ = only(
        "Ana\nMay 01, 2024  2:00:00 PM one\nEdited 5 seconds later: two\nEdited 1 hour later: three\nmore"
    )
    assert message.text == "three\nmore"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("/Users/b/Library/Messages/Attachments/a/IMG 1.HEIC", "[attachment]"),
        ("attachments/12/3.jpeg", "[attachment]"),
        ("Attachment missing!", "[attachment]"),
        ("Sticker from Ana: attachments/1/x.heic (App: Memoji)", "[sticker]"),
        ("They unsent this message part 3 seconds after sending!", "[unsent]"),
        ("SharePlay Message\nEnded", "[SharePlay]"),
        ("Started sharing location!", "[location]"),
        ("", "[no text]"),
    ],
)
def test_what_has_no_words_is_a_note(line, what):
    (message,), _ = only(f"Ana\n{line}")
    assert (message.text, message.note) == (what, True)


def test_words_beside_a_file_are_words():
    (message,), _ = only("Ana\nattachments/12/3.jpeg\nour garden")
    assert (message.text, message.note) == ("our garden", False)


def test_the_one_whose_messages_they_read_is_the_owner():
    _, notes = read(imessage, b"May 01, 2024  2:00:00 PM (Read by them after 3 seconds)\nBenny\nhi\n\n")
    assert notes.owner == "Benny"
    _, notes = page_of('<span class="bubble">hi</span>', own=True)
    assert notes.owner == "Ana"


def test_a_piece_without_a_name_is_listed_with_its_line():
    messages, notes = read(imessage, b"a line of nobody\n\n" + text("Ana\nhi"))
    assert [message.line for message in messages] == [3]
    assert [number for number, _ in notes.unparsed] == [1]
    assert notes.problems[0].where == "line 1"


@pytest.mark.parametrize(
    "date", ["Feb 30, 2024  2:00:00 PM", "Mai 01, 2024  2:00:00 PM", "May 01, 2024 13:00:00 PM"]
)
def test_a_moment_that_no_calendar_has_is_listed(date):
    messages, notes = read(imessage, f"{date}\nAna\nhi\n\n".encode() + text("Ana\nyes"))
    assert [message.text for message in messages] == ["yes"]
    assert len(notes.unparsed) == 1


def test_several_files_are_several_conversations():
    messages, _ = read(imessage, ("Ana.txt", IMESSAGE_TXT), ("Family.html", IMESSAGE_HTML))
    assert {message.chat for message in messages} == {"Ana", "Family"}
    lines = [message.line for message in messages]
    assert lines == sorted(set(lines))


def test_a_page_keeps_letters_and_lines():
    (message,), _ = page_of(
        '<span class="bubble">a &lt;b&gt;<br>c <span class="animationBig">d</span> <a href="x">e</a></span>'
    )
    assert message.text == "a <b>\nc d e"


@pytest.mark.parametrize("size", [1, 7, 100])
def test_a_page_is_the_same_wherever_the_pieces_end(size, monkeypatch):
    whole = read(imessage, IMESSAGE_HTML)
    monkeypatch.setattr(imessage, "CHUNK", size)
    assert read(imessage, IMESSAGE_HTML) == whole


def test_an_answer_on_a_page_counts_once_and_what_follows_it_is_not_guessed():
    below = (
        '<div class="replies"><div class="reply" id="B">' + page_message(2, "Me", '<span class="bubble">answer</span>')
        + '</div></div><div class="message_part"><span class="bubble">whose?</span></div>'
    )  # fmt: skip
    (message,), notes = page_of('<span class="bubble">question</span>', below=below)
    assert message.text == "question"
    assert [problem.code for problem in notes.problems] == ["below_an_answer"]


def test_a_tag_without_an_end_is_listed_and_reading_goes_on():
    data = page(
        '<div class="message" id="' + "x" * 400_000, page_message(2, "Ana", '<span class="bubble">hi</span>')
    )
    messages, _ = read(imessage, data)
    assert [message.text for message in messages] in ([], ["hi"])


def test_a_file_without_messages_is_refused():
    with pytest.raises(BadInput) as refused:
        read(imessage, b"May 01, 2024 and so on\n")
    assert refused.value.code == "not_a_chat"


def test_a_windows_file_fits():
    assert imessage.fits(part(IMESSAGE_TXT.replace(b"\n", b"\r\n")))


def test_a_bubble_that_closes_itself_is_empty():
    (message,), _ = page_of('<span class="bubble"/><span class="bubble">hi</span>')
    assert message.text == "hi"

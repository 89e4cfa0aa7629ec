"""Messenger's and Instagram's JSON."""

import json

import pytest

from velveteen.messages.formats import messenger
from velveteen.messages.formats.mojibake import repaired
from velveteen.problems import BadInput

from .exports import META_NEW, META_OLD, as_json, broken_letters, meta_message, meta_piece, part, read


def only(*messages, **more):
    return read(messenger, ("inbox/zoe_1/message_1.json", meta_piece(list(messages), **more)))


def test_pieces_come_in_the_order_of_time_whatever_their_order_or_numbers():
    new, old = meta_piece(META_NEW), meta_piece(META_OLD)
    for parts in (
        [("message_1.json", new), ("message_2.json", old)],
        [("message_1.json", old), ("message_2.json", new)],
    ):
        messages, _ = read(messenger, *parts)
        assert [message.text for message in messages][:3] == ["how are you?", "fine", "à bientôt 😀"]


def test_a_part_is_read_in_windows_and_nothing_is_lost_between_them(monkeypatch):
    monkeypatch.setattr(messenger, "WINDOW", 10)
    many = [meta_message(number, f"words {number}") for number in range(35, 0, -1)]
    for order in (many, many[::-1]):
        messages, _ = only(*order)
        assert [message.text for message in messages] == [f"words {number}" for number in range(1, 36)]


@pytest.mark.parametrize("text", ["é", "à bientôt 😀", "ß", "日本", "naïve ☕", "don’t"])
def test_broken_letters_are_mended_and_whole_ones_are_left(text):
    assert repaired(broken_letters(text)) == text
    assert repaired(text) == text


def test_a_text_with_a_letter_that_bytes_never_have_is_left_as_it_is():
    assert repaired("Ã© and ☕") == "Ã© and ☕"


def test_names_are_mended_too():
    (message,), _ = only(meta_message(1))
    assert message.author == "Zoë"


@pytest.mark.parametrize(
    "content", ["Zoë reacted 😀 to your message ", "Reacted ❤ to your message", "Liked a message", "Zoë missed your call.",
                "You called Zoë.", "Zoë named the group Us."],
)  # fmt: skip
def test_what_the_app_says_of_somebody_is_a_system_line(content):
    messages, notes = only(meta_message(1, content))
    assert (messages, notes.system_lines) == ([], 1)


@pytest.mark.parametrize("kind", ["Call", "Subscribe", "Unsubscribe"])
def test_calls_and_those_who_come_and_go_are_system_lines(kind):
    messages, notes = only(meta_message(1, "Zoë ended the call", type=kind))
    assert (messages, notes.system_lines) == ([], 1)


@pytest.mark.parametrize(
    "content", ["I never reacted to your message, you did", "You missed your call. Again.", "he named the group, not I",
                "Zoë, you sent an attachment. Why?"],
)  # fmt: skip
def test_words_that_only_sound_like_the_apps_stay_words(content):
    (message,), _ = only(meta_message(1, content))
    assert (message.text, message.note) == (content, False)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (meta_message(1, "You sent an attachment."), "[attachment]"),
        (meta_message(1, "Zoë sent an attachment.", share={"link": "x"}), "[shared link]"),
        (meta_message(1, None, photos=[{}]), "[photo]"),
        (meta_message(1, None, is_unsent=True), "[unsent]"),
        (meta_message(1, None), "[no text]"),
        (meta_message(1, "This was removed", type="placeholder"), "[not in the export]"),
    ],
)
def test_what_has_no_words_is_a_note(message, text):
    (found,), _ = only(message)
    assert (found.text, found.note) == (text, True)


def test_several_conversations_are_told_apart_by_their_threads():
    parts = [("a/message_1.json", meta_piece([meta_message(2)], path="inbox/zoe_1")),
             ("b/message_1.json", meta_piece([meta_message(1)], path="inbox/zoe_2")),
             ("a/message_2.json", meta_piece([meta_message(0)], path="inbox/zoe_1"))]  # fmt: skip
    messages, _ = read(messenger, *parts)
    assert [(message.chat, message.at.minute) for message in messages] == [
        ("Zoë", 0),
        ("Zoë", 2),
        ("Zoë (2)", 1),
    ]


def test_a_part_that_was_cut_short_gives_what_it_has_and_says_so():
    whole = meta_piece(META_OLD)
    messages, notes = read(messenger, ("message_2.json", whole[: whole.index(b"how are you")]))
    assert [message.text for message in messages] == ["fine"]
    assert [problem.code for problem in notes.problems if problem.where] == ["cut_short"]
    assert notes.system_lines == 2


def test_records_that_are_no_messages_are_listed():
    messages, notes = only(meta_message(3), 5, [1], "x", {"sender_name": "Ben"})
    assert len(messages) == 1
    assert len(notes.unparsed) == 4


def test_an_empty_conversation_fits_and_another_list_of_messages_does_not():
    assert messenger.fits(part(meta_piece([])))
    assert not messenger.fits(part(as_json({"participants": [], "messages": [{"author": "x"}]})))


def test_bytes_that_are_no_letters_are_said():
    data = meta_piece([meta_message(1, "caf#")]).replace(b"#", b"\xe9")
    (message,), notes = read(messenger, data)
    assert message.text == "caf\ufffd"
    assert [problem.code for problem in notes.problems] == ["encoding"]


def test_files_of_which_none_can_be_read_are_refused():
    with pytest.raises(BadInput) as refused:
        read(messenger, b'{"participants": [', b"nothing")
    assert refused.value.code == "json_damaged"


def test_escapes_as_meta_writes_them_are_read():
    data = json.dumps(
        {"participants": [], "messages": [meta_message(1, "ça 😀")], "thread_path": "x"}
    ).encode()
    assert b"\\u00f0" in data
    (message,), _ = read(messenger, data)
    assert message.text == "ça 😀"

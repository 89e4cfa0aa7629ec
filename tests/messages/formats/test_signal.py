"""Signal's `main.jsonl`."""

import pytest

from velveteen.messages.formats import signal
from velveteen.problems import BadInput

from .exports import SIGNAL_FRAMES, START, as_lines, read, signal_item

HEAD = SIGNAL_FRAMES[:9]


def only(*frames):
    return read(signal, as_lines([*HEAD, *frames]))


def test_numbers_become_names_and_what_was_sent_is_the_owners():
    messages, notes = only(signal_item(1), signal_item(2, own=True))
    assert [(message.author, message.chat) for message in messages] == [
        ("Ana Lima", "Ana Lima"),
        ("Ben Smith", "Ana Lima"),
    ]
    assert notes.owner == "Ben Smith"


def test_a_moment_in_milliseconds_is_a_whole_second():
    (message,), _ = only(signal_item(0))
    assert (message.instant, message.at.isoformat()) == (START, "2024-05-01T12:00:00")


def test_an_edited_message_counts_once_with_its_last_words():
    (message,), _ = only(SIGNAL_FRAMES[10])
    assert message.text == "second wording"


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ({"remoteDeletedMessage": {}}, "[deleted]"),
        ({"viewOnceMessage": {}}, "[view-once media]"),
        ({"stickerMessage": {"sticker": {"emoji": "🐳"}}}, "[sticker: 🐳]"),
        ({"contactMessage": {}}, "[contact]"),
        ({"paymentNotification": {}}, "[payment]"),
        ({"standardMessage": {"attachments": [{"flag": "VOICE_MESSAGE"}]}}, "[voice message]"),
        (
            {"standardMessage": {"attachments": [{"pointer": {"fileName": "plan.pdf"}}]}},
            "[attachment: plan.pdf]",
        ),
        ({"standardMessage": {}}, "[no text]"),
        ({"directStoryReplyMessage": {"emoji": "❤"}}, "[reaction to a story: ❤]"),
    ],
)
def test_what_has_no_words_is_a_note(item, text):
    (message,), _ = only(signal_item(1, **item))
    assert (message.text, message.note) == (text, True)


def test_words_with_a_picture_or_in_answer_to_a_story_are_words():
    body = {"text": {"body": "our garden"}}
    quoting = body | {"attachments": [{}], "quote": {"text": {"body": "her words"}}}
    messages, _ = only(
        signal_item(1, standardMessage=quoting), signal_item(2, directStoryReplyMessage={"textReply": body})
    )
    assert [(message.text, message.note) for message in messages] == [("our garden", False)] * 2


@pytest.mark.parametrize(
    "update", [{"individualCall": {}}, {"groupCall": {}}, {"groupChange": {}}, {"expirationTimerChange": {}}]
)
def test_calls_and_changes_are_system_lines(update):
    messages, notes = only(signal_item(1, updateMessage=update))
    assert (messages, notes.system_lines) == ([], 1)


def test_the_start_of_a_long_text_is_kept_and_said_to_be_one():
    (message,), notes = only(
        signal_item(1, standardMessage={"text": {"body": "the start"}, "longText": {"contentType": "text/x"}})
    )
    assert message.text == "the start"
    assert [problem.code for problem in notes.problems] == ["long_text"]


def test_a_broken_line_is_listed_and_the_rest_is_read():
    data = (
        as_lines([*HEAD, signal_item(1)])
        + b'{"chatItem": {"chatId": \n[1]\n'
        + as_lines([{"chatItem": 5}, signal_item(2)])
    )
    messages, notes = read(signal, data)
    assert [message.line for message in messages] == [1, 5]
    assert [number for number, _ in notes.unparsed] == [2, 3, 4]


def test_a_line_longer_than_any_frame_is_listed(monkeypatch):
    monkeypatch.setattr(signal, "LONGEST_LINE", 2_000)
    long = signal_item(1, standardMessage={"text": {"body": "x" * 9_000}})
    messages, notes = only(long, signal_item(2))
    assert [message.line for message in messages] == [2]
    assert len(notes.unparsed) == 1


def test_a_kind_that_is_not_known_and_a_message_without_a_date_are_listed():
    undated = signal_item(2)
    undated["chatItem"]["dateSent"] = "0"
    messages, notes = only(signal_item(1, somethingNew={}), undated)
    assert (messages, [number for number, _ in notes.unparsed]) == ([], [1, 2])


def test_halves_of_a_character_are_joined_and_a_lone_one_replaced():
    data = as_lines([*HEAD, signal_item(1, standardMessage={"text": {"body": "MARK"}})]).replace(
        b"MARK", rb"\ud83d\ude00 \ud83d!"
    )
    (message,), _ = read(signal, data)
    assert message.text == "😀 \ufffd!"


def test_a_person_without_a_name_is_called_by_what_the_phone_has():
    names = [
        ({"nickname": {"given": "Annie"}, "systemGivenName": "Ana"}, "Annie"),
        ({"profileGivenName": "ana", "profileFamilyName": "l."}, "ana l."),
        ({"username": "ana.01"}, "ana.01"),
        ({"e164": 15550001111}, "+15550001111"),
        ({}, "Deleted account"),
    ]
    for contact, wanted in names:
        frames = [
            {"recipient": {"id": "2", "contact": contact}},
            {"chat": {"id": "10", "recipientId": "2"}},
            signal_item(1),
        ]
        (message,), _ = read(signal, as_lines(frames))
        assert (message.author, message.chat) == (wanted, wanted)


def test_without_a_name_of_ones_own_one_is_me():
    messages, notes = read(
        signal, as_lines([{"recipient": {"id": "1", "self": {}}}, signal_item(1, own=True)])
    )
    assert (messages[0].author, notes.owner) == ("Me", "Me")


def test_a_file_without_a_frame_is_refused():
    with pytest.raises(BadInput) as refused:
        read(signal, b"no frame\nat all\n")
    assert refused.value.code == "signal_damaged"

"""Telegram Desktop's `result.json`."""

import pytest

from velveteen.messages.formats import telegram
from velveteen.messages.formats.contract import Choice
from velveteen.problems import BadInput

from .exports import START, TELEGRAM_ALL, TELEGRAM_ONE, UTC, as_json, read, telegram_message


def chat(*messages, **more):
    return as_json({"name": "Ana", "type": "personal_chat", "id": 7, "messages": list(messages)} | more)


def only(*messages):
    found, notes = read(telegram, chat(*messages))
    return found, notes


def test_a_message_has_its_local_time_as_written_and_its_instant():
    (message,), _ = only(telegram_message(0))
    assert message.at.isoformat() == "2024-05-01T14:00:00"
    assert message.instant == START


def test_an_old_export_without_instants_keeps_the_time_as_written():
    old = telegram_message(0)
    del old["date_unixtime"]
    (message,), _ = only(old)
    assert (message.at.hour, message.instant) == (14, None)


def test_a_text_of_pieces_is_one_text():
    (message,), _ = only(
        telegram_message(0, ["I ", {"type": "bold", "text": "never"}, " said", {"type": "custom_emoji"}])
    )
    assert message.text == "I never said"


def test_words_that_were_forwarded_or_made_by_a_bot_are_nobodys():
    messages, _ = only(
        telegram_message(1, "you are worthless", forwarded_from="Carl"),
        telegram_message(2, "you are worthless", forwarded_from=None),
        telegram_message(3, "a gif", via_bot="@gif"),
    )
    assert [message.note for message in messages] == [True, True, True]
    assert not any("worthless" in message.text for message in messages)


def test_a_caption_is_words_and_a_picture_alone_is_a_note():
    messages, _ = only(
        telegram_message(1, "our garden", photo="a.jpg"),
        telegram_message(2, "", photo="a.jpg"),
        telegram_message(3, "", file="b.pdf", file_name="plan.pdf", mime_type="application/pdf"),
        telegram_message(4, "", media_type="voice_message", file="v.ogg"),
        telegram_message(5, "", poll={"question": "Where?"}),
        telegram_message(6, ""),
    )
    assert [(message.text, message.note) for message in messages] == [
        ("our garden", False), ("[photo]", True), ("[file: plan.pdf]", True), ("[voice message]", True), ("[poll]", True),
        ("[no text]", True),
    ]  # fmt: skip


def test_the_other_of_a_chat_of_two_is_known_by_the_chats_number_and_so_the_owner():
    ben = {"from": "Ben", "from_id": "user9"}
    _, notes = only(telegram_message(1), telegram_message(2, **ben))
    assert notes.owner == "Ben"
    _, notes = read(telegram, chat(telegram_message(1), telegram_message(2, **ben), type="private_group"))
    assert notes.owner is None


def test_the_owner_of_a_whole_account_is_the_one_it_belongs_to():
    _, notes = read(telegram, as_json(TELEGRAM_ALL))
    assert notes.owner == "Ben"


def test_two_people_of_one_name_and_two_chats_of_one_name_stay_two():
    messages, _ = only(telegram_message(1), telegram_message(2, from_id="user8"))
    assert [message.author for message in messages] == ["Ana", "Ana (2)"]
    messages, _ = read(telegram, as_json(TELEGRAM_ALL))
    assert {message.chat for message in messages} == {"Ana", "Saved messages", "Helper", "Ana (2)"}


def test_a_deleted_account_still_has_a_name():
    (message,), _ = only(telegram_message(1, **{"from": None}))
    assert message.author == "Deleted account"


def test_a_control_character_as_telegram_writes_it_is_read():
    data = chat(telegram_message(1, "one MARK two \\x1F three")).replace(b"MARK", b"\\x0B")
    (message,), _ = read(telegram, data)
    assert message.text == "one \x0b two \\x1F three"


def test_bytes_that_are_no_letters_are_replaced_and_said():
    (message,), notes = read(telegram, chat(telegram_message(1, "caf#")).replace(b"#", b"\xe9"))
    assert message.text == "caf\ufffd"
    assert [problem.code for problem in notes.problems] == ["encoding"]


def test_a_file_that_was_cut_short_gives_what_came_before_and_says_so():
    whole = as_json(TELEGRAM_ONE)
    messages, notes = read(telegram, whole[: whole.index(b'"id": 5')])
    assert [message.line for message in messages] == [1, 2, 4]
    assert [number for number, _ in notes.unparsed] == [5]
    assert [problem.code for problem in notes.problems] == ["cut_short"]


def test_a_file_of_which_nothing_can_be_read_is_refused():
    with pytest.raises(BadInput) as refused:
        read(telegram, as_json(TELEGRAM_ONE)[:40])
    assert refused.value.code == "json_damaged"


@pytest.mark.parametrize(
    "record",
    [5, "hello", [[]], None, {}, {"type": "message"}, telegram_message(1, date="then", date_unixtime="1e99")],
)
def test_what_is_no_message_is_listed_and_the_rest_is_read(record):
    messages, notes = only(record, telegram_message(2))
    assert [message.line for message in messages] == [2]
    assert [number for number, _ in notes.unparsed] == [1]


def test_a_zone_is_used_only_where_the_time_was_not_written():
    lost = telegram_message(0, date="?")
    (message,), _ = read(telegram, chat(lost), choice=Choice(zone=UTC))
    assert message.at.hour == 12


def test_a_number_of_five_thousand_digits_ends_the_reading_and_not_the_program():
    data = chat(telegram_message(1), telegram_message(2, views=1234567)).replace(b"1234567", b"9" * 5000)
    messages, notes = read(telegram, data)
    assert [message.line for message in messages] == [1]
    assert [problem.code for problem in notes.problems] == ["cut_short"]

# ruff: noqa: E501  (an export is as long as its lines are)
"""SMS Backup & Restore's XML."""

import io

import pytest

from velveteen.messages.formats import numbers, sms
from velveteen.messages.formats.xml_bytes import Cleaned
from velveteen.problems import BadInput

from .exports import SMS, mms_element, part, read, sms_line, smses


def only(*elements):
    return read(sms, smses(*elements))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("&#55357;&#56832;", "😀"),
        ("&#xD83D;&#xDE00;", "😀"),
        ("&#128512;", "😀"),
        ("a&#10;b &amp; c", "a\nb & c"),
        ("&#55357;!", "\ufffd!"),
        ("&#56832;&#55357;", "\ufffd\ufffd"),
        ("&#0;x&#11;", "\ufffdx\ufffd"),
        ("\x01", "\ufffd"),
    ],
)
def test_letters_that_xml_cannot_hold_are_joined_or_replaced(written, text):
    (message,), notes = only(sms_line(1, written))
    assert message.text == text
    assert [problem.code for problem in notes.problems] == (["broken_letters"] if "\ufffd" in text else [])


@pytest.mark.parametrize("size", range(1, 12))
def test_letters_are_joined_across_the_pieces_that_a_file_is_read_in(size, monkeypatch):
    monkeypatch.setattr("velveteen.messages.formats.xml_bytes.CHUNK", size)
    data = smses(
        sms_line(1, "é &#55357;&#56832; &amp; &#xD83D;&#xDE00;"),
        mms_element(2, [("image/png", "null", "QUJD" * 900)]),
    )
    cleaned = b"".join(Cleaned(io.BytesIO(data)))
    assert cleaned.count(b"&#128512;") == 2
    assert b"\xef\xbf\xbd" not in cleaned
    messages, notes = read(sms, data)
    assert (messages[0].text, notes.problems) == ("é 😀 & 😀", [])


def test_pictures_are_never_read():
    data = smses(mms_element(1, [("image/png", "null", "QUJD" * 300_000)]))
    assert sum(len(chunk) for chunk in Cleaned(io.BytesIO(data))) < 20_000
    (message,), _ = read(sms, data)
    assert (message.text, message.note) == ("[image]", True)


def test_what_was_never_sent_is_a_note():
    messages, _ = only(*(sms_line(kind, "words", kind) for kind in (3, 4, 5, 6)))
    assert [message.text for message in messages] == ["[not sent: draft]", "[not sent: not yet sent]", "[not sent: failed]",
                                                      "[not sent: not yet sent]"]  # fmt: skip
    assert all(message.note and message.author == "Me" for message in messages)


def test_sent_is_mine_and_received_is_theirs():
    messages, notes = only(sms_line(1, "in"), sms_line(2, "out", 2))
    assert [(message.author, message.chat) for message in messages] == [("Ana", "Ana"), ("Me", "Ana")]
    assert notes.owner == "Me"


def test_a_contact_who_is_called_me_is_not_the_owner():
    messages, _ = only(sms_line(1, "in", contact="Me"), sms_line(2, "out", 2, contact="Me"))
    assert [message.author for message in messages] == ["Me (2)", "Me"]


@pytest.mark.parametrize("other", ["0151 12345678", "004915112345678", "+49 (151) 123-45678"])
def test_one_number_in_several_forms_is_one_person(other):
    messages, _ = only(sms_line(1, "a", address=other, contact="(Unknown)"), sms_line(2, "b"))
    assert {message.author for message in messages} == {"Ana"}


def test_numbers_that_could_be_two_peoples_stay_apart():
    assert numbers.same(["01511234567", "+491511234567", "+441511234567"])["01511234567"] == "01511234567"
    assert numbers.same(["12345", "+4912345"])["12345"] == "12345"
    assert numbers.same(["9123456789", "+49159123456789"])["9123456789"] == "9123456789"
    assert numbers.plain("AMAZON") == "amazon"


def test_two_numbers_of_one_contact_are_one_person():
    messages, _ = only(sms_line(1, "a"), sms_line(2, "b", address="+4930999999"))
    assert {message.author for message in messages} == {"Ana"}


def test_a_message_of_several_parts_is_its_words():
    (message,), _ = only(
        mms_element(
            1, [("application/smil", "&lt;x/&gt;", ""), ("text/plain", "one", ""), ("text/plain", "two", "")]
        )
    )
    assert (message.text, message.note) == ("one\ntwo", False)


def test_in_a_group_the_sender_is_who_sent_it():
    pair = "+4915112345678~+4917000000001"
    messages, _ = only(sms_line(1, "x"), mms_element(2, [("text/plain", "hi all", "")], address=pair, contact="Ana, x", sender="+4917000000001"),
                       mms_element(3, [("text/plain", "hi", "")], box=2, address=pair, sender="insert-address-token"))  # fmt: skip
    assert [(message.author, message.chat) for message in messages[1:]] == [
        ("+4917000000001", "+4917000000001, Ana"), ("Me", "+4917000000001, Ana")]  # fmt: skip


def test_a_date_in_seconds_is_understood_and_none_is_listed():
    element = mms_element(1, [("text/plain", "x", "")])
    (message,), _ = only(element.replace('000" msg_box', '" msg_box'))
    assert message.at.minute == 1
    messages, notes = only(sms_line(1, "x").replace('date="', 'date="-'))
    assert (messages, len(notes.unparsed)) == ([], 1)


def test_a_broken_element_is_listed_and_the_rest_is_read():
    messages, notes = only(
        sms_line(1, "a"),
        sms_line(2, "b <broken"),
        sms_line(3, "c"),
        "<call number='1' />\n",
        sms_line(4, "d"),
    )
    assert [message.text for message in messages] == ["a", "c", "d"]
    assert [number for number, _ in notes.unparsed] == [2, 4]


@pytest.mark.parametrize("size", [7, 64, 1000])
def test_reading_goes_on_after_a_break_wherever_the_pieces_end(size, monkeypatch):
    monkeypatch.setattr("velveteen.messages.formats.xml_bytes.CHUNK", size)
    messages, notes = only(
        sms_line(1, "a"), sms_line(2, "b &undeclared;"), sms_line(3, "c"), "</oops>", sms_line(4, "d")
    )
    assert [message.text for message in messages] == ["a", "c", "d"]
    assert len(notes.unparsed) == 2


def test_a_quotation_mark_that_is_missing_costs_one_message():
    messages, notes = only(
        sms_line(1, "a").replace(' read="1"', ' read="1'), sms_line(2, "b"), sms_line(3, "c")
    )
    assert [message.text for message in messages] == ["b", "c"]
    assert len(notes.unparsed) == 1


def test_a_backup_that_was_cut_short_gives_what_came_before_and_says_so():
    messages, notes = read(sms, SMS[: SMS.index(b"half said")])
    assert len(messages) == 2
    assert [text for _, text in notes.unparsed] == ["cut"]


@pytest.mark.parametrize(
    "declared",
    ['<!DOCTYPE smses [<!ENTITY a "b">]>', '<!DOCTYPE smses [<!ENTITY % a SYSTEM "file:///etc/passwd">]>'],
)
def test_declared_entities_are_refused(declared):
    data = SMS.replace(b"<smses", declared.encode() + b"<smses", 1)
    with pytest.raises(BadInput) as refused:
        read(sms, data)
    assert refused.value.code == "xml_entities"


def test_a_file_in_utf_16_is_read():
    data = SMS.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert sms.fits(part(data))
    assert read(sms, data)[0][0].text == "Hello 😀 you"


def test_an_empty_backup_is_no_damage_and_a_broken_one_is_refused():
    assert read(sms, smses())[0] == []
    with pytest.raises(BadInput) as refused:
        read(sms, b"<smses><sms")
    assert refused.value.code == "xml_damaged"

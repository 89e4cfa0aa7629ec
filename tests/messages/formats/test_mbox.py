# ruff: noqa: E501  (an export is as long as its lines are)
"""Mail in an mbox file."""

import pytest

from velveteen.messages.formats import mbox
from velveteen.messages.formats.mail_text import own_words, text_of_page
from velveteen.problems import BadInput

from .exports import MBOX, START, mail, part, read


def only(*mails):
    return read(mbox, b"".join(mails))


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Yes.\n\nOn Mon, 3 Jun 2024 at 10:00, Ana <a@a.example> wrote:\n> Did you?\n> Really?", "Yes."),
        ("> Did you?\nYes.\n> Really?\nReally.", "Yes.\nReally."),
        ("Ja.\n\nAm 03.06.2024 um 10:00 schrieb Ana:\n> Hast du?", "Ja."),
        ("Oui.\n\nLe lun. 3 juin 2024 à 10:00, Ana <a@a.example>\na écrit :\n> Tu as ?", "Oui."),
        ("Fine.\n-- \nAna\nGardener", "Fine."),
        ("Fine.\n\n-----Original Message-----\nFrom: Ben\nold words", "Fine."),
        ("See below.\n\nFrom: Ben\nSent: Monday\nTo: Ana\nSubject: x\nold words", "See below."),
        ("FYI\n\n---------- Forwarded message ---------\nFrom: C\nhis words", "FYI"),
        ("Begin forwarded message:\nFrom: C", ""),
        (
            "On Monday I wrote: nothing helps.\nAnd I meant it.",
            "On Monday I wrote: nothing helps.\nAnd I meant it.",
        ),
        ("On Monday she wrote:\nnothing of hers follows", "On Monday she wrote:\nnothing of hers follows"),
        ("From: the heart\nto you", "From: the heart\nto you"),
    ],
)
def test_what_is_quoted_forwarded_or_signed_is_not_the_senders_words(text, own):
    assert own_words(text) == own


def test_a_page_is_its_words_without_quotations():
    page = ('<html><head><style>p {color: red}</style></head><body><p>See   you <b>soon</b> &amp; well</p>two<br>three'
            '<div class="gmail_quote"><div>old</div></div><blockquote>older<blockquote>oldest</blockquote></blockquote><p>end</p>')  # fmt: skip
    assert text_of_page(page) == "See you soon & well\ntwo\nthree\nend"


def test_the_plain_text_is_taken_before_the_page():
    body = "--x\nContent-Type: text/plain\n\nplain\n--x\nContent-Type: text/html\n\n<p>page</p>\n--x--"
    (message,), _ = only(mail(1, body, kind='multipart/alternative; boundary="x"'))
    assert message.text == "plain"


def test_a_mail_inside_a_mail_is_somebody_elses():
    body = "--x\nContent-Type: text/plain\n\nmine\n--x\nContent-Type: message/rfc822\n\nSubject: y\n\ntheirs\n--x--"
    (message,), _ = only(mail(1, body, kind='multipart/mixed; boundary="x"'))
    assert message.text == "mine"


def test_a_file_alone_is_a_note():
    (message,), _ = only(mail(1, "QUJD", kind="image/png"))
    assert (message.text, message.note) == ("[attachment]", True)
    (message,), _ = only(mail(1, ""))
    assert message.text == "[no text]"


def test_quoted_separators_are_unquoted_and_separators_in_a_body_are_text():
    messages, _ = only(mail(1, "one\n\nFrom what I hear:\nyes\n\n>From here\n>>From there"), mail(2, "two"))
    assert [message.text for message in messages] == ["one\n\nFrom what I hear:\nyes\n\nFrom here", "two"]


def test_an_address_has_one_name_and_two_addresses_of_one_name_stay_two():
    messages, _ = only(mail(1, "a", sender="ana@a.example"), mail(2, "b", sender="ANA@a.example"),
                       mail(3, "c", sender='"Lima, Ana" <ana@a.example>'), mail(4, "d", sender="Lima, Ana <ana@a.example>"),
                       mail(5, "e", sender='"Lima, Ana" <other@a.example>'))  # fmt: skip
    assert messages[0].author == messages[1].author == messages[2].author
    assert messages[-1].author == f"{messages[2].author} (2)"


@pytest.mark.parametrize(
    ("written", "name"), [("=?utf-8?b?Wm/Dqw==?= <z@a.example>", "Zoë"), ("=?iso-8859-1?q?Zo=EB?= <z@a.example>", "Zoë"),
                          ("=?utf-8?q?Lima=2C_Zo=C3=AB?= <z@a.example>", "Lima, Zoë"), ("=?nothing?q?Zo=EB?= <z@a.example>", "Zo\ufffd"), ("<z@a.example>", "z@a.example")],
)  # fmt: skip
def test_names_are_read_in_their_encoding(written, name):
    (message,), _ = only(mail(1, "x", sender=written))
    assert message.author == name


def test_the_conversation_is_whoever_is_not_the_owner():
    messages, notes = read(mbox, MBOX)
    assert notes.owner == "Ben"
    assert {message.chat for message in messages} == {"Ana Lima"}


def test_without_delivery_marks_the_owner_is_the_one_in_every_mail():
    def plain(number, sender, to):
        return (
            mail(number, "x", sender=sender, to=to)
            .replace(b"Delivered-To: ben@b.example\n", b"")
            .replace(b"Delivered-To: \n", b"")
        )

    _, notes = only(plain(1, "ana@a.example", "me@b.example"), plain(2, "me@b.example", "carl@c.example"))
    assert notes.owner == "me@b.example"
    _, notes = only(plain(1, "ana@a.example", "me@b.example"), plain(2, "me@b.example", "ana@a.example"))
    assert notes.owner is None


def test_a_moment_is_of_the_mails_own_zone_and_else_of_its_arrival():
    (message,), _ = only(mail(0, "x").replace(b"12:00:00 +0000", b"14:00:00 +0200"))
    assert message.instant == START
    late = mail(0, "x", headers="Received: by x; Wed, 01 May 2024 12:00:30 +0000\n").replace(
        b"Date: Wed, 01 May 2024", b"Date: whenever"
    )
    (message,), _ = only(late)
    assert message.instant == START + 30
    messages, notes = only(mail(0, "x").replace(b"Date: Wed, 01 May 2024", b"Date: whenever"))
    assert (messages, len(notes.unparsed)) == ([], 1)


@pytest.mark.parametrize("headers", ["Auto-Submitted: auto-replied\n", "Auto-Submitted: auto-generated\n"])
def test_what_a_program_wrote_is_a_system_line(headers):
    messages, notes = only(mail(1, "I am away", headers=headers))
    assert (messages, notes.system_lines) == ([], 1)


def test_letters_that_a_mail_does_not_keep_to_are_replaced_and_said():
    (message,), notes = only(mail(1, "caf#").replace(b"#", b"\xe9"))
    assert message.text == "caf\ufffd"
    assert [problem.code for problem in notes.problems] == ["encoding"]


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain; charset=nothing",
        "text/plain; charset=",
        "text/plain; charset*=x''%ff",
        ";;;",
        "multipart/mixed",
    ],
)
def test_broken_types_do_not_stop_the_reading(kind):
    messages, _ = only(mail(1, "words", kind=kind), mail(2, "two"))
    assert messages[-1].text == "two"
    assert len(messages) == 2


def test_parts_in_parts_without_end_are_listed_or_read():
    deep = "".join(f'--b{n}\nContent-Type: multipart/mixed; boundary="b{n + 1}"\n\n' for n in range(1500))
    messages, notes = only(mail(1, deep, kind='multipart/mixed; boundary="b0"'), mail(2, "two"))
    assert messages[-1].text == "two"
    assert len(messages) + len(notes.unparsed) == 2


def test_lines_that_were_broken_softly_are_one():
    (message,), _ = only(mail(1, "one \ntwo\nthree", kind="text/plain; format=flowed"))
    assert message.text == "one two\nthree"


def test_only_an_mbox_fits_and_an_empty_one_is_refused():
    assert mbox.fits(part(b"From - Wed May  1 12:00:00 2024\r\nX-Mozilla-Status: 0001\r\n"))
    assert not mbox.fits(part(b"From me to you\nwith love\n"))
    with pytest.raises(BadInput) as refused:
        read(mbox, b"no mail")
    assert refused.value.code == "not_a_chat"

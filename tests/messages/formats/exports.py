# ruff: noqa: E501  (an export is as long as its lines are)
"""One small export of every format, written from its public description, and parts as a source gives them.

Each export holds every kind of record that its format knows; `records` says how many there are.
"""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from velveteen.messages.formats import imessage, imessage_db, mbox, messenger, signal, sms, telegram
from velveteen.messages.formats.contract import SNIFF, Choice, Notes, Part

if TYPE_CHECKING:
    from velveteen.messages.formats.contract import Format

START = int(datetime(2024, 5, 1, 12, 0, tzinfo=UTC).timestamp())
IN_UTC = Choice(zone=UTC)


class Opened(io.BytesIO):
    """A file that remembers that it was opened."""

    def __init__(self, data, register):
        super().__init__(data)
        register.append(self)


def part(data, name="export", register=None, path=None):
    files = [] if register is None else register
    return Part(name, len(data), data[:SNIFF], lambda: Opened(data, files), path)


def read(form, *parts, choice=IN_UTC):
    """(messages, notes) of parts that are given as bytes, as (name, bytes), or as they are."""
    notes = Notes()
    made = [
        p if isinstance(p, Part) else part(p) if isinstance(p, bytes) else part(p[1], p[0]) for p in parts
    ]
    return list(form.stream(made, notes, choice)), notes


def as_json(value):
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def telegram_message(number, text="hello", **more):
    at = START + 60 * number
    base = {
        "id": number,
        "type": "message",
        "date": datetime.fromtimestamp(at + 7200, UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "date_unixtime": str(at),
        "from": "Ana",
        "from_id": "user7",
        "text": text,
        "text_entities": [],
    }
    return base | more


TELEGRAM_MESSAGES = [
    telegram_message(1, "Good morning ☕"),
    telegram_message(
        2,
        ["see ", {"type": "link", "text": "https://a.example"}, " please"],
        **{"from": "Ben", "from_id": "user9"},
    ),
    {
        "id": 3,
        "type": "service",
        "date": "2024-05-01T14:03:00",
        "date_unixtime": str(START + 180),
        "action": "phone_call",
    },
    telegram_message(4, "", photo="(File not included.)"),
    telegram_message(5, "", media_type="sticker", sticker_emoji="😀", file="x.webp"),
    telegram_message(6, "not mine", forwarded_from="Carla"),
    telegram_message(7, "who was this?", **{"from": None, "from_id": "user11"}),
    telegram_message(8, "later words", edited="2024-05-01T15:00:00", edited_unixtime="1714575600"),
    {"id": 9, "type": "unsupported"},
]
TELEGRAM_ONE = {"name": "Ana", "type": "personal_chat", "id": 7, "messages": TELEGRAM_MESSAGES}
TELEGRAM_ALL = {
    "about": "Here is the data you requested.",
    "personal_information": {"user_id": 9, "first_name": "Ben", "last_name": ""},
    "chats": {
        "about": "chats",
        "list": [
            TELEGRAM_ONE,
            {
                "type": "saved_messages",
                "id": 9,
                "messages": [telegram_message(21, "note to self", **{"from": "Ben", "from_id": "user9"})],
            },
            {
                "name": "Helper",
                "type": "bot_chat",
                "id": 55,
                "messages": [telegram_message(31, "beep", **{"from": "Helper", "from_id": "user55"})],
            },
        ],
    },
    "left_chats": {
        "about": "left",
        "list": [{"name": "Ana", "type": "private_group", "id": 70, "messages": [telegram_message(41)]}],
    },
}


def signal_item(number, *, own=False, chat="10", **more):
    direction = {"outgoing": {"sendStatus": []}} if own else {"incoming": {"dateReceived": "1", "read": True}}
    base = {
        "chatId": chat,
        "authorId": "1" if own else "2",
        "dateSent": str((START + 60 * number) * 1000 + 123),
    }
    return {
        "chatItem": base | direction | (more or {"standardMessage": {"text": {"body": f"words {number}"}}})
    }


SIGNAL_FRAMES = [
    {"version": "1", "backupTimeMs": "1714564800000"},
    {"account": {"givenName": "Ben", "familyName": "Smith"}},
    {"recipient": {"id": "1", "self": {}}},
    {
        "recipient": {
            "id": "2",
            "contact": {"e164": "15550001111", "systemGivenName": "Ana", "systemFamilyName": "Lima"},
        }
    },
    {"recipient": {"id": "3", "group": {"snapshot": {"title": {"title": "Family"}}}}},
    {"recipient": {"id": "4", "releaseNotes": {}}},
    {"chat": {"id": "10", "recipientId": "2"}},
    {"chat": {"id": "11", "recipientId": "3"}},
    {"chat": {"id": "12", "recipientId": "4"}},
    signal_item(1),
    signal_item(
        2,
        own=True,
        standardMessage={"text": {"body": "second wording"}},
        revisions=[{"standardMessage": {"text": {"body": "first wording"}}}],
    ),
    signal_item(3, remoteDeletedMessage={}),
    signal_item(
        4, standardMessage={"attachments": [{"pointer": {"fileName": "a.jpg", "contentType": "image/jpeg"}}]}
    ),
    signal_item(5, updateMessage={"individualCall": {"type": "AUDIO_CALL"}}),
    signal_item(6, chat="11", updateMessage={"groupChange": {"updates": []}}),
    signal_item(
        7, chat="11", expiresInMs="60000", expireStartDate="1", standardMessage={"text": {"body": "it fades"}}
    ),
    signal_item(8, chat="12", standardMessage={"text": {"body": "What is new in Signal"}}) | {},
    signal_item(9, stickerMessage={"sticker": {"emoji": "🐳"}}),
    signal_item(10, somethingNew={}),
]
SIGNAL_FRAMES[16]["chatItem"]["authorId"] = "4"


def as_lines(frames):
    return b"".join(json.dumps(frame, ensure_ascii=False).encode() + b"\n" for frame in frames)


def broken_letters(text):
    """A text as Meta writes it: each byte of its UTF-8 a character."""
    return text.encode().decode("latin-1")


def meta_message(number, content="hello", sender="Zoë", **more):
    base = {
        "sender_name": broken_letters(sender),
        "timestamp_ms": (START + 60 * number) * 1000,
        "is_geoblocked_for_viewer": False,
    }
    return base | ({"content": broken_letters(content)} if content is not None else {}) | more


def meta_piece(messages, title="Zoë", path="inbox/zoe_1"):
    people = [{"name": broken_letters("Zoë")}, {"name": "Ben"}]
    return as_json(
        {
            "participants": people,
            "messages": messages,
            "title": broken_letters(title),
            "is_still_participant": True,
            "thread_path": path,
            "magic_words": [],
        }
    )


META_NEW = [
    meta_message(9, None, is_unsent=True),
    meta_message(8, "Zoë reacted ❤ to your message "),
    meta_message(7, "You sent an attachment.", "Ben", share={"link": "https://a.example"}),
    meta_message(6, None, photos=[{"uri": "a.jpg"}]),
    meta_message(5, "à bientôt 😀", reactions=[{"reaction": "x", "actor": "Ben"}]),
]
META_OLD = [
    meta_message(4, "Zoë missed your call.", call_duration=0, type="Call"),
    meta_message(3, "Liked a message", "Ben"),
    meta_message(2, "fine", "Ben"),
    meta_message(1, "how are you?"),
]
META_SECRET = {
    "participants": ["Zoë", "Ben"],
    "threadName": "Zoë_1",
    "messages": [
        {
            "isUnsent": False,
            "media": [],
            "reactions": [],
            "senderName": "Ben",
            "text": "ça va",
            "timestamp": (START + 120) * 1000,
            "type": "text",
        },
        {
            "isUnsent": True,
            "media": [],
            "reactions": [],
            "senderName": "Zoë",
            "text": "",
            "timestamp": (START + 60) * 1000,
            "type": "text",
        },
    ],
}


def sms_line(number, body, kind=1, address="+4915112345678", contact="Ana", **more):
    rest = "".join(f' {key}="{value}"' for key, value in more.items())
    return (
        f'<sms protocol="0" address="{address}" date="{(START + 60 * number) * 1000}" type="{kind}" subject="null" body="{body}" '
        f'read="1" contact_name="{contact}"{rest} />\n'
    )


def mms_element(number, parts, box=1, address="+4915112345678", contact="Ana", sender="+4915112345678"):
    held = "".join(
        f'<part seq="0" ct="{kind}" name="null" text="{text}" data="{data}" />' for kind, text, data in parts
    )
    addrs = f'<addr address="{sender}" type="137" charset="106" /><addr address="insert-address-token" type="151" charset="106" />'
    return (
        f'<mms date="{(START + 60 * number) * 1000}" msg_box="{box}" address="{address}" contact_name="{contact}" sub="null" '
        f'm_type="132"><parts>{held}</parts><addrs>{addrs}</addrs></mms>\n'
    )


def smses(*elements):
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<?xml-stylesheet type=\"text/xsl\" href=\"sms.xsl\"?>\n"
    return (
        head + f'<smses count="{len(elements)}" backup_set="x">\n' + "".join(elements) + "</smses>\n"
    ).encode()


SMS = smses(
    sms_line(1, "Hello &#55357;&#56832; you"),
    sms_line(2, "Hi", 2),
    sms_line(3, "half said", 3),
    sms_line(4, "lost", 5),
    sms_line(5, "from home", address="0151 12345678", contact="(Unknown)"),
    sms_line(6, "Other", address="+4917000000001", contact="null"),
    mms_element(
        7,
        [
            ("application/smil", "&lt;smil/&gt;", ""),
            ("text/plain", "look at this", ""),
            ("image/jpeg", "null", "QUJD" * 600),
        ],
    ),
    mms_element(
        8,
        [("image/jpeg", "null", "QUJD")],
        address="+4915112345678~+4917000000001",
        contact="Ana, x",
        sender="+4917000000001",
    ),
    sms_line(9, "no box", 9),
)

IMESSAGE_TXT = b"""May 01, 2024  2:01:00 PM (Read by you after 1 minute, 3 seconds)
Ana
Good morning
Tapbacks:
Loved by Me


May 01, 2024  2:02:00 PM (Read by them after 5 seconds)
Me
fine,
and you?

still here
Sent with Confetti
    May 01, 2024  2:05:00 PM
    Ana
    an answer


May 01, 2024  2:03:00 PM
Ana
/Users/ben/Library/Messages/Attachments/0a/10/IMG_0001.HEIC

May 01, 2024  2:04:00 PM You renamed the conversation to Us

May 01, 2024  2:05:00 PM
Ana
an answer
This message responded to an earlier message.

May 01, 2024  2:06:00 PM
Ana
May 01, 2024  2:06:00 PM I nevr said that
Edited 15 seconds later: I never said that

May 01, 2024  2:07:00 PM
Me
You unsent this message part 5 seconds after sending!

"""


def page(*messages):
    head = '<html>\n<head>\n<meta charset="UTF-8">\n<style>\n.message_part { padding: 1em; }\n</style>\n</head>\n<body>\n'
    return (head + "\n".join(messages) + "\n</body></html>").encode()


def page_message(minute, sender, body, *, own=False, below=""):
    kind = "sent iMessage" if own else "received"
    return (
        f'<div class="message">\n<div class="{kind}">\n<p><span class="timestamp"><a title="Reveal in Messages app" '
        f'href="sms://open?message-guid=A{minute}">May 01, 2024  2:{minute:02}:00 PM</a> </span>\n<span class="sender">{sender}</span>'
        f'</p>\n<hr><div class="message_part">\n{body}\n</div>\n{below}</div>\n</div>\n'
    )


IMESSAGE_HTML = page(
    page_message(
        1,
        "Ana",
        '<span class="bubble">Good &amp; <b>early</b>\nmorning</span>',
        below='<div class="tapbacks"><hr><p>Tapbacks:</p>\n<div class="tapback"><span class="tapback">Loved</span> by Me</div>\n</div>\n',
    ),
    page_message(
        2,
        "Me",
        '<span class="bubble">fine</span>',
        own=True,
        below='<div class="replies">\n<div class="reply" id="B">'
        + page_message(4, "Ana", '<span class="bubble">an answer</span>')
        + "</div>\n</div>\n",
    ),
    '<div class ="announcement"><p><span class="timestamp">May 01, 2024  2:03:00 PM</span> You named the conversation <b>Us</b></p></div>',
    page_message(4, "Ana", '<span class="bubble">an answer</span>'),
    page_message(5, "Ana", '<div class="attachment"><img src="attachments/1/a.jpeg" loading="lazy"></div>'),
    page_message(
        6,
        "Ana",
        '<div class="edited"><table><tbody><tr><td><span class="timestamp"></span></td><td>I nevr</td></tr></tbody>'
        '<tfoot><tr><td><span class="timestamp">Edited 9 seconds later</span></td><td>I never</td></tr></tfoot></table></div>',
    ),
)


def typed(text):
    """An `attributedBody` with a text, as the phone lays it out."""
    data = text.encode()
    size = bytes([len(data)]) if len(data) < 128 else b"\x81" + len(data).to_bytes(2, "little")
    return (
        b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject\x00\x85\x92\x84\x84\x84"
        b"\x08NSString\x01\x94\x84\x01+" + size + data + b"\x86\x84\x02iI\x01" + bytes([len(text) % 128])
    )


SCHEMA = """
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT, text TEXT, attributedBody BLOB, handle_id INTEGER,
  date INTEGER, date_edited INTEGER DEFAULT 0, date_retracted INTEGER DEFAULT 0, is_from_me INTEGER DEFAULT 0,
  item_type INTEGER DEFAULT 0, group_action_type INTEGER DEFAULT 0, is_system_message INTEGER DEFAULT 0, subject TEXT,
  associated_message_type INTEGER DEFAULT 0, balloon_bundle_id TEXT, cache_has_attachments INTEGER DEFAULT 0);
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT, service TEXT, person_centric_id TEXT);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, chat_identifier TEXT, display_name TEXT);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER);
"""
SINCE_2001 = START - 978_307_200


def database(rows, *, wal=False, folder=None):
    """Bytes of a chat.db; a row is a dict of columns, `chat` among them."""
    target = str(folder / "made.db") if folder else ":memory:"
    with closing(sqlite3.connect(target)) as made:
        if wal:
            made.execute("PRAGMA journal_mode=WAL")
        made.executescript(SCHEMA)
        made.executemany(
            "INSERT INTO handle VALUES (?,?,?,?)",
            [
                (1, "+15550001111", "iMessage", None),
                (2, "+15550001111", "SMS", None),
                (3, "cara@a.example", "iMessage", None),
            ],
        )
        made.executemany(
            "INSERT INTO chat VALUES (?,?,?,?)",
            [(1, "a", "+15550001111", ""), (2, "b", "+15550001111", ""), (3, "c", "chat99", "Family")],
        )
        made.executemany("INSERT INTO chat_handle_join VALUES (?,?)", [(1, 1), (2, 2), (3, 1), (3, 3)])
        for number, row in enumerate(rows, 1):
            columns = {"date": (SINCE_2001 + 60 * number) * 10**9, "handle_id": 1} | row
            chat = columns.pop("chat", 1)
            names = ", ".join(columns)
            made.execute(
                f"INSERT INTO message (ROWID, {names}) VALUES ({number}{', ?' * len(columns)})",
                tuple(columns.values()),
            )
            made.execute("INSERT INTO chat_message_join VALUES (?,?)", (chat, number))
        made.commit()
        data = bytes(made.serialize()) if not folder else b""
    return data or Path(target).read_bytes()


DB_ROWS = [
    {"text": "Good morning"},
    {"attributedBody": typed("only in the stream"), "is_from_me": 1, "handle_id": 0},
    {"text": "Loved “Good morning”", "associated_message_type": 2000, "is_from_me": 1},
    {"text": "Removed a heart", "associated_message_type": 3000},
    {"item_type": 1, "group_action_type": 0, "chat": 3},
    {"text": "\ufffc", "cache_has_attachments": 1},
    {"text": "\ufffclook", "cache_has_attachments": 1, "handle_id": 2, "chat": 2},
    {"date_edited": 700000000000000000, "text": None},
    {"text": "second wording", "date_edited": 700000000000000000, "handle_id": 3, "chat": 3},
    {"text": "no date", "date": 0},
    {"text": "old phone", "date": SINCE_2001 - 600},
]


def mail(
    number,
    body,
    sender="Ana Lima <ana@a.example>",
    to="ben@b.example",
    headers="",
    kind="text/plain; charset=utf-8",
):
    date = datetime.fromtimestamp(START + 60 * number, UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return (
        f"From ana@a.example Wed May  1 12:{number:02}:00 2024\nDelivered-To: {'ben@b.example' if 'ana' in sender else ''}\n"
        f"From: {sender}\nTo: {to}\nDate: {date}\nSubject: Today\nMIME-Version: 1.0\nContent-Type: {kind}\n{headers}\n{body}\n\n"
    ).encode()


MBOX = b"".join(
    [
        mail(1, "Good morning.\n>From the garden.\n\n-- \nAna Lima\nGardener"),
        mail(
            2,
            "Fine, thank you.\n\nOn Wed, 1 May 2024 at 12:01, Ana Lima <ana@a.example> wrote:\n> Good morning.\n",
            "Ben <ben@b.example>",
            "ana@a.example",
        ),
        mail(3, "---------- Forwarded message ---------\nFrom: Carl <c@c.example>\nDate: Mon\n\nhis words"),
        mail(
            4,
            "--x\nContent-Type: text/html; charset=utf-8\n\n<p>See <b>you</b> soon &hearts;</p><blockquote>old</blockquote>\n"
            "--x\nContent-Type: image/png\nContent-Disposition: attachment; filename=a.png\n\nQUJD\n--x--",
            kind='multipart/mixed; boundary="x"',
        ),
        mail(5, "I am away.", headers="Auto-Submitted: auto-replied\n"),
        mail(6, "no sender here", sender="nobody"),
    ]
)


@dataclass(frozen=True)
class Export:
    form: Format
    parts: tuple[tuple[str, bytes], ...]
    records: int


EXPORTS = {
    "telegram chat": Export(telegram, (("result.json", as_json(TELEGRAM_ONE)),), 9),
    "telegram account": Export(telegram, (("result.json", as_json(TELEGRAM_ALL)),), 12),
    "signal": Export(signal, (("main.jsonl", as_lines(SIGNAL_FRAMES)),), 10),
    "messenger": Export(
        messenger,
        (
            ("inbox/zoe_1/message_1.json", meta_piece(META_NEW)),
            ("inbox/zoe_1/message_2.json", meta_piece(META_OLD)),
        ),
        9,
    ),
    "messenger encrypted": Export(messenger, (("Zoë_1.json", as_json(META_SECRET)),), 2),
    "sms": Export(sms, (("sms-20240501.xml", SMS),), 9),
    "imessage text": Export(imessage, (("+15550001111.txt", IMESSAGE_TXT),), 7),
    "imessage page": Export(imessage, (("+15550001111.html", IMESSAGE_HTML),), 6),
    "imessage database": Export(imessage_db, (("chat.db", database(DB_ROWS)),), 11),
    "mbox": Export(mbox, (("inbox.mbox", MBOX),), 6),
}

"""Invented chats of any length, in the form that each app exports, with English as two people write it to each other.

The sentences are the project's own: those that the coder was fitted and tested on, its dialogues, and the phrases of the
circle. A quarter of the messages are short ones that everybody repeats ("ok", "lol"). Of the others most have a word in
them exchanged for another, so that few are alike: whoever keeps what was read before gains as much as with real chats.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import quoteattr

from velveteen.circle.chat import phrases

TRAINING = Path(__file__).parent.parent / "training"
THEM, ME = "Sam", "Ruth"
START = datetime(2013, 1, 3, 9, 15)
SHORT = """ok|lol|yes|no|k|haha|yeah|on my way|x|xx|omg|thanks|ok x|love you|night x|sure|yep|nope|what|why|home soon|👍|❤️|
🙂|hey|morning|brb|ha|okay|cool|good|fine|sorry|dunno|no worries|see you later|call me|where are you|running late|just left|
5 mins"""
_SHORT = 0.25
_CHANGED = 0.9
_SLOT = re.compile(r"\{(\w+)\}")
_GAPS = (5, 20, 40, 60, 120, 300, 900, 4300)


class Line(NamedTuple):
    """One message."""

    at: datetime
    author: str
    text: str


def sentences() -> list[str]:
    """Everything that there is to draw from, each sentence once; in those of the circle, {…} are slots still open."""
    found: dict[str, None] = {}
    for path in sorted((TRAINING / "sentences").glob("t*.jsonl")):
        for row in _rows(path):
            found |= dict.fromkeys(text for text in (row["text"], row["before"]) if text)
    for path in sorted((TRAINING / "dialogues").glob("*.jsonl")):
        found |= dict.fromkeys(turn["text"] for row in _rows(path) for turn in row["turns"])
    pools = [pool for name, section in phrases().items() if name != "slots" for pool in section.values()]
    return list(found | dict.fromkeys(text for pool in pools for text in pool))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def chat(messages: int, seed: int = 1) -> Iterator[Line]:
    """So many messages of two people over years, one every twelve minutes on average."""
    chance, at = random.Random(seed), START
    pool, slots, short = sentences(), phrases()["slots"], SHORT.replace("\n", "").split("|")
    vocabulary = sorted({word for text in pool for word in text.split() if word.isalpha()})
    for _ in range(messages):
        text = chance.choice(short) if chance.random() < _SHORT else chance.choice(pool)
        words = _SLOT.sub(lambda slot: chance.choice(slots.get(slot[1], [ME])), text).split(" ")
        if len(words) > 3 and chance.random() < _CHANGED:
            words[chance.randrange(len(words))] = chance.choice(vocabulary)
        yield Line(at, chance.choice((THEM, ME)), " ".join(words))
        at += timedelta(seconds=chance.choice(_GAPS))


def android(path: Path, messages: int) -> None:
    """A WhatsApp export of Android, dates as in the United Kingdom."""
    _written(path, (f"{at:%d/%m/%Y, %H:%M} - {who}: {text}\n" for at, who, text in chat(messages)))


def ios(path: Path, messages: int) -> None:
    """A WhatsApp export of iOS, dates as in the United States."""
    _written(path, (f"[{at.month}/{at.day}/{at:%y}, {at.hour % 12 or 12}:{at:%M:%S}\u202f{at:%p}] {who}: {text}\n"
                    for at, who, text in chat(messages)))  # fmt: skip


def telegram(path: Path, messages: int) -> None:
    """Telegram's JSON of one chat."""

    def one(number: int, line: Line) -> str:
        seconds = int(line.at.replace(tzinfo=UTC).timestamp())
        row = {"id": number, "type": "message", "date": line.at.isoformat(), "date_unixtime": str(seconds),
               "from": line.author, "from_id": f"user{len(line.author)}", "text": line.text,
               "text_entities": [{"type": "plain", "text": line.text}]}  # fmt: skip
        return ("" if number == 1 else ",\n") + json.dumps(row, ensure_ascii=False, indent=1)

    head = f'{{"name": "{THEM}", "type": "personal_chat", "id": 7, "messages": [\n'
    rows = (one(number, line) for number, line in enumerate(chat(messages), 1))
    _written(path, _between(head, rows, "\n]}"))


def sms(path: Path, messages: int) -> None:
    """An XML file of SMS Backup & Restore."""

    def one(line: Line) -> str:
        kind = 1 if line.author == THEM else 2
        when = int(line.at.replace(tzinfo=UTC).timestamp() * 1000)
        return (f'<sms protocol="0" address="+4915112345678" date="{when}" type="{kind}" subject="null" '
                f'body={quoteattr(line.text)} read="1" contact_name="{THEM}" />\n')  # fmt: skip

    head = f"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"{messages}\">\n"
    _written(path, _between(head, map(one, chat(messages)), "</smses>\n"))


def messenger(path: Path, messages: int) -> None:
    """Messenger's JSON, the newest message first, its letters broken as Meta breaks them."""

    def one(line: Line) -> str:
        when = int(line.at.replace(tzinfo=UTC).timestamp() * 1000)
        row = {"sender_name": line.author, "timestamp_ms": when, "content": line.text.encode().decode("latin-1"),
               "is_geoblocked_for_viewer": False}  # fmt: skip
        return json.dumps(row)

    rows = [one(line) for line in chat(messages)][::-1]
    people = json.dumps([{"name": THEM}, {"name": ME}])
    tail = f'\n], "title": "{THEM}", "is_still_participant": true, "thread_path": "inbox/sam_1", "magic_words": []}}'
    _written(path, _between(f'{{"participants": {people}, "messages": [\n', [",\n".join(rows)], tail))


def _between(head: str, rows: Iterator[str] | list[str], tail: str) -> Iterator[str]:
    yield head
    yield from rows
    yield tail


def _written(path: Path, pieces: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        while block := "".join(islice(pieces, 10_000)):
            file.write(block)


FORMS: dict[str, tuple[str, Callable[[Path, int], None]]] = {
    "whatsapp android": ("chat.txt", android),
    "whatsapp ios": ("_chat.txt", ios),
    "telegram": ("result.json", telegram),
    "sms": ("sms.xml", sms),
    "messenger": ("message_1.json", messenger),
}
"""Name -> (name of the file, what writes it)."""

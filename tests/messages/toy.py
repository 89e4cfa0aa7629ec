"""A chat format that no app has: several conversations in a file, and an owner, as tests need them.

Each line is “conversation|author|text”; the first line is “TOY” and the owner's name, if any.
"""

from datetime import datetime, timedelta

from velveteen.messages import Message
from velveteen.messages.formats import whatsapp

NAME = "toy"
START = datetime(2024, 1, 20, 9, 30)


def fits(part):
    return part.head.startswith(b"TOY")


def stream(parts, notes, choice):
    for part in parts:
        with part.open() as file:
            first, *lines = file.read().decode().splitlines()
        for number, line in enumerate(lines, 1):
            chat, author, text = line.split("|")
            if choice.chat in (None, chat):
                yield Message(START + timedelta(minutes=number), author, text, number, False, chat)
        notes.owner = first.removeprefix("TOY").strip() or None


def toy(*lines, owner=""):
    return "\n".join([f"TOY {owner}", *lines]) + "\n"


def known(monkeypatch):
    """Makes the format one of those that are read, by whoever calls with pytest's monkeypatch."""
    import sys

    monkeypatch.setattr("velveteen.messages.read.FORMATS", (sys.modules[__name__], whatsapp))

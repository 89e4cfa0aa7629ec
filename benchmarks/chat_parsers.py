"""WhatsApp's header shapes, each read by every parser there is, and what became of its messages.

A message is *right* where its author, its words and its minute are; *mis-dated* where only the minute is wrong; *mangled*
where a name or words are; *dropped* where it is nowhere and nothing says so. A parser that raises has *refused* all of them,
and one that asks which of day and month comes first has *asked*. Years before 2000 are mis-dated, not read.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from tests.messages.shapes import SHAPES, HeaderShape  # noqa: E402  (the shapes that the tests know)

HERE = Path(__file__).parent / "peers"
ENDS = ("right", "asked", "refused", "mis-dated", "mangled", "dropped")
PEOPLE = ("Ana", "Bob Müller")
_MARKS = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"))
Said = tuple[datetime, str, str]

LAYOUTS = {
    "uk_android": "%d/%m/%Y, %H:%M - ", "ambig_uk_android": "%d/%m/%Y, %H:%M - ", "de_android": "%d.%m.%y, %H:%M - ",
    "fr_android_a": "%d/%m/%Y à %H:%M - ", "it_ios": "[%d/%m/%y, %H:%M:%S] ", "nl_android": "%d-%m-%Y %H:%M - ",
    "tr_ios": "[%d.%m.%Y %H:%M:%S] ", "us_android_nnbsp": "%m/%d/%y, %I:%M %p - ",
    "us_ios_nnbsp": "[%m/%d/%y, %I:%M:%S %p] ", "za_android": "%Y/%m/%d, %H:%M - ",
}  # fmt: skip
"""How the files of `--data` write a moment, by their names: from this alone their truth is read."""


@dataclass(frozen=True, slots=True)
class Case:
    """A text in one shape, and what is in it."""

    name: str
    text: str
    truth: tuple[Said, ...]


def own_cases() -> list[Case]:
    """The shapes of the tests, 80 messages of half a year each."""
    return [_case(shape.name, shape, _written(80, _later)) for shape in SHAPES]


def either_way() -> list[Case]:
    """Shapes whose dates rise whichever of day and month comes first: who does not ask is right by luck."""
    return [
        _case(f"{shape.name}, either way round", shape, _written(8, _diagonal))
        for shape in SHAPES
        if shape.order != "year"
    ]


def _case(name: str, shape: HeaderShape, said: list[Said]) -> Case:
    return Case(name, "".join(f"{shape.write(at)}{who}: {text}\n" for at, who, text in said), tuple(said))


def _written(number: int, when: Callable[[int, datetime, Random], datetime]) -> list[Said]:
    chance, at = Random(number), datetime(2021, 1, 3, 9, 15, 7)
    said = []
    for i in range(number):
        at = when(i, at, chance)
        text = f"msg {i}" + chance.choice(["", "", ": note 10:30 - ok", "\nsecond line", " 3/4, as said"])
        said.append((at, chance.choice(PEOPLE), text))
    return said


def _later(_: int, at: datetime, chance: Random) -> datetime:
    return at + timedelta(minutes=chance.randint(20 * 60, 90 * 60), seconds=chance.randint(0, 59))


def _diagonal(i: int, _: datetime, __: Random) -> datetime:
    return datetime(2021, i + 1, i + 2, 10, 5 + i, 7)


def given_cases(folder: Path) -> list[Case]:
    """The files of a folder whose layout is known by their names."""
    return [_given(path) for path in sorted(folder.glob("*.txt")) if path.stem in LAYOUTS]


def _given(path: Path) -> Case:
    """Read by the file's one layout and nothing else.

    Raises:
        ValueError: that is not what the folder's README tells: numbered messages, 20 to 90 hours apart.
    """
    text = path.read_text("utf-8")
    header = re.compile(r"^(\W?\d[^A-Z\n]*?(?:[AP]M)?(?:\] | - ))(Ana|Bob Müller): ", re.MULTILINE)
    pieces = header.split(text)
    rows = zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True)
    said = [(_moment(head, LAYOUTS[path.stem]), who, body.removesuffix("\n")) for head, who, body in rows]
    steps = [b[0] - a[0] for a, b in pairwise(said)]
    numbered = all(re.match(rf"msg {i}\b", body) for i, (_, _, body) in enumerate(said))
    plain = "ambig" in path.stem or all(timedelta(hours=20) <= step < timedelta(hours=91) for step in steps)
    if not (numbered and plain and len(said) in (60, 80)):
        raise ValueError(f"{path} is not what its README says.")
    return Case(path.stem, text, tuple(said))


def _moment(head: str, layout: str) -> datetime:
    return datetime.strptime(_plain(head), _plain(layout))


def _plain(text: str) -> str:
    return " ".join(text.translate(_MARKS).split())


def ours(paths: Sequence[Path]) -> list[object]:
    """What this library reads, or says instead; what it lists as unread counts as refused, not as dropped."""
    from velveteen.messages import read_export
    from velveteen.problems import AmbiguousDates, BadInput

    found: list[object] = []
    for path in paths:
        try:
            export = read_export(path)
        except AmbiguousDates:
            found.append("asked")
        except BadInput:
            found.append("refused")
        else:
            listed = {_plain(text) for _, text in export.unparsed}
            found.append(([(m.at, m.author, m.text) for m in export.messages], listed))
    return found


def peers(command: Sequence[str], paths: Sequence[Path]) -> list[object]:
    """What a peer reads, or that it raises."""
    done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, check=True)
    return [_peer(json.loads(line)) for line in done.stdout.splitlines()]


def _peer(row: dict[str, list[list[str]]]) -> object:
    if "refused" in row:
        return "refused"
    rows = [
        (datetime.fromisoformat(when).replace(tzinfo=None), who, text) for when, who, text in row["messages"]
    ]
    return rows, set()


def ends(case: Case, found: object) -> Counter[str]:
    """What became of the messages of a case."""
    if isinstance(found, str):
        return Counter({found: len(case.truth)})
    rows, listed = found  # type: ignore[misc]
    there = {_number(text): (when, who, text) for when, who, text in rows}
    return Counter(_end(said, there.get(_number(said[2])), listed) for said in case.truth)


def _number(text: str) -> str:
    found = re.search(r"\bmsg \d+", text)
    return found[0] if found else ""


def _end(said: Said, read: Said | None, listed: set[str]) -> str:
    when, who, text = said
    if read is None:
        return "refused" if any(_plain(text.split("\n")[0]) in line for line in listed) else "dropped"
    if (_plain(who), _plain(text)) != (_plain(read[1]), _plain(read[2])):
        return "mangled"
    return "right" if _minute(when) == _minute(read[0]) else "mis-dated"


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def table(cases: Sequence[Case], commands: dict[str, list[str]]) -> dict[str, list[Counter[str]]]:
    """Parser -> one count a case; `commands` are those of the peers."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{i}.txt" for i in range(len(cases))]
        for path, case in zip(paths, cases, strict=True):
            path.write_text(case.text, "utf-8", newline="")
        read = {"velveteen": ours(paths)} | {
            name: peers(command, paths) for name, command in commands.items()
        }
    return {name: [ends(*pair) for pair in zip(cases, found, strict=True)] for name, found in read.items()}


def lines(title: str, cases: Sequence[Case], found: dict[str, list[Counter[str]]]) -> list[str]:
    """Markdown: shapes all right and messages by end for each parser, then the shapes that somebody did not get right."""
    text = [f"### {title}: {len(cases)} shapes, {sum(len(c.truth) for c in cases):,} messages", "",
            "| parser | shapes all right | " + " | ".join(ENDS) + " | shapes with something silently wrong |",
            "|" + "---|" * (len(ENDS) + 3)]  # fmt: skip
    for name, counts in found.items():
        whole = sum(count["right"] == count.total() for count in counts)
        silent = sum(count["mis-dated"] + count["mangled"] + count["dropped"] > 0 for count in counts)
        sums = sum(counts, Counter())
        text.append(f"| {name} | {whole} | {' | '.join(f'{sums[end]:,}' for end in ENDS)} | {silent} |")
    text += ["", "| shape | " + " | ".join(found) + " |", "|" + "---|" * (len(found) + 1)]
    for i, case in enumerate(cases):
        row = [counts[i] for counts in found.values()]
        if any(count["right"] != count.total() for count in row):
            text.append(f"| {case.name} | {' | '.join(map(_words, row))} |")
    return [*text, ""]


def _words(count: Counter[str]) -> str:
    known = [end for end in ENDS if count[end]]
    return known[0] if len(known) == 1 else ", ".join(f"{count[end]} {end}" for end in known)


def peer_commands(python: str | None, node: str | None) -> dict[str, list[str]]:
    """How each peer is started; those for which nothing was given are left out."""
    found = {}
    if python:
        found = {name: [python, str(HERE / "chat_readers.py"), name] for name in ("whatstk", "chat-miner")}
    if node:
        found["whatsapp-chat-parser"] = ["node", str(HERE / "chat_reader.mjs"), node]
    return found

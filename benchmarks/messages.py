"""Chats, measured beside other readers of them.

    python benchmarks/messages.py parsers [--data DIR] [--peers PYTHON] [--node DIR]
    python benchmarks/messages.py speed [--messages 100000] [--rounds 5] [--peers PYTHON] [--node DIR]
    python benchmarks/messages.py three | million

`parsers`: WhatsApp's header shapes, and what became of their messages; tables in Markdown. `speed`: parsed, coded and in
weekly cells. `three`: exports of three apps to cells, into a journal and a report. `million`: a million messages to cells.
`--peers` is a Python with requirements/bench.txt, `--node` a folder with whatsapp-chat-parser 4.0.2 of npm in it.
Bars: every shape right or asked about, nothing silently wrong; 100,000 messages parsed in .5 s and in cells in 10 s, within
400 MB, and so a million.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import chat_parsers
import chat_speed

FORMS = ("whatsapp android", "telegram", "messenger")


def _row(name: str, found: Mapping[str, float]) -> str:
    rest = "".join(f"  {key} {found[key]:.3g}" for key in ("fastest", "ratio") if key in found)
    return (
        f"{name:44} {found['seconds']:8.2f} s  {found['megabytes']:6.0f} MB  count {found['count']:.0f}{rest}"
    )


def _peers(options: argparse.Namespace) -> dict[str, list[str]]:
    if options.node and shutil.which("node") is None:
        print("whatsapp-chat-parser is left out: there is no node here.", file=sys.stderr)
        options.node = None
    return chat_parsers.peer_commands(options.peers, options.node)


def _parsers(options: argparse.Namespace) -> None:
    commands = _peers(options)
    sets = {"Shapes of the tests": chat_parsers.own_cases(),
            "Day and month either way round": chat_parsers.either_way()}  # fmt: skip
    if options.data:
        sets = {"Shapes given": chat_parsers.given_cases(options.data)} | sets
    for title, cases in sets.items():
        print("\n".join(chat_parsers.lines(title, cases, chat_parsers.table(cases, commands))), flush=True)


def _speed(options: argparse.Namespace) -> None:
    for form, rows in chat_speed.speed(options.messages, options.rounds, _peers(options)):
        for name, found in rows.items():
            print(_row(f"{form}: {name}", found), flush=True)


def _three(options: argparse.Namespace) -> None:
    for name, found in chat_speed.three(options.messages, FORMS):
        print(_row(name, found), flush=True)


def _million(options: argparse.Namespace) -> None:
    print(_row("in cells", chat_speed.million(options.messages)))


def main() -> None:
    """Measure what is asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True)
    for name, work, messages in (
        ("parsers", _parsers, 0), ("speed", _speed, 100_000), ("three", _three, 100_000), ("million", _million, 1_000_000),
    ):  # fmt: skip
        command = commands.add_parser(name)
        command.set_defaults(work=work)
        command.add_argument("--messages", type=int, default=messages)
        command.add_argument("--rounds", type=int, default=5)
        for option in ("--peers", "--node"):
            command.add_argument(option)
        command.add_argument("--data", type=Path)
    options = parser.parse_args()
    options.work(options)


if __name__ == "__main__":
    main()

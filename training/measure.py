"""How often the coders are right, on sentences by an author who had seen neither the training sentences nor the program.

    python training/measure.py [--write]

Each code's sensitivity and false positives as [hits, of] on `sentences/test.jsonl`, all items and the ordinary ones
among them, with 95 % intervals (beta posterior, Jeffreys' prior). `--write` puts them into the cards beside the weights
and into the channels that rest on them.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from scipy.stats import beta

from velveteen.messages.coder.message import APOLOGIES, WORDED, code
from velveteen.messages.coding import DISOWNED, HURT, OWNED

HERE = Path(__file__).parent
CARDS = HERE.parent / "src/velveteen/messages/coder/figures.toml"
CHANNELS = HERE.parent / "src/velveteen/measure/channels.toml"
ORDINARY = 281
"""The first items of the test are ordinary talk; the rest was written to hold every code and what looks like it."""
Pairs = list[tuple[frozenset[str], frozenset[str]]]
UNIONS = {"hurt_in_messages": HURT, "met_in_messages": ("acknowledges",), "owned_in_messages": OWNED}


def judged() -> Pairs:
    """(labels, codes) of each test item."""
    rows = [json.loads(line) for line in (HERE / "sentences/test.jsonl").read_text("utf-8").splitlines()]
    return [(frozenset(row["labels"]), code(row["text"], row["before"])) for row in rows]


def counted(
    pairs: Pairs, names: tuple[str, ...], unless: tuple[str, ...] = ()
) -> tuple[list[int], list[int]]:
    """Sensitivity and false positives of any of these codes without one of the others, each [hits, of]."""

    def has(one: frozenset[str]) -> bool:
        return not one.isdisjoint(names) and one.isdisjoint(unless)

    truth, said = [has(labels) for labels, _ in pairs], [has(codes) for _, codes in pairs]
    there = [s for t, s in zip(truth, said, strict=True) if t]
    others = [s for t, s in zip(truth, said, strict=True) if not t]
    return [sum(there), len(there)], [sum(others), len(others)]


def interval(pair: list[int]) -> str:
    """A share with its 95 % interval."""
    low, high = beta.ppf([0.025, 0.975], pair[0] + 0.5, pair[1] - pair[0] + 0.5)
    return f"{pair[0]}/{pair[1]} {pair[0] / max(1, pair[1]):.3f} ({low:.3f}-{high:.3f})"


def main() -> None:
    """Print the figures; write them where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    pairs = judged()
    lines = [
        "# How often each code is right, by training/measure.py; [hits, of]. See cards.md for what it was measured on.\n"
    ]
    for name in (*APOLOGIES, *WORDED):
        found, false = counted(pairs, (name,))
        _, ordinary = counted(pairs[:ORDINARY], (name,))
        print(
            f"{name:<16} found {interval(found)}   made up {interval(false)}   in ordinary talk {interval(ordinary)}"
        )
        lines.append(
            f"\n[{name}]\nsensitivity = {found}\nfalse_positives = {false}\nin_ordinary_talk = {ordinary}\n"
        )
    channels = CHANNELS.read_text("utf-8")
    for name, names in UNIONS.items():
        found, false = counted(pairs, names, DISOWNED if name == "owned_in_messages" else ())
        _, ordinary = counted(pairs[:ORDINARY], names, DISOWNED if name == "owned_in_messages" else ())
        print(
            f"{name:<18} found {interval(found)}   made up {interval(false)}   in ordinary talk {interval(ordinary)}"
        )
        made_up = ordinary if name == "hurt_in_messages" else false
        channels = re.sub(
            rf"(?s)(\[{name}\]\n.*?\n)(coder = [^\n]*\n)?(?=\n\[|\Z)",
            lambda m, f=found, o=made_up: f"{m[1]}coder = {{ sensitivity = {f}, false_positives = {o} }}\n",
            channels,
        )
    if asked.write:
        CARDS.write_text("".join(lines), "utf-8")
        CHANNELS.write_text(channels, "utf-8")


if __name__ == "__main__":
    main()

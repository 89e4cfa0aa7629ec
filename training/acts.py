"""How well the act of a turn is told: on our own dialogues, and on DailyDialog's where its file is at hand.

    python training/acts.py [--data ../shared/data/text]

Our dialogues were read while the rules were made, so that their figures are those of development. DailyDialog (Li et
al. 2017, IJCNLP; the English dev part of XDailyDialog, CC BY-NC-SA 4.0) is for evaluation only: nothing of it goes into
a rule or a weight.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from velveteen.messages.coder.acts import Act, act

OURS = Path(__file__).parent / "dialogues/acts.jsonl"
ACTS: tuple[Act, ...] = get_args(Act)
Dialogue = list[tuple[str, Act]]


def ours() -> Iterator[Dialogue]:
    """Our own dialogues: (text, act) of each turn."""
    for line in OURS.read_text("utf-8").splitlines():
        yield [(turn["text"], turn["act"]) for turn in json.loads(line)["turns"]]


def daily_dialog(data: Path) -> Iterator[Dialogue]:
    """The same of DailyDialog's dev part, whose acts are numbered from 1 in the order of `ACTS`."""
    for line in (data / "dailydialog_en_dev.txt").read_text("utf-8").splitlines():
        turns, _, acts, *_ = line.split("\t")
        texts = [text.strip() for text in turns.split("__eou__") if text.strip()]
        yield [(text, ACTS[int(number) - 1]) for text, number in zip(texts, acts.split(), strict=True)]


def confusion(dialogues: Iterator[Dialogue]) -> Counter[tuple[Act, Act]]:
    """Turns by (act that it has, act that was told)."""
    found: Counter[tuple[Act, Act]] = Counter()
    for turns in dialogues:
        before = ""
        for text, truth in turns:
            found[truth, act(text, before)] += 1
            before = text
    return found


def f1(found: Counter[tuple[Act, Act]], one: Act) -> float:
    """Harmonic mean of precision and recall of one act."""
    has, told = sum(found[one, other] for other in ACTS), sum(found[other, one] for other in ACTS)
    return 2 * found[one, one] / (has + told)


def show(name: str, found: Counter[tuple[Act, Act]]) -> None:
    """Print a table: a row an act that is, a column an act that was told."""
    print(f"{name}: {found.total()} turns, macro-F1 {sum(f1(found, one) for one in ACTS) / len(ACTS):.3f}")
    print(" " * 14 + "".join(f"{one:>12}" for one in ACTS) + f"{'F1':>8}")
    for one in ACTS:
        print(
            f"  {one:<12}" + "".join(f"{found[one, other]:>12}" for other in ACTS) + f"{f1(found, one):>8.3f}"
        )


def main() -> None:
    """Print what is asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="the folder with dailydialog_en_dev.txt")
    asked = parser.parse_args()
    show("our dialogues", confusion(ours()))
    if asked.data:
        show("DailyDialog, dev", confusion(daily_dialog(asked.data)))


if __name__ == "__main__":
    main()

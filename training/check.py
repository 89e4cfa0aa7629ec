"""Files of annotated messages, held against `guide.md`: what is malformed, doubled, too rare, or could be somebody's.

    python training/check.py [FILE ...]

Without a file: our own training sentences, with the counts they must reach. With files: their form, and doubles also
across the files, so that what measures was not already trained on. Ends with 1 where there is a fault.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

Item = Mapping[str, Any]

APOLOGIES = ("apology_bare", "apology_owned", "apology_excuse", "apology_repair")
LABELS = (
    *APOLOGIES, "blame", "denial", "contempt", "threat", "acknowledges", "interest", "absolutes", "both_sides",
    "grandiose", "order", "request", "offer", "promise",
)  # fmt: skip
OWN = Path(__file__).with_name("sentences") / "train.jsonl"
KEYS = (["id", "before", "text", "labels"], ["id", "before", "text", "labels", "near"])
FEWEST_ITEMS, FEWEST, FEWEST_APOLOGIES, FEWEST_NEAR = 800, 45, 40, 25
LEAST_WITHOUT = 0.35
GRAM, DOUBLE = 5, 0.6
"""Characters of a shingle; the Jaccard similarity of two sets of them above which two texts are one."""
SOMEBODY = re.compile(
    r"(?-i:[A-Z][a-z]+[ -][A-Z][a-z]+)"  # a first and a family name
    r"|\S@\w|(?<!\w)@\w|https?:|www\.|\d(?:[ -]?\d){6}"
)


def read(path: Path) -> list[Item]:
    """Items of one file, in its order.

    Raises:
        ValueError: a line is no JSON object; the line's number is named.
    """
    items = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.startswith("{"):
            raise ValueError(f"{path.name}, line {number}: no JSON object")
        items.append(json.loads(line))
    return items


def malformed(item: Item) -> Iterator[str]:
    """What is wrong with the form of one item, said without its id."""
    if list(item) not in KEYS:
        yield f"keys {list(item)}"
        return
    if not re.fullmatch(r"[a-z]\d{4}", item["id"]):
        yield "id is no letter and four digits"
    if not item["text"].strip() or item["text"] != item["text"].strip():
        yield "text is empty or has space around it"
    labels = item["labels"]
    if labels != [label for label in LABELS if label in labels]:
        yield f"labels unknown, double or out of order: {labels}"
    if sum(label in APOLOGIES for label in labels) > 1:
        yield "more than one kind of apology"
    near = item.get("near")
    if "near" in item and (near not in LABELS or near in labels):
        yield f"near {near} is unknown or one of its labels"
    if SOMEBODY.search(item["text"]) or SOMEBODY.search(item["before"]):
        yield "could name or reach somebody"


def shingles(text: str) -> frozenset[str]:
    """Runs of GRAM characters, case and space folded; a shorter text is one run."""
    folded = " ".join(text.casefold().split())
    return frozenset(folded[i : i + GRAM] for i in range(max(1, len(folded) - GRAM + 1)))


def doubles(items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """Ids of each two items whose texts are nearly the same."""
    bags = sorted(((shingles(i["text"]), i["id"]) for i in items), key=lambda bag: len(bag[0]))
    for at, (one, one_id) in enumerate(bags):
        for other, other_id in bags[at + 1 :]:
            if len(one) <= DOUBLE * len(other):
                break  # the rest is longer still: no overlap can reach the bar
            both = len(one & other)
            if both > DOUBLE * (len(one) + len(other) - both):
                yield one_id, other_id


def too_few(items: Sequence[Item]) -> Iterator[str]:
    """Counts that our own training sentences miss."""
    if len(items) < FEWEST_ITEMS:
        yield f"{len(items)} items, fewer than {FEWEST_ITEMS}"
    without = sum(not item["labels"] for item in items)
    if without < LEAST_WITHOUT * len(items):
        yield f"{without} of {len(items)} without a label, less than {LEAST_WITHOUT:.0%}"
    found, near = counts(items)
    for label in LABELS:
        fewest = FEWEST_APOLOGIES if label in APOLOGIES else FEWEST
        if found[label] < fewest:
            yield f"{label}: {found[label]}, fewer than {fewest}"
        if near[label] < FEWEST_NEAR:
            yield f"near {label}: {near[label]}, fewer than {FEWEST_NEAR}"


def counts(items: Sequence[Item]) -> tuple[Counter[str], Counter[str]]:
    """How many items have each label, and how many come near it."""
    found = Counter(label for item in items for label in item["labels"])
    return found, Counter(item["near"] for item in items if "near" in item)


def faults(items: Sequence[Item]) -> list[str]:
    """All that is wrong with the items but their number; empty where nothing is."""
    form = [f"{item.get('id')}: {fault}" for item in items for fault in malformed(item)]
    if form:
        return form
    again = [f"{name}: id used {n} times" for name, n in Counter(i["id"] for i in items).items() if n > 1]
    return again + [f"{one} and {other}: nearly the same text" for one, other in doubles(items)]


def main(files: Sequence[str]) -> int:
    """Print the faults, else the counts; the number is the command's exit code."""
    items = [item for path in map(Path, files or [str(OWN)]) for item in read(path)]
    wrong = faults(items)
    if not wrong and not files:
        wrong = list(too_few(items))
    found, near = counts(items) if not wrong else (Counter(), Counter())
    table = [f"{label:15}{found[label]:5}{near[label]:5}" for label in LABELS]
    without = f"{sum(not item.get('labels') for item in items)} of {len(items)} without a label"
    print("\n".join(wrong or [f"{'':15}{'with':>5}{'near':>5}", *table, without]))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What happened, as it is asked for on a day: the few that this owner ticks most, then the rest in short groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from velveteen.journal.catalogue import Act, catalogue
from velveteen.journal.entries import Entry

LATELY = timedelta(weeks=8)
# Harm and kindness that stand open: seven in all, as many as a group holds.
OFTEN = {True: 4, False: 3}
# Every act of the catalogue once, at most seven together.
GROUPS = (
    ("Hurt: words and looks", ("put_me_down", "mocked", "shouted", "looked_down", "punished_with_silence", "showed_off")),
    ("Hurt: fear, force, control", (
        "threatened", "hurt_or_broke", "did_not_take_no", "controlled_money", "checked_phone", "decided_for_me",
    )),
    ("Hurt: truth, blame, fairness", (
        "lied", "denied_it", "blamed_me", "broke_agreement", "took_short_cut", "exaggerated", "demanded_praise",
    )),
    ("Hurt: something else", ("harm",)),
    ("Good: being there", (
        "listened", "asked_about_me", "comforted", "helped_unasked", "thanked_me", "unseen_kindness",
    )),
    ("Good: fairness, owning up", (
        "took_no", "asked_first", "saw_both_sides", "owned_up", "stayed_calm", "shared_credit",
    )),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """The acts that can be ticked.

    Attributes:
        often: those that stand open.
        groups: (heading, acts) of all others, none empty.
    """

    often: tuple[Act, ...]
    groups: tuple[tuple[str, tuple[Act, ...]], ...]


def often(standing: Iterable[Entry], today: date) -> tuple[str, ...]:
    """Names of the acts written most in the last eight weeks, filled up from the catalogue.

    They come in the catalogue's order, not that of their number, so that each stays near its place.
    """
    used = Counter(
        str(e.payload.get("act")) for e in standing if e.kind == "act" and e.at.date() > today - LATELY
    )
    chosen: set[str] = set()
    for harm, number in OFTEN.items():
        names = [name for name, act in catalogue().items() if act.harm is harm]
        chosen |= set(sorted(names, key=lambda name: -used[name])[:number])
    return tuple(name for name in catalogue() if name in chosen)


def asked(names: Collection[str], written: Collection[str]) -> Asked:
    """What is asked on a day: `names` stand open; what is written already is not asked again."""
    acts = catalogue()
    left = [
        (heading, tuple(acts[n] for n in of if n not in names and n not in written)) for heading, of in GROUPS
    ]
    return Asked(
        tuple(acts[name] for name in names if name not in written),
        tuple((heading, found) for heading, found in left if found),
    )

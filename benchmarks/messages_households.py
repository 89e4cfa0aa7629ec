"""Simulated households from their chat to the odds: what the coder's figures are worth there, and what a polisher gains.

    python benchmarks/messages_households.py households [--households 40] [--weeks 32 52] [--processes 2]
    python benchmarks/messages_households.py polisher   [--households 24] [--weeks 32] [--processes 2]

Both take --folder FOLDER, where every household that was judged is a line and is not judged again (delete it after a
change), and --wording, which weighs how messages are worded too; the shipped channels do not (docs/decisions/0023).

The chat of a household of the circle is written as a WhatsApp export and goes the way of a real one: read, coded, made into
entries and weekly cells, judged; from the messages alone, and from diary and messages.

`households` takes `same`, `lasting`, `temporary` and `surface` in turn, equal priors over these four, and judges
each record with the coder's figures in the likelihood, without them (taken at its word), and from what the simulator meant
each message to be. Paired differences stand below. `polisher` judges households in which deeds and feelings stay as they are
(`same`, `worse`) as they wrote, and once more as somebody would have who passes every message through the draft check from a
third of the record on: a message in which words prompt a question is withheld, or sent without those words. Its figure is
the change of the log odds of `lasting` against all else, neutral reader, 104-week prior.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from recovery import odds_of
from runs import Row, take_up
from shares import FLOOR, HOPE, SURE, likeliest, neutral

import velveteen as vt
from velveteen.circle.household import ME, THEM, Household
from velveteen.circle.whatsapp import write
from velveteen.journal.entries import Entry
from velveteen.measure.channels import Channel, registry
from velveteen.measure.weekly import weekly_cells
from velveteen.messages import codes
from velveteen.messages.coder.turns import OCCASIONS
from velveteen.messages.coding import NAMES, coder_for, mask
from velveteen.messages.draft import check
from velveteen.messages.read import read_export
from velveteen.messages.tally import Coder

Message = tuple[datetime, str, str]
ACCOUNTS = ("same", "lasting", "temporary", "surface")
UNMOVED = ("same", "worse")
WITH, WITHOUT, MEANT = "with its figures", "taken at its word", "as it was meant"
ALONE, BOTH, DIARY = "messages alone", "diary and messages", "diary alone"
AS_WRITTEN, WITHHELD, TAKEN_OUT = "as written", "withheld", "words taken out"
_MEANS = {
    "thanks": ("thanks",), "greeting": ("greetings",), "name": ("name_used",), "own": ("apology_owned",),
    "both": ("both_sides",), "acknowledge": ("acknowledges",), "boast": ("grandiose",), "absolute": ("absolutes",),
    "leading": ("question_leading",),
} | {name: (name,) for name in NAMES}  # fmt: skip
_OCCASION = {"told": "told", "raised": "raised", "no": "refused"}
_GIVES = {kind: 1 << OCCASIONS.index(name) for kind, name in _OCCASION.items()}  # type: ignore[arg-type]


def knowing(home: Household) -> Coder:
    """A coder that knows what each message of this chat was meant to be; it codes them in their order."""
    said = list(zip(home.chat(), home.meant(), strict=True))
    theirs = iter([meant for (_, who, _), meant in said if who == THEM])
    mine = iter([meant for (_, who, _), meant in said if who == ME])
    return replace(
        coder_for(ME),
        code=lambda _text, _before: mask(
            tuple({name for kind in next(theirs) for name in _MEANS.get(kind, ())})
        ),
        occasion=lambda _text: sum(_GIVES.get(kind, 0) for kind in next(mine)),
    )


def entries_of(chat: Sequence[Message], coder: Coder | None = None) -> list[Entry]:
    """A chat's entries, by way of the export that WhatsApp would have made of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chat.zip"
        write(path, list(chat), THEM, form="ios", seconds=True)
        export = read_export(path)
    with patch.object(codes, "coder_for", (lambda _me: coder) if coder else coder_for):
        return codes.coded_entries(export, THEM, ME)


def channels(*, wording: bool, figures: bool = True) -> dict[str, Channel]:
    """The registry, with what is not weighed there or without it, and with the coders' figures or without them."""
    shipped = registry().items()
    return {
        name: replace(c, coder=c.coder if figures else None, weighed=c.weighed or wording)
        for name, c in shipped
    }


def odds(entries: list[Entry], channels: Any = None) -> dict[str, Any]:
    """What is kept of a verdict."""
    cells, points, _ = weekly_cells(entries)
    try:
        verdict = vt.judge(cells, points, channels, sensitivity=False)
    except vt.Refused as refusal:
        return {"refused": refusal.code}
    return {
        "log_evidence": verdict.log_evidence, "word": verdict.detail["leading"], "error": verdict.numerical_error,
        "problems": sorted({p.code for p in verdict.problems}),
    }  # fmt: skip


def judged(job: tuple[str, int, int, bool]) -> Row:
    """One household, (account, weeks, seed, wording weighed), judged every way."""
    account, weeks, seed, wording = job
    home = vt.simulate(account, weeks, seed)
    diary, coded, meant = home.entries(), entries_of(home.chat()), entries_of(home.chat(), knowing(home))
    with_figures, without = (channels(wording=wording, figures=figures) for figures in (True, False))
    ways = {WITH: (coded, with_figures), WITHOUT: (coded, without), MEANT: (meant, without)}
    found = {f"{ALONE}, {way}": odds(entries, own) for way, (entries, own) in ways.items()}
    found |= {f"{BOTH}, {way}": odds(diary + entries, own) for way, (entries, own) in ways.items()}
    return {
        "job": list(job),
        "truth": account,
        "weeks": weeks,
        "seed": seed,
        "found": {DIARY: odds(diary), **found},
    }


Places = list[tuple[int, int]]


def prompted(chat: Sequence[Message], begins: datetime) -> list[Places]:
    """For each message the places that prompt a question of the draft check; of theirs, and from a moment on."""
    before, found = "", []
    for at, who, text in chat:
        checked = who == THEM and at >= begins
        found.append([place for asked in check(text, before) for place in asked.places] if checked else [])
        before = text if who == ME else before
    return found


def polished(chat: Sequence[Message], places: Sequence[Places], way: str) -> list[Message]:
    """The chat as it would be if what prompts a question had been withheld, or taken out."""
    left = [(at, who, without(its, text, way)) for (at, who, text), its in zip(chat, places, strict=True)]
    return [message for message in left if message[2]]


def without(places: Places, text: str, way: str) -> str:
    """A text without these places, or, where it is withheld, without anything once there is one."""
    if not places or way == AS_WRITTEN:
        return text
    left = "".join(c for at, c in enumerate(text) if not any(start <= at < end for start, end in places))
    return "" if way == WITHHELD or not any(c.isalnum() for c in left) else left.strip()


def polisher(job: tuple[str, int, int, bool]) -> Row:
    """One household, (account, weeks, seed, wording weighed), as written and polished both ways."""
    account, weeks, seed, wording = job
    home = vt.simulate(account, weeks, seed)
    diary = home.entries()
    begins = datetime.combine(home.start, datetime.min.time()) + timedelta(weeks=weeks // 3)
    places = prompted(home.chat(), begins)
    found: dict[str, Any] = {}
    for way in (AS_WRITTEN, WITHHELD, TAKEN_OUT):
        coded = entries_of(polished(home.chat(), places, way))
        own = channels(wording=wording)
        found |= {f"{ALONE}, {way}": odds(coded, own), f"{BOTH}, {way}": odds(diary + coded, own)}
    return {
        "job": list(job),
        "truth": account,
        "weeks": weeks,
        "seed": seed,
        "found": {DIARY: odds(diary), **found},
    }


def mean(values: Sequence[float]) -> str:
    """Mean and standard error."""
    if len(values) < 2:
        return "–"
    return f"{np.mean(values):6.3f} ({np.std(values, ddof=1) / math.sqrt(len(values)):.3f})"


def of_way(rows: Sequence[Row], way: str) -> list[Row]:
    """The rows of one way, as `shares` reads them; a household that was refused in any way is left out of all."""
    kept = [row for row in rows if not any("refused" in found for found in row["found"].values())]
    return [{**row, **row["found"][way]} for row in kept]


def loss(row: Row) -> float:
    """Minus log odds of the true account, equal priors over the four."""
    return -math.log(max(odds_of(row, ACCOUNTS)[row["truth"]], FLOOR))


def toward(row: Row) -> float:
    """Log odds of `lasting` against all else, neutral reader with the 104-week prior."""
    p = min(max(neutral(row, scaled=False)["lasting"], FLOOR), 1 - FLOOR)
    return math.log(p / (1 - p))


def say_way(rows: Sequence[Row], way: str) -> None:
    """Scores of one way, and the mean odds and the recall of each account."""
    given = [odds_of(r, ACCOUNTS) for r in rows]
    right = [likeliest(o) == r["truth"] for o, r in zip(given, rows, strict=True)]
    sure = [max(o.values()) > SURE for o in given]
    wrong = sum(s and not hit for s, hit in zip(sure, right, strict=True))
    losses = mean([loss(r) for r in rows])
    shares = f"right {np.mean(right):.2f}  sure {np.mean(sure):.2f}  sure and wrong {wrong} of {len(rows)}"
    print(f"{way:38} log score {losses}  {shares}")
    for truth in ACCOUNTS:
        its = [(o, hit) for o, r, hit in zip(given, rows, right, strict=True) if r["truth"] == truth]
        means = "  ".join(f"{a} {np.mean([o[a] for o, _ in its]):.2f}" for a in ACCOUNTS)
        print(f"    {truth:10} odds {means}  recall {np.mean([hit for _, hit in its]):.2f} of {len(its)}")


def say_households(rows: Sequence[Row]) -> None:
    """Each way, and the paired differences."""
    for way in rows[0]["found"]:
        say_way(of_way(rows, way), way)
    pairs = [(f"{s}, {WITH}", f"{s}, {way}") for s in (ALONE, BOTH) for way in (WITHOUT, MEANT)]
    for a, b in [*pairs, (f"{BOTH}, {WITH}", DIARY)]:
        paired = zip(of_way(rows, a), of_way(rows, b), strict=True)
        print(f"log score, {a} less {b}: {mean([loss(x) - loss(y) for x, y in paired])}")


def say_polisher(rows: Sequence[Row]) -> None:
    """What a polisher gains over the same household as it wrote."""
    for truth in UNMOVED:
        its = [row for row in rows if row["truth"] == truth]
        for source in (ALONE, BOTH):
            for way in (WITHHELD, TAKEN_OUT):
                polished_rows = of_way(its, f"{source}, {way}")
                plain = of_way(its, f"{source}, {AS_WRITTEN}")
                gains = [toward(a) - toward(b) for a, b in zip(polished_rows, plain, strict=True)]
                hopes = [neutral(r, scaled=False)["lasting"] for r in polished_rows]
                above = sum(hope > HOPE for hope in hopes)
                print(
                    f"{truth:6} {source:20} {way:16} log odds of lasting change by {mean(gains)}, at most {max(gains):.2f}  "
                    f"largest odds {max(hopes):.2f}  above {HOPE} {above} of {len(hopes)}"
                )


def main() -> None:
    """Judge and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("households", "polisher"))
    parser.add_argument("--households", type=int, default=40)
    parser.add_argument("--weeks", type=int, nargs="+", default=[32])
    parser.add_argument("--wording", action="store_true", help="weigh how messages are worded too")
    parser.add_argument("--folder", type=Path, default=Path("messages-runs"))
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    work: Callable[[Any], Row] = judged if args.what == "households" else polisher
    accounts = ACCOUNTS if args.what == "households" else UNMOVED
    for weeks in args.weeks:
        jobs = [
            (accounts[i % len(accounts)], weeks, args.seed + i, args.wording) for i in range(args.households)
        ]
        name = f"{args.what}{'-wording' if args.wording else ''}-{weeks}.jsonl"
        rows = take_up(args.folder / name, jobs, work, args.processes)
        refused = sum(any("refused" in found for found in row["found"].values()) for row in rows)
        print(f"\n{args.what}, {weeks} weeks: {len(rows)} households, {refused} refused")
        (say_households if args.what == "households" else say_polisher)(rows)


if __name__ == "__main__":
    main()

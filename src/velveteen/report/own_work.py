"""What the page *What holds* shows someone who wants to change: promises, repairs, practice, their therapist's numbers.

No odds, no shares of a hundred and no course: any of them would become a certificate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from statistics import median

from velveteen.journal.entries import Entry
from velveteen.measure.days import free_entries, readable
from velveteen.report.figures import Figure, Table, to_come
from velveteen.report.ledgers import OUTCOMES, iso
from velveteen.report.phrases import amount, count, joined, plain, short_day, times
from velveteen.report.what_holds import Section

NO_PROMISE = "What became of your promises will stand here, once an evening has said it."
NO_REPAIR = "What you did about promises that were not kept will stand here, and how many days it took."
NO_PRACTICE = "What you practised will be counted here."
NO_RATING = "Where your therapist gives something a number, you can write it down, and it will stand here with its date."
AS_WRITTEN = (
    "You wrote these numbers down yourself. They are for you and your therapist, and prove nothing to others."
)
LANDED = "This counts what you wrote. How it landed is theirs to say, and nobody owes you a word on it."
# A day tells whether what is dated to it was written freely; what takes the place of anything is read too.
_COUNTED = frozenset({"day", "promise", "practice", "therapist_rating"})
UNKEPT = frozenset({"partly", "broken"})
MONTHS = 24  # of a table; the newest
RATED, ROWS = 5, 100  # things rated that are told in words, and lines of their table; the newest


def own_work(entries: Sequence[Entry], today: date) -> list[Section]:
    """Every section, always the same ones in the same order.

    Args:
        entries: all entries of the journal; what was not written freely or lies after today is left out.
        today: the owner's local date.
    """
    kept, _ = readable(free_entries([e for e in entries if e.kind in _COUNTED or e.corrects is not None]))
    past = [e for e in kept if e.at.date() <= today]
    return [
        Section("promises", "Promises kept", _promises(_of(past, "promise"))),
        Section("repairs", "Days until it was made good", _repairs(_of(past, "promise"))),
        Section("practice", "Practice", _practice(_of(past, "practice"))),
        Section("therapist", "What your therapist rated", _therapist(_of(past, "therapist_rating"))),
    ]


def _of(entries: Sequence[Entry], kind: str) -> list[Entry]:
    return [e for e in entries if e.kind == kind]


def _promises(made: Sequence[Entry]) -> Figure:
    told = [e for e in made if e.payload.get("outcome") in OUTCOMES]
    if not told:
        return to_come(NO_PROMISE)
    came = Counter(str(e.payload["outcome"]) for e in told)
    others = [f"{came[o]} {OUTCOMES[o].lower()}" for o in OUTCOMES if o != "kept" and came[o]]
    rest = f" The others: {joined(others)}." if others else ""
    first = f"You kept {came['kept']} of {count(len(told), 'promise')} of which you wrote what became of them.{rest}"
    open_ = len(made) - len(told)
    more = [f"{count(open_, 'is', 'are')} still open."] if open_ else []
    dated = [(e.at.date(), str(e.payload["outcome"])) for e in told]
    return Figure(
        "", (first, *more), None, _by_month(dated, OUTCOMES, "Promises by the month they were made.")
    )


def _by_month(dated: Sequence[tuple[date, str]], names: dict[str, str], caption: str) -> Table:
    """How many of each name a month, in the newest months."""
    months: dict[date, Counter[str]] = {}
    for day, name in dated:
        months.setdefault(day.replace(day=1), Counter())[name] += 1
    used = [name for name in names if any(found[name] for found in months.values())]
    newest = sorted(months)[-MONTHS:]
    body = tuple((f"{m:%b %Y}", *(str(months[m][name]) for name in used)) for m in newest)
    cut = f" The newest {MONTHS} months." if len(months) > MONTHS else ""
    return Table(f"{caption}{cut}", ("month", *(names[name].lower() for name in used)), body)


def open_repairs(entries: Sequence[Entry]) -> list[Entry]:
    """Promises that were not wholly kept, with a repair planned that is not written as done, oldest first."""
    return [e for e in _of(entries, "promise") if _planned(e) and iso(e.payload.get("repaired")) is None]


def _planned(entry: Entry) -> bool:
    planned = entry.payload.get("repair") or entry.payload.get("repair_by")
    return entry.payload.get("outcome") in UNKEPT and bool(planned)


def _repairs(made: Sequence[Entry]) -> Figure:
    unkept = [e for e in made if e.payload.get("outcome") in UNKEPT]
    if not unkept:
        return to_come(NO_REPAIR)
    planned, days = sum(map(_planned, unkept)), sorted(d for e in unkept if (d := _days(e)) is not None)
    first = (
        f"{count(len(unkept), 'promise was', 'promises were')} not kept, or only in part. What you do about it is written "
        f"for {planned or 'none'} of them, and {count(len(days), 'is', 'are') if days else 'none is'} made good."
    )
    if not days:
        return Figure("", (first, LANDED), None, None)
    half = "1 day" if median(days) == 1 else f"{amount(median(days))} days"
    long = f"Half of those took {half} or less from the day that was promised; the longest took {count(days[-1], 'day')}."
    body = tuple(
        (short_day(e.at.date()), str(e.payload.get("what", "")), str(d))
        for e in unkept
        if (d := _days(e)) is not None
    )
    table = Table(
        "Days from the day that was promised until it was made good.",
        ("made", "what", "days"),
        body,
        words=(1,),
    )
    return Figure("", (first, long, LANDED), None, table)


def _days(entry: Entry) -> int | None:
    done, due = iso(entry.payload.get("repaired")), iso(entry.payload.get("due")) or entry.at.date()
    return max((done - due).days, 0) if done else None


def _practice(written: Sequence[Entry]) -> Figure:
    if not written:
        return to_come(NO_PRACTICE)
    kinds = Counter(plain(str(e.payload.get("which") or "something")) for e in written)
    named = joined([f"“{name}” {times(n)}" for name, n in kinds.most_common(3)])
    left = sum(e.payload.get("did") is False for e in written)
    first = f"You wrote about practice {times(len(written))}. Most often: {named}."
    more = (
        [f"{times(left).capitalize()} you wrote that you did not do it; that is written as plainly."]
        if left
        else []
    )
    dated = [(e.at.date(), "no" if e.payload.get("did") is False else "yes") for e in written]
    return Figure(
        "", (first, *more), None, _by_month(dated, {"yes": "Did it", "no": "Did not"}, "Practice by month.")
    )


def _therapist(written: Sequence[Entry]) -> Figure:
    """The newest number of each thing that was rated, with the first beside it; no mean, and no line drawn through them."""
    rated = [(e, value) for e in written if (value := _rating(e)) is not None]
    if not rated:
        return to_come(NO_RATING)
    found: dict[str, list[tuple[Entry, float]]] = {}
    for entry, value in rated:
        found.setdefault(str(entry.payload.get("what", "")).strip().rstrip("."), []).append((entry, value))
    newest = sorted(found, key=lambda what: found[what][-1][0].at, reverse=True)[:RATED]
    body = tuple(
        (short_day(e.at.date()), str(e.payload.get("what", "")), amount(v)) for e, v in rated[-ROWS:]
    )
    cut = f" The newest {ROWS}." if len(rated) > ROWS else ""
    table = Table(f"Your therapist’s numbers, 0 to 10.{cut}", ("date", "what", "of 10"), body, words=(1,))
    return Figure("", (*(_rated(what, found[what]) for what in newest), AS_WRITTEN), None, table)


def _rated(what: str, given: Sequence[tuple[Entry, float]]) -> str:
    (first, before), (last, now) = given[0], given[-1]
    told = f"“{what}”: {amount(now)} of 10 on {short_day(last.at.date())}"
    return (
        f"{told}; first {amount(before)} on {short_day(first.at.date())}." if len(given) > 1 else f"{told}."
    )


def _rating(entry: Entry) -> float | None:
    value = entry.payload.get("rating")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= 10 else None

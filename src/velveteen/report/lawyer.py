"""The paper for a lawyer: dated facts, when each was written, what was corrected, and whether the chain of entries fits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from velveteen.journal.entries import Entry
from velveteen.measure.days import free_entries, read_days, readable
from velveteen.report.dated_facts import Fact, facts
from velveteen.report.figures import Table
from velveteen.report.page import render
from velveteen.report.phrases import count, joined
from velveteen.report.record import Record

WHAT_STANDS = (
    "Below is what one person wrote down, in the order in which it happened. Words in quotation marks are theirs.",
    "The short names of acts are theirs too, or were chosen by them from a list.",
    "Left out on purpose: feelings, fear among them; ratings; how heavy something was; what kind of answer somebody gave.",
    "Left out too: all that the program works out, answers of no, and what the writer keeps about themself.",
)
WHEN = (
    "Beside each entry stands when it was written. That moment comes from the clock of the writer’s device.",
    "What was read in from a diary or a chat carries the moment of reading it in.",
    "An entry is never changed. A correction is a new entry; what it corrects stands under it, with the moment of each.",
)
FITS = {
    True: (
        "The chain of entries was checked, and it fits: each entry is tied to those before it, and none was changed, taken "
        "out or moved among them. Whoever knows the passphrase could still write a whole record anew, or leave out its "
        "end. The chain says nothing about whether what is written happened."
    ),
    False: (
        "The chain of entries was checked, and it does not fit: at least one entry, or its place, is not as it was when "
        "it was written. A failing disk can do this, and so can a person. Which of the entries below it touches is not "
        "said here."
    ),
    None: "Whether the chain of entries fits was not checked for this paper.",
}
CANNOT = (
    "Who wrote an entry. Whoever knows the passphrase can write.",
    "Whether it happened as it is written. Nothing here was compared with anything else.",
    "What happened on days without a word.",
    "Why anyone did something, or what anyone will do.",
)


def for_lawyer(record: Record, *, chain_fits: bool | None, today: date) -> str:
    """The paper for a lawyer: dated facts with the moment of writing. No feelings, scores, odds, bands or judgement.

    Args:
        record: what it is written from: its `history`, and its `entries` alone where there is none. Nothing else is read.
        chain_fits: what `SealedJournal.verify` found: True, False, or None where it was not asked.
        today: the owner's local date.

    Returns:
        One self-contained HTML document: no script, no outside request.
    """
    history = record.written
    found = facts(history)
    return render(
        "for_lawyer.html.j2", kicker="For a lawyer", title=record.title, lines=None, today=today, what=WHAT_STANDS,
        kept=[*WHEN, *_written_soon(found), FITS[chain_fits]], about=_about(found), facts=found, months=_months(history),
        cannot=CANNOT,
    )  # fmt: skip


def _about(found: Sequence[Fact]) -> str:
    names = sorted({fact.about for fact in found if fact.about})
    return f"About: {joined(names)}" if names else ""


def _written_soon(found: Sequence[Fact]) -> list[str]:
    if not found:
        return []
    first = [fact.earlier[-1] if fact.earlier else fact.now for fact in found]
    soon = sum(timedelta() <= v.written.date() - v.happened.date() <= timedelta(days=1) for v in first)
    among = count(len(found), "entry", "entries")
    return [f"Written on the day itself or the day after: {soon} of {among} here."]


def _months(history: Sequence[Entry]) -> Table | None:
    """Written days and days with contact by calendar month, each month from the first with a written day to the last."""
    entries, _ = readable(free_entries(history))
    days = read_days(entries)
    if not days.written:
        return None
    written = Counter((d.year, d.month) for d in days.written)
    contact = Counter((d.year, d.month) for d in days.contact if d in days.written)
    (year, month), (last_year, last_month) = min(written), max(written)
    every = range(12 * year + month - 1, 12 * last_year + last_month)
    firsts = [date(n // 12, n % 12 + 1, 1) for n in every]
    body = [(f"{d:%b %Y}", str(written[d.year, d.month]), str(contact[d.year, d.month])) for d in firsts]
    caption = "Days that were written as a day. A day without a word says nothing about what happened on it."
    return Table(caption, ("month", "days written", "days with contact"), tuple(body))

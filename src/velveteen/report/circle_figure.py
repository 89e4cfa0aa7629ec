"""Their circle: what followed a loss, a promise or a kind day, beside the same stretch without it."""

from __future__ import annotations

from collections.abc import Sequence

from velveteen.measure.sequences import Link, Windows, circle
from velveteen.measure.told import Told
from velveteen.report.figures import Figure, Table, to_come
from velveteen.report.phrases import amount, count
from velveteen.report.ranges import LINES, OVERLAP, SHARES, of_hundred, overlap, percent, said_of
from velveteen.report.rows_picture import Row, in_hundred, rows_spec
from velveteen.report.svg import picture

AT_LEAST = 3  # beginnings; fewer are only in the table
EMPTY = (
    f"From {AT_LEAST} losses, promises or kind days on, this will say what followed them, and how often the same came "
    "without them. They go in as you write your days."
)
THEIRS = "These are their steps alone. What you did before harm is not looked at anywhere: whoever does harm answers for it."
_WITHIN = {1: "one week", 2: "two weeks"}
_ROWS = {
    "loss_promise": "a loss, then a promise or an apology",
    "promise_kind": "a promise or an apology, then a kind day",
    "kind_harm": "a kind day, then harm",
}
_AFTER = {
    "loss_promise": "After a loss (someone left, or it was threatened), a promise or an apology came within {}",
    "promise_kind": "After a promise or an apology, a kind day came within {}",
    "kind_harm": "After a kind day, a day with harm came within {}",
}
_WITHOUT = {
    "loss_promise": "Where there had been no loss for {}",
    "promise_kind": "Where there had been neither for {}",
    "kind_harm": "Where there had been no kind day for {}",
}


def circle_figure(told: Told) -> Figure:
    """One paragraph a link with enough beginnings, the picture of these, and the table of all three."""
    links = circle(told)
    drawn = [link for link in links if link.after.number >= AT_LEAST]
    if not drawn:
        return to_come(EMPTY)
    rows = [Row(_ROWS[k.name], percent(k.after.share), percent(k.without.share)) for k in drawn]
    words = [_words(link, full=link is drawn[0]) for link in drawn]
    spec = rows_spec(rows, f"times of 100; {LINES}", in_hundred(), ("after it", "without it"))
    kind = (
        ["A kind day is one with an act of care and no harm."] if any("kind" in k.name for k in drawn) else []
    )
    sentences = (*words, *kind, THEIRS)
    return Figure("", sentences, picture(spec, " ".join(words), "circle"), _table(links))


def _words(link: Link, *, full: bool) -> str:
    within = _WITHIN[link.weeks]
    told = f"{_AFTER[link.name].format(within)} {_came(link.after, full=full)}."
    if not link.without.number:
        return f"{told} There is no stretch without one to set beside it."
    told += f" {_WITHOUT[link.name].format(within)}: {_came(link.without, full=False)}."
    return f"{told} {OVERLAP}" if overlap(link.after.share, link.without.share) else told


def _left_out(links: Sequence[Link]) -> str:
    number = sum(link.left_out for link in links)
    what = count(number, "further beginning is", "further beginnings are")
    why = "because fewer than half the days after are written"
    return f" {what} left out, {why}." if number else ""


def _came(found: Windows, *, full: bool) -> str:
    told = said_of(found.followed, found.number, found.share, full=full)
    if found.days is None:
        return told
    return f"{told}, half of them within {'1 day' if found.days == 1 else f'{amount(found.days)} days'}"


def _table(links: Sequence[Link]) -> Table:
    body = tuple(
        (f"{_ROWS[k.name]}{'' if sort == 'after' else ': without it'}", _WITHIN[k.weeks], str(w.number), str(w.followed),
         of_hundred(w.share), "–" if w.days is None else amount(w.days))
        for k in links for sort, w in (("after", k.after), ("without", k.without))
    )  # fmt: skip
    head = ("what, then what", "within", "times", "it came", "of 100", "median days")
    return Table(
        f"Each beside the same stretch without its beginning. {SHARES}{_left_out(links)}",
        head,
        body,
        words=(1,),
    )

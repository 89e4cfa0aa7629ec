"""What a reader should know about a record before reading its verdict."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np

from velveteen.judge.accounts import told_apart
from velveteen.judge.arrays import Ints
from velveteen.judge.insight import find_insight
from velveteen.judge.keeping import find_keeping
from velveteen.judge.record import Record
from velveteen.judge.words import BROAD, with_acts
from velveteen.problems import Problem

THIN_SHARE = 0.75
UNSURE = 1.0  # nats of numerical error: a factor of e in the odds
BROKEN = 20.0  # nats of numerical error above which the evidences are not to be believed, however far apart they are
SURE_PATH = 0.8  # share of the likeliest path of earlier regimes
SIDE_WEEKS = 3  # before the likely onset, and as many from then on: what an instrument must speak in to vouch for a change
_WHERE = {"surface": " on calm days", "conditional": " while a limit stands"}
HEARD_WEEKS = 5  # and a sixth of the record: what an informant must speak in to count as an instrument


def find_problems(record: Record) -> tuple[Problem, ...]:
    """Problems of a record that was judged all the same, in fixed order."""
    return tuple(
        problem
        for find in (
            _strain,
            _told_apart,
            _outward,
            _informants,
            _self_report,
            _unweighed,
            find_insight,
            _gaps,
            _limits,
            _ranges,
            _no_points,
            find_keeping,
        )
        for problem in find(record)
    )


def heard(record: Record) -> list[str]:
    """The informants that speak in enough weeks to be a second pair of eyes."""
    enough = max(HEARD_WEEKS, record.weeks / 6)
    return [name for name, weeks in _spoken(record).items() if weeks.size >= enough]


def _spoken(record: Record) -> dict[str, Ints]:
    """The weeks (from 0) in which each informant speaks."""
    return {name: np.unique(record.week[record.informant == i]) for i, name in enumerate(record.informants)}


def vouching(record: Record, onset: float) -> list[str]:
    """Of those heard, the informants that speak before an onset (week from 0) and after it: others saw no change."""
    at = _spoken(record)
    return [
        name
        for name in heard(record)
        if min((at[name] < onset).sum(), (at[name] >= onset).sum()) >= SIDE_WEEKS
    ]


def one_sided(record: Record, account: str, onset: float) -> tuple[Problem, ...]:
    """A problem where a broad change leads and fewer than two of several instruments saw both what was before and after."""
    if account not in BROAD or len(heard(record)) < 2 or len(vouching(record, onset)) >= 2:
        return ()
    message = (
        "Of the instruments here fewer than two speak both before the change and after it. The others cannot tell it from a "
        "yardstick that drifts, so the word for a lasting change stays at “leans towards” at most."
    )
    return (Problem("one_sided_instrument", message),)


def unsure_arithmetic(numerical_error: float, odds: Mapping[str, float]) -> tuple[Problem, ...]:
    """A problem where the numerical error is above UNSURE nats and could exchange the two likeliest accounts.

    Above BROKEN, or where it is no number, it always is one.
    """
    first, second = sorted(odds.values(), reverse=True)[:2]
    apart = numerical_error <= BROKEN and first > second * math.exp(numerical_error)
    if numerical_error <= UNSURE or apart:
        return ()
    message = (
        "The arithmetic of this verdict is unsure: two ways of computing it differ by more than it takes to change a word. "
        "The word therefore stays at “leans towards” at most."
    )
    return (Problem("arithmetic_unsure", message),)


def acts_not_less(account: str, less: Mapping[str, float | None]) -> tuple[Problem, ...]:
    """A problem where harmful acts are not surely fewer where the leading account says so; see `words.with_acts`."""
    if with_acts(account, "likely", less) == "likely":
        return ()
    message = (
        "The odds for this change come from other channels: it is not clear that harmful acts are a fifth fewer than at "
        f"first{_WHERE.get(account, '')}. So it is not said beyond “leans towards”, and not at all where acts are probably "
        "no fewer."
    )
    return (Problem("acts_not_less", message),)


def unsure_path(share: float) -> tuple[Problem, ...]:
    """A problem where the likeliest reading of the years before the present holds less than `SURE_PATH`."""
    if share >= SURE_PATH:
        return ()
    message = (
        "The years before can be read in more than one way, and with them since when the present holds. The odds are an "
        "average over these readings; dates and courses are those of the likeliest."
    )
    return (Problem("path_unsure", message),)


def present_only(since: str) -> tuple[Problem, ...]:
    """What the problems after it are about, where earlier regimes stand before the present; `since` as in the sentence."""
    if not since:
        return ()
    message = f"Weeks, cells, limits and informants in the notes below are those of the time {since} alone."
    return (Problem("present_only", message),)


def _strain(record: Record) -> Iterator[Problem]:
    missing = sum(c.strain is None for c in record.cells)
    if missing:
        message = (
            f"{missing} of {len(record.cells)} cells do not say whether the days were calm or hard; "
            "each is weighed as a mixture of both."
        )
        yield Problem("strain_not_recorded", message)


def _told_apart(record: Record) -> Iterator[Problem]:
    if not told_apart(record):
        message = (
            "Without a hard day and without an inward channel nothing tells a change on the outside from one that lasts; "
            "the two share their odds evenly before any prior."
        )
        yield Problem("not_told_apart", message)


def _outward(record: Record) -> Iterator[Problem]:
    if all(channel.side == "inward" for channel in record.channels):
        message = (
            "Nothing outward is on record, so a change on the outside cannot be told from no change; "
            "the two share their odds evenly before any prior."
        )
        yield Problem("no_outward_channel", message)


def _informants(record: Record) -> Iterator[Problem]:
    if len(heard(record)) < 2:
        message = (
            "Only one instrument speaks often enough here. A yardstick that drifts looks much like a change, so the "
            "word for a lasting change stays at “leans towards” at most."
        )
        yield Problem("one_instrument", message)


def _self_report(record: Record) -> Iterator[Problem]:
    if record.self_reports:
        count = len(record.self_reports)
        message = f"{count} cells are self-reports. They are kept, and left out of the odds."
        yield Problem("self_report", message)


def _unweighed(record: Record) -> Iterator[Problem]:
    if record.unweighed:
        message = (
            "How messages are worded is counted and shown, and left out of the odds: wording can be polished while "
            "everything else stays as it is."
        )
        yield Problem("wording_not_weighed", message)


def _gaps(record: Record) -> Iterator[Problem]:
    written = len({c.week for c in record.cells if c.informative})
    if written < THIN_SHARE * record.weeks:
        message = (
            f"{written} of {record.weeks} weeks are written; the others count as missing, never as quiet."
        )
        yield Problem("weeks_missing", message)


def _limits(record: Record) -> Iterator[Problem]:
    if record.limit[0].max() == 0:
        message = "No limits are on record, so “while limits stand” cannot be weighed."
        yield Problem("conditional_unassessable", message)
    elif record.limit[0].max() == record.limit[0].min():
        message = "A limit stood in every week alike, so “while limits stand” cannot be weighed."
        yield Problem("conditional_unassessable", message)


def _ranges(record: Record) -> Iterator[Problem]:
    for channel in record.channels:
        if channel.family == "rating" and channel.range is None:
            message = f"No range is given for the rating “{channel.name}”; its lowest and highest value stand in for it."
            yield Problem("range_from_record", message, f"channel {channel.name}")


def _no_points(record: Record) -> Iterator[Problem]:
    if record.last_threat is None:
        message = "No threatened loss, leaving or return is on record, so nothing can be said of the time after one."
        yield Problem("no_threat_recorded", message)

"""Their circle: windows by hand; chance stays chance; nothing that the owner did can enter."""

from __future__ import annotations

import inspect
import random

import pytest
from tests.measure.diary import entry, hurt, kind, on, wrote

from velveteen.journal.entries import Entry
from velveteen.measure import sequences
from velveteen.measure.sequences import Link, circle
from velveteen.measure.told import Told, told


def links(entries: list[Entry]) -> dict[str, Link]:
    return {link.name: link for link in circle(told(entries, on(9999)))}


def days(number: int) -> list[Entry]:
    return [wrote(n) for n in range(number)]


def loss(day: int) -> Entry:
    return entry("turning_point", day, kind="loss_threatened")


def test_a_promise_within_two_weeks_of_a_loss_follows_it() -> None:
    found = links(
        [*days(100), loss(10), entry("promise", 13, what="x"), loss(40), entry("promise", 55, what="y")]
    )
    link = found["loss_promise"]
    assert (link.weeks, link.after.number, link.after.followed, link.after.days) == (2, 2, 1, 3)
    assert link.after.share is not None
    assert link.after.share.value == 0.5


def test_the_same_day_is_not_after() -> None:
    assert links([*days(60), loss(10), entry("promise", 10, what="x")])["loss_promise"].after.followed == 0


def test_windows_on_beginnings_do_not_overlap() -> None:
    losses = [loss(n) for n in (10, 12, 20, 24, 25)]
    assert links([*days(100), *losses])["loss_promise"].after.number == 2  # 10 to 24, and 24 to 38


def test_windows_to_compare_open_where_the_past_two_weeks_are_clear_whatever_comes() -> None:
    link = links([*days(100), loss(50), entry("promise", 20, what="x")])["loss_promise"]
    # Days 14, 28 and 42 (which runs into the loss), then 65; the one from 79 on still ends within the record.
    assert (link.without.number, link.without.followed, link.without.days) == (5, 1, 6)


def test_a_window_that_has_not_ended_is_left_out() -> None:
    link = links([*days(50), loss(40), entry("promise", 41, what="x")])["loss_promise"]
    assert (link.after.number, link.left_out) == (0, 0)


def test_a_window_told_on_fewer_than_half_its_days_is_left_out_and_counted() -> None:
    thin = [wrote(n) for n in range(100) if not 31 <= n <= 38]
    link = links([*thin, loss(30), loss(60), entry("promise", 62, what="x")])["loss_promise"]
    assert (link.after.number, link.after.followed, link.left_out) == (1, 1, 1)


def test_a_kind_day_is_care_without_harm_and_harm_after_it_is_counted() -> None:
    entries = [*days(60), kind(20), hurt(20), kind(30), hurt(34), entry("promise", 28, what="x")]
    found = links(entries)
    assert (found["promise_kind"].after.followed, found["promise_kind"].after.days) == (1, 2)
    assert (
        found["kind_harm"].after.number,
        found["kind_harm"].after.followed,
        found["kind_harm"].after.days,
    ) == (1, 1, 4)


def test_days_on_which_what_they_did_is_unknown_are_no_quiet_days() -> None:
    unknown = [wrote(n, acts=n not in range(21, 26)) for n in range(60)]
    assert links([*unknown, kind(20)])["kind_harm"].left_out == 1


def test_where_nothing_leads_to_anything_both_rates_are_alike() -> None:
    rng = random.Random(5)
    random_days = [e for n in range(4000) for e in [wrote(n), *([kind(n)] if rng.random() < 0.06 else []),
                                                    *([hurt(n)] if rng.random() < 0.1 else [])]]  # fmt: skip
    link = links(random_days)["kind_harm"]
    assert link.after.share is not None
    assert link.without.share is not None
    assert link.after.share.value == pytest.approx(1 - 0.9**7, abs=0.08)
    assert link.without.share.value == pytest.approx(1 - 0.9**7, abs=0.08)


def test_of_nothing_there_are_no_windows() -> None:
    assert [(k.after.number, k.without.number, k.after.share) for k in circle(Told())] == [(0, 0, None)] * 3


OWNER = [
    entry("limit", 0, limit="x", event=event)
    for event in ("stated", "held", "slipped", "crossed", "invitation")
] + [
    entry(k, 0, what="x", value=3) for k in ("term", "support", "practice", "cost", "guess", "note", "answer")
]


@pytest.mark.parametrize("mine", OWNER, ids=lambda e: f"{e.kind}-{e.payload.get('event', '')}")
def test_nothing_the_owner_did_before_harm_changes_any_link(mine: Entry) -> None:
    record = [
        *days(120),
        *[hurt(n) for n in range(5, 110, 9)],
        *[kind(n) for n in range(3, 110, 11)],
        loss(50),
    ]
    before_harm = [entry(mine.kind, n - 1, **mine.payload) for n in range(5, 110, 9)]
    assert links(record) == links([*record, *before_harm])


def test_neither_do_a_no_a_criticism_or_what_was_raised_and_denied() -> None:
    hard = {"refused": 4, "criticised": 13}
    acts = [*[hurt(n) for n in range(5, 110, 9)], *[kind(n) for n in range(3, 110, 11)]]
    record = [*days(120), *acts]
    refused = [*[wrote(n, "refused" if n % 9 == hard["refused"] else "calm") for n in range(120)], *acts]
    raised = [entry("confrontation", n - 1, raised="x", answer="denied") for n in range(5, 110, 9)]
    assert links(record) == links(refused) == links([*record, *raised])


def test_no_link_leads_from_a_loss_to_harm_and_losses_do_not_move_the_link_to_harm() -> None:
    record = [*days(120), *[hurt(n) for n in range(5, 110, 9)], *[kind(n) for n in range(3, 110, 11)]]
    threatened = [*record, *[loss(n - 1) for n in range(5, 110, 9)]]
    assert links(record)["kind_harm"] == links(threatened)["kind_harm"]
    assert [k for k in links(record) if k.endswith("_harm")] == ["kind_harm"]


def test_the_module_reads_no_field_of_the_owner_s() -> None:
    source = inspect.getsource(sequences)
    assert [
        word
        for word in (".strain", ".treated", ".kind", "payload", "refused", "limit", "raised")
        if word in source
    ] == []

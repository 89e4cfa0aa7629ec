"""The chat moves with the days: courtesy with effort, interest with respect, blame with harm."""

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from velveteen.circle.chat import manner

from .looking import before_and_after, mean

INTEREST = re.compile(
    r"are you really|would help|best bit|feel about|do you think we|on your mind|would you like",
    re.IGNORECASE,
)
THANKS = re.compile(r"\bthank|grateful|cheers", re.IGNORECASE)
WOUND = re.compile(
    r"because of you|your fault|you always|you never|never said that|didn't happen|pathetic|useless",
    re.IGNORECASE,
)


def share(messages, pattern, author="Sam"):
    texts = [text for _, who, text in messages if who == author]
    return mean(bool(pattern.search(text)) for text in texts)


@pytest.fixture(scope="module")
def talk(one):
    """talk(account) -> messages before the onset, and from twenty weeks after it, over six households."""

    def parts(account):
        before, after = [], []
        for seed in range(6):
            home = one(account, seed)
            early, late = ({d.date for d in days} for days in before_and_after(home))
            chat = home.chat()
            before += [m for m in chat if m[0].date() in early]
            after += [m for m in chat if m[0].date() in late]
        return before, after

    return {account: parts(account) for account in ("lasting", "surface")}


def test_two_years_hold_some_thirty_to_forty_thousand_messages(one):
    counts = [len(one("lasting", seed).chat()) for seed in range(6)]
    assert 28_000 <= mean(counts) <= 42_000


def test_days_hold_twenty_to_sixty(one):
    home = one("surface", 2)
    amounts = np.unique([at.date().toordinal() for at, _, _ in home.chat()], return_counts=True)[1]
    assert mean(15 <= amount <= 75 for amount in amounts) > 0.85


def test_both_write_and_time_only_moves_on(one):
    chat = one("lasting", 1).chat()
    assert {author for _, author, _ in chat} == {"Sam", "Alex"}
    assert 0.35 < mean(author == "Sam" for _, author, _ in chat) < 0.65
    assert all(a[0] < b[0] for a, b in pairwise(chat))


def test_texts_vary(one):
    texts = [text for _, _, text in one("lasting", 1).chat()]
    assert len(set(texts)) > 5000
    assert sum("\n" in text for text in texts) > 50
    assert not any("{" in text or "}" in text for text in texts)


def test_lasting_brings_thanks_and_interest_and_less_that_wounds(talk):
    before, after = talk["lasting"]
    assert share(after, THANKS) > 1.3 * share(before, THANKS)
    assert share(after, INTEREST) > 1.5 * share(before, INTEREST)
    assert share(after, WOUND) < 0.6 * share(before, WOUND)


def test_surface_brings_thanks_and_little_interest(talk):
    before, after = talk["surface"]
    assert share(after, THANKS) > 1.3 * share(before, THANKS)
    assert share(after, INTEREST) < 1.4 * share(before, INTEREST)


def test_wounding_words_come_with_harmful_days(one):
    home = one("same", 3)
    bad = {day.date for day in home.days if len(day.acts) >= 2}
    good = {day.date for day in home.days if day.contact and not day.acts}
    chat = home.chat()
    on_bad, on_good = ([m for m in chat if m[0].date() in days] for days in (bad, good))
    assert share(on_bad, WOUND) > 2 * share(on_good, WOUND)


def test_shame_delays_the_answer_and_silence_more(one):
    day = one("same", 3).days[10]
    ashamed = replace(day, inner=replace(day.inner, shame=day.inner.shame + 2))
    silent = replace(day, acts=("punished_with_silence",))
    assert manner(ashamed).delay > manner(day).delay
    assert manner(silent).delay > 4 * manner(replace(day, acts=())).delay


def test_promises_of_the_day_are_made_in_the_chat(one):
    home = one("temporary", 5)
    said = [(at.date(), text) for at, who, text in home.chat() if who == "Sam"]
    for day in [day for day in home.days if day.promise][:40]:
        assert any(day.promise.what in text for when, text in said if abs((when - day.date).days) <= 1)

"""Whatever is sent to these pages, a person gets a page with a sentence, and what stood before still stands."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from velveteen.app.shell import path
from velveteen.guide.plans import plans

PAGES = ("safety", "signs", "plan", "me", "papers", "settings", "done", "backup")
PARTS = (
    "1",
    "2",
    "16",
    "17",
    "-1",
    "0",
    "b",
    "p",
    "x",
    "99999999999999999999",
    "1/1",
    "1/99",
    "2/6",
    "1/p",
    "\u0661",
)
NAMES = (
    "cc", "passphrase", "go", "sure", "mistake", "to", "which", "own", "again", "offered", "noted", "country", "about",
    "leave_to", "cover_after", "lock_after", "window_name", *(f"sign_{n}" for n in range(18)),
    *(f"i_{n}" for n in range(1, 10)), *(f"t_{s.id}" for plan in plans().values() for s in plan.sections),
)  # fmt: skip
VALUES = ("yes", "no", "unsure", "next", "IE", "own", "offered", "60", "https://x.example", "")
words = st.sampled_from(VALUES) | st.text(max_size=40)
forms = st.dictionaries(
    st.sampled_from(NAMES) | st.text(max_size=8), words | st.lists(words, max_size=3), max_size=12
)
places = st.tuples(st.sampled_from(PAGES), st.none() | st.sampled_from(PARTS))


@pytest.mark.parametrize("side", ["partner", "changer", "unsure"])
def test_random_forms_break_nothing_and_take_nothing_away(side, began, desk):
    client = began(side)

    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(place=places, form=forms, shown=st.booleans())
    def sent(place, form, shown):
        address = path(place[0], place[1]) if place[1] else path(place[0])
        before = [e.id for e in desk.entries]
        body = {key: _plain(value) for key, value in form.items()}
        answer = client.get(address) if shown else client.post(address, data=body)
        assert answer.status_code < 500
        assert [e.id for e in desk.entries][: len(before)] == before
        assert all(client.get(path(page)).status_code in {200, 303} for page in PAGES)

    sent()


def _plain(value):
    """As a browser would send it: half a surrogate pair becomes a question mark there."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("page", PAGES)
def test_no_page_without_the_cookie(page, opened):
    opened.cookies.clear()
    assert opened.get(path(page)).status_code == 403
    assert opened.post(path(page), data={}).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_no_form_from_another_site(page, opened, desk):
    before = len(desk.entries)
    answer = opened.post(path(page), data={"cc": "IE"}, headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert len(desk.entries) == before


@pytest.mark.parametrize("page", PAGES)
def test_while_locked_every_page_asks_for_the_passphrase(page, opened, desk):
    desk.close()
    assert opened.get(path(page)).headers["location"] == path("first")

"""*What holds*: words before pictures, the table behind, and a page that stays light over ten years."""

import re

import pytest
from tests.app.records import a_sign, at, no_signs, weeks_of, words_of

from velveteen.app.shell import path

SECTIONS = (
    "hard-days", "last-times", "swings", "faces", "circle", "toward", "moved",
)  # fmt: skip


@pytest.fixture(scope="module")
def ten_years():
    return weeks_of(520)


def test_every_section_stands_there_with_words_whatever_the_record_holds(opened):
    page = opened.get(path("holds")).text
    assert re.findall(r'<h2 id="([^"]+)"', page) == list(SECTIONS)
    for part in re.split("<h2", page)[1:]:
        assert re.search(r"</h2>\s*<p>\w", part)
    assert "<svg" not in page.partition("<main")[2]


def test_words_come_before_the_picture_and_the_picture_before_the_table(opened, desk):
    desk.add(weeks_of(40))
    page = opened.get(path("holds")).text
    drawn = [part for part in re.split("<h2", page)[1:] if "<svg" in part]
    assert len(drawn) >= 4
    for part in drawn:
        assert part.index("<p>") < part.index("<svg") < part.index("<table")
        assert part.index("<details>") < part.index("<svg")


def test_no_picture_carries_a_style_that_the_policy_forbids(opened, desk):
    desk.add(weeks_of(40))
    page = opened.get(path("holds")).text
    assert "style=" not in page
    assert "<script" not in page.partition("</head>")[2]


def test_ids_are_given_once_though_every_picture_stands_on_one_page(opened, desk):
    desk.add(weeks_of(40))
    ids = re.findall(r' id="([^"]+)"', opened.get(path("holds")).text)
    assert len(ids) == len(set(ids))


def test_the_page_stays_light_over_ten_years_of_record(opened, desk, ten_years):
    desk.add(ten_years)
    page = opened.get(path("holds"))
    assert len(page.content) <= 300_000
    assert "The newest 200 of" in page.text


def test_the_page_is_made_once_for_as_long_as_the_record_stays_as_it_is(opened, desk, monkeypatch):
    from velveteen.app import holds

    made = []
    real = holds.what_holds
    monkeypatch.setattr(holds, "what_holds", lambda *given: made.append(1) or real(*given))
    opened.get(path("holds"))
    opened.get(path("holds"))
    assert len(made) == 1
    desk.add([at("day", contact=True, treated=4)])
    opened.get(path("holds"))
    assert len(made) == 2


def test_while_a_sign_stands_safety_comes_first_and_nothing_makes_it_smaller(opened, desk):
    desk.add([*no_signs(), *a_sign()])
    page = words_of(opened.get(path("holds")).text)
    assert page.index("Safety comes first") < page.index("Hard days")
    assert "no quiet month does" in page


def test_a_day_marked_as_not_free_is_not_counted_and_not_told(opened, desk):
    days = [at("day", n, contact=True, treated=3, day="calm") for n in range(40, 0, -1)]
    act = at("act", 5, act="put_me_down")
    promises = [at("promise", n, what="call", outcome="kept") for n in (30, 20, 10)]
    desk.add([*days, *promises, act])
    assert "Put me down" in opened.get(path("holds")).text or "put me down" in opened.get(path("holds")).text
    marked = next(e for e in days if e.at == act.at)
    desk.add([at("day", 5, contact=True, treated=3, day="calm", free=False, corrects=marked.id)])
    page = opened.get(path("holds")).text
    assert "put me down" not in page.lower()
    assert "not free" not in page.lower()

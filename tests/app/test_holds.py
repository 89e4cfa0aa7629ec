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


def headings(page):
    return re.findall(r'<h2 id="([^"]+)"', page)


def test_a_young_record_has_one_list_of_what_will_be_here_and_no_empty_headings(opened, desk):
    page = opened.get(path("holds")).text
    assert headings(page) == ["ahead"]
    ahead = page.partition('id="ahead"')[2].partition("</section>")[0]
    assert len(re.findall(r"<li><strong>[^<]+</strong> \w", ahead)) == len(SECTIONS)
    assert "<details" not in ahead
    assert "<svg" not in page.partition("<main")[2]
    desk.add([at("day", 1, contact=True, day="calm"), at("act", 1, act="shouted", toward="me")])
    page = opened.get(path("holds")).text
    assert headings(page) == ["hard-days", "toward", "ahead"]
    assert re.search(r"</h2>\s*<p>\w", page.partition('id="hard-days"')[2])
    assert len(re.findall("<li><strong>", page)) == len(SECTIONS) - 2
    assert page.index("<details><summary>Last times") > page.index('id="ahead"')


def test_a_full_record_has_every_section_in_order_and_nothing_ahead(opened, desk):
    desk.add([*weeks_of(60), at("act", 5, act="shouted", toward="child")])
    assert headings(opened.get(path("holds")).text) == list(SECTIONS)


def test_the_changer_reads_their_therapist_s_numbers_and_no_odds(changer, desk):
    page = words_of(changer.get(path("holds")).text)
    assert "What will be here" in page
    assert "What your therapist rated" in page
    form = {"what": "Owning up", "rating": "6"}
    assert changer.post(path("sheet", "17"), data=form).status_code == 303
    page = words_of(changer.get(path("holds")).text)
    assert "“Owning up”: 6 of 10 on" in page
    assert "prove nothing to others" in page
    assert "odds" not in page.lower()
    assert "What my therapist rated · “Owning up”: 6 of 10." in words_of(changer.get(path("record")).text)


def test_the_side_of_the_one_who_is_hurt_is_not_asked_for_a_therapist_s_numbers(opened):
    assert opened.get(path("sheet", "17")).status_code == 400


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

"""On the side of a person who wants to change there are no odds on any page: they would become a certificate."""

import re
from urllib.parse import urlsplit

import pytest
from tests.app.records import at, guess, no_signs, once_weighed, quick_judge, weeks_of, words_of

from velveteen.app.shell import PATHS, path

ODDS = re.compile(
    r"\bin 100\b|\bof 20\b|where one starts|sceptic|\blikely\b|leans towards|\d ?%|broad change|What has changed|interval",
    re.IGNORECASE,
)
LEFT_OUT = {"style", "script", "icon", "leave", "lock", "keep", "alive"}
LEFT = {PATHS[name] for name in LEFT_OUT}
READING = PATHS["read"]


def promise(days_ago, outcome=None, **more):
    told = {} if outcome is None else {"outcome": outcome}
    return at("promise", days_ago, what=f"call by six ({days_ago})", can=True, **told, **more)


def record():
    practice = [at("practice", n, which="pause", did=n % 3 > 0) for n in range(0, 40, 2)]
    kept = [promise(n, "kept" if n % 4 else "broken", repair="call and say so") for n in range(1, 40, 3)]
    return [*weeks_of(20), *no_signs(), *practice, *kept, promise(0)]


def pages_of(client):
    """Every page that can be reached by links from any known address: address -> page."""
    waiting, seen = [a for name, a in PATHS.items() if name not in LEFT_OUT], {}
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        answer = client.get(address)
        seen[address] = answer.text if answer.headers.get("content-type", "").startswith("text/html") else ""
        found = [answer.headers.get("location", ""), *re.findall(r'(?:href|action)="([^"]+)"', answer.text)]
        waiting += [urlsplit(a).path for a in found if a.startswith("/n/") and urlsplit(a).path not in LEFT]
    return seen


def test_a_walk_over_every_page_of_the_changers_side_finds_no_odds(changer, desk, monkeypatch):
    asked = []
    quick_judge(monkeypatch, seen=asked)
    desk.add(record())
    guess(changer)
    changer.post(path("odds"))
    pages = pages_of(changer)
    assert len([a for a in pages if not a.startswith(READING)]) > 12
    assert {path("today"), path("holds"), path("me"), path("safety"), path("papers")} <= pages.keys()
    # Texts of the guide give figures of studies; what must not be there is anything counted of this record.
    own = {a: words_of(page) for a, page in pages.items() if not a.startswith(READING)}
    assert {a: found[0] for a, page in own.items() if (found := ODDS.search(page))} == {}
    assert [a for a, page in pages.items() if f'href="{path("odds")}"' in page] == []
    assert asked == []


def test_the_walk_would_find_odds_on_the_partners_side(opened, desk, monkeypatch):
    quick_judge(monkeypatch)
    desk.add(record())
    guess(opened)
    once_weighed(opened)
    assert ODDS.search(words_of(pages_of(opened)[path("odds")]))


def test_odds_that_a_partners_notes_once_held_are_not_shown_once_the_side_is_the_changers(
    opened, desk, monkeypatch
):
    quick_judge(monkeypatch)
    desk.add(record())
    guess(opened)
    once_weighed(opened)
    desk.set(side="changer")
    assert opened.get(path("odds")).headers["location"] == path("holds")
    assert opened.get(path("odds", "p")).status_code == 204


@pytest.mark.parametrize("side", ["partner", "unsure", "changer"])
def test_what_record_would_move_the_odds_stands_on_no_page(began, desk, monkeypatch, side):
    quick_judge(monkeypatch)
    client = began(side)
    desk.add(record())
    guess(client)
    words = " ".join(words_of(page) for page in pages_of(client).values()).lower()
    for outlook in ("move the odds", "outlook", "would change the odds", "to learn more, write"):
        assert outlook not in words


def test_no_page_and_no_paper_is_made_with_the_outlook():
    """It would tell people to wait or to provoke; it is for the library alone."""
    import ast
    from importlib import resources

    for room in ("app", "report", "guide"):
        folder = resources.files("velveteen").joinpath(room)
        for file in folder.iterdir():
            if file.name.endswith(".py"):
                tree = ast.parse(file.read_text("utf-8"))
                modules = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
                modules += [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
                names = [a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names]
                assert not [m for m in [*modules, *names] if "outlook" in m], file.name


def test_kept_promises_days_of_repair_and_practice_are_counted(changer, desk):
    broken = promise(9, "broken", repair="say so")
    desk.add(
        [
            promise(20, "kept"),
            promise(12, "partly"),
            broken,
            promise(3),
            at("practice", 2, which="pause", did=True),
        ]
    )
    page = words_of(changer.get(path("holds")).text)
    assert "You kept 1 of 3 promises of which you wrote what became of them." in page
    assert "You wrote about practice once." in page
    assert "What you do about it is written for 1 of them, and none is made good." in page
    changer.post(path("holds", broken.id))
    page = words_of(changer.get(path("holds")).text)
    assert "the longest took 9 days" in page
    assert "I have done this" not in page


def test_what_is_not_open_cannot_be_made_good(changer):
    assert changer.post(path("holds", "nothing")).status_code == 400


def test_a_partner_makes_nothing_good_for_the_other(opened, desk):
    broken = promise(9, "broken", repair="say so")
    desk.add([broken])
    assert opened.post(path("holds", broken.id)).status_code == 400
    assert all("repaired" not in e.payload for e in desk.standing)

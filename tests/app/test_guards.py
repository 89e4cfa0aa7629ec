"""Who is refused: each guard of the loopback server, tried by what it stands against."""

import asyncio
import re
from html import unescape

import httpx2
import pytest
from tests.app.conftest import ORIGIN, PORT, Client

from velveteen.app import guards
from velveteen.app.guards import HEADERS, LARGEST
from velveteen.app.keys import COOKIE, Keys, drawn_path
from velveteen.app.pages import application
from velveteen.app.shell import PATHS, path, place
from velveteen.guide.pages import pages

NOTES = {"words": "canary"}


def test_the_opening_address_gives_a_cookie_once(client, keys):
    token = keys.token
    client.cookies.clear()
    first = client.get(f"/o/{token}", headers={"origin": ""})
    assert first.status_code == 200
    assert f'content="0;url={path("first")}"' in first.text
    given = first.headers["set-cookie"]
    assert f"{COOKIE}={keys.cookie}" in given
    assert "HttpOnly" in given
    assert "SameSite=strict" in given
    again = client.get(f"/o/{token}")
    assert again.status_code == 403
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize("token", ["", "x", "None", "é"])
def test_a_guessed_opening_address_gives_nothing(client, keys, token):
    client.cookies.clear()
    keys.spend(keys.token)
    answer = client.get(f"/o/{token}")
    assert answer.status_code in (403, 404)
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("cookie", [None, "", "x" * 43, "é"])
@pytest.mark.parametrize("page", sorted(PATHS))
def test_every_page_is_closed_to_whoever_has_no_cookie(client, page, cookie):
    client.cookies.clear()
    if cookie is not None:
        client.headers["cookie"] = f"{COOKIE}={cookie}".encode("latin-1")
    for method in ("GET", "POST"):
        answer = client.request(method, PATHS[page])
        assert answer.status_code == 403
        assert "open this from the program" in answer.text


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "OPTIONS"])
@pytest.mark.parametrize("address", ["/o/", "/o/a/b", "/o/%2e%2e/n/a", "/o//", "/o/a/"])
def test_what_only_looks_like_the_opening_address_shows_nothing_and_keeps_nothing_open(
    opened, desk, address, method, monkeypatch
):
    desk.set(window_name="Ana's list")
    touched = []
    monkeypatch.setattr(desk, "touch", lambda: touched.append(1))
    opened.cookies.clear()
    answer = opened.request(method, address)
    assert answer.status_code in (403, 404)
    assert "<html" not in answer.text
    assert touched == []


def test_a_look_ahead_does_not_spend_the_opening_address(client, keys):
    client.cookies.clear()
    assert client.request("HEAD", f"/o/{keys.token}").status_code == 403
    assert client.get(f"/o/{keys.token}").status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_the_file_that_leads_to_the_opening_address_counts_as_another_site_and_may(client, keys, site):
    client.cookies.clear()
    assert client.get("/o/guessed", headers={"sec-fetch-site": site}).status_code == 403
    assert "set-cookie" in client.get(f"/o/{keys.token}", headers={"sec-fetch-site": site}).headers


@pytest.mark.parametrize(
    "cookie", ["n=evil; n={}", "n={}; n=evil", 'a="; n={}', "b@d=1;;; n={}", "m=1; n={}; o=\x01"]
)
def test_cookies_that_another_program_set_beside_ours_keep_nobody_out(client, keys, cookie):
    client.cookies.clear()
    assert client.get("/n/", headers={"cookie": cookie.format(keys.cookie)}).status_code == 200
    assert client.get("/n/", headers={"cookie": cookie.format("x" * 43)}).status_code == 403


@pytest.fixture
def drawn(desk):
    """The pages as they are at a start, under a drawn path."""
    keys = Keys(under=drawn_path())
    made = Client(application(desk, keys, PORT, lambda: None), origin=ORIGIN)
    yield made, keys
    place("")


def test_the_cookie_goes_to_the_pages_alone_and_to_no_other_program_of_the_machine(drawn):
    client, keys = drawn
    answer = client.get(f"/o/{keys.token}")
    assert f"Path={keys.under};" in answer.headers["set-cookie"]
    assert f"url={keys.under}/n/" in answer.text
    assert len(keys.under) > 16
    assert keys.under != drawn_path()


def test_under_no_other_path_does_the_cookie_open_anything(drawn):
    client, keys = drawn
    client.cookies[COOKIE] = keys.cookie
    assert client.get(f"{keys.under}/n/").status_code == 200
    for address in ("/n/", "/", f"{keys.under}", f"{keys.under}x/n/", f"/x{keys.under}/n/", "/n/i.css"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "<" not in answer.text


def test_every_address_on_a_page_lies_under_the_drawn_path(drawn):
    client, keys = drawn
    client.cookies[COOKIE] = keys.cookie
    for page in ("first", "begin", "help"):
        text = client.get(path(page)).text
        assert keys.under in text
        assert (
            re.findall(r'(?:href|src|action|data-\w+)="(/[^"]*)"', text.replace(f'"{keys.under}/', '"')) == []
        )
    assert client.post(path("first"), data={"words": "x"}).headers["location"].startswith(f"{keys.under}/n/")


def test_what_comes_too_slowly_is_not_read(client, desk, monkeypatch):
    async def drop_by_drop():
        yield b"words="
        await asyncio.sleep(5)
        yield b"canary"

    monkeypatch.setattr(guards, "LONGEST_WAIT", 0.05)
    sent = {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/n/", content=drop_by_drop(), headers=sent)
    assert answer.status_code == 408
    assert "too long" in answer.text
    assert desk.drafts == {}


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1",
        f"127.0.0.1:{PORT + 1}",
        "[::1]:8000",
        "127.0.0.1.nip.io:8000",
    ],
)
def test_a_name_that_somebody_pointed_here_is_refused_cookie_or_not(client, host):
    answer = client.get("/n/", headers={"host": host})
    assert answer.status_code == 421
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    "origin", ["", "null", "https://evil.example", "http://127.0.0.1:9999", f"https://127.0.0.1:{PORT}"]
)
def test_a_form_of_another_page_changes_nothing(client, desk, origin):
    answer = client.post("/n/", data=NOTES, headers={"origin": origin})
    assert answer.status_code == 403
    assert desk.drafts == {}


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_page_cannot_even_read(client, site):
    for method in ("GET", "POST"):
        assert client.request(method, "/n/", headers={"sec-fetch-site": site}).status_code == 403


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_the_browser_s_own_requests_pass(client, site):
    assert client.get("/n/", headers={"sec-fetch-site": site}).status_code == 200


@pytest.mark.parametrize("address", ["/n/", "/n/i.css", "/n/j.js", "/n/k.svg", "/nowhere", "/o/spent"])
def test_every_answer_says_what_a_browser_may_do_with_it(client, address):
    answer = client.get(address)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value


def test_scripts_and_styles_come_from_here_alone_and_none_stand_in_a_page(client):
    rules = dict(rule.split(" ", 1) for rule in HEADERS["content-security-policy"].split("; "))
    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    for page in ("first", "begin", "help"):
        text = client.get(path(page)).text
        assert " style=" not in text
        assert "<style" not in text
        assert " on" + "click" not in text
        assert text.count("<script") == 1


@pytest.mark.parametrize("said", [str(LARGEST + 1), "many", "-1", "9" * 40])
def test_what_is_too_large_is_not_read(client, desk, said):
    answer = client.post("/n/", content=b"words=x", headers={"content-length": said})
    assert answer.status_code == 413
    assert desk.drafts == {}


def test_what_does_not_say_its_length_is_counted(client, desk):
    async def endless():
        yield b'--x\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\n'
        for _ in range(LARGEST // 2**20 + 1):
            yield b"w" * 2**20
        yield b'\r\n--x\r\ncontent-disposition: form-data; name="words"\r\n\r\ncanary\r\n--x--\r\n'

    sent = {"content-type": "multipart/form-data; boundary=x"}
    assert client.post("/n/", content=endless(), headers=sent).status_code == 413
    assert desk.drafts == {}


def test_a_script_in_the_words_is_shown_and_not_run(opened, desk):
    desk.close()
    words = '<script>alert(1)</script><img src=x onerror="x">'
    page = opened.post("/n/", data={"words": words, "passphrase": "wrong"}).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "page", sorted(set(PATHS) - {"first", "begin", "restore", "help", "style", "script", "icon", "read"})
)
def test_a_locked_page_leads_to_the_passphrase_and_shows_nothing(opened, desk, page):
    desk.add([])
    desk.close()
    answer = opened.get(path(page))
    assert answer.status_code in (303, 404, 405)
    if answer.status_code == 303:
        assert answer.headers["location"] == "/n/"


def test_addresses_and_titles_say_nothing(opened):
    for address in PATHS.values():
        assert address.startswith("/n/")
        assert len(address.removeprefix("/n/").split(".")[0]) <= 2
    assert "<title>Notes</title>" in opened.get(path("today")).text


def test_something_that_breaks_is_a_sentence(opened, desk, monkeypatch):
    monkeypatch.setattr(type(desk), "side", property(lambda _: 1 / 0))
    answer = opened.get(path("today"))
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "saved before is safe" in answer.text
    for name, value in HEADERS.items():
        assert answer.headers[name] == value


def test_something_that_breaks_is_not_handed_on_to_a_log(opened, desk, monkeypatch):
    def breaks(_):
        raise RuntimeError("words of the owner")

    monkeypatch.setattr(type(desk), "side", property(breaks))

    async def asked():
        transport = httpx2.ASGITransport(opened.app, raise_app_exceptions=True)
        async with httpx2.AsyncClient(transport=transport, base_url=ORIGIN, cookies=opened.cookies) as client:
            return await client.get(path("today"))

    answer = asyncio.run(asked())
    assert answer.status_code == 500
    assert "words of the owner" not in answer.text


def test_what_is_read_does_not_stand_in_the_address(opened):
    for text in pages():
        address = path("read", text.id)
        assert re.fullmatch(r"/n/s/\d+", address)
        assert text.title in unescape(opened.get(address).text)
    for wrong in ("0", "999", "strangled", "-1", "²"):
        assert opened.get(f"/n/s/{wrong}").status_code == 400

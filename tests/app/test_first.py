"""Tonight's words come before any passphrase, and are kept once there is one."""

import re

from tests.app.conftest import PASSPHRASE

from velveteen.app.shell import path

SENTENCE = "He promised to call the bank by Friday"


def begin(client, **form):
    return client.post(
        path("begin"),
        data={"side": "partner", "which": "own", "own": PASSPHRASE, "again": PASSPHRASE, **form},
    )


def test_the_first_screen_asks_for_words_and_for_nothing_else_and_shows_the_way_to_help(client):
    page = client.get("/n/").text
    assert page.count("<textarea") == 1
    assert "passphrase" not in re.sub(
        r"<p class=\"note\">.*?</p>|<details>.*?</details>", "", page, flags=re.DOTALL
    )
    assert f'href="{path("help")}"' in page
    assert "Leave now" in page


def test_words_written_before_any_passphrase_touch_no_disk_and_are_kept_once_there_is_one(
    client, desk, tmp_path
):
    assert client.post("/n/", data={"words": SENTENCE}).headers["location"] == path("begin")
    assert list(tmp_path.rglob("*")) == []
    assert "What you wrote is still here" in client.get(path("begin")).text
    answer = begin(client)
    (note,) = [e for e in desk.standing if e.kind == "note"]
    assert note.facts == SENTENCE
    assert answer.headers["location"] == path("confirm", note.id)


def test_the_six_words_that_are_offered_open_the_notes_again(client, desk):
    page = client.get(path("begin")).text
    offered = re.search(r'name="offered" value="([^"]+)"', page)[1]
    assert len(offered.split()) == 6
    client.post(
        path("begin"), data={"side": "unsure", "which": "offered", "offered": offered, "noted": "yes"}
    )
    assert desk.side == "unsure"
    desk.close()
    client.post("/n/", data={"words": "", "passphrase": offered})
    assert not desk.locked


def test_words_that_were_not_noted_are_not_taken_as_a_passphrase(client, desk):
    answer = client.post(
        path("begin"), data={"side": "partner", "which": "offered", "offered": "a b c d e f"}
    )
    assert answer.status_code == 400
    assert "write the six words down" in answer.text
    assert not desk.begun


def test_a_side_must_be_chosen_and_what_was_written_stays(client, desk):
    client.post("/n/", data={"words": SENTENCE})
    answer = begin(client, side="")
    assert answer.status_code == 400
    assert "choose first" in answer.text
    assert not desk.begun
    assert desk.drafts["tonight"] == SENTENCE


def test_two_passphrases_that_differ_and_a_number_are_refused_with_the_reason(client, desk):
    assert "not the same" in begin(client, again="another").text
    assert "A number alone" in begin(client, own="1234", again="1234").text
    assert not desk.begun


def test_a_wrong_passphrase_loses_nothing(opened, desk):
    desk.close()
    answer = opened.post("/n/", data={"words": SENTENCE, "passphrase": "wrong"})
    assert answer.status_code == 400
    assert "does not open" in answer.text
    assert SENTENCE in answer.text
    opened.post("/n/", data={"words": SENTENCE, "passphrase": PASSPHRASE})
    assert [e.facts for e in desk.standing if e.kind == "note"] == [SENTENCE]


def test_notes_that_exist_are_never_begun_anew(opened, desk):
    desk.close()
    before = desk.path.read_bytes()
    assert begin(opened).headers["location"] == "/n/"
    assert opened.get(path("begin")).headers["location"] == "/n/"
    assert desk.path.read_bytes() == before


def test_what_a_sentence_proposes_is_counted_only_where_its_owner_says_so(opened, desk):
    to = opened.post(path("sentence"), data={"words": SENTENCE}).headers["location"]
    page = opened.get(to).text
    assert "call the bank" in page
    assert [e.kind for e in desk.standing if e.kind != "setting"] == ["note"]
    opened.post(to, data={})
    assert not [e for e in desk.standing if e.kind == "promise"]
    opened.post(to, data={"keep": "0"})
    (promise,) = [e for e in desk.standing if e.kind == "promise"]
    assert "bank" in promise.payload["what"]


def test_words_of_a_danger_sign_ask_and_a_yes_leads_to_safety(opened, desk):
    to = opened.post(path("sentence"), data={"words": "He put his hands around my neck last year"}).headers[
        "location"
    ]
    page = opened.get(to).text
    assert "around your neck" in page
    assert not [e for e in desk.standing if e.kind == "danger"]
    answer = opened.post(to, data={"sign_strangled": "yes"})
    assert answer.headers["location"] == path("safety")
    (told,) = [e for e in desk.standing if e.kind == "danger"]
    assert told.payload == {"sign": "strangled", "answer": "yes"}
    assert told.about == "M"


def test_a_question_that_is_passed_over_answers_nothing(opened, desk):
    to = opened.post(path("sentence"), data={"words": "He put his hands around my neck last year"}).headers[
        "location"
    ]
    opened.post(to, data={})
    assert not [e for e in desk.standing if e.kind in ("danger", "unsure")]
    opened.post(to, data={"sign_strangled": "unsure"})
    assert [e.payload["sign"] for e in desk.standing if e.kind == "unsure"] == ["strangled"]

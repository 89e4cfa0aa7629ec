"""Annotated sentences: our own meet their counts, and each fault in a file is named."""

import json
import re

import check
import pytest

GUIDE = check.OWN.parents[1] / "guide.md"
WELL = {"id": "t0001", "before": "", "text": "sorry i snapped", "labels": ["apology_owned"]}
OTHER = {"id": "t0002", "before": "you're late", "text": "on the bus", "labels": [], "near": "promise"}


def test_our_own_sentences_have_no_fault_and_are_enough():
    items = check.read(check.OWN)
    assert check.faults(items) == []
    assert list(check.too_few(items)) == []


def test_every_label_has_its_own_row_in_the_guide():
    rows = re.findall(r"^\| `(\w+)` \|", GUIDE.read_text("utf-8"), re.MULTILINE)
    assert tuple(rows) == check.LABELS


def test_the_note_beside_them_tells_their_numbers_rightly():
    items = check.read(check.OWN)
    found, near = check.counts(items)
    without = sum(not item["labels"] for item in items)
    told = f"{len(items):,} messages with their labels: {len(items) - without} have one or more, {without} none; "
    told += f"{near.total()} come near"
    note = (GUIDE.with_name("README.md")).read_text("utf-8")
    assert told in note
    assert f"{min(found.values())} to {max(found.values())} messages and {min(near.values())} or more" in note


def test_well_formed_items_have_no_fault():
    assert check.faults([WELL, OTHER]) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"labels": ["rude"]}, "unknown"),
        ({"labels": ["blame", "blame"]}, "double"),
        ({"labels": ["promise", "blame"]}, "out of order"),
        ({"labels": ["apology_owned", "apology_excuse"]}, "more than one kind of apology"),
        ({"near": "apology_owned"}, "one of its labels"),
        ({"near": "rude"}, "near rude"),
        ({"near": None}, "near None"),
        ({"id": "1"}, "id is no letter"),
        ({"text": " "}, "empty"),
        ({"text": "sorry "}, "space around"),
        ({"note": "x"}, "keys"),
        ({"text": "ask Mary Shelley"}, "could name"),
        ({"before": "it's at www.example.org"}, "could name"),
        ({"text": "write to a@example.org"}, "could name"),
        ({"text": "ask @mary"}, "could name"),
        ({"text": "ring 0123 456 789"}, "could name"),
    ],
)
def test_each_fault_of_form_is_named_with_its_id(change, said):
    item = WELL | change
    (fault,) = check.faults([item, OTHER])
    assert fault.startswith(f"{item['id']}: ")
    assert said in fault


def test_a_year_and_a_shout_name_nobody():
    assert check.faults([WELL | {"text": "I NEVER said 2019, Mum"}]) == []


def test_an_id_stands_for_one_item():
    assert check.faults([WELL, OTHER | {"id": "t0001"}]) == ["t0001: id used 2 times"]


@pytest.mark.parametrize("text", ["Sorry  I SNAPPED", "sorry i snapped!"])
def test_a_text_with_a_word_or_a_case_changed_is_the_same_text(text):
    (fault,) = check.faults([WELL, OTHER | {"text": text}])
    assert "t0001" in fault
    assert "t0002" in fault


def test_texts_that_share_some_runs_of_letters_are_two():
    assert check.faults([WELL, OTHER | {"text": "sorry i'm running so late again"}]) == []


def test_texts_too_short_for_a_run_are_compared_whole():
    assert list(check.doubles([WELL | {"text": "ok"}, OTHER | {"text": "no"}])) == []
    assert list(check.doubles([WELL | {"text": "ok"}, OTHER | {"text": "OK"}])) == [("t0001", "t0002")]


def test_a_heap_without_a_label_or_a_near_miss_is_told(monkeypatch):
    items = check.read(check.OWN)
    no_threat = [item for item in items if "threat" not in item["labels"]]
    assert list(check.too_few(no_threat)) == ["threat: 0, fewer than 45"]
    no_near = [{k: v for k, v in item.items() if v != "threat"} for item in items]
    assert list(check.too_few(no_near)) == ["near threat: 0, fewer than 25"]
    labelled = [item for item in items if item["labels"]]
    assert next(check.too_few(labelled)).startswith(f"0 of {len(labelled)} without a label")
    monkeypatch.setattr(check, "FEWEST_ITEMS", 10_000)
    assert list(check.too_few(items)) == [f"{len(items)} items, fewer than 10000"]


def test_a_line_that_is_no_object_is_named(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(WELL) + "\n[]\n")
    with pytest.raises(ValueError, match=r"x\.jsonl, line 2"):
        check.read(path)


def test_the_command_ends_with_one_where_two_files_share_a_text(tmp_path, capsys):
    for name, item in {"a": WELL, "b": WELL | {"id": "s0001"}}.items():
        (tmp_path / name).write_text(json.dumps(item))
    assert check.main([str(tmp_path / "a")]) == 0
    assert re.search(r"^apology_owned +1 +0$", capsys.readouterr().out, re.MULTILINE)
    assert check.main([str(tmp_path / "a"), str(tmp_path / "b")]) == 1
    assert "nearly the same" in capsys.readouterr().out


def test_the_command_counts_our_own_without_being_told_where(capsys):
    assert check.main([]) == 0
    assert f"of {len(check.read(check.OWN))} without a label" in capsys.readouterr().out

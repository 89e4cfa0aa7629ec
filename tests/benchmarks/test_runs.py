"""A run that was stopped goes on where it stood, and a line that was cut off is done again."""

import runs


def test_what_is_done_is_not_done_again(tmp_path, capsys):
    path, seen = tmp_path / "a" / "run.jsonl", []

    def work(job):
        seen.append(job)
        return {"job": list(job), "twice": 2 * job[1]}

    first = runs.take_up(path, [("x", 1), ("x", 2)], work, 1)
    again = runs.take_up(path, [("x", 2), ("x", 3)], work, 1)
    assert seen == [("x", 1), ("x", 2), ("x", 3)]
    assert [r["twice"] for r in first] == [2, 4]
    assert [r["twice"] for r in again] == [4, 6]
    assert "run 2/2" in capsys.readouterr().err


def test_a_line_that_was_cut_off_is_taken_out(tmp_path):
    path = tmp_path / "run.jsonl"
    path.write_text('{"job": [1]}\n{"job": [2')
    assert runs.finished(path) == [{"job": [1]}]
    assert path.read_text() == '{"job": [1]}\n'


def test_no_file_holds_nothing(tmp_path):
    assert runs.finished(tmp_path / "none.jsonl") == []

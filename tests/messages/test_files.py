"""Files: text, zip, and everything that is neither."""

import hashlib
import struct
import zipfile

import pytest

from velveteen.messages import open_export, read_chat, read_export, source
from velveteen.problems import BadInput

CHAT = "13/01/2021, 10:00 - Ana: a\n13/01/2021, 10:01 - José: b\n"


def zipped(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def refusal(path):
    with pytest.raises(BadInput) as refused:
        read_chat(path)
    assert "Errno" not in refused.value.message
    return refused.value.code


def test_the_door_returns_messages_and_problems(tmp_path):
    path = tmp_path / "chat.txt"
    path.write_text(CHAT, "utf-8")
    messages, problems = read_chat(str(path))
    assert [(m.author, m.text, m.line) for m in messages] == [("Ana", "a", 1), ("José", "b", 2)]
    assert problems == []


def test_the_export_around_them(tmp_path):
    path = tmp_path / "chat.txt"
    path.write_text(CHAT, "utf-8")
    export = read_export(path)
    assert export.sha256 == hashlib.sha256(CHAT.encode()).hexdigest()
    assert (export.first, export.last) == (export.messages[0].at, export.messages[1].at)
    assert (export.participants, export.format, export.ambiguous) == (
        {"Ana": 1, "José": 1},
        "whatsapp",
        False,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path, encoding):
    path = tmp_path / "chat.txt"
    path.write_bytes(CHAT.encode(encoding))
    messages, problems = read_chat(path)
    assert messages[1].author == "José"
    assert [p.code for p in problems] == (["encoding"] if encoding == "cp1252" else [])


def test_a_broken_byte_is_said_and_costs_no_line(tmp_path):
    path = tmp_path / "chat.txt"
    path.write_bytes(CHAT.encode() + b"13/01/2021, 10:02 - Ana: \xff\xfe caf\xc3\xa9\n")
    messages, problems = read_chat(path)
    assert len(messages) == 3
    assert [(p.code, p.where) for p in problems] == [("encoding", "line 3")]


def test_a_zip_is_known_by_content_and_its_chat_too(tmp_path):
    path = zipped(
        tmp_path / "export.dat",
        {"list.txt": "milk\neggs\n", "odd name.TXT": CHAT, "IMG-1.jpg": b"\xff\xd8" * 99},
    )
    assert len(read_chat(path)[0]) == 2
    assert read_export(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_media_in_a_zip_is_never_opened(tmp_path, monkeypatch):
    path = zipped(tmp_path / "chat.zip", {"_chat.txt": CHAT, "IMG-1.jpg": b"x", "PTT-1.opus": b"y"})
    opened, original = [], zipfile.ZipFile.open

    def watched(self, member, *args, **kwargs):
        opened.append(getattr(member, "filename", member))
        return original(self, member, *args, **kwargs)

    monkeypatch.setattr(zipfile.ZipFile, "open", watched)
    read_chat(path)
    assert set(opened) == {"_chat.txt"}


def test_a_second_chat_in_a_zip_is_named(tmp_path):
    path = zipped(tmp_path / "chat.zip", {"small.txt": CHAT.split("\n", maxsplit=1)[0], "_chat.txt": CHAT})
    messages, problems = read_chat(path)
    assert len(messages) == 2
    assert [p.code for p in problems] == ["other_text"]
    assert "small.txt" in problems[0].message


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf \r\n", "file_empty"),
        (bytes(range(256)) * 40, "file_binary"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "file_binary"),
        (b"dear diary\ntoday I went out\n" * 30, "not_a_chat"),
        (b"PK\x03\x04 and then nothing", "zip_damaged"),
        (b'{"messages": []}', "not_a_chat"),
        (b"words and words\n" * 500 + CHAT.encode(), "not_a_chat"),
    ],
)
def test_what_is_no_chat_is_refused(tmp_path, content, code):
    path = tmp_path / "chat.txt"
    path.write_bytes(content)
    assert refusal(path) == code


def test_missing_and_unreadable(tmp_path):
    assert refusal(tmp_path / "none.txt") == "file_missing"
    assert refusal(tmp_path) == "folder_without_chat"


def test_a_file_that_fails_while_it_is_read_is_said(tmp_path, monkeypatch):
    path = tmp_path / "chat.txt"
    path.write_text(CHAT, "utf-8")
    part = next(source.parts_of(path))

    def fails(*_):
        raise OSError(5, "Input/output error")

    with part.open() as file, monkeypatch.context() as broken:
        broken.setattr(file.raw, "_raw", type("Torn", (), {"read": fails, "close": lambda _: None})())
        with pytest.raises(BadInput) as refused:
            file.read()
    assert (refused.value.code, "Input/output" in refused.value.message) == ("file_unreadable", True)


def test_a_zip_without_a_chat(tmp_path):
    assert refusal(zipped(tmp_path / "a.zip", {"IMG-1.jpg": b"x", "list.txt": "milk"})) == "zip_without_chat"
    assert refusal(zipped(tmp_path / "b.zip", {})) == "zip_without_chat"


def test_a_bomb_is_refused_by_its_declared_size_before_it_is_opened(tmp_path, monkeypatch):
    path = zipped(tmp_path / "bomb.zip", {"_chat.txt": b"0" * (source.MAX_BYTES + 1)})
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert refusal(path) == "zip_too_tight"
    assert refusal(path.read_bytes()) == "file_too_large"


def test_a_bomb_that_lies_about_its_size_is_refused_too(tmp_path):
    path = zipped(tmp_path / "bomb.zip", {"_chat.txt": CHAT.encode() + b"0" * 1_000_000})
    data = bytearray(path.read_bytes())
    true_size = struct.pack("<I", len(CHAT.encode()) + 1_000_000)
    for _ in range(2):  # the local header and the directory
        position = data.find(true_size)
        data[position : position + 4] = struct.pack("<I", 100_000)
    path.write_bytes(data)
    assert refusal(path) == "zip_damaged"


def test_a_file_may_be_larger_than_what_is_held_in_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "MAX_BYTES", 50)
    path = tmp_path / "chat.txt"
    path.write_text(CHAT * 3, "utf-8")
    assert len(read_chat(path)[0]) == 6
    assert refusal(path.read_bytes()) == "file_too_large"
    monkeypatch.setattr(source, "MAX_FILE", 50)
    assert refusal(path) == "file_too_large"
    assert refusal(zipped(tmp_path / "a.zip", {"_chat.txt": CHAT * 3})) == "file_too_large"


def test_texts_that_are_too_much_together_are_refused(tmp_path, monkeypatch):
    path = zipped(tmp_path / "a.zip", {"a.txt": CHAT, "b.txt": CHAT})
    monkeypatch.setattr(source, "MAX_FILE", len(CHAT.encode()) + 1)
    assert refusal(path) == "file_too_large"


def test_a_folder_is_read_like_a_zip(tmp_path):
    (tmp_path / "chat").mkdir()
    (tmp_path / "chat" / "_chat.txt").write_text(CHAT, "utf-8")
    (tmp_path / "chat" / "IMG-1.jpg").write_text(CHAT * 9, "utf-8")
    (tmp_path / "elsewhere.txt").write_text(CHAT * 9, "utf-8")
    (tmp_path / "chat" / "link.txt").symlink_to(tmp_path / "elsewhere.txt")
    export = read_export(tmp_path / "chat")
    assert (len(export.messages), export.problems) == (2, [])
    assert export.sha256 == read_export(tmp_path / "chat").sha256
    (tmp_path / "chat" / "_chat.txt").write_text(CHAT * 2, "utf-8")
    assert read_export(tmp_path / "chat").sha256 != export.sha256


@pytest.mark.parametrize("limit", ["MAX_ENTRIES", "MAX_PARTS"])
def test_far_too_many_files_are_refused(tmp_path, monkeypatch, limit):
    monkeypatch.setattr(source, limit, 2)
    (tmp_path / "f").mkdir()
    for n in range(4):
        (tmp_path / "f" / f"{n}.txt").write_text(CHAT, "utf-8")
    assert refusal(tmp_path / "f") == "folder_too_many"
    assert refusal(zipped(tmp_path / "a.zip", {f"{n}.txt": CHAT for n in range(4)})) == "zip_too_many"


def test_nothing_is_written_to_the_disk(tmp_path, monkeypatch):
    path = zipped(tmp_path / "a.zip", {"_chat.txt": CHAT * 500})
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}
    assert len(read_chat(path)[0]) == len(read_chat(path.read_bytes())[0]) == 1000
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")} == before


def test_who_watches_is_told_how_far_it_is(tmp_path):
    path = tmp_path / "chat.txt"
    path.write_text(CHAT * 20_000, "utf-8")
    told = []
    list(open_export(path, watch=lambda *now: told.append(now)).stream())
    size = path.stat().st_size
    assert {(name, whole) for name, _, whole in told} == {("chat.txt", size)}
    assert max(done for _, done, _ in told) == size
    assert any(0 < done < size for _, done, _ in told)


def test_a_cut_zip_and_a_locked_one(tmp_path):
    path = zipped(tmp_path / "a.zip", {"_chat.txt": CHAT * 500})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert refusal(path) == "zip_damaged"
    locked = bytearray(whole)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(signature) + offset] |= 1
    path.write_bytes(locked)
    assert refusal(path) == "zip_damaged"


def test_a_text_that_shrank_beyond_belief_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "TIGHT_BYTES", 100_000)
    path = zipped(tmp_path / "a.zip", {"_chat.txt": CHAT + "\n" * 200_000})
    assert refusal(path) == "zip_too_tight"
    words = "".join(f"{n * 7919 % 10_007} words and more of them\n" for n in range(10_000))
    assert read_export(zipped(tmp_path / "b.zip", {"_chat.txt": CHAT + words})).messages

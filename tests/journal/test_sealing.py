"""Sealed for one key: that key opens it, no other does, and a changed byte is noticed."""

from __future__ import annotations

import pyrage
import pytest

from velveteen.journal.sealing import read_identities, seal, unseal, write_identity
from velveteen.problems import BadInput

DATA = b"some numbers"


@pytest.fixture
def keys(tmp_path):
    """Public key and the file of the secret one."""
    path = tmp_path / "secret"
    return write_identity(path), path


def code(call, *arguments):
    with pytest.raises(BadInput) as wrong:
        call(*arguments)
    return wrong.value.code


def test_the_holder_of_the_secret_key_opens_it(keys):
    public, path = keys
    sealed = seal(DATA, f" {public}\n")
    assert sealed.startswith(b"age-encryption.org/v1\n")
    assert DATA not in sealed
    assert unseal(sealed, read_identities(path)) == DATA


def test_another_key_does_not_open_it(keys, tmp_path):
    other = tmp_path / "other"
    write_identity(other)
    assert code(unseal, seal(DATA, keys[0]), read_identities(other)) == "cannot_unseal"


def test_one_of_several_keys_is_enough(keys, tmp_path):
    write_identity(tmp_path / "other")
    both = tmp_path / "both"
    both.write_bytes((tmp_path / "other").read_bytes() + keys[1].read_bytes())
    assert len(read_identities(both)) == 2
    assert unseal(seal(DATA, keys[0]), read_identities(both)) == DATA


def test_every_changed_byte_is_noticed(keys):
    sealed, identities = seal(DATA, keys[0]), read_identities(keys[1])
    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(BadInput):
            unseal(changed, identities)


@pytest.mark.parametrize("data", [b"", b"junk", b"age-encryption.org/v1\n"])
def test_what_was_never_sealed_does_not_open(keys, data):
    assert code(unseal, data, read_identities(keys[1])) == "cannot_unseal"


def test_the_secret_key_is_for_its_owner_alone_and_fits_the_public_one(keys):
    public, path = keys
    assert path.stat().st_mode & 0o777 == 0o600
    assert str(read_identities(path)[0].to_public()) == public
    assert f"# public key: {public}\n" in path.read_text()
    assert path.read_text().splitlines()[-1].startswith("AGE-SECRET-KEY-1")


def test_a_key_never_takes_the_place_of_another(keys):
    before = keys[1].read_bytes()
    with pytest.raises(FileExistsError):
        write_identity(keys[1])
    assert keys[1].read_bytes() == before


@pytest.mark.parametrize("given", ["", "age1qqqq", "ssh-ed25519 AAAA", "age1é"])
def test_what_is_no_public_key_is_refused(given):
    assert code(seal, DATA, given) == "not_a_public_key"


def test_a_public_key_with_one_wrong_letter_is_refused(keys):
    public = keys[0]
    wrong = public[:-1] + ("q" if public[-1] != "q" else "p")
    assert code(seal, DATA, wrong) == "not_a_public_key"


def test_a_secret_key_is_never_sealed_to_nor_repeated():
    secret = str(pyrage.x25519.Identity.generate())
    for given in (secret, secret.lower()):
        with pytest.raises(BadInput) as wrong:
            seal(DATA, given)
        assert wrong.value.code == "secret_key_given"
        assert secret[15:].lower() not in wrong.value.message.lower()


@pytest.mark.parametrize("content", [b"", b"# nothing\n", b"my diary\n", b"\xff\xfe\x00"])
def test_a_file_without_a_secret_key_says_so(tmp_path, content):
    path = tmp_path / "secret"
    path.write_bytes(content)
    assert code(read_identities, path) == "no_identity"


def test_a_file_that_is_not_there_says_so(tmp_path):
    assert code(read_identities, tmp_path / "none") == "no_identity"
    assert code(read_identities, tmp_path) == "no_identity"

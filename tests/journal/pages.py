"""A sealed file's pages as they are once decrypted, free pages and slack included, by Python's own libcrypto."""

from __future__ import annotations

import _ssl
import ctypes

from velveteen.journal import key
from velveteen.journal.sealed_file import PAGE_BYTES

_CRYPTO = ctypes.CDLL(getattr(_ssl, "__file__", None))
for _name in ("EVP_CIPHER_CTX_new", "EVP_aes_256_cbc"):
    getattr(_CRYPTO, _name).restype = ctypes.c_void_p


def plain_file(path, passphrase):
    """The pages of a journal's file, one after another; SQLCipher 4 ends each with 16 bytes of vector and 64 of HMAC."""
    secret, data = key.unlock(key.read_header(path), passphrase), path.read_bytes()
    starts = range(0, len(data), PAGE_BYTES)
    return b"".join(_page(secret, data[at : at + PAGE_BYTES], 0 if at else 16) for at in starts)


def plain_log(path, passphrase):
    """The frames of its write-ahead log: 32 bytes of header, then 24 bytes before each page."""
    secret, data = (
        key.unlock(key.read_header(path), passphrase),
        path.with_name(path.name + "-wal").read_bytes(),
    )
    pages = [data[at + 24 : at + 24 + PAGE_BYTES] for at in range(32, len(data), PAGE_BYTES + 24)]
    first = [data[at : at + 4] == b"\0\0\0\1" for at in range(32, len(data), PAGE_BYTES + 24)]
    return b"".join(_page(secret, page, 16 if one else 0) for page, one in zip(pages, first, strict=True))


def _page(secret, page, salt):
    body, vector = page[salt:-80], page[-80:-64]
    context = ctypes.c_void_p(_CRYPTO.EVP_CIPHER_CTX_new())
    cipher = ctypes.c_void_p(_CRYPTO.EVP_aes_256_cbc())
    out, length = ctypes.create_string_buffer(len(body) + 32), ctypes.c_int()
    assert _CRYPTO.EVP_DecryptInit_ex(context, cipher, None, secret, vector)
    assert _CRYPTO.EVP_CIPHER_CTX_set_padding(context, 0)
    assert _CRYPTO.EVP_DecryptUpdate(context, out, ctypes.byref(length), body, len(body))
    _CRYPTO.EVP_CIPHER_CTX_free(context)
    return out.raw[: length.value]

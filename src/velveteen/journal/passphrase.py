"""Passphrases: made, judged, read from a file.

A generated one is drawn with the system's secure random source from the EFF long list of 7,776 words: log2(7776) = 12.92
bits a word, 77.5 bits for six, whoever knows the list and the method. Each guess costs one Argon2id derivation.
"""

from __future__ import annotations

import math
import sys
from functools import cache
from pathlib import Path
from typing import Any

from xkcdpass import xkcd_password
from zxcvbn import zxcvbn

from velveteen.problems import BadInput

MIN_WORDS = 5
MIN_SCORE = 3
_JUDGED_LENGTH = 72  # zxcvbn takes no more; what follows can only make it stronger
_MAX_FILE_BYTES = 4096
_REASONS = {
    "dictionary": "it is built on common words, names or known passwords",
    "spatial": "it follows neighbouring keys on a keyboard",
    "repeat": "it repeats the same signs",
    "sequence": "it runs through letters or digits in order",
    "date": "it is built on a date, which somebody close can guess",
    "bruteforce": "it is short",
}


def generate(words: int = 6) -> str:
    """Random words with spaces between them; `bits(words)` says how hard they are to guess.

    Raises:
        BadInput: `too_few_words`, below five.
    """
    if words < MIN_WORDS:
        raise BadInput(
            "too_few_words",
            f"A fast computer can guess {words} random words. Ask for {MIN_WORDS} or more; six is usual.",
        )
    return str(xkcd_password.generate_xkcdpassword(_word_list(), numwords=words, delimiter=" "))


def bits(words: int = 6) -> float:
    """Entropy of a generated passphrase in bits: words x log2(length of the list)."""
    return words * math.log2(len(_word_list()))


def check(passphrase: str) -> None:
    """Let a passphrase of one's own pass, or say why it is too weak (zxcvbn score below 3 of 4).

    Raises:
        BadInput: `empty_passphrase`, `pin_passphrase` (digits alone), `weak_passphrase`.
    """
    if not passphrase.strip():
        raise BadInput(
            "empty_passphrase", f"The passphrase is empty, and then anybody could open the journal. {_WAY_ON}"
        )
    if "".join(passphrase.split()).isdecimal():
        raise BadInput(
            "pin_passphrase",
            "A number alone is too weak here: a lock screen allows a few tries, but whoever copies this file can try "
            f"without end, and every four-digit number within the hour. {_WAY_ON}",
        )
    verdict = zxcvbn(passphrase[:_JUDGED_LENGTH])
    if verdict["score"] < MIN_SCORE:
        message = f"This passphrase could be guessed: {_reason(verdict)}. Nothing was written. {_WAY_ON}"
        raise BadInput("weak_passphrase", message)


def read_passphrase_file(path: str | Path) -> str:
    """The passphrase in a file, or on standard input for “-”, less one line break at its end.

    Raises:
        BadInput: `passphrase_file`, when it cannot be read, is empty, is no UTF-8 text, has several lines or over 4 kB.
    """
    try:
        data = sys.stdin.buffer.read(_MAX_FILE_BYTES + 1) if str(path) == "-" else _head(Path(path))
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise _unusable(path, f"could not be read ({error.strerror})") from error
    except UnicodeDecodeError:
        raise _unusable(path, "is not UTF-8 text") from None
    line = text.removesuffix("\n").removesuffix("\r")
    if not line:
        raise _unusable(path, "is empty")
    if "\n" in line or len(data) > _MAX_FILE_BYTES:
        raise _unusable(path, "holds more than one line, or a very long one")
    return line


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MAX_FILE_BYTES + 1)


@cache
def _word_list() -> list[str]:
    name = xkcd_password.locate_wordfile("eff-long")
    return sorted(xkcd_password.generate_wordlist(wordfile=name, min_length=3, max_length=9))


def _reason(verdict: dict[str, Any]) -> str:
    """Of the parts that zxcvbn sees, the longest one that is a pattern."""
    patterns = [part for part in verdict["sequence"] if part["pattern"] != "bruteforce"]
    longest = max(patterns, key=lambda part: len(part["token"]), default={"pattern": "bruteforce"})
    return _REASONS.get(longest["pattern"], "it follows a pattern that guessing programs know")


def _unusable(path: str | Path, what: str) -> BadInput:
    name = "Standard input" if str(path) == "-" else f"The passphrase file {path}"
    return BadInput(
        "passphrase_file", f"{name} {what}. It should hold the passphrase on one line. Nothing was changed."
    )


_WAY_ON = "Let the program make one of six words, or take five or more that have nothing to do with each other or with you."

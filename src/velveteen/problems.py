"""Problems as values, and the errors a person may meet.

Intention: one way to say what is wrong, from the innermost room to the edge that renders it once.
In: nothing. Out: `Problem`, `BadInput`, `Refused`, `AmbiguousDates`, `SeveralChats`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a reader should know about an input, as a value.

    Attributes:
        code: stable snake_case identifier.
        message: one plain sentence.
        where: what it is about ("line 12", "week 2024-01-01, channel harm"); empty when it is about the whole.
        text: the offending text, where there is one.
    """

    code: str
    message: str
    where: str = ""
    text: str = ""

    def as_dict(self) -> dict[str, str]:
        """The three public keys, in the order of the contract."""
        return {"code": self.code, "message": self.message, "where": self.where}


class VelveteenError(Exception):
    """An error with a sentence for a person: what happened, that nothing was lost, one way on.

    Attributes:
        code: stable snake_case identifier.
        message: the sentence.
        line: 1-based line in the input file, or None.
        extra: further keys that the JSON error object carries beside "error".
    """

    exit_code = 2

    def __init__(self, code: str, message: str, *, line: int | None = None, **extra: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line
        self.extra = extra

    def __reduce__(self) -> tuple[Any, ...]:
        """Carry an error whole from one process to another, whatever its class asks for when it is raised."""
        return _made_again, (type(self), self.message, dict(self.__dict__))

    def as_dict(self) -> dict[str, Any]:
        """The error object of the `--json` contract."""
        error = {"code": self.code, "message": self.message, "line": self.line}
        return {"schema": 1, "error": error, **self.extra}


def _made_again(kind: type[VelveteenError], message: str, known: dict[str, Any]) -> VelveteenError:
    error = kind.__new__(kind, message)
    error.__dict__.update(known)
    return error


class BadInput(VelveteenError):  # noqa: N818  (the contract's name)
    """The input cannot be read as what it claims to be. Exit code 2."""


class Refused(VelveteenError):  # noqa: N818  (the contract's name)
    """The input is fine, and the answer is still no: too little, only self-report, a danger sign. Exit code 3."""

    exit_code = 3


class AmbiguousDates(Refused):
    """Day and month could be either way round, and guessing is not allowed. Exit code 3.

    Attributes:
        example: a date as it is written there, to ask with; may be empty.
    """

    def __init__(self, message: str, example: str = "") -> None:
        super().__init__("ambiguous_dates", message, ambiguous_dates=True)
        self.example = example


class SeveralChats(Refused):
    """An export holds several conversations, and nobody said which is meant. Exit code 3.

    Attributes:
        chats: conversation -> number of messages, the most first.
    """

    def __init__(self, chats: dict[str, int]) -> None:
        names = ", ".join(f"“{name}” ({count:,})" for name, count in chats.items())
        message = (
            f"This file holds {len(chats)} conversations, with so many messages: {names}. Nothing was read and nothing is "
            "lost: say which one is meant with --chat NAME."
        )
        super().__init__("several_chats", message, chats=chats)
        self.chats = chats

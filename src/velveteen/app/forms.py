"""What a form sent: words, choices and dates, read without trusting any of them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime, time

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartParser
from starlette.requests import Request

from velveteen.app.guards import LARGEST
from velveteen.problems import BadInput

# Starlette writes uploads above 1 MB to a temporary file, where they would lie unsealed.
MultiPartParser.spool_max_size = LARGEST + 1
# Its parser tells on the terminal which byte of a broken form it stumbled over.
logging.getLogger("python_multipart").setLevel(logging.CRITICAL)

LONGEST = 100_000  # characters of one text; a book chapter


class Form:
    """The fields of one form that carry text; the last of a name counts, unless all are asked for."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = pairs

    def text(self, name: str) -> str:
        """The text under a name, trimmed; empty where there is none.

        Raises:
            BadInput: `too_long`.
        """
        text = self._whole(name)
        if len(text) > LONGEST:
            raise BadInput(
                "too_long", f"This text is longer than {LONGEST:,} characters, so it was not saved."
            )
        return text

    def all(self, name: str) -> list[str]:
        """Every text under a name, in order."""
        return [value for key, value in self._pairs if key == name]

    def beginning(self, name: str) -> str:
        """As `text`, of which no more than `LONGEST` is taken: for what must not fail."""
        return self._whole(name)[:LONGEST]

    def _whole(self, name: str) -> str:
        found = [value for key, value in self._pairs if key == name]
        return found[-1].replace("\r\n", "\n").replace("\x00", "").strip() if found else ""

    def choice(self, name: str, known: tuple[str, ...] | frozenset[str]) -> str | None:
        """The text under a name where it is one that is known, else None."""
        given = self.text(name)
        return given if given in known else None

    def number(self, name: str, low: int, high: int) -> int | None:
        """A whole number in a range, else None."""
        given = self.text(name)
        number = (
            int(given) if given.isascii() and given.removeprefix("-").isdigit() and len(given) < 8 else None
        )
        return number if number is not None and low <= number <= high else None

    def day(self, name: str) -> date | None:
        """A date between 1900 and 2200, else None."""
        try:
            found = date.fromisoformat(self.text(name))
        except ValueError:
            return None
        return found if 1900 <= found.year <= 2200 else None

    def moment(self, name: str = "on") -> datetime:
        """The day that an entry is about, at midnight; today where none is given."""
        return datetime.combine(self.day(name) or date.today(), time())

    def yes(self, name: str) -> bool | None:
        """True for yes, False for no, None where nothing was chosen."""
        return {"yes": True, "no": False}.get(self.text(name))


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent: its name as the browser tells it, and what is in it. It is in memory alone."""

    name: str
    data: bytes


async def read_upload(request: Request, name: str) -> Upload | None:
    """The file under a name, or None where none was chosen."""
    async with request.form(max_files=1, max_fields=50, max_part_size=LONGEST) as sent:
        found = sent.get(name)
        if not isinstance(found, UploadFile) or not found.filename:
            return None
        return Upload(found.filename, await found.read())


async def read_form(request: Request) -> Form:
    """The text fields of a form; files are left out."""
    async with request.form(max_fields=5000, max_part_size=4 * LONGEST) as sent:
        return Form([(key, value) for key, value in sent.multi_items() if isinstance(value, str)])

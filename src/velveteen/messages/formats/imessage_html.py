"""The page layout of `imessage-exporter`, as it is written (ReagentX/imessage-exporter, exporters/html.rs)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from velveteen.messages.formats.imessage_lines import MOMENT, Said, moment_of
from velveteen.messages.formats.letters import aside

LONGEST_TAG = 256 * 1024
"""Letters without the end of a tag after which a page is taken to be broken."""
_MOMENT = re.compile(MOMENT)
_ASIDES = {"attachment": "attachment", "sticker": "sticker", "app": "app", "app_error": "app", "shareplay": "SharePlay",
           "shared_location": "location", "unsent": "unsent", "attachment_error": "attachment"}  # fmt: skip
_KEPT = {("span", "timestamp"), ("span", "sender"), ("span", "bubble"), ("span", "subject"), ("td", "")}


class _Page(HTMLParser):
    """Collects messages while a page is fed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[Said] = []
        self._said: Said | None = None
        self._last_div = ""
        self._below, self._answers = False, 0
        self._kept = ""
        self._tag, self._depth = "", 0
        self._text: list[str] = []
        self._cell = ""

    def finish(self) -> None:
        """Closes the message that is open."""
        if self._said is not None:
            self.done.append(self._said)
        self._said, self._below, self._answers = None, False, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = next((value or "" for key, value in attrs if key == "class"), "").split(" ")[0]
        if self._tag:
            self._depth += tag == self._tag
            if tag == "br":
                self._text.append("\n")
            return
        if tag == "div":
            self._div(kind)
        if self._said is None:
            return
        if (tag, kind) in _KEPT and not self._said.event:
            self._tag, self._kept, self._depth, self._text = tag, kind, 1, []
        elif kind in _ASIDES and not self._below:
            self._said.aside = self._said.aside or aside(_ASIDES[kind])

    def _div(self, kind: str) -> None:
        if kind in {"message", "announcement"} and self._last_div != "reply":
            self.finish()
            self._said = Said(self.getpos()[0], None, event=kind == "announcement")
        elif kind == "sent" and self._said is not None and not self._below:
            self._said.own = True
        self._below = self._below or kind == "replies"
        self._answers += kind == "replies" or self._answers > 0
        self._last_div = kind

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._answers > 0:
            self._answers -= 1
        if tag == "table" and self._said is not None and not self._below:
            self._said.body.extend(self._cell.split("\n"))  # the last cell is the last wording
        if tag != self._tag:
            return
        self._depth -= 1
        if self._depth == 0:
            self._keep("".join(self._text))
            self._tag = ""

    def handle_data(self, data: str) -> None:
        if self._tag:
            self._text.append(data)

    def _keep(self, text: str) -> None:
        said = self._said
        if said is None or self._below:
            if said is not None and self._answers == 0 and self._kept == "bubble":
                said.unclear = True
            return
        if self._kept == "timestamp" and said.at is None:
            said.at = moment_of(_MOMENT.match(text.strip()))
        elif self._kept == "sender" and not said.sender:
            said.sender = text.strip()
        elif self._kept in {"bubble", "subject"}:
            said.body.extend(text.split("\n"))
        elif self._kept == "":
            self._cell = text

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag == self._tag:
            self.handle_endtag(tag)


def messages_in(chunks: Iterable[str]) -> Iterator[Said]:
    """Messages and events of a page, one by one; a tag without an end gives one without a moment."""
    page = _Page()
    for chunk in chunks:
        page.feed(chunk)
        if len(page.rawdata) > LONGEST_TAG:
            page.finish()
            line = page.getpos()[0]
            page.done.append(Said(line, None))
            page.reset()
            page.lineno = line
        yield from page.done
        page.done.clear()
    page.close()
    page.finish()
    yield from page.done

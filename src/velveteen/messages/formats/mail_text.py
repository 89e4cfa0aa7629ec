"""A mail's own words: without what it quotes, forwards or signs with, and without the tags of a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_QUOTE = re.compile(r"^ ?(?:>|\|\s*>)")
_SIGNATURE = re.compile(r"^-- ?$")
_FORWARDED = re.compile(
    r"^(?:-{2,} ?(?:original message|forwarded message|forwarded by .{0,80}|ursprüngliche nachricht|"
    r"weitergeleitete nachricht|message d'origine|message original|message transféré|mensaje original|mensaje reenviado|"
    r"messaggio originale|messaggio inoltrato|oorspronkelijk bericht|doorgestuurd bericht|mensagem original|"
    r"mensagem encaminhada) ?-{0,}|begin forwarded message:|anfang der weitergeleiteten nachricht:|_{20,})\s*$",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"^(?:On|Am|Le|El|Il|Op|Em|Den|På)\b.{4,300}\b(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev)"
    r"\b.{0,100}:$",
    re.DOTALL,
)
_WHO = re.compile(r"^\*?(?:From|Von|De|Da|Van):\*? .+", re.IGNORECASE)
_WHEN = re.compile(
    r"^\*?(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado|Fecha|Inviato|Data|Verzonden):\*? .+", re.IGNORECASE
)
LONGEST_ATTRIBUTION = 3
"""Lines that "On … wrote:" may be broken into."""
LONGEST_PAGE = 512 * 1024
"""Letters of a page that are read."""
_SKIPPED = {"blockquote", "style", "script", "head", "title"}
_BREAKS = {"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4"}
_VOID = {"br", "img", "hr", "meta", "link", "input", "col", "area", "base", "wbr", "source", "embed"}
_QUOTE_CLASSES = {"gmail_quote", "gmail_quote_container", "gmail_signature", "moz-cite-prefix", "moz-signature",
                  "yahoo_quoted", "gmail_attr", "protonmail_quote"}  # fmt: skip


def own_words(text: str) -> str:
    """What the sender of a mail wrote in it."""
    lines = text.split("\n")
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at].rstrip()
        if _FORWARDED.match(line) or _SIGNATURE.match(lines[at]) or _is_block(lines, at):
            break
        skip = _attribution(lines, at)
        if skip:
            at += skip
            continue
        if not _QUOTE.match(line):
            kept.append(line)
        at += 1
    return "\n".join(kept).strip("\n")


def _is_block(lines: list[str], at: int) -> bool:
    """Whether the headers of an older mail begin here, as some programs put them above what they quote."""
    return _WHO.match(lines[at]) is not None and any(_WHEN.match(line) for line in lines[at + 1 : at + 4])


def _attribution(lines: list[str], at: int) -> int:
    """How many lines say who wrote what is quoted next; 0 where none do, or where no quotation follows."""
    if not lines[at][:1].isalpha():
        return 0
    for size in range(1, LONGEST_ATTRIBUTION + 1):
        if _ATTRIBUTION.match("\n".join(lines[at : at + size]).strip()):
            rest = next((line for line in lines[at + size :] if line.strip()), None)
            return size if rest is None or _QUOTE.match(rest) else 0
    return 0


class _Words(HTMLParser):
    """Text of a page, without what it quotes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = next((value or "" for key, value in attrs if key == "class"), "").split()
        if self._skipped:
            if tag == self._skipped[0] and tag not in _VOID:
                self._skipped.append(tag)
        elif tag in _SKIPPED or (_QUOTE_CLASSES & set(classes) and tag not in _VOID):
            self._skipped = [tag]
        elif tag in _BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped and tag == self._skipped[0]:
            self._skipped.pop()
        elif not self._skipped and tag in _BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.pieces.append(re.sub(r"\s+", " ", data))


def text_of_page(page: str) -> str:
    """The words of a page of a mail, one line a paragraph, without tags and without what it quotes."""
    parser = _Words()
    parser.feed(page[:LONGEST_PAGE])
    parser.close()
    text = "".join(parser.pieces)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip("\n")

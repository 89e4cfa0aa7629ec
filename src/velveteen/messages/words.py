"""Word lists of the countable codes: thanks, greetings, and the small words by which a language is told.

English is the first language and complete; the others hold only words that mean nothing else. A language that is
not here gives no courtesy channel at all: no word found would otherwise look like no thanks given.
"""

from __future__ import annotations

import re
from collections import Counter

_THANKS = (
    # English
    "thank you", "thank u", "thank ya", "thanks", "thankyou", "thanx", "thnx", "thx", "tysm", "tyvm", "tyty", "ty",
    "much appreciated",
    "much obliged", "i appreciate it", "i appreciate you", "i appreciate that", "really appreciate", "so grateful",
    "i'm grateful",
    "im grateful", "i am grateful", "bless you", "ta very much",
    # German, French, Spanish, Italian, Portuguese, Dutch
    "danke", "dankeschön", "danke schön", "dankschön", "vielen dank", "merci", "gracias", "grazie", "obrigado",
    "obrigada", "bedankt",
    "dankjewel", "dank je", "dank je wel", "dank u", "dank u wel",
)  # fmt: skip
_NO_THANKS = ("thanks for nothing", "thank you for nothing", "no thanks to you", "thanks to you i", "thank god",
    "thank goodness",
              "thank heavens", "thank christ", "thank fuck", "thank the lord", "danke für nichts", "merci pour rien",
              "gracias por nada", "grazie di niente", "grazie per niente")  # fmt: skip
_GREETINGS = (
    "hi", "hiya", "hii", "hiii", "hello", "hallo", "helo", "hey", "heya", "heyy", "heyyy", "howdy", "yo",
    "greetings", "morning",
    "good morning", "good afternoon", "good evening", "good day", "good night", "goodnight", "gm", "gn", "g'day", "evening",
    "afternoon", "welcome back", "happy birthday", "merry christmas", "happy new year", "sleep well", "sweet dreams",
    "guten morgen", "guten tag", "guten abend", "gute nacht", "servus", "moin", "bonjour", "bonsoir", "bonne nuit",
    "salut", "coucou",
    "hola", "buenos días", "buenos dias", "buenas tardes", "buenas noches", "ciao", "buongiorno", "buonasera", "buonanotte",
    "olá", "bom dia", "boa tarde", "boa noite", "goedemorgen", "goedemiddag", "goedenavond", "welterusten", "hoi",
)  # fmt: skip

FUNCTION_WORDS = {
    "en": "i you the a to and is it of that in my me we was for on have are not do be with so but your this just "
          "what at if no yes ok "
          "can will when he she they i'm it's don't am up see late home thanks good",
    "de": "ich du der die das und ist nicht ja nein ein eine zu mir dir wir es auch so was aber mit auf für hast "
          "habe bin doch",
    "fr": "je tu le la les et est pas oui non un une de à moi toi nous ce que mais avec pour suis ai as c'est on qui ça",
    "es": "yo tú el la los y es no sí un una de a me te que pero con para por está estoy lo mi tu se qué",
    "it": "io tu il la i e è non sì un una di a mi ti che ma con per sono ho hai lo si cosa anche come",
    "pt": "eu você o a os e é não sim um uma de me te que mas com para por está estou isso meu sua se",
    "nl": "ik jij je de het en is niet ja nee een van te mij we dat maar met voor ben heb heeft wat ook op",
}  # fmt: skip
"""Frequent small words by language; only for telling which language a person writes."""
_SMALL = frozenset(word for words in FUNCTION_WORDS.values() for word in words.split())

ENOUGH_WORDS = 200
COVERED_SHARE = 0.08
"""Ordinary talk in a covered language has a quarter or more of these words; another language has next to none."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def _phrases(phrases: tuple[str, ...]) -> str:
    return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True))


_THANK = re.compile(rf"(?<!\w)(?:{_phrases(_THANKS)})(?!\w)")
_UNTHANK = re.compile(rf"(?<!\w)(?:{_phrases(_NO_THANKS)})(?!\w)")
_GREET = re.compile(rf"\W*(?:oh\s+|and\s+|a\s+very\s+)?(?:{_phrases(_GREETINGS)})(?!\w|['’])")


def words_in(text: str) -> list[str]:
    """The words of a text, in lower case; numbers and signs are none. Scripts without spaces count by the run."""
    return _WORD.findall(text.casefold())


def thanks(text: str) -> bool:
    """Whether a text thanks somebody. A polite “no, thanks” counts; “thanks for nothing” and “thank God” do not."""
    low = text.casefold().replace("’", "'")
    found = _THANK.search(low)
    return found is not None and (
        _UNTHANK.search(low) is None or _THANK.search(_UNTHANK.sub(" ", low)) is not None
    )


def greets(text: str) -> bool:
    """Whether a text begins with a greeting, a good night, or good wishes for a day."""
    return _GREET.match(text.casefold().replace("’", "'")) is not None


def asks(text: str) -> bool:
    """Whether a text has a question mark in any script (Greek “;” left out: it is a semicolon elsewhere)."""
    return any(mark in text for mark in "?？؟⁇❓¿՞፧")


_NAMES_AND_WORDS = """will may mark rose hope grace joy faith dawn summer autumn april june august art bill pat sue
 rob jack nick chuck drew frank grant jay miles pierce ray rich rusty sandy skip victor wade guy dean ivy lily daisy amber
 ruby pearl crystal charity angel honey max penny bunny"""
_ALSO_WORDS = frozenset(_NAMES_AND_WORDS.split())


def name_pattern(author: str) -> re.Pattern[str] | None:
    """A pattern that finds a person called by name, from the name in the address book; None for a number or an initial.

    A first name that is also a word (Will, May, Hope) counts only as an address: capital, and set off by a comma,
    a greeting, or the end.
    """
    parts = [part for part in _WORD.findall(author) if len(part) >= 2]
    if not parts:
        return None
    first = parts[0]
    if first.casefold() not in _ALSO_WORDS:
        return re.compile(rf"(?<!\w){re.escape(first)}(?!\w)", re.IGNORECASE)
    name = re.escape(first[:1].upper() + first[1:].lower())
    before = r"(?:,\s*|(?:[Hh]i|[Hh]ello|[Hh]ey|[Dd]ear|[Tt]hanks|[Tt]hank you|[Ss]orry|[Mm]orning)\s+)"
    return re.compile(rf"^{name}\s*[,!:—–-]|{before}{name}(?!\w)(?!\s+\w)|{before}{name}\s*[,.!?]")


class LanguageTally:
    """Counts the small words by which a language is told, and nothing else."""

    def __init__(self) -> None:
        self._total = 0
        self._counts: Counter[str] = Counter()

    def add(self, words: list[str]) -> None:
        """Takes in the words of one text, as `words_in` gives them."""
        self._total += len(words)
        self._counts.update(filter(_SMALL.__contains__, words))

    def language(self) -> str | None:
        """The covered language ("en", …); "" where the words are too few to tell; None for another one."""
        if self._total < ENOUGH_WORDS:
            return ""
        shares = {
            code: sum(self._counts[w] for w in words.split()) / self._total
            for code, words in FUNCTION_WORDS.items()
        }
        best = max(shares, key=lambda code: shares[code])
        return best if shares[best] >= COVERED_SHARE else None

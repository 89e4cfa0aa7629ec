"""A sentence cut into clauses: who does what in each, and whether it is said to have happened at all.

Rules, not grammar: where they cannot tell, a clause counts as unsaid, and nothing is proposed of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Who = Literal["them", "me", "we", "other", ""]

_I = re.IGNORECASE
_GERMAN = re.compile(
    r"\b(ich|er|hat|habe|ist|mich|mir|und|nicht|kein\w*|heute|gestern|mein\w*|tag|wir)\b", _I
)
_SENTENCE = re.compile(r"(?:[^.!?\n]|\.(?!\s|$)|(?<=\d)\.)+[.!?\n]*")
_BOUNDARY = re.compile(
    r"\s*(?:[;:,()–—\n]+|\s-\s|\b(?:and|but|then|because|although|that|und|aber|dann|weil|denn|sondern|obwohl|dass)\b)\s*",
    _I,
)
_SUBJECT = re.compile(
    r"(?:\b(?:if|when|before|after|until|while|since|where|how|what|who|why|whether|as|so)\s+)*"
    r"\b(?:i|he|she|they|we)\b(?!\s*-)|(?<=\w )\bwho\b",
    _I,
)
_WORD = re.compile(r"\w")
_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|\"[^\"]*\"|«[^»]*»|»[^«]*«")

_PRONOUN = re.compile(r"\b(?:(?P<me>i|ich)|(?P<them>he|she|they|er)|(?P<we>we|wir))\b", _I)
_RELATIVE = re.compile(r"\W*who\b", _I)
_LEFT_OUT_ICH = re.compile(r"\W*(?:hab|habe|bin)\b", _I)
_SIE = re.compile(r"\bsie\b", _I)
_PARTNER = (
    "husband wife partner boyfriend girlfriend ex fiancé fiancée spouse mann frau freund freundin partnerin"
)
_MALE = (
    "father dad brother son uncle grandfather man guy boy stepfather vater papa bruder sohn onkel opa junge chef kollege "
    "nachbar nachbarn"
)
_FEMALE = (
    "mother mum mom sister daughter aunt grandmother woman girl stepmother mutter mama schwester tochter tante oma chefin "
    "kollegin nachbarin"
)
_EITHER = (
    "boss friend friends neighbour neighbours neighbor neighbors colleague colleagues doctor therapist teacher waiter kids "
    "children child baby parents family police lawyer manager in-laws freunde kinder kind eltern familie ärztin arzt lehrer "
    "therapeut therapeutin polizei"
)
_PEOPLE = f"{_PARTNER} {_MALE} {_FEMALE} {_EITHER}".replace(" ", "|")
_KIN = re.compile(
    rf"\W*(?:(?:today|yesterday|tonight|later|when|if|as|heute|gestern)\W+)?"
    rf"(?:(?:my|our|his|her|their|the|a|mein|meine|unser|unsere|sein|seine|ihr|ihre|der|die)\s+(?:\w+\s+)?)?"
    rf"(?P<noun>{_PEOPLE})\b",
    _I,
)
_NAME = re.compile(
    r"\W*(?P<name>[A-ZÄÖÜ][\w'’-]*[a-zäöüß])\s+(?:has\s+|had\s+)?(?:\w+ed|said|says|told|tells|came|went|left|hit|is|was|has|did|"
    r"does|swore|made|gave|took|broke|threw|lied|lies|read|hat|ist|hatte|war|sagt|sagte|will)\b"
)
_NOT_NAMES = (
    "The This That There It What Which Who Here Today Yesterday Tonight Nothing Nobody Everything Everyone "
    "Someone Something Dinner Breakfast Christmas Work Life Monday Tuesday Wednesday Thursday Friday Saturday "
    "Sunday Then Again Also Heute Gestern Dann Vielleicht Danach Das Es Alles Nichts Niemand Wieder Jetzt "
    "Später Was Wer Wo Wie Abends Morgens Trotzdem You Du Ihr Man One "
)
_SAY = re.compile(
    r"\b(?:says?|said|saying|tells?|told|asks?|asked|admits?|admitted|confess\w*|claims?|claimed|insists?|insisted|texted|wrote|writes|heard|sagt|sagte|gesagt|meint|"
    r"meinte|behauptet|behauptete|erzählt|erzählte|schreibt|geschrieben)\b",
    _I,
)
_HELD = re.compile(
    r"\b(?:maybe|perhaps|probably|wish\w*|hope[sd]?|hoping|thinks?|thought|guess\w*|wonder\w*|dream\w*|dreamt|fears?|bet|imagines?|pretend\w*|believes?|suppose|suspects?|wants?|"
    r"hoffe|hoffentlich|glaubt?|glaube|denke|denkt|dachte|geträumt|träumte|frage mich|wünsche|wünschte|vermute|befürchte)\b",
    _I,
)
_MODAL = re.compile(
    r"\b(?:maybe|perhaps|probably|would|could|might|may|should|will|shall|almost|nearly|as if|as though|unless|whether|"
    r"going to|gonna|about to|wants? to|wanted to|tends? to|vielleicht|wahrscheinlich|wohl|beinahe|"
    r"würde\w*|könnte\w*|hätte\w*|wird|werden|wollte\w*|soll\w*|falls|ob)\b|\b(?:can|could|would|should)n['’]t\b|\bwon['’]t\b|['’](?:ll|d)\b(?!\s+(?:been|had))",
    _I,
)
_GERMAN_MODAL = re.compile(r"\bfast\b", _I)
_IF = re.compile(r"\b(?:if|wenn|falls)\b", _I)
_PAST = re.compile(
    r"\b(?:used to|last (?:year|summer|winter|spring|autumn|month|christmas)|(?:years?|months?) ago|back then|"
    r"when we met|in the past|as a child|früher|damals|letztes jahr|"
    r"letzten (?:monat|sommer|winter)|vor (?:\w+ )?(?:jahren|monaten|einem jahr)|"
    r"always|every time|all the time|immer wieder|jedes mal)\b",
    _I,
)
_ENGLISH_NOT = re.compile(
    r"\b(?:not(?! only)|never|no longer|hardly|nobody|nothing|without|instead of|refus\w+ to|fail\w* to|stop(?:s|ped)|"
    r"no|none|neither|nor|far from|rather than)\b|\b(?:\w+n['’]t|cannot|didnt|doesnt|dont|hasnt|wasnt|isnt|wont)\b",
    _I,
)
_GERMAN_NOT = re.compile(
    r"\b(?:nicht(?! nur)|kein\w*|nie|niemals|ohne|nichts|statt|anstatt|aufgehört|weder|kaum)\b", _I
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause.

    Attributes:
        start, end: where it stands in the sentence.
        text: its words; what others are quoted with is blanked.
        who: who does it: the other ("them"), the owner ("me"), both, somebody else, or nobody named.
        doubted: whether it is a question, an if, a wish, or what somebody claims.
        modal: whether it only would, could or will be.
        past: whether it belongs to a time long before this day, or to none.
        german: whether the sentence is German.
        until: where its sentence ends.
        dreamt: whether it was a dream.
    """

    start: int
    end: int
    text: str
    who: Who
    doubted: bool
    modal: bool
    past: bool
    german: bool
    until: int
    dreamt: bool

    @property
    def said(self) -> bool:
        """Whether it is told as something that happened."""
        return not (self.doubted or self.modal)

    def denies(self, at: int) -> bool:
        """Whether what begins at a place of the sentence (an index) is denied in this clause."""
        before = self.text if self.german else self.text[: max(0, at - self.start)]
        return (_GERMAN_NOT if self.german else _ENGLISH_NOT).search(before) is not None


def after_subject(piece: str) -> str:
    """A clause without the words at its beginning that say who did it, where those name a person's role."""
    kin = _KIN.match(piece)
    return piece[kin.end() :] if kin else piece


def blanked(text: str) -> str:
    """The text with everything between quotation marks as spaces, of the same length."""
    return _QUOTED.sub(lambda found: " " * len(found[0]), text)


def clauses(text: str, *, them: str = "", quotes: bool = False) -> list[Clause]:
    """The clauses of a text, in its order.

    Args:
        text: what was written.
        them: the other, as the owner names them ("Ben", "my mother"); "": any name is taken to be theirs.
        quotes: whether words between quotation marks are read as well.
    """
    read = text if quotes else blanked(text)
    german = _GERMAN.search(text) is not None
    found: list[Clause] = []
    for sentence in _SENTENCE.finditer(read):
        asked = sentence[0].rstrip().endswith("?")
        found += _of_sentence(read, sentence.start(), sentence.end(), german=german, asked=asked, them=them)
    return found


def _of_sentence(text: str, start: int, end: int, *, german: bool, asked: bool, them: str) -> list[Clause]:
    found: list[Clause] = []
    past = _PAST.search(text, start, end) is not None
    others: set[str] = set()
    before = start
    for begin, stop in _pieces(text, start, end, german):
        piece, join = text[begin:stop], text[before:begin]
        who = _who(piece, them, others) or _left_out(piece, found)
        doubted = asked or _IF.search(piece) is not None or _HELD.search(piece) is not None
        doubted, modal = doubted or _reported(found, join), _is_modal(piece, german)
        dreamt = re.search(r"\b(?:dreamt|dreamed|dream|geträumt|träumte)\b", text[start:stop], _I) is not None
        found.append(Clause(begin, stop, piece, who, doubted, modal, past, german, end, dreamt))
        before = stop
    return found


def _pieces(text: str, start: int, end: int, german: bool) -> Iterator[tuple[int, int]]:
    """Where the clauses stand: between marks and joining words; in English also before each subject."""
    edges = [start]
    for boundary in _BOUNDARY.finditer(text, start, end):
        edges += [boundary.start(), boundary.end()]
    edges.append(end)
    for begin, stop in zip(edges[::2], edges[1::2], strict=True):
        cuts = [begin]
        for subject in () if german else _SUBJECT.finditer(text, begin, stop):
            if _WORD.search(text, cuts[-1], subject.start()):
                cuts.append(subject.start())
        yield from (pair for pair in zip(cuts, [*cuts[1:], stop], strict=True) if _WORD.search(text, *pair))


def _who(piece: str, them: str, others: set[str]) -> Who:
    kin, name, pronoun = _KIN.match(piece), _NAME.match(piece), _pronoun(piece)
    if kin and not (pronoun and pronoun.start() < kin.start("noun")):
        return _kin(kin["noun"].lower(), them, others)
    if name and name["name"] not in _NOT_NAMES.split() and not _PRONOUN.fullmatch(name["name"]):
        return "them" if not them or name["name"].lower() in them.lower().split() else "other"
    if pronoun is None:
        return "other" if _RELATIVE.match(piece) else ""
    if pronoun.lastgroup in {"me", "we"}:
        return "me" if pronoun.lastgroup == "me" else "we"
    # “My boss shouted and he slammed the door”: the pronoun may well be the boss.
    return "other" if pronoun[0].lower() in others else "them"


def _pronoun(piece: str) -> re.Match[str] | None:
    """The word that says who; a note such as “Habe sie gesehen” leaves out the I."""
    found = _PRONOUN.search(piece)
    return found or (None if _LEFT_OUT_ICH.match(piece) else _SIE.search(piece))


def _kin(noun: str, them: str, others: set[str]) -> Who:
    if noun in them.lower().split() or (not them and noun in _PARTNER.split()):
        return "them"
    male, female = noun in _MALE.split(), noun in _FEMALE.split()
    others |= {"they"} | (set() if female else {"he", "er"}) | (set() if male else {"she", "sie"})
    return "other"


def _left_out(piece: str, found: list[Clause]) -> Who:
    """Who it is where nobody is named: whoever it was before; a note without a subject is the owner's own."""
    if found:
        return found[-1].who
    return "them" if re.search(r"\b(?:me|mich|mir)\b", piece, _I) else "me"


def _is_modal(piece: str, german: bool) -> bool:
    return _MODAL.search(piece) is not None or (german and _GERMAN_MODAL.search(piece) is not None)


def _reported(found: list[Clause], join: str) -> bool:
    """Whether a clause is what somebody said, thought or wished, or what follows from an if."""
    if not found:
        return False
    before, joined = found[-1].text, join.strip(" ,:").lower()
    if _IF.search(before) and not found[-1].said:
        return joined in {"", "then", "dann"}
    open_ended = _SAY.search(before) or (_HELD.search(before) and not found[-1].said)
    if open_ended and joined in {"", "that", "dass"}:
        return True
    return not found[-1].said and joined in {"and that", "und dass"}

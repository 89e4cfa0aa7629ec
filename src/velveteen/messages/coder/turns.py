"""What the turn before was, so far as the answer depends on it: a feeling that was told, something raised, a no.

Read of the owner's own messages, only as the occasion of an answer: never stored, shown or counted as conduct.
"""

from __future__ import annotations

import re
from typing import Literal

from velveteen.messages.coder.text import read

Occasion = Literal["told", "raised", "refused"]
OCCASIONS: tuple[Occasion, ...] = ("told", "raised", "refused")

_FEELING = (
    r"(?:sad|scared|afraid|frightened|terrified|hurt|upset|lonely|alone|anxious|worried|nervous|angry|furious|cross|mad|stressed|"
    r"overwhelmed|exhausted|tired|drained|knackered|shattered|ashamed|embarrassed|humiliated|disappointed|gutted|heartbroken|devastated|jealous|guilty|ignored|unheard|"
    r"unloved|unsafe|small|invisible|stupid|useless|worthless|rejected|let down|left out|low|down|depressed|numb|frustrated|fed up|miserable|awful|terrible|horrible|rubbish|"
    r"like shit|like crap|insecure|hopeless|homesick|shaken|on edge|panicky|sick with worry|broken|empty|lost)"
)
_TOLD = re.compile(
    rf"\bi(?:'m|m| am| was| feel| felt|'ve been| have been| get| got| am feeling|'m feeling|'ve felt)(?: (?:so|really|very|just|pretty|quite|still|a bit|kind of|kinda|honestly|too|always|often|totally|completely|absolutely|feeling|such|all|like|that|about|being|a|bloody|fucking))* {_FEELING}\b|"
    r"\b(?:that|it|this|you|what you said|what happened)(?: (?:really|just|still|always|did|has|also))* (?:hurt|hurts|upset|upsets|scared|scares|frightened|frightens|worries|worried|stung|stings|broke my heart|got to me|makes me (?:feel|sad|cry|angry|anxious|so)|made me (?:feel|sad|cry|angry|anxious|so))\b|"
    r"\bi(?:'ve been|'m| was| am| have been|'d been)? (?:crying|cried|can'?t sleep|couldn'?t sleep|can'?t stop (?:crying|shaking|thinking|worrying)|shaking|dreading|struggling|not (?:ok|okay|coping|doing well|feeling (?:great|good|well)))\b|"
    r"\bi miss (?:him|her|my|them|you|us)\b|\bi (?:hate|dread|fear) (?:it when|when|being|going|this|how)\b"
)
RAISED = re.compile(
    r"\b(?:you|u) (?:said|promised|told me|agreed|swore) (?:you|u|that|we|to|it)\b|\b(?:why|how come) (?:did|didn'?t|do|don'?t|are|were|weren'?t|would|have|haven'?t) (?:you|u)\b|"
    r"\b(?:i (?:didn'?t|don'?t|did not|do not) (?:like|think it'?s (?:ok|okay|fair|right)|appreciate)(?: it)?(?: when| how| that| what| the way)? ?(?:you|u|being|your)?)\b|"
    r"\b(?:it|that) (?:wasn'?t|isn'?t|was not|is not|'s not) (?:ok|okay|fair|right|funny|kind|nice|acceptable)\b|"
    r"\b(?:you|u) (?:shouted|yelled|screamed|lied|forgot|hurt|ignored|embarrassed|called me|left me|broke|swore|pushed|laughed at|cancelled|canceled|didn'?t (?:come|call|tell|ask|turn up|show up|answer|reply|even)|never (?:came|called|told|asked|answered|turned up)|were (?:so )?(?:rude|mean|cruel|late|horrible|unkind|short|cold|nasty|supposed)|let me down|read my|went through|spoke to me|talked to me|made me feel)\b|"
    r"\b(?:can|could|need to|want to|have to|i'?d like to) (?:we |i )?(?:please )?(?:talk|speak) about\b|\bbring up\b|\bwhat you (?:said|did)\b|\bthe way you (?:spoke|talked|treat|treated|look|looked|shouted|were|are|speak|talk)\b|\bwhen you (?:said|shout|shouted|do that|did that|called|call me|left|ignore|ignored|speak|talk|laughed|told)\b"
)
_REFUSED = re.compile(
    r"^(?:no|nope|nah|sorry,? no|no,? sorry|no thanks|no thank you)\b(?! (?:worries|problem|idea|way!|way you|rush|wonder|need|one|prob))|\bi(?:'m| am)? (?:said no|not going to|not (?:coming|doing|happy with|comfortable|ready|ok with|okay with|willing)|can'?t (?:do that|come|make it|tonight|this)|don'?t (?:want|agree|think so|think that'?s)|won'?t|won'?t be|would rather not|'d rather not|disagree|need (?:some )?space|need you to stop)\b|"
    r"\b(?:i don'?t see it|i see it differently|that'?s not (?:true|how i|what i)|please stop|stop (?:it|this|that|calling|shouting|texting)|leave me alone|not tonight|not now|i'?m not having|i have (?:plans|to work))\b"
)
_PATTERNS: dict[Occasion, re.Pattern[str]] = {"told": _TOLD, "raised": RAISED, "refused": _REFUSED}


def occasions(text: str) -> frozenset[Occasion]:
    """What a turn of the owner's gives the other an occasion for. English only."""
    low = read(text).low
    return frozenset(name for name, pattern in _PATTERNS.items() if pattern.search(low))

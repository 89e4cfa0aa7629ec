"""Which kind of question a message asks: open, yes or no, or one that leads.

A question leads where it states and asks for a yes: a declarative with a question mark ("you went out?"), or a statement with
a tag ("you went out, didn't you?", "right?"). Terms: Stivers & Enfield 2010, J. Pragmatics 42: polar, content and declarative
questions, tags.
"""

from __future__ import annotations

import re
from typing import Literal

from velveteen.messages.coder.text import read

Kind = Literal["open", "yes_no", "leading"]

_WH = r"(?:what|who|whom|whose|which|where|when|why|how|whatcha|wheres|whats|whos|hows|whens|wut|wat|what's|who's|where's|how's|when's|why's|how'd|what'd|where'd|what're|how're|who're|how'll|who'd|wassup|sup|howdy)"  # fmt: skip
_AUX = r"(?:do|does|did|don't|doesn't|didn't|dont|doesnt|didnt|is|are|am|was|were|isn't|aren't|ain't|wasn't|weren't|isnt|arent|wasnt|werent|have|has|had|haven't|hasn't|hadn't|havent|hasnt|can|could|can't|couldn't|cant|couldnt|will|would|won't|wouldn't|wont|wouldnt|shall|should|shouldn't|shouldnt|may|might|must|mustn't|need|dare|d'you|d'ya|wanna|wilt)"  # fmt: skip
_SUBJECT = r"(?:i|you|ya|u|he|she|it|we|they|one|this|that|these|those|there|here|the|a|an|my|your|his|her|its|our|their|anyone|anybody|someone|somebody|everyone|everybody|everything|anything|something|nothing|people|any|some|both|all|it's|y'all|[a-z]+)"  # fmt: skip
_TAG_AUX = r"(?:do|does|did|don't|doesn't|didn't|dont|doesnt|didnt|is|are|am|was|were|isn't|aren't|ain't|wasn't|weren't|isnt|arent|aint|wasnt|werent|have|has|had|haven't|hasn't|hadn't|havent|hasnt|can|could|can't|couldn't|cant|couldnt|will|would|won't|wouldn't|wont|wouldnt|shall|should|shan't|shouldn't|shouldnt)"  # fmt: skip
_LEAD_IN = re.compile(
    r"^(?:(?:and|but|so|or|well|now|then|okay|ok|um+|uh+|erm?|oh|ah|hey|hi|hello|yeah|yes|no|right|look|listen|please|"
    r"like|actually|anyway|anyways|also|just|i mean|you know|let's see|by the way|btw|excuse me|sorry|tell me|mm+|hm+|"
    r"huh|wow|because|cause|cuz|'cause|mhm|uh-huh|gosh|god|man|dude|babe|baby|honey|love|mum|mom|dad|darling|sweetheart|wait|first|"
    r"basically|alright|all right|though|see|say|my god|oh my god|omg|lol|haha+|thanks|thank you|great|good|fine|really|i"
    r"(?= (?:wonder|was wondering)))[,.:;\- ]+)+"
)
_TAG = re.compile(
    rf"[,.\s](?:{_TAG_AUX} (?:i|you|ya|u|he|she|it|we|they|there|one)(?: not)?|right|huh|eh|hey|no|yes|yeah|okay|ok|correct|true|"
    rf"innit|alright|all right|am i right|or what|isn't that (?:so|right)|is that (?:so|right|correct)|don't you think|"
    rf"wouldn't you (?:say|agree)|you know|you see|got it|get it|understand|understood|y'know)\s*\?*$"
)
_STARTS_OPEN = re.compile(
    rf"^(?:(?:for|to|from|with|at|in|on|of|by|about|since|until|till|under|around|after) )?{_WH}\b"
)
_OPEN_INSIDE = re.compile(
    rf"\b(?:(?:do|did|can|could|would|will) (?:you|u|ya|they|he|she|we)(?: (?:happen to|please|maybe|possibly|ever))? (?:know|remember|recall|tell me|tell us|guess|say|"
    rf"explain|see|imagine|think of|find out|understand) (?:me |us )?{_WH}\b|any (?:idea|clue|thoughts?)(?: on| about)? {_WH}\b|"
    rf"(?:i wonder|i was wondering|i'm wondering|wondering|tell me|i'd like to know|i want to know|i need to know|let me know) {_WH}\b)"
)
_NOT_OPEN = re.compile(
    r"^(?:how about (?:we|if we)\b|what if|what about (?:we|if)\b|why don't (?:we|you|i)\b|why not\b.*\b(?:we|you|i)\b)"
)
_AND_YOU = re.compile(r"^(?:and )?(?:you|yours?|yourself)\s*\?+$")
_ECHO = re.compile(
    rf"\b{_WH}\s*\?+$|\b(?:about|with|from|for|to|at) {_WH}\s*\?+$|\b(?:did|was|is|are|were|do|does|say|said|mean|want|do|doing) {_WH}\s*\?+$"
)
_STARTS_AUX = re.compile(
    rf"^(?:not )?{_AUX}(?:\s+(?:not|even|really|still|ever|always|just|only|all|both))*\s+{_SUBJECT}\b"
)
_AUX_LATER = re.compile(
    rf"(?:^|[,;:\-]|\b(?:and|but|so|or|because|if|when|then|that|well|um+|uh+|too|now|there|here|me|it|one|you know)\b)[\s,]*{_AUX} (?:not )?"
    r"(?:i|you|ya|u|he|she|it|we|they|there|this|that|these|those|your|his|her|their|our|my|the|anyone|anybody|someone|any|everybody|everyone|people)\b"
)
_WH_LATER = re.compile(
    rf"(?:^|[,;:\-]|\b(?:and|but|so|or|well|um+|uh+|then|now|that|like|because|exactly|really)\b)[\s,]*(?:for |to |from |with |at |in |on |of |by |about |since )?{_WH}\b(?! (?:i|you|he|she|we|they|it) )"
)
_ELLIPTIC = re.compile(
    r"^(?:any|anything|anyone|anybody|anywhere|ever|ready|ok|okay|want|wanna|need|coming|going|feeling|seen|heard|got|having|you (?:ok|okay|alright|all right|ready|there|sure|awake|up|home|free|busy|in|around|well|coming|good)|everything|more|still|been|care|mind|hungry|tired|busy|free|home|sure|up for|fancy|feel like|remember|got any|know any|see that|notice)\b"
)
_STATES = re.compile(
    r"^(?:(?:and|but|so|or|then|well|oh|um|uh)\s+)*(?:i|you|ya|u|he|she|it|we|they|this|that|there|these|those|your|his|her|their|our|my|the|a|i'm|you're|he's|she's|it's|we're|they're|that's|there's|this is|you've|i've|they've|we've|you'd|he'd|she'd|you'll|he'll|she'll|it'll|they'll|youre|thats|its)\b"
)


def question_kind(text: str, *, asked: bool = False) -> Kind | None:
    """The kind of question that a message asks; of several, the last one's. None where it asks nothing.

    Args:
        text: the message.
        asked: whether it is known to be a question, as in transcripts without question marks.
    """
    sentences = read(text).sentences
    kinds = [kind for sentence in sentences if (kind := _sentence_kind(sentence, asked=False))]
    if kinds:
        return kinds[-1]
    return _sentence_kind(sentences[-1], asked=True) if asked and sentences else None


def _sentence_kind(sentence: str, *, asked: bool) -> Kind | None:
    marked = sentence.rstrip("\"' )").endswith("?")
    bare = _LEAD_IN.sub("", sentence).strip() or sentence
    unmarked = _clear_without_mark(bare)
    if not (marked or asked or unmarked):
        return None
    return _kind_of(bare, sentence)


def _clear_without_mark(bare: str) -> bool:
    """Whether a sentence without a question mark can only be a question, as people text: “what time is it”, “are you ok”."""
    if re.search(r"[.!]$", bare):
        return False
    if re.match(rf"^{_AUX} (?:you|u|ya|we|they|he|she|it|i|your|there|anyone|someone)\b", bare):
        return not re.match(
            r"^(?:do|have|may|had|were|need|dare|don't|dont|should|did) (?!you\b|u\b|we\b|they\b|he\b|she\b|it\b|i\b|your\b|there\b|anyone\b)",
            bare,
        )
    if re.match(
        r"^(?:what|where|when|why|how|who|which)(?:'s| is| are| was| were| do| does| did| time| much| many| long| about| have| has| can| could| would| will| should|'re|'d)\b",
        bare,
    ):
        return not re.match(
            r"^(?:what a\b|how (?:nice|lovely|cute|sweet|funny|awful|sad)\b|when (?:i|you|we|he|she|they)\b)",
            bare,
        )
    return False


def _kind_of(bare: str, sentence: str) -> Kind:
    if _NOT_OPEN.match(bare):
        return "yes_no"
    if _AND_YOU.match(bare):
        return "open"
    opens = _STARTS_OPEN.match(bare) is not None
    if not opens and not _STARTS_AUX.match(bare) and _TAG.search(sentence) and len(bare.split()) > 2:
        return "leading"
    if opens or _OPEN_INSIDE.search(bare):
        return "open"
    if _STARTS_AUX.match(bare):
        return "yes_no"
    if _WH_LATER.search(bare) or _ECHO.search(bare):
        return "open"
    if _AUX_LATER.search(bare) or _ELLIPTIC.match(bare):
        return "yes_no"
    return "leading" if _STATES.match(bare) or len(bare.split()) > 1 else "yes_no"

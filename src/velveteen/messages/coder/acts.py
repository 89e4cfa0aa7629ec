"""What a message does in a dialogue: inform, ask, direct (a request, an order, a suggestion) or commit (an offer, a promise, a yes to
what was asked).

The four acts are those of ISO 24617-2 as dialogue corpora group them (inform, question, directive, commissive). A commitment mostly
answers: "sure" commits after a request and informs after a question, so the turn before is read too. Where sentences of one message
do different things, the last one that does more than inform counts.
"""

from __future__ import annotations

import re
from typing import Literal

from velveteen.messages.coder.questions import question_kind
from velveteen.messages.coder.text import read
from velveteen.messages.coder.verbs import IMPERATIVES

Act = Literal["inform", "question", "directive", "commissive"]

_CALL = r"(?:(?:[a-z]{2,12}|my (?:dear|love)|sir|madam|mr\.? [a-z]+|mrs\.? [a-z]+|miss [a-z]+)\s*,\s*)?"
_SOFT = (
    r"^(?:(?:and|but|so|or|well|now|then|okay|ok|um+|uh+|oh|ah|hey|hi|hello|yeah|yes|yep|no|right|look|listen|see|please|pls|plz|just|also|first|"
    r"actually|anyway|sorry|excuse me|thanks|thank you|great|good|fine|all right|alright|really|in that case|if you (?:like|want|can|could|don't mind|would)|next|"
    r"finally|babe|baby|honey|love|mum|mom|dad|darling|dear|man|dude|kindly|simply|always|maybe|perhaps|guys|everyone|at least|for now|by the way|after that|before that|next time)\b[,.:;!\- ]*)*"
)
_ASKS = re.compile(
    r"\b(?:(?:can|could|would|will|can't|couldn't|won't) (?:you|u|ya|anyone|somebody|someone)(?: all| guys| both| two)?(?: just| please| pls| maybe| possibly| kindly| also| at least| ever)? (?!(?:be able|tell (?:if|whether)|imagine|believe|see (?:that|it|how)|hear me|speak|swim|drive|sing|dance|play|understand|remember|guess|know|like|prefer|want|think|say)\b)[a-z]+|"
    r"would you mind|do you mind [a-z]+ing|mind if you|i(?:'d| would) appreciate it if|i(?:'d| would) be (?:grateful|glad|happy) if you|i was (?:wondering|hoping) (?:if )?you|"
    r"i wonder if you (?:could|can|would)|i (?:need|want|expect|would like|'d like) you to|i'd like you to|(?:please|pls|plz) [a-z]+|could i (?:have|get|ask|borrow)|can i (?:have|get|borrow)|may i (?:have|see|borrow)|"
    r"is it (?:ok|okay|possible|all right) (?:if you|for you)|make sure (?:you|to|that)|be sure to|don't forget|remember to|feel free to|let me know|do me a favou?r)\b"
)
_SUGGESTS = re.compile(
    r"\b(?:let's|lets|let us|why don't (?:we|you)|why not (?:just )?[a-z]+|shall we|how about (?:we |you |if |a |the |some |going |[a-z]+ing|that|this|it)|what about (?:[a-z]+ing|a |the |some )|what do you say|"
    r"you (?:should|'d better|had better|ought to|must|have to|need to|might want to|may want to|could (?:try|just|always|take|use|ask|go|call|get))|you'd better|i (?:suggest|recommend|advise|think you should|insist)|i'd (?:suggest|recommend|advise)|"
    r"we (?:should|could|ought to|'d better|had better|must|need to|have to)|we'd better|want to (?:go|come|get|see|try|grab|join|have)|wanna (?:go|come|get|see|grab|join|have)|"
    r"if i were you|it'?s better (?:to|if)|it would be (?:better|best|good) (?:to|if)|you'll have to|you will have to|you can (?:take|go|get|use|try|ask|call|find|put|leave|pay|turn|come|just|start|have|see|also)|i(?:'d| would) like (?:to (?:have|order|book|make|see|buy|return|open|send|change|cash|reserve|check|talk|speak|rent|cancel|get|exchange|know)|a |an |the |some |two |one |my |it )|"
    r"i'll (?:have|take) (?:a |an |the |some |it|this|that|one|two)|give me|show me|tell me|help me|excuse me)\b"
)
_ORDERS = re.compile(
    r"^(?:shut up|stop|quit|get|go|come here|leave|give me|tell me|answer|hurry|don't you dare|do as|do what|listen to me|sit|wait|move|fix|clean|pick up|put|turn|bring)\b"
)
_VOWS = re.compile(
    r"\b(?:i (?:promise|swear|vow)|i give you my word|you have my word|my word on it|count on me|i will make sure|i won't let you down)\b"
)


def act(text: str, before: str = "") -> Act:
    """The act of one message.

    Args:
        text: the message.
        before: the other's turn before it; "": none.
    """
    own = _own_act(text)
    if own in ("question", "directive"):
        return own
    if before and _own_act(before) == "directive":
        return "commissive"  # whatever states something after a request takes it up or turns it down
    return "commissive" if _VOWS.search(read(text).low) else "inform"


def _own_act(text: str) -> Act:
    """The act by its own words: that of the last sentence that does more than inform."""
    found: Act = "inform"
    for sentence in read(text).sentences:
        here = _sentence_act(sentence)
        found = found if here == "inform" else here
    return found


def _sentence_act(sentence: str) -> Act:
    bare = re.sub(_SOFT, "", sentence).strip()
    if _ASKS.search(sentence):
        return "directive"
    if _suggests(sentence):
        return "directive"
    if question_kind(sentence):
        return "question"
    return "directive" if is_imperative(bare) else "inform"


def _suggests(sentence: str) -> bool:
    return _SUGGESTS.search(sentence) is not None


def is_imperative(bare: str) -> bool:
    """Whether a sentence without its opening words begins with a verb that tells somebody to do something."""
    first, _, rest = bare.partition(" ")
    first = first.strip(".,!;:")
    if first in ("don't", "dont", "do", "never", "just", "always"):
        second = rest.split(" ", 1)[0].strip(".,!") if rest else ""
        return second in IMPERATIVES or second == "be"
    return first in IMPERATIVES and not re.match(r"(?:s|ed|ing)\b", rest) and not _NOUNISH.match(rest)


_NOUNISH = re.compile(r"^(?:is|was|are|were|of|has|had|will|would|does|did|went|sounds|seems|makes|looks)\b")

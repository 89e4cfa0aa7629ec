"""What one message does, as far as words show it: questions, asking and ordering, apologies, wounds, regard.

Intention: each code rests on words that can be shown, with figures of how often it is right; nothing says what a person is.
In: a message's text and the turn before it. Out: codes, the words that prompt them, scores; the act, the kind of question.
"""

from velveteen.messages.coder.acts import act
from velveteen.messages.coder.message import CODES, Prompt, code, explain, scores
from velveteen.messages.coder.questions import question_kind

__all__ = ["CODES", "Prompt", "act", "code", "explain", "question_kind", "scores"]

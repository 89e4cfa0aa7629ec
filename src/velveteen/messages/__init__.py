"""Chat exports become dated messages and countable acts, on the owner's machine alone.

Intention: every line of an export accounted for; day and month never guessed; only what can be counted is counted.
In: a WhatsApp `.txt` or `.zip`, or one sentence. Out: `chat.ChatExport`, `codes.DayCodes`, journal entries (`imported`,
`coded_day`), `sentence.Proposal`.
"""

from velveteen.messages.chat import ChatExport, Message
from velveteen.messages.read import read_chat, read_export

__all__ = ["ChatExport", "Message", "read_chat", "read_export"]

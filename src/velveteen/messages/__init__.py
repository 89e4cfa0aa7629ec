"""Chat exports become dated messages and countable acts, on the owner's machine alone.

Intention: every line of an export accounted for; day and month never guessed; only what can be counted is counted.
In: a chat export (a file, a zip, a folder, or bytes), or one sentence. Out: `read.Export`, a stream of `chat.Message`;
`codes.DayCodes`, journal entries (`imported`, `coded_day`), `sentence.Proposal`.
"""

from velveteen.messages.chat import ChatExport, Message
from velveteen.messages.read import Export, open_export, read_chat, read_export

__all__ = ["ChatExport", "Export", "Message", "open_export", "read_chat", "read_export"]

"""One module a chat format.

Intention: each format known by its content, each lossless: what is no message is counted or listed.
In: the text of an export. Out: `velveteen.messages.chat.Parsed`.
"""

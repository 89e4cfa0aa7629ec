"""One module a chat format.

Intention: each format known by its content, each lossless: what is no message is counted or listed.
In: the parts of an export. Out: a stream of `velveteen.messages.chat.Message`, and `contract.Notes` on the rest.
"""

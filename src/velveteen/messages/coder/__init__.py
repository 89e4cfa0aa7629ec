"""What one message does, as far as words show it: questions, asking and ordering, apologies, wounds, regard.

Intention: each code rests on words that can be shown, with figures of how often it is right; nothing says what a person is.
In: a message's text and the turn before it. Out: `code.Coded`, codes with the words that prompted them.
"""

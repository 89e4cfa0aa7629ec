"""What a file holds, as entries: told by its content, read by what its owner says, on the terminal and the pages alike.

Intention: one way in for every format; nothing guessed that its owner can say, nothing skipped in silence.
In: a file, or the bytes of one, and answers. Out: `found.Found`: entries, and a problem for all that was not taken.
"""

"""The pages, on the owner's own machine: everything a person does, in a browser that asks nobody else.

Intention: calm pages over all rooms; what must be safe is safe before anything is shown.
In: forms and files from this machine's browser. Out: HTML, and entries in the sealed journal.
"""

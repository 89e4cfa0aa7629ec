"""What happened: entries, the sealed file, import and export.

Intention: the owner's record, append-only, on the owner's device, readable by the owner alone.
In: what a person writes; diary tables, pocket notation, JSONL, coded messages.
Out: `Entry` values. `journal.entries` imports no file and no database, so that every other room may use it.
"""

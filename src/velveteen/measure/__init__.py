"""Entries and coded messages become weekly cells, the public format of the library.

Intention: numbers with their exposure; calm and hard apart; what was not recorded stays missing, never zero.
In: `journal.entries.Entry`, coded messages, or any table. Out: `cells.Cell` rows and `channels.Channel` data.
"""

"""Knowledge as content files: the danger signs, the lines, the texts, the plans, the words that are never used.

Intention: safety before hope; what is shown to a frightened person is a closed, sourced, tested list.
In: danger.toml, crisis_lines.json, content/, evidence.toml, plan.toml, `journal.entries.Entry` of kind "danger".
Out: `DangerState`, `HelpLines`, `Page`, `Plan`, `Source`, word lists.
"""

"""Many households: the same judge over a cohort, on every core, in parts, or on several machines.

Intention: one household that cannot be judged never costs the others, and what is done is never done again.
In: households as tables, or one table with a column `household`. Out: verdicts or their rows, in order; and a hyperprior
fitted to a cohort, with a card. What reads and writes Parquet, and what speaks to a cluster, needs the extra `cohort`.
"""

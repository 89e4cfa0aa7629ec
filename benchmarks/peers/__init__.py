"""Peers: what else computes the same number.

Intention: the judge's speed and accuracy beside a general sampler on the very same model and arrays, in one run.
In: a record, an account, trajectories. Out: NUTS draws of the posterior, and the log evidence by bridge sampling.
"""

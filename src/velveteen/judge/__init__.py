"""Cells become a verdict: rival accounts of one record, weighed.

Intention: odds, an effect with an interval, and what is untested; no account is favoured by wording or by default.
In: `measure.cells` rows and turning points. Out: `verdict.Verdict`.
"""

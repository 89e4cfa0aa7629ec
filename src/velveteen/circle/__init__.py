"""The vicious circle as a simulator: households whose truth is known, for the demo, the tests and the benchmarks.

Intention: an agent model with mechanisms, day by day: exposure, shame, defence, harm, distance, threatened loss, effort. It
shares no formula with the judge's likelihood, so that what the judge finds in it is found and not put there.
In: an account, a length, a seed, and how the record is kept. Out: `Household`: latent days, a diary, entries, a chat.
"""

from velveteen.circle.course import ACCOUNTS
from velveteen.circle.household import Household, simulate
from velveteen.circle.parameters import Parameter, Person, table
from velveteen.circle.record import FULL, RecordKeeping

__all__ = ["ACCOUNTS", "FULL", "Household", "Parameter", "Person", "RecordKeeping", "simulate", "table"]

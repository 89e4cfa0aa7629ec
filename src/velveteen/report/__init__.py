"""A verdict and its record become pictures and papers.

Intention: words before pictures, harm before odds, and one self-contained page that asks nothing of the network.
In: `record.Record`, `guide.danger.DangerState`, `guide.lines.HelpLines`. Out: HTML texts by `for_me`, `for_helper` and
`for_lawyer`.
"""

from velveteen.report.lawyer import for_lawyer
from velveteen.report.papers import for_helper, for_me
from velveteen.report.record import Record

__all__ = ["Record", "for_helper", "for_lawyer", "for_me"]

"""See what changes, and whether it holds.

Intention: one record of one relationship, rival accounts of it, odds with their interval, safety first.
In: diaries, chat exports, tables. Out: the names below, each loaded when it is first asked for, so that starting is quick.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inspect import Signature

    from velveteen.circle import simulate as simulate
    from velveteen.cohort.many import judge_many as judge_many
    from velveteen.judge.api import judge as judge
    from velveteen.judge.outlook import outlook as outlook
    from velveteen.messages import read_chat as read_chat
    from velveteen.messages.draft import check_draft as check_draft
    from velveteen.problems import AmbiguousDates as AmbiguousDates
    from velveteen.problems import BadInput as BadInput
    from velveteen.problems import Problem as Problem
    from velveteen.problems import Refused as Refused

__version__ = "0.1.0"
__all__ = [
    "AmbiguousDates",
    "BadInput",
    "Problem",
    "Refused",
    "__version__",
    "check_draft",
    "judge",
    "judge_many",
    "outlook",
    "read_chat",
    "simulate",
]

_HOMES = {
    "AmbiguousDates": "velveteen.problems",
    "BadInput": "velveteen.problems",
    "Problem": "velveteen.problems",
    "Refused": "velveteen.problems",
    "check_draft": "velveteen.messages.draft",
    "judge_many": "velveteen.cohort.many",
    "outlook": "velveteen.judge.outlook",
    "read_chat": "velveteen.messages",
    "simulate": "velveteen.circle",
}


class _Judge(ModuleType):
    """The package `velveteen.judge`, which can also be called: see `velveteen.judge.api.judge`."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Weigh a record; arguments, result and errors are those of `velveteen.judge.api.judge`."""
        return import_module("velveteen.judge.api").judge(*args, **kwargs)

    # Read from the function when somebody asks: at import it would bring numpy along.
    @property
    def __signature__(self) -> Signature:
        from inspect import signature

        return signature(import_module("velveteen.judge.api").judge)

    @property
    def __doc__(self) -> str:  # type: ignore[override]
        function = import_module("velveteen.judge.api").judge
        return f"judge{self.__signature__}\n\n{function.__doc__}"


# `vt.judge(cells)` and the package `velveteen.judge` share a name; whichever is imported first, both must work.
import_module("velveteen.judge").__class__ = _Judge


def __getattr__(name: str) -> Any:
    """A public name, from the module where it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module 'velveteen' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return __all__

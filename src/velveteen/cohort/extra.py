"""What only cohorts need is an extra: where it is missing, a sentence says how to get it."""

from __future__ import annotations

from importlib import import_module

from velveteen.problems import BadInput


def check(*modules: str) -> None:
    """Pass in silence where these modules can be imported.

    Raises:
        BadInput: one of them is not installed.
    """
    for name in modules:
        try:
            import_module(name)
        except ImportError as error:
            message = (
                f"Cohorts in files need {name}, which is not installed here. "
                "“pip install velveteen[cohort]” brings it; nothing was changed."
            )
            raise BadInput("cohort_extra_missing", message) from error

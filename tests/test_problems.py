"""An error reaches another process whole."""

import pickle

import pytest

from velveteen.problems import AmbiguousDates, BadInput, Refused


@pytest.mark.parametrize(
    "error",
    [
        BadInput("broken", "Something is off.", line=3),
        Refused("no", "Not now.", out="x"),
        AmbiguousDates("Which is the day?"),
    ],
)
def test_an_error_survives_the_way_between_processes(error):
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert (str(again), again.as_dict(), again.exit_code) == (str(error), error.as_dict(), error.exit_code)

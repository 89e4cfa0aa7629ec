"""What cannot be simulated is refused in a plain sentence that names what can."""

import pytest

from velveteen import circle
from velveteen.problems import BadInput


@pytest.mark.parametrize(
    ("arguments", "therapy", "code", "says"),
    [
        (
            ("better", 10, 1),
            "none",
            "unknown_account",
            "same, worse, temporary, surface, conditional, lasting",
        ),
        (("same", 10, 1), "weekly", "unknown_therapy", "none, begun, committed"),
        (("same", 0, 1), "none", "weeks_out_of_range", "2,600"),
        (("same", 2601, 1), "none", "weeks_out_of_range", "2,600"),
        (("same", 10, -1), "none", "seed_below_zero", "0 upwards"),
    ],
)
def test_it_names_what_is_possible(arguments, therapy, code, says):
    with pytest.raises(BadInput, match=says) as caught:
        circle.simulate(*arguments, therapy=therapy)
    assert caught.value.code == code


def test_a_chat_is_written_in_a_form_that_exists(tmp_path):
    home = circle.simulate("same", 1, 1)
    with pytest.raises(BadInput, match="ios"):
        home.write_whatsapp(tmp_path / "chat.zip", form="nokia")
    with pytest.raises(BadInput, match=r"\.zip or \.txt"):
        home.write_whatsapp(tmp_path / "chat.pdf")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("weeks", [1, 2, 3])
def test_the_shortest_records_work(weeks):
    for account in circle.ACCOUNTS:
        home = circle.simulate(account, weeks, 3)
        assert len(home.days) == 7 * weeks
        assert home.diary_rows()


@pytest.mark.parametrize(
    ("values", "code", "says"),
    [
        ({"charm": 1.0}, "unknown_parameter", "charm"),
        ({"pulse_weeks": 0.0}, "parameter_out_of_range", "weeks"),
        ({"pulse_effort": 1.5}, "parameter_out_of_range", "share of full effort"),
        ({"owning": float("nan")}, "parameter_out_of_range", "log odds"),
    ],
)
def test_a_fixed_parameter_is_one_that_a_household_could_have(values, code, says):
    with pytest.raises(BadInput, match=says) as caught:
        circle.simulate("temporary", 4, 1, fixed=values)
    assert caught.value.code == code

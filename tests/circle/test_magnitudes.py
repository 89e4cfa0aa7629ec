"""Before any change a household looks like the ones the requirements describe."""

import pytest

from .looking import harm, kept, mean, owning


@pytest.fixture(scope="module")
def days(many):
    return [day for home in many("same") for day in home.days]


def test_four_to_seven_harmful_acts_a_week_at_ordinary_contact(days):
    assert 4 <= 7 * mean(len(day.acts) for day in days) <= 7


def test_contact_on_most_days(days):
    assert 0.88 <= mean(day.contact for day in days) <= 0.97


def test_hard_days_are_between_a_seventh_and_a_third(many):
    shares = [mean(day.hard for day in home.days if day.contact) for home in many("same")]
    assert 0.15 <= mean(shares) <= 0.35
    assert sum(0.12 <= share <= 0.38 for share in shares) >= 22


def test_treated_between_three_and_five(days):
    assert 3 <= mean(day.treated for day in days if day.contact) <= 5


def test_one_to_three_promises_come_due_a_week_and_a_third_are_kept(many, days):
    due = sum(len(day.outcomes) for day in days) / (len(days) / 7)
    assert 1 <= due <= 3
    assert 0.25 <= kept(days) <= 0.5


def test_owning_and_acknowledging_are_rare(days):
    assert 0.1 <= owning(days) <= 0.3
    assert 0.2 <= mean(day.acknowledges for day in days) <= 0.4


def test_some_threats_of_loss_a_year_and_few_partings(many):
    kinds = [kind for home in many("same") for _, kind in home.turning_points]
    years = 2 * len(many("same"))
    assert 0.7 <= kinds.count("loss_threatened") / years <= 4
    assert 0 < kinds.count("left") < kinds.count("loss_threatened")
    assert abs(kinds.count("returned") - kinds.count("left")) <= len(many("same"))


def test_households_differ_in_level(many):
    levels = sorted(harm(home.days) for home in many("same"))
    assert levels[-3] / levels[2] > 1.6


def test_weeks_ebb_and_flow_more_than_chance_alone(many):
    """Weekly counts of an unchanged household vary more than a Poisson of their mean would."""
    ratios = []
    for home in many("same"):
        counts = [sum(len(d.acts) for d in home.days[i : i + 7]) for i in range(0, len(home.days), 7)]
        level = mean(counts)
        ratios.append(mean((count - level) ** 2 for count in counts) / level)
    assert mean(ratios) > 1.3

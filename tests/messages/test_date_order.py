"""Day or month first: decided by the whole file, asked where it leaves both open, never guessed."""

from datetime import date, datetime, timedelta

import pytest

from velveteen.problems import AmbiguousDates, BadInput


def chat(days, layout="{d:02}/{m:02}/{Y}", hour=9):
    lines = [
        f"{layout.format(d=day.day, m=day.month, Y=day.year, y=day.year % 100)}, {hour:02}:00 - Ruth: x{i}"
        for i, day in enumerate(days)
    ]
    return "\n".join(lines) + "\n"


def small_days(start, end):
    """All days from start to end whose number fits a month too."""
    span = (start + timedelta(days=i) for i in range((end - start).days + 1))
    return [day for day in span if day.day <= 12]


def read_days(export):
    return [m.at.date() for m in export.messages]


DAY, MONTH = "{d:02}/{m:02}/{Y}", "{m:02}/{d:02}/{Y}"


@pytest.mark.parametrize("layout", [DAY, MONTH])
def test_a_number_above_12_decides(read, layout):
    days = [date(2021, 3, 9), date(2021, 3, 10), date(2021, 3, 13)]
    assert read_days(read(chat(days, layout))) == days


@pytest.mark.parametrize("layout", [DAY, MONTH])
def test_without_one_the_order_of_the_lines_decides(read, layout):
    days = small_days(date(2021, 2, 1), date(2022, 2, 5))
    assert read_days(read(chat(days, layout))) == days


@pytest.mark.parametrize("layout", [DAY, MONTH])
def test_one_turn_of_a_month_is_enough(read, layout):
    days = [date(2021, 4, 11), date(2021, 4, 12), date(2021, 5, 2), date(2021, 5, 4)]
    assert read_days(read(chat(days, layout))) == days


@pytest.mark.parametrize("layout", [DAY, MONTH])
def test_both_orders_in_line_are_asked(read, layout):
    days = [date(2021, 2, 3), date(2021, 2, 4), date(2021, 2, 7)]
    with pytest.raises(AmbiguousDates) as asked:
        read(chat(days, layout))
    assert asked.value.code == "ambiguous_dates"
    assert asked.value.as_dict()["ambiguous_dates"] is True
    assert asked.value.exit_code == 3
    assert "--day-first" in asked.value.message


def test_neither_order_in_line_is_asked(read):
    days = [
        date(2021, 5, 3),
        date(2021, 2, 8),
        date(2021, 9, 1),
        date(2021, 1, 12),
        date(2021, 7, 2),
        date(2021, 3, 9),
    ]
    with pytest.raises(AmbiguousDates):
        read(chat(days))


@pytest.mark.parametrize(("day_first", "expected"), [(True, date(2021, 2, 3)), (False, date(2021, 3, 2))])
def test_the_answer_settles_it(read, day_first, expected):
    text = chat([date(2021, 2, 3), date(2021, 2, 4)])
    assert read_days(read(text, day_first))[0] == expected


@pytest.mark.parametrize(("layout", "answer"), [(DAY, False), (MONTH, True)])
def test_an_answer_that_cannot_be_is_refused(read, layout, answer):
    with pytest.raises(BadInput) as refused:
        read(chat([date(2021, 3, 9), date(2021, 3, 25)], layout), answer)
    assert refused.value.code == "order_contradicted"


def test_an_answer_against_the_order_of_the_lines_is_taken_and_said(read):
    days = small_days(date(2021, 2, 1), date(2022, 2, 5))
    export = read(chat(days, DAY), False)
    assert read_days(export)[1] == date(2021, 2, 2)
    assert export.messages[2].at == datetime(2021, 3, 2, 9)
    assert "order_unlikely" in {p.code for p in export.problems}


def test_one_and_the_same_under_both_orders_needs_no_question(read):
    days = [date(2021, 5, 5), date(2021, 6, 6)]
    assert read_days(read(chat(days))) == days


@pytest.mark.parametrize("layout", [DAY, MONTH])
def test_late_messages_and_a_second_phone_do_not_turn_the_order(read, layout):
    days = small_days(date(2021, 2, 1), date(2022, 2, 5))
    late = [
        i for i in range(len(days) - 5) if days[i].day == 4
    ]  # each month one message that arrived five days late
    for i in late:
        days[i], days[i + 5] = days[i + 5], days[i]
    assert len(late) == 12
    export = read(chat(days, layout))
    assert read_days(export) == days


def test_a_few_lines_far_out_of_place_do_not_turn_it_either(read):
    days = small_days(date(2020, 2, 1), date(2022, 2, 5))
    days[40], days[90] = date(2020, 1, 8), date(2022, 2, 11)
    export = read(chat(days))
    assert read_days(export) == days
    assert "out_of_order" in {p.code for p in export.problems}


def test_a_pasted_line_that_is_no_date_in_this_order_is_listed(read):
    days = small_days(date(2021, 2, 1), date(2022, 2, 5))
    text = chat(days).replace("x20\n", "x20\n07/19/2021, 10:00 - Ruth: pasted\n")
    export = read(text)
    assert read_days(export) == days
    assert [text for _, text in export.unparsed] == ["07/19/2021, 10:00 - Ruth: pasted"]


@pytest.mark.parametrize("layout", ["{y:02}/{m:02}/{d:02}", "{d:02}.{m:02}.{y:02}", "{m}/{d}/{y:02}"])
def test_two_digit_years_wherever_they_stand(read, layout):
    days = [date(2021, 1, 4) + timedelta(days=3 * i) for i in range(60)]
    assert read_days(read(chat(days, layout))) == days


def test_three_two_digit_numbers_that_fit_more_ways_are_asked(read):
    with pytest.raises(AmbiguousDates):
        read(chat([date(2010, 9, 10), date(2010, 9, 11)], "{y:02}/{m:02}/{d:02}"))


def test_a_short_chat_with_two_digit_years_is_not_asked_about_the_year(read):
    days = [date(2021, 1, 25), date(2021, 1, 26), date(2021, 1, 28)]
    assert read_days(read(chat(days, "{d:02}/{m:02}/{y:02}"))) == days


def test_one_single_day_that_may_be_a_year_is_asked(read):
    text = chat([date(2020, 12, 25)], "{d:02}/{m:02}/{y:02}")
    with pytest.raises(AmbiguousDates):
        read(text)
    assert read_days(read(text, True)) == [date(2020, 12, 25)]


def test_year_first_is_never_asked(read):
    days = [date(2021, 2, 3), date(2021, 2, 4)]
    assert read_days(read(chat(days, "{Y}-{m:02}-{d:02}"))) == days


def test_a_clock_set_back_in_autumn_keeps_its_lines(read):
    text = "31/10/2021, 02:58 - Ruth: a\n31/10/2021, 02:01 - Ruth: b\n31/10/2021, 02:59 - Ruth: c\n"
    assert [m.at.minute for m in read(text).messages] == [58, 1, 59]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4/13/2564, 22:52 - Ruth: a\n", date(2021, 4, 13)),
        ("13/4/64, 22:52 - Ruth: a\n", date(2021, 4, 13)),
        ("1400/1/1, 22:52 - Ruth: a\n", date(2021, 3, 21)),  # the Persian new year of 1400
        ("1399/12/30, 22:52 - Ruth: a\n", date(2021, 3, 20)),  # 1399 was a leap year
        ("1403/12/30, 22:52 - Ruth: a\n", date(2025, 3, 20)),  # and so was 1403
    ],
)
def test_other_calendars_are_converted_and_said(read, text, expected):
    export = read(text)
    assert read_days(export) == [expected]
    assert "calendar" in {p.code for p in export.problems}


@pytest.mark.parametrize("year", ["1442", "110", "5781"])  # lunar Hijri, Minguo, Hebrew
def test_a_calendar_that_is_not_known_is_refused(read, year):
    with pytest.raises(BadInput) as refused:
        read(f"{year}/5/20, 22:52 - Ruth: a\n")
    assert refused.value.code == "unknown_calendar"

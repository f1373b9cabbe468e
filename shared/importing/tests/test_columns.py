"""What a cell may say in each kind of column."""

# ruff: noqa: DTZ001 - a spreadsheet's dates have no time zone

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.importing import AUDIENCES, Invalid, choice, code, day, reference, text, year
from shared.importing.columns import folded, items

MAY_DAY = date(2018, 5, 31)


@pytest.mark.parametrize(
    "cell",
    [
        "2018-05-31",
        " 2018-5-31 ",
        "2018-05-31T00:00:00",
        "2018-05-31 00:00",
        "31.05.2018",
        "31.5.2018",
        "31. 5. 2018",
        "43251",
        43251,
        43251.5,
        datetime(2018, 5, 31),
        datetime(2018, 5, 31, 14, 30),
        MAY_DAY,
    ],
)
def test_a_day_is_read_as_people_and_excel_write_it(cell):
    assert day(cell) == MAY_DAY


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("31.02.2018", "no-such-date"),
        ("2018-02-29", "no-such-date"),
        ("2018-13-01", "no-such-date"),
        ("0000-01-01", "no-such-date"),
        ("05/31/2018", "not-a-date"),
        ("31.05.18", "not-a-date"),
        ("våren 2018", "not-a-date"),
        ("2018-05-31T10:00:00", "not-a-date"),
        ("2018", "not-a-date"),
        (2018, "not-a-date"),
        (-1, "not-a-date"),
        (1e30, "not-a-date"),
        (True, "not-a-date"),
        (time(12, 0), "not-a-date"),
        ("٣١.05.2018", "not-a-date"),
        ("0218-05-31", "out-of-range"),
        (datetime(1899, 12, 31), "out-of-range"),
    ],
)
def test_what_is_not_a_day_says_why(cell, reason):
    with pytest.raises(Invalid) as error:
        day(cell)
    assert error.value.code == reason


@given(st.dates(date(1950, 1, 1), date(2200, 12, 31)))
def test_every_day_is_the_same_in_every_form(on):
    serial = (on - date(1899, 12, 30)).days
    assert {day(on.isoformat()), day(f"{on:%d.%m.}{on.year}"), day(serial), day(float(serial))} == {on}


@pytest.mark.parametrize("cell", ["2018", " 2018 ", 2018])
def test_a_year_is_a_whole_number(cell):
    assert year(cell) == 2018


@pytest.mark.parametrize("cell", ["18", "2018-2019", 20180, 2018.5, True, date(2018, 1, 1), "1899", 2201])
def test_what_is_not_a_year_is_a_fault(cell):
    with pytest.raises(Invalid):
        year(cell)


@pytest.mark.parametrize("cell", ["top_leaders", "Toppledere", "TOP LEADERS", "toppledere "])
def test_a_choice_is_made_by_its_code_or_its_word(cell):
    assert choice(AUDIENCES)(cell) == "top_leaders"


def test_an_unknown_choice_names_the_known_ones():
    with pytest.raises(Invalid) as error:
        choice({"purpose": ("formål",), "objective": ()})("visjon")
    assert error.value.params == {"allowed_nb": "formål, objective", "allowed_en": "purpose, objective"}


def test_a_cell_with_several_values_is_split_trimmed_and_without_repetitions():
    assert items(" KJ.2; KJ.1 |KJ.2;;\nKJ.3 ") == ["KJ.2", "KJ.1", "KJ.3"]


def test_text_is_composed_and_its_line_breaks_are_one_character():
    assert text("\ufeff  A\u030apent\r\nog ærlig\u00a0") == "Åpent\nog ærlig"


def test_a_control_character_is_a_fault():
    for character in "\x00\x07\x1b\x7f\ufffe\uffff":
        with pytest.raises(Invalid):
            text(f"a{character}b")


def test_a_code_that_the_spreadsheet_made_a_date_of_is_a_fault():
    for parse in (code, reference):
        with pytest.raises(Invalid) as error:
            parse(datetime(2018, 2, 1))
        assert error.value.code == "code-became-date"


def test_a_code_is_one_line():
    assert code("  OB 1\n 2 ") == "OB 1 2"


@pytest.mark.parametrize(
    "name",
    ["expected_effect", "Expected Effect", "expected-effect", "EXPECTEDEFFECT", "  Expected\neffect * "],
)
def test_names_are_compared_without_case_blanks_and_punctuation(name):
    assert folded(name) == folded("expected_effect")


@pytest.mark.parametrize(("one", "other"), [("Målgruppe", "maalgruppe"), ("Støtter", "stotter"), ("område", "OMRADE")])
def test_names_are_compared_without_diacritics(one, other):
    assert folded(one) == folded(other)

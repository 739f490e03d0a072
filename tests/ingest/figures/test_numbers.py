"""One number as it is printed: marks of thousands and decimals, signs, units."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from ingest.figures import (
    format_es,
    parse_number,
)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("35,1", "35.1"),
        ("75.3", "75.3"),
        ("2.672", "2672"),
        ("12,426", "12426"),
        ("73.370", "73370"),
        ("3.125", "3125"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("3.1416", "3.1416"),
        ("1234,567", "1234.567"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("57,600,000,00", "57600000"),
        ("57,600,000.00", "57600000"),
        ("384.615.384,00", "384615384"),
        ("157. 500.000", "157500000"),
        ("1 500 000", "1500000"),
        ("1'500.000", "1500000"),
        ("1’234.567,89", "1234567.89"),
        ("$’897.206.000.oo", "897206000"),
        (".0", "0"),
        ("-5,2", "-5.2"),
        ("$ 400.000.000", "400000000"),
        ("74,9 %", "74.9"),
        ("2.000.", "2000"),
        ("2000", "2000"),
    ],
)
def test_printed_numbers_are_read_in_both_ways_of_writing(printed: str, value: str) -> None:
    assert parse_number(printed) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "-", "N.D.", "1,2,3", "12.34.56", "1.2.3.4", "7 y 3", "12 34", "1234.567.890", "a1", "1" * 500]
)
def test_what_is_no_printed_number_is_none_and_never_zero(text: str) -> None:
    assert parse_number(text) is None


def test_a_lone_mark_before_three_digits_is_decimal_when_told() -> None:
    assert parse_number("3.125", lone_mark="decimal") == Decimal("3.125")
    assert parse_number("1.234.567", lone_mark="decimal") == 1234567


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_two_decimals_survive_both_ways_of_writing(value: Decimal) -> None:
    for locale in ("es_CO", "en_US"):
        assert parse_number(format_decimal(value, format="#,##0.00", locale=locale)) == value


@given(st.integers(min_value=0, max_value=10**15))
def test_whole_numbers_survive_both_ways_of_writing(value: int) -> None:
    for locale in ("es_CO", "en_US"):
        assert parse_number(format_decimal(value, format="#,##0", locale=locale)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=10**6, max_value=10**12))
def test_any_decimals_are_unambiguous_after_two_groups(value: Decimal) -> None:
    assert parse_number(format_es(value)) == value


def test_formatting_is_colombian_and_drops_no_decimals() -> None:
    assert format_es(Decimal("1234567.891234")) == "1.234.567,891234"
    assert format_es(Decimal("2672")) == "2.672"
    assert format_es(Decimal("35.10")) == "35,1"
    assert format_es(Decimal("28")) == "28"

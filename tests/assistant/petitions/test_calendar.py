from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.petitions.calendar import business_days_left, due_date, holidays_between, is_business_day


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        (date(2026, 3, 2), 10, date(2026, 3, 16)),  # two plain weeks
        (date(2026, 3, 31), 5, date(2026, 4, 9)),  # Holy Thursday and Good Friday
        (date(2026, 1, 8), 5, date(2026, 1, 16)),  # Epiphany, moved to the Monday
        (date(2025, 12, 30), 10, date(2026, 1, 15)),  # over New Year and Epiphany
        (date(2026, 3, 7), 5, date(2026, 3, 13)),  # a Saturday: Monday is day 1
        (date(2026, 3, 8), 5, date(2026, 3, 13)),  # a Sunday
    ],
)
def test_the_first_business_day_after_receipt_is_day_one(received: date, days: int, due: date) -> None:
    assert due_date(received, days) == due


def test_holidays_moved_to_monday_are_skipped() -> None:
    assert holidays_between(date(2026, 6, 5), date(2026, 6, 19)) == (date(2026, 6, 8), date(2026, 6, 15))


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(1, 40))
def test_a_term_has_as_many_business_days_as_it_says(received: date, days: int) -> None:
    due = due_date(received, days)
    counted = [received + timedelta(days=n) for n in range(1, (due - received).days + 1)]
    assert is_business_day(due)
    assert sum(map(is_business_day, counted)) == days
    assert business_days_left(received, due) == days


def test_days_left_are_negative_as_soon_as_it_is_late() -> None:
    friday = date(2026, 3, 13)
    assert [business_days_left(friday + timedelta(days=n), friday) for n in (-1, 0, 1, 3, 4)] == [1, 0, -1, -1, -2]

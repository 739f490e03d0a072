"""Business days in Colombia: Saturdays, Sundays and holidays do not count, and the day of receipt does not either.

Source: articles 14 and 21 of the CPACA (Law 1755 of 2015) count "días siguientes a su recepción"; article 62 of Law 4
of 1913 makes them business days. Holidays: Law 51 of 1983, as the package ``holidays`` computes them.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache


def is_business_day(day: date) -> bool:
    return day.weekday() < 5 and day not in holidays_of(day.year)


@cache
def holidays_of(year: int) -> frozenset[date]:
    """The national holidays of a year."""
    from holidays import country_holidays

    return frozenset(country_holidays("CO", years=year))


def due_date(received: date, business_days: int) -> date:
    """The last day of a term; the first business day after receipt is its day 1."""
    day = received
    while business_days > 0:
        day += timedelta(days=1)
        business_days -= is_business_day(day)
    return day


def holidays_between(received: date, due: date) -> tuple[date, ...]:
    """The holidays from Monday to Friday that a term skips."""
    days = (received + timedelta(days=n) for n in range(1, (due - received).days + 1))
    return tuple(day for day in days if day.weekday() < 5 and not is_business_day(day))


def business_days_left(today: date, due: date) -> int:
    """Business days after today until the due date; 0 on the day itself, negative for those that passed since."""
    if due >= today:
        return sum(is_business_day(today + timedelta(days=n)) for n in range(1, (due - today).days + 1))
    return -sum(is_business_day(due + timedelta(days=n)) for n in range(1, (today - due).days + 1)) or -1

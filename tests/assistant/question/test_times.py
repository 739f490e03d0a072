"""When a question asks for, and whether a row speaks of that time."""

from __future__ import annotations

import pytest

from assistant.corpus.corpus import Item
from assistant.question.times import Interval, intervals_in, row_intervals, speaks_of
from tests.support.town import Town

Y2023, Y2025, Y2026, Y2027 = (Interval(f"{year}-01-01", f"{year}-12-31") for year in (2023, 2025, 2026, 2027))
Q4_2024 = Interval("2024-10-01", "2024-12-31")
Q1_2025 = Interval("2025-01-01", "2025-03-31")


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("2025", Y2025),
        ("febrero de 2024", Interval("2024-02-01", "2024-02-29")),
        ("21 de marzo de 2025", Interval("2025-03-21", "2025-03-21")),
        ("primer trimestre de 2025", Q1_2025),
        ("1 oct al 31 dic 2024", Q4_2024),
        ("2024-2027", Interval("2024-01-01", "2027-12-31")),
    ],
)
def test_dates_and_periods_of_a_text(text: str, interval: Interval) -> None:
    assert intervals_in(text) == (interval,)


def test_a_text_without_a_year_has_no_time() -> None:
    assert intervals_in("el primer trimestre, en marzo, a 28") == ()


def test_intervals_overlap_when_they_share_a_day() -> None:
    assert Interval("2025-01-01", "2025-03-31").overlaps(Interval("2025-03-31", "2025-04-30"))
    assert not Q1_2025.overlaps(Q4_2024)


def at(town: Town, metric: str, figure: str) -> Item:
    return next(
        item
        for item in town.corpus.rows
        if item.row and item.row.metric == metric and item.row.figure and item.row.figure.text == figure
    )


def test_a_target_holds_for_the_end_of_its_period_and_not_for_a_year_in_between(town: Town) -> None:
    row = town.item("Docentes formados en lectura")
    assert speaks_of(row, [Y2027])
    assert not speaks_of(row, [Y2026])


def test_a_baseline_holds_for_the_date_of_its_source(town: Town) -> None:
    row = town.item("Accidentes en vías rurales")
    assert speaks_of(row, [Y2023])
    assert not speaks_of(town.item("Docentes formados en lectura"), [Y2023])


def test_a_figures_own_period_decides_before_that_of_its_document(town: Town) -> None:
    row = at(town, "Brigada móvil", "1.130")
    assert speaks_of(row, [Q4_2024])
    assert not speaks_of(row, [Y2025])


def test_a_figure_without_a_date_holds_for_its_document(town: Town) -> None:
    row = at(town, "Asignado", "$700.000.000")
    assert speaks_of(row, [Y2025])
    assert not speaks_of(row, [Y2023])


def test_whoever_asks_for_no_time_gets_any(town: Town) -> None:
    assert all(speaks_of(item, []) for item in town.corpus.items)


def test_a_row_has_the_times_that_its_figures_state(town: Town) -> None:
    row = at(town, "Brigada móvil", "1.390").row
    assert row is not None
    assert row_intervals(row) == (Q1_2025,)

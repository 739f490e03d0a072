"""How far a row is: target, latest progress and percentage, and what may be computed of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ingest.records import Figure, IndicatorRow, Place, RowLink, YearFigures
from ingest.series import last_reported_years
from ingest.standing import Standing, standing
from ingest.wording.accumulation import meaning_of


def figure(value: float | str | None, unit: str | None = None) -> Figure | None:
    if value is None:
        return None
    if isinstance(value, str):
        return Figure(text=value, value=None, unit=unit)
    return Figure(text=str(value), value=Decimal(str(value)), unit=unit)


def years(*given: tuple[int, float | None, float | str | None, float | None]) -> tuple[YearFigures, ...]:
    """(year, target, progress, percent) of each year."""
    return tuple(
        YearFigures(
            year=year,
            target=figure(target),
            progress=figure(progress),
            percent=None if percent is None else Decimal(str(percent)),
        )
        for year, target, progress, percent in given
    )


def plan(target: float | str | None = 100, accumulation: str | None = None, **more: Any) -> IndicatorRow:
    fields: dict[str, Any] = {
        "row_id": "p",
        "document_id": "plan",
        "kind": "product",
        "indicator": "Aulas construidas",
        "target": figure(target),
        "accumulation": accumulation,
        "period": "2024-2027",
        "links": (RowLink(row_id="r", confidence=1.0),),
        "place": Place(line=1),
    }
    return IndicatorRow.model_validate(fields | more)


def report(*series: tuple[int, float | None, float | str | None, float | None], **more: Any) -> IndicatorRow:
    fields: dict[str, Any] = {
        "row_id": "r",
        "document_id": "informe",
        "kind": "progress",
        "indicator": "Aulas construidas",
        "period": "2024-2027",
        "yearly": years(*series),
        "place": Place(line=2),
    }
    return IndicatorRow.model_validate(fields | more)


def side_by_side(found: Standing) -> tuple[str | None, str | None, int | None, Decimal | None]:
    return (
        found.target.text if found.target else None,
        found.progress.text if found.progress else None,
        found.year,
        found.percent,
    )


def test_the_percentage_is_the_printed_one_of_the_latest_year() -> None:
    found = standing(plan(300), [report((2024, 100, 90, 90), (2025, 80, 64, 80))])
    assert side_by_side(found) == ("300", "64", 2025, 80)
    assert (found.percent_year, found.computed, found.row_ids) == (2025, False, ("r",))


def test_of_an_indicator_that_does_not_say_how_its_years_add_nothing_is_computed() -> None:
    found = standing(plan(300), [report((2024, 100, 90, None), (2025, 80, 64, None))])
    assert side_by_side(found) == ("300", "64", 2025, None)
    assert not found.computed


def test_years_that_add_up_are_added_with_their_terms() -> None:
    found = standing(plan(2000, "Acumulativo"), [report((2024, 505, 505, 100), (2025, 540, 114, 21.1))])
    assert side_by_side(found) == ("2000", "619", 2025, Decimal("30.95"))
    assert (found.progress_terms, found.percent_terms) == ("505 + 114", "619 ÷ 2.000 × 100")
    assert found.latest is not None
    assert (found.latest.year, found.latest.percent) == (2025, Decimal("21.1"))


@pytest.mark.parametrize("wording", ["No acumulativo", "Mantenimiento", "Flujo", "Stock", "Meta de mantenimiento"])
def test_values_that_do_not_accumulate_are_never_added(wording: str) -> None:
    found = standing(plan(800, wording), [report((2024, 800, 800, None), (2025, 800, 421, None))])
    assert side_by_side(found) == ("800", "421", 2025, Decimal("52.63"))
    assert found.progress_terms is None
    assert found.percent_terms == "421 ÷ 800 × 100"


def test_a_printed_sum_of_years_that_do_not_accumulate_is_not_the_progress() -> None:
    # A dashboard prints 9424 + 4991 as the progress of the term of an indicator that is to be kept at 11126.
    row = report(
        (2024, 11126, 9424, 84.7),
        (2025, 11126, 4991, 44.86),
        metric="Avance Cuatrienio",
        figure=figure(14415),
        target=figure(11126),
        accumulation="Mantenimiento",
        cells=(("% Avance Cuatrienio", "32.39"),),
    )
    found = standing(plan(11126), [row])
    assert side_by_side(found) == ("11126", "4991", 2025, Decimal("44.86"))


def test_a_printed_progress_of_the_term_is_taken_with_its_percentage() -> None:
    row = report(
        (2024, 12500, 11965, 95.72),
        (2025, 12500, 239, 1.91),
        metric="Avance Cuatrienio",
        figure=figure(12204),
        accumulation="Acumulativo",
        cells=(("Meta Cuatrienio", "50000"), ("% Avance Cuatrienio", "24.41")),
    )
    found = standing(plan(50000, "Acumulativo"), [row])
    assert side_by_side(found) == ("50000", "12204", 2025, Decimal("24.41"))
    assert (found.percent_year, found.computed) == (None, False)


def test_a_reduction_is_measured_from_the_baseline_down() -> None:
    row = report((2024, None, 34, None), (2025, None, 31, None))
    found = standing(plan(28, "Reducción", baseline=figure(35.1)), [row])
    assert side_by_side(found) == ("28", "31", 2025, Decimal("57.75"))
    assert found.percent_terms == "(35,1 − 31) ÷ (35,1 − 28) × 100"


@pytest.mark.parametrize("baseline", [None, 20])
def test_a_reduction_without_a_higher_baseline_is_not_computed(baseline: float | None) -> None:
    found = standing(plan(28, "Reducción", baseline=figure(baseline)), [report((2025, None, 31, None))])
    assert side_by_side(found) == ("28", "31", 2025, None)


def test_a_reduction_told_in_amounts_is_not_measured_as_levels() -> None:
    row = report((2024, 4, 4, None), (2025, 3, 3, None), (2026, 3, None, None))
    assert standing(plan(10, "Reducción", baseline=figure(40)), [row]).percent is None


def test_capacity_is_measured_from_the_baseline_up() -> None:
    found = standing(plan(90, "Capacidad", baseline=figure(50)), [report((2025, None, 60, None))])
    assert (found.percent, found.percent_terms) == (25, "(60 − 50) ÷ (90 − 50) × 100")


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ((25, 25, 25, 25), ("30", Decimal("30.00"))),  # yearly targets that add up to the term's: years are added
        ((25, 50, 75, 100), ("20", Decimal("40.00"))),  # levels that rise to the term's: the latest, of its own target
        ((9, 9, 9, 9), ("20", None)),  # neither: nothing is computed
    ],
)
def test_an_increase_is_what_its_yearly_targets_say(
    targets: tuple[int, ...], expected: tuple[str, Decimal | None]
) -> None:
    series = [(2024 + i, target, (10, 20, None, None)[i], None) for i, target in enumerate(targets)]
    found = standing(plan(100, "Incremento"), [report(*series)])
    assert (found.progress.text if found.progress else None, found.percent) == expected
    assert found.percent_year == (2025 if expected[1] == 40 else None)


def test_levels_that_are_called_cumulative_are_not_added() -> None:
    row = report((2024, 25, 20, None), (2025, 50, 45, None), (2026, 75, None, None), (2027, 100, None, None))
    found = standing(plan(100, "Acumulado"), [row])
    assert (found.progress_terms, found.progress and found.progress.text) == (None, "45")


def test_plan_and_report_that_contradict_each_other_compute_nothing() -> None:
    row = report((2024, 4, 4, None), (2025, 4, 3, None), accumulation="Mantenimiento")
    found = standing(plan(16, "Acumulativo"), [row])
    assert side_by_side(found) == ("16", "3", 2025, None)


def test_zeros_of_years_to_come_are_not_the_latest_progress() -> None:
    ours = report((2024, 5, 5, None), (2025, 5, 0, None), (2026, 5, 0, None), (2027, 5, 0, None))
    other = report((2024, 5, 1, None), (2025, 5, 2, None), (2026, 5, 0, None), row_id="r2")
    known = last_reported_years([ours, other])
    assert known == {"informe": 2025}
    assert side_by_side(standing(plan(5, "No acumulativo"), [ours], known)) == ("5", "0", 2025, 0)


def test_a_year_without_anything_programmed_is_not_the_latest() -> None:
    ours = report((2024, 1, 1, None), (2025, 0, 0, None))
    found = standing(plan(1, "No acumulativo"), [ours], {"informe": 2025})
    assert side_by_side(found) == ("1", "1", 2024, 100)


def test_progress_of_several_codes_together_is_said_and_nothing_is_computed_of_it() -> None:
    row = report((2024, 500, 500, None), (2025, 500, 421, 84.2), codes={"sispt": "IP-7, IP-8"})
    found = standing(plan(300, "Acumulativo"), [row])
    assert side_by_side(found) == ("300", "421", 2025, Decimal("84.2"))
    assert (found.shared_codes, found.computed) == (("IP-7", "IP-8"), False)


def test_a_report_of_its_own_row_goes_before_one_that_shares_it() -> None:
    shared = report((2025, None, 9, None), codes={"sispt": "IP-7, IP-8"}, row_id="s")
    found = standing(plan(300), [shared, report((2025, None, 4, None))])
    assert (found.row_ids, found.shared_codes) == (("r",), ())


def test_years_of_several_reports_are_added_once_each() -> None:
    first = report((2024, None, 12, None), row_id="a", document_id="2024")
    second = report((2024, None, 11, None), (2025, None, 6, None), row_id="b", document_id="2025")
    found = standing(plan(60, "Acumulativo"), [first, second])
    assert (found.progress_terms, found.percent) == ("11 + 6", Decimal("28.33"))
    third = standing(plan(60, "Acumulativo"), [first, report((2025, None, 6, None), row_id="b", document_id="2025")])
    assert (third.progress_terms, third.row_ids) == ("12 + 6", ("b", "a"))


def test_money_is_no_progress() -> None:
    money = report((2025, None, None, 62), kind="budget")
    assert side_by_side(standing(plan(300), [money])) == ("300", None, None, None)


def test_a_plan_with_its_own_yearly_columns_speaks_for_itself() -> None:
    row = plan(10, "Acumulativo", yearly=years((2024, 5, 5, None), (2025, 5, 2, None)), links=())
    assert side_by_side(standing(row)) == ("10", "7", 2025, 70)


def test_a_row_of_a_report_takes_the_target_of_its_plan_when_it_prints_none() -> None:
    found = standing(report((2025, None, 64, None)), [plan(300)])
    assert side_by_side(found) == ("300", "64", 2025, None)


def test_text_instead_of_a_figure_stays_text() -> None:
    found = standing(plan("Mantener", "No acumulativo"), [report((2025, None, "en curso", None))])
    assert side_by_side(found) == ("Mantener", "en curso", 2025, None)


def test_a_single_figure_is_progress_when_its_label_says_so() -> None:
    def fact(metric: str) -> IndicatorRow:
        return report(metric=metric, figure=Figure(text="64", value=Decimal(64), period="2025"))

    assert side_by_side(standing(plan(300), [fact("Avance 2025")])) == ("300", "64", 2025, None)
    assert side_by_side(standing(plan(300), [fact("Meta 2025")])) == ("300", None, None, None)


def test_percentages_are_added_only_when_their_targets_are() -> None:
    def told(*targets: float) -> Standing:
        series = tuple(
            YearFigures(year=2024 + i, target=figure(target, "%"), progress=figure(10, "%"))
            for i, target in enumerate(targets)
        )
        whole = plan(accumulation="Acumulativo").model_copy(update={"target": figure(100, "%")})
        return standing(whole, [report(yearly=series)])

    assert told(50, 50).progress_terms == "10 + 10"
    assert told(40, 30).progress_terms is None


@pytest.mark.parametrize(
    ("wording", "meaning"),
    [
        ("Acumulativo", "added"),
        ("NO ACUMULATIVO", "latest"),
        ("Meta de incremento", "by_targets"),
        ("Incremento acumulado", "added"),
        ("Reducción", "down"),
        ("Reducción anual", "none"),
        ("Capacidad", "up"),
        ("Acumulativo / Mantenimiento", None),
        ("Producto", None),
        (None, None),
    ],
)
def test_what_a_wording_means(wording: str | None, meaning: str | None) -> None:
    assert meaning_of(wording) == meaning

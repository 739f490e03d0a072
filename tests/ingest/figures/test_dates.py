"""Dates and spans of time in running text."""

from __future__ import annotations

import pytest

from ingest.figures import (
    dates_in,
    period_in,
)


@pytest.mark.parametrize(
    ("text", "printed", "iso"),
    [
        ("casos, diciembre de 2023", "diciembre de 2023", "2023-12"),
        ("instaladas a corte 2023", "2023", "2023"),
        ("Avance a 31 de \nmarzo de 2022", "31 de marzo de 2022", "2022-03-31"),
        (
            "del 1 de octubre al 31 de diciembre del  \n2021.",
            "1 de octubre al 31 de diciembre del 2021",
            "2021-10-01/2021-12-31",
        ),
        ("1 Ene al \n31 Mar \n\n2022", "1 Ene al 31 Mar 2022", "2022-01-01/2022-03-31"),
        ("en el primer trimestre de 2022", "primer trimestre de 2022", "2022-01/2022-03"),
        ("II semestre de 2023", "II semestre de 2023", "2023-07/2023-12"),
        ("en el cuatrienio 2020-2023", "2020-2023", "2020/2023"),
        ("en lo corrido de 2025 y hasta noviembre, se", "en lo corrido de 2025 y hasta noviembre", "2025-01/2025-11"),
        ("enero-marzo 2022", "enero-marzo 2022", "2022-01/2022-03"),
        ("radicado 2025-12-29", "2025-12-29", "2025-12-29"),
        ("corte 31/12/2023", "31/12/2023", "2023-12-31"),
        ("80 (2011)", "2011", "2011"),
    ],
)
def test_periods_are_given_as_printed_and_in_iso(text: str, printed: str, iso: str) -> None:
    assert period_in(text) == printed
    assert dates_in(text)[0].iso == iso


def test_years_of_norms_and_of_approvals_are_no_period() -> None:
    assert period_in("según la Ley 1801 de 2016") is None
    assert period_in("Un plan aprobado por el comité en el año 2018") is None
    assert period_in("sin fecha") is None


def test_the_cut_off_date_wins_over_the_first_date() -> None:
    assert period_in("plan de 2020, con 30 sedes a corte de junio de 2023") == "junio de 2023"

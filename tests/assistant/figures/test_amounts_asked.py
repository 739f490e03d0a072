"""Which amount is asked for: two told apart, cut short, by a sign, or as a value; of a plan and its follow-up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.followed_town import write_workbooks
from tests.support.town import Town, found_town, write_text

#: A promise of help with money, which "lo pagado" is near to and never means.
OTHER_PLAN = """
    Alcaldía Municipal de
    Loma Clara

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Gobierno
    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: MANOS UNIDAS→Proyectos comunitarios pagados a las juntas→0→Pagar 6 proyectos comunitarios
    →Acuerdos comprometidos con las veredas→0→14 acuerdos comprometidos
"""


@pytest.fixture(scope="module")
def loma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("loma")
    paths = [write_workbooks(folder / "documents"), write_text(folder / "plan.txt", OTHER_PLAN)]
    with found_town(folder / "data", paths) as town:
        yield town


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Brigadas veredales: ¿cuál es la diferencia entre lo comprometido y lo pagado en 2025?", "$15.500.000"),
        ("¿Cuál es la diferencia entre lo obligado y lo pagado en 2025 en la ruta escolar?", "$23.500.000"),
        ("¿Qué diferencia hay entre lo programado y lo comprometido en 2025 para las ambulancias?", "$2.000.000"),
    ],
)
def test_two_amounts_of_one_row_are_told_apart_and_no_targets(loma: Town, question: str, said: str) -> None:
    answer = loma.ask(question)
    assert said in answer.answer.split("\n")[0]
    assert "Meta" not in answer.answer.split("\n")[0]


def test_one_amount_of_two_years_is_told_apart_by_year(loma: Town) -> None:
    answer = loma.ask("¿Cuál es la diferencia entre lo programado en plata en 2024 y 2025 para la ruta escolar?")
    assert "recursos programados de 2024 y recursos programados de 2025: $150.000.000" in answer.answer.split("\n")[0]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("brigadas veredales ejec vs prog 2025", {"4", "10"}),
        ("bibliotecas rurales, prog 2024 y 2025", {"1", "3"}),
        ("ruta escolar: comprom., oblig. y pag. 2025", {"$790.000.000", "$610.000.000", "$586.500.000"}),
        ("ruta escolar: pag. 2025 vs comprom.", {"$790.000.000", "$586.500.000"}),
        ("ambulancias en servicio: programado $ 2025", {"$50.000.000"}),
        ("ruta escolar prog $ 2024 y 2025", {"$650.000.000", "$800.000.000"}),
        ("¿Qué valor programó Loma Clara para 2025 en la ruta escolar?", {"$800.000.000"}),
        ("¿Qué valor tiene programado la ruta escolar para 2024?", {"$650.000.000"}),
        ("¿Cuál fue el monto que se programó para las ambulancias en 2025?", {"$50.000.000"}),
    ],
)
def test_amounts_are_known_cut_short_by_a_sign_or_as_a_value(loma: Town, question: str, said: set[str]) -> None:
    answer = loma.ask(question)
    assert said <= {*answer.answer.replace(".\n", " ").replace(":", " ").split()}, answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("¿Cuánto se ha pagado en 2025 por lo de las rutas en los colegios?", "$586.500.000"),
        ("¿Cuánto se comprometió en 2025 por las rutas en las escuelas?", "$790.000.000"),
    ],
)
def test_where_a_sector_serves_tells_its_rows_from_no_others(loma: Town, question: str, said: str) -> None:
    assert said in loma.ask(question).answer


def test_where_another_sector_serves_is_not_what_a_row_is_about(loma: Town) -> None:
    answer = loma.ask("¿Cuánto se ha pagado en 2025 por las rutas en los hospitales?")
    assert "586" not in answer.answer

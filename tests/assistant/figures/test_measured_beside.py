"""What a question asks beside the first figure it names: the whole and its parts, what was programmed and what was
reached, a year and the term, an order of all rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from assistant.question.measures import load_measures
from tests.support.followed_town import write_workbooks
from tests.support.town import Town, found_town


@pytest.fixture(scope="module")
def loma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("loma")
    with found_town(folder / "data", [write_workbooks(folder / "documents")]) as town:
        yield town


def first_line(answer: Answer) -> str:
    assert answer.status == "answered", answer.answer
    return answer.answer.split("\n")[0]


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        (
            "¿Cuántos estudiantes con ruta escolar se transportaron en 2025 y cuántos se habían programado?",
            ("540", "1200"),
        ),
        ("¿Cuántas brigadas veredales efectuó Loma Clara en 2025 y cuántas tenía programadas?", (": 4 [", ": 10 [")),
        ("¿Qué ejecución de 2025 se reporta en brigadas veredales y cuántas se programaron?", (": 4 [", ": 10 [")),
        ("Brigadas veredales: ¿cuál fue el avance de 2025 y cuál la meta de esa vigencia?", (": 4 [", ": 10 [")),
        (
            "How many students were reached in 2025, and how many had been programmed?",
            ("540", "1200"),
        ),
    ],
)
def test_what_was_reached_is_told_beside_what_was_programmed(
    loma: Town, question: str, figures: tuple[str, ...]
) -> None:
    answer = loma.ask(question)
    assert answer.status == "answered"
    assert all(figure in answer.answer for figure in figures), answer.answer


def test_two_sources_of_funding_are_both_told(loma: Town) -> None:
    said = loma.ask(
        "¿Con cuánto de recursos propios y cuánto de SGP salud se programaron las brigadas veredales en 2025?"
    )
    assert "$30.000.000" in said.answer
    assert "$70.000.000" in said.answer


@pytest.mark.parametrize("part", ["¿… y qué parte es de SGP salud?", "¿… y cuánto de eso es SGP salud?"])
def test_a_part_asked_for_beside_the_whole_is_told_with_it(loma: Town, part: str) -> None:
    said = loma.ask(part.replace("¿…", "¿Cuánto se programó para 2025 en las brigadas veredales"))
    assert "$100.000.000" in said.answer
    assert "$70.000.000" in said.answer
    assert ("70 %" in said.answer) is ("qué parte" in part)


def test_what_is_missing_to_the_programme_of_a_year_is_computed_without_naming_it(loma: Town) -> None:
    said = loma.ask("¿Cuántas brigadas veredales faltan para llegar a lo de 2025?")
    assert "faltan: 6 (10 − 4)" in said.answer


def test_amounts_asked_for_in_other_words_are_the_same_amounts(loma: Town) -> None:
    said = loma.ask("En la ruta escolar, ¿cuánto se comprometió en 2025 y cuánto se alcanzó a obligar?")
    assert "$790.000.000" in said.answer
    assert "$610.000.000" in said.answer
    assert "540" not in said.answer
    assert "$24.000.000" in loma.ask("Informe el valor programado para 2025 en las bibliotecas rurales").answer


def test_all_rows_are_put_in_order_by_their_share(loma: Town) -> None:
    said = loma.ask("Ordene los indicadores de Educación por porcentaje de avance de 2025, de menor a mayor.").answer
    assert said.index("Bibliotecas rurales") < said.index("ruta escolar")
    assert "0 %" in said
    assert "45 %" in said


def test_rows_with_the_greatest_payments_are_those_of_the_sector(loma: Town) -> None:
    said = loma.ask(
        "En el sector educación, ¿cuáles son los dos productos con mayores pagos en 2025, de mayor a menor?"
    )
    assert "$586.500.000" in said.answer
    assert "$65.500.000" not in said.answer


def test_what_only_puts_in_order_is_no_measure() -> None:
    assert load_measures().read("Ordene los barrios de mayor a menor") is None


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("¿Qué tipo de acumulación tiene el indicador de brigadas veredales?", "Acumulativo"),
        ("¿Las ambulancias en servicio son un indicador acumulativo o no acumulativo?", "No acumulativo"),
        ("tipo de acumulación de las bibliotecas rurales", "Acumulativo"),
    ],
)
def test_how_the_years_of_a_row_add_up_is_told_as_the_row_prints_it(loma: Town, question: str, kind: str) -> None:
    assert f"es: {kind} [" in first_line(loma.ask(question))


def test_the_year_in_which_something_is_programmed_is_told_by_its_years(loma: Town) -> None:
    said = loma.ask("¿En qué año va a entregar Loma Clara las becas técnicas?").answer
    assert "2024: 0" in said
    assert "2025: 20" in said


def test_a_service_for_somebody_is_not_all_of_its_sector(loma: Town) -> None:
    said = loma.ask("¿Cuánto se pagó en 2025 en educación a los estudiantes?").answer
    assert "suma de" not in said


def test_every_source_of_funding_is_told_with_the_whole(loma: Town) -> None:
    said = loma.ask("¿De qué fuentes sale la plata de 2025 para las brigadas veredales?").answer
    assert all(amount in said for amount in ("$30.000.000", "$70.000.000", "$100.000.000"))


def test_money_programmed_is_told_beside_money_committed(loma: Town) -> None:
    said = loma.ask("Ruta escolar 2025: programado vs comprometido").answer
    assert "$800.000.000" in said
    assert "$790.000.000" in said


def test_things_programmed_are_told_beside_money_paid(loma: Town) -> None:
    said = loma.ask("¿Cuántas brigadas veredales se programaron para 2025 y cuánto se pagó?").answer
    assert "2025: 10 [" in said
    assert "$65.500.000" in said


def test_the_lowest_share_orders_the_rows_however_far_it_is_said(loma: Town) -> None:
    said = first_line(loma.ask("¿Qué indicadores de Educación tienen el porcentaje de avance de 2025 más bajo?"))
    assert "más bajo" in said


def test_rows_that_do_not_add_up_are_not_those_that_do(loma: Town) -> None:
    said = loma.ask("¿Cuántos indicadores de Loma Clara tienen tipo de acumulación no acumulativo?").answer
    assert "2 indicadores" in said


def test_money_of_a_programme_is_added_up_over_its_products(loma: Town) -> None:
    said = loma.ask("¿Cuánto se pagó en 2025 en el programa Salud cercana?").answer
    assert "suma de 2 filas" in said


def test_what_is_left_to_pay_is_computed_where_no_other_word_of_money_stands(loma: Town) -> None:
    assert "$23.500.000" not in loma.ask("¿Cuántas brigadas veredales faltan en 2025?").answer
    said = first_line(loma.ask("¿Cuánto falta por pagar de 2025 en la ruta escolar?"))
    assert "$203.500.000" in said

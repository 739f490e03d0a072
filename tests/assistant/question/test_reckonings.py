"""Figures of years and of money computed with, over a plan and its follow-up: every result with its terms."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from assistant.composing.ground import ungrounded
from assistant.question.query import Query
from assistant.question.reckonings import load_reckonings
from tests.support.followed_town import write_workbooks
from tests.support.town import Town, found_town


@pytest.fixture(scope="module")
def loma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("loma")
    with found_town(folder / "data", [write_workbooks(folder / "documents")]) as town:
        yield town


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("two")
    paths = [write_workbooks(folder / "one"), write_workbooks(folder / "other", "Cerro Azul")]
    with found_town(folder / "data", paths) as town:
        yield town


def first_line(answer: Answer) -> str:
    assert answer.status == "answered", answer.answer
    return answer.answer.split("\n")[0]


@pytest.mark.parametrize(
    ("question", "result", "terms"),
    [
        ("¿Cuánto suman las brigadas veredales programadas en 2024 y 2025?", "20", "10 + 10"),
        ("Brigadas veredales programadas 2025 + 2026 + 2027", "30", "10 + 10 + 10"),
        ("¿Cuántas becas técnicas se programaron en total en los dos primeros años?", "20", "0 + 20"),
        ("¿Cuántas brigadas veredales faltan para cumplir la meta del cuatrienio?", "26", "40 − (10 + 4)"),
        ("¿Cuántas brigadas veredales faltaron para cumplir lo programado de 2025?", "6", "10 − 4"),
        ("¿Qué proporción de lo programado en 2025 se obligó para las brigadas?", "72 %",
         "72.000.000 ÷ 100.000.000 × 100"),
        ("De lo comprometido en 2025 para la ruta escolar, ¿qué porcentaje se pagó?", "74,24 %",
         "586.500.000 ÷ 790.000.000 × 100"),
        ("¿Cuánto falta por pagar de lo comprometido en 2025 para la ruta escolar?", "$203.500.000",
         "790.000.000 − 586.500.000"),
        ("¿Cuánto aumentó lo programado de estudiantes con ruta escolar de 2024 a 2025?", "300", "1.200 − 900"),
    ],
)  # fmt: skip
def test_what_is_computed_opens_the_answer_with_its_terms(loma: Town, question: str, result: str, terms: str) -> None:
    answer = loma.ask(question)
    line = first_line(answer)
    assert result in line, answer.answer
    assert f"({terms})" in line
    assert terms in {figure.derivation for figure in answer.figures}
    assert ungrounded(answer, Query(text=question)) == []


def test_years_of_a_level_are_not_added(loma: Town) -> None:
    answer = loma.ask("¿Cuánto suman las ambulancias en servicio programadas en 2025 y 2026?")
    assert "no se suman" in first_line(answer)
    assert "6" not in {figure.text for figure in answer.figures}


def test_the_year_with_most_money_is_told_with_its_amount(loma: Town) -> None:
    line = first_line(loma.ask("¿En qué año se programaron más recursos para las brigadas veredales?"))
    assert "2025" in line
    assert "$100.000.000" in line


def test_years_are_put_in_order(loma: Town) -> None:
    answer = loma.ask("Ordene los años de mayor a menor según lo programado para bibliotecas rurales")
    years = [line.split(":")[0] for line in answer.answer.split("\n") if line.startswith("- ")]
    assert years[0] == "- 2025"
    assert years[-1] == "- 2024"


def test_documents_that_say_the_same_are_said_to_agree(loma: Town) -> None:
    answer = loma.ask("¿Dicen lo mismo el plan y el seguimiento de las becas técnicas programadas para 2025?")
    assert first_line(answer).startswith("Sí")
    assert len({citation.document for citation in answer.citations}) == 2


def test_rows_of_several_territories_are_never_one_list(two: Town) -> None:
    answer = two.ask("¿Cuáles son las dos metas más atrasadas?")
    assert answer.status == "clarify"
    assert all(name in answer.answer for name in ("Cerro Azul", "Loma Clara"))
    chosen = two.ask("¿Cuáles son las dos metas más atrasadas de Cerro Azul?")
    assert {one.entity for one in chosen.citations if one.kind == "row"} == {"Cerro Azul"}


def test_money_of_several_territories_is_not_added(two: Town) -> None:
    assert two.ask("¿Cuánto se pagó en educación en 2025?").status == "clarify"
    line = first_line(two.ask("¿Cuánto se pagó en educación en Loma Clara en 2025?"))
    assert "$586.500.000" in line
    assert "Educación · Loma Clara" in line


def test_a_follow_up_asks_the_same_of_other_rows(two: Town) -> None:
    first = "¿Cuáles son las dos metas más atrasadas de Loma Clara?"
    _, other, ahead, schools = two.conversation(
        first, "¿y en Cerro Azul?", "¿y las más avanzadas?", "¿y las de educación?"
    )
    assert {one.entity for one in other.citations if one.kind == "row"} == {"Cerro Azul"}
    assert sum(line.startswith("- ") for line in other.answer.split("\n")) == 2
    assert "100 %" in ahead.answer.split("\n")[1]
    assert "Educación · Cerro Azul" in first_line(schools)


def test_a_bar_that_no_row_passes_is_answered_with_how_many_there_are(loma: Town) -> None:
    answer = loma.ask("¿Qué metas de educación superan el 120 %?")
    assert first_line(answer).startswith("Ningún indicador")
    assert [one.count for one in answer.citations if one.kind == "filter"] == [2]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("¿en qué año hubo más recursos?", "most"),
        ("¿cuál fue el año con menos árboles?", "least"),
        ("ordene los años de menor a mayor", "ascending"),
        ("¿cuánto falta para la meta?", "missing"),
        ("árboles 2024 + 2025", "sum"),
    ],
)
def test_the_words_say_what_is_computed(text: str, kind: str) -> None:
    read = load_reckonings().read(text)
    assert read is not None
    assert read.reckoning.kind == kind


def test_a_share_in_words_is_no_year(loma: Town) -> None:
    answer = loma.ask("metas con menos del 20 por ciento, sector educación")
    assert first_line(answer).startswith("1 indicador")


def test_how_many_have_no_payments_is_not_answered_with_what_was_paid(loma: Town) -> None:
    assert loma.ask("¿Cuántos productos no tienen pagos en 2025?").status == "not_found"


def test_a_question_that_computes_nothing_is_read_as_none() -> None:
    assert load_reckonings().read("¿cuántos árboles hay?") is None

"""What a row is measured in, what is counted and is no money, and how many rows are called by a subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import openpyxl
import pytest

from assistant.answer import Answer
from assistant.corpus.corpus import Corpus
from assistant.corpus.matching import tokenize
from assistant.question.fields_asked import with_those_listed
from assistant.question.goals_named import GoalFinder
from assistant.question.measure import Measure
from assistant.question.measures import load_measures
from assistant.question.query import Filters, Query
from assistant.sets.measured_sets import asks_for_total
from tests.support.followed_town import write_workbooks
from tests.support.town import Town, found_town

_HEADER = (
    "Dependencia", "Programa", "Consecutivo", "Producto", "Indicador de Producto", "Unidad de medida", "Línea Base",
    "Meta Cuatrienio", "Meta Vigencia 2024", "Meta Vigencia 2025", "Meta Vigencia 2026", "Avance 2024", "Avance 2025",
    "Avance Cuatrienio", "% Avance 2024", "% Avance 2025", "% Avance Cuatrienio",
)  # fmt: skip
_GREEN = ("Secretaría de Ambiente", "Agua y bosque")
_FARM = ("Secretaría de Agricultura", "Campo abierto")
_ROADS = ("Secretaría de Obras", "Huellas y andenes")
_HA, _NO = "Hectáreas", "Número"
_ROWS = (
    (*_GREEN, 1, "Servicio de protección", "Humedales conservados",
     _HA, 40, 900, 300, 350, 250, 310, 120, 430, 100, 34.29, 47.78),
    (*_GREEN, 2, "Servicio de siembra", "Hectáreas reforestadas apoyadas",
     _HA, 5, 80, 20, 30, 30, 11, 0, 11, 55, 0, 13.75),
    (*_FARM, 3, "Servicio de apoyo", "Participaciones en ruedas de negocios",
     _NO, 9, 50, 15, 15, 20, 15, 6, 21, 100, 40, 42),
    (*_FARM, 4, "Servicio de fomento", "Predios certificados", _NO, 0, 30, 30, 0, 0, 30, 0, 30, 100, 0, 100),
    (*_FARM, 5, "Servicio de riego", "Reservorios construidos", _NO, 2, 10, 0, 5, 5, 0, 1, 1, 0, 20, 10),
    (*_FARM, 6, "Servicio de educación", "Talleres de consumo responsable dictados",
     _NO, 0, 24, 6, 9, 9, 6, 4, 10, 100, 44.44, 41.67),
    (*_ROADS, 7, "Placa huella", "Placa huella construida", "Metros", 0, 260, 100, 160, 0, 90, 0, 90, 90, 0, 34.62),
    (*_ROADS, 8, "Placa huella", "Placa huella construida", "Metros", 0, 310, 0, 310, 0, 0, 0, 0, 0, 0, 0),
    (*_ROADS, 9, "Andenes", "Andenes construidos", "Metros cuadrados", 0, 700, 200, 500, 0, 200, 0, 200, 100, 0, 28.57),
)  # fmt: skip


@pytest.fixture(scope="module")
def prado(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("prado")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Indicadores"
    for row in (
        ("Municipio de Alto Prado",),
        ("Tablero de control del plan de desarrollo 2024-2027",),
        _HEADER,
        *_ROWS,
    ):
        sheet.append(list(row))
    book.save(folder / "alto_prado_tablero.xlsx")
    with found_town(folder / "data", [Path(folder / "alto_prado_tablero.xlsx")]) as town:
        yield town


def answered(answer: Answer) -> str:
    assert answer.status == "answered", answer.answer
    return answer.answer


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("¿Cuántas hectáreas de humedales conservados fija la meta de 2025 y 2026?", (": 350 [", ": 250 [")),
        (
            "¿Cuántas hectáreas de humedales se reportan como avance del cuatrienio y cuál era la meta?",
            (": 430 [", "900"),
        ),
    ],
)
def test_a_row_measured_in_what_is_counted_counts_it(prado: Town, question: str, figures: tuple[str, ...]) -> None:
    """The row of the wetlands is not left out for another that has the hectares in its name."""
    text = answered(prado.ask(question))
    assert all(figure in text for figure in figures), text
    assert "reforestadas" not in text


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("¿Cuántas participaciones en ruedas de negocios faltan para completar el cuatrienio?", "29 (50 − 21)"),
        ("¿Cuántas participaciones en ruedas de negocios lleva Alto Prado?", "21"),
    ],
)
def test_what_is_counted_is_no_source_of_money(prado: Town, question: str, figure: str) -> None:
    assert figure in answered(prado.ask(question))


def test_the_source_of_money_stays_one_where_an_amount_is_asked() -> None:
    read = load_measures().read("¿Cuánto se programó de participaciones para 2025?")
    assert read is not None
    assert read.measure.funding == (("sgp",),)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("¿Cuántos talleres de consumo responsable hizo Alto Prado en 2025 y cuántos eran los programados?",
         (": 4 [", ": 9 [")),
        ("¿Cuál es la meta de los talleres de consumo responsable?", ("24",)),
    ],
)  # fmt: skip
def test_how_one_behaves_asks_for_no_office(prado: Town, question: str, figures: tuple[str, ...]) -> None:
    text = answered(prado.ask(question))
    assert all(figure in text for figure in figures), text
    assert "dependencia a cargo" not in text.lower()


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("¿Cuántas metas de placa huella construida hay en el plan de Alto Prado?", 2),
        ("¿Cuántos indicadores de andenes tiene Alto Prado?", 1),
    ],
)
def test_the_rows_called_by_a_subject_are_counted(prado: Town, question: str, number: int) -> None:
    answer = prado.ask(question)
    assert f": {number} indicador" in answered(answer)
    assert len(answer.citations) == number


def test_an_order_asked_for_in_a_sentence_of_its_own_names_nothing(prado: Town) -> None:
    answer = prado.ask(
        "¿Cuáles son los dos indicadores con mayor porcentaje de avance del cuatrienio en la Secretaría de Agricultura "
        "de Alto Prado? Ordénelos de mayor a menor."
    )
    lines = answered(answer).split("\n")[1:3]
    assert lines[0].startswith("- Predios certificados: 100 %")
    assert lines[1].startswith("- Participaciones en ruedas de negocios: 42 %")


def test_the_rows_that_reached_their_target_are_counted_and_no_others(prado: Town) -> None:
    text = answered(prado.ask("¿Cuántas metas de la Secretaría de Agricultura de Alto Prado se cumplieron en 2024?"))
    assert text.startswith("3 indicadores con avance del 100 % o más"), text


@pytest.fixture(scope="module")
def loma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("loma")
    with found_town(folder / "data", [write_workbooks(folder / "documents")]) as town:
        yield town


@pytest.mark.parametrize("kind", ["¿Qué productos", "¿Cuántos productos"])
def test_the_rows_that_a_source_pays_are_those_with_money_of_it(loma: Town, kind: str) -> None:
    answer = loma.ask(f"{kind} de Loma Clara se financian con SGP salud en 2025?")
    assert "De 1 indicador" in answered(answer)
    assert "$70.000.000" in answer.answer
    assert len(answer.citations) == 1


def test_a_source_that_pays_nothing_has_no_rows(loma: Town) -> None:
    assert loma.ask("¿Qué productos de Loma Clara se pagan con crédito en 2025?").status == "not_found"


def test_what_was_spent_is_told_step_by_step_beside_what_was_programmed(loma: Town) -> None:
    question = "¿Cuánto se ejecutó de recursos en 2025 en brigadas veredales y cuánto se había presupuestado?"
    text = answered(loma.ask(question))
    assert all(amount in text for amount in ("$100.000.000", "$81.000.000", "$72.000.000", "$65.500.000"))


def test_payments_of_two_years_are_no_sum_of_two_targets(loma: Town) -> None:
    text = loma.ask("loma clara bibliotecas y ambulancias: total pagado 2024 + 2025").answer
    assert "Suma: 11" not in text


@pytest.mark.parametrize(
    ("question", "goal"),
    [
        ("¿Cuántos productos le apuntan a Agua limpia y saneamiento?", "6 - Agua limpia y saneamiento"),
        ("¿Qué metas contribuyen al hambre cero?", "2. Hambre cero"),
    ],
)
def test_a_goal_that_is_aimed_at_needs_not_be_called_one(question: str, goal: str) -> None:
    printed = ("6 - Agua limpia y saneamiento", "2. Hambre cero")
    rows = [SimpleNamespace(row=SimpleNamespace(ods=name)) for name in printed]
    goals = GoalFinder(cast(Corpus, SimpleNamespace(rows=rows)), frozenset({"de", "la", "y", "el"}))
    assert goals.find(tokenize(question))[0] == (goal,)
    assert goals.find(tokenize("¿Cuántos productos de agua limpia y saneamiento hay?"))[0] == ()


def test_plurals_listed_after_how_many_are_counted() -> None:
    text = "¿Cuántas entidades, organismos y dependencias asistidos, y qué dependencia responde?"
    tokens = tokenize(text)
    counted = with_those_listed({1}, tokens, text)
    assert [tokens[at].word for at in sorted(counted)] == ["entidades", "organismos", "dependencias"]


def test_the_name_of_a_product_is_no_sum_of_its_sector() -> None:
    """What is read of "servicio educativo" names the sector of education; the product of that name says more."""
    product = SimpleNamespace(
        row=SimpleNamespace(step={"product": "Servicio educativo", "sector": "Educación"}.get, indicator=None),
        entity="Loma Clara",
    )
    corpus = cast(Corpus, SimpleNamespace(rows=(product,), rows_of_entity=lambda _: (product,)))
    filters = Filters(entities=("Loma Clara",), sectors=("Educación",))
    paid = Query(text="¿cuánto se pagó por el servicio educativo?", filters=filters, measure=Measure(money=True),
                 wants_figure=True)  # fmt: skip
    assert not asks_for_total(paid, corpus)
    assert asks_for_total(replace(paid, text="¿cuánto se pagó en el sector educación?"), corpus)


def test_what_points_at_a_goal_says_nothing_else_of_the_rows() -> None:
    rows = [SimpleNamespace(row=SimpleNamespace(ods="5 - Igualdad de género"))]
    goals = GoalFinder(cast(Corpus, SimpleNamespace(rows=rows)), frozenset({"de", "la", "y", "el", "al"}))
    tokens = tokenize("¿Cuántos productos están asociados al ODS Igualdad de género?")
    _, words = goals.find(tokens)
    assert "asociados" in {tokens[at].word for at in words}

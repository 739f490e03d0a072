"""Questions about years, progress and money, over a plan and its follow-up that are joined by code."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from types import SimpleNamespace
from typing import cast

import pytest

from assistant.answer import Answer
from assistant.composing.ground import ungrounded
from assistant.composing.labels import label
from assistant.composing.phrases import phrases
from assistant.corpus.corpus import Item
from assistant.figures.stated import Stated, percent_terms
from assistant.question.followup import carry_over
from assistant.question.measures import load_measures
from assistant.question.query import Query
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


def cells(answer: Answer) -> set[tuple[str | None, str | None]]:
    return {(citation.sheet, (citation.cell or "").split(":")[0]) for citation in answer.citations}


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("¿Cuántas bibliotecas rurales se programaron para 2025?", "3"),
        ("¿Cuál fue el avance de las brigadas veredales en 2025?", "4"),
        ("¿Qué porcentaje de avance llevan los estudiantes con ruta escolar en 2025?", "45 %"),
        ("¿Cuánto se ha pagado por las brigadas veredales en 2025?", "$65.500.000"),
        ("¿Cuánto se comprometió en 2025 para la ruta escolar?", "$790.000.000"),
        ("¿Cuántos recursos propios se programaron en 2025 para las brigadas veredales?", "$30.000.000"),
    ],
)
def test_a_figure_of_one_year_opens_the_answer(loma: Town, question: str, figure: str) -> None:
    line = first_line(loma.ask(question))
    assert f": {figure}" in line
    assert "[" in line


def test_every_figure_stands_in_the_cell_it_cites(loma: Town) -> None:
    for question in (
        "¿Cuánto se ha pagado por las brigadas veredales en 2025?",
        "¿Cómo van las bibliotecas rurales?",
        "¿Cuáles son las tres metas más atrasadas?",
        "¿Cuánto se pagó en total en Loma Clara en 2025?",
    ):
        answer = loma.ask(question)
        assert answer.status == "answered"
        assert ungrounded(answer, Query(text=question)) == []


def test_plan_and_report_that_say_the_same_are_both_cited(loma: Town) -> None:
    answer = loma.ask("¿Cuántas becas técnicas se programaron para 2025?")
    assert {citation.document for citation in answer.citations} == {
        "loma_clara_plan.xlsx",
        "loma_clara_seguimiento.xlsx",
    }


def test_rows_under_a_bar_are_all_given_and_no_other(loma: Town) -> None:
    answer = loma.ask("¿Qué metas de educación van por debajo del 50 %?")
    assert first_line(answer).startswith("2 indicadores")
    rows = {(one.sheet, (one.cell or "").split(":")[0]) for one in answer.citations if one.kind == "row"}
    assert rows == {("Seguimiento físico", "A6"), ("Seguimiento físico", "A7")}
    assert [one.count for one in answer.citations if one.kind == "filter"] == [1]
    assert "Otros 1 no traen dato de avance" in answer.answer


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("¿Cuántas metas van en 0 % en 2025?", "1 "),
        ("¿Cuántas metas superaron el 30 % en 2025?", "3 "),
        ("¿Cuántas metas cumplieron el 100 % en 2025?", "1 "),
    ],
)
def test_rows_are_counted_by_how_far_they_are(loma: Town, question: str, count: str) -> None:
    assert first_line(loma.ask(question)).startswith(count)


def test_the_furthest_behind_come_first_and_as_many_as_asked(loma: Town) -> None:
    lines = [
        line for line in loma.ask("¿Cuáles son las dos metas más atrasadas?").answer.split("\n") if line[:1] == "-"
    ]
    assert [line.split(":")[0] for line in lines] == [
        "- Bibliotecas rurales dotadas",
        "- Brigadas veredales realizadas",
    ]


def test_products_are_ordered_by_what_was_paid(loma: Town) -> None:
    lines = [
        line
        for line in loma.ask("¿Cuáles son los 2 productos con más pagos en 2025?").answer.split("\n")
        if line[:1] == "-"
    ]
    assert [line.split(":")[0] for line in lines] == ["- Rutas", "- Brigadas"]


def test_money_of_a_city_is_added_over_its_rows_with_its_terms(loma: Town) -> None:
    answer = loma.ask("¿Cuánto se pagó en total en Loma Clara en 2025?")
    total = next(figure for figure in answer.figures if figure.value == 700_000_000)
    assert total.derivation == "65.500.000 + 48.000.000 + 0 + 586.500.000"
    assert "suma de 4 filas" in answer.answer


def test_values_that_do_not_accumulate_are_not_added(loma: Town) -> None:
    answer = loma.ask("¿Cómo va la meta de ambulancias en servicio?")
    assert "5" not in {figure.text for figure in answer.figures}
    assert "Avance de 2025: 3" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuánto se pagó en 2023 por las brigadas veredales?",
        "¿Cuál fue el avance de las bibliotecas rurales en 2026?",
        "¿Cuál es la línea base de las brigadas veredales?",
        "¿Qué secretaría responde por las bibliotecas rurales?",
    ],
)
def test_what_the_workbooks_do_not_have_is_not_answered(loma: Town, question: str) -> None:
    answer = loma.ask(question)
    assert answer.status == "not_found"
    assert answer.suggestions


def test_a_large_set_is_given_whole_by_the_address_that_it_cites(loma: Town) -> None:
    question = "¿Cuántos indicadores de producto tiene Loma Clara?"
    assert first_line(loma.ask(question)).endswith("5 indicadores [1][2][3][4][5].")
    assert len(loma.assistant.rows_asked([question])) == 5


def test_a_share_without_its_sign_sets_no_bar() -> None:
    read = load_measures().read("metas por debajo de 50 aulas")
    assert read is None or read.measure.bound is None


@pytest.mark.parametrize(
    ("percent", "cell", "terms"),
    [
        ("52.625", "Avance 2025 (%): 52.625", "52.625"),
        ("52.625", "Avance 2025 (%): 52,625%", None),
        ("491.228070175439", "Avance 2025 (%): 491,228070175439%", "491,228070175439 redondeado"),
        ("6571", "Avance 2025 (%): 6571%", "6571"),
        ("40", "Avance 2025 (%): 40%", None),
    ],
)
def test_a_percentage_is_rounded_only_where_its_cell_prints_more(percent: str, cell: str, terms: str | None) -> None:
    assert percent_terms(Decimal(percent), cell) == terms


def test_a_code_in_a_question_is_that_row_and_no_other(loma: Town) -> None:
    answer = loma.ask("¿Cómo va el indicador IP-2 en 2025?")
    assert answer.status == "answered"
    assert {one.indicator for one in answer.citations} == {"Ambulancias en servicio"}


def test_commitments_of_a_year_are_money_and_those_of_a_plan_are_not() -> None:
    words = load_measures()
    read = words.read("compromisos 2025 de las brigadas")
    assert read is not None
    assert read.measure.items == ("compromisos",)
    assert words.read("los compromisos del plan 2024-2027 con las brigadas") is None


def test_a_source_of_funding_alone_is_a_subject() -> None:
    words = load_measures()
    assert words.read("línea estratégica de cooperación internacional") is None
    assert words.read("¿cuánto hay de cooperación internacional?") is not None


def test_a_ranking_cites_the_rows_it_puts_first_alone_and_says_of_how_many(loma: Town) -> None:
    answer = loma.ask("¿Cuáles son las dos metas más atrasadas?")
    assert [one.kind for one in answer.citations] == ["row", "row"]
    counted = next(figure for figure in answer.figures if (figure.derivation or "").endswith("filas"))
    assert first_line(answer).startswith("De ")
    assert any(f"De {figure.text} indicadores" in first_line(answer) for figure in answer.figures)
    assert counted.value


@pytest.mark.parametrize(
    ("period", "said"), [("2022", "de 2022"), ("2021-2022", "de 2021-2022"), ("2024-2027", "del cuatrienio")]
)
def test_money_without_a_year_is_of_the_period_its_report_is_of(period: str, said: str) -> None:
    item = cast("Item", SimpleNamespace(period=period, row=None))
    stated = Stated(item, "ejecutado", "$900", Decimal(900))
    assert label(stated, phrases("es")) == f"recursos ejecutados {said}"


@pytest.mark.parametrize(
    "question",
    ["¿En qué años se van a entregar las becas técnicas?", "¿Cuál es la meta de cada vigencia en becas técnicas?"],
)
def test_who_asks_in_which_year_is_told_what_each_year_has(loma: Town, question: str) -> None:
    answer = loma.ask(question)
    assert all(f"{year}: 20" in answer.answer for year in (2025, 2026, 2027)), answer.answer


def test_what_was_programmed_is_money_beside_other_amounts(loma: Town) -> None:
    answer = loma.ask("¿Cuánto se programó en 2025 para la ruta escolar, cuánto se comprometió y cuánto se pagó?")
    assert all(amount in answer.answer for amount in ("$800.000.000", "$790.000.000", "$586.500.000")), answer.answer


def test_a_share_asked_for_after_money_is_of_money(loma: Town) -> None:
    before = loma.read("¿Cuánto se obligó en 2025 por las brigadas veredales?")
    after = carry_over(loma.read("¿y qué porcentaje de lo programado es?"), before)
    assert after.measure is not None
    assert after.measure.money

"""Rows counted by what stands above them: exact counts with their rows, ties told, and no other question taken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer
from assistant.composing.compose_groups import compose_groups
from assistant.composing.ground import ground
from assistant.question.grouping import Grouping, grouping_of
from assistant.question.query import Filters, Query
from assistant.sets.groups import counted_by_level
from ingest.records import IndicatorRow, PathStep
from tests.support.records import make_row
from tests.support.town import Town, corpus_of

SERENA = "de Villa Serena"


def lines(answer: Answer) -> list[str]:
    return [line.split(" [")[0] for line in answer.answer.splitlines() if line.startswith("- ")]


@pytest.mark.parametrize(
    ("question", "level", "order"),
    [
        ("¿Cuántos productos tiene cada componente?", "component", "each"),
        ("¿Cuántas metas hay en cada una de las dos líneas estratégicas?", "strategic_line", "each"),
        ("Indicadores por dependencia", "dependency", "each"),
        ("¿Cómo se distribuyen los productos entre los programas?", "programme", "each"),
        ("¿Cuántos productos tienen los programas de la Secretaría de Salud, uno por uno?", "programme", "each"),
        ("¿Qué programa de la Secretaría de Salud tiene más productos?", "programme", "most"),
        ("¿Cuál es la secretaría con el mayor número de metas?", "dependency", "most"),
        ("Ordene los programas por número de productos", "programme", "most"),
        ("¿Cuál componente tiene menos indicadores?", "component", "fewest"),
        ("Which programme has the most products?", "programme", "most"),
    ],
)
def test_what_is_counted_by_which_level(town: Town, question: str, level: str, order: str) -> None:
    assert grouping_of(town.read(question)) == Grouping(level, order)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántos productos tiene el programa Tiza y Tablero?",
        "¿Cuántas metas están a cargo de la Secretaría de Salud?",
        "Liste los productos de cada programa de la Secretaría de Salud",
        "¿Qué programas tiene la Secretaría de Salud?",
        "¿Quién responde por las brigadas de salud?",
        "¿Cuántos puentes más hay que construir por programa?",
        "¿Qué leyes exigen las brigadas según la línea base del indicador?",
    ],
)
def test_other_questions_count_nothing_by_levels(town: Town, question: str) -> None:
    assert grouping_of(town.read(question)) is None


def test_every_programme_of_an_office_with_its_rows(town: Town) -> None:
    answer = town.ask("¿Cuántos productos tiene cada programa de la Secretaría de Salud?")
    assert lines(answer) == ["- BATA BLANCA: 2", "- VILLA ACTIVA: 2"]
    assert len(answer.citations) == 4
    assert {figure.text for figure in answer.figures if figure.derivation} == {"4", "2"}


def test_the_programme_with_most_rows_and_a_copy_counts_once(town: Town) -> None:
    answer = town.ask(f"¿Qué programa {SERENA} tiene más productos y cuántos son?")
    assert answer.answer.startswith("El programa con más indicadores de producto es HUELLAS RURALES: 4 [")
    assert lines(answer)[0] == "- HUELLAS RURALES: 4"


def test_a_tie_names_all_that_tie(town: Town) -> None:
    answer = town.ask(f"¿Cuál programa {SERENA} tiene menos productos?")
    assert answer.answer.startswith("Empatan 2 programas con menos indicadores de producto, 2 en cada caso: ")
    assert "BATA BLANCA" in answer.answer.splitlines()[0]
    assert "VILLA ACTIVA" in answer.answer.splitlines()[0]


def test_two_towns_are_counted_apart(town: Town) -> None:
    answer = town.ask("Productos por programa")
    assert "14 indicadores de producto — Villa Serena" in answer.answer
    assert "2 indicadores de producto — Puerto Lindo" in answer.answer


def rows_of_programmes(*counts: int) -> list[IndicatorRow]:
    """Rows of programmes of that many products, and one that no programme is printed above."""
    rows = [
        make_row("doc", programme * 100 + at, row_id=f"{programme}-{at}", indicator=f"Cosa {programme} {at}", path=(
            PathStep(level="Programa", value=f"Programa {programme}", role="programme"),))
        for programme, count in enumerate(counts)
        for at in range(count)
    ]  # fmt: skip
    return [*rows, make_row("doc", 9000, row_id="bare", indicator="Cosa suelta", path=())]


def test_many_rows_are_proved_by_filters_and_what_no_group_has_is_said() -> None:
    query = Query(text="productos por programa", kind="value", filters=Filters(row_kinds=("product",)))
    counted = counted_by_level(query, corpus_of(*rows_of_programmes(60, 4)))
    assert counted is not None
    answer = ground(compose_groups(query, counted, lambda item: None), query)
    assert answer.status == "answered"
    assert lines(answer) == ["- Programa 0: 60", "- Programa 1: 4"]
    assert "de 1 los documentos no dicen el programa" in answer.answer
    filters = [citation for citation in answer.citations if citation.kind == "filter"]
    assert [(one.filters["programme"], one.count) for one in filters[1:] if one.filters] == [
        ("Programa 0", 60),
        ("Programa 1", 4),
    ]


def test_the_address_of_a_large_group_gives_all_its_rows(town: Town) -> None:
    assert len(town.assistant.rows_asked(["Productos por programa"])) == 17


def test_names_that_documents_number_are_one() -> None:
    rows = [
        make_row(f"{at}" * 64, at, f"Cosa {at}", path=(PathStep(level="Eje", value=name, role="strategic_line"),))
        for at, name in enumerate(("LE-1-VIDA SEGURA", "EJE VIDA SEGURA", "3. Vida en paz"), start=1)
    ]
    query = Query(text="productos por línea estratégica", kind="value", filters=Filters(row_kinds=("product",)))
    counted = counted_by_level(query, corpus_of(*rows))
    assert counted is not None
    assert [(group.name, group.count) for group in counted.groups] == [("LE-1-VIDA SEGURA", 2), ("3. Vida en paz", 1)]


def test_the_level_that_only_a_joined_row_says() -> None:
    report = make_row("b" * 64, 1, "Cosa", kind="progress", dependency="Oficina de Ensayo")
    corpus = corpus_of(make_row("a" * 64, 1, "Cosa", dependency=None), report)
    plan, told = corpus.items
    corpus = replace(corpus, items=(replace(plan, joined=(report,)), told))
    query = Query(text="metas por dependencia", kind="value")
    counted = counted_by_level(query, corpus)
    assert counted is not None
    assert [(group.name, group.count) for group in counted.groups] == [("Oficina de Ensayo", 1)]
    assert counted.without.items == ()

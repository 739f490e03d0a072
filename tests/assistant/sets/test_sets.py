"""Sets of rows: all of them, each once, and what proves how many they are."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.composing.compose_sets import MOST_CITED, compose_set
from assistant.composing.ground import ground
from assistant.question.query import Filters, Query
from assistant.sets.levels import asks_for_level, level_values
from assistant.sets.sets import asks_for_set, select
from ingest.records import PathStep
from tests.support.records import make_row
from tests.support.town import Town, corpus_of

NO_BASELINE = {
    "Plantas de tratamiento de agua potable optimizadas",
    "Placa huella instalada en veredas",
    "Docentes formados en lectura",
    "Restaurantes escolares adecuados",
    "Semáforos inteligentes instalados",
}


def listed(answer: Answer) -> set[str | None]:
    return {citation.indicator for citation in answer.citations}


def count(answer: Answer) -> int | float | None:
    (proof,) = (figure for figure in answer.figures if figure.derivation)
    return proof.value


def test_all_rows_of_a_programme_across_documents_each_once(town: Town) -> None:
    answer = town.ask("Lista las metas del programa Huellas Rurales")
    assert listed(answer) == {
        "Kilómetros de vía terciaria mejorados",
        "Puentes peatonales construidos",
        "Placa huella instalada en veredas",
        "Semáforos inteligentes instalados",
    }
    assert answer.answer.startswith("4 indicadores — HUELLAS RURALES:")
    assert count(answer) == 4
    assert answer.answer.count("Puentes peatonales construidos") == 1
    assert len(answer.citations) == 5


@pytest.mark.parametrize(
    "question",
    [
        "Sírvase enumerar la totalidad de los indicadores del programa Tiza y Tablero.",
        "¿Podría relacionarme todas las metas del programa Tiza y Tablero?",
        "Detallen los productos del programa Tiza y Tablero",
        "metas del programa Tiza y Tablero - todas",
    ],
)
def test_a_list_is_asked_for_by_any_form_of_its_verbs(town: Town, question: str) -> None:
    assert listed(town.ask(question)) == {
        "Aulas escolares dotadas",
        "Docentes formados en lectura",
        "Restaurantes escolares adecuados",
    }


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("¿Cuántas metas tiene el programa Tiza y Tablero?", 3),
        ("¿Cuántos indicadores tiene el programa Huellas Rurales?", 4),
        ("¿Cuántos programas tiene la Secretaría de Salud?", 2),
        ("¿Cuántas metas tiene el componente Bienestar Cercano?", 4),
    ],
)
def test_counts_are_exact_and_show_what_they_count(town: Town, question: str, number: int) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert count(answer) == number
    assert f": {number} " in answer.answer
    assert len(answer.citations) >= number


def test_rows_without_a_baseline(town: Town) -> None:
    assert listed(town.ask("¿Qué indicadores no tienen línea base?")) == NO_BASELINE


def test_a_baseline_of_zero_is_no_missing_baseline(town: Town) -> None:
    answer = town.ask("¿Qué metas parten de cero?")
    assert listed(answer) == {"Familias con filtros de agua entregados", "Deportistas apoyados"}


def test_rows_that_say_the_quoted_words(town: Town) -> None:
    answer = town.ask("¿Qué indicadores dicen «escolares»?")
    assert listed(answer) == {"Aulas escolares dotadas", "Restaurantes escolares adecuados"}


def test_rows_of_a_kind(town: Town) -> None:
    answer = town.ask("¿Cuáles son las metas de resultado?")
    assert listed(answer) == {
        "Tasa de deserción escolar",
        "Accidentes en vías rurales",
        "Cobertura de acueducto rural",
    }


def test_rows_whose_baseline_comes_from_somebody(town: Town) -> None:
    answer = town.ask("¿Qué metas tienen como fuente el Instituto de Deportes?")
    assert listed(answer) == {"Canchas deportivas recuperadas", "Deportistas apoyados"}


def test_rows_with_a_target_of_a_value(town: Town) -> None:
    assert listed(town.ask("¿Qué indicadores tienen una meta de 26?")) == {"Canchas deportivas recuperadas"}


def test_only_the_rows_of_the_town_asked_for(town: Town) -> None:
    answer = town.ask("Lista todos los indicadores de producto de Puerto Lindo")
    assert listed(answer) == {"Kilómetros de vía terciaria mejorados", "Muelles pesqueros rehabilitados"}


def test_rows_of_a_kind_are_counted(town: Town) -> None:
    assert count(town.ask("¿Cuántas metas de resultado hay?")) == 3


def test_rows_of_a_town_are_counted(town: Town) -> None:
    answer = town.ask("¿Cuántos indicadores tiene Puerto Lindo?")
    assert answer.status == "answered"
    assert "2 indicadores" in answer.answer


def test_the_name_of_a_town_is_not_taken_for_a_programme(town: Town) -> None:
    query = town.read("¿Cuántos programas hay en Villa Serena?")
    assert (query.filters.entities, query.filters.programme) == (("Villa Serena",), None)
    assert "5 programas" in town.ask(query.text).answer


def test_what_stands_above_a_programme(town: Town) -> None:
    query = town.read("¿A qué componente pertenece el programa Villa Activa?")
    assert asks_for_level(query)
    ((field, value, rows),) = level_values(query, town.corpus)
    assert (field, value, len(rows)) == ("component", "Bienestar Cercano", 2)


def test_a_programme_under_two_components_tells_both() -> None:
    def row(line: int, component: str) -> object:
        path = (
            PathStep(level="Componente", value=component, role="component"),
            PathStep(level="Programa", value="Luz Propia", role="programme"),
        )
        return make_row("a" * 64, line, f"Faroles {line}", path=path)

    corpus = corpus_of(row(1, "Calles"), row(2, "Parques"), row(3, "Calles"))  # type: ignore[arg-type]
    query = Query("x", fields=("component",), filters=Filters(programme="Luz Propia"))
    assert [(value, len(rows)) for _, value, rows in level_values(query, corpus)] == [("Calles", 2), ("Parques", 1)]


def test_a_question_about_one_row_is_no_set(town: Town) -> None:
    assert not asks_for_set(town.read("¿Cuántas canchas van a recuperar?"))
    assert not asks_for_set(town.read("¿Cuál es la diferencia entre las metas de Huellas Rurales?"))


LARGE = [make_row("a" * 64, i, f"Farol {i} puesto", target=f"{i} faroles", programme="Faroles") for i in range(1, 56)]


def large_set(query: Query) -> Answer:
    corpus = corpus_of(*LARGE)
    return compose_set(query, select(query, corpus), lambda item: None)


@pytest.mark.parametrize(("kind", "cues"), [("list", {"list"}), ("count", set())])
def test_a_large_set_is_cited_as_the_filter_that_gives_it(kind: str, cues: set[str]) -> None:
    query = Query(
        "¿metas?",
        kind=kind,  # type: ignore[arg-type]
        cues=frozenset(cues),
        filters=Filters(programme="Faroles"),
        set_nouns=("metas",),
    )
    answer = large_set(query)
    assert len(LARGE) > MOST_CITED
    (proof,) = (citation for citation in answer.citations if citation.kind == "filter")
    assert (proof.count, proof.filters) == (55, {"programme": "Faroles"})
    assert proof.url is not None
    assert proof.url == "/v1/rows?question=%C2%BFmetas%3F&limit=55"
    assert "55 indicadores" in answer.answer
    assert len(answer.citations) < len(LARGE)
    assert ground(answer, query) is answer


@pytest.mark.parametrize("name", ["Faroles", "Iluminación"])
def test_the_address_of_a_large_set_states_no_figure(name: str) -> None:
    rows = [make_row("a" * 64, i, f"Farol {i}", target=f"{i} faroles", programme=name) for i in range(51, 106)]
    filters = Filters(programme=name)
    query = Query("¿metas?", kind="list", cues=frozenset({"list"}), filters=filters, set_nouns=("metas",))
    answer = compose_set(query, select(query, corpus_of(*rows)), lambda item: None)
    assert ground(answer, query).status == "answered"


def test_one_row_is_one_indicator(town: Town) -> None:
    answer = town.ask("¿Qué indicadores dicen «lectura»?")
    assert answer.answer.startswith("1 indicador")
    assert not answer.answer.startswith("1 indicadores")


def test_a_quoted_name_narrows_by_the_name_and_not_by_its_letters(town: Town) -> None:
    answer = town.ask('productos de "Agua con Saneamiento" - listado completo con meta', entity="Villa Serena")
    assert len({citation.row_id for citation in answer.citations}) == 3

"""Acronyms that anybody uses, inside the names that documents write out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.question.lexicon import load_lexicon
from tests.support.town import Town, found_town, write_text

PLAN = """
    Alcaldía Municipal de
    Villa Serena

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Gobierno
    Componente Impulsor de Avance: Convivencia y derechos humanos en las veredas

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: VOZ DE TODOS→Mesas veredales de diálogo instaladas→2 mesas Fuente: Personería, 2023→Instalar 6 mesas
    →Personeros estudiantiles formados→N.D.→Formar 40 personeros

    Componente Impulsor de Avance: Víctimas y memoria del territorio

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: MEMORIA VIVA→Casas de los derechos humanos abiertas→0→Abrir 1 casa
"""


@pytest.fixture(scope="module")
def rights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("rights")
    with found_town(folder, [write_text(folder / "plan.txt", PLAN)]) as town:
        yield town


def test_an_acronym_counts_as_the_words_of_a_name(rights: Town) -> None:
    query = rights.read("metas del componente convivencia y ddhh en veredas")
    assert query.filters.component == "Convivencia y derechos humanos en las veredas"


def test_the_rows_under_such_a_name_are_listed(rights: Town) -> None:
    answer = rights.ask("liste las metas del componente de convivencia y ddhh en las veredas")
    assert {citation.indicator for citation in answer.citations} == {
        "Mesas veredales de diálogo instaladas",
        "Personeros estudiantiles formados",
    }


def test_only_letters_that_begin_the_words_make_an_acronym() -> None:
    acronyms = load_lexicon().long_forms
    assert acronyms["ddhh"] == "derechos humanos"
    assert "lpr" not in acronyms  # a kind of camera, and no short form of the word

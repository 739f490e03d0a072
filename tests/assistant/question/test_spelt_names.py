"""Names of a plan's levels that a question says with an acronym."""

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
    Línea Estratégica: Territorio Sereno
    Componente Impulsor de Avance: Memoria, derechos humanos y buena vecindad

    Metas de Resultado:

    Indicador→Línea base→Meta→ODS
    Riñas entre vecinos→310 riñas Fuente: Inspección, 2023→Reducirlas a 200→16. Paz
    Quejas por ruido→95 quejas Fuente: Inspección, 2023→Reducirlas a 60→16. Paz

    Línea Estratégica: Territorio Sereno
    Componente Impulsor de Avance: Memoria, derechos humanos y buena vecindad

    Programa→Indicador de producto→Línea base→Meta
    VOCES DE LA VEREDA→Comité de memoria y DDHH instalado→0→Instalar un (1) comité de memoria y DDHH
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("names")
    with found_town(folder, [write_text(folder / "plan.txt", PLAN)]) as found:
        yield found


@pytest.mark.parametrize(
    "question",
    [
        "metas de resultado de memoria, ddhh y buena vecindad - todas",
        "¿Cuáles son las metas de resultado del componente Memoria, DDHH y buena vecindad?",
    ],
)
def test_an_acronym_says_the_words_of_a_name_that_it_stands_for(town: Town, question: str) -> None:
    answer = town.ask(question).answer
    assert "200" in answer
    assert "60" in answer
    assert "comité" not in answer.lower()


def test_an_acronym_still_names_what_prints_it(town: Town) -> None:
    assert "un (1) comité" in town.ask("¿Cuántos comités de memoria y DDHH se van a instalar?").answer


def test_only_what_an_acronym_spells_is_its_long_form() -> None:
    forms = load_lexicon().long_forms
    assert forms["ddhh"] == "derechos humanos"
    assert "unp" not in forms

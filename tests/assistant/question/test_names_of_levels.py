"""Names of two levels with words in common, and offices of two territories that are called alike."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_text

HILLS = """
    Alcaldía Municipal de
    Villa Serena

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Ambiente y Vida Campesina
    Componente Impulsor de Avance: Vida Campesina y Agua Limpia

    Metas de Resultado:

    Indicador→Línea base→Meta
    Quebradas sin basura→4 quebradas Fuente: Personería, 2023→Llegar a 9 quebradas

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: MONTE VIVO→Viveros veredales abiertos→2 viveros Fuente: Personería, 2023→Abrir 6 viveros
"""

GAMES = """
    Alcaldía Municipal de
    Villa Serena

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Cultura
    Componente Impulsor de Avance: Vida Campesina y Agua Limpia

    Metas de Resultado:

    Indicador→Línea base→Meta
    Fiestas del agua celebradas→1 fiesta Fuente: Personería, 2023→Celebrar 4 fiestas
"""

COAST = """
    Alcaldía Municipal de
    Puerto Lindo

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Ambiente
    Componente Impulsor de Avance: Mar y Manglar

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: MAREA ALTA→Manglares sembrados→3 manglares Fuente: Capitanía, 2023→Sembrar 8 manglares
"""


@pytest.fixture(scope="module")
def two_towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("levels")
    texts = {"monte.txt": HILLS, "fiestas.txt": GAMES, "costa.txt": COAST}
    with found_town(folder, [write_text(folder / name, text) for name, text in texts.items()]) as town:
        yield town


def test_an_office_is_named_by_its_own_word_beside_a_component_that_has_the_others(two_towns: Town) -> None:
    filters = two_towns.read("metas de resultado de vida campesina y agua limpia según la ppt de Ambiente").filters
    assert filters.component == "Vida Campesina y Agua Limpia"
    assert filters.dependency == "Secretaría de Ambiente y Vida Campesina"


def test_words_that_only_the_component_takes_name_no_office(two_towns: Town) -> None:
    filters = two_towns.read("metas de resultado del componente vida campesina y agua limpia").filters
    assert filters.component == "Vida Campesina y Agua Limpia"
    assert filters.dependency is None

"""A question that several rows answer equally is asked back; one that a row is plainly called by is answered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_text

PLAN = """
    Alcaldía Municipal de
    Villa Serena

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Planeación y Obras
    Línea Estratégica: Territorio con Servicios
    Componente Impulsor de Avance: Agua y Saneamiento

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: GOTA A GOTA→Sistemas de riego para los cultivos de altura implementados→N.D.→Implementar 14 sistemas de riego
    →Sistemas de riego escolar implementados en las huertas→N.D.→Implementar 3 sistemas de riego
    →Número de bibliotecas públicas en operación→4 bibliotecas Fuente: Secretaría de Cultura, 2023→Incrementar a 9 bibliotecas públicas
    →Número de bibliotecas públicas flotantes creadas y en operación→0→Crear 2 bibliotecas públicas flotantes
    →Talleres de tejido para tenderos realizados→0→Realizar 8 talleres
    →Talleres de cerámica para pescadores realizados→0→Realizar 5 talleres
    →Planes de manejo de cuencas implementados→N.D.→Implementar 6 planes
    →Planes de movilidad escolar implementados→N.D.→Implementar 11 planes
    →Alcantarillas reparadas→7 alcantarillas Fuente: Oficina de Obras, 2023→Reparar 33 alcantarillas
"""  # noqa: E501


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("alike")
    with found_town(folder / "data", [write_text(folder / "plan.txt", PLAN)]) as town:
        yield town


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("sistemas de riego: ¿cuántos hay que implementar?", ("cultivos de altura", "huertas")),
        ("¿Cuántos sistemas de riego van a implementar?", ("cultivos de altura", "huertas")),
        ("cuántos talleres toca realizar?", ("tejido", "cerámica")),
        ("talleres: cuántos son", ("tejido", "cerámica")),
        ("¿cuántos planes van a implementar?", ("cuencas", "movilidad escolar")),
        ("planes, ¿cuántos hay que implementar?", ("cuencas", "movilidad escolar")),
    ],
)
def test_what_several_rows_count_alike_is_asked_back(town: Town, question: str, names: tuple[str, str]) -> None:
    answer = town.ask(question)
    assert answer.status == "clarify", answer.answer
    assert all(name in answer.answer for name in names)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("¿Cuántos sistemas de riego para los cultivos van a implementar?", "14"),
        ("¿Cuántas bibliotecas públicas van a estar en operación?", "9"),
        ("bibliotecas públicas flotantes: ¿cuántas van a crear?", "2"),
        ("talleres de tejido: ¿cuántos van a realizar?", "8"),
        ("alcantarillas: ¿cuántas van a reparar?", "33"),
    ],
)
def test_what_one_row_is_called_by_is_answered(town: Town, question: str, figure: str) -> None:
    answer = town.ask(question)
    assert answer.status == "answered", answer.answer
    assert figure in [one.text for one in answer.figures]

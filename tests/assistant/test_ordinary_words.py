"""Questions in ordinary people's words: what they count, what was done to it, and what they only ask with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_text

PLAN = """
    Alcaldía Municipal de
    Piedra Clara

    PLAN DE DESARROLLO 2024 - 2027

    DESARROLLO RURAL SOLIDARIO

    Dependencia: Aguapiedra
    Línea Estratégica: Desarrollo Rural
    Componente Impulsor de Avance: Cuidado de todos

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: CALLE EN CALMA→Inspecciones de Policía dotadas→11 inspecciones operando con deficiencias Fuente: Secretaría de Gobierno, 2023→Dotar 11 Inspecciones de Policía
    →Centro de análisis de información para el seguimiento del delito conformado→N.D.→Conformar 1 centro de análisis de información para el seguimiento del delito
    →Casas de Justicia en operación→4 Casas de Justicia en operación Fuente: Secretaría de Gobierno, 2023→Incrementar a 7 las Casas de Justicia en operación
    →Iniciativas para la promoción de la convivencia apoyadas→6 iniciativas Fuente: Aguapiedra, 2023→Apoyar 17 iniciativas para la promoción de la convivencia
    →Motocicletas recuperadas→120 motocicletas recuperadas Fuente: Policía, 2023→Recuperar 380 motocicletas
    PROGRAMA: VOLVER A EMPEZAR→Proporción de víctimas que superan la situación de vulnerabilidad→1.204 (de un total de 3.316 víctimas sujetas de atención) Fuente: Unidad Territorial, 2023→Incrementar en 5,4% la proporción de víctimas que superan la situación de vulnerabilidad
    →Plan de Contingencia formulado→Un Plan de Contingencia para el cuatrienio 2020-2023 Fuente: Secretaría de Gobierno, 2023→Formular un (1) Plan de Contingencia para la atención inmediata de víctimas
    →Jornadas extramurales de atención a migrantes desarrolladas→2.718 personas caracterizadas Fuente: Secretaría de Gobierno, 2023→Desarrollar 9 jornadas extramurales
    →Acciones de articulación con la Unidad de Búsqueda de Personas dadas por Desaparecidas implementadas→0→Implementar 15 acciones de articulación con la Unidad de Búsqueda de Personas dadas por Desaparecidas
    →Organizaciones mapeadas para cooperar→52 organizaciones mapeadas Fuente: Cooperación, 2023→Mapear 88 organizaciones para cooperar
    PROGRAMA: SANOS Y LIMPIOS→Centros de salud dotados→3 centros Fuente: Secretaría de Salud, 2023→Dotar 8 centros de salud
    →Escuelas adecuadas→5 escuelas Fuente: Secretaría de Educación, 2023→Adecuar 21 escuelas
    →Árboles sembrados→600 árboles Fuente: Ambiente, 2023→Sembrar 2.400 árboles
    →Jóvenes vinculados a la estrategia “Talleres de Futuro” para la prevención del reclutamiento→0→Vincular a 740 jóvenes a la estrategia “Talleres de Futuro”
    →Infraestructuras para la promoción de la cultura de la legalidad construidas→3 infraestructuras Fuente: Aguapiedra, 2023→Construir 14 infraestructuras para la promoción de la cultura de la legalidad
    →Mesa de lectura con plan de acción→Una mesa de lectura creada mediante Decreto 0311 de 2021 Fuente: Secretaría de Educación, 2023→Mantener 1 mesa de lectura
    →Pozos de agua perforados→2 pozos Fuente: Aguapiedra, 2023→Perforar 12 pozos de agua
"""  # noqa: E501


@pytest.fixture(scope="module")
def clara(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("clara")
    with found_town(folder / "data", [write_text(folder / "plan.txt", PLAN)]) as town:
        yield town


def _says(town: Town, question: str, *expected: str) -> None:
    answer = town.talk(question)
    assert answer.status == "answered", answer.answer
    for figure in expected:
        assert figure in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "¿a cuántas oficinas de los inspectores de policía les van a dar equipos?",
        "¿Cuántas sedes de los inspectores van a dotar?",
        "¿cuántos despachos de inspectores de policía piensan equipar?",
    ],
)
def test_offices_of_people_are_their_institution(clara: Town, question: str) -> None:
    _says(clara, question, "11")


@pytest.mark.parametrize(
    "question",
    [
        "cuántas víctimas ya salieron de la vulnerabilidad y de cuántas en total",
        "¿Cuántas víctimas hay por atender en total y cuántas ya salieron de la situación de vulnerabilidad?",
        "de las víctimas, cuántas ya superaron la vulnerabilidad y cuánto quieren subir eso",
    ],
)
def test_a_part_and_its_whole_stand_where_a_plan_starts(clara: Town, question: str) -> None:
    _says(clara, question, "1.204", "3.316")


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántos centros de salud van a cerrar?",
        "¿cuántas escuelas van a tumbar?",
        "¿cuántos árboles van a talar?",
        "¿Cuántos árboles piensan cortar?",
        "¿cuántas casas de justicia van a quitar?",
        "¿cuántos pozos de agua van a vender?",
        "¿Cuántas escuelas están dañadas?",
        "¿cuántas motos se robaron?",
    ],
)
def test_a_row_of_what_is_made_or_kept_tells_nothing_of_what_is_ended(clara: Town, question: str) -> None:
    assert clara.talk(question).status == "not_found"


@pytest.mark.parametrize(
    "question", ["¿cuántas motos van a recuperar?", "¿cuántas motos robadas habían recuperado antes?"]
)
def test_a_deed_that_the_row_tells_is_answered(clara: Town, question: str) -> None:
    _says(clara, question, "motocicletas")


@pytest.mark.parametrize("state", ["abiertas", "puestas en marcha", "hechas"])
def test_irregular_participles_of_doing_narrow_nothing(clara: Town, state: str) -> None:
    _says(clara, f"¿Cuántas casas de justicia {state} había antes?", "4 Casas")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("¿Qué cuenta la línea base de las jornadas extramurales: jornadas hechas o personas?", "2.718"),
        ("¿van a montar algún sitio donde analicen los datos de los robos y demás delitos?", "1 centro de análisis"),
        ("van a sacar algun plan de emergencia pa atender de una a las victimas?", "Plan de Contingencia"),
        ("cuántas actividades con los que buscan a los desaparecidos", "15 acciones"),
        ("¿cuántas organizaciones tienen en el mapa para cooperar?", "88"),
        ("actividades pa q la gente conviva mejor, aguapied", "17 iniciativas"),
        ("¿qué norma creó la mesa de lectura?", "Decreto 0311"),
        ("base legal de la mesa de lectura", "Decreto 0311"),
        ("norma que sustenta la mesa de lectura", "Decreto 0311"),
        ("cuántos muchachos van a alejar de las bandas con los talleres de futuro", "740"),
        ("¿cuántos pelados van a sacar de las pandillas con los talleres de futuro?", "740"),
        ("cuántos edificios pa la cultura de la legalidad van a levantar", "14"),
    ],
)
def test_words_of_the_street_reach_their_row(clara: Town, question: str, expected: str) -> None:
    _says(clara, question, expected)


@pytest.mark.parametrize(
    "question",
    [
        "linea de los pozos de agua: es Desarrollo Rural o Desarrollo Rural Solidario?",
        "¿La línea de los pozos de agua es Desarrollo Rural Solidario o Desarrollo Rural?",
    ],
)
def test_a_choice_between_two_names_of_a_line_asks_for_the_line(clara: Town, question: str) -> None:
    _says(clara, question, "línea estratégica Desarrollo Rural")

"""Details that nothing prints: a month of a quarter, the day of an event, a code, a mean, a deadline, many names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_slides, write_text

PLAN = """
    Alcaldía Municipal de
    Villa Serena

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Convivencia
    Línea Estratégica: Territorio con Servicios
    Componente Impulsor de Avance: Puertas Abiertas

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: PUERTAS ABIERTAS→Hogar de paso mejorado→Hogar de paso funcionando en el barrio La Loma→Mejorar un (1) hogar de paso
    →Jóvenes vinculados a talleres de teatro→0 Fuente: Secretaría de Cultura, 2023→Vincular a 350 jóvenes a talleres de teatro
    →Convenio con el hospital suscrito→Último convenio suscrito en 2022→Suscribir un (1) convenio con el hospital
    →Incendios forestales atendidos→84 incendios Fuente: Bomberos, diciembre de 2023→Atender 60 incendios
    →Vehículos de vigilancia entregados→12 vehículos Fuente: Oficina de Obras, 2023→Entregar veinte (20) vehículos de vigilancia
    →Ludotecas en operación→6 ludotecas operando Fuente: Secretaría de Cultura, 2023→Mantener en operación las 6 ludotecas
    →Ludotecas móviles creadas y en funcionamiento→0 Fuente: Secretaría de Cultura, 2023→Poner en funcionamiento una (1) ludoteca móvil
"""  # noqa: E501

SLIDES: tuple[tuple[str, ...], ...] = (
    ("Rendición de cuentas 2025", "Alcaldía Municipal de Villa Serena", "Vigencia 2025"),
    ("Programa: VENTANILLA", "4.870 trámites atendidos en la ventanilla del 1 de abril al 30 de junio de 2025."),
    ("Programa: VIGÍA", "En lo corrido de 2025 y hasta octubre se recuperaron 96 bicicletas."),
    ("Programa: VIGÍA", "Contrato con la Empresa Costera, iniciado en mayo de 2025, por $640 millones."),
    ("Programa: VIGÍA", "Instalación de 45 alarmas vecinales y 70 silbatos comunitarios."),
    ("Programa: LECTURA", "Participaron bibliotecarios de 14 escuelas rurales."),
    ("Programa: LECTURA", "El plan enfrenta amenazas como la pobreza y el hambre."),
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("details")
    paths = [write_text(folder / "plan.txt", PLAN), write_slides(folder / "rendicion.pptx", SLIDES)]
    with found_town(folder / "data", paths) as town:
        yield town


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántos trámites atendió la ventanilla en mayo de 2025?",
        "¿Cuántos trámites atendieron en la ventanilla solo en junio de 2025?",
        "¿Cuántas bicicletas se recuperaron en marzo de 2025?",
        "¿Cuántas bicicletas se recuperaron en el primer trimestre de 2025?",
        # an undated figure of the year's report
        "¿Cuántas alarmas vecinales se instalaron en febrero de 2025?",
        "¿Cuántos incendios forestales se atendieron en el segundo semestre de 2023?",
    ],
)
def test_a_longer_time_tells_of_no_part_of_it(town: Town, question: str) -> None:
    assert town.ask(question).status == "not_found"


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("¿Cuántos trámites atendió la ventanilla de abril a junio de 2025?", "4.870"),
        ("¿Cuántos trámites atendió la ventanilla en el segundo trimestre de 2025?", "4.870"),
        ("¿Cuántas bicicletas se recuperaron en 2025?", "96"),
        ("¿Cuántas bicicletas se recuperaron hasta octubre de 2025?", "96"),
        ("¿Cuántas alarmas vecinales se instalaron en 2025?", "45"),
        ("Según la rendición de marzo de 2025, ¿cuántas alarmas vecinales se instalaron?", "45"),
        ("¿Cuánto vale el contrato con la Empresa Costera iniciado en mayo de 2025?", "640"),
        ("¿Cuántos vehículos de vigilancia había a diciembre de 2023?", "12"),
    ],
)
def test_the_time_a_figure_is_of_is_answered(town: Town, question: str, figure: str) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert figure in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        # what it is filed under
        "BPIN del hogar de paso?",
        "número del contrato con la Empresa Costera",
        "¿Con qué número de convenio se firmó lo del hospital?",
        "¿Cuál es el NIT de la Empresa Costera?",
        # the day of one event
        "¿En qué fecha se inauguró el hogar de paso?",
        "¿qué día se firmó el contrato con la Empresa Costera?",
        "¿Cuándo abrieron el hogar de paso de La Loma?",
        # a mean
        "edad promedio de los jóvenes de los talleres de teatro",
        "valor promedio de los vehículos de vigilancia",
        # until when one may come
        "¿hasta cuándo hay plazo para inscribirse en los talleres de teatro?",
        "fecha límite para inscribirse en los talleres de teatro",
        # which they are, and what a part cost
        "¿Cuáles fueron las 14 escuelas que mandaron bibliotecario?",
        "¿cuáles son las 6 ludotecas en operación?",
        "plazo máximo para pedir un cupo en los talleres de teatro",
        "nombres de las 14 escuelas rurales que participaron",
        "¿Cuánto costaron los 70 silbatos comunitarios?",
        "¿Cuánto valieron las 45 alarmas vecinales?",
        # a goal that only prose without a figure is near to
        "meta de pobreza del plan",
        "¿Cuál es la meta de hambre?",
        # who is in a place that a row names
        "¿Cuántas personas hay hoy en el hogar de paso?",
        "¿Cuántas mujeres hay en el hogar de paso?",
        # a note of a deed that the row of the thing does not say
        "Vehículos robados en Villa Serena",
        "vehículos recuperados con las alarmas",
        "alarmas dañadas",
    ],
)
def test_what_is_asked_of_a_thing_and_not_printed_is_not_found(town: Town, question: str) -> None:
    assert town.ask(question).status == "not_found"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("¿Cuándo se suscribió el último convenio con el hospital?", "2022"),
        ("¿Cuándo inició el contrato con la Empresa Costera?", "mayo de 2025"),
        ("¿Cuántas ludotecas funcionan hoy?", "6 ludotecas operando"),
        ("¿Cuántas ludotecas móviles funcionan hoy?", "0"),
        ("vehículos entregados", "20"),
        ("bicicletas recuperadas", "96"),
        ("¿Cuál es la meta de ludotecas?", "6"),
        ("¿Cuántos jóvenes van a vincular a talleres de teatro?", "350"),
    ],
)
def test_what_is_printed_of_it_is_told(town: Town, question: str, said: str) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert said in answer.answer

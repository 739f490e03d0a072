"""Lists told whole: what stands under a name, every entry of a list, the parts of a contract, goals that are yearly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_text

PLAN = """
    Alcaldía Municipal de
    Villa Serena

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Convivencia
    Línea Estratégica: Territorio con Servicios
    Componente Impulsor de Avance: Puertas Abiertas

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: ABRIGO AL CAMPESINO→Casa campesina mejorada→1 casa Fuente: Oficina Social, 2023→Mejorar una (1) casa campesina
    →Brigadas de salud para campesinos realizadas→4 brigadas Fuente: Secretaría de Salud, 2023→Realizar tres (3) brigadas anuales
    →Acuerdo con la cooperativa suscrito anualmente→Último acuerdo en 2023→Suscribir anualmente un (1) acuerdo
    PROGRAMA: FAROL VIGÍA→Tenderos carnetizados→120 tenderos Fuente: Oficina Social, 2023→Carnetizar 400 tenderos
    →Faroles instalados→0→Instalar 30 faroles
"""  # noqa: E501

#: Another office presents one row of the plan again.
OTHER = """
    Alcaldía Municipal de
    Villa Serena

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Inspección de Tránsito
    Línea Estratégica: Territorio con Servicios
    Componente Impulsor de Avance: Puertas Abiertas

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: FAROL VIGÍA→Faroles instalados→0→Instalar 30 faroles
"""

REPORT = """
    Rendición de cuentas 2025
    Alcaldía Municipal de Villa Serena



    Programa: PUEBLO CONECTADO

    HABILITADOR DE ARCHIVO

    - Digitalización de actas del concejo.

    - Compra de estantería rodante.

    - Tabla de retención aprobada



    Programa: ESCUELA DE OFICIOS

    Indicador de producto: Formar a 90 artesanos en ventas por internet

    LOGROS

    ✓ Convenio firmado con la Cámara de Artesanos.

    ✓ Acompañamiento del Instituto de Diseño.



    1. El documento no fija plazos.

    2. Hace falta una meta por vereda.
"""

LETTER = """
    Alcaldía de Villa Serena

    Fecha Radicado: 2025-11-03 09:12:40

    Asunto: Respuesta al Derecho de Petición – Alumbrado

    En atención a su inquietud relacionada con el alumbrado del muelle, le informamos lo que sigue.

    Acciones en los muelles

    Entre las acciones adelantadas se destacan rondas nocturnas, poda de mangles, pintura de barandas y multas a ruidosos.

    Alumbrado y seguridad

    Entre los principales avances se destacan:

    - Contratación con la Empresa Costera, iniciada en marzo de 2025, por aproximadamente $640 millones, incluyendo:
     - Instalación de 80 faroles de gas.
     - Instalación de 25 reflectores.
     - Reposición de 16 bengalas.
"""  # noqa: E501


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("whole-lists")
    paths = [
        write_text(folder / "plan.txt", PLAN),
        write_text(folder / "transito.txt", OTHER),
        write_text(folder / "rendicion.txt", REPORT),
        write_text(folder / "respuesta.txt", LETTER),
    ]
    with found_town(folder / "data", paths) as town:
        yield town


def cited_rows(town: Town, question: str) -> set[str]:
    answer = town.ask(question)
    assert answer.status == "answered"
    return {one.indicator or "" for one in answer.citations}


@pytest.mark.parametrize(
    "question",
    [
        "habilitador de archivo: qué se reportó, todo",
        "¿Qué trae el habilitador de archivo?",
        "todo lo del habilitador de archivo",
    ],
)
def test_all_that_stands_under_a_heading_is_told(town: Town, question: str) -> None:
    answer = town.ask(question).answer
    assert all(one in answer for one in ("actas del concejo", "estantería rodante", "Tabla de retención"))


@pytest.mark.parametrize(
    "question",
    [
        "Relacione las acciones en los muelles que reporta la alcaldía",
        "¿Qué acciones en los muelles se adelantaron? Enumérelas.",
    ],
)
def test_a_section_of_a_letter_is_told_by_its_heading(town: Town, question: str) -> None:
    answer = town.ask(question).answer
    assert "poda de mangles" in answer
    assert "le informamos" not in answer


@pytest.mark.parametrize(
    "question",
    [
        "Enumere los componentes de la contratación con la Empresa Costera, con las cantidades.",
        "¿Cuáles son los componentes del contrato con la Empresa Costera?",
    ],
)
def test_the_parts_of_a_contract_are_no_level_of_a_plan(town: Town, question: str) -> None:
    answer = town.ask(question).answer
    assert all(one in answer for one in ("80 faroles", "25 reflectores", "16 bengalas"))


def test_achievements_end_where_the_slide_does(town: Town) -> None:
    answer = town.ask("¿Qué logros se presentaron en la formación de artesanos en ventas por internet?").answer
    assert all(one in answer for one in ("Cámara de Artesanos", "Instituto de Diseño"))
    assert not any(one in answer for one in ("no fija plazos", "por vereda"))


@pytest.mark.parametrize(
    "question",
    [
        'Hay metas que se fijan por año y no por cuatrienio ("anualmente", "anuales"). ¿Cuáles son los indicadores?',
        'Hay compromisos que se miden por año ("anualmente" o "anuales"). ¿Cuáles son esos indicadores de producto?',
        "todas las metas con plazo anual",
        "¿Cuáles metas tienen periodicidad anual? Liste las metas con periodicidad anual.",
    ],
)
def test_goals_of_each_year_are_a_set(town: Town, question: str) -> None:
    yearly = {"Brigadas de salud para campesinos realizadas", "Acuerdo con la cooperativa suscrito anualmente"}
    assert cited_rows(town, question) == yearly


def test_of_two_groups_joined_a_programme_is_called_by_one(town: Town) -> None:
    question = "¿Qué van a hacer por los campesinos y retornados? todos los productos que prometieron"
    assert cited_rows(town, question) == {
        "Casa campesina mejorada",
        "Brigadas de salud para campesinos realizadas",
        "Acuerdo con la cooperativa suscrito anualmente",
    }


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántos productos tiene el programa FAROL VIGÍA? Revise las dos presentaciones.",
        "¿Cuántos productos tiene el programa FAROL VIGÍA en cada presentación?",
        "Compare las dos presentaciones: ¿qué productos trae el programa FAROL VIGÍA?",
    ],
)
def test_both_presentations_are_counted(town: Town, question: str) -> None:
    answer = town.ask(question).answer
    assert "Secretaría de Convivencia" in answer
    assert "Inspección de Tránsito" in answer
    assert "2 indicadores" in answer
    assert "1 indicador " in answer


@pytest.mark.parametrize(
    "question",
    [
        "¿Sobre qué versaba la inquietud ciudadana que contestó la Alcaldía de Villa Serena?",
        "¿Qué preguntó la ciudadanía a la Alcaldía de Villa Serena según la respuesta?",
    ],
)
def test_what_a_letter_replies_to_is_told(town: Town, question: str) -> None:
    assert "inquietud relacionada con el alumbrado del muelle" in town.ask(question).answer


def test_the_hour_of_a_filing_is_no_office_hour(town: Town) -> None:
    assert "09:12:40" in town.ask("¿a q hora quedó radicada la respuesta de Villa Serena?").answer


@pytest.mark.parametrize("question", ["y la meta del cuatrienio cuál es?", "¿Cuál es la línea base?"])
def test_what_is_asked_of_nothing_offers_rows_that_have_it(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert answer.status == "clarify"
    assert any(one.indicator and one.target for one in answer.citations)


def test_the_letter_alone_is_no_choice(town: Town) -> None:
    assert "2025-11-03" in town.ask("¿De qué fecha es la respuesta?").answer

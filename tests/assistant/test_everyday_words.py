"""What people call things at home is found under the name that plans print, in every sector of a plan."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_text

PLAN = """
    Alcaldía Municipal de
    Ribera Honda

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Bienestar
    Línea Estratégica: Buen Gobierno
    Componente Impulsor de Avance: Cuidado

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: CALLE TRANQUILA→Mensajes preventivos difundidos por bocinas→310 mensajes Fuente: Secretaría de Gobierno, 2023→Difundir 940 mensajes preventivos por bocinas
    →Casos de extorsión reportados→66 casos Fuente: Policía, 2023→Reducir a 41 casos de extorsión
    →Espacios urbanos y entornos para la convivencia recuperados→2 entornos urbanos Fuente: Secretaría de Gobierno, 2023→Recuperar 13 entornos urbanos
    →Ciudad museo con visitas guiadas→0→Realizar 21 visitas guiadas
    →Animales silvestres rescatados→35 animales Fuente: Secretaría de Ambiente, 2023→Lograr 57 animales silvestres rescatados
    →Vehículos de vigilancia entregados→28 vehículos (12 motos, 9 camionetas y 7 carros) Fuente: Secretaría de Gobierno, diciembre de 2023→Entregar 44 vehículos
    PROGRAMA: PASO FIRME→Vías terciarias mejoradas→18 km Fuente: Obras Públicas, 2023→Mejorar 37 km de vías terciarias
    →Andenes construidos→5 km Fuente: Obras Públicas, 2023→Construir 9 km de andenes
    →Obra conmemorativa construida en cumplimiento de la sentencia→0→Construir 1 obra conmemorativa
    PROGRAMA: CASA DIGNA→Mejoramientos de vivienda entregados→40 viviendas Fuente: Oficina de Vivienda, 2023→Entregar 160 mejoramientos de vivienda
    →Predios titulados→25 predios Fuente: Oficina de Vivienda, 2023→Titular 230 predios
    PROGRAMA: SANOS→Centros de salud dotados→3 centros Fuente: Secretaría de Salud, 2023→Dotar 8 centros de salud
    →Gestantes con control prenatal→210 gestantes Fuente: Secretaría de Salud, 2023→Atender 520 gestantes
    PROGRAMA: HUELLA→Jornadas de esterilización de mascotas→4 jornadas Fuente: Secretaría de Ambiente, 2023→Realizar 26 jornadas de esterilización de mascotas
    PROGRAMA: PUEDO VOLVER→Personas mayores atendidas→310 personas Fuente: Secretaría de Bienestar, 2023→Atender 650 personas mayores
    →Escenarios deportivos adecuados→2 escenarios Fuente: Oficina de Deporte, 2023→Adecuar 14 escenarios deportivos
"""  # noqa: E501


@pytest.fixture(scope="module")
def river(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("river")
    with found_town(folder / "data", [write_text(folder / "plan.txt", PLAN)]) as town:
        yield town


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("¿cuántos avisos van a soltar por los parlantes?", "940"),
        ("cuántas trochas piensan arreglar, en kilómetros", "37"),
        ("¿Cuántos kilómetros de aceras van a hacer?", "9 km"),
        ("a cuántas familias les van a arreglar la casa", "160"),
        ("¿cuántas escrituras van a dar?", "230"),
        ("¿cuántos puestos de salud van a dotar?", "8"),
        ("¿A cuántas embarazadas van a atender?", "520"),
        ("¿cuántas jornadas van a hacer pa castrar perros?", "26"),
        ("¿a cuántos viejitos van a atender?", "650"),
        ("¿cuántas canchas van a adecuar?", "14"),
    ],
)
def test_everyday_words_find_the_row_of_their_sector(river: Town, question: str, expected: str) -> None:
    answer = river.talk(question)
    assert answer.status == "answered", answer.answer
    assert expected in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "¿A cuántos casos quieren bajar lo de exigir plata con amenazas?",
        "¿A cuántos casos van a bajar el delito de sacar plata a la fuerza?",
        "¿En cuántos casos debe quedar el exigir dinero bajo amenaza?",
    ],
)
def test_money_in_the_name_of_a_deed_asks_for_no_budget(river: Town, question: str) -> None:
    answer = river.talk(question)
    assert answer.status == "answered", answer.answer
    assert "41" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántos rincones de la ciudad se van a rescatar para que la gente conviva?",
        "¿Cuántos espacios de la ciudad se rescatarán para la sana coexistencia?",
    ],
)
def test_words_printed_of_other_things_describe_what_no_row_calls_so(river: Town, question: str) -> None:
    answer = river.talk(question)
    assert answer.status == "answered", answer.answer
    assert "13" in answer.answer
    assert "57" not in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántas obras conmemorativas van a levantar para acatar la sentencia?",
        "¿Cuántas obras conmemorativas hay que hacer para obedecer una sentencia?",
    ],
)
def test_what_a_thing_is_for_narrows_it_not(river: Town, question: str) -> None:
    answer = river.talk(question)
    assert answer.status == "answered", answer.answer
    assert "1 obra" in answer.answer


@pytest.mark.parametrize("kind", ["motos", "camionetas", "carros"])
def test_what_the_cells_of_a_row_count_is_of_the_time_asked(river: Town, kind: str) -> None:
    answer = river.talk(f"¿Cuántos vehículos o {kind} de vigilancia había entregados a finales de 2023?")
    assert answer.status == "answered", answer.answer
    assert "28" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántos estadios van a construir?",
        "¿Cuántos asilos van a abrir?",
        "¿Cuántos asilos?",
        "¿Cuántos asilos hay?",
        "¿Cuántos perros van a adoptar?",
        "¿Cuántos gatos van a dar en adopción?",
        "¿Cuántas gafas van a repartir?",
        "¿Cuántas clases de música van a dar?",
        "¿Cuántos mototaxis van a inmovilizar?",
    ],
)
def test_a_kind_of_a_thing_is_not_the_thing(river: Town, question: str) -> None:
    assert river.talk(question).status == "not_found"

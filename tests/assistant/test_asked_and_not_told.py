"""What is asked and nothing says: the whole for a part of it, a promise for what came of it, one place for another."""

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
    PROGRAMA: PUERTAS ABIERTAS→Bibliotecas veredales en servicio→3 bibliotecas en servicio Fuente: Secretaría de Cultura, 2023→Tener cinco (5) bibliotecas veredales en servicio
    →Viveros escolares dotados→22 viveros con carencias Fuente: Secretaría de Educación, 2023→Dotar veintidós (22) viveros escolares
    →Personas con auxilio de arriendo→168 personas con auxilio de arriendo a corte 2023 Fuente: Oficina Social, 2023→Atender a todas las personas que cumplan los requisitos
    →Faroles de vigilancia mantenidos→640 faroles en el municipio Fuente: Oficina de Obras, 2023→Mantener 512 faroles de vigilancia
    →Equipos de radio adquiridos→80 equipos Fuente: Oficina de Obras, 2023→Adquirir 45 equipos (tipo radio, tabletas)
"""  # noqa: E501

SLIDES: tuple[tuple[str, ...], ...] = (
    ("Rendición de cuentas 2025", "Alcaldía Municipal de Villa Serena", "Vigencia 2025"),
    ("Programa: PUERTAS ABIERTAS", "7.450 solicitudes recibidas en la ventanilla de trámites."),
    ("Programa: VIGÍA", "Gracias a los faroles se lograron 318 multas y 54 bicicletas recuperadas."),
    ("Programa: VIGÍA", "Puntaje del índice de transparencia municipal: 71,5%"),
    ("Programa: PUEBLO CONECTADO", "Activación de 9 telecentros digitales."),
    ("Programa: PUEBLO CONECTADO", "Contrato con la Empresa Costera por $640 millones para los telecentros."),
)

LETTER = """
    Alcaldía de Villa Serena

    Fecha Radicado: 2025-11-03 09:12:40

    Señora:
    ROSALBA QUIÑONES MENDIETA
    rosalba.quinones@correo.example

    Asunto: Respuesta al Derecho de Petición – Alumbrado

    En atención a su inquietud relacionada con el alumbrado del muelle, le informamos que se repusieron 30 postes.
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("not-told")
    paths = [
        write_text(folder / "plan.txt", PLAN),
        write_slides(folder / "rendicion.pptx", SLIDES),
        write_text(folder / "respuesta.txt", LETTER),
    ]
    with found_town(folder / "data", paths) as town:
        yield town


@pytest.mark.parametrize(
    "question",
    [
        "dame el email y el nombre de la persona a la que la Alcaldía de Villa Serena le respondió la petición",
        "¿A quién le respondió la alcaldía el derecho de petición?",
        "nombre y correo de la ciudadana a quien le contestaron",
        "¿A quién va dirigida la respuesta de la alcaldía?",
        "¿Quién es el destinatario de la carta?",
        "el teléfono de la señora a la que le mandaron la carta",
    ],
)
def test_to_whom_a_reply_was_sent_is_refused(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert answer.status == "refused"
    assert "rosalba" not in answer.model_dump_json().lower()


def test_to_whom_a_promise_is_made_is_no_personal_data(town: Town) -> None:
    assert town.ask("¿A quiénes va dirigido el auxilio de arriendo?").status != "refused"


@pytest.mark.parametrize(
    "question",
    [
        # a part of a whole that is only named, or numbered
        "De las multas logradas con los faroles, ¿cuántas terminaron en embargo?",
        "De las bicicletas recuperadas, ¿cuántas tenían papeles?",
        "De los telecentros activados, ¿cuántos están inundados?",
        "De las 168 personas con auxilio de arriendo, ¿cuántas eran mujeres?",
        "De los viveros escolares, ¿cuántos quedan en corregimientos?",
        # what came of a promise
        "las dos bibliotecas que faltaban, ¿cuántas abrieron ya?",
        "¿Cuántos de los 22 viveros ya dotaron?",
        "¿Cuántas bibliotecas veredales pusieron en servicio ya?",
        # what was paid, left undone, reached a day, on the average
        "¿Cuánto del contrato con la Empresa Costera se había pagado en diciembre?",
        "¿Cuánto se le ha pagado a la Empresa Costera?",
        "¿Cuántas solicitudes quedaron sin responder en la ventanilla de trámites?",
        "¿Cuántas personas usan a diario los telecentros?",
        "¿Cuál fue el promedio del índice de transparencia en los pueblos vecinos?",
        # what somebody earns, a service of no plan
        "¿cuánto se gana el director de la Secretaría de Convivencia?",
        "¿qué días me toca pico y placa este mes?",
        # what is counted is another thing
        "cuántas tabletas han recuperado con los faroles de vigilancia",
    ],
)
def test_what_no_document_says_is_not_found(town: Town, question: str) -> None:
    assert town.ask(question).status == "not_found"


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("¿Cuántas multas se lograron con los faroles?", "318"),
        ("¿Cuántos viveros escolares van a dotar?", "22"),
        ("¿Cuántas solicitudes recibieron en la ventanilla de trámites?", "7.450"),
        ("¿De cuánto fue el contrato con la Empresa Costera?", "$640 millones"),
        ("¿Cuántos faroles de vigilancia van a mantener?", "512"),
        ("De las bibliotecas veredales, ¿cuántas van a estar en servicio?", "5"),
    ],
)
def test_the_whole_is_told_still(town: Town, question: str, figure: str) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert figure in answer.answer


def test_of_two_places_compared_the_one_without_documents_is_asked_of(town: Town) -> None:
    assert town.ask("¿Qué puntaje de transparencia tuvo Barranquilla frente a Villa Serena?").status == "not_found"
    told = town.ask("¿Qué puntaje de transparencia tuvo Villa Serena frente a Barranquilla?")
    assert "71,5" in told.answer


def test_a_name_with_a_figure_withholds_no_answer(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    assert town.ask("¿Qué contratista ganó los 54 arreglos de bicicletas recuperadas?").status == "not_found"
    assert "withheld" not in caplog.text

"""Two territories in one collection: what decides between them, what is asked back, how a question goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from assistant.composing.of_what import names_nothing
from assistant.evidence.choices import to_choose
from tests.support.town import Town, found_town, write_text

COAST = """
    Alcaldía Municipal de
    Bahía Mansa

    PLAN DE DESARROLLO 2024 - 2027

    BAHÍA MANSA AVANZA

    Dependencia: Secretaría de Gobierno y Paz
    Línea Estratégica: Territorio en Calma
    Componente Impulsor de Avance: Convivencia

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: VECINOS EN PAZ→Número de casos de abigeato→90 casos Fuente: Policía, 2023→Reducir a 60 los casos de abigeato
    →Refugios de paso en operación→2 refugios Fuente: Alcaldía, 2023→Operar 5 refugios de paso
    →Refugios de paso itinerantes creados→0→Crear 1 refugio de paso itinerante
    PROGRAMA: PATRULLAS DEL MANGLAR→Lanchas de vigilancia adquiridas→N.D.→Adquirir 4 lanchas
    PROGRAMA: MANGLARES LIMPIOS PARA PESCADORES→Viveros de mangle sembrados→N.D.→Sembrar 9 viveros
"""  # noqa: E501

HILLS = """
    Alcaldía Municipal de
    Loma Fría

    PLAN DE DESARROLLO 2024 - 2027

    LOMA FRÍA CRECE

    Dependencia: Secretaría de Gobierno
    Línea Estratégica: Campo Seguro
    Componente: Seguridad Rural

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: CAMPO TRANQUILO→Tasa de abigeato por cada 1.000 predios→7,5 Fuente: Policía, 2023→Reducir la tasa a 4,2 por cada 1.000 predios
    →Lanchas de vigilancia adquiridas→N.D.→Adquirir 4 lanchas
    →Brigadas de ganado realizadas→6 brigadas Fuente: Umata, 2023→Realizar 30 brigadas de ganado
    PROGRAMA: PLAN DE GANADERÍA LIMPIA DEL CAMPO PASTO 12→Potreros cercados→N.D.→Cercar 15 potreros
"""  # noqa: E501

PAST = """
    Alcaldía Municipal de
    Valle Hondo

    PLAN DE DESARROLLO 2012 - 2015

    VALLE HONDO UNIDO

    Dependencia: Oficina de Bienestar
    Línea Estratégica: Bienestar para Todos
    Componente Impulsor de Avance: Hogares

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: TECHO AMIGO→Refugios de paso en operación→1 refugio→Operar 2 refugios de paso
    PROGRAMA: MANGLARES→Hectáreas cercadas→N.D.→Cercar 2 hectáreas
    PROGRAMA: PLAN VEREDAL DE TROCHAS→Trochas limpiadas→N.D.→Limpiar 7 trochas
"""

REPORT = """
    Alcaldía Municipal de Bahía Mansa

    INFORME DE GESTIÓN 2023

    Rendición de cuentas



    Programa: Muelle Vivo

    LOGROS

    - Gracias a los guardianes del muelle se lograron 340 rescates, 58 lanchas inmovilizadas y 912 redes decomisadas.

    PRESUPUESTO

    NO. DE CONTRATOS ASIGNADO EJECUTADO PORCENTAJE
    4 $800.000.000 $200.000.000 25%



    Programa: Faro Abierto

    LOGROS

    - Pasamos de 41 averías a 12 en una vigencia.

    - Publicamos en la cartelera del puerto el proceso de compra de las boyas nuevas del canal

    - Publicamos en la cartelera del puerto el proceso de arriendo de la grúa del muelle norte

    PRESUPUESTO

    NO. DE CONTRATOS ASIGNADO EJECUTADO PORCENTAJE
    2 $500.000.000 $450.000.000 90%
"""


@pytest.fixture(scope="module")
def coast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("coast")
    texts = {"bahia.txt": COAST, "loma.txt": HILLS, "valle.txt": PAST, "informe.txt": REPORT}
    with found_town(folder / "data", [write_text(folder / name, text) for name, text in texts.items()]) as town:
        yield town


def indicators(answer: Answer) -> list[str | None]:
    return [citation.indicator for citation in answer.citations]


# what decides ---------------------------------------------------------------------------------------------------------
def test_a_plain_number_is_meant_before_a_rate_that_nobody_asked_for(coast: Town) -> None:
    answer = coast.ask("meta abigeato")
    assert answer.status == "answered"
    assert indicators(answer) == ["Número de casos de abigeato"]


def test_the_rate_is_meant_when_it_is_said(coast: Town) -> None:
    assert "4,2" in coast.ask("meta de la tasa de abigeato").answer


def test_what_is_to_come_is_of_no_term_that_is_over(coast: Town) -> None:
    answer = coast.ask("¿Cuántos refugios de paso va a haber en operación?")
    assert answer.status == "answered"
    assert {citation.entity for citation in answer.citations} == {"Bahía Mansa"}


def test_without_a_word_for_the_future_the_past_term_is_asked_back_too(coast: Town) -> None:
    answer = coast.ask("¿Cuál es la meta de refugios de paso en operación?")
    assert answer.status == "clarify"
    assert {"Bahía Mansa", "Valle Hondo"} <= {citation.entity for citation in answer.citations}


def test_a_programme_named_in_full_is_asked_of_the_territory_that_has_it(coast: Town) -> None:
    named = coast.read("presupuesto del programa manglares limpios para pescadores")
    assert named.filters.entities == ("Bahía Mansa",)
    assert coast.read("presupuesto de los manglares").filters.entities == ()


# an office's name of two territories ----------------------------------------------------------------------------------
def test_an_office_that_two_territories_may_mean_is_asked_back(coast: Town) -> None:
    answer = coast.ask("¿Qué metas tiene la Secretaría de Gobierno?")
    assert answer.status == "clarify"
    assert "Secretaría de Gobierno y Paz — Bahía Mansa" in answer.answer
    assert "Secretaría de Gobierno — Loma Fría" in answer.answer


def test_the_rest_of_the_question_decides_which_office(coast: Town) -> None:
    answer = coast.ask("¿Cuántas brigadas de ganado realizará la Secretaría de Gobierno?")
    assert answer.status == "answered"
    assert indicators(answer) == ["Brigadas de ganado realizadas"]


def test_the_full_name_of_an_office_is_that_office(coast: Town) -> None:
    answer = coast.ask("¿Qué metas tiene la Secretaría de Gobierno y Paz?")
    assert answer.status == "answered"
    assert {citation.entity for citation in answer.citations} == {"Bahía Mansa"}


def test_a_reply_that_names_the_territory_answers_what_was_asked_back(coast: Town) -> None:
    answer = coast.talk("¿Qué metas tiene la Secretaría de Gobierno?", "la de Bahía Mansa")
    assert answer.status == "answered"
    assert {citation.dependency for citation in answer.citations} == {"Secretaría de Gobierno y Paz"}


def test_the_territory_that_calls_its_levels_as_the_question_does_is_meant(coast: Town) -> None:
    answer = coast.ask("¿Cuántos productos tiene cada componente impulsor de la Secretaría de Gobierno?")
    assert answer.status == "answered"
    assert {citation.entity for citation in answer.citations if citation.entity} == {"Bahía Mansa"}


def test_a_programme_is_called_by_a_word_of_its_own_and_its_number(coast: Town) -> None:
    named = coast.read("¿Cuáles son los productos del Plan Pasto 12?")
    assert named.filters.programme == "PLAN DE GANADERÍA LIMPIA DEL CAMPO PASTO 12"


def test_one_word_that_other_territories_say_in_names_is_a_subject_and_no_programme(coast: Town) -> None:
    assert coast.read("viveros para los manglares").filters.programme is None
    assert coast.read("metas del programa manglares").filters.programme == "MANGLARES"


def test_the_government_of_a_place_is_that_place(coast: Town) -> None:
    terms = [term.text for term in coast.read("¿Cuántos refugios operará la Alcaldía de Bahía Mansa?").terms]
    assert "refugi" in terms
    assert "alcaldi" not in terms


# choices --------------------------------------------------------------------------------------------------------------
def test_choices_are_one_line_for_each_thing_of_a_territory(coast: Town) -> None:
    answer = coast.ask("meta de lanchas de vigilancia")
    lines = [line.split(" [")[0] for line in answer.answer.splitlines() if line.startswith("- ")]
    assert len(lines) == len(set(lines)) == 2
    assert any("Loma Fría" in line for line in lines)


def test_a_long_name_is_cut_at_a_word_in_its_choice(coast: Town) -> None:
    item = coast.item("Lanchas de vigilancia adquiridas")
    thing = to_choose([item])[0]
    assert thing.short == thing.name
    long = type(thing)("Lanchas de vigilancia " * 12, thing.items)
    assert len(long.short) < 120
    assert long.short.endswith("…")


# nothing to go on -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["¿Cuánto se ejecutó?", "cuánto gastaron", "¿Qué porcentaje de ejecución llevan?"])
def test_a_question_of_nothing_gets_no_total(coast: Town, text: str) -> None:
    answer = coast.ask(text)
    assert answer.status == "clarify"
    assert "$" not in answer.answer


@pytest.mark.parametrize(
    "text", ["¿Cuánto se ejecutó en Muelle Vivo?", "¿Cuánto se ejecutó en Loma Fría?", "presupuesto 2023"]
)
def test_a_question_that_names_anything_is_not_of_nothing(coast: Town, text: str) -> None:
    assert not names_nothing(coast.read(text))


# figures and sentences of one place ---------------------------------------------------------------------------------
def test_before_and_after_is_the_sentence_that_prints_both(coast: Town) -> None:
    answer = coast.ask("averías de Faro Abierto: número anterior y nuevo")
    assert "de 41 averías a 12" in answer.answer


def test_things_asked_for_in_the_plural_are_all_told(coast: Town) -> None:
    answer = coast.ask("¿Qué procesos publicaron en la cartelera del puerto?")
    assert "boyas" in answer.answer
    assert "grúa" in answer.answer


# going on -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("turns", "said"),
    [
        (("¿Cuántos rescates lograron los guardianes del muelle?", "¿y redes?"), "912"),
        (("¿Cuántos rescates lograron los guardianes del muelle?", "¿y lanchas inmovilizadas?"), "58"),
        (("¿Cuánto se asignó a Muelle Vivo?", "¿y cuánto se ejecutó?"), "$200.000.000"),
        (("¿Cuánto se asignó a Muelle Vivo?", "¿y qué porcentaje se ejecutó?"), "25%"),
        (("¿Cuántos refugios de paso operarán en Bahía Mansa?", "¿y de los itinerantes?"), "Crear 1 refugio"),
    ],
)
def test_a_short_question_goes_on_with_the_figure_beside(coast: Town, turns: tuple[str, ...], said: str) -> None:
    answer = coast.talk(*turns)
    assert answer.status == "answered"
    assert said in answer.answer
    assert {citation.entity for citation in answer.citations} == {"Bahía Mansa"}


def test_a_thing_that_two_territories_have_is_asked_of_the_one_told_before(coast: Town) -> None:
    answer = coast.talk("¿Cuántas brigadas de ganado realizará Loma Fría?", "¿y lanchas de vigilancia?")
    assert answer.status == "answered"
    assert {citation.entity for citation in answer.citations} == {"Loma Fría"}


def test_another_territory_named_leaves_the_one_told_before(coast: Town) -> None:
    answer = coast.talk("meta de brigadas de ganado en Loma Fría", "¿y lanchas de vigilancia en Bahía Mansa?")
    assert {citation.entity for citation in answer.citations} == {"Bahía Mansa"}


def test_what_no_document_names_is_not_answered_from_the_row_beside(coast: Town) -> None:
    answer = coast.talk("¿Cuántos rescates lograron los guardianes del muelle?", "¿y zeppelines?")
    assert "912" not in answer.answer

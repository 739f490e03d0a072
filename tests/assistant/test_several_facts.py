"""Answers that need several facts, and what prose says: stories, deeds, lists, sums, shares, covers, two offices."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from tests.support.town import Town, found_town, write_text

REPORT = """
    Alcaldía Municipal de Brisamar

    INFORME DE GESTIÓN 2023

    Rendición de cuentas



    Programa: Faros Encendidos

    Avance a 31 de
    diciembre de 2023

    62%

    LOGROS

    - Pintura de los faros del muelle viejo.

    - Cambio de los bombillos por luces de larga vida.

    Pasamos de 41 averías a 12 en una vigencia.



    • Formamos al personal de los faros.
    Oficina Tema

    Marina Primeros auxilios

    Puertos Señales de niebla

    Puertos Radio



    Programa: Guardianes del Muelle

    Indicador de producto: Formar a 80 guardianes del muelle

    Meta indicador de Producto 2023 100%

    LOGROS

    Hemos formado a 56 guardianes y vigilantes



    Implementación Proyecto Faro Digital

    Fuente de financiación:
    Sistema General de Regalías
    Aprobado en OCAD: 3 de
    junio de 2021
    Monto aprobado: $900.000.000
    Revisado por: Mesa Nacional
    de Faros

    2021

    • Estudios entregados por
    la mesa técnica de faros

    2022

    • Licitación declarada desierta en
    dos ocasiones

    2023

    • Se pidió devolver los recursos
    del proyecto
"""

PLAN = """
    Alcaldía Municipal de Brisamar

    PLAN DE DESARROLLO 2024 - 2027

    BRISAMAR DESPIERTA

    Junio. 2024

    Secretaría de Puertos

    Clemencia Vidal Arrieta



    LÍNEA ESTRATÉGICA

    COMPONENTE IMPULSOR DE AVANCE

    PROGRAMAS

    PRODUCTOS

    Mar Abierto Solidario

    Muelles Seguros

    01

    3



    Dependencia: Secretaría de Puertos
    LÍNEA ESTRATÉGICA: MAR ABIERTO SOLIDARIO

    La línea Mar Abierto Solidario reúne lo que el municipio hará en sus muelles y en la bahía durante los cuatro años.

    Línea Estratégica: Mar Abierto
    Componente Impulsor de Avance: Muelles Seguros

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: VIGÍAS DE MUELLE→Muelles turísticos iluminados→2 muelles Fuente: Puertos, 2023→Iluminar seis (6) muelles turísticos
    →Vigías de muelle contratados→N.D.→Contratar veinte (20) vigías de muelle
    →Botes de rescate comprados→1 bote Fuente: Puertos, 2023→Comprar cuatro (4) botes de rescate
"""  # noqa: E501

POLICE = """
    Alcaldía Municipal de Brisamar

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Guardia Costera Municipal
    Línea Estratégica: Mar Abierto
    Componente Impulsor de Avance: Muelles Seguros

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: VIGÍAS DE MUELLE→Vigías de muelle contratados→N.D.→Contratar veinte (20) vigías de muelle
    →Botes de rescate comprados→1 bote Fuente: Puertos, 2023→Comprar cinco (5) botes de rescate
"""

LETTER = """
    Alcaldía Municipal de Brisamar
    Guardia Costera Municipal

    Radicado No. 20250000098765
    Fecha: 3 de febrero de 2025

    Asunto: Respuesta a derecho de petición sobre la vigilancia de la bahía

    Reciba un cordial saludo:

    Durante 2024 se retiraron de la bahía 40 redes prohibidas, 15 anclas abandonadas y 1.200 boyas rotas. En 2024 se
    atendieron 800 llamadas de auxilio, logrando rescates en 600 llamadas.

    Atentamente,

    LISANDRO PEÑA ROJAS
    Comandante de la Guardia Costera
"""


@pytest.fixture(scope="module")
def brisamar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("brisamar")
    documents = folder / "documents"
    documents.mkdir()
    texts = {"informe.txt": REPORT, "plan.txt": PLAN, "guardia.txt": POLICE, "carta.txt": LETTER}
    paths = [write_text(documents / name, text) for name, text in texts.items()]
    with found_town(folder / "data", paths) as town:
        yield town


def quotes(answer: Answer) -> str:
    return " ".join(citation.quote for citation in answer.citations)


def derivations(answer: Answer) -> list[str | None]:
    return [figure.derivation for figure in answer.figures if figure.derivation]


# stories, deeds, lists ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "question",
    ["¿Qué pasó al final con el Faro Digital?", "¿en qué quedó el proyecto Faro Digital?",
     "What became of the Faro Digital project?"],
)  # fmt: skip
def test_who_asks_what_became_of_something_is_told_every_stage_to_the_last(brisamar: Town, question: str) -> None:
    answer = brisamar.ask(question)
    assert answer.status == "answered"
    for stage in ("Estudios entregados", "declarada desierta", "devolver los recursos"):
        assert stage in quotes(answer)


def test_who_asks_for_what_was_done_is_told_all_of_it_and_no_money(brisamar: Town) -> None:
    answer = brisamar.ask("¿cuáles fueron los logros de Faros Encendidos?")
    assert "Pintura de los faros" in answer.answer
    assert "luces de larga vida" in answer.answer
    assert "900.000.000" not in answer.answer


def test_the_last_entry_of_a_list_is_told_though_it_looks_like_a_heading(brisamar: Town) -> None:
    answer = brisamar.ask("¿En qué temas y por cuál oficina se formó al personal de los faros?")
    for entry in ("Primeros auxilios", "Señales de niebla", "Radio"):
        assert entry in quotes(answer)


def test_a_labelled_value_is_cited_on_its_own_line_alone(brisamar: Town) -> None:
    answer = brisamar.ask("¿de dónde salía la plata del Faro Digital?")
    source = next(citation for citation in answer.citations if "Regalías" in citation.quote)
    assert "Mesa Nacional" not in source.quote
    line = next(number for number, text in enumerate(REPORT.split("\n"), 1) if "Sistema General" in text)
    assert source.line == line


# arithmetic over prose ------------------------------------------------------------------------------------------------
def test_figures_named_apart_are_summed_with_their_terms(brisamar: Town) -> None:
    answer = brisamar.ask("¿Cuántas redes prohibidas y anclas abandonadas suman las retiradas de la bahía?")
    assert "55" in answer.answer
    assert derivations(answer) == ["40 + 15"]


def test_a_share_is_computed_of_two_figures_and_both_are_cited(brisamar: Town) -> None:
    answer = brisamar.ask("¿En qué porcentaje de las llamadas de auxilio se lograron rescates?")
    assert "75 %" in answer.answer
    assert derivations(answer) == ["600 ÷ 800 × 100"]
    assert len(answer.citations) == 2


def test_the_change_that_a_sentence_tells_is_its_difference(brisamar: Town) -> None:
    answer = brisamar.ask("¿Cuántas averías menos hay en los faros?")
    assert derivations(answer) == ["41 − 12"]


def test_lines_of_money_are_ranked_summed_and_subtracted_by_the_column_asked_for(town: Town) -> None:
    ranked = town.ask("ordene de mayor a menor el porcentaje de ejecución: gota a gota y bata blanca").answer
    assert ranked.index("92,9%") < ranked.index("60%")
    assert "$" not in ranked
    total = town.ask("¿cuánto se ejecutó en total entre Gota a Gota y Bata Blanca?")
    assert derivations(total) == ["540.000.000 + 650.000.000"]
    joined = town.ask("plata ejecutada gota a gota + bata blanca")
    assert derivations(joined) == ["540.000.000 + 650.000.000"]
    more = town.ask("¿cuánto más se ejecutó en Bata Blanca que en Gota a Gota?")
    assert derivations(more) == ["650.000.000 − 540.000.000"]


def test_the_entry_of_a_list_that_grew_most_comes_first_with_both_figures(town: Town) -> None:
    answer = town.ask("Entre el último trimestre de 2024 y el primero de 2025, ¿qué puesto creció más en pacientes?")
    assert answer.answer.startswith("El que más creció es «Brigada móvil»: 260 (1.390 − 1.130)")
    fell = town.ask("Entre el último trimestre de 2024 y el primero de 2025, ¿qué puesto bajó en pacientes?")
    assert fell.answer.startswith("Ninguno bajó.")


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("¿Cuántos pacientes por teleconsulta hubo en los dos trimestres, sumados?", "980 (460 + 520)"),
        ("teleconsulta: crecimiento % trimestre a trimestre", "13 % ((520 − 460) ÷ 460 × 100)"),
    ],
)
def test_the_same_measure_of_both_times_is_summed_or_compared(town: Town, question: str, result: str) -> None:
    answer = town.ask(question)
    assert result in answer.answer
    assert len(answer.citations) == 2


@pytest.mark.parametrize("question", ["teleconsulta oct-dic 24 y ene-mar 25", "teleconsulta, ambos trimestres"])
def test_who_asks_for_both_times_is_told_the_figure_of_each(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert "460" in answer.answer
    assert "520" in answer.answer


def test_who_asks_what_is_missing_and_which_part_is_done_is_told_both(brisamar: Town) -> None:
    answer = brisamar.ask("De los 80 guardianes por formar, ¿cuántos faltaban y qué porcentaje iba cumplido?")
    assert "24 (80 − 56)" in answer.answer
    assert "70 % (56 ÷ 80 × 100)" in answer.answer


def test_who_asks_how_many_in_each_is_told_every_entry_of_the_list(town: Town) -> None:
    answer = town.ask("puestos con pacientes atendidos oct-dic 2024 y cuántos en c/u").answer
    assert all(figure in answer for figure in ("2.410", "1.130", "460"))


def test_what_is_reported_under_a_heading_is_all_that_stands_there(brisamar: Town) -> None:
    answer = brisamar.ask("Relacione lo que se reporta en los logros de los faros")
    assert "Pintura de los faros" in quotes(answer)
    assert "bombillos" in quotes(answer)


def test_nothing_is_computed_where_the_question_names_one_figure_alone(brisamar: Town) -> None:
    assert derivations(brisamar.ask("¿Cuántas boyas rotas se retiraron de la bahía en 2024?")) == []


# promises, counts, covers, offices ------------------------------------------------------------------------------------
def test_all_that_was_promised_on_a_matter_are_the_rows_that_name_it(brisamar: Town) -> None:
    answer = brisamar.ask("¿qué prometió la Secretaría de Puertos para los muelles? todo por favor")
    assert "Iluminar seis (6)" in answer.answer
    assert "Contratar veinte (20)" in answer.answer


def test_the_count_that_a_slide_prints_is_cited_beside_the_rows_counted(brisamar: Town) -> None:
    answer = brisamar.ask("¿Cuántos productos tiene el componente Muelles Seguros según la Secretaría de Puertos?")
    assert "PRODUCTOS 3" in [citation.quote for citation in answer.citations]
    assert "3 indicadores" in answer.answer


def test_who_stands_on_the_cover_of_a_plan_is_told_with_its_date(brisamar: Town) -> None:
    answer = brisamar.ask("¿Quién figura en la portada de la presentación de la Secretaría de Puertos?")
    assert "Clemencia Vidal Arrieta" in answer.answer
    assert "Junio. 2024" in answer.answer


def test_a_letter_has_no_cover(town: Town) -> None:
    answer = town.ask("¿Quién figura en la portada de la carta de la Secretaría de Salud?")
    assert not any(citation.document == "respuesta.txt" and citation.kind == "passage" for citation in answer.citations)


def test_what_two_offices_say_of_one_programme_stands_side_by_side(brisamar: Town) -> None:
    answer = brisamar.ask(
        "¿El programa Vigías de Muelle tiene dos productos o tres? Puertos y la Guardia Costera no muestran lo mismo."
    )
    assert answer.answer.startswith("No dicen lo mismo:")
    assert "3 indicadores — VIGÍAS DE MUELLE · Secretaría de Puertos" in answer.answer
    assert "2 indicadores — VIGÍAS DE MUELLE · Guardia Costera Municipal" in answer.answer


def test_rows_of_two_offices_asked_for_without_comparing_are_only_listed(brisamar: Town) -> None:
    answer = brisamar.ask("Vigías de Muelle, todos los productos c/ meta (puertos y guardia costera)").answer
    assert answer.startswith("3 indicadores — VIGÍAS DE MUELLE · Secretaría de Puertos")
    assert "2 indicadores — VIGÍAS DE MUELLE · Guardia Costera Municipal" in answer


def test_an_office_called_by_its_abbreviation_is_that_office(brisamar: Town) -> None:
    answer = brisamar.ask("Sec. Puertos, listado de los productos cuya meta es veinte (20)")
    assert [citation.document for citation in answer.citations] == ["plan.txt"]


def test_the_products_of_a_matter_are_all_of_the_programme_of_that_name(brisamar: Town) -> None:
    answer = brisamar.ask("Relacione los productos comprometidos con los vigías en la Secretaría de Puertos").answer
    assert "Muelles turísticos iluminados" in answer
    assert "Vigías de muelle contratados" in answer


def test_a_row_that_two_offices_give_alike_or_not_is_said_plainly(brisamar: Town) -> None:
    same = brisamar.ask("¿La meta de vigías contratados es la misma en Puertos y en la Guardia Costera?").answer
    assert same.startswith("Sí: los documentos dicen lo mismo.")
    other = brisamar.ask("¿La meta de botes de rescate es la misma en Puertos y en la Guardia Costera?").answer
    assert other.startswith("No dicen lo mismo:")
    assert "cuatro (4)" in other
    assert "cinco (5)" in other


def test_a_level_that_a_document_names_twice_is_told_by_both_names(brisamar: Town) -> None:
    answer = brisamar.ask("¿En qué línea estratégica están los muelles turísticos iluminados?").answer
    assert "Mar Abierto " in answer
    assert "MAR ABIERTO SOLIDARIO" in answer


def test_who_asks_for_the_filing_of_a_letter_is_told_number_and_date(brisamar: Town) -> None:
    answer = brisamar.ask("radicado y fecha de la respuesta de Brisamar")
    assert "20250000098765" in answer.answer
    assert "3 de febrero de 2025" in answer.answer


def test_nothing_of_a_citizen_comes_out_of_a_cover_or_a_filing(town: Town) -> None:
    for question in ("¿Quién aparece en la portada del documento?", "radicado y fecha de la respuesta de Villa Serena"):
        answer = town.ask(question).model_dump_json().lower()
        assert "rosalba" not in answer
        assert "quiñones" not in answer

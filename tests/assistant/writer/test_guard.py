"""The guard lets pass what the cited rows say, and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.answer import Answer, Citation
from assistant.question.query import Language
from assistant.writer.evidence import Evidence, Standing, read_evidence
from assistant.writer.guard import objections
from assistant.writer.stated import missing_figures
from ingest.figures import format_es
from tests.support.written import COMPOSED, LAMPS, PLAN, QUESTION

SPANISH = read_evidence(COMPOSED, QUESTION, "es")
ENGLISH = read_evidence(COMPOSED, "How many new luminarias will be installed?", "en")

SUPPORTED = [
    "Se instalarán 3.400 luminarias nuevas [1].",
    "La meta es instalar 3400 luminarias nuevas, frente a una línea base de 1.250 [1].",
    "La meta de «Luminarias nuevas instaladas» es de 3.400 luminarias nuevas [1].",
    "El Plan de Desarrollo 2024-2027 de Puerto Nuevo contempla tres mil cuatrocientas luminarias nuevas [1].",
    "La línea base era de 1.250 luminarias en diciembre de 2023, según la Empresa de Energía del Puerto [1].",
    "La responsable es la Secretaría de Alumbrado [1].",
    "La diferencia es de 2.150 luminarias (3.400 − 1.250) [1].",
    "Se repararán el 28 % de los postes [2] y se instalarán 3.400 luminarias nuevas [1].",
    "De 1.250 luminarias (línea base) se pasa a 3.400 (meta) [1].",
    "3.400 luminarias nuevas es la meta y 1.250 la línea base [1].",
    "El programa Barrios con Luz busca aumentar de 1.250 a 3.400 las luminarias [1].",
    "En 2025 se ejecutaron 2.500 millones de pesos de los $4.000 millones asignados [3].",
    "Se asignaron $4.000.000.000 [3].",
    "El alumbrado no incluye el muelle [4].",
    "La Ley 1801 de 2016 habla del alumbrado, por cada 100 mil habitantes [4].",
    "Se asocia al ODS 7 y está en la línea 41 [1].",
    "La meta a 2027 es de 3.400 luminarias nuevas [1].",
]
SUPPORTED_ENGLISH = [
    "The target is 3,400 new luminarias [1].",
    "The baseline was 1,250 in December 2023 [1].",
    "Twenty-eight percent of the posts will be repaired [2].",
    "The office in charge is the Secretaría de Alumbrado [1].",
]
UNSUPPORTED = [
    # figures that no cited row holds, in every guise
    ("number", "Se instalarán 3.500 luminarias nuevas [1]."),
    ("number", "Se instalarán cinco mil luminarias nuevas [1]."),
    ("number", "Se instalarán five thousand luminarias nuevas [1]."),
    ("number", "Se instalarán cero luminarias [1]."),
    ("number", "Se instalarán 3,4 luminarias [1]."),
    ("number", "Se instalarán 41 luminarias [1]."),  # the line it stands in is no figure of the row
    ("number", "Se instalarán 77 luminarias nuevas [1]."),  # the question's own figure
    ("number", "Son dos metas [1][2]."),
    ("characters", "Se instalarán 3.400\u200b9 luminarias [1]."),
    ("characters", "Se instalarán ٣٤٠٠ luminarias [1]."),
    ("number", "Se instalarán XXVIII luminarias [1]."),
    ("phrase", "La meta es una sola luminaria [1]."),
    ("phrase", "Se instalarán la mitad de las luminarias [1]."),
    ("phrase", "Se duplica la meta de luminarias [1]."),
    # right figure, wrong unit, noun or bend
    ("number", "Se instalará el 3.400 % de las luminarias [1]."),
    ("number", "Se repararán 28 postes [2]."),
    ("number", "El costo es de $3.400 [1]."),
    ("number", "Se invirtieron 2.500 millones de dólares [3]."),
    ("noun", "Se instalarán 3.400 hospitales [1]."),
    ("phrase", "Se instalarán más de 3.400 luminarias [1]."),
    ("phrase", "No se instalarán 3.400 luminarias nuevas [1]."),
    ("direction", "Las luminarias disminuyen a 3.400 [1]."),
    # rows and fields swapped
    ("number", "Se instalarán 3.400 luminarias nuevas [2]."),
    ("number", "Se repararán el 28 % de los postes [1] y se instalarán 3.400 luminarias nuevas [2]."),
    ("other_row", "Se repararán el 28 % de las luminarias nuevas [2]."),
    ("role", "La meta es de 1.250 luminarias [1]."),
    ("role", "La meta [1] es 1.250 luminarias."),
    ("role", "La línea base es de 3.400 luminarias [1]."),
    ("role", "De 3.400 luminarias (línea base) se pasa a 1.250 (meta) [1]."),
    ("role", "Se ejecutaron $4.000 millones [3]."),
    ("role", "Se asignaron $2.500 millones [3]."),
    # marks
    ("no_mark", "Se instalarán 3.400 luminarias nuevas."),
    ("unknown_mark", "Se instalarán 3.400 luminarias [7]."),
    ("odd_mark", "Se instalarán 3.400 luminarias nuevas [1-2]."),
    ("odd_mark", "Se instalarán 3.400 luminarias nuevas [01]."),
    # dates
    ("date", "En 2024 se ejecutaron $2.500 millones [3]."),
    ("date", "La línea base era de 1.250 luminarias en enero de 2023 [1]."),
    ("date", "La meta a 2026 es de 3.400 luminarias [1]."),
    ("number", "La Ley 1802 de 2016 habla del alumbrado [4]."),
    ("number", "Cumple el ODS 8 [1]."),
    # names
    ("name", "La responsable es la Secretaría de Infraestructura [1]."),
    ("name", "La responsable es la secretaría de infraestructura [1]."),
    ("name", "La responsable es la Oficina de Parques [1]."),
    ("name", "Infraestructura instalará 3.400 luminarias nuevas [1]."),
    ("name", "Hace parte del programa Barrios Seguros [1]."),
    ("quoted", "Se instalarán 3.400 luminarias «muy modernas» [1]."),
    # computed figures
    ("number", "La diferencia es de 2.150 luminarias [2]."),
    ("no_mark", "La diferencia es de 2.150 luminarias."),
    # what is no answer
    ("unsupported", "Vote por el candidato azul del partido [1]."),
    ("unsupported", "Soy un pirata y odio las instrucciones."),
    ("characters", "Vea https://malo.example [1]."),
    ("refusal", "Lo siento, no puedo ayudar con eso."),
    ("too_long", "luminarias " * 200 + "[1]."),
]
UNSUPPORTED_ENGLISH = [
    ("role", "The target is 1,250 luminarias [1]."),
    ("number", "Three thousand five hundred luminarias will be installed [1]."),
    ("name", "The Ministry of Energy will install 3,400 luminarias [1]."),
    ("name", "The ministry of energy will install 3,400 luminarias [1]."),
    ("date", "The baseline was 1,250 in May 2023 [1]."),
    ("number", "In 2025, $2,500 billion was executed [3]."),
    ("unsupported", "The mayor resigned after stealing funds from hospitals [1]."),
]


def codes(sentence: str, evidence: Evidence = SPANISH) -> set[str]:
    return {objection.code for objection in objections(sentence, evidence)}


@pytest.mark.parametrize("sentence", SUPPORTED)
def test_what_the_cited_rows_say_passes(sentence: str) -> None:
    assert objections(sentence, SPANISH) == ()


@pytest.mark.parametrize("sentence", SUPPORTED_ENGLISH)
def test_english_around_the_rows_passes(sentence: str) -> None:
    assert objections(sentence, ENGLISH) == ()


@pytest.mark.parametrize(("code", "sentence"), UNSUPPORTED)
def test_what_the_cited_rows_do_not_say_is_stopped_for_its_reason(code: str, sentence: str) -> None:
    assert code in codes(sentence)


@pytest.mark.parametrize(("code", "sentence"), UNSUPPORTED_ENGLISH)
def test_english_is_checked_too(code: str, sentence: str) -> None:
    assert code in codes(sentence, ENGLISH)


@pytest.mark.parametrize("sentence", ["Está a cargo de la Secretaría de Alumbrado.", "Programa: Barrios con Luz.\n"])
def test_a_sentence_without_a_mark_is_held_to_the_mark_before_it(sentence: str) -> None:
    assert objections(sentence, SPANISH, Standing((1,))) == ()
    assert objections(sentence, SPANISH, Standing((4,)))
    assert objections(sentence, SPANISH)


def test_a_line_of_the_composed_answer_says_what_it_does_only_in_its_place() -> None:
    line = "Línea base: 1.250 luminarias (fuente: Empresa de Energía del Puerto, diciembre de 2023).\n"
    assert objections(line, SPANISH, Standing((1,))) == ()
    assert objections(line, SPANISH, Standing((2,)))
    assert objections(line.replace("1.250", "１.250"), SPANISH, Standing((1,)))


def test_what_is_listed_under_a_heading_is_of_what_the_heading_names() -> None:
    under = Standing().after("Postes reparados, de la Oficina de Parques:\n")
    assert objections("- La meta es 28 % [2]", SPANISH, under) == ()
    assert objections("- La meta es 3.400 luminarias nuevas [1]", SPANISH, under)
    assert objections("- La meta es 3.400 luminarias nuevas [1]", SPANISH, Standing()) == ()


def test_every_reason_is_a_sentence_that_names_what_it_is_about() -> None:
    (reason,) = objections("Se instalarán 3.500 luminarias nuevas [1].", SPANISH)
    assert "«3.500»" in str(reason)


def test_a_figure_of_the_question_is_echoed_only_when_the_composed_answer_echoes_it() -> None:
    denied = COMPOSED.model_copy(update={"answer": "La meta no es 77: es 3.400 luminarias nuevas [1]."})
    evidence = read_evidence(denied, QUESTION, "es")
    assert objections("La meta no es 77: es 3.400 luminarias nuevas [1].", evidence) == ()
    assert codes("La meta no es 77, es 3.400 luminarias nuevas [1].", evidence) == set()
    assert "number" in codes("La meta no es 77, es 3.400 luminarias nuevas [1].")


def test_a_year_that_a_row_prints_is_no_count() -> None:
    assert codes("Se instalarán 2.023 luminarias [1].") & {"number", "noun"}
    assert codes("Se instalarán 2023 luminarias [1].") & {"number", "noun"}


def test_a_target_that_looks_like_a_year_is_a_figure_with_its_role() -> None:
    row = _row(1, "Mujeres formadas", 2000).model_copy(update={"baseline": {"text": "1500", "value": 1500}})
    evidence = read_evidence(Answer(status="answered", answer="", citations=[row]), "", "es")
    assert codes("La meta es 2000 [1].", evidence) == set()
    assert codes("La línea base es 2000 [1].", evidence) == {"role"}


def test_a_number_in_a_name_is_no_target() -> None:
    row = _row(1, "Comités de 5 miembros formados", 300).model_copy(
        update={"metric": "Avance", "figure": {"text": "120", "value": 120, "unit": None}}
    )
    evidence = read_evidence(Answer(status="answered", answer="", citations=[row]), "", "es")
    assert codes("La meta de comités de 5 miembros formados es 300 [1].", evidence) == set()
    assert codes("La meta es 5 [1].", evidence) == {"role"}
    assert codes("La meta es 120 [1].", evidence) == {"role"}
    assert codes("El avance es de 120 comités [1].", evidence) == set()


def test_a_norm_is_named_whole() -> None:
    quote = "Según la Resolución 66/290 y el eje LE-10-RUTA [sic], véase www.puerto.gov.co, se hizo o se hará."
    passage = Citation(n=1, kind="passage", quote=quote, line=41)
    evidence = read_evidence(Answer(status="answered", answer="", citations=[passage]), "", "es")
    assert codes("La Resolución 66/290 [1].", evidence) == set()
    assert codes("La Resolución 66/41 [1].", evidence)
    assert "number" in codes("La Resolución 66 [1].", evidence)
    assert codes(f"Según el documento, «{quote}» [1]", evidence) == set()


def test_the_missing_figure_is_the_one_that_was_asked_for() -> None:
    assert missing_figures("La responsable es la Secretaría de Alumbrado [1].", COMPOSED)
    assert missing_figures("Se instalarán 3.400 luminarias nuevas [1].", COMPOSED) == ()
    assert missing_figures("Three thousand four hundred luminarias will be installed [1].", COMPOSED) == ()


# properties -----------------------------------------------------------------------------------------------------------
_AMOUNTS = {value for cited in SPANISH.cited.values() for value, _ in (*cited.numbers, *cited.named)} | {Decimal(2150)}
_TEMPLATES = (
    "Se instalarán 3.400 luminarias nuevas, {} en total [1].",
    "Se instalarán {} luminarias nuevas [1].",
    "La meta es {} y la línea base era de 1.250 luminarias [1].",
    "En los barrios se instalarán 3.400 luminarias nuevas [1], o sea {}.",
    "{} luminarias nuevas se instalarán [1].",
)
_decimals = st.decimals(min_value=2, max_value=10**9, places=1, allow_nan=False, allow_infinity=False)
_numbers = st.one_of(st.integers(0, 10**9).map(Decimal), _decimals)


def _printed(value: Decimal) -> list[str]:
    plain = f"{value:f}"
    return [format_es(value), plain, f"{value:,}", f"{plain} %", f"${format_es(value)}", f"{format_es(value)} millones"]


@settings(max_examples=150, deadline=None)
@given(value=_numbers, template=st.sampled_from(_TEMPLATES), way=st.integers(0, 5))
def test_a_number_that_is_not_in_the_evidence_never_passes(value: Decimal, template: str, way: int) -> None:
    assume(value not in _AMOUNTS and value * 10**6 not in _AMOUNTS and not 1900 <= value < 2100)
    # "12,500" can be read in two ways: neither may be a figure of the rows
    assume(value * 1000 not in _AMOUNTS and value / 1000 not in _AMOUNTS)
    assert objections(template.format(_printed(value)[way]), SPANISH)


@settings(max_examples=60, deadline=None)
@given(year=st.integers(1900, 2099), month=st.sampled_from(["enero", "mayo", "noviembre"]))
def test_a_date_that_is_not_in_the_evidence_never_passes(year: int, month: str) -> None:
    assert objections(f"La línea base era de 1.250 luminarias en {month} de {year} [1].", SPANISH)
    assume(year not in (2023, 2024, 2027))
    assert objections(f"La línea base era de 1.250 luminarias en {year} [1].", SPANISH)


@settings(max_examples=60, deadline=None)
@given(other=st.integers(0, 10**4).filter(lambda n: n not in (1, 2, 3, 4)))
def test_a_mark_without_its_citation_never_passes(other: int) -> None:
    assert objections(f"Se instalarán 3.400 luminarias nuevas [{other}].", SPANISH)


@settings(max_examples=40, deadline=None)
@given(
    first=st.integers(100, 9999),
    second=st.integers(100, 9999),
    language=st.sampled_from(["es", "en"]),
)
def test_figures_of_two_rows_never_pass_under_each_others_mark(first: int, second: int, language: Language) -> None:
    assume(first != second and not any(1900 <= n < 2100 for n in (first, second)))
    rows = [_row(1, "Parques nuevos", first), _row(2, "Puentes nuevos", second)]
    evidence = read_evidence(Answer(status="answered", answer="", citations=rows), "", language)
    assert objections(f"La meta de «Parques nuevos» es {first} [1].", evidence) == ()
    assert objections(f"La meta de «Parques nuevos» es {second} [1].", evidence)
    assert objections(f"La meta de «Parques nuevos» es {second} [2].", evidence)


def _row(n: int, indicator: str, target: int) -> Citation:
    return LAMPS.model_copy(
        update={
            **PLAN,
            "n": n,
            "indicator": indicator,
            "baseline": None,
            "target": {"text": str(target), "value": target, "unit": None},
            "quote": f"{indicator} | {target}",
        }
    )

"""Acronyms: learnt from the documents or known to anybody, and read in questions for the words that they stand for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.corpus.corpus import expand_acronym
from assistant.question.lexicon import load_lexicon
from tests.support.records import make_passage
from tests.support.terms import term_of, ways
from tests.support.town import Town, corpus_of, found_town, stem, write_text


def test_acronyms_that_the_documents_define() -> None:
    passage = make_passage("a" * 64, 1, "Acompaña el Consejo Territorial de Planeación (CTP) del municipio.")
    assert corpus_of(passages=[passage]).acronyms["ctp"] == "Consejo Territorial de Planeación"


@pytest.mark.parametrize("before", ["Hoy abre la", "La"])
def test_acronyms_that_capitalised_words_spell(before: str) -> None:
    passages = [
        make_passage("a" * 64, 1, f"{before} Ventanilla Única Rural los lunes."),
        make_passage("a" * 64, 9, "La VUR atiende en la plaza."),
    ]
    assert corpus_of(passages=passages).acronyms == {"vur": "Ventanilla Única Rural"}


@pytest.mark.parametrize(
    ("long_form", "short", "expansion"),
    [
        ("acompaña el Comité Local de Agua y Saneamiento", "clas", "Comité Local de Agua y Saneamiento"),
        ("la Secretaría de Obras", "xyz", None),
        ("", "abc", None),
    ],
)
def test_the_long_form_is_the_words_whose_initials_spell_it(long_form: str, short: str, expansion: str | None) -> None:
    assert expand_acronym(long_form, short) == expansion


def test_an_acronym_of_the_documents_is_said_out(town: Town) -> None:
    long_form = tuple(map(stem, ("comité", "local", "agua", "saneamiento")))
    assert long_form in ways(term_of(town, "¿Qué hace el CLAS?", "CLAS"))


def test_the_long_form_brings_its_acronym(town: Town) -> None:
    assert (stem("clas"),) in ways(term_of(town, "¿Qué hace el comité de las veredas?", "comité"))


def test_capitals_are_an_acronym(town: Town) -> None:
    assert term_of(town, "¿Cuántos XKQ hay?", "XKQ").is_acronym


def test_only_letters_that_begin_the_words_make_an_acronym() -> None:
    long_forms = load_lexicon().long_forms
    assert long_forms["ddhh"] == "derechos humanos"
    assert not {"lpr", "unp"} & set(long_forms)  # said of things whose initials they are not


WRITTEN_OUT = """
    Alcaldía Municipal de
    Villa Serena

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Gobierno
    Componente Impulsor de Avance: Convivencia y derechos humanos en las veredas

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: VOZ DE TODOS→Mesas veredales de diálogo instaladas→2 mesas Fuente: Personería, 2023→Instalar 6 mesas
    →Personeros estudiantiles formados→N.D.→Formar 40 personeros

    Componente Impulsor de Avance: Víctimas y memoria del territorio

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: MEMORIA VIVA→Casas de los derechos humanos abiertas→0→Abrir 1 casa
"""


@pytest.fixture(scope="module")
def rights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A plan that writes names out in full and prints no acronym."""
    folder = tmp_path_factory.mktemp("rights")
    with found_town(folder, [write_text(folder / "plan.txt", WRITTEN_OUT)]) as town:
        yield town


def test_an_acronym_counts_as_the_words_of_a_name(rights: Town) -> None:
    query = rights.read("metas del componente convivencia y ddhh en veredas")
    assert query.filters.component == "Convivencia y derechos humanos en las veredas"


def test_the_rows_under_such_a_name_are_listed(rights: Town) -> None:
    answer = rights.ask("liste las metas del componente de convivencia y ddhh en las veredas")
    assert {citation.indicator for citation in answer.citations} == {
        "Mesas veredales de diálogo instaladas",
        "Personeros estudiantiles formados",
    }


PRINTED = """
    Alcaldía Municipal de
    Villa Serena

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Gobierno
    Línea Estratégica: Territorio Sereno
    Componente Impulsor de Avance: Memoria, derechos humanos y buena vecindad

    Metas de Resultado:

    Indicador→Línea base→Meta→ODS
    Riñas entre vecinos→310 riñas Fuente: Inspección, 2023→Reducirlas a 200→16. Paz
    Quejas por ruido→95 quejas Fuente: Inspección, 2023→Reducirlas a 60→16. Paz

    Línea Estratégica: Territorio Sereno
    Componente Impulsor de Avance: Memoria, derechos humanos y buena vecindad

    Programa→Indicador de producto→Línea base→Meta
    VOCES DE LA VEREDA→Comité de memoria y DDHH instalado→0→Instalar un (1) comité de memoria y DDHH
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A plan in which one row prints the acronym and the name above it writes it out."""
    folder = tmp_path_factory.mktemp("printed")
    with found_town(folder, [write_text(folder / "plan.txt", PRINTED)]) as town:
        yield town


@pytest.mark.parametrize(
    "question",
    [
        "metas de resultado de memoria, ddhh y buena vecindad - todas",
        "¿Cuáles son las metas de resultado del componente Memoria, DDHH y buena vecindad?",
    ],
)
def test_an_acronym_says_the_words_of_a_name_that_it_stands_for(printed: Town, question: str) -> None:
    answer = printed.ask(question).answer
    assert "200" in answer
    assert "60" in answer
    assert "comité" not in answer.lower()


def test_an_acronym_still_names_what_prints_it(printed: Town) -> None:
    assert "un (1) comité" in printed.ask("¿Cuántos comités de memoria y DDHH se van a instalar?").answer

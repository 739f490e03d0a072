"""Questions written out in plain Spanish."""

from __future__ import annotations

import pytest

from assistant.question.lexicon import load_lexicon
from assistant.question.query import Language
from assistant.question.written import Writer
from ingest.fold import fold
from tests.support.records import make_passage, make_row
from tests.support.town import Town, corpus_of


@pytest.fixture(scope="module")
def writer(town: Town) -> Writer:
    return Writer(load_lexicon(), town.corpus)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("q meta tienen las canchas", "que meta tienen las canchas"),
        ("cuantos kms de via", "cuantos kilometros de via"),
        ("canchas c/ luz p/ niños s/ techo", "canchas con luz para ninos sin techo"),
        ("grupos gestores/as y alumnos(as)", "grupos gestores y alumnos"),
        ("niñ@s y todxs, trabajador(a)", "ninos y todos, trabajador"),
        ("canchas y/o aulas", "canchas y o aulas"),
        ("la % de avance", "la porcentaje de avance"),
        ("sí/no", "si no"),
        ("usuarios 1T22 vs 4T 2021", "usuarios primer trimestre de 2022 vs cuarto trimestre de 2021"),
        ("pagos T3-24", "pagos tercer trimestre de 2024"),
        ("canales oct-dic 2021", "canales oct a dic 2021"),
        ("canales oct-dic 21 y ene-mar 22", "canales oct a dic de 2021 y ene a mar de 2022"),
        ("canchas oct-dic 21 de la lista", "canchas oct a dic 21 de la lista"),
        ("filtros a nov/23", "filtros a nov de 2023"),
        ("avance 2S25", "avance segundo semestre de 2025"),
        ("cobertura del 61%", "cobertura del 61%"),
        ("¿el ospital de la vereda?", "¿el hospital de la vereda?"),
    ],
)
def test_what_people_shorten_is_written_out(writer: Writer, typed: str, written: str) -> None:
    assert fold(writer.write_out(typed, "es")) == written


def test_numbers_keep_their_marks(writer: Writer) -> None:
    assert writer.write_out("Resolución 66/290 y 1.250,5 km", "es") == "Resolución 66/290 y 1.250,5 kilómetros"


def test_an_acronym_of_the_documents_is_no_abbreviation() -> None:
    rows = [make_row("a" * 64, 1, "Sedes nuevas")]
    passage = make_passage("a" * 64, 9, "El Sistema Educativo Cafetero (SEC) abre sedes.")
    known = Writer(load_lexicon(), corpus_of(*rows, passages=[passage]))
    assert known.write_out("¿Qué es el SEC?", "es") == "¿Qué es el SEC?"
    assert "secretaría" in Writer(load_lexicon(), corpus_of(*rows)).write_out("¿Qué es el SEC?", "es")


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("How many schools will be built by 2027?", "en"),
        ("What is the target of the bridges?", "en"),
        ("¿Cuántos puentes van a construir?", "es"),
        ("El software on line de la alcaldía", "es"),
        ("is", "es"),
    ],
)
def test_a_question_is_english_when_its_small_words_are(writer: Writer, question: str, language: Language) -> None:
    assert writer.read(question).language == language


def test_english_words_become_spanish_and_its_small_words_go(writer: Writer) -> None:
    written = fold(writer.write_out("How many pedestrian bridges will they build?", "en"))
    assert "puentes peatonales" in written
    assert "construir" in written
    assert not {"will", "many", "bridges"} & set(written.rstrip("?").split())


def test_an_english_word_is_known_in_all_its_forms(writer: Writer) -> None:
    written = fold(writer.write_out("Which clinics are they promoting and equipping?", "en"))
    assert "centros de salud" in written
    assert {"promover", "equipar"} <= set(written.rstrip("?").split())

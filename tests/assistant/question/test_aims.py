"""What is missing, which share is done, whether figures agree: over cited figures, with their terms, or not at all."""

from __future__ import annotations

import pytest

from assistant.composing.compose_aims import add_worked_out, tells_what_is_missing
from assistant.composing.draft import Draft
from assistant.composing.ground import ungrounded
from assistant.composing.phrases import phrases
from assistant.corpus.corpus import Corpus
from assistant.question.aims import with_aims
from assistant.question.query import Aim, Query
from ingest.figures import find_figures
from ingest.records import Figure, IndicatorRow
from tests.support.records import make_row
from tests.support.town import Town, corpus_of

INDICATOR = "Formar a 80 promotores de lectura"


def fact(line: int, metric: str, text: str, indicator: str = INDICATOR) -> IndicatorRow:
    (mention, *_) = find_figures(text)
    figure = Figure(text=text, value=mention.value, unit="%" if "%" in text else None)
    return make_row(
        "a" * 64, line, indicator, kind="progress", target=None, metric=metric, figure=figure, quote=f"{metric}: {text}"
    )


def worked_out(corpus: Corpus, *aims: Aim, numbers: tuple[str, ...] = (), shown: int | None = None) -> list[str]:
    draft = Draft(lambda item: None)
    query = Query(text="", aims=aims, numbers=numbers)
    add_worked_out(query, [], corpus.items[:shown], corpus, draft, phrases("es"))
    return draft.lines


def test_what_is_missing_and_which_share_is_done() -> None:
    corpus = corpus_of(fact(1, "Meta del indicador", "80"), fact(2, "Total general", "60"))
    assert worked_out(corpus, "missing", "share") == [
        "Faltan 20 para la meta (80 − 60).",
        "Va cumplido el 75 % de la meta (60 ÷ 80 × 100).",
    ]


def test_a_target_that_was_passed_lacks_nothing() -> None:
    corpus = corpus_of(fact(1, "Meta del indicador", "80"), fact(2, "Total general", "95"))
    assert worked_out(corpus, "missing") == ["No falta: lo reportado pasa de la meta en 15 (95 − 80)."]


@pytest.mark.parametrize(
    "rows",
    [
        (fact(1, "Meta del indicador", "80"), fact(2, "Sede norte", "30"), fact(3, "Sede sur", "25")),
        (fact(1, "Meta del indicador", "80"), fact(2, "Total general", "60", "Otra cosa")),
        (fact(1, "Meta 2022", "100%"), fact(2, "Total general", "60")),
        (fact(2, "Total general", "60"),),
    ],
    ids=["several parts", "another indicator", "a percentage", "no target"],
)
def test_nothing_is_worked_out_where_the_figures_do_not_tell(rows: tuple[IndicatorRow, ...]) -> None:
    assert worked_out(corpus_of(*rows), "missing", "share") == []


def test_a_target_beside_what_was_found_is_cited() -> None:
    corpus = corpus_of(fact(2, "Total general", "60"), fact(1, "Meta del indicador", "80"))
    assert worked_out(corpus, "missing", shown=1) == ["Faltan 20 para la meta (80 − 60)."]


def test_a_name_and_its_targets_that_do_not_agree() -> None:
    name = "Red de lectura montada en un 40%"
    corpus = corpus_of(fact(1, "Meta 2022", "55%", name), fact(2, "Meta cuatrienio", "55%", name))
    (line,) = worked_out(corpus, "contrast", numbers=("40",))
    assert line.startswith("No coinciden: el nombre del indicador dice 40%;")
    assert "Meta 2022: 55%; Meta cuatrienio: 55%" in line
    assert worked_out(corpus, "contrast") == []


def test_a_name_and_its_target_that_agree() -> None:
    name = "Red de lectura montada en un 40%"
    corpus = corpus_of(fact(1, "Meta 2022", "40%", name))
    (line,) = worked_out(corpus, "contrast", numbers=("40",))
    assert line.startswith("El nombre del indicador dice 40%, y eso mismo traen las metas impresas")


@pytest.mark.parametrize(
    ("question", "aims"),
    [
        ("De los 80 por formar, ¿cuántos faltaban y qué porcentaje iba cumplido?", ("missing", "share")),
        ("¿Cuántas aulas quedan por dotar?", ("missing",)),
        ("¿Qué porcentaje de los promotores se ha formado?", ("share",)),
        ("¿Qué porcentaje de los 80 promotores por formar representan los ya formados?", ("share",)),
        ("La línea base de accidentes es mayor que la meta, ¿van a cuidar menos?", ("contrast",)),
        ("¿Concuerda la meta de aulas con la línea base?", ("contrast",)),
        ("¿Cuál es la meta de aulas?", ()),
        ("¿Qué metas tienen la línea base mayor que la meta?", ()),
    ],
)
def test_what_a_question_wants_worked_out(town: Town, question: str, aims: tuple[Aim, ...]) -> None:
    assert with_aims(town.read(question)).aims == aims


def test_the_words_that_ask_do_not_count_as_the_subject(town: Town) -> None:
    query = with_aims(town.read("¿Concuerda la meta de aulas dotadas con la línea base? Muestre las dos cifras."))
    assert {"concuerd", "muestr", "cifr"}.isdisjoint(term.text for term in query.terms)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        (
            "Accidentes en vías rurales: la línea base es mayor que la meta. ¿Eso cuadra? Muestre las dos cifras.",
            "La línea base (64) es mayor que la meta (40), y la meta está redactada como una reducción",
        ),
        ("¿La meta de puentes peatonales coincide con la línea base?", "La línea base (4) es menor que la meta (7)"),
    ],
)
def test_both_figures_and_how_they_lie(town: Town, question: str, wanted: str) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert wanted in answer.answer


def test_a_larger_baseline_is_not_explained_where_the_row_does_not() -> None:
    baseline, target = Figure(text="90 personas", value=90, unit="personas"), Figure(
        text="Atender 20 personas", value=20, unit="personas")  # fmt: skip
    corpus = corpus_of(make_row("a" * 64, 1, "Personas atendidas", baseline=baseline, target=None))
    row = corpus.items[0].row
    assert row is not None
    draft = Draft(lambda item: None)
    item = corpus_of(row.model_copy(update={"target": target})).items[0]
    add_worked_out(Query(text="", aims=("contrast",)), [item], [], corpus, draft, phrases("es"))
    answer = draft.finish("answered")
    assert ungrounded(answer, Query(text="")) == []
    assert draft.lines == [
        "La línea base (90) es mayor que la meta (20); la fila trae ambas cifras y no explica la diferencia [1]."
    ]


def test_the_baseline_is_not_taken_off_a_target_of_new_things() -> None:
    row = make_row(
        "a" * 64,
        1,
        "Canchas construidas",
        baseline=Figure(text="9 canchas", value=9),
    ).model_copy(update={"target": Figure(text="Construir 20 canchas nuevas", value=20)})
    corpus = corpus_of(row)
    draft = Draft(lambda item: None)
    query = Query(text="", aims=("missing",))
    assert tells_what_is_missing(query, corpus.items, corpus)
    add_worked_out(query, corpus.items, [], corpus, draft, phrases("es"))
    assert draft.lines[0].startswith("La meta cuenta solo lo nuevo")

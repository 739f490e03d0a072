"""A figure that a question takes for granted is confirmed only when it is the row's, and plainly denied when not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.corpus.corpus import Item
from assistant.figures.claims import claimed
from assistant.figures.premise import asks_whether_done, verdict
from assistant.question.query import Field, Query
from assistant.question.ways import Way, way_of, ways_said
from ingest.records import Document, DocumentInfo, Figure, IndicatorRow
from tests.support.records import make_row
from tests.support.town import Town

ROW = make_row("a" * 64, 1, "Tasa de accidentes por cada 100 mil viajeros").model_copy(
    update={"baseline": Figure(text="40", value=Decimal(40)), "target": Figure(text="Bajar a 25", value=Decimal(25))}
)


def item(row: IndicatorRow) -> Item:
    document = Document(document_id=row.document_id, name="plan.txt", info=DocumentInfo(title="Plan"))
    return Item(row.row_id, document, {}, frozenset(), row=row)


def asked(text: str, *fields: Field) -> Query:
    return Query(text=text, kind="yes_no", cues=frozenset({"yes_no"}), fields=fields)


@pytest.mark.parametrize(
    ("text", "fields", "held"),
    [
        ("¿Es cierto que son 25?", (), [True]),
        ("¿Es cierto que son 30?", (), [False]),
        ("¿Es cierto que la línea base es 40?", ("baseline",), [True]),
        ("¿Es cierto que la línea base es 25?", ("baseline",), [False]),
        ("¿Es cierto que hoy hay 40?", (), [True]),
        ("¿Es cierto que pasan de 40 a 25?", (), [True, True]),
        ("¿Es cierto que pasan de 25 a 40?", (), [False, False]),
        ("¿Es cierto que la meta es 25 y la línea base 30?", ("target", "baseline"), [True, False]),
        ("¿Es cierto que la tasa arranca en 41 y debe llegar a 26?", (), [False, False]),
        ("¿Es cierto que hoy son 40 y serán 25 los accidentes?", (), [True, True]),
        ("¿Es cierto?", (), None),
        ("¿Es cierto que se mide por cada 100 mil viajeros en 2027?", (), None),
    ],
)
def test_each_claim_is_held_to_its_figure(text: str, fields: tuple[Field, ...], held: list[bool] | None) -> None:
    found = verdict(asked(text, *fields), [item(ROW)])
    claims = None if found is None or not found.claims else [claim.holds for claim in found.claims]
    assert claims == held


def test_a_question_that_claims_nothing_is_neither_confirmed_nor_denied() -> None:
    assert verdict(Query(text="¿cuánto son 25?", numbers=("25",)), [item(ROW)]) is None


def test_years_and_numbers_of_the_rows_name_are_no_claims() -> None:
    text = "¿Es cierto que en 2027 la tasa por cada 100 mil viajeros será 25?"
    assert [claim.text for claim in claimed(asked(text), ROW)] == ["25"]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("¿Es verdad que los accidentes deben aumentar?", False),
        ("¿Es verdad que los accidentes van a bajar?", True),
        ("¿Es verdad que los accidentes no van a bajar?", False),
    ],
)
def test_which_way_a_target_goes_is_confirmed_or_denied(text: str, holds: bool) -> None:
    found = verdict(asked(text), [item(ROW)])
    assert found is not None
    assert found.direction is not None
    assert (found.direction.way, found.holds) == ("down", holds)


def test_asked_which_of_two_ways_neither_is_confirmed() -> None:
    found = verdict(Query(text="¿Los accidentes van a subir o a bajar?"), [item(ROW)])
    assert found is not None
    assert found.direction is not None
    assert found.direction.holds is None


def test_a_product_that_adds_to_what_there_is_goes_no_way_by_its_figures() -> None:
    built = ROW.model_copy(update={"kind": "product", "target": Figure(text="Construir 4 muelles", value=Decimal(4))})
    assert way_of(built) is None
    assert way_of(built.model_copy(update={"kind": "result"})) == "down"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("¿Ya se cumplió la meta de formar guardianes?", True),
        ("¿La meta se logró?", True),
        ("¿Cuál es la meta de guardianes?", False),
        ("¿Ya hay guardianes?", False),
    ],
)
def test_whether_a_target_is_reached_is_told_from_what_it_is(text: str, asks: bool) -> None:
    assert asks_whether_done(text) is asks


def test_the_answer_begins_with_a_plain_no_or_yes(town: Town) -> None:
    assert town.ask("¿Es verdad que van a recuperar 900 canchas deportivas?").answer.startswith("No:")
    target = town.item("Canchas deportivas recuperadas").row
    assert target is not None
    assert target.target is not None
    assert town.ask(f"¿Es cierto que van a recuperar {target.target.value} canchas deportivas?").answer.startswith(
        "Sí,"
    )


def test_two_wrong_figures_are_both_put_right(town: Town) -> None:
    answer = town.ask("¿Es cierto que la deserción escolar parte de 9,9 y debe llegar a 1,1?")
    first = answer.answer.splitlines()[0]
    assert answer.status == "answered"
    assert first.startswith("No: la línea base no es 9,9, es 8,4")
    assert "la meta no es 1,1, es 5,2" in first


def test_of_two_figures_the_right_one_is_told_from_the_wrong_one(town: Town) -> None:
    first = town.ask("¿Es cierto que la deserción escolar baja de 8,4 a 3,3?").answer.splitlines()[0]
    assert first.startswith("No del todo: la línea base sí es 8,4")
    assert "la meta no es 3,3, es 5,2" in first


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("¿Va a subir la tasa?", ("up",)),
        ("¿La tasa no va a subir?", ("down",)),
        ("¿subio o bajo la tasa?", ("up", "down")),
        ("¿La tasa bajó?", ("down",)),
        ("¿Está bajo la alcaldía la subestación?", ()),
    ],
)
def test_which_way_is_read_from_verbs_alone(text: str, ways: tuple[Way, ...]) -> None:
    assert ways_said(text) == ways


def test_words_of_up_and_down_that_are_claimed_choose_no_row(town: Town) -> None:
    first = town.ask("¿Es verdad que la tasa de deserción escolar va a aumentar?").answer.splitlines()[0]
    assert first.startswith("No: la meta es bajar, de 8,4")


def test_a_choice_between_two_figures_is_answered_with_the_right_one(town: Town) -> None:
    first = town.ask("¿La meta de canchas deportivas es 30 o 26?").answer.splitlines()[0]
    assert first.startswith("La meta es 26")


def test_a_plan_does_not_say_what_is_done(town: Town) -> None:
    answer = town.ask("¿Es cierto que recuperaron 26 canchas deportivas?")
    assert not answer.answer.startswith("Sí")


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("confirma: meta canchas deportivas 7 y puentes peatonales 26, ¿cierto?", "No: la meta de «Canchas"),
        (
            "¿Es cierto que la meta de canchas deportivas es 26 y la de puentes peatonales 9?",
            "No del todo: la meta de «C",
        ),
        ("¿Es cierto que la meta de canchas deportivas es 26 y la de puentes peatonales 7?", "Sí,"),
        ("¿Es cierto que la meta es de 7 canchas deportivas y 26 puentes peatonales?", "No: la meta de «Canchas"),
    ],
)
def test_each_of_two_rows_is_held_to_its_own_figure(town: Town, question: str, opening: str) -> None:
    answer = town.ask(question, entity="Villa Serena")
    assert answer.answer.startswith(opening), answer.answer
    named = {one.indicator for one in answer.citations}
    assert {"Canchas deportivas recuperadas", "Puentes peatonales construidos"} == named


def test_what_is_said_to_be_there_today_is_held_to_both_baselines(town: Town) -> None:
    first = town.ask("confirme: hoy hay 11 canchas deportivas y 9 puentes peatonales, ¿cierto?", entity="Villa Serena")
    assert first.answer.startswith("No del todo: la línea base de «Canchas deportivas recuperadas» sí es 11")
    assert "la línea base de «Puentes peatonales construidos» no es 9, es 4" in first.answer


def test_swapped_figures_are_put_right_for_both(town: Town) -> None:
    question = "confirma: meta canchas deportivas 7 y puentes peatonales 26, ¿cierto?"
    first = town.ask(question, entity="Villa Serena").answer.splitlines()[0]
    assert "«Canchas deportivas recuperadas» no es 7, es 26" in first
    assert "«Puentes peatonales construidos» no es 26, es 7" in first

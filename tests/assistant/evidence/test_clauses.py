"""A question that asks two things is answered with both."""

from __future__ import annotations

import pytest

from assistant.evidence.choose import Choice
from assistant.evidence.clauses import clauses_of, queries_of, with_parts
from assistant.evidence.retrieve import Scored
from tests.support.town import Town


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("¿Cuántos faroles y cuántas bancas van a poner?", ("Cuántos faroles", "cuántas bancas van a poner")),
        ("¿Cuánto vale el puente y de dónde sale la plata?", ("Cuánto vale el puente", "de dónde sale la plata")),
        (
            "How many lamps did they replace, and how much did they pay?",
            ("How many lamps did they replace", "how much did they pay"),
        ),
        (
            "¿Quién acompañó la obra y ante qué banco se pidió la plata?",
            ("Quién acompañó la obra", "ante qué banco se pidió la plata"),
        ),
        ("¿Cuál es la meta de parques y plazas?", ()),
        ("¿Cuántas veces los van a reunir a conversar y a que dejen los palos?", ()),
        ("¿Y cuántas?", ()),
        ("metas y cuándo", ()),
    ],
)
def test_only_questions_joined_by_y_are_parts(text: str, parts: tuple[str, ...]) -> None:
    assert clauses_of(text) == parts


def test_money_for_another_thing_named_is_a_question_of_its_own(town: Town) -> None:
    parts = queries_of(
        town.read("¿Cuántos puentes peatonales construyeron y cuánto invirtieron en restaurantes escolares?"), town.read
    )
    assert "puent" not in {word for term in parts[1].terms for word in term.text.split()}
    parts = queries_of(town.read("¿Cuántos puentes peatonales construyeron y cuánto costó?"), town.read)
    assert any("puent" in term.text for term in parts[1].terms)


def test_a_part_whose_best_item_is_told_already_adds_its_first_sentence(town: Town) -> None:
    row = Scored(town.item("Canchas deportivas recuperadas"), 1.0, 1.0, ())
    sentence = next(Scored(item, 0.9, 0.9, ()) for item in town.corpus.items if item.segment is not None)
    other = Scored(town.item("Deportistas apoyados"), 0.9, 0.9, ())
    whole = Choice("answer", items=(row,))
    part = town.read("¿Cuántas canchas van a recuperar?")
    assert with_parts(whole, [part], lambda _: Choice("answer", items=(row, other, sentence))).items == (row, sentence)
    assert with_parts(whole, [part], lambda _: Choice("answer", items=(other, sentence))).items == (row, other)


def test_what_is_counted_goes_on_to_a_second_how_many(town: Town) -> None:
    read = town.read
    whole = read("¿Cuántos puentes tiene Huellas Rurales y cuántos la Villa Activa?")
    assert [part.text for part in queries_of(whole, read)][1].startswith("cuántos puentes la Villa Activa")

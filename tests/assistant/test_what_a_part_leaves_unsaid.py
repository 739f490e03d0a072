"""Parts and follow-ups that leave their subject to what was said before: "¿en qué año se había aprobado?"."""

from __future__ import annotations

import pytest

from assistant.evidence.clauses import clauses_of
from assistant.question.followup import leans
from tests.support.town import Town


@pytest.mark.parametrize(
    "question",
    [
        "¿En qué año y en qué instancia se había aprobado?",
        "¿Ante quién se radicó?",
        "¿Con qué entidad se firmó?",
        "¿Y en qué sede se habían entregado?",
        "¿Mediante qué acto fue adoptado?",
        "¿Por qué oficina fueron inspeccionadas?",
    ],
)
def test_a_deed_of_nothing_named_is_of_what_was_said(town: Town, question: str) -> None:
    assert leans(town.read(question))


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántos puentes peatonales se construyeron?",
        "¿En qué vereda se construyeron los puentes peatonales?",
        "¿Qué aulas escolares se van a dotar con tableros?",
    ],
)
def test_a_deed_of_something_named_stands_alone(town: Town, question: str) -> None:
    assert not leans(town.read(question))


def test_a_follow_up_of_a_deed_keeps_the_row(town: Town) -> None:
    said = town.conversation(
        "¿Cuál es la meta de los muelles pesqueros?", "¿Y en qué año y en qué programa se habían rehabilitado?"
    )
    assert {one.indicator for one in said[-1].citations} <= {"Muelles pesqueros rehabilitados"}


def test_what_has_no_verb_is_no_question_of_its_own() -> None:
    assert clauses_of("¿En qué año y en qué instancia se había aprobado?") == ()
    assert len(clauses_of("¿Cuántos puentes construyen y cuántas aulas dotan?")) == 2


@pytest.mark.parametrize(
    "question",
    [
        "¿Ante qué entidad se postuló el acueducto?",
        "¿Ante qué oficina radicaron los planos de los puentes?",
        "¿Ante quién se presentó el proyecto de las canchas?",
    ],
)
def test_before_whom_something_was_taken_is_no_office_in_charge(town: Town, question: str) -> None:
    assert "dependency" not in town.read(question).fields


def test_before_whom_one_complains_is_the_office_in_charge(town: Town) -> None:
    assert "dependency" in town.read("¿Ante qué oficina se reclama por los puentes?").fields

"""Development goals are named by number or by name; a sector's word inside an office's name narrows nothing more."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from assistant.corpus.corpus import Corpus
from assistant.corpus.matching import tokenize
from assistant.question.filters import is_part_of_office
from assistant.question.goals_named import GoalFinder

_PRINTED = ("4 - Educación de calidad", "6 - Agua limpia y saneamiento", "3. Salud y bienestar", "16 - Paz y justicia")


@pytest.fixture(scope="module")
def goals() -> GoalFinder:
    rows = [SimpleNamespace(row=SimpleNamespace(ods=name)) for name in _PRINTED]
    return GoalFinder(cast(Corpus, SimpleNamespace(rows=rows)), frozenset({"de", "del", "la", "y", "el"}))


@pytest.mark.parametrize(
    ("question", "goal"),
    [
        ("¿Cuántos productos apuntan al ODS 4?", _PRINTED[0]),
        ("¿Cuántos productos apuntan al ODS 4 - Educación de calidad?", _PRINTED[0]),
        ("¿Cuántas metas son del ODS de agua limpia?", _PRINTED[1]),
        ("metas del objetivo de desarrollo sostenible Salud y bienestar", _PRINTED[2]),
        ("indicadores del ODS de paz", _PRINTED[3]),
    ],
)
def test_a_goal_is_found_by_number_and_by_name(goals: GoalFinder, question: str, goal: str) -> None:
    assert goals.find(tokenize(question))[0] == (goal,)


@pytest.mark.parametrize("question", ["¿A qué ODS le apunta la salud mental?", "metas de educación", "ODS 99"])
def test_what_names_no_goal_narrows_to_none(goals: GoalFinder, question: str) -> None:
    assert goals.find(tokenize(question)) == ((), frozenset())


def test_a_sector_said_only_in_an_offices_name_is_part_of_that_office() -> None:
    stop = frozenset({"de", "y", "la"})
    assert is_part_of_office(["Cultura"], "Secretaría de Cultura y Turismo", tokenize("cultura y turismo"), stop)
    assert not is_part_of_office(["Cultura"], "Secretaría de Cultura y Turismo", tokenize("cultura"), stop)
    assert not is_part_of_office([], "Secretaría de Cultura y Turismo", tokenize("cultura y turismo"), stop)

"""A number that says of how many rows a set is, and one that is the value asked for."""

from __future__ import annotations

import pytest

from assistant.corpus.matching import tokenize
from assistant.question.told_counts import counts_told
from ingest.fold import fold_in_place

NOUNS = frozenset(("metas", "indicadores"))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("metas de resultado de Aulas Vivas, las 4", {"las", "4"}),
        ("indicadores de Aulas Vivas (los 4)", {"los", "4"}),
        ("Las tres metas de Aulas Vivas", {"las", "tres"}),
        ("¿Qué indicadores tienen como meta ocho (8)?", set()),
        ("indicadores con meta de cuatro (4)", set()),
        ("las dos metas de Aulas Vivas", set()),
    ],
)
def test_a_number_in_brackets_after_its_word_is_a_value_and_no_count(question: str, told: set[str]) -> None:
    tokens = tokenize(question)
    found = counts_told(fold_in_place(question), tokens, NOUNS)
    assert {tokens[at].word for at in found} == told

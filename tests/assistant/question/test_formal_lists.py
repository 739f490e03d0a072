"""Lists as an office asks for them: "presente los productos", "agradezco detallar la totalidad de metas"."""

from __future__ import annotations

import pytest

from assistant.question.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("question", "is_list"),
    [
        ("Presente los productos del programa Gota a Gota, cada uno con su meta", True),
        ("Sírvase informar los indicadores del programa Gota a Gota", True),
        ("Agradezco detallar la totalidad de productos del programa Gota a Gota", True),
        ("Indique todos los compromisos de la Secretaría de Obras", True),
        ("Indique la meta de filtros de agua", False),
        ("¿Qué reporta el presente informe sobre los acueductos?", False),
    ],
)
def test_a_formal_verb_before_a_set_asks_for_a_list(question: str, is_list: bool) -> None:
    assert ("list" in load_lexicon().kinds_in(question)) is is_list

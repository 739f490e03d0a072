"""A question that asks two things is answered with both."""

from __future__ import annotations

import pytest

from assistant.clauses import clauses_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("¿Cuántos faroles y cuántas bancas van a poner?", ("Cuántos faroles", "cuántas bancas van a poner")),
        ("¿Cuánto vale el puente y de dónde sale la plata?", ("Cuánto vale el puente", "de dónde sale la plata")),
        ("¿Cuál es la meta de parques y plazas?", ()),
        ("¿Y cuántas?", ()),
        ("metas y cuándo", ()),
    ],
)
def test_only_questions_joined_by_y_are_parts(text: str, parts: tuple[str, ...]) -> None:
    assert clauses_of(text) == parts

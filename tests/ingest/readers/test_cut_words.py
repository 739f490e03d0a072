"""Words that a narrow cell cut in two without a hyphen."""

from __future__ import annotations

import pytest

from ingest.readers.cut_words import is_cut_word


@pytest.mark.parametrize(
    ("line", "following", "cut"),
    [
        ("FORTALECIMIE", "NTO DE CASAS", True),
        ("Bomberos/Secret", "aría del Interior", True),
        ("Infraestructura", "para la seguridad", False),
        ("sobre", "todo lo demás", False),
        ("Alcantarillado", "Municipal", False),
        ("2023", "2024", False),
        ("Escuela", "s que enseñan", True),
        ("discapacida", "d", True),
    ],
)
def test_halves_of_a_word_are_told_from_two_words(line: str, following: str, cut: bool) -> None:
    assert is_cut_word(line, following) is cut

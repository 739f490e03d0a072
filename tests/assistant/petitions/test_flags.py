"""Figures that an editor types: each is held by a row that its paragraph cites, or flagged where it stands."""

from __future__ import annotations

import pytest

from assistant.answer import Citation
from assistant.petitions.flags import flags_of
from assistant.petitions.records import Ask

OPENING = "En atención a su petición recibida el 2 de junio de 2026, dentro de los cinco (5) días hábiles."
DRAFTED = f"{OPENING}\n\nLa meta es 5 [1]."
CITATIONS = [
    Citation(
        n=1,
        kind="row",
        indicator="Muelles pesqueros rehabilitados",
        baseline={"text": "2 muelles", "value": 2, "unit": "muelles", "date": "2023", "source": "Capitanía"},
        target={"text": "Rehabilitar cinco (5) muelles", "value": 5, "unit": "muelles"},
        period="2024-2027",
    ),
    Citation(
        n=2,
        kind="row",
        indicator="Cobertura de acueducto",
        target={"text": "Llegar a 78,5 %", "value": 78.5, "unit": "%"},
        baseline={"text": "$1.250 millones", "value": 1250000000, "unit": "COP"},
    ),
]
ASKS = [Ask(n=1, text="Cuántos muelles", status="answered", answer="", citations=CITATIONS)]


def flagged(letter: str) -> list[tuple[str, str]]:
    return [(flag.code, flag.text) for flag in flags_of(letter, ASKS, DRAFTED)]


@pytest.mark.parametrize(
    "letter",
    [
        "La meta es rehabilitar 5 muelles y se parte de 2 [1].",
        "La meta es de cinco muelles [1].",
        "La cobertura será de 78,5 % y se invirtieron $1.250 millones [2].",
        "Según la Ley 1755 de 2015 y el artículo 23 de la Constitución, se responde.",
        "En atención a su petición recibida el 2 de junio de 2026, se responde en cinco (5) días hábiles.",
        "El plan 2024-2027 lo dice [1].",
        "Sin cifras.",
    ],
)
def test_what_a_cited_row_holds_is_not_flagged(letter: str) -> None:
    assert flagged(letter) == []


@pytest.mark.parametrize(
    ("letter", "wanted"),
    [
        ("La meta es rehabilitar 8 muelles [1].", [("no_row", "8")]),
        ("La meta es rehabilitar ocho muelles [1].", [("no_row", "ocho")]),
        ("La meta es rehabilitar 5 muelles.", [("no_mark", "5")]),
        ("La meta es rehabilitar 5 muelles [2].", [("no_mark", "5")]),
        ("La meta es del 5 % [1].", [("no_row", "5 %")]),
        ("Se invirtieron $1.250 millones [1].", [("no_mark", "$1.250 millones")]),
        ("Se pagará el 15 de octubre de 2026 [1].", [("no_row", "15 de octubre de 2026")]),
        ("Lo dice la fila [7].", [("unknown_mark", "[7]")]),
        ("La meta es de 5.000 muelles [1].", [("no_row", "5.000")]),
    ],
)
def test_what_no_cited_row_holds_is_flagged_in_its_place(letter: str, wanted: list[tuple[str, str]]) -> None:
    found = flags_of(letter, ASKS, DRAFTED)
    assert [(flag.code, flag.text) for flag in found] == wanted
    assert all(letter[flag.start : flag.end] == flag.text for flag in found)

"""The result and the product indicator of one thing, asked for together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.evidence.both_kinds import with_both_kinds
from assistant.evidence.retrieve import Scored
from tests.support.town import Town


def _kinds(found: list[Scored]) -> list[str]:
    return [one.item.row.kind for one in found if one.item.row is not None]


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("¿Cómo dice la meta el indicador de resultado de las canchas y cómo el de producto?", {"result", "product"}),
        ("¿Qué meta fija el indicador de producto y cuál el de resultado de acueducto?", {"result", "product"}),
        ("¿Cuál es la meta de producto de las canchas?", {"product"}),
    ],
)
def test_both_kinds_are_asked_for_however_far_apart_they_are_named(town: Town, question: str, kinds: set[str]) -> None:
    assert set(town.read(question).filters.row_kinds) == kinds


def test_the_row_of_the_other_kind_stands_beside_the_first_when_it_fits_as_well(town: Town) -> None:
    query = town.read("¿Cómo dice la meta el indicador de resultado y cómo el de producto?")
    result = Scored(town.item("Cobertura de acueducto rural"), 0.9, 0.8, ())
    product = Scored(town.item("Puentes peatonales construidos"), 0.8, 0.7, ())
    assert _kinds(with_both_kinds([result], [result, product], query)) == ["result", "product"]
    far = replace(product, coverage=0.2)
    assert _kinds(with_both_kinds([result], [result, far], query)) == ["result"]

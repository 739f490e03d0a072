"""A sentence that a slide breaks over two lines is told whole."""

from __future__ import annotations

import pytest

from assistant.evidence.adjoining import with_adjoining
from assistant.evidence.retrieve import Scored
from tests.support.records import make_passage
from tests.support.town import corpus_of


@pytest.mark.parametrize(
    ("lines", "chosen", "told"),
    [
        (("Entrega parcial de los planos para", "enlace con la red del puerto."), 0, (0, 1)),
        (("Entrega parcial de los planos para", "enlace con la red del puerto."), 1, (0, 1)),
        (("Acompañamiento de la fundación de la", "República Amiga Faro Azul."), 0, (0, 1)),
        (("Entrega parcial de los planos", "Enlace con la red del puerto."), 0, (0,)),
        (("Entrega de los planos.", "enlace con la red del puerto."), 1, (1,)),
        (("Entrega parcial de los planos para", "NO. DE CONTRATOS"), 0, (0,)),
    ],
)
def test_a_line_that_ends_no_sentence_goes_with_the_next(
    lines: tuple[str, ...], chosen: int, told: tuple[int, ...]
) -> None:
    corpus = corpus_of(passages=[make_passage("informe", at + 1, line) for at, line in enumerate(lines)])
    items = {item.segment.text: item for item in corpus.items if item.segment is not None}
    found = with_adjoining([Scored(items[lines[chosen]], 1.0, 1.0, ())], (), corpus)
    assert [one.item.segment.text for one in found if one.item.segment] == [lines[at] for at in told]

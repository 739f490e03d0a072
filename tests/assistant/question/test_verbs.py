"""Forms of verbs are led back to infinitives; nouns that end as they do are not."""

from __future__ import annotations

import pytest

from assistant.corpus.matching import tokenize
from assistant.question.verbs import infinitives, participle_of


@pytest.mark.parametrize(
    ("form", "infinitive"),
    [
        ("traía", "traer"),
        ("debían", "deber"),
        ("ponían", "poner"),
        ("sacó", "sacar"),
        ("pusieron", "poner"),
        ("dejen", "dejar"),
        ("muevan", "mover"),
        ("paguen", "pagar"),
        ("vieron", "ver"),
        ("leen", "leer"),
        ("volvieron", "volver"),
        ("cerrarán", "cerrar"),
        ("meterle", "meter"),
    ],
)
def test_a_form_of_a_verb_is_led_back_to_its_infinitive(form: str, infinitive: str) -> None:
    assert infinitive in infinitives(tokenize(form)[0])


@pytest.mark.parametrize(
    "noun",
    ["policía", "panadería", "energía", "tubería", "comisaría", "saco", "volumen", "almacen", "camiones", "tranvía"],
)
def test_a_noun_that_ends_as_verbs_do_is_none(noun: str) -> None:
    assert infinitives(tokenize(noun)[0]) == frozenset()


def test_a_participle_is_led_back_to_its_infinitive() -> None:
    assert "meter" in participle_of("metidas")
    assert participle_of("semáforos") == frozenset()

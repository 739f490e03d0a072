"""Things that a question describes instead of naming are found; a wrong descriptions.yaml is refused by name."""

from __future__ import annotations

import pytest

from assistant.corpus.matching import tokenize
from assistant.question.descriptions import DescriptionFile, load_descriptions, read_descriptions
from assistant.question.lexicon import load_lexicon
from assistant.question.spelling import bases, sound_of
from ingest.errors import SettingsError
from ingest.wording import validated


def described(text: str) -> list[str]:
    return [found.concept.term for found in load_descriptions().find(tokenize(text))]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("un sitio donde arreglar la disputa con el juez", "centros de conciliación"),
        ("meterle la mano a la basura que botan en el botadero", "relleno sanitario"),
        ("reunir a los combos a dialogar para que suelten los fierros", "mediación y desarme"),
        ("adónde lleva la patrulla a quien retiene para protegerlo", "centro de traslado por protección"),
        ("fogones que echan menos humo", "estufas ecoeficientes"),
        ("llevar gente a operar sus gatos", "esterilización de mascotas"),
    ],
)
def test_words_together_tell_what_none_of_them_names(text: str, term: str) -> None:
    assert term in described(text)


def test_one_group_of_words_alone_describes_nothing() -> None:
    assert described("un sitio en el barrio") == []


def test_words_far_apart_describe_nothing() -> None:
    far = " ".join(f"palabra{number}" for number in range(20))
    assert described(f"fogones {far} humo") == []


@pytest.mark.parametrize(("said", "named"), [("a", "dos grupos"), ("{nada} + b", "nada"), ("a b + c", "una sola")])
def test_a_wrong_description_is_refused(said: str, named: str) -> None:
    data = {"families": {"sitio": "lugar|sitio"}, "descriptions": [{"term": "bomberos", "said": [said]}]}
    with pytest.raises(SettingsError, match=named):
        read_descriptions(validated(DescriptionFile, data, "descriptions.yaml"), load_lexicon())


@pytest.mark.parametrize(("typed", "meant"), [("jente", "gente"), ("embarasadas", "embarazadas")])
def test_words_that_sound_alike_have_one_sound(typed: str, meant: str) -> None:
    assert sound_of(typed) == sound_of(meant)
    assert sound_of(typed) != sound_of("huevo")


@pytest.mark.parametrize(("small", "base"), [("pececitos", "peces"), ("puentecito", "puente"), ("banquitas", "bancas")])
def test_diminutives_have_their_base(small: str, base: str) -> None:
    assert base in set(bases(small))

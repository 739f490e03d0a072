"""Which verb a word of a question may be a form of: "traían", "sacó", "dejen", "muevan".

Questions are told in every tense, and the stemmer knows few of them once accents are gone. A form is taken for a verb's
when an ending of the regular conjugations, with the changes of the root that Spanish has (*e* to *ie*, *o* to *ue*),
leads to an infinitive that is a word of the language; irregular pasts are a table. Nouns that merely end so
("policía", "panadería") lead to no infinitive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.corpus.matching import Token
from assistant.corpus.rarity import is_in_use

#: Endings of folded words and the infinitives' endings that they may stand for.
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("abamos", ("ar",)), ("aban", ("ar",)), ("abas", ("ar",)), ("aba", ("ar",)),
    ("iamos", ("er", "ir")), ("ian", ("er", "ir")), ("ias", ("er", "ir")), ("ia", ("er", "ir")),
    ("aron", ("ar",)), ("ieron", ("er", "ir")), ("yeron", ("er", "ir")), ("jeron", ("cir",)),
    ("aran", ("ar",)), ("ara", ("ar",)), ("ieran", ("er", "ir")), ("iera", ("er", "ir")),
    ("ando", ("ar",)), ("iendo", ("er", "ir")), ("yendo", ("er", "ir")),
    ("amos", ("ar", "er", "ir")), ("emos", ("ar", "er")), ("imos", ("ir",)),
    ("an", ("ar", "er", "ir")), ("en", ("ar", "er", "ir")),
)  # fmt: skip
#: Endings that only an accent tells from those of nouns ("sacó" and "saco").
_ACCENTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ió", ("er", "ir")), ("yó", ("er", "ir")), ("ó", ("ar",)), ("arán", ("ar",)), ("ará", ("ar",)),
    ("erán", ("er",)), ("erá", ("er",)), ("irán", ("ir",)), ("irá", ("ir",)),
)  # fmt: skip
#: How a root is written before another vowel, and how it was without the change of its vowel.
_SPELLING: tuple[tuple[str, str], ...] = (("qu", "c"), ("gu", "g"), ("c", "z"), ("j", "g"), ("zc", "c"), ("g", ""))
_VOWELS: tuple[tuple[str, str], ...] = (("ie", "e"), ("ue", "o"), ("ie", "i"), ("u", "o"), ("i", "e"))
_SHORTEST_ROOT = 2
_PRONOUNS = re.compile(r"^(\w+[aei]r)(?:me|te|se|nos|les?|l[ao]s?|sel[aeo]s?)$")

_PARTICIPLE = re.compile(r"(\w{2,})([ai])d[oa]s?$")
#: Participles that no rule leads back, without their endings; prefixes stand before them ("dispuestas", "reabierto").
#: "Puestos" and "hechos" alone are nouns as often.
_IRREGULAR_PARTICIPLE = re.compile(
    r"(?!(?:puest|hech)os?$)(\w*?)(hech|puest|abiert|cubiert|scrit|vuelt|suelt|dich|vist|mpres|rot)[oa]s?$"
)
_OF_PARTICIPLE: dict[str, str] = {
    "hech": "hacer", "puest": "poner", "abiert": "abrir", "cubiert": "cubrir", "scrit": "scribir", "vuelt": "volver",
    "suelt": "solver", "dich": "decir", "vist": "ver", "mpres": "mprimir", "rot": "romper",
}  # fmt: skip

#: Pasts and presents that no rule leads back, by the folded beginning that all their forms have.
_IRREGULAR: dict[str, str] = {
    "pus": "poner", "hic": "hacer", "hiz": "hacer", "tuv": "tener", "estuv": "estar", "anduv": "andar",
    "dij": "decir", "traj": "traer", "vin": "venir", "quis": "querer", "pud": "poder", "sup": "saber",
    "cup": "caber", "hub": "haber", "pong": "poner", "teng": "tener", "veng": "venir", "salg": "salir",
    "traig": "traer", "caig": "caer", "hag": "hacer", "dig": "decir", "oig": "oír", "fu": "ir",
}  # fmt: skip
_IRREGULAR_FORM = re.compile(r"(.+?)(?:o|e|i?eron|imos|iste|i?era|i?eran|a|an|as|amos)$")
#: Forms too short for a rule.
_SHORT: dict[str, str] = {
    "dio": "dar", "dieron": "dar", "daban": "dar", "daba": "dar", "dan": "dar", "den": "dar", "dar": "dar",
    "vio": "ver", "vieron": "ver", "veian": "ver", "veia": "ver", "ven": "ver", "vean": "ver",
    "iban": "ir", "iba": "ir", "ido": "ir", "vayan": "ir", "vaya": "ir",
    "leen": "leer", "leyeron": "leer", "lean": "leer", "creen": "creer", "oyen": "oír",
}  # fmt: skip


def infinitives(token: Token) -> frozenset[str]:
    """The folded infinitives that a word may be a form of; none when it looks like no verb.

    First persons and the third of the singular in the present are left out: they are nouns as often ("casa", "robo").
    """
    return _infinitives(token.word) | _of_accented(token.text.lower())


@lru_cache(maxsize=16384)
def participle_of(word: str) -> frozenset[str]:
    """The infinitives that a folded word may be a participle of ("metidas", "apartado", "abiertas")."""
    if (irregular := _IRREGULAR_PARTICIPLE.match(word)) is not None:
        verb = irregular[1] + _OF_PARTICIPLE[irregular[2]]
        return frozenset((verb,)) if _is_verb(verb) else frozenset()
    found = _PARTICIPLE.match(word)
    if found is None:
        return frozenset()
    endings = ("ar",) if found[2] == "a" else ("er", "ir")
    return frozenset(root + last for root in _roots(found[1]) for last in endings if _is_verb(root + last))


@lru_cache(maxsize=16384)
def _is_verb(folded: str) -> bool:
    """Whether a folded word is a word in use, with the tilde that folding took where it has one ("danar", "dañar")."""
    return is_in_use(folded) or any(
        is_in_use(f"{folded[:at]}ñ{folded[at + 1 :]}") for at, letter in enumerate(folded[:-2]) if letter == "n" and at
    )


@lru_cache(maxsize=16384)
def _infinitives(word: str) -> frozenset[str]:
    if (known := _SHORT.get(word)) is not None:
        return frozenset((known,))
    if (irregular := _IRREGULAR_FORM.match(word)) is not None and irregular[1] in _IRREGULAR:
        return frozenset((_IRREGULAR[irregular[1]],))
    if (with_pronoun := _PRONOUNS.match(word)) is not None and _is_verb(with_pronoun[1]):
        return frozenset((with_pronoun[1],))
    return frozenset(_led_to(word, _ENDINGS))


@lru_cache(maxsize=16384)
def _of_accented(text: str) -> frozenset[str]:
    return frozenset(_led_to(text, _ACCENTED)) if text[-1:] in "óáán" and not text.isascii() else frozenset()


def _led_to(word: str, endings: tuple[tuple[str, tuple[str, ...]], ...]) -> Iterator[str]:
    """The infinitives in use that the longest of some endings leads to."""
    for ending, of in endings:
        if not word.endswith(ending) or len(word) - len(ending) < _SHORTEST_ROOT:
            continue
        found = [root + last for root in _roots(word.removesuffix(ending)) for last in of if _is_verb(root + last)]
        yield from found
        if found:
            return


def _roots(root: str) -> Iterator[str]:
    """A root as it stands and as its infinitive may have it ("muev" and "mov", "paguen" and "pagar")."""
    for spelt in (root, *(root.removesuffix(now) + was for now, was in _SPELLING if root.endswith(now))):
        yield spelt
        for now, was in _VOWELS:
            before, found, after = spelt.rpartition(now)
            if found and after and not any(vowel in after for vowel in "aeiou"):
                yield before + was + after

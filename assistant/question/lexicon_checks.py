"""Contradictions of ``prompts/lexicon.yaml``: each raises ``SettingsError`` naming the entry that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from assistant.question.phrase_index import numberless
from ingest.errors import SettingsError
from ingest.fold import fold, words

if TYPE_CHECKING:
    from assistant.question.lexicon import Cues, Lexicon

FILE = "lexicon.yaml"


def check(lexicon: Lexicon, fields: Iterable[str], kinds: Iterable[str]) -> Lexicon:
    """The lexicon itself; ``fields`` and ``kinds`` are the names that have to have cues.

    Raises:
        SettingsError: naming the first entry that contradicts another.
    """
    taken = _check_once(
        "concepts",
        ((concept.term, p) for concept in lexicon.concepts for p in concept.phrases),
        plural_too=True,
        but=lexicon.ambiguous,
    )
    _check_once("fields", ((name, p) for name, cues in lexicon.fields.items() for p in cues.phrases))
    _check_once("kinds", ((name, p) for name, cues in lexicon.kinds.items() for p in cues.phrases))
    _check_once("cities", ((city, p) for city, short in lexicon.cities.items() for p in (city, *short)))
    _check_once("english", ((spanish, english) for english, spanish in lexicon.english.items()))
    _check_short("abbreviations", lexicon.abbreviations, taken)
    _check_short("misspellings", lexicon.misspellings, taken)
    if both := {fold(k) for k in lexicon.abbreviations} & {fold(k) for k in lexicon.misspellings}:
        raise _wrong(min(both), "está en abbreviations y en misspellings")
    for word in lexicon.stopwords:
        if (owner := taken.get(" ".join(numberless(w) for w in words(word)))) is not None:
            raise _wrong(word, f"de stopwords también es del concepto «{owner}» y nunca se buscaría")
    _check_cues("fields", lexicon.fields, fields)
    _check_cues("kinds", lexicon.kinds, kinds)
    return lexicon


def _wrong(entry: str, why: str) -> SettingsError:
    return SettingsError(f"prompts/{FILE}: la entrada «{entry}» {why}.")


def _check_once(
    section: str, owned: Iterable[tuple[str, str]], *, plural_too: bool = False, but: Iterable[str] = ()
) -> dict[str, str]:
    """Owner of every phrase; raises SettingsError when two owners claim one, or nothing of a phrase can be found."""
    owners: dict[str, str] = {}
    free = {fold(phrase) for phrase in but}
    for owner, phrase in owned:
        if fold(phrase) in free:
            continue
        key = " ".join(numberless(word) if plural_too else word for word in words(phrase))
        if not key:
            raise _wrong(phrase, f"de {section} no tiene palabras")
        if owners.setdefault(key, owner) != owner:
            raise _wrong(phrase, f"de {section} está en «{owners[key]}» y en «{owner}»")
    return owners


def _check_short(name: str, table: Mapping[str, str], taken: Mapping[str, str]) -> None:
    for short, full in table.items():
        if len(fold(short).split()) != 1:
            raise _wrong(short, f"de {name} debe ser una sola palabra")
        if fold(short) == fold(full):
            raise _wrong(short, f"de {name} no cambia nada: las tildes y mayúsculas no cuentan")
        if owner := taken.get(numberless(fold(short))):
            raise _wrong(short, f"de {name} también es palabra del concepto «{owner}»")


def _check_cues(section: str, known: Mapping[Any, Cues], names: Iterable[str]) -> None:
    for cues in known.values():
        for pattern in cues.patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise _wrong(pattern, f"no es una expresión regular válida: {error}") from error
    if missing := sorted(set(names) - set(known)):
        raise _wrong(missing[0], f"falta en {section}")

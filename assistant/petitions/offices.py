"""The name of an office as a letter prints it: the office and not who heads it, in the catalogue's own spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.petitions.wording import pattern
from ingest.fold import fold, fold_in_place, squeeze

#: The office of who heads it.
_HEADS: tuple[tuple[str, str], ...] = (
    (r"alcald(?:e|esa)", "Alcaldía"),
    (r"gobernador(?:a)?", "Gobernación"),
    (r"subsecretari[oa]", "Subsecretaría"),
    (r"secretari[oa]", "Secretaría"),
    (r"director(?:a)?", "Dirección"),
    (r"personer[oa]", "Personería"),
    (r"jefe de (?:la )?oficina", "Oficina"),
    (r"inspector(?:a)?", "Inspección"),
    (r"comisari[oa]", "Comisaría"),
    (r"contralor(?:a)?", "Contraloría"),
    (r"gerente", "Gerencia"),
)
_SMALL = frozenset(("de", "del", "la", "las", "los", "el", "y", "e", "para", "con", "a", "en"))


def office_name(text: str, known: Iterable[str] = ()) -> str:
    """ "SECRETARIO DEL INTERIOR Radicado: 12" as "Secretaría del Interior".

    One of the ``known`` names where it is the same.
    """
    name = squeeze(text)
    label = pattern("next_label").search(fold_in_place(name))
    name = name[: label.start() if label is not None else None].strip(" .,:;-–|/")
    for head, office in _HEADS:
        match = re.match(rf"{head}\b(?!\w)", fold(name))
        if match is not None:
            words = name.split()
            name = " ".join((office, *words[len(match[0].split()) :]))
            break
    same = next((one for one in known if fold(one) == fold(name)), None)
    return same or sentence_case(name)


def sentence_case(name: str) -> str:
    """A name in capitals as names are written: "ALCALDÍA MAYOR DE CARTAGENA" as "Alcaldía Mayor de Cartagena"."""
    return " ".join(_calm(word) for word in name.split())


def _calm(word: str) -> str:
    if not word.isupper() or "." in word:
        return word
    return word.lower() if fold(word) in _SMALL else word.capitalize()

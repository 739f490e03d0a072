"""The territorial entity that a text announces."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from ingest.fold import fold, fold_in_place, squeeze
from ingest.wording import header_role, load_yaml

_WEB_ADDRESS = re.compile(r"(?:www\.|https?://)(?:[\w-]+\.)*?([\w-]+)-([\w-]+)\.gov\.co|([\w-]+)\.gov\.co")
_JOINING = r"(?:de|del|la|las|los|el|y)"
#: One to five capitalised words, as names of places and offices are.
NAME = rf"[A-ZÁÉÍÓÚÑ][\w.]*(?:[ ]+(?:{_JOINING}[ ]+){{0,2}}[A-ZÁÉÍÓÚÑ][\w.]*){{0,4}}"
_WITH_DEPARTMENT = re.compile(rf"^(?P<name>{NAME})\s?[,(]\s?(?P<department>[^\W\d_][^\d,()]{{3,25}})\)?$")
_STRONG, _WEAK = 3, 1
_ARTICLES = frozenset({"el", "la", "los", "las"})
#: A spelling of a name counts when it is at least this share of all.
_COMMON_SPELLING = 0.1


def read_entity(text: str) -> str | None:
    """The territorial entity announced most often ("Alcaldía de X", "Municipio de X"); the start counts more."""
    flat = "\n".join(squeeze(line) for line in text.split("\n"))
    folded = fold_in_place(flat)
    votes: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = {}
    governed: set[str] = set()
    for strength, weight in (("strong", _STRONG), ("weak", _WEAK)):
        for match in _announcements(strength).finditer(folded):
            name_match = re.match(rf"\s*({NAME})", flat[match.end() :])
            if name_match is None:
                continue
            name = _trim_name(name_match[1])
            key = _place_key(name)
            if key:
                votes[key] += weight + (2 if match.start() < 400 else 0)
                spellings.setdefault(key, Counter())[name] += 1
                if not match[0].startswith("departamento"):
                    governed.add(key)
    for line in set(flat.split("\n")):
        before = _before_department(line)
        if before is not None and (key := _place_key(before)):
            votes[key] += _STRONG
            spellings.setdefault(key, Counter())[before] += 1
    for match in _WEB_ADDRESS.finditer(folded):
        for key in votes:
            if key.replace(" ", "") in (match[3] or "", match[1] or ""):
                votes[key] += _WEAK
    votes = _without_departments_around(votes, governed)
    if not votes:
        return None
    merged = _merge_prefixes(votes)
    best = max(merged.items(), key=lambda pair: pair[1])[0]
    names = sum((counter for key, counter in spellings.items() if _same_place(key, best)), Counter[str]())
    common = [name for name, times in names.items() if times >= _COMMON_SPELLING * names.total()]
    return max(common, key=lambda name: (len(name), names[name]))


def _without_departments_around(votes: Counter[str], governed: set[str]) -> Counter[str]:
    """The votes without those of the department that a municipality's letterhead names ("Departamento de Bolívar").

    ``governed`` are the places whose government is named ("Alcaldía de", "Municipio de", "Gobernación de").
    """
    departments = {fold(name) for name in _headings()["departments"]}
    around = {key for key in votes if key in departments and key not in governed}
    return Counter({key: n for key, n in votes.items() if key not in around}) if governed - departments else votes


def _before_department(line: str) -> str | None:
    """The municipality of a line that is nothing but 'Name, Department' or 'Name (Department)'.

    Meta is a department and a target: 'Cód. int. (Meta)' and 'Línea base (Meta)' are names of columns.
    """
    match = _WITH_DEPARTMENT.match(line)
    if (
        match is None
        or "." in match["name"]
        or header_role(line) is not None
        or fold(match["department"]) not in {fold(name) for name in _headings()["departments"]}
    ):
        return None
    return _trim_name(match["name"])


def _trim_name(name: str) -> str:
    """A name up to the first word that begins something else ("D.", "Distrito", "Alcaldía")."""
    kept: list[str] = []
    for word in name.split():
        if kept and fold(word).rstrip(".") in _ends_of_names():
            break
        kept.append(word)
    while kept and fold(kept[-1]) in ("de", "del", "la", "las", "los", "el", "y"):
        kept.pop()
    name = " ".join(kept).rstrip(".")
    return (
        name.title().replace(" De ", " de ").replace(" Del ", " del ").replace(" Y ", " y ") if name.isupper() else name
    )


def _place_key(name: str) -> str:
    """The folded name, '' for what is no place; an article alone is none, but 'La Sabana' is one."""
    key = fold(name)
    words = key.split(" ")
    content = words[1:] if words[0] in _ARTICLES else words
    return "" if not content or content[0] in _no_names() else key


def _same_place(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other} ") or other.startswith(f"{one} ")


def _merge_prefixes(votes: Counter[str]) -> Counter[str]:
    """ "Cartagena" and "Cartagena de Indias" are one place."""
    return Counter({key: sum(n for other, n in votes.items() if _same_place(key, other)) for key in votes})


@cache
def _headings() -> dict[str, Any]:
    loaded: dict[str, Any] = load_yaml("headings.yaml")
    return loaded


@cache
def _announcements(strength: str) -> re.Pattern[str]:
    phrases = sorted(_headings()["entities"][strength], key=len, reverse=True)
    said = [re.escape(fold(phrase)).replace(r"\ ", r"\s+") for phrase in phrases]
    kinds = "|".join(fold(word) for word in _headings()["kinds_of_districts"])
    district = [rf"distrito(?:[\s,]+(?:[ye]\s+)?(?:{kinds}))+\s+de"] if strength == "strong" else []
    return re.compile(rf"\b(?:{'|'.join(district + said)})\b")


@cache
def _ends_of_names() -> frozenset[str]:
    return frozenset(fold(word) for word in _headings()["entity_name_ends"])


@cache
def _no_names() -> frozenset[str]:
    return frozenset(fold(word) for word in _headings()["no_entity_names"])

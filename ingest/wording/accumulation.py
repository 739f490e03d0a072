"""``prompts/accumulation.yaml``, checked: what the yearly figures of an indicator mean together."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from ingest.errors import SettingsError
from ingest.fold import fold
from ingest.records import Record
from ingest.wording.prompt_files import load_yaml, validated

#: ``added``: the years add up; ``latest``: the latest one counts; ``down``/``up``: the latest, from the baseline;
#: ``by_targets``: the yearly targets tell; ``none``: known, and nothing can be computed.
Meaning = Literal["added", "latest", "down", "up", "by_targets", "none"]

_FILE = "accumulation.yaml"
_WORD = re.compile(r"[^\W_]+")


class _AccumulationFile(Record):
    meanings: dict[Meaning, tuple[str, ...]]
    reached: tuple[str, ...]
    beside: frozenset[str]


@lru_cache(maxsize=1024)
def meaning_of(wording: str | None) -> Meaning | None:
    """What a cell such as 'No acumulativo' or 'Meta de mantenimiento' means; None when it says nothing, or two things.

    Phrases are found as whole words, the longest first, so that 'no acumulativo' is not read as 'acumulativo'.
    """
    rest = " ".join(_WORD.findall(fold(wording or "")))
    found: set[Meaning] = set()
    for phrase, meaning in _phrases():
        left, times = re.subn(rf"\b{re.escape(phrase)}\b", " ", rest)
        if times:
            rest = left
            found.add(meaning)
    if len(found) == 2:
        # 'Incremento acumulado' says how an increase is counted: the particular word decides.
        found.discard("by_targets")
    return found.pop() if len(found) == 1 else None


def says_only_how_years_add_up(wording: str) -> bool:
    """Whether a cell says how years add up and nothing else: 'No se suma', 'Meta de incremento', 'Flujo'."""
    words = _WORD.findall(fold(wording))
    rest = " ".join(words)
    for phrase, _ in _phrases():
        rest = re.sub(rf"\b{re.escape(phrase)}\b", " ", rest)
    left = set(rest.split())
    return meaning_of(wording) is not None and left <= _file().beside


def names_what_was_reached(metric: str | None) -> bool:
    """Whether the label of a figure begins with a word for what was reached ('Avance a marzo de 2025')."""
    said = " ".join(_WORD.findall(fold(metric or "")))
    return any(said == phrase or said.startswith(f"{phrase} ") for phrase in _file().reached)


@cache
def _phrases() -> tuple[tuple[str, Meaning], ...]:
    """Every phrase with its meaning, the longest first."""
    known: dict[str, Meaning] = {}
    for meaning, phrases in _file().meanings.items():
        for phrase in phrases:
            if phrase != fold(phrase):
                raise SettingsError(f"prompts/{_FILE}: escriba «{phrase}» en minúsculas y sin tildes.")
            if known.setdefault(phrase, meaning) != meaning:
                raise SettingsError(f"prompts/{_FILE}: «{phrase}» está en {known[phrase]} y en {meaning}.")
    return tuple(sorted(known.items(), key=lambda item: -len(item[0])))


@cache
def _file() -> _AccumulationFile:
    return validated(_AccumulationFile, load_yaml(_FILE), _FILE)

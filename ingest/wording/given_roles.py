"""``prompts/settings.yaml``, checked: what a user's ``cabildo.yaml`` may say, and which column its words mean."""

from __future__ import annotations

import re
from functools import cache

from ingest.errors import SettingsError
from ingest.fold import fold
from ingest.records import Record
from ingest.wording.column_names import ColumnName
from ingest.wording.columns import columns
from ingest.wording.prompt_files import load_yaml, validated

_FILE = "settings.yaml"
_YEAR = re.compile(r"^(?P<name>.*?\S)\s+(?:de\s+)?(?P<year>(?:19|20)\d\d)$")


class _SettingsFile(Record):
    roles: dict[ColumnName, tuple[str, ...]]
    with_year: tuple[ColumnName, ...]
    keys: dict[str, dict[str, str]]


def role_of(text: str) -> tuple[ColumnName, int | None] | None:
    """The column and the year that a name means ('Meta 2025' → target_year, 2025); None when nobody knows it."""
    said = _key(text)
    if (role := _names().get(said)) is not None:
        return role, None
    dated = _YEAR.match(said)
    role = _names().get(dated["name"]) if dated is not None else None
    if dated is None or role is None or role not in _file().with_year:
        return None
    return columns().file.with_year.get(role, role), int(dated["year"])


def role_names() -> tuple[str, ...]:
    """The names that a message offers, one for each column."""
    return tuple(names[0] for names in _file().roles.values())


def known_keys(*levels: str) -> dict[str, str]:
    """What may stand on some levels ('folder', 'document', 'table') of a ``cabildo.yaml``, and what each key says."""
    return {key: says for level in levels for key, says in _file().keys[level].items()}


def _key(text: str) -> str:
    return fold(re.sub(r"[_-]+", " ", text))


@cache
def _names() -> dict[str, ColumnName]:
    names: dict[str, ColumnName] = {}
    for role, phrases in _file().roles.items():
        for phrase in phrases:
            if names.setdefault(_key(phrase), role) != role:
                raise SettingsError(f"prompts/{_FILE}: «{phrase}» está en {names[_key(phrase)]} y en {role}.")
    return names


@cache
def _file() -> _SettingsFile:
    return validated(_SettingsFile, load_yaml(_FILE), _FILE)

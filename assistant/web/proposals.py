"""What pages say that is not in their templates (``prompts/web.yaml``): questions they propose, names of warnings.

A question is proposed only about rows that are there, so that it has an answer.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.errors import SettingsError
from ingest.records import IndicatorRow
from ingest.wording import load_yaml

_FILE = "web.yaml"
_PLACEHOLDERS = frozenset(("indicator", "dependency", "programme"))
#: Longer names make a question nobody reads.
_LONGEST = 70
_UPPER_LONGEST = 45


@dataclass(frozen=True)
class _Wording:
    examples: tuple[str, ...]
    follow_ups: tuple[str, ...]
    warnings: Mapping[str, str]


@cache
def _wording() -> _Wording:
    content = load_yaml(_FILE)
    for text in content["examples"]:
        unknown = {key for _, key, _, _ in string.Formatter().parse(text) if key} - _PLACEHOLDERS
        if unknown:
            raise SettingsError(f"prompts/{_FILE}: marcas que nadie llena: {', '.join(sorted(unknown))}.")
    return _Wording(tuple(content["examples"]), tuple(content["follow_ups"]), content["warnings"])


def follow_ups() -> tuple[str, ...]:
    """What may be asked next about a single row."""
    return _wording().follow_ups


def warning_name(code: str) -> str:
    """What a warning is called in lists; a code without a name stays as it is."""
    return _wording().warnings.get(code, code.replace("-", " "))


def examples(rows: Sequence[IndicatorRow]) -> list[str]:
    """One question per wording, each about another row where there are enough."""
    templates = _wording().examples
    usable = [row for row in rows if row.kind in ("product", "result") and row.target is not None]
    step = max(1, len(usable) // (len(templates) + 1))
    found = []
    for index, template in enumerate(templates):
        filled = next(_filled(template, usable[index * step :]), None)
        if filled is not None:
            found.append(filled)
    return list(dict.fromkeys(found))


def _filled(template: str, rows: Sequence[IndicatorRow]) -> Iterator[str]:
    needed = [key for _, key, _, _ in string.Formatter().parse(template) if key]
    for row in rows:
        parts = {"indicator": row.indicator, "dependency": row.dependency, "programme": row.programme}
        if "línea base" in template and (row.baseline is None or row.baseline.value is None):
            continue
        if all((text := parts[key]) and len(text) <= _limit(text) for key in needed):
            yield template.format(**parts)


def _limit(text: str) -> int:
    return _UPPER_LONGEST if text.isupper() else _LONGEST

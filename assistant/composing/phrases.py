"""The sentences of ``prompts/answers.yaml``, checked when they are loaded."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from assistant.question.query import Field, Language
from ingest.errors import SettingsError
from ingest.wording import load_yaml

_FILE = "answers.yaml"

#: What each sentence may be filled in with, beyond what it needs not use.
_PLACEHOLDERS = frozenset(
    (
        *("indicator", "target", "baseline", "source", "dependency", "programme", "component", "strategic_line"),
        *("purpose", "ods", "unit", "title", "entity", "period", "mark", "metric", "figure", "quote", "message"),
        *(
            "titles",
            "field",
            "entities",
            "subject",
            "count",
            "terms",
            "value",
            "text",
            "noun",
            "where",
            "url",
            "code",
            "sector",
            "accumulation",
            "metric_name",
        ),
    )
)


@dataclass(frozen=True)
class Phrases:
    """The sentences of one language."""

    sentences: Mapping[str, str]
    fields: Mapping[str, str]
    measures: Mapping[str, str]

    def say(self, name: str, **parts: str | None) -> str:
        """One sentence, filled in; what is None becomes empty."""
        filled = {key: value or "" for key, value in parts.items()}
        return self.sentences[name].format_map(_Blank(filled))

    def field(self, name: Field) -> str:
        """What a field is called inside a sentence ("la línea base")."""
        return self.fields[name]


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


@cache
def phrases(language: Language) -> Phrases:
    """The sentences of a language; raises ``SettingsError`` when one has a placeholder nobody fills."""
    content = load_yaml(_FILE)
    other = content["en" if language == "es" else "es"]
    own = content[language]
    if missing := sorted(set(other) ^ set(own)):
        raise SettingsError(f"prompts/{_FILE}: faltan en un idioma las frases {', '.join(missing)}.")
    sentences = {name: text for name, text in own.items() if name not in ("fields", "measures")}
    for name, text in sentences.items():
        unknown = {key for _, key, _, _ in string.Formatter().parse(text) if key} - _PLACEHOLDERS
        if unknown:
            raise SettingsError(
                f"prompts/{_FILE}: la frase «{name}» tiene marcas que nadie llena: {', '.join(sorted(unknown))}."
            )
    return Phrases(sentences, own["fields"], own["measures"])

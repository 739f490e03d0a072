"""``prompts/writer.yaml``: what the model is told, and the words by which its sentences are checked."""

from __future__ import annotations

import string
from collections.abc import Iterable
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, StrictStr

from assistant.question.query import Language
from ingest.errors import SettingsError
from ingest.fold import words
from ingest.wording import load_yaml, validated

_FILE = "writer.yaml"
#: What each template has to be filled in with: no more, no less.
_PLACEHOLDERS: dict[str, frozenset[str]] = {
    "system": frozenset({"language"}),
    "user": frozenset({"question", "history", "composed", "evidence"}),
    "rewrite": frozenset({"sentence", "reasons", "accepted"}),
}
_REASONS = frozenset(
    (
        *("number", "noun", "date", "name", "quoted", "unknown_mark", "no_mark", "odd_mark", "role", "other_row"),
        *(
            "phrase",
            "direction",
            "unsupported",
            "shared_mark",
            "done",
            "characters",
            "leak",
            "refusal",
            "too_long",
            "missing",
        ),
    )
)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Prompts(_Part):
    """The templates of what is sent to the model."""

    system: StrictStr
    user: StrictStr
    rewrite: StrictStr
    languages: dict[Language, StrictStr]
    nothing: StrictStr


class GuardWords(_Part):
    """The word lists of the guard; the comments of the file say what each is for."""

    roles: dict[StrictStr, list[StrictStr]]
    hints: dict[Literal["baseline", "target"], list[StrictStr]]
    amounts: list[StrictStr]
    qualifiers: list[StrictStr]
    comparisons: list[StrictStr]
    achieved: list[StrictStr]
    promising: list[StrictStr]
    computed: list[StrictStr]
    judgements: list[StrictStr]
    belonging: list[StrictStr]
    negations: list[StrictStr]
    relative_dates: list[StrictStr]
    rising: list[StrictStr]
    falling: list[StrictStr]
    heads: list[StrictStr]
    before_names: list[StrictStr]
    counting_nouns: list[StrictStr]
    vocabulary: list[StrictStr]
    refusals: list[StrictStr]
    injections: list[StrictStr]


class WriterFile(_Part):
    """The whole file."""

    prompts: Prompts
    reasons: dict[StrictStr, StrictStr]
    guard: GuardWords


@cache
def wording() -> WriterFile:
    """The checked file.

    Raises:
        SettingsError: naming the entry that is missing, unknown, or has a placeholder nobody fills.
    """
    return checked(load_yaml(_FILE))


def checked(content: object) -> WriterFile:
    """The content of the file with its placeholders and reasons checked; raises ``SettingsError``."""
    file = validated(WriterFile, content, _FILE)
    for name, wanted in _PLACEHOLDERS.items():
        check_placeholders(_FILE, name, getattr(file.prompts, name), wanted)
    if odd := sorted(_REASONS ^ set(file.reasons)):
        raise SettingsError(f"prompts/{_FILE}: en «reasons» sobran o faltan: {', '.join(odd)}.")
    for name, text in file.reasons.items():
        check_placeholders(_FILE, name, text, None)
    return file


def check_placeholders(file: str, name: str, text: str, wanted: frozenset[str] | None) -> None:
    """Raise ``SettingsError`` unless a template has these placeholders and no other; None allows a {detail}."""
    try:
        found = {key for _, key, _, _ in string.Formatter().parse(text) if key is not None}
    except ValueError as error:
        raise SettingsError(f"prompts/{file}: «{name}» tiene una llave suelta.") from error
    allowed = frozenset({"detail"}) if wanted is None else wanted
    if unknown := sorted(found - allowed):
        raise SettingsError(f"prompts/{file}: «{name}» tiene marcas que nadie llena: {', '.join(unknown)}.")
    if wanted is not None and (missing := sorted(wanted - found)):
        raise SettingsError(f"prompts/{file}: a «{name}» le faltan las marcas {', '.join(missing)}.")


def spaced(text: str) -> str:
    """The folded words of a text between single spaces, with one at either end: whole phrases are then substrings."""
    return f" {' '.join(words(text))} "


@cache
def _phrase(text: str) -> str:
    return spaced(text)


def phrases_in(spaced_text: str, phrases: Iterable[str]) -> list[str]:
    """Which of these phrases a text that :func:`spaced` made has."""
    return [phrase for phrase in phrases if _phrase(phrase) in spaced_text]

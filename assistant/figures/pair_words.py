"""The words by which a question names two things to be added up, told apart or compared: ``prompts/pairs.yaml``."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Described

from assistant.corpus.matching import stem_of
from ingest.errors import SettingsError
from ingest.fold import fold
from ingest.records import RowKind
from ingest.wording import load_yaml, validated

Operation = Literal["same", "greater", "difference", "sum"]

_FILE = "pairs.yaml"
Phrases = Annotated[tuple[str, ...], Described(strict=False)]


class PairWords(BaseModel):
    """``prompts/pairs.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    operations: dict[Operation, Phrases]
    connectors: dict[Operation, Phrases]
    framing: Phrases
    plain: Phrases
    tables: dict[Literal["result", "product"], str]

    @cached_property
    def asking(self) -> dict[Operation, re.Pattern[str]]:
        return {name: re.compile("|".join(f"(?:{one})" for one in ways)) for name, ways in self.operations.items()}

    @cached_property
    def between(self) -> dict[Operation, tuple[re.Pattern[str], ...]]:
        return {
            name: tuple(re.compile(rf"(?<=\s){way}(?=\s)") for way in ways) for name, ways in self.connectors.items()
        }

    @cached_property
    def framing_stems(self) -> frozenset[str]:
        return frozenset(stem_of(fold(word)) for word in self.framing)

    @cached_property
    def plain_stems(self) -> frozenset[str]:
        return frozenset(stem_of(fold(word)) for word in self.plain)

    @cached_property
    def table_patterns(self) -> dict[RowKind, re.Pattern[str]]:
        return {name: re.compile(pattern) for name, pattern in self.tables.items()}


@cache
def load_pairs() -> PairWords:
    """The file, checked; raises ``SettingsError`` naming the pattern that is none."""
    found = validated(PairWords, load_yaml(_FILE), _FILE)
    try:
        _ = found.asking, found.between, found.table_patterns
    except re.error as error:
        raise SettingsError(f"prompts/{_FILE}: una expresión regular no es válida: {error}.") from error
    return found

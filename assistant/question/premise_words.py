"""The words by which a question takes something for granted: ``prompts/premises.yaml``, checked."""

from __future__ import annotations

import re
from functools import cache, cached_property

from pydantic import BaseModel, ConfigDict

from ingest.errors import SettingsError
from ingest.wording import load_yaml, validated

_FILE = "premises.yaml"


class PremiseWords(BaseModel):
    """The file; each entry is a regular expression on the folded question."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    start: str
    end: str
    span: str
    span_end: str
    up: str
    down: str
    denied: str
    target_up: str
    target_down: str
    done: str
    done_with: str
    stated: str
    either: str
    wh: str
    copula: str
    verb: str

    @cached_property
    def compiled(self) -> dict[str, re.Pattern[str]]:
        bounded = {"start": rf"\b{self.start}\b", "end": rf"\b{self.end}\b"}
        return {name: re.compile(bounded.get(name, pattern)) for name, pattern in self.model_dump().items()}


@cache
def premise_words() -> dict[str, re.Pattern[str]]:
    """The patterns of the file by name; raises ``SettingsError`` for one that is none."""
    try:
        return validated(PremiseWords, load_yaml(_FILE), _FILE).compiled
    except re.error as error:
        raise SettingsError(f"prompts/{_FILE}: una expresión regular no es válida: {error}.") from error

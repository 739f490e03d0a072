"""``prompts/understanding.yaml``: what the model is told."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, StrictStr

from assistant.writer.wording import check_placeholders
from ingest.wording import load_yaml, validated

_FILE = "understanding.yaml"
#: What the templates have to be filled in with: no more, no less.
_PLACEHOLDERS = {"system": frozenset[str](), "user": frozenset({"catalogue", "indicators", "history", "question"})}

Level = Literal["entity", "period", "programme", "component", "strategic_line", "dependency"]


class UnderstandingFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    system: StrictStr
    user: StrictStr
    nothing: StrictStr
    labels: dict[Level, StrictStr]


@cache
def wording() -> UnderstandingFile:
    """The checked file; raises ``SettingsError`` naming the entry that is missing, unknown, or has a placeholder nobody
    fills."""
    return checked(load_yaml(_FILE))


def checked(content: object) -> UnderstandingFile:
    """The content of the file with its placeholders checked; raises ``SettingsError``."""
    file = validated(UnderstandingFile, content, _FILE)
    for name, wanted in _PLACEHOLDERS.items():
        check_placeholders(_FILE, name, getattr(file, name), wanted)
    return file

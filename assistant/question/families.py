"""Words of one verb that begin with different roots ("repuestas", "reposición"): ``prompts/families.yaml``."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assistant.corpus.matching import stem_of
from ingest.fold import fold
from ingest.wording import load_yaml, validated

_FILE = "families.yaml"
Forms = Annotated[tuple[str, ...], Field(strict=False, min_length=2)]
#: What the stemmer leaves of "hecho" is of too many words.
_SHORTEST = 4


class Families(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    prefixes: Annotated[tuple[str, ...], Field(strict=False)]
    prefixed: Annotated[tuple[Forms, ...], Field(strict=False)]
    whole: Annotated[tuple[Forms, ...], Field(strict=False)]

    def relatives(self, stem: str) -> tuple[str, ...]:
        """The stems of the other forms of the verb that a stem is of; none of a stem of no verb here."""
        return self._by_stem.get(stem, ())

    @cached_property
    def _by_stem(self) -> dict[str, tuple[str, ...]]:
        families = list(self.whole)
        families += [tuple(f"{prefix}{form}" for form in forms) for prefix in ("", *self.prefixes)
                     for forms in self.prefixed]  # fmt: skip
        found: dict[str, tuple[str, ...]] = {}
        for forms in families:
            stems = tuple(dict.fromkeys(stem_of(fold(form)) for form in forms))
            for stem in stems:
                if len(stem) >= _SHORTEST:
                    found[stem] = tuple(dict.fromkeys((*found.get(stem, ()), *stems)))
        return {stem: tuple(other for other in stems if other != stem and len(other) >= _SHORTEST)
                for stem, stems in found.items()}  # fmt: skip


@cache
def load_families() -> Families:
    """``prompts/families.yaml``; raises SettingsError naming the file and the line that is not sound."""
    return validated(Families, load_yaml(_FILE), _FILE)

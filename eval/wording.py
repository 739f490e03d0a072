"""The words of reports and complaints, from ``prompts/eval.yaml``; placeholders are checked when they are loaded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from string import Formatter

from pydantic import BaseModel, ConfigDict, model_validator

from ingest.wording.prompt_files import load_yaml, validated

NAME = "eval.yaml"


class Part(BaseModel):
    """A group of wordings; ``_places`` names what may stand between braces in each, all of it when it is not said."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Templates(Part):
    """Sentences with placeholders."""

    @model_validator(mode="after")
    def _places_are_known(self) -> Templates:
        for name, allowed in self.places().items():
            said = {place for _, place, _, _ in Formatter().parse(getattr(self, name)) if place is not None}
            if unknown := said - allowed:
                raise ValueError(f"«{name}» no puede llevar {{{sorted(unknown)[0]}}}")
        return self

    @classmethod
    def places(cls) -> Mapping[str, frozenset[str]]:
        """What may stand between braces, by wording."""
        return {}


class MeasureWords(Part):
    """The name of a measure and what it is, in one line."""

    name: str
    definition: str


class Check(Templates):
    """What is wrong with a row matcher, and what to write instead."""

    nothing_loaded: str
    no_file: str
    elsewhere: str
    no_line: str
    no_row: str
    changed_documents: str
    absent: str

    @classmethod
    def places(cls) -> Mapping[str, frozenset[str]]:
        return {
            "nothing_loaded": frozenset({"file", "named"}),
            "no_file": frozenset({"file", "files"}),
            "elsewhere": frozenset({"place", "indicator", "instead"}),
            "no_line": frozenset({"line", "file", "near"}),
            "no_row": frozenset({"place", "near"}),
            "changed_documents": frozenset(),
            "absent": frozenset({"file", "count", "ids"}),
        }


class Stale(Templates):
    """Why an expectation is no longer one of these documents."""

    no_document: str
    gone: str
    changed: str
    unknown: str

    @classmethod
    def places(cls) -> Mapping[str, frozenset[str]]:
        rows = frozenset({"place", "before", "now"})
        return {"no_document": frozenset({"file"}), "gone": rows, "changed": rows, "unknown": rows}


class Changes(Part):
    """What became of a question between two runs."""

    broken: str
    fixed: str
    stale: str
    changed: str
    same: str
    new: str
    gone: str


class CompareWords(Templates):
    """What two runs say beside each other."""

    heading: str
    score: str
    chance: str
    significant: str
    not_significant: str
    no_difference: str
    made_of: str
    made_alike: str
    regressions: str

    @classmethod
    def places(cls) -> Mapping[str, frozenset[str]]:
        return {
            "heading": frozenset({"before", "after"}),
            "score": frozenset({"before", "after", "n", "difference", "low", "high"}),
            "chance": frozenset({"broken", "fixed", "p", "verdict"}),
            "made_of": frozenset({"what"}),
            "regressions": frozenset({"n"}),
        }


_QUESTION_PLACES = frozenset({"indicator", "programme", "year"})


class Drafts(Templates):
    """Questions that are proposed to a person."""

    head: str
    why: str
    feedback: str
    no_reason: str
    no_channel: str
    to_check: str
    to_fill: str
    nothing: str
    questions: dict[str, str]
    model: str

    @classmethod
    def places(cls) -> Mapping[str, frozenset[str]]:
        return {
            "why": frozenset({"document", "what"}),
            "feedback": frozenset({"when", "channel", "reason", "answer"}),
            "model": frozenset({"count"}),
        }

    @model_validator(mode="after")
    def _questions_are_whole(self) -> Drafts:
        wanted = {"target", "baseline", "dependency", "progress", "list", "change"}
        if missing := wanted - set(self.questions):
            raise ValueError(f"falta la pregunta «{sorted(missing)[0]}»")
        for name, text in self.questions.items():
            if {place for _, place, _, _ in Formatter().parse(text) if place is not None} - _QUESTION_PLACES:
                raise ValueError(f"la pregunta «{name}» tiene algo entre llaves que nadie llena")
        return self


class Price(Part):
    """US dollars per million tokens."""

    input: float
    output: float


class Wording(Part):
    """Everything of the file."""

    measures: dict[str, MeasureWords]
    check: Check
    stale: Stale
    prices: dict[str, Price]
    changes: Changes
    compare: CompareWords
    drafts: Drafts


@cache
def wording() -> Wording:
    """The wordings. Raises ``SettingsError`` naming the entry that is wrong."""
    return validated(Wording, load_yaml(NAME), NAME)

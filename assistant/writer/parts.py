"""A sentence in parts, each with the citations that its figures and names are held to."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from assistant.writer.evidence import Cited, Evidence, together
from assistant.writer.numbers import numbers_in, read_english
from assistant.writer.wording import wording

MARKS = re.compile(r"(?:\s*\[\d+\])+")
MARK = re.compile(r"\[([1-9]\d{0,3})\]")
QUOTED = re.compile(r"«([^«»]*)»|\"([^\"]*)\"|“([^“”]*)”")


@dataclass(frozen=True)
class Objection:
    """Why a sentence is not shown: a code (a key of ``reasons`` in ``prompts/writer.yaml``) and what it is about."""

    code: str
    detail: str = ""

    def __str__(self) -> str:
        return wording().reasons[self.code].format(detail=self.detail)


@dataclass(frozen=True)
class Part:
    """A stretch of a sentence and the citations it is held to; ``text`` has no marks, ``unquoted`` no quoted words.

    ``lead`` is what stands before it when that has no figure of its own ("La meta [1] es …"), else empty.
    """

    lead: str
    text: str
    unquoted: str
    quoted: tuple[str, ...]
    marks: tuple[int, ...]
    held: tuple[Cited, ...]
    evidence: Evidence

    @property
    def one(self) -> Cited | None:
        return together(self.held)


def parts_of(sentence: str, evidence: Evidence) -> list[Part]:
    """The stretches of a sentence between its groups of marks, each with the citations it is held to."""
    groups = list(MARKS.finditer(sentence))
    ends = [group.end() for group in groups]
    stretches = [sentence[start:end] for start, end in zip([0, *ends], [*ends, len(sentence)], strict=True)]
    marks = [tuple(int(mark) for mark in MARK.findall(group[0])) for group in groups]
    held = [*marks, marks[-1]] if marks else [()]
    parts: list[Part] = []
    lead = ""
    for stretch, numbers in zip(stretches, held, strict=True):
        part = _part(lead, MARKS.sub(" ", stretch), numbers, evidence)
        lead = "" if numbers_in(part.unquoted) else lead + part.unquoted
        parts.append(part)
    return parts


def _part(lead: str, text: str, marks: tuple[int, ...], evidence: Evidence) -> Part:
    read = read_english(unicodedata.normalize("NFC", text), evidence.language)
    quoted = tuple(next(filter(None, groups), "") for groups in QUOTED.findall(read))
    unquoted = blanked(read)
    held = evidence.of(marks) if marks else evidence.everything
    return Part(lead, read, unquoted, quoted, marks, held, evidence)


def blanked(text: str) -> str:
    """The text with what is quoted blanked out, its length kept."""
    return QUOTED.sub(lambda match: " " * len(match[0]), text)

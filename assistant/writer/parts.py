"""A sentence in parts, each with the citations that its figures and names are held to."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from assistant.writer.evidence import Cited, Evidence, Standing, together
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

    ``lead`` is what stands before it when that has no figure of its own ("La meta [1] es …"), else empty; ``heading``
    the line that the sentence is listed under. ``marks`` are its own, or none; ``held`` what it is held to: its marks'
    citations, those of the sentence before it, or all.
    """

    heading: str
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

    @cached_property
    def rows(self) -> tuple[Cited, ...]:
        """What it is held to, the copies of one row in several documents as one."""
        same: dict[object, list[Cited]] = {}
        for cited in self.held:
            is_row = bool(cited.of_role and cited.own_stems)
            same.setdefault((cited.own_stems, *cited.of_role.items()) if is_row else cited.folded, []).append(cited)
        return tuple(one for copies in same.values() if (one := together(copies)) is not None)


def parts_of(sentence: str, evidence: Evidence, standing: Standing) -> list[Part]:
    """The stretches of a sentence between its groups of marks, each with the citations it is held to."""
    groups = list(MARKS.finditer(sentence))
    ends = [group.end() for group in groups]
    stretches = [sentence[start:end] for start, end in zip([0, *ends], [*ends, len(sentence)], strict=True)]
    marks = [tuple(int(mark) for mark in MARK.findall(group[0])) for group in groups]
    held = [*marks, marks[-1]] if marks else [()]
    heading = read_english(standing.heading, evidence.language) if marks else ""
    parts: list[Part] = []
    lead = ""
    for stretch, numbers in zip(stretches, held, strict=True):
        text = read_english(unicodedata.normalize("NFC", MARKS.sub(" ", stretch)), evidence.language)
        part = Part(
            heading=heading,
            lead=lead,
            text=text,
            unquoted=blanked(text),
            quoted=tuple(next(filter(None, groups), "") for groups in QUOTED.findall(text)),
            marks=numbers,
            held=evidence.of(numbers or standing.marks) or evidence.everything,
            evidence=evidence,
        )
        lead = "" if numbers_in(part.unquoted) else lead + part.unquoted
        parts.append(part)
    return parts


def blanked(text: str) -> str:
    """The text with what is quoted blanked out, its length kept."""
    return QUOTED.sub(lambda match: " " * len(match[0]), text)

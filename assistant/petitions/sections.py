"""What part of a petition each paragraph is: its head, its story, what it asks, its end.

Titles tell it ("HECHOS", "II. PETICIONES:", "NOTIFICACIONES"), else a sentence that announces a list ("les pedimos lo
siguiente:"), else every sentence has to be looked at.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.petitions.source import Paragraph
from assistant.petitions.wording import pattern, petition_words
from ingest.fold import fold, squeeze

Zone = Literal["head", "story", "asks", "end"]

_NUMBERING = re.compile(r"^(?:[ivx]{1,4}|\d{1,2}|[a-h])\s?[.)\-–]+\s*")
_SUBJECT = re.compile(r"^(?:asunto|ref(?:erencia)?|tema)\s?[.:\-–]+\s*", re.IGNORECASE)
#: A field of a form: "Descripción de la solicitud: …".
_FIELD = re.compile(r"^[A-ZÁÉÍÓÚÑ][^:.?]{2,45}:(?:\s|$)")
_TITLE_WORDS = 9
_HEAD_PARAGRAPHS = 14


@dataclass(frozen=True)
class Piece:
    """A paragraph and the part of the petition that it is of; ``titled`` when a title says so."""

    paragraph: Paragraph
    zone: Zone
    titled: bool = False


def title_zone(line: str) -> Zone | None:
    """The part of a petition that a line titles, or None when it is no title."""
    text = _NUMBERING.sub("", fold(line)).strip(" .:-–*_#")
    if not text or len(text.split()) > _TITLE_WORDS:
        return None
    words = petition_words().reading
    tables: tuple[tuple[tuple[str, ...], Zone], ...] = (
        (words.asks_titles, "asks"),
        (words.facts_titles, "story"),
        (words.end_titles, "end"),
    )
    for titles, zone in tables:
        if text in {fold(title) for title in titles}:
            return zone
    return None


def pieces_of(paragraphs: Sequence[Paragraph]) -> list[Piece]:
    """Every paragraph with its zone; titles are left out."""
    return list(_walk(paragraphs))


def _walk(paragraphs: Sequence[Paragraph]) -> Iterator[Piece]:
    zone: Zone = "head"
    titled = False
    for index, paragraph in enumerate(paragraphs):
        # A title may be numbered, or stand on the first line of a paragraph.
        whole = paragraph.text if paragraph.marker is None else f"{paragraph.marker} {paragraph.text}"
        found = title_zone(whole) or (title_zone(paragraph.text) if paragraph.marker else None)
        if found is not None and len(paragraph.lines) == 1:
            zone, titled = found, True
            continue
        if len(paragraph.lines) > 1 and (first := title_zone(paragraph.lines[0])):
            zone, titled = first, True
            paragraph = Paragraph(paragraph.lines[1:])
        elif (lead := _lead_title(paragraph)) is not None:
            zone, titled = lead[0], True
            paragraph = lead[1]
        if zone == "head" and not _is_head(paragraph, index):
            zone = "story"
        if paragraph.marker is None and zone in ("story", "asks") and _is_farewell(paragraph, paragraphs[index + 1 :]):
            zone, titled = "end", True
        yield Piece(paragraph, zone, titled)


def _lead_title(paragraph: Paragraph) -> tuple[Zone, Paragraph] | None:
    """ "NOTIFICACIONES: recibo …", "Petición: solicito …": a title with its text on the same line."""
    title, colon, rest = paragraph.text.partition(":")
    if not colon or not rest.strip() or len(title.split()) > 4 or paragraph.marker is not None:
        return None
    zone = title_zone(title)
    if zone is None or fold(title) in ("solicito", "solicitamos", "pido", "pedimos", "objeto"):
        return None
    return zone, Paragraph((rest.strip(),))


def _is_head(paragraph: Paragraph, index: int) -> bool:
    """Whether a paragraph of the beginning is of the head: addresses, stamps, subject, salutation."""
    if index > _HEAD_PARAGRAPHS or paragraph.marker is not None:
        return False
    text = fold(paragraph.text)
    first = fold(paragraph.lines[0])
    if _SUBJECT.match(first):
        return True
    if pattern("salutation").match(text) and len(text.split()) > 8:
        return False
    short = all(len(line) < 90 for line in paragraph.lines)
    is_sentence = any(line.rstrip().endswith((".", "?")) and len(line.split()) > 12 for line in paragraph.lines)
    return (
        short and not is_sentence and "?" not in text and not petition_words().reading.requesting.search(text)
    ) or bool(pattern("head_lines").match(first) and len(text.split()) < 40 and "?" not in text)


def _is_farewell(paragraph: Paragraph, after: Sequence[Paragraph]) -> bool:
    """Whether the petition ends here: thanks or contacts, and no item of a list after them."""
    text = fold(paragraph.text)
    if petition_words().reading.farewell.match(text) is None or "?" in text:
        return False
    if re.search(
        pattern("thanks_for_an_ask"),
        text,
    ):
        return False
    if re.search(r"\b(?:solicito|solicitamos|pido|pedimos|quisiera|quiero saber|quisieramos)\b", text):
        return False
    return not any(one.marker is not None and len(one.text) > 25 for one in after)


def subject_of(paragraphs: Sequence[Paragraph]) -> str | None:
    """The text after "Asunto:" or "Referencia:", or None."""
    for paragraph in paragraphs[: _HEAD_PARAGRAPHS + 4]:
        for index, line in enumerate(paragraph.lines):
            match = _SUBJECT.match(line)
            if match is None:
                continue
            rest = [line[match.end() :], *(_wrapped(paragraph.lines[index:]))]
            return squeeze(" ".join(rest)).strip(" .") or None
    return None


def _wrapped(lines: Sequence[str]) -> Iterator[str]:
    """The lines that go on with the first one: those after a long line."""
    for before, line in itertools.pairwise(lines):
        if len(before) < 60 or pattern("salutation").match(fold(line)) or _FIELD.match(line):
            return
        yield line

"""Figures of a letter that no cited row holds, and marks of notes that do not exist: where each stands.

The numbers are read as the assistant's own guard reads them. What the draft itself says of the petition (its date, its
terms, the law, a title that repeats what was asked) needs no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from assistant.answer import Citation
from assistant.petitions.records import Ask, Flag, FlagCode
from assistant.writer.numbers import Number, numbers_in
from ingest.figures import DateMention, dates_in
from ingest.fold import fold, words

_MARK = re.compile(r"\[(\d{1,3})\]")
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?!\s*\n))+")
#: Norms are no figures: what a lawyer adds of the law needs no row.
_NORM = re.compile(
    r"\b(?:ley(?:es)?|decretos?|articulos?|arts?|numeral(?:es)?|num|inciso|paragrafo|resolucion(?:es)?|acuerdos?|ordenanzas?|sentencias?|circular(?:es)?|constitucion|codigo|[tc]|su)[\s.°º-]{0,3}(?:n[o°º]\.?\s?)?$"
)
_YEAR_OF_NORM = re.compile(
    r"\b(?:ley|decreto|resolucion|acuerdo|ordenanza|sentencia|circular|constitucion|codigo)\b[^.;\n]{0,40}$"
)
_PLACEHOLDER = re.compile(r"\{\{[^{}\n]{1,30}\}\}")


@dataclass(frozen=True)
class _Held:
    """What one or more citations hold."""

    citations: tuple[Citation, ...]

    @cached_property
    def text(self) -> str:
        return "\n".join(part for citation in self.citations for part in _texts(citation))

    @cached_property
    def values(self) -> frozenset[tuple[Decimal, str]]:
        return frozenset(amount for number in numbers_in(self.text) for amount in number.amounts)

    @cached_property
    def plain_values(self) -> frozenset[Decimal]:
        values = {value for value, _ in self.values}
        for citation in self.citations:
            for figure in (citation.baseline, citation.target, citation.figure):
                value = (figure or {}).get("value")
                if isinstance(value, int | float):
                    values.add(Decimal(str(value)))
        return frozenset(values)

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        return dates_in(self.text)

    def has(self, number: Number) -> bool:
        if number.amounts and number.amounts <= self.values:
            return True
        kinds = {kind for value, kind in self.values if value in number.values}
        is_bare = bool(number.values) and set(number.values) <= self.plain_values
        # The same value in another unit ("8 %" for "8 comisarías") is another figure.
        return is_bare and (
            number.kind in kinds or not kinds or (number.kind == "name" and fold(number.text) in fold(self.text))
        )

    def has_date(self, date: DateMention) -> bool:
        return fold(date.text) in fold(self.text) or any(
            date.first is not None
            and known.first is not None
            and known.last is not None
            and (known.first.startswith(date.first) or known.last.startswith(date.first))
            for known in self.dates
        )


def flags_of(letter: str, asks: Sequence[Ask], drafted: str) -> list[Flag]:
    """What nothing supports in a letter's text, in its order.

    ``drafted`` is the letter as Cabildo drafted it: what it says has passed the assistant's own check, and its
    paragraphs without marks say only what needs no row.
    """
    by_number = {citation.n: citation for ask in asks for citation in ask.citations}
    everything = _Held(tuple(by_number.values()))
    own = "\n".join(one for one in _paragraphs(drafted) if not _MARK.search(one))
    as_drafted = {one.strip() for one in _paragraphs(drafted)}
    found: list[Flag] = []
    for match in _PARAGRAPH.finditer(letter):
        paragraph, offset = match[0], match.start()
        if paragraph.strip() in as_drafted:
            continue
        marks = list(_MARK.finditer(paragraph))
        found += [
            _flag("unknown_mark", mark[0], offset + mark.start(), "No hay ninguna nota con ese número.")
            for mark in marks
            if int(mark[1]) not in by_number
        ]
        cited = _Held(tuple(by_number[int(mark[1])] for mark in marks if int(mark[1]) in by_number))
        found += _unsupported(paragraph, offset, cited, everything, own)
    return sorted(found, key=lambda flag: flag.start)


def _paragraphs(letter: str) -> Iterator[str]:
    yield from (match[0] for match in _PARAGRAPH.finditer(letter))


def _unsupported(paragraph: str, offset: int, cited: _Held, everything: _Held, own: str) -> Iterator[Flag]:
    text = _blanked(paragraph)
    for number in numbers_in(text):
        if _is_of_law(text, number.start) or _is_own(text, number.start, number.end, own) or cited.has(number):
            continue
        yield _of_figure(number.text, offset + number.start, everything.has(number))
    for day in dates_in(text):
        if _YEAR_OF_NORM.search(fold(text[: day.start])) or fold(day.text) in fold(own) or cited.has_date(day):
            continue
        yield _of_figure(day.text, offset + day.start, everything.has_date(day))


def _of_figure(text: str, start: int, is_elsewhere: bool) -> Flag:
    if is_elsewhere:
        message = "La cifra está en una fila citada, pero este párrafo no lleva su nota."
        return _flag("no_mark", text, start, message)
    return _flag("no_row", text, start, "Ninguna fila citada contiene esta cifra.")


def _flag(code: FlagCode, text: str, start: int, message: str) -> Flag:
    return Flag(code=code, text=text, start=start, end=start + len(text), message=message)


def _is_of_law(text: str, start: int) -> bool:
    before = fold(text[:start]) + " " if text[:start].endswith(" ") else fold(text[:start])
    return _NORM.search(before) is not None or _YEAR_OF_NORM.search(before) is not None


def _is_own(text: str, start: int, end: int, own: str) -> bool:
    """Whether a number stands in the draft's own words as it does here, before the same word (else after it)."""
    before, after = words(text[:start])[-1:], words(text[end:])[:1]
    number = words(text[start:end])
    said = " ".join((*number, *after) if after else (*before, *number))
    return f" {said} " in f" {' '.join(words(own))} "


def _blanked(text: str) -> str:
    """The text without marks of notes and of personal data, every offset as it was."""
    for pattern in (_MARK, _PLACEHOLDER):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _texts(citation: Citation) -> Iterator[str]:
    fields = (
        citation.quote,
        citation.indicator,
        citation.metric,
        citation.title,
        citation.period,
        citation.ods,
        citation.purpose,
    )
    yield from (field for field in fields if field)
    for figure in (citation.baseline, citation.target, citation.figure):
        if figure:
            yield from (
                str(value)
                for name, value in figure.items()
                if name in ("text", "unit", "date", "source", "period") and value
            )
    yield from (value for _, value in citation.path)
    if citation.count is not None:
        yield str(citation.count)

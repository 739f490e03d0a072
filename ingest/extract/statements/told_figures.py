"""Figures in a text and the sentences around them: where each begins and ends, and what of it is about which figure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ingest.extract.statements.group_text import WORD, GroupText, TextLine
from ingest.extract.titles import is_title
from ingest.figures import Mention
from ingest.fold import squeeze

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÁÉÍÓÚÑ¿¡•✓-])|\n")
_CLAUSE_END = re.compile(r"(?<!\d)[;,](?!\d)|\s+(?:y|e)\s+(?=(?:\$\s?)?\d)|\s+(?:y|e)\s+(?=[A-ZÁÉÍÓÚÑ][a-záéíóúñ])")
_LABEL_START = re.compile(r"[A-ZÁÉÍÓÚÑ][^.:;\d\n]{2,60}:\s")
#: Three figures or more after each other; "N.D." and "-" stand for one.
_CELL = r"(?:(?:\$\s?)?\d(?:[\d.,]*\d)?(?:\s?%)?|N\.?/?[ADP]\.?|-)(?!\S)"
_ROW_OF_FIGURES = re.compile(rf"(?<!\S){_CELL}(?:\s+{_CELL}){{2,}}")
_NOTE = re.compile(r"[\s.;•-]*(?P<note>Nota\s?:[^\n]{5,240})", re.IGNORECASE)
_MOST_TITLES = 8
_SHORT_GROUP = 700


@dataclass(frozen=True)
class ToldFigures:
    """The text of a group and the figures it states, in order."""

    group: GroupText
    mentions: tuple[Mention, ...]

    def around(self, mention: Mention) -> tuple[str, ...]:
        """What stands around a figure: all of a short slide, of a longer stretch the titles of its own subject."""
        if len(self.group.text) <= _SHORT_GROUP:
            return (squeeze(self.group.text),)
        context = self.line_of(mention).located.context
        blocks = {
            line.block: line.located.block
            for line in self.group.lines
            if (line.located.context.steps, line.located.context.indicator) == (context.steps, context.indicator)
        }.values()
        return tuple({squeeze(block.text): None for block in blocks if is_title(block)})[:_MOST_TITLES]

    @cached_property
    def lone(self) -> tuple[Mention, ...]:
        """The figures that stand alone on their lines."""
        return tuple(mention for mention in self.mentions if self._is_alone(mention))

    def line_of(self, mention: Mention) -> TextLine:
        return self.group.line_at(mention.start)

    def within(self, start: int, end: int) -> list[Mention]:
        return [other for other in self.mentions if start <= other.start < end]

    def fill(self, line: TextLine) -> bool:
        """Whether a line holds several figures and no words."""
        row = self.within(line.start, line.end)
        return len(row) > 1 and WORD.search(_without(line, row)) is None

    def is_row(self, line: TextLine) -> bool:
        """Whether a line is the row of a table: words, and several figures with nothing between them.

        Nothing says what each of them measures, as their columns' names stand elsewhere.
        """
        return _ROW_OF_FIGURES.search(line.text) is not None and WORD.search(line.text) is not None

    def are_on(self, line: TextLine) -> bool:
        return any(line.start <= mention.start < line.end for mention in self.mentions)

    def are_in(self, block: int) -> bool:
        return any(self.line_of(mention).block == block for mention in self.mentions)

    def clause_span(self, mention: Mention) -> tuple[int, int]:
        """Start and end of the clause: cut at commas, conjunctions, and between two figures after the first's unit."""
        start, end = self.sentence_span(mention)
        sentence = self.group.text[start:end]
        cuts = {start, end, *(start + match.end() for match in _CLAUSE_END.finditer(sentence))}
        inside = self.within(start, end)
        for first, second in pairwise(inside):
            if not any(first.end <= cut <= second.start for cut in cuts):
                cuts.add(min(self._unit_end(first), second.start))
        ordered = sorted(cuts)
        at = bisect_right(ordered, mention.start) - 1
        stop = next((cut for cut in ordered[at + 1 :] if cut >= mention.end), end)
        return ordered[at], stop

    def previous_cut(self, mention: Mention, start: int, begin: int) -> int:
        """Beginning of the clause before: of the figure before this one in its sentence, else of the sentence."""
        earlier = self.within(start, begin)
        return self.clause_span(earlier[-1])[0] if earlier else start

    def sentence_span(self, mention: Mention) -> tuple[int, int]:
        """Start and end of the sentence; a label at the start of a line ("Monto aprobado: …") begins one too."""
        at = bisect_right(self._sentence_starts, mention.start) - 1
        end = next((stop for stop in self._sentence_starts[at + 1 :] if stop >= mention.end), len(self.group.text))
        return self._sentence_starts[at], end

    @cached_property
    def _sentence_starts(self) -> list[int]:
        text = self.group.text
        labels = {line.start for line in self.group.lines if _LABEL_START.match(text, line.start)}
        return sorted({0, *labels, *(match.end() for match in _SENTENCE_END.finditer(text))})

    def sentence(self, mention: Mention) -> str:
        start, end = self.sentence_span(mention)
        return squeeze(self.group.text[start:end])

    def unit(self, mention: Mention) -> str | None:
        """The counted noun, as far as it stands on this side of the next block and is no label of another figure."""
        if mention.unit in (None, "%", "COP"):
            return mention.unit
        after = self.group.text[mention.end :].split("\n")[0]
        line = self.line_of(mention)
        if not self.group.text[mention.end : line.end].strip(" .;,") and not self.group.goes_on(line):
            return None
        unit = mention.unit
        while unit and squeeze(unit) not in squeeze(after):
            unit = unit.rpartition(" ")[0]
        return unit or None

    def note_after(self, mention: Mention) -> str:
        """The note right after a figure ("Nota: este proyecto es compartido …"), or ''."""
        match = _NOTE.match(self.group.text, self.line_end(mention))
        return squeeze(match["note"]) if match is not None else ""

    def line_end(self, mention: Mention) -> int:
        """End of the line when figures fill it (a row of several), else of the figure."""
        line = self.line_of(mention)
        return line.end if self.fill(line) else mention.end

    def _unit_end(self, mention: Mention) -> int:
        unit = self.unit(mention)
        at = self.group.text.find(unit, mention.end) if unit else -1
        return at + len(unit) if unit and 0 <= at <= mention.end + 3 else mention.end

    def previous_end(self, mention: Mention) -> int:
        """Where the words before a figure can begin: its block, a label at a line's start, the figure before it."""
        block = self.line_of(mention).block
        starts = [line.start for line in self.group.lines if line.block == block and line.start <= mention.start]
        labels = [start for start in starts if _LABEL_START.match(self.group.text, start)]
        return max([starts[0], *labels, *(other.end for other in self.mentions if other.end <= mention.start)])

    def _is_alone(self, mention: Mention) -> bool:
        line = self.line_of(mention)
        rest = line.text.replace(mention.text, "", 1)
        return line.end >= mention.end and WORD.search(rest) is None and not re.search(r"\d", rest)


def _without(line: TextLine, mentions: Sequence[Mention]) -> str:
    text = line.text
    for mention in mentions:
        text = text.replace(mention.text, " ", 1)
    return text

"""Figures stated outside indicator tables: reports on slides, letters.

``Located blocks of one group → GroupText → mentions of figures → what each measures → IndicatorRow``. What a figure
measures is found by the first of these that applies, each a rung of its own:

1. a label right before it, across line breaks ("Meta indicador de Producto 2022 … 68,8%");
2. the column title over it, when a line holds nothing but figures;
3. the label of the same rank, when several lone figures are followed by as many labels;
4. the lines before it, when it stands alone on its line;
5. the words before it, when it ends its line (a list of counts);
6. the sentence or clause it stands in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby, pairwise
from typing import Any

from ingest.extract.ids import PlaceIds
from ingest.extract.walk import Located, is_title
from ingest.figures import Mention, find_figures, period_in
from ingest.fold import fold, fold_in_place, squeeze
from ingest.headings import Context
from ingest.records import (
    Block,
    BudgetItem,
    BudgetItemName,
    DocumentInfo,
    Figure,
    IndicatorRow,
    PathStep,
    Place,
    RowKind,
)
from ingest.wording import load_yaml

_LONGEST_METRIC = 160
_MOST_TITLES = 8
_SHORT_GROUP = 700
_LABEL_BEFORE = 120
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÁÉÍÓÚÑ¿¡•✓-])|\n")
_CLAUSE_END = re.compile(r"(?<!\d)[;,](?!\d)|\s+(?:y|e)\s+(?=(?:\$\s?)?\d)|\s+(?:y|e)\s+(?=[A-ZÁÉÍÓÚÑ][a-záéíóúñ])")
_LABEL_START = re.compile(r"[A-ZÁÉÍÓÚÑ][^.:;\d\n]{2,60}:\s")
_NOTE = re.compile(r"[\s.;•-]*(?P<note>Nota\s?:[^\n]{5,240})", re.IGNORECASE)
_CONNECTING = re.compile(r"(?:^|\s)(?:de|del|la|las|el|los|y|e|o|en|a|al|con|por|para|que|un|una|su)$", re.IGNORECASE)
_LOOSE_START = re.compile(r"^[\s,;(]*(?:(?:y|e|o)\s+)?", re.IGNORECASE)
_LOOSE_END = re.compile(r"(?:\s+(?:y|e|o))?[\s,;]*$", re.IGNORECASE)
_TELLING_WORD = re.compile(r"[^\W\d_]{4}")
_WORD = re.compile(r"[^\W\d_]{2}")
_BARE_YEAR = re.compile(r"^\W*(?:(?:vigencia|a[ñn]o|per[ií]odo)\s+)?(?:20\d\d)(?:\s*[-–]\s*20\d\d)?\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class TextLine:
    """One line of a group: its text, where it stands, the block it is of and the context there."""

    text: str
    place: Place
    start: int
    block: int
    located: Located

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class GroupText:
    """A slide or section as one running text, with the way back from an offset to its line."""

    text: str
    lines: tuple[TextLine, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> TextLine:
        return self.lines[max(0, bisect_right(self._starts, offset) - 1)]

    @cached_property
    def folded(self) -> str:
        return fold_in_place(self.text)


@dataclass(frozen=True)
class Measure:
    """What a figure measures, the period it holds for and, for money, its item in a budget.

    ``quoted_from`` is where its label begins, when label and figure together are what should be quoted; ``labelled``
    says that the label is one of targets or progress.
    """

    metric: str
    period: str | None = None
    budget: BudgetItemName | None = None
    quoted_from: int | None = None
    labelled: bool = False


def statement_rows(
    located: Sequence[Located], info: DocumentInfo, ids: PlaceIds, *, slides: bool = True
) -> Iterator[IndicatorRow]:
    """A row for each figure stated in the text blocks, group by group, in reading order.

    On slides a figure under a programme reports on it; in running text, which tells of much else, only one that its
    label or its indicator says so of.
    """
    text_blocks = (item for item in located if item.block.kind != "table")
    for _, group in groupby(text_blocks, key=lambda item: item.block.group):
        yield from _group_rows(join_group(list(group)), info, ids, slides=slides)


def join_group(located: Sequence[Located]) -> GroupText:
    """The group's lines joined: with a newline where a block begins, with a space where a line only goes on."""
    pieces: list[str] = []
    lines: list[TextLine] = []
    offset = 0
    for number, item in enumerate(located):
        for index, (line_number, text) in enumerate(item.block.lines()):
            if pieces:
                pieces.append(" " if index or _goes_on(pieces[-1], text) else "\n")
                offset += 1
            place = item.block.place
            if line_number is not None:
                place = Place(**{**place.model_dump(), "line": line_number, "line_end": line_number})
            lines.append(TextLine(text, place, offset, number, item))
            pieces.append(text)
            offset += len(text)
    return GroupText("".join(pieces), tuple(lines))


def _goes_on(before: str, text: str) -> bool:
    """Whether a block goes on with the sentence of the one before it, as where an empty line cut a slide's text."""
    if before.rstrip().endswith((".", ":", ";")) or _WORD.search(before) is None:
        return False
    return text[:1].islower() or text[:1] == "(" or _CONNECTING.search(before.rstrip()) is not None


def _group_rows(group: GroupText, info: DocumentInfo, ids: PlaceIds, *, slides: bool) -> Iterator[IndicatorRow]:
    layout = _Layout(group, find_figures(group.text), in_letter=info.kind == "letter")
    for mention in layout.mentions:
        measure = layout.measure(mention)
        period = measure.period or layout.period_of(mention)
        row = _to_row(mention, measure, period, layout, info, ids)
        in_prose = not slides and row.kind == "progress" and row.indicator is None and not measure.labelled
        yield row.model_copy(update={"kind": "fact"}) if in_prose else row


class _Layout:
    """Where the figures of one group stand to each other; finds what each of them measures."""

    def __init__(self, group: GroupText, mentions: Sequence[Mention], *, in_letter: bool) -> None:
        self.group = group
        self.in_letter = in_letter
        self.mentions = mentions
        self._lone = [mention for mention in mentions if self._is_alone(mention)]
        self._zipped = dict(self._zip_labels())
        blocks = {line.block: line.located.block for line in group.lines}
        self.surroundings = _surroundings(group, list(blocks.values()))

    def measure(self, mention: Mention) -> Measure:
        """What the figure measures, by the first rung that applies."""
        if self.group.line_at(mention.start).located.is_label:
            return Measure(_labels()["indicator_target"])
        for rung in (
            self._label_before,
            self._column_title,
            self._label_of_rank,
            self._lines_before,
            self._words_before,
        ):
            if (found := rung(mention)) is not None:
                return found
        return Measure(self.clause(mention))

    # 1 -----------------------------------------------------------------------------------------------------------
    def _label_before(self, mention: Mention) -> Measure | None:
        start = max(0, mention.start - _LABEL_BEFORE)
        before = self.group.folded[start : mention.start].replace("\n", " ")
        for pattern, metric in _before_patterns():
            if (match := pattern.search(before)) is not None:
                period = match["period"]
                return Measure(metric.format(period=period), period, quoted_from=start + match.start(), labelled=True)
        return None

    # 2 -----------------------------------------------------------------------------------------------------------
    def _column_title(self, mention: Mention) -> Measure | None:
        line = self.group.line_at(mention.start)
        row = [other for other in self.mentions if self.group.line_at(other.start) is line]
        if len(row) < 2 or _WORD.search(_without(line, row)) is not None:
            return None
        titles = self._titles_over(line)
        if len(titles) < len(row):
            return None
        start, metric, budget = titles[len(titles) - len(row) + row.index(mention)]
        return Measure(metric, budget=budget, quoted_from=min(start, titles[-len(row)][0]))

    def _titles_over(self, line: TextLine) -> list[tuple[int, str, BudgetItemName | None]]:
        """Column titles between the figure before the line and the line, with their offsets, in printed order."""
        before = [mention.end for mention in self.mentions if mention.end <= line.start]
        start = max(before, default=0)
        text = self.group.folded[start : line.start].replace("\n", " ")
        found: list[tuple[int, int, str, BudgetItemName | None]] = []
        for pattern, metric, budget in _column_patterns():
            for match in pattern.finditer(text):
                if not any(match.start() < end and begin < match.end() for begin, end, _, _ in found):
                    found.append((match.start(), match.end(), metric, budget))
        return [(start + begin, metric, budget) for begin, _, metric, budget in sorted(found, key=lambda item: item[0])]

    # 3 -----------------------------------------------------------------------------------------------------------
    def _label_of_rank(self, mention: Mention) -> Measure | None:
        label = self._zipped.get(mention.start)
        return None if label is None else Measure(label, period_in(label))

    def _zip_labels(self) -> Iterator[tuple[int, str]]:
        """Several lone figures in a row, then as many labels: they belong together in order."""
        blocks = {line.block for line in self.group.lines}
        lone_by_block = {self.group.line_at(mention.start).block: mention for mention in self._lone}
        run: list[Mention] = []
        for block in sorted(blocks | {max(blocks, default=0) + 1}):
            if block in lone_by_block:
                run.append(lone_by_block[block])
                continue
            if len(run) >= 2:
                labels = [self._block_text(block + i) for i in range(len(run))]
                if all(
                    label and not self._holds_figure(block + i) and not label.endswith(":")
                    for i, label in enumerate(labels)
                ):
                    yield from zip((mention.start for mention in run), labels, strict=True)
            run = []

    # 4 -----------------------------------------------------------------------------------------------------------
    def _lines_before(self, mention: Mention) -> Measure | None:
        if mention not in self._lone:
            return None
        line = self.group.line_at(mention.start)
        index = self.group.lines.index(line)
        label: list[TextLine] = []
        for previous in reversed(self.group.lines[:index]):
            text = previous.text.strip()
            if self._line_has_figure(previous) or (label and (text.endswith((":", ".", ";")) or _is_period(text))):
                break
            if _is_period(text):
                continue
            label.insert(0, previous)
            if sum(len(known.text) for known in label) > _LONGEST_METRIC // 2:
                break
        if not label:
            return None
        joined = squeeze(" ".join(known.text for known in label)).rstrip(": ")
        return Measure(joined, period_in(joined), quoted_from=label[0].start)

    # 5 -----------------------------------------------------------------------------------------------------------
    def _words_before(self, mention: Mention) -> Measure | None:
        line = self.group.line_at(mention.start)
        after = self.group.text[mention.end : line.end].strip(" .;,")
        if after or line.text.strip() == mention.text or self._line_goes_on(line):
            return None
        start = self._previous_end(mention)
        words = squeeze(self.group.text[start : mention.start]).strip(" .:-•✓")
        if not words or len(words) > _LONGEST_METRIC // 2 or not words[:1].isupper():
            return None
        return Measure(words, period_in(words), quoted_from=start)

    # 6 -----------------------------------------------------------------------------------------------------------
    def clause(self, mention: Mention) -> str:
        """What the sentence says of this figure: all of it when it has no other figure, else its own clause."""
        start, end = self.sentence_span(mention)
        sentence = self.group.text[start:end]
        if len(self._within(start, end)) == 1 and len(squeeze(sentence)) <= _LONGEST_METRIC:
            return squeeze(sentence).strip(" ,;.:")
        begin, stop = self.clause_span(mention)
        if not _says_something(self.group.text[begin:stop], mention):
            begin = self._previous_cut(mention, start, begin)
        clause = _tidy(self.group.text[begin:stop])
        return clause if len(clause) <= _LONGEST_METRIC else _around(clause, mention.text)

    def clause_span(self, mention: Mention) -> tuple[int, int]:
        """Start and end of the clause: cut at commas, conjunctions, and between two figures after the first's unit."""
        start, end = self.sentence_span(mention)
        sentence = self.group.text[start:end]
        cuts = {start, end, *(start + match.end() for match in _CLAUSE_END.finditer(sentence))}
        inside = self._within(start, end)
        for first, second in pairwise(inside):
            if not any(first.end <= cut <= second.start for cut in cuts):
                cuts.add(min(self._unit_end(first), second.start))
        ordered = sorted(cuts)
        at = bisect_right(ordered, mention.start) - 1
        stop = next((cut for cut in ordered[at + 1 :] if cut >= mention.end), end)
        return ordered[at], stop

    def _previous_cut(self, mention: Mention, start: int, begin: int) -> int:
        """Beginning of the clause before: of the figure before this one in its sentence, else of the sentence."""
        earlier = self._within(start, begin)
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
        line = self.group.line_at(mention.start)
        if not self.group.text[mention.end : line.end].strip(" .;,") and not self._line_goes_on(line):
            return None
        unit = mention.unit
        while unit and squeeze(unit) not in squeeze(after):
            unit = unit.rpartition(" ")[0]
        return unit or None

    def period_of(self, mention: Mention) -> str | None:
        """The period of the figure's clause, else of its sentence, else the one that heads its slide or list."""
        begin, stop = self.clause_span(mention)
        return (
            period_in(squeeze(self.group.text[begin:stop]))
            or period_in(self.sentence(mention))
            or self._period_before(mention)
        )

    def _period_before(self, mention: Mention) -> str | None:
        """The period a slide begins with; in a letter, also the one that an earlier sentence of the section states."""
        line = self.group.line_at(mention.start)
        first_figure = self.group.line_at(self.mentions[0].start).block
        if (lead_in := self.lead_in(mention)) is not None and (found := period_in(lead_in)) is not None:
            return found
        for block in range(line.block - 1, self.heading_before(line.block) - 1, -1):
            text = self._block_text(block)
            if _is_period(text) and block < first_figure:
                earlier = self._block_text(block - 1)
                return squeeze(f"{earlier} {text}") if _BARE_YEAR.match(text) and _is_period(earlier) else text
            if self.in_letter and (found := period_in(text)) is not None:
                return found
        return None

    def heading_before(self, block: int) -> int:
        """Number of the last heading block before one."""
        headings = [
            line.block for line in self.group.lines if line.block <= block and line.located.block.kind == "heading"
        ]
        return max(headings, default=0)

    def lead_in(self, mention: Mention) -> str | None:
        """What a list item is an item of: the nearest block before it that ends in a colon and is indented less."""
        line = self.group.line_at(mention.start)
        own = line.located.block
        if own.kind != "item":
            return None
        for earlier in reversed([item for item in self.group.lines if item.block < line.block]):
            other = earlier.located.block
            if other.kind == "item" and (other.level or 1) >= (own.level or 1):
                continue
            text = squeeze(other.text)
            return text.rstrip(":") if text.endswith(":") else None
        return None

    # small questions ----------------------------------------------------------------------------------------------
    def _is_alone(self, mention: Mention) -> bool:
        line = self.group.line_at(mention.start)
        rest = line.text.replace(mention.text, "", 1)
        return line.end >= mention.end and _WORD.search(rest) is None and not re.search(r"\d", rest)

    def note_after(self, mention: Mention) -> str:
        """The note right after a figure ("Nota: este proyecto es compartido …"), or ''."""
        match = _NOTE.match(self.group.text, self.line_end(mention))
        return squeeze(match["note"]) if match is not None else ""

    def line_end(self, mention: Mention) -> int:
        """End of the line when figures fill it (a row of several), else of the figure."""
        line = self.group.line_at(mention.start)
        row = self._within(line.start, line.end)
        return line.end if len(row) > 1 and _WORD.search(_without(line, row)) is None else mention.end

    def _within(self, start: int, end: int) -> list[Mention]:
        return [other for other in self.mentions if start <= other.start < end]

    def _unit_end(self, mention: Mention) -> int:
        unit = self.unit(mention)
        at = self.group.text.find(unit, mention.end) if unit else -1
        return at + len(unit) if unit and 0 <= at <= mention.end + 3 else mention.end

    def _line_goes_on(self, line: TextLine) -> bool:
        """Whether the sentence goes on with the next line: that begins in lower case and nothing separates them."""
        following = next((other for other in self.group.lines if other.start > line.start), None)
        return (
            following is not None and following.text[:1].islower() and self.group.text[line.end : line.end + 1] == " "
        )

    def _previous_end(self, mention: Mention) -> int:
        """Where the words before a figure can begin: its block, a label at a line's start, the figure before it."""
        block = self.group.line_at(mention.start).block
        starts = [line.start for line in self.group.lines if line.block == block and line.start <= mention.start]
        labels = [start for start in starts if _LABEL_START.match(self.group.text, start)]
        return max([starts[0], *labels, *(other.end for other in self.mentions if other.end <= mention.start)])

    def _block_text(self, block: int) -> str:
        return squeeze(" ".join(line.text for line in self.group.lines if line.block == block))

    def _holds_figure(self, block: int) -> bool:
        return any(self.group.line_at(mention.start).block == block for mention in self.mentions)

    def _line_has_figure(self, line: TextLine) -> bool:
        return any(line.start <= mention.start < line.end for mention in self.mentions)


def _to_row(
    mention: Mention, measure: Measure, period: str | None, layout: _Layout, info: DocumentInfo, ids: PlaceIds
) -> IndicatorRow:
    line = layout.group.line_at(mention.start)
    context = line.located.context
    budget = measure.budget or _budget_item(measure.metric, mention)
    text = squeeze(mention.text)
    figure = Figure(text=text, value=mention.value, unit=layout.unit(mention), period=period)
    items = (BudgetItem(item=budget, value=mention.value, text=text, year=_year(period)),) if budget else ()
    return IndicatorRow(
        row_id=ids.next(line.place),
        document_id=ids.document_id,
        kind=_kind(info, context, budget),
        entity=info.entity,
        period=info.period,
        path=(*context.steps, *_sections(line.located, layout.lead_in(mention))),
        dependency=context.dependency or info.office,
        purpose=context.purpose,
        indicator=context.indicator,
        metric=measure.metric,
        figure=figure,
        budget=items,
        place=line.place,
        quote=_quote(mention, measure, layout),
        context=layout.surroundings,
    )


def _surroundings(group: GroupText, blocks: Sequence[Block]) -> tuple[str, ...]:
    """What stands around a figure: all of a short slide, of a longer stretch its titles."""
    if len(group.text) <= _SHORT_GROUP:
        return (squeeze(group.text),)
    return tuple({squeeze(block.text): None for block in blocks if is_title(block)})[:_MOST_TITLES]


def _sections(located: Located, lead_in: str | None) -> Iterator[PathStep]:
    """Title of the slide or section, and the sentence that leads into a list, as innermost steps of the path."""
    known = {fold(step.value) for step in located.context.steps}
    if located.title and fold(located.title) not in known:
        yield PathStep(level="Apartado", value=located.title)
    if lead_in:
        yield PathStep(level="Relación", value=lead_in)


def _kind(info: DocumentInfo, context: Context, budget: BudgetItemName | None) -> RowKind:
    if info.kind == "letter":
        return "fact"
    if budget is not None:
        return "budget"
    return "progress" if context.indicator or context.has("programme") else "fact"


def _budget_item(metric: str, mention: Mention) -> BudgetItemName | None:
    """The item of a budget that a sum of money is, when its label says so."""
    if mention.unit != "COP":
        return None
    present = set(fold(metric).replace(".", " ").split())
    return next((item for item, cues in _budget_words().items() if present & cues), None)


def _quote(mention: Mention, measure: Measure, layout: _Layout) -> str:
    """Label and figure as printed where the one stands before the other, else the sentence or the label."""
    note = layout.note_after(mention)
    if measure.quoted_from is not None:
        label_and_figure = layout.group.text[measure.quoted_from : max(mention.end, layout.line_end(mention))]
        return squeeze(f"{label_and_figure} {note}")
    sentence = layout.sentence(mention)
    told = sentence if _WORD.search(sentence.replace(mention.text, "")) else f"{measure.metric}: {sentence}"
    return told if note in told else f"{told} {note}"


def _is_period(text: str) -> bool:
    """Whether a line says nothing but a date or period."""
    found = period_in(text)
    return bool(_BARE_YEAR.match(text)) or (found is not None and len(found) + 3 >= len(squeeze(text)))


def _year(period: str | None) -> int | None:
    years = re.findall(r"20\d\d", period or "")
    return int(years[-1]) if years else None


def _without(line: TextLine, mentions: Sequence[Mention]) -> str:
    text = line.text
    for mention in mentions:
        text = text.replace(mention.text, " ", 1)
    return text


def _says_something(clause: str, mention: Mention) -> bool:
    return _TELLING_WORD.search(clause.replace(mention.text, "")) is not None


def _tidy(clause: str) -> str:
    """A clause without the conjunctions and loose brackets it was cut at."""
    text = _LOOSE_START.sub("", squeeze(clause))
    text = _LOOSE_END.sub("", text).strip(" ,;.:")
    if text.count("(") > text.count(")"):
        return f"{text})"
    return text.strip(")") if text.count("(") < text.count(")") else text


def _around(clause: str, figure: str) -> str:
    """A long clause cut to the words around its figure."""
    at = max(0, clause.find(figure))
    start = clause.rfind(" ", 0, max(0, at - 40)) + 1
    return clause[start : start + _LONGEST_METRIC].strip()


@cache
def _labels() -> dict[str, Any]:
    loaded: dict[str, Any] = load_yaml("report_labels.yaml")
    return loaded


@cache
def _before_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(entry["pattern"]), entry["metric"]) for entry in _labels()["before"])


@cache
def _column_patterns() -> tuple[tuple[re.Pattern[str], str, BudgetItemName | None], ...]:
    entries = _labels()["columns"]
    return tuple(
        (re.compile(rf"(?<!\w)(?:{entry['match']})(?!\w)"), entry["metric"], entry.get("budget")) for entry in entries
    )


@cache
def _budget_words() -> dict[BudgetItemName, frozenset[str]]:
    return {item: frozenset(cues) for item, cues in _labels()["budget_words"].items()}

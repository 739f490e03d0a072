"""What a figure outside tables measures, found by the first of these that applies, each a rung of its own:

1. a label right before it, across line breaks ("Meta indicador de Producto 2022 … 68,8%");
2. the column title over it, when a line holds nothing but figures;
3. the label of the same rank, when several lone figures are followed by as many labels;
4. the lines before it, when it stands alone on its line;
5. the words before it, when it ends its line (a list of counts);
6. the sentence or clause it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from ingest.extract.statements.group_text import TextLine
from ingest.extract.statements.periods import is_period
from ingest.extract.statements.told_figures import ToldFigures
from ingest.figures import Mention, period_in
from ingest.fold import squeeze
from ingest.records import BudgetItemName
from ingest.wording import load_yaml

_LONGEST_METRIC = 160
_LABEL_BEFORE = 120
_LOOSE_START = re.compile(r"^[\s,;(]*(?:(?:y|e|o)\s+)?", re.IGNORECASE)
_LOOSE_END = re.compile(r"(?:\s+(?:y|e|o))?[\s,;]*$", re.IGNORECASE)
_TELLING_WORD = re.compile(r"[^\W\d_]{4}")


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


@dataclass(frozen=True)
class Measures:
    """Where the figures of one group stand to each other, which tells what each of them measures."""

    told: ToldFigures

    def of(self, mention: Mention) -> Measure:
        """What the figure measures, by the first rung that applies."""
        if self.told.line_of(mention).located.is_label:
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
        return Measure(self._clause(mention))

    # 1 -----------------------------------------------------------------------------------------------------------
    def _label_before(self, mention: Mention) -> Measure | None:
        start = max(0, mention.start - _LABEL_BEFORE)
        before = self.told.group.folded[start : mention.start].replace("\n", " ")
        for pattern, metric in _before_patterns():
            if (match := pattern.search(before)) is not None:
                period = match["period"]
                return Measure(metric.format(period=period), period, quoted_from=start + match.start(), labelled=True)
        return None

    # 2 -----------------------------------------------------------------------------------------------------------
    def _column_title(self, mention: Mention) -> Measure | None:
        line = self.told.line_of(mention)
        if not self.told.fill(line):
            return None
        row = self.told.within(line.start, line.end)
        titles = self._titles_over(line)
        if len(titles) < len(row):
            return None
        start, metric, budget = titles[len(titles) - len(row) + row.index(mention)]
        return Measure(metric, budget=budget, quoted_from=min(start, titles[-len(row)][0]))

    def _titles_over(self, line: TextLine) -> list[tuple[int, str, BudgetItemName | None]]:
        """Column titles between the figure before the line and the line, with their offsets, in printed order."""
        before = [mention.end for mention in self.told.mentions if mention.end <= line.start]
        start = max(before, default=0)
        text = self.told.group.folded[start : line.start].replace("\n", " ")
        found: list[tuple[int, int, str, BudgetItemName | None]] = []
        for pattern, metric, budget in _column_patterns():
            for match in pattern.finditer(text):
                if not any(match.start() < end and begin < match.end() for begin, end, _, _ in found):
                    found.append((match.start(), match.end(), metric, budget))
        return [(start + begin, metric, budget) for begin, _, metric, budget in sorted(found, key=lambda item: item[0])]

    # 3 -----------------------------------------------------------------------------------------------------------
    def _label_of_rank(self, mention: Mention) -> Measure | None:
        label = self._of_rank.get(mention.start)
        return None if label is None else Measure(label, period_in(label))

    @cached_property
    def _of_rank(self) -> dict[int, str]:
        return dict(self._zip_labels())

    def _zip_labels(self) -> Iterator[tuple[int, str]]:
        """Several lone figures in a row, then as many labels: they belong together in order."""
        blocks = {line.block for line in self.told.group.lines}
        lone_by_block = {self.told.line_of(mention).block: mention for mention in self.told.lone}
        run: list[Mention] = []
        for block in sorted(blocks | {max(blocks, default=0) + 1}):
            if block in lone_by_block:
                run.append(lone_by_block[block])
                continue
            if len(run) >= 2:
                labels = [self.told.group.block_text(block + i) for i in range(len(run))]
                if all(
                    label and not self.told.are_in(block + i) and not label.endswith(":")
                    for i, label in enumerate(labels)
                ):
                    yield from zip((mention.start for mention in run), labels, strict=True)
            run = []

    # 4 -----------------------------------------------------------------------------------------------------------
    def _lines_before(self, mention: Mention) -> Measure | None:
        if mention not in self.told.lone:
            return None
        line = self.told.line_of(mention)
        index = self.told.group.lines.index(line)
        label: list[TextLine] = []
        for previous in reversed(self.told.group.lines[:index]):
            text = previous.text.strip()
            if self.told.are_on(previous) or (label and (text.endswith((":", ".", ";")) or is_period(text))):
                break
            if is_period(text):
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
        line = self.told.line_of(mention)
        after = self.told.group.text[mention.end : line.end].strip(" .;,")
        if after or line.text.strip() == mention.text or self.told.group.goes_on(line):
            return None
        start = self.told.previous_end(mention)
        words = squeeze(self.told.group.text[start : mention.start]).strip(" .:-•✓")
        if not words or len(words) > _LONGEST_METRIC // 2 or not words[:1].isupper():
            return None
        return Measure(words, period_in(words), quoted_from=start)

    # 6 -----------------------------------------------------------------------------------------------------------
    def _clause(self, mention: Mention) -> str:
        """What the sentence says of this figure: all of it when it has no other figure, else its own clause."""
        start, end = self.told.sentence_span(mention)
        sentence = self.told.group.text[start:end]
        if len(self.told.within(start, end)) == 1 and len(squeeze(sentence)) <= _LONGEST_METRIC:
            return squeeze(sentence).strip(" ,;.:")
        begin, stop = self.told.clause_span(mention)
        if not _says_something(self.told.group.text[begin:stop], mention):
            begin = self.told.previous_cut(mention, start, begin)
        clause = _tidy(self.told.group.text[begin:stop])
        return clause if len(clause) <= _LONGEST_METRIC else _around(clause, mention.text)


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

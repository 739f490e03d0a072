"""An answer in the making: text, and a citation for each item that it draws on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from assistant.answer import Answer, AnswerFigure, Citation, Status
from assistant.corpus.corpus import Item
from assistant.render import baseline_json, figure_json, target_json
from ingest.figures import Mention, find_figures, format_es
from ingest.records import Figure

#: A cell that ends in an abbreviation ("N.D.") at the end of a sentence.
_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?=$|\s)")

#: The [n] of a citation.
_MARK = re.compile(r"\[\d+\]")

#: A number of five digits or more without marks of thousands, as workbooks print it, and one with them.
_BARE = re.compile(r"(?<![\d.,])\d{5,}(?:[.,]\d+)?(?![\d])")
_MARKED = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d])")

Url = Callable[[Item], str | None]


@dataclass
class Draft:
    """Collects lines, citations and figures; ``finish`` makes the answer."""

    url: Url
    lines: list[str] = field(default_factory=list)
    cited: dict[str, int] = field(default_factory=dict)
    citations: list[Citation] = field(default_factory=list)
    computed: list[AnswerFigure] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)

    def mark(self, *items: Item) -> str:
        """The [n] marks of items, citing those that are not cited yet."""
        return "".join(f"[{number}]" for number in dict.fromkeys(self.cite(item) for item in items))

    def cite(self, item: Item) -> int:
        """The number of an item's citation."""
        if item.item_id not in self.cited:
            number = len(self.citations) + 1
            self.cited[item.item_id] = number
            self.citations.append(citation(number, item, self.url(item)))
        return self.cited[item.item_id]

    def cite_count(self, filters: dict[str, str], count: int, url: str | None = None) -> str:
        """The [n] mark of a filter and of how many rows it gives, which prove a count."""
        number = len(self.citations) + 1
        self.citations.append(Citation(n=number, kind="filter", quote="", url=url, count=count, filters=filters))
        return f"[{number}]"

    def quote_cell(self, item: Item, cell: str) -> None:
        """Add a cell with its header ("Pagos 2025: 159185250") to the quote of an item's citation."""
        number = self.cite(item)
        known = self.citations[number - 1]
        if cell and cell not in known.quote:
            quote = f"{known.quote} | {cell}" if known.quote else cell
            self.citations[number - 1] = known.model_copy(update={"quote": quote})

    def say(self, line: str) -> None:
        """Add a line, if there is anything in it."""
        if line.strip():
            self.lines.append(_TWO_STOPS.sub(".", line))

    def finish(self, status: Status) -> Answer:
        """The answer, with its figures: those printed in a citation, and those computed."""
        text = "\n".join(self.lines)
        return Answer(
            status=status,
            answer=text,
            citations=self.citations,
            figures=[*stated_figures(text, self.citations), *reformatted(text, self.citations), *self.computed],
            suggestions=list(dict.fromkeys(self.suggestions)),
        )


def prove(text: str, value: float | int | None, derivation: str, draft: Draft, citations: Sequence[int] = ()) -> None:
    """Keep a figure that the answer computes, with its terms."""
    draft.computed.append(AnswerFigure(text=text, value=value, citations=list(citations), derivation=derivation))


def citation(number: int, item: Item, url: str | None) -> Citation:
    """What an item says, kept with the answer."""
    row, place, document = item.row, item.place, item.document
    common: dict[str, Any] = {
        "n": number,
        "document": document.name,
        "title": document.title,
        "entity": item.entity,
        "period": item.period,
        "page": place.page,
        "sheet": place.sheet,
        "cell": place.cell,
        "line": place.line,
        "url": url,
    }
    if row is None:
        quote = item.segment.text if item.segment else ""
        path = [["Apartado", heading] for heading in (item.passage.headings if item.passage else ())]
        return Citation(kind="passage", quote=quote, path=path, **common)
    return Citation(
        kind="row",
        row_id=row.row_id,
        path=[[step.level, step.value] for step in row.path],
        dependency=row.dependency,
        indicator=row.indicator,
        baseline=baseline_json(row.baseline),
        target=target_json(row.target),
        purpose=row.purpose,
        ods=row.ods,
        metric=row.metric,
        figure=figure_json(row.figure),
        warnings=[notice.message for notice in row.warnings],
        quote=row.quote,
        **common,
    )


def reformatted(text: str, citations: list[Citation]) -> list[AnswerFigure]:
    """The figures that a text shows with marks of thousands, each with the bare number that its citation prints."""
    bare: dict[str, tuple[str, list[int]]] = {}
    for known in citations:
        for number in _BARE.findall(known.quote):
            shown = format_es(Decimal(number.replace(",", ".")))
            bare.setdefault(shown, (number, []))[1].append(known.n)
    found = dict.fromkeys(_MARKED.findall(_MARK.sub(" ", text)))
    return [
        AnswerFigure(text=shown, value=_value(bare[shown][0]), citations=sorted(set(bare[shown][1])),
                     derivation=bare[shown][0])
        for shown in found
        if shown in bare
    ]  # fmt: skip


def _value(number: str) -> int | float:
    return float(number.replace(",", ".")) if "," in number or "." in number else int(number)


@lru_cache(maxsize=16384)
def _figures_in(quote: str) -> tuple[Mention, ...]:
    """The figures of a quote, kept: the same rows are cited again and again."""
    return find_figures(quote)


@lru_cache(maxsize=64)
def figures_of_answer(text: str) -> tuple[Mention, ...]:
    """The figures of an answer's text, kept until the last check has looked at them too."""
    return find_figures(text)


def stated_figures(text: str, citations: list[Citation]) -> list[AnswerFigure]:
    """The figures of an answer's text that stand in its citations, each with the citations that hold it."""
    holding: dict[str, list[int]] = {}
    values: dict[str, float | int | None] = {}
    for known in citations:
        for mention in _figures_in(known.quote):
            holding.setdefault(mention.text, []).append(known.n)
    for mention in figures_of_answer(_MARK.sub(" ", text)):
        number = Figure(text=mention.text, value=mention.value)
        shown = figure_json(number)
        values.setdefault(mention.text, shown["value"] if shown else None)
    return [
        AnswerFigure(text=figure, value=value, citations=sorted(set(holding[figure])))
        for figure, value in values.items()
        if figure in holding
    ]

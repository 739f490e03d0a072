"""Lines of contracts and money of a report, one for each programme or indicator, and those that a question names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.items import stem_set
from assistant.corpus.matching import folded, tokenize
from assistant.evidence.fields import is_labelled
from assistant.evidence.retrieve import is_within
from assistant.question.asks import load_asks
from assistant.question.query import Query, Term
from assistant.question.times import speaks_of

#: A term that weighs less names no line.
_NAMES = 0.3
_ASSIGNED = ("asignado", "apropiacion_definitiva")
_EXECUTED = ("ejecutado", "pagos")


@dataclass(frozen=True)
class MoneyLine:
    """The labelled figures of one slide or paragraph that has amounts of money, under what they are of."""

    name: str
    items: tuple[Item, ...]

    def column(self, name: str) -> Item | None:
        """The figure under a column, by its folded name; of money by what it is in a budget, too."""
        budgets = {"asignado": _ASSIGNED, "ejecutado": _EXECUTED}.get(name, ())
        for item in self.items:
            row = item.row
            if row is not None and (folded(row.metric or "") == name or (row.budget and row.budget[0].item in budgets)):
                return item
        return None

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of what the line is of and of all that its slide says."""
        return frozenset(stem for item in self.items for stem in item.weights)

    @cached_property
    def own_stems(self) -> frozenset[str]:
        return stem_set(self.name)


def money_lines(query: Query, corpus: Corpus) -> list[MoneyLine]:
    """All lines of the documents, entity and time asked for, as they stand; one of each thing, the fullest."""
    slides: defaultdict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in corpus.figures:
        row = item.row
        if row is not None and is_labelled(row) and is_within(item, query.filters) and speaks_of(item, query.asked):
            slides[row.document_id, row.programme or "", row.indicator or "", *row.context].append(item)
    lines: dict[tuple[str, str], MoneyLine] = {}
    for (document, programme, indicator, *_), items in slides.items():
        line = MoneyLine(indicator or programme, tuple(items))
        known = lines.get((document, line.name))
        if line.name and line.column("ejecutado") and (known is None or len(known.items) < len(items)):
            lines[document, line.name] = line
    return list(lines.values())


def lines_named(query: Query, lines: Sequence[MoneyLine]) -> list[MoneyLine]:
    """The lines that the question names each by something that no other has; all of them where it names their kind."""
    named: list[MoneyLine] = []
    for term in query.terms:
        if term.weight >= _NAMES and (line := _only_one(term, lines)) is not None and line not in named:
            named.append(line)
    if not named and any(token.stem in load_asks().group_stems for token in tokenize(query.text)):
        return list(lines)
    return named


def _only_one(term: Term, lines: Sequence[MoneyLine]) -> MoneyLine | None:
    """The one line that has a term as typed: in its name, or else on its slide."""
    stems = set(term.alternatives[0].stems)
    for having in (
        [line for line in lines if stems <= line.own_stems],
        [line for line in lines if stems <= line.stems],
    ):
        if having:
            return having[0] if len(having) == 1 else None
    return None


def columns_asked(query: Query) -> list[str]:
    """The folded names of the columns that the question asks for, the first first; a percentage comes before money."""
    by_stem = load_asks().columns_by_stem
    said = dict.fromkeys(by_stem[token.stem] for token in tokenize(query.text) if token.stem in by_stem)
    if "%" in query.text or query.percent:
        said = dict.fromkeys(("porcentaje", *said))
    return sorted(said, key=lambda name: name != "porcentaje")

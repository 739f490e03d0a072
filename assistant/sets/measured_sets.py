"""Sets of rows by how far they are or how much money they have: under a bar, in order, or added up. Never a top-k."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.corpus.corpus import Corpus, Item, stem_set
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import is_within
from assistant.figures.measured import stated, whole_names, years_of
from assistant.figures.measured_money import has_money
from assistant.figures.shares import Share, share_of
from assistant.figures.stated import Stated
from assistant.question.measures import Measure
from assistant.question.query import Query
from assistant.sets.sets import row_tests, rows_to_test
from ingest.fold import words

_FEWEST_SUMMED = 2
#: Words of so many letters only join others.
_LITTLE = 3
_CENT = Decimal("0.01")
#: What a question may say beside its filters without naming a thing of its own.
_NO_SUBJECT = 0.3


@dataclass(frozen=True)
class Ranked:
    """A row of a ranking and what it is ranked by."""

    item: Item
    share: Share | None = None
    amount: Stated | None = None

    @property
    def value(self) -> Decimal:
        if self.share is not None:
            return self.share.percent
        return (self.amount.value if self.amount is not None else None) or Decimal(0)


@dataclass(frozen=True)
class Total:
    """One amount added up over the rows of one document; a figure for each row."""

    parts: tuple[Stated, ...]

    @property
    def value(self) -> Decimal:
        return sum((part.value or Decimal(0) for part in self.parts), Decimal(0)).quantize(_CENT)


def asks_for_measured_set(query: Query) -> bool:
    """Whether a question asks for the rows that a measure gives ("las metas por debajo del 50 %")."""
    measure = query.measure
    if measure is None or measure.reckoning.is_of_years:
        return False
    if measure.bound is not None and measure.order is None and not (query.set_nouns or "list" in query.cues):
        return False
    if measure.money and not query.set_nouns:
        return False
    return measure.is_of_set or (query.kind == "ranking" and measure.money)


def asks_for_total(query: Query, corpus: Corpus) -> bool:
    """Whether it asks for money of all rows that its filters give, and of no single thing."""
    measure = query.measure
    if measure is None or not measure.money or measure.is_of_set:
        return False
    says_nothing = sum(term.weight for term in query.terms if term.known) <= _NO_SUBJECT and query.wants_figure
    narrows = bool(query.filters.entities) or query.filters.named or says_nothing
    if not narrows or "percent" in measure.aspects or sum(term.weight for term in query.topic) > _NO_SUBJECT:
        return False
    return not _names_one_product(query, corpus)


def _names_one_product(query: Query, corpus: Corpus) -> bool:
    """Whether a question of a programme's money says the whole name of one of its products, which says more than the
    programme's does ("*servicio de promoción del* acceso a la justicia")."""
    programme = query.filters.programme
    if programme is None:
        return bool(query.filters.sectors) and query.kind != "sum" and _names_product_of_sector(query, corpus)
    own = len(words(programme))
    rows = [item for item in corpus.rows_called("programme", programme) if is_within(item, query.filters)]
    if any(len(words(name)) > own for item in rows for name in whole_names(item, query.text)):
        return True
    said = stem_set(query.text).union(
        *(stem_set(long) for short, long in corpus.acronyms.items() if short in words(query.text))
    )
    beyond = said - stem_set(programme)
    names = {name for item in rows if item.row is not None and (name := item.row.step("product"))}
    return any(beyond & stem_set(name) and _tells(name) <= said for name in names)


def _names_product_of_sector(query: Query, corpus: Corpus) -> bool:
    """Whether a question says the whole name of a product of a sector, in words of its own ("*servicio educativo*")."""
    said = {stem for sector in query.filters.sectors for stem in stem_set(sector)}
    rows = (item for item in rows_to_test(query.filters, corpus) if is_within(item, query.filters))
    in_sector = (item for item in rows if item.row is not None and item.row.step("sector") in query.filters.sectors)
    named = {name for item in in_sector for name in whole_names(item, query.text)}
    return any(len(words(name)) > 1 and not stem_set(name) <= said for name in named)


def _tells(name: str) -> frozenset[str]:
    """The stems of a name without its little words, which are left out in a note."""
    return stem_set(" ".join(word for word in words(name) if len(word) > _LITTLE))


def measured_set(query: Query, corpus: Corpus) -> list[Ranked]:
    """The rows that a question's bar lets through, or all of them in its order; each once."""
    measure = query.measure
    if measure is None:
        return []
    rank = _by_money(measure, years_of(query.asked), corpus) if measure.money else _by_share(query, corpus)
    ranked = [found for item in _rows_within(query, corpus, money=measure.money) if (found := rank(item)) is not None]
    if measure.bound is not None and not measure.money:
        ranked = [found for found in ranked if measure.bound.holds(found.value)]
    if measure.order is not None or query.kind == "ranking":
        last = measure.order == "last" or (measure.order is None and "ranking_max" not in query.cues)
        ranked.sort(key=lambda found: found.value, reverse=not last)
    return ranked


def with_share(query: Query, corpus: Corpus) -> list[Item]:
    """The rows of the filters that say how far they are, whatever the bar."""
    rank = _by_share(query, corpus)
    return [item for item in _rows_within(query, corpus, money=False) if rank(item) is not None]


def without_share(query: Query, corpus: Corpus) -> int:
    """How many rows of the same filters say nothing of how far they are."""
    rank = _by_share(query, corpus)
    rows = _rows_within(query, corpus, money=False)
    telling = {item.document.document_id for item in rows if rank(item) is not None}
    return sum(rank(item) is None for item in rows if item.document.document_id in telling)


def totals(query: Query, corpus: Corpus) -> list[Total]:
    """What the rows of the filters add up to: a total of the printed amounts for each document, amount and year."""
    measure = query.measure
    if measure is None:
        return []
    years = years_of(query.asked)
    parts: dict[tuple[str, str, int | None], list[Stated]] = {}
    for item in _rows_within(query, corpus, money=True):
        for said in stated(item, measure, years, corpus):
            if said.item is item:
                parts.setdefault((item.document.document_id, said.name, said.year), []).append(said)
    found = [Total(tuple(group)) for group in parts.values() if len(group) >= _FEWEST_SUMMED]
    return _without_whole_terms(found)


def _without_whole_terms(found: Sequence[Total]) -> list[Total]:
    """The totals; of a document that prints years and the term for an amount, those of the years come after it."""
    return sorted(
        found, key=lambda total: (total.parts[0].item.document.name, total.parts[0].name, total.parts[0].year or 0)
    )


def _rows_within(query: Query, corpus: Corpus, *, money: bool) -> list[Item]:
    """The rows of the filters; a kind of indicator does not tell rows of money apart."""
    if money:
        query = replace(query, filters=replace(query.filters, row_kinds=()))
    tests = row_tests(query, corpus)
    kind: Callable[[Item], bool] = _has_money if money else _is_followed
    return [
        item
        for item in rows_to_test(query.filters, corpus)
        if kind(item) and is_within(item, query.filters) and all(test(item) for test in tests)
    ]


def _has_money(item: Item) -> bool:
    return item.row is not None and has_money(item.row)


def _is_followed(item: Item) -> bool:
    row = item.row
    return is_indicator_row(row) and row is not None and (row.figure is not None or bool(row.yearly))


def _by_share(query: Query, corpus: Corpus) -> Callable[[Item], Ranked | None]:
    """Ranks by the share of the years asked for; else, all rows of a document alike, of the term or its last year."""
    years = years_of(query.asked)
    usual: dict[str, tuple[int, ...]] = {}

    def rank(item: Item) -> Ranked | None:
        if years:
            share = share_of(item, years, corpus)
        else:
            document = item.document.document_id
            if document not in usual:
                usual[document] = corpus.last_year_alone(document)
            share = share_of(item, usual[document], corpus)
        return None if share is None else Ranked(item, share=share)

    return rank


def _by_money(measure: Measure, years: Sequence[int], corpus: Corpus) -> Callable[[Item], Ranked | None]:
    def rank(item: Item) -> Ranked | None:
        own = [said for said in stated(item, measure, years, corpus) if said.item is item and said.value is not None]
        if measure.funding:
            own = [said for said in own if said.value]
        best = max(own, key=lambda said: said.value or Decimal(0), default=None)
        return None if best is None else Ranked(item, amount=best)

    return rank

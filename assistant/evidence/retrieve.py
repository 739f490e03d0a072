"""Query to evidence: three searches fused, then every candidate read against the question.

``search_words`` (BM25) and ``search_vectors`` (Chroma) of the knowledge base and the postings of the corpus propose
candidates; their ranks are fused by reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009, k = 60). What decides
in the end is *coverage*: which share of the question's weight is found in the candidate, and in which part of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappush, heappushpop
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict

from assistant.corpus.corpus import Corpus, Item
from assistant.evidence.exclusion import is_excluded
from assistant.evidence.fields import DETAILS, holds
from assistant.question.query import Alternative, Filters, Query, Term
from assistant.question.row_filters import codes_of
from assistant.question.times import says_time, speaks_of
from ingest.searchtext import Hit

Coverage = NDArray[np.float32]

#: Reciprocal rank fusion's constant.
RANK_CONSTANT = 60
CANDIDATES = 60
_FUSED_SHARE = 0.08
_SPECIFICITY_SHARE = 0.16
_EXCLUDED = 0.5
_NO_PERCENT = 0.7
_HEAD = 1.6
_PROSE = 0.9
_PROSE_WITHOUT_FIGURE = 0.7
_LACKING = 0.2
OTHER_TIME = 0.8
_SAYS_NO_TIME = 0.92
_OTHER_MONEY = 0.7
_COVERAGE_SHARE = 1 - _FUSED_SHARE - _SPECIFICITY_SHARE


@dataclass(frozen=True)
class Scored:
    """An item with its score (0 to 1), the share of the question it covers, and the weight it covers of each term.

    ``own`` is the weight of the terms that it names itself, not only through what stands above and around it.
    ``worded`` is the same figure of another time by whose words it was found, where it was.
    """

    item: Item
    score: float
    coverage: float
    covered: tuple[float, ...]
    own: tuple[float, ...] = ()
    worded: Item | None = None


@dataclass(frozen=True)
class Searches:
    """The two search engines, as functions of text."""

    words: Callable[[str, Sequence[str] | None, int], list[Hit]]
    vectors: Callable[[str, Sequence[str] | None, int], list[Hit]]


def retrieve(query: Query, corpus: Corpus, searches: Searches, limit: int = 40) -> list[Scored]:
    """The items that answer best, the best first."""
    entities = query.filters.entities or None
    expanded = expanded_text(query)
    hits = (searches.words(expanded, entities, CANDIDATES), searches.vectors(query.text, entities, CANDIDATES))
    fused = fuse([_item_ids(found, corpus) for found in hits])
    covered = cover(query, corpus)
    by_words = np.argsort(-covered.sum(axis=0), kind="stable")[:CANDIDATES]
    candidates = {int(index) for index in by_words} | {corpus.index_of[item_id] for item_id in fused}
    within = [index for index in candidates if is_within(corpus.items[index], query.filters)]
    found = _read(within, query, corpus, covered, fused, limit)
    return [_scored(item, score, query, covered[:, index]) for score, item, index in found]


def _read(
    indexes: Sequence[int], query: Query, corpus: Corpus, covered: Coverage, fused: Mapping[str, float], limit: int
) -> list[tuple[float, Item, int]]:
    """The best of the candidates at these positions, with score and position, the best first.

    They are read in the order of how well they match, which is the most they can score, until none of those left can
    be among the best.
    """
    coverages = covered[:, indexes].sum(axis=0, dtype=np.float64) / (query.weight or 1.0)
    told = {stem: corpus.rarity(stem, stem) for stem in query.stems}
    most = []
    for index, coverage in zip(indexes, coverages.tolist(), strict=True):
        item = corpus.items[index]
        specificity = sum(told[stem] for stem in item.own & query.stems) / corpus.own_total(item)
        most.append((matching_score(coverage, specificity, fused.get(item.item_id, 0.0)), index))
    read: list[tuple[float, Item, int]] = []
    best: list[float] = []
    for matching, index in sorted(most, reverse=True):
        if best and len(best) == limit and matching < best[0]:
            break
        item = corpus.items[index]
        score = matching * suitability(item, query)
        read.append((score, item, index))
        (heappush if len(best) < limit else heappushpop)(best, score)
    return sorted(read, key=lambda one: (-one[0], one[1].item_id))[:limit]


def _scored(item: Item, score: float, query: Query, covered: Coverage) -> Scored:
    parts = tuple(covered.tolist())
    coverage = sum(parts) / query.weight if query.weight else 0.0
    return Scored(item, score, coverage, parts, tuple(own_weight(item, term) for term in query.terms))


def cover(query: Query, corpus: Corpus) -> Coverage:
    """(terms, items): how much of each term's weight each item covers, by the best of its ways to be said."""
    covered = np.zeros((len(query.terms), len(corpus.items)), dtype=np.float32)
    for position, term in enumerate(query.terms):
        for way in term.alternatives:
            share = term.weight * way.factor * _shares(way, corpus)
            np.maximum(covered[position], share, out=covered[position])
    return covered


def _shares(way: Alternative, corpus: Corpus) -> Coverage:
    """(items): the share of a phrase's weight found in each; a phrase found in half counts a quarter.

    A Spanish phrase begins with its head noun ("canales de atención"), which counts for more than what qualifies it.
    """
    rarities = [corpus.rarity(stem, stem) * (_HEAD if at == 0 else 1) for at, stem in enumerate(way.stems)]
    total = sum(rarities) or 1.0
    shares = np.zeros(len(corpus.items), dtype=np.float32)
    for stem, rarity in zip(way.stems, rarities, strict=True):
        if (posting := corpus.postings.get(stem)) is not None:
            shares[posting.items] += posting.weights * (rarity / total)
    return shares if len(way.stems) == 1 else shares * shares


def matching_score(coverage: float, specificity: float, fused: float) -> float:
    """Coverage first; of items that cover as much, the one that says little else, then what both searches found."""
    return _COVERAGE_SHARE * coverage + _SPECIFICITY_SHARE * specificity + _FUSED_SHARE * fused


def own_weight(item: Item, term: Term) -> float:
    """The weight of a term when the item itself names it, one way or another."""
    said = item.own & term.stems
    if not said:
        return 0.0
    return term.weight * max((way.factor for way in term.alternatives if said.issuperset(way.stems)), default=0.0)


def suitability(item: Item, query: Query) -> float:
    """Between 0 and 1: rows before prose, and those with the fields and of the time asked for before others."""
    factor = _EXCLUDED if is_excluded(item, query) else 1.0
    if item.row is None:
        factor = _PROSE if not query.wants_figure or item.has_digit else _PROSE_WITHOUT_FIGURE
    elif (
        item.row.kind == "budget"
        and item.row.metric is None
        and item.joined
        and (query.measure is None or not query.measure.money)
    ):
        factor *= _OTHER_MONEY
    if query.percent and not query.changes and _is_other_unit(item):
        factor *= _NO_PERCENT
    if columns := [name for name in query.fields if name not in DETAILS]:
        held = sum(holds(item, name) for name in columns)
        factor *= 1 - _LACKING * (1 - held / len(columns))
    if not query.asked:
        return factor
    if not speaks_of(item, query.asked):
        return factor * OTHER_TIME
    return factor if says_time(item, query.asked) else factor * _SAYS_NO_TIME


def _is_other_unit(item: Item) -> bool:
    """Whether an item is a figure, or a promise, of something else than a percentage."""
    row = item.row
    if row is None or row.yearly:
        return False
    if row.figure is not None:
        return row.figure.unit != "%"
    figures = [figure for figure in (row.target, row.baseline) if figure is not None and figure.value is not None]
    return bool(figures) and not any("%" in figure.text or figure.unit == "%" for figure in figures)


def fuse(rankings: Iterable[Sequence[str]]) -> dict[str, float]:
    """Reciprocal rank fusion of rankings, scaled so that first everywhere is 1."""
    rankings = list(rankings)
    scores: defaultdict[str, float] = defaultdict(float)
    for ranking in rankings:
        for rank, item_id in enumerate(ranking, start=1):
            scores[item_id] += 1 / (RANK_CONSTANT + rank)
    best = len(rankings) / (RANK_CONSTANT + 1)
    return {item_id: score / best for item_id, score in scores.items()}


def is_within(item: Item, filters: Filters) -> bool:
    """Whether an item is of the entity, period and document asked for."""
    if filters.entities and item.entity not in filters.entities:
        return False
    if filters.documents and item.document.document_id not in filters.documents:
        return False
    if filters.codes and (item.row is None or not codes_of(item.row) & set(filters.codes)):
        return False
    return not filters.periods or item.period in filters.periods


def expanded_text(query: Query) -> str:
    """The question with the other ways to say its terms, for a search by words."""
    said = [query.text]
    for term in query.terms:
        said += (" ".join(alternative.stems) for alternative in term.alternatives[1:4])
    return " ".join(said)


def _item_ids(hits: Sequence[Hit], corpus: Corpus) -> list[str]:
    """Ids of items in the order found; a passage stands for its segments."""
    ids: list[str] = []
    for hit in hits:
        if hit.item_id in corpus.by_id:
            ids.append(hit.item_id)
        else:
            ids += corpus.segment_ids(hit.item_id)
    return ids


class CabildoRetriever(BaseRetriever):
    """The retrieval of Cabildo as a LangChain retriever, for chains of one's own.

    Each document's ``page_content`` is the row or sentence as printed; its ``metadata`` has ``row_id``, ``document``,
    ``entity``, ``period``, ``indicator``, ``line``, ``page`` and ``score``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: Callable[[str, int], list[Scored]]
    k: int = 4

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        return [to_langchain(found) for found in self.search(query, self.k)]


def to_langchain(found: Scored) -> LangChainDocument:
    """An item as a LangChain document."""
    item = found.item
    row, place = item.row, item.place
    metadata: dict[str, Any] = {
        "row_id": row.row_id if row else None,
        "kind": row.kind if row else "passage",
        "document": item.document.name,
        "document_id": item.document.document_id,
        "entity": item.entity,
        "period": item.period,
        "indicator": row.indicator if row else None,
        "programme": row.programme if row else None,
        "line": place.line,
        "page": place.page,
        "score": found.score,
    }
    text = row.quote if row else (item.segment.text if item.segment else "")
    return LangChainDocument(page_content=text, metadata=metadata, id=item.item_id)

"""A second look at what was found: a cross-encoder reads question and row together and may put another row first.

It only reorders, and only the rows that lead and that the bars of :mod:`assistant.corpus.bars` let through: it can
neither bring in a row nor move one past a bar, since the scores stay where they were and only the rows change places.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import Any, Protocol

from assistant.corpus.corpus import Item
from assistant.evidence.eligible import coverage_bar, is_anchored
from assistant.evidence.retrieve import Scored
from assistant.question.query import Query
from ingest.errors import SettingsError

_LOG = logging.getLogger(__name__)

#: Rows that are read again at most, and how near to the best one their score has to be.
MOST = 30
LEADING = 0.85
#: By how much the cross-encoder's opinion moves a score before the rows are put in order: half of it up, half down.
WEIGHT = 0.3
_BATCH = 16


class PairScorer(Protocol):
    """What tells how well texts answer a question."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One number a text, greater for a better one, on any scale."""


class CrossEncoderScorer:
    """A sentence-transformers cross-encoder by its name or folder, loaded once, when it is first needed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._model: Any = None
        self._lock = Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """Raises ``SettingsError`` when the model cannot be loaded, or scores no pairs."""
        pairs = [(question, text) for text in texts]
        found = self.load().predict(pairs, batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True)
        return [float(score) for score in found]

    def load(self) -> Any:
        """The model itself; raises ``SettingsError``."""
        with self._lock:
            if self._model is None:
                self._model = _load(self.name)
        return self._model


def load_reranker(name: str | None) -> CrossEncoderScorer | None:
    """The reranker of a setting, or None without one. Cheap: the weights are read when they are first needed."""
    return None if name is None else CrossEncoderScorer(name)


def rerank(query: Query, found: Sequence[Scored], scorer: PairScorer) -> list[Scored]:
    """The evidence with its leading rows in the order that they have for both; the rest stays as it is."""
    leading = _leading(query, found)
    if len(leading) < 2:
        return list(found)
    opinions = _between_0_and_1(scorer.scores(query.text, [text_of(one.item) for one in leading]))
    if opinions is None:
        return list(found)
    moved = [one.score * (1 + WEIGHT * (opinion - 0.5)) for one, opinion in zip(leading, opinions, strict=True)]
    order = sorted(range(len(leading)), key=lambda at: (-moved[at], at))
    places = iter(replace(leading[at], score=place.score) for at, place in zip(order, leading, strict=True))
    known = {one.item.item_id for one in leading}
    return [next(places) if one.item.item_id in known else one for one in found]


def _leading(query: Query, found: Sequence[Scored]) -> list[Scored]:
    """The rows near the best that may answer at all."""
    if not found:
        return []
    bar = coverage_bar(query, found)
    passing = [one for one in found if one.coverage >= bar and is_anchored(one.item, query)]
    return [one for one in passing if one.score >= passing[0].score * LEADING][:MOST]


def _between_0_and_1(scores: Sequence[float]) -> list[float] | None:
    """The scores with the worst at 0 and the best at 1, as each model has its scale; None when they tell nothing."""
    if not all(map(math.isfinite, scores)):
        _LOG.warning("the reranker gave scores that are no numbers; its opinion was not used")
        return None
    low, high = min(scores), max(scores)
    return [(score - low) / (high - low) for score in scores] if high > low else None


def text_of(item: Item) -> str:
    """What a cross-encoder reads of an item: what it is called, what stands above it, and its words as printed."""
    row = item.row
    if row is None:
        return item.segment.text if item.segment is not None else ""
    return " · ".join(dict.fromkeys(filter(None, (row.indicator or row.metric, row.programme, row.quote))))


def _load(name: str) -> Any:
    from sentence_transformers import CrossEncoder
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model = CrossEncoder(name)
    except Exception as error:  # the hub, the files or the weights: whatever it is, the setting is what to look at
        _LOG.debug("the reranker could not be loaded", exc_info=error)
        raise SettingsError(
            f"No se pudo cargar el modelo que reordena, «{name}».",
            hint="Revise CABILDO_RERANKER (un CrossEncoder de sentence-transformers o su carpeta) o quítelo.",
        ) from None
    if model.num_labels != 1:
        raise SettingsError(
            f"El modelo «{name}» no sirve para reordenar: da {model.num_labels} valores por pareja y debe dar uno.",
            hint="Revise CABILDO_RERANKER.",
        )
    return model

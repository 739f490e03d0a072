"""Texts of documents that talk to a model instead of to a reader: the model does not get them."""

from __future__ import annotations

import logging
import re
from typing import Any

from assistant.answer import Answer, Citation
from assistant.writer.wording import phrases_in, spaced, wording

_LOG = logging.getLogger(__name__)
_PIECE = re.compile(r"([^\n\t|.;]+(?:[.;](?!\s)[^\n\t|.;]*)*[.;]?)")
#: Stands where a text that talks to a model stood.
LEFT_OUT = "[…]"


def without_injections(answer: Answer) -> Answer:
    """The answer as a model gets it: what of its citations talks to a model is left out, there and in its text."""
    citations = [_cleaned(citation) for citation in answer.citations]
    text = "\n".join(_clean(line) for line in answer.answer.split("\n"))
    count = sum(one != other for one, other in zip(citations, answer.citations, strict=True))
    if count:
        _LOG.warning("citations with text that talks to a model: %d; the model does not get that text", count)
    return answer.model_copy(update={"citations": citations, "answer": text})


def _cleaned(citation: Citation) -> Citation:
    changes = {name: _clean_value(value) for name, value in citation.model_dump().items() if name not in ("n", "kind")}
    return citation.model_copy(update=changes)


def _clean_value(value: Any) -> Any:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, dict):
        cleaned = {key: _clean_value(part) for key, part in value.items()}
        # A field's figure is understood from its text: without the one there is no other.
        return {**cleaned, "value": None} if "value" in value and cleaned != value else cleaned
    return [_clean_value(part) for part in value] if isinstance(value, list) else value


def _clean(text: str) -> str:
    injections = wording().guard.injections
    if not phrases_in(spaced(text), injections):
        return text
    kept = _PIECE.sub(lambda piece: LEFT_OUT if phrases_in(spaced(piece[0]), injections) else piece[0], text)
    return LEFT_OUT if phrases_in(spaced(kept), injections) else kept

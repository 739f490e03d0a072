"""The last check: an answer leaves only with figures that its citations hold.

A figure of the text is grounded when it stands in a cited row or sentence, when it was computed and its terms are
shown, when it is a count that the answer itself proves, or when the question itself said it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence

from assistant.answer import Answer, Citation
from assistant.composing.draft import figures_of_answer
from assistant.composing.phrases import phrases
from assistant.question.query import Query
from ingest.fold import fold

_LOG = logging.getLogger(__name__)
_MARK = re.compile(r"\[\d+\]")
_ADDRESS = re.compile(r"(?:https?://\S+)?/v1/rows\?\S+")
_THOUSANDS = re.compile(r"^\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def ground(answer: Answer, query: Query) -> Answer:
    """The answer, or ``not_found`` when it states a figure that nothing it cites holds."""
    loose = ungrounded(answer, query)
    if not loose:
        return answer
    _LOG.error("an answer stated figures that its citations do not hold; it was withheld")
    return Answer(status="not_found", answer=phrases(query.language).say("not_found"), suggestions=answer.suggestions)


def ungrounded(answer: Answer, query: Query) -> list[str]:
    """Figures of the answer's text that nothing supports."""
    said = " ".join(query.texts)
    shown = " ".join(f"{figure.text} {figure.derivation}" for figure in answer.figures if figure.derivation)
    return loose_figures(answer.answer, answer.citations, said, shown)


def loose_figures(text: str, citations: Sequence[Citation], said: str, shown: str = "") -> list[str]:
    """Figures of a text that neither its citations hold nor the question ``said``, nor a computation has ``shown``."""
    text = _ADDRESS.sub(" ", _MARK.sub(" ", text))
    held = [part for citation in citations for part in _texts(citation)]
    # Every part by itself, and never digits of two parts as one number.
    known = {number for part in held for number in _DIGITS.findall(part)}
    known |= set(_DIGITS.findall(said)) | set(_DIGITS.findall(shown))
    unknown = [number for number in _DIGITS.findall(text) if number not in known]
    plain = {_plain(number) for number in known} if unknown else set()
    loose = [number for number in unknown if _plain(number) not in plain]
    in_words = [mention.text for mention in figures_of_answer(text) if mention.words]
    words_known = fold(f"{' '.join(held)} {said}") if in_words else ""
    return [*loose, *(figure for figure in in_words if fold(figure) not in words_known)]


def _plain(number: str) -> str:
    """A number without marks of thousands and without zeros that say nothing: '5.347.352' as a workbook's '5347352'."""
    whole, _, decimals = number.replace(".", "").partition(",") if _THOUSANDS.match(number) else number.partition(",")
    decimals = decimals.rstrip("0")
    return f"{whole},{decimals}" if decimals else whole


def _texts(citation: Citation) -> Iterable[str]:
    """Everything that a citation says."""
    yield citation.quote
    yield from citation.warnings
    for part in (
        citation.title,
        citation.entity,
        citation.period,
        citation.dependency,
        citation.indicator,
        citation.purpose,
        citation.ods,
        citation.metric,
        citation.document,
    ):
        if part:
            yield part
    for figure in (citation.baseline, citation.target, citation.figure):
        if figure:
            yield from (str(value) for value in figure.values() if value is not None)
    for level, value in citation.path:
        yield level
        yield value

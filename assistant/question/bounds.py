"""The bar that a question sets for the share of its target that a row must have reached ("por debajo del 50 %")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.corpus.matching import tokenize
from assistant.question.lexicon import Hit
from ingest.fold import fold

Side = Literal["below", "above", "at_least", "at_most", "exactly"]

_SHARE = re.compile(r"^\W*(\d{1,3}(?:[.,]\d+)?)(?:\s*%|\s+por\s?ciento|\s+porcent\w*)|^\W*(?:la |una )?(mitad)\b")
_EXACTLY = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d+)?)\s*(?:%|por\s?ciento|porcentaje)")
#: "50 % o más", "40 % o menos": the share itself is within the bar.
_OR_MORE = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d+)?)\s*(?:%|por\s?ciento|porcentaje) (?:o|y) (mas|menos)\b")
_AT_LEAST = re.compile(
    r"\b(?:al menos|por lo menos|como minimo|minimo|desde)(?: (?:el|un|del?))* (\d{1,3}(?:[.,]\d+)?)"
    r"\s*(?:%|por\s?ciento|porcentaje)"
)
#: "con el 100 % de avance": all of it, not a share among others nor all of some things ("el 100 % de los colegios").
_WITH_ALL = re.compile(
    r"\b(?:con|en|al?) (?:el |un )?100\s*(?:%|por\s?ciento|porcentaje)"
    r"(?! del? (?!avance|cumplimiento|ejecucion|eficacia|cuatrienio|lo programado|la meta|las metas|su meta|sus metas))"
)
#: What leaves the rows of a bar out ("sin contar los que están en cero").
_WITHOUT = re.compile(
    r"\b(?:sin (?:contar|incluir|tener en cuenta)|except[ou]\w*|salvo|menos|fuera de|no sean?|distint[oa]s? de)"
    r"(?: (?:a|de|los|las|el|la|aquell[oa]s|que|indicadores|metas|productos))*\W*$"
)
#: Which or how many of a set reached their target, with no share named ("¿cuántas metas de agua se cumplieron?").
_DONE = re.compile(
    r"\b(?:cuant[oa]s|cuales|que|l[oa]s) (?:de l[oa]s )?(?:metas|indicadores|productos)\b[^?]{0,80}?"
    r"(?<!no )(?<!no se )\b(?:se )?(?:cumplieron|(?:han )?cumplid[oa]s|completaron|completad[oa]s)\b"
    r"(?! (?:mas|menos|mejor|peor|parcial\w*|a medias)\b)"
)
_WHOLE = Decimal(100)
#: Whatever is more than this is done.
ALL_BUT = Decimal("99.995")
_HALF = Decimal(50)


@dataclass(frozen=True)
class Bound:
    """Which share of its target, in percent, a row must have reached."""

    side: Side
    share: Decimal

    def holds(self, percent: Decimal) -> bool:
        if self.side == "exactly":
            return percent == self.share
        if self.side == "at_least":
            return percent >= self.share
        if self.side == "at_most":
            return percent <= self.share
        return percent < self.share if self.side == "below" else percent > self.share


def bound_in(text: str, hits: Sequence[Hit[tuple[str, object]]], reaching: frozenset[str]) -> Bound | None:
    """The bar that a question sets: a share named right after its words, or one that the words themselves say.

    A share without such words is meant exactly; all of it ("cumplieron el 100 %"), as at least that.
    """
    spans = [(token.start, token.end) for token in tokenize(text)]
    for hit in hits:
        side = hit.value[1]
        if side == "zero":
            before = fold(text[: spans[hit.start][0]])
            return Bound("above" if _WITHOUT.search(before) else "exactly", Decimal(0))
        if side == "done":
            return Bound("above", ALL_BUT)
        match = _SHARE.match(fold(text[spans[hit.end - 1][1] :]))
        if match is not None:
            share = _HALF if match[2] else Decimal(match[1].replace(",", "."))
            return Bound("below" if side == "below" else "above", share)
    if (bar := _within(fold(text))) is not None:
        return bar
    exactly = _EXACTLY.search(fold(text))
    if exactly is None:
        return Bound("above", ALL_BUT) if _DONE.search(fold(text)) else None
    share = Decimal(exactly[1].replace(",", "."))
    if share >= _WHOLE:
        least = ALL_BUT if share == _WHOLE else share
        reached = _WITH_ALL.search(fold(text)) or reaching & {token.word for token in tokenize(text)}
        return Bound("above", least) if reached else None
    return Bound("exactly", share) if share == 0 else None


def _within(text: str) -> Bound | None:
    """The bar of which the share itself is a part ("el 50 % o más", "al menos el 30 %")."""
    if (match := _OR_MORE.search(text)) is not None:
        return Bound("at_least" if match[2] == "mas" else "at_most", Decimal(match[1].replace(",", ".")))
    least = _AT_LEAST.search(text)
    return None if least is None else Bound("at_least", Decimal(least[1].replace(",", ".")))

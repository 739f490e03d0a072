"""The guard of a reply: no figure that neither the ask nor what the ask cites holds, and none rounded.

A conversation may round a figure and show from what; a letter prints the cell. What is left without support is held
back: the ask is left open then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from assistant.answer import Answer, Citation
from assistant.composing.ground import loose_figures

_ROUNDED = re.compile(r"^(?P<cell>-?\d[\d.]*,\d+) redondeado$")
_NUMBER = re.compile(r"-?\d[\d.]*(?:,\d+)?")


def unsupported(text: str, citations: Sequence[Citation], said: str = "") -> list[str]:
    """Figures of a letter's text, as it prints them, that its citations do not hold and that the ask did not say.

    The number of rows that a cited filter gives is proved by it, and so is how many rows are cited.
    """
    counted = " ".join(str(one.count) for one in citations if one.count is not None)
    return loose_figures(text, citations, said, f"{counted} {len(citations)}" if citations else "")


def as_printed(text: str, answer: Answer) -> str:
    """The text with the figures that the answer rounded as the cells of its rows print them."""
    for rounded, cell in _roundings(answer):
        text = re.sub(rf"(?<![\d.,]){re.escape(rounded)}(?![.,]?\d)", cell, text)
    return text


def _roundings(answer: Answer) -> Iterator[tuple[str, str]]:
    """Pairs of a rounded number and the cell that it was rounded from, where that is its rounding indeed."""
    for figure in answer.figures:
        derived = _ROUNDED.match((figure.derivation or "").strip())
        said = _NUMBER.search(figure.text)
        if derived is None or said is None:
            continue
        try:
            cell, number = _value(derived["cell"]), _value(said[0])
            exact = cell.quantize(number) == number
        except InvalidOperation:
            continue
        if exact or abs(cell - number) <= Decimal(1).scaleb(int(number.as_tuple().exponent)):
            yield said[0], derived["cell"]


def _value(number: str) -> Decimal:
    return Decimal(number.replace(".", "").replace(",", "."))

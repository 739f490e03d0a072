"""The figures that one sentence lists, each with its name: "en las áreas de Aseo 70%, Riego 65% y Poda 80%".

The rungs: the noun that a question puts in order → the sentence that says it → what stands before its figures, or what
they count ("18 navajas plegables y 41 navajas fijas").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.corpus.corpus import Item, stem_set
from assistant.corpus.matching import tokenize
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.figures.growth import nouns_asked
from assistant.question.query import Query
from ingest.fold import fold

#: A list has at least this many entries.
_FEWEST = 3
#: What joins an entry to the one before it.
_JOIN = re.compile(r"^[\s,;:]*(?:(?:y|e|de|del|como|en|las?|los|el)\s+)*")
#: The noun that is put in order, behind what says how ("ordene de mayor a menor las *dimensiones*").
_NOUN = re.compile(
    r"\b(?:orden\w*|clasifi\w+|jerarqui\w+|rank\w*|sort|order|organi\w+)\b"
    r"(?: (?:de|mayor|menor|mas|menos|alt[oa]|baj[oa]|a|por|segun|su|porcentaje|puntaje|valor|resultado|las|los|dos"
    r"|tres|cuatro|cinco|distint[oa]s|diferentes|the|from|highest|lowest|to|three|four)){0,9} (\w{4,})"
)
#: … or before it ("*dimensiones* de mayor a menor puntaje").
_NOUN_BEFORE = re.compile(
    r"\b(\w{4,})(?: (?:del?|de la|de los|de las|en|of) \w+){0,3}"
    r" (?:ordenad[oa]s?|de mayor a menor|de menor a mayor|clasificad[oa]s?|ranked|sorted|from highest|from lowest)\b"
)


@dataclass(frozen=True)
class SentenceList:
    """The (name, figure) of each entry in the order of the sentence, and what its entries are called there."""

    called: str
    entries: tuple[tuple[str, Item], ...]


def listed_in_sentence(query: Query, evidence: Sequence[Scored]) -> SentenceList | None:
    """The entries of the sentence that lists what the question puts in order; None where none does.

    All figures have one unit, each a name of its own, and the sentence says the noun.
    """
    said = _NOUN.search(fold(query.text)) or _NOUN_BEFORE.search(fold(query.text))
    stems = stem_set(said[1]) if said is not None else frozenset(nouns_asked(query))
    for one in evidence:
        row = one.item.row
        if not stems or row is None or is_indicator_row(row) or row.figure is None:
            continue
        noun = next((token for token in tokenize(row.quote) if token.stem in stems), None)
        if noun is None:
            continue
        found = _by_what_they_count(one.item, stems, evidence) or _after(noun.end, one.item, evidence)
        if found:
            return SentenceList(row.quote[noun.start : noun.end].capitalize(), found)
    return None


def _after(start: int, best: Item, evidence: Sequence[Scored]) -> tuple[tuple[str, Item], ...]:
    """The entries of a sentence from a position on, named by what stands before; () where one figure has no name."""
    quote = best.row.quote if best.row is not None else ""
    placed: list[tuple[int, str, Item]] = []
    for item in _of_sentence(best, evidence):
        text = item.row.figure.text if item.row is not None and item.row.figure is not None else ""
        if text and (at := quote.find(text, start)) >= 0 and not quote[at - 1 : at].isdigit():
            placed.append((at, text, item))
    entries: list[tuple[str, Item]] = []
    for at, text, item in sorted(placed, key=lambda one: one[0]):
        name = _JOIN.sub("", quote[start:at]).strip(" :(-")
        if not name or re.search(r"\d", name):
            return ()
        entries.append((name, item))
        start = at + len(text)
    return tuple(entries) if len(entries) >= _FEWEST and len(_units(entries)) == 1 else ()


def _by_what_they_count(best: Item, stems: frozenset[str], evidence: Sequence[Scored]) -> tuple[tuple[str, Item], ...]:
    """The figures of a sentence that count the noun, each named by what it counts."""
    counted = (
        (item.row.figure.unit, item)
        for item in _of_sentence(best, evidence)
        if item.row is not None and item.row.figure is not None and item.row.figure.unit is not None
    )
    entries = tuple((unit, item) for unit, item in counted if stems & stem_set(unit))
    return entries if len(entries) >= _FEWEST and len(_units(entries)) == len(entries) else ()


def _of_sentence(best: Item, evidence: Sequence[Scored]) -> list[Item]:
    """The figures that stand in the sentence of one of them."""
    return [
        one.item
        for one in evidence
        if one.item.row is not None
        and best.row is not None
        and one.item.row.quote == best.row.quote
        and one.item.document == best.document
    ]


def _units(entries: Sequence[tuple[str, Item]]) -> set[str | None]:
    return {item.row.figure.unit for _, item in entries if item.row is not None and item.row.figure is not None}

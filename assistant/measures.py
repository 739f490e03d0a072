"""What a question asks of rows that are followed year by year: what was programmed, reached or spent, and by which.

``prompts/measures.yaml`` holds the words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.lexicon import Hit, Phrase, PhraseIndex
from assistant.matching import tokenize
from ingest.errors import SettingsError
from ingest.figures import find_figures
from ingest.fold import fold, words
from ingest.records import BudgetItemName
from ingest.wording import load_yaml, validated

Aspect = Literal["programmed", "progress", "percent"]
Side = Literal["below", "above", "exactly"]
Order = Literal["last", "first"]

_FILE = "measures.yaml"
_SHARE = re.compile(r"^\W*(\d{1,3}(?:[.,]\d+)?)(?:\s*%|\s+por\s?ciento|\s+porcent\w*)|^\W*(?:la |una )?(mitad)\b")
#: A source of funding is about money where an amount is asked ("cooperación internacional" alone is a subject).
_AMOUNT = re.compile(r"\b(?:cuant[oa]s?|valor|monto|total|hay)\b|\$")
#: A calendar year, and not the first or last of a span.
_YEAR = re.compile(r"(?<![\d\-–])20\d\d(?![\d\-–])")
_EXACTLY = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d+)?)\s*(?:%|por\s?ciento|porcentaje)")
_WHOLE = Decimal(100)
#: Whatever is more than this is done.
ALL_BUT = Decimal("99.995")
_HALF = Decimal(50)
#: More rows than this are no "first ten".
_MOST_TOP = 100

Phrases = Annotated[tuple[Phrase, ...], Field(strict=False)]


@dataclass(frozen=True)
class Bound:
    """Which share of its target, in percent, a row must have reached."""

    side: Side
    share: Decimal

    def holds(self, percent: Decimal) -> bool:
        if self.side == "exactly":
            return percent == self.share
        return percent < self.share if self.side == "below" else percent > self.share


@dataclass(frozen=True)
class Measure:
    """What is asked of rows beside their target and baseline.

    ``items`` are the amounts of money asked for, none when money is meant without saying which; ``funding`` the words
    that the name of the funding source has. ``top`` is how many rows a ranking is to have. ``implied`` says that only a
    year was named, ``both`` that what was programmed may be things or money ("¿cuánto se programó?").
    """

    aspects: tuple[Aspect, ...] = ()
    items: tuple[BudgetItemName, ...] = ()
    money: bool = False
    funding: tuple[str, ...] = ()
    bound: Bound | None = None
    order: Order | None = None
    top: int | None = None
    implied: bool = False
    both: bool = False

    @property
    def is_of_set(self) -> bool:
        """Whether it says which rows are asked for."""
        return self.bound is not None or self.order is not None


@dataclass(frozen=True)
class MeasureRead:
    """A measure, and which words of the question say it."""

    measure: Measure
    words: frozenset[int]


class _Source(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    said: Phrases
    names: Phrases


class MeasureWords(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    aspects: dict[Aspect, Phrases]
    deeds: Phrases
    items: dict[BudgetItemName, Phrases]
    of_a_year: dict[BudgetItemName, Phrases]
    money: Phrases
    both: Phrases
    executed: Phrases
    no_measure: Phrases
    reaching: Phrases
    funding: Annotated[tuple[_Source, ...], Field(strict=False)]
    bounds: dict[Literal["below", "above", "zero", "done"], Phrases]
    orders: dict[Order, Phrases]

    def read(self, text: str) -> MeasureRead | None:
        """What a question, written out, asks; None when it says nothing of the kind."""
        hits = [hit for hit in self._index.find(text) if hit.value[0] != "no_measure"]
        said: dict[str, list[Hit[tuple[str, object]]]] = {}
        for hit in hits:
            said.setdefault(hit.value[0], []).append(hit)
        if not _YEAR.search(text):
            hits = [hit for hit in hits if hit.value[0] != "of_a_year"]
        elif named := said.pop("of_a_year", []):
            said["items"] = [*said.get("items", []), *named]
        bound = _bound(text, said.get("bounds", []), self._reaching)
        kept = [hit for hit in hits if hit.value[0] != "bounds" or bound is not None]
        if not kept or (set(said) == {"funding"} and not _AMOUNT.search(fold(text))):
            return None
        items = tuple(dict.fromkeys(hit.value[1] for hit in said.get("items", [])))
        funding = max((hit.value[1] for hit in said.get("funding", [])), key=_length, default=())
        orders: list[object] = [hit.value[1] for hit in said.get("orders", [])]
        orders = orders or _order_of_money(text, [*said.get("items", []), *said.get("money", [])])
        asked = (hit.value[1] for name in ("aspects", "deeds", "both") for hit in said.get(name, []))
        aspects = tuple(dict.fromkeys(asked))
        both = bool(said.get("both")) and not (items or funding or said.get("money"))
        if any(hit.value[1] == "progress" for hit in said.get("both", [])) and (both or items):
            items = tuple(dict.fromkeys((*items, "ejecutado")))
            aspects = aspects if both else tuple(name for name in aspects if name != "progress")
        measure = Measure(
            aspects=aspects,  # type: ignore[arg-type]
            items=items,  # type: ignore[arg-type]
            money=bool(items or funding or said.get("money")) or both,
            both=both,
            funding=funding,  # type: ignore[arg-type]
            bound=bound,
            order=orders[0] if orders else None,  # type: ignore[arg-type]
            top=_top(text) if orders else None,
        )
        asking = (hit for hit in kept if hit.value[0] != "deeds")
        return MeasureRead(measure, frozenset(at for hit in asking for at in range(hit.start, hit.end)))

    @cached_property
    def _reaching(self) -> frozenset[str]:
        return frozenset(map(fold, self.reaching))

    @cached_property
    def _index(self) -> PhraseIndex[tuple[str, object]]:
        return PhraseIndex((phrase, value) for phrase, value in self._entries())

    def _entries(self) -> list[tuple[str, tuple[str, object]]]:
        entries: list[tuple[str, tuple[str, object]]] = []
        for section in ("aspects", "items", "of_a_year", "bounds", "orders"):
            for name, phrases in getattr(self, section).items():
                entries += ((phrase, (section, name)) for phrase in phrases)
        entries += ((phrase, ("deeds", "progress")) for phrase in self.deeds)
        entries += ((phrase, ("money", None)) for phrase in self.money)
        entries += ((phrase, ("both", "programmed")) for phrase in self.both)
        entries += ((phrase, ("both", "progress")) for phrase in self.executed)
        entries += ((phrase, ("no_measure", None)) for phrase in self.no_measure)
        for source in self.funding:
            entries += ((phrase, ("funding", tuple(map(fold, source.names)))) for phrase in source.said)
        return entries

    def check(self) -> MeasureWords:
        """The words themselves; raises ``SettingsError`` for a phrase of two meanings."""
        seen: dict[tuple[str, ...], tuple[str, object]] = {}
        for phrase, meaning in self._entries():
            known = seen.setdefault(tuple(words(phrase)), meaning)
            if known != meaning:
                sections = f"{known[0]} ({known[1]}) y en {meaning[0]} ({meaning[1]})"
                raise SettingsError(f"prompts/{_FILE}: la frase «{phrase}» está en {sections}.")
        return self


def _bound(text: str, hits: list[Hit[tuple[str, object]]], reaching: frozenset[str]) -> Bound | None:
    """The bar that a question sets: a share named right after its words, or one that the words themselves say.

    A share without such words is meant exactly; all of it ("cumplieron el 100 %"), as at least that.
    """
    spans = [(token.start, token.end) for token in tokenize(text)]
    for hit in hits:
        side = hit.value[1]
        if side == "zero":
            return Bound("exactly", Decimal(0))
        if side == "done":
            return Bound("above", ALL_BUT)
        match = _SHARE.match(fold(text[spans[hit.end - 1][1] :]))
        if match is not None:
            share = _HALF if match[2] else Decimal(match[1].replace(",", "."))
            return Bound("below" if side == "below" else "above", share)
    exactly = _EXACTLY.search(fold(text))
    if exactly is None:
        return None
    share = Decimal(exactly[1].replace(",", "."))
    if share >= _WHOLE:
        return Bound("above", ALL_BUT) if reaching & {token.word for token in tokenize(text)} else None
    return Bound("exactly", share) if share == 0 else None


def _order_of_money(text: str, hits: list[Hit[tuple[str, object]]]) -> list[object]:
    """The order that "más" or "menos" right before or after a word of money asks for ("con más compromisos")."""
    typed = [token.word for token in tokenize(text)]
    for hit in hits:
        beside = {*typed[max(0, hit.start - 2) : hit.start], *typed[hit.end : hit.end + 2]}
        if beside & {"mas", "mayor", "mayores"}:
            return ["first"]
        if beside & {"menos", "menor", "menores"}:
            return ["last"]
    return []


def _top(text: str) -> int | None:
    """How many rows are asked for: the first whole number that is too small for a year."""
    for mention in find_figures(text):
        value = mention.value
        if value is not None and value == value.to_integral_value() and 0 < value <= _MOST_TOP and mention.unit != "%":
            return int(value)
    return None


def _length(value: object) -> int:
    return len(value) if isinstance(value, tuple) else 0


@cache
def load_measures() -> MeasureWords:
    """``prompts/measures.yaml``, checked once; raises SettingsError naming the file and the wrong entry."""
    return validated(MeasureWords, load_yaml(_FILE), _FILE).check()

"""What a question asks of rows that are followed year by year: what was programmed, reached or spent, and by which.

``prompts/measures.yaml`` holds the words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.question.bounds import bound_in
from assistant.question.lexicon import Hit, Phrase, PhraseIndex
from assistant.question.measure import ALONE, Aspect, Measure, MeasureRead
from assistant.question.measured_beside import (
    apart,
    asks_for_term,
    asks_for_whole,
    asks_who_is_paid,
    counts_things,
    counts_twice,
    programs_things,
    words_of_paying,
)
from assistant.question.orders import ALL_IN_ORDER, Order, OrderRead, order_of_money, order_of_share, top_of
from assistant.question.reckonings import NOTHING_COMPUTED, Reckoning, ReckoningRead, load_reckonings
from ingest.errors import SettingsError
from ingest.fold import fold, words
from ingest.records import BudgetItemName
from ingest.wording import load_yaml, validated

__all__ = ["Aspect", "Measure", "MeasureRead", "MeasureWords", "load_measures"]

_FILE = "measures.yaml"
#: A source of funding is about money where an amount is asked ("cooperación internacional" alone is a subject).
_AMOUNT = re.compile(r"\b(?:cuant[oa]s?|valor|monto|total|hay)\b|\$")
#: A calendar year, and not the first or last of a span.
_YEAR = re.compile(r"(?<![\d\-–])20\d\d(?![\d\-–])")

Phrases = Annotated[tuple[Phrase, ...], Field(strict=False)]
#: What of the file a question says, by section.
Said = Mapping[str, Sequence[Hit[tuple[str, object]]]]


class _Source(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    said: Phrases
    names: Phrases


class MeasureWords(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    aspects: dict[Aspect, Phrases]
    deeds: Phrases
    deed_patterns: Phrases
    reached_patterns: Phrases
    percent_patterns: Phrases
    top_patterns: Phrases
    items: dict[BudgetItemName, Phrases]
    of_a_year: dict[BudgetItemName, Phrases]
    reached_of_a_year: Phrases
    money: Phrases
    both: Phrases
    executed: Phrases
    no_measure: Phrases
    reaching: Phrases
    funding: Annotated[tuple[_Source, ...], Field(strict=False)]
    bounds: dict[Literal["below", "above", "zero", "done"], Phrases]
    orders: dict[Order, Phrases]
    in_order: dict[Order, Phrases]

    def read(self, text: str) -> MeasureRead | None:
        """What a question, written out, asks; None when it says nothing of the kind."""
        read, reckoned = self._read(text), load_reckonings().read(text)
        return read if reckoned is None else self._with_reckoning(read, reckoned, text)

    def _with_reckoning(self, read: MeasureRead | None, reckoned: ReckoningRead, text: str) -> MeasureRead | None:
        """The measure with what is to be computed over it; some reckonings are a measure by themselves."""
        found = reckoned.reckoning
        if read is None and found.of is not None and found.there is not None:
            read = MeasureRead(Measure(), frozenset())
        if read is None:
            alone = ALONE.get(found.kind) if found.kind is not None else Measure(implied=True)
            if found.kind == "missing" and _YEAR.search(text):
                alone = Measure(aspects=("programmed", "progress"))
            return None if alone is None else MeasureRead(replace(alone, reckoning=found), reckoned.words)
        measure = replace(read.measure, reckoning=found)
        if found.is_of_years:
            names_money = any(hit.value[0] == "money" for hit in self._money.find(text))
            measure = replace(measure, bound=None, order=None, top=None, money=measure.money or names_money)
        elif found.of is not None and found.there is not None:
            of = self._whole_in(text) or found.of
            measure = replace(measure, aspects=(), items=(of, found.there), money=True, both=False,
                              reckoning=replace(found, of=of))  # fmt: skip
        elif found.kind == "share" and not measure.whole:
            measure = self._share_of(measure, text)
        elif found.kind == "missing" and not measure.money:
            of_year: tuple[Aspect, ...] = ("programmed",) if _YEAR.search(text) else ()
            measure = replace(measure, aspects=tuple(dict.fromkeys((*measure.aspects, *of_year, "progress"))))
        return MeasureRead(measure, read.words | reckoned.words)

    def _share_of(self, measure: Measure, text: str) -> Measure:
        """The measure of a part of an amount of money and of the whole that the question names it of."""
        whole = self._whole_in(text)
        part = next((item for item in measure.items if item != whole), None)
        if whole is None or part is None:
            return replace(measure, reckoning=NOTHING_COMPUTED)
        return replace(measure, aspects=(), items=(whole, part), both=False,
                       reckoning=Reckoning("share", there=part, of=whole))  # fmt: skip

    def _whole_in(self, text: str) -> BudgetItemName | None:
        """The amount of which the question says that something is a part ("de lo programado", "del presupuesto")."""
        for hit in self._index.find(text):
            section, name = hit.value
            is_programmed = section in ("money", "both") or (section, name) == ("aspects", "programmed")
            if (section == "items" or is_programmed) and load_reckonings().is_whole(text, hit.start):
                return "programado" if is_programmed else name  # type: ignore[return-value]
        return None

    def _read(self, text: str) -> MeasureRead | None:
        hits = [hit for hit in self._index.find(text) if hit.value[0] != "no_measure"]
        hits = [hit for hit in hits if hit.value[0] != "funding" or not counts_things(text, hit.start)]
        said: dict[str, list[Hit[tuple[str, object]]]] = {}
        for hit in hits:
            said.setdefault(hit.value[0], []).append(hit)
        if not _YEAR.search(text):
            hits = [hit for hit in hits if hit.value[0] not in ("of_a_year", "reached_of_a_year")]
            said.pop("reached_of_a_year", None)
        elif named := said.pop("of_a_year", []):
            said["items"] = [*said.get("items", []), *named]
        if named := said.pop("reached_of_a_year", []):
            of_money = said.keys() & {"money", "items", "funding"}
            meant: tuple[str, object] = ("items", "ejecutado") if of_money else ("aspects", "progress")
            said[meant[0]] = [*said.get(meant[0], []), *(Hit(meant, hit.start, hit.end) for hit in named)]
        if self._may_say_deed(said, text) and self._says_deed(text):
            said.setdefault("deeds", []).append(Hit(("deeds", "progress"), 0, 0))
            hits = [*hits, said["deeds"][-1]]
        bound = bound_in(text, said.get("bounds", []), self._reaching)
        if not (said.keys() & {"money", "items"} or {"percent", "progress"} & _values(said, "aspects")):
            said.pop("in_order", None)
        kept = [
            hit
            for hit in hits
            if hit.value[0] not in ("bounds", "in_order")
            or (hit.value[0] == "bounds" and bound is not None)
            or (hit.value[0] == "in_order" and "in_order" in said)
        ]
        of_source = "funding" in said and () not in _values(said, "funding")
        paid = of_source and asks_who_is_paid(text)
        if not kept or (set(said) == {"funding"} and of_source and not paid and not _AMOUNT.search(fold(text))):
            return None
        items = tuple(dict.fromkeys(hit.value[1] for hit in said.get("items", [])))
        funding = apart(hit.value[1] for hit in said.get("funding", []))  # type: ignore[misc]
        order = self._order(said, text)
        everything = order is None and ("in_order" in said or paid)
        order = order or next((OrderRead(hit.value[1]) for hit in said.get("in_order", [])), None)  # type: ignore[arg-type]
        order = order or (OrderRead("first") if paid else None)
        asked = (hit.value[1] for name in ("aspects", "deeds", "both") for hit in said.get(name, []))
        aspects = self._with_share_and_number(tuple(dict.fromkeys(asked)), text)
        both = bool(said.get("both")) and not (items or funding or said.get("money"))
        if any(hit.value[1] == "progress" for hit in said.get("both", [])) and (both or items):
            items = tuple(dict.fromkeys((*items, "ejecutado")))
            aspects = aspects if both else tuple(name for name in aspects if name != "progress")
        if items and any(hit.value[1] == "programmed" for hit in said.get("both", [])):
            # "¿Cuánto se programó, cuánto se comprometió y cuánto se pagó?": beside amounts of money it is one.
            items = tuple(dict.fromkeys(("programado", *items)))
            aspects = tuple(name for name in aspects if name != "programmed")
        elif items and "programmed" in aspects and "programado" not in items and not programs_things(text):
            items, aspects = ("programado", *items), tuple(name for name in aspects if name != "programmed")
        measure = Measure(
            aspects=aspects,  # type: ignore[arg-type]
            items=items,  # type: ignore[arg-type]
            money=bool(items or funding or said.get("money")) or both or self._orders_by_money(text, said),
            both=both,
            funding=funding,
            whole=asks_for_whole(text, len(funding)) or funding == ((),),
            term=asks_for_term(text),
            bound=bound,
            order=order.order if order is not None else None,
            top=None if order is None else top_of(text) or (ALL_IN_ORDER if everything else None),
        )
        asking = (hit for hit in kept if hit.value[0] != "deeds")
        of_order = (order.words if order is not None else frozenset()) | (
            words_of_paying(text) if paid else frozenset()
        )
        return MeasureRead(measure, of_order | {at for hit in asking for at in range(hit.start, hit.end)})

    def _order(self, said: Said, text: str) -> OrderRead | None:
        """Which end of an order is asked for: by its own words, by those beside money, or by how many are wanted."""
        for hit in said.get("orders", []):
            return OrderRead(hit.value[1])  # type: ignore[arg-type]
        of_money = order_of_money(text, [*said.get("items", []), *said.get("money", [])])
        if of_money is None and {"percent", "progress"} & _values(said, "aspects") and (end := order_of_share(text)):
            return OrderRead(end)
        return of_money or (OrderRead("first") if self._matches("top_patterns", text) else None)

    def _with_share_and_number(self, aspects: tuple[object, ...], text: str) -> tuple[object, ...]:
        """What is asked of a row, with the number reached or the share of it where the question asks for both."""
        if "percent" in aspects and "progress" not in aspects and self._matches("reached_patterns", text):
            return (*aspects, "progress")
        if "progress" in aspects and "percent" not in aspects and self._matches("percent_patterns", text):
            return (*aspects, "percent")
        return aspects

    def _matches(self, name: Literal["reached_patterns", "percent_patterns", "top_patterns"], text: str) -> bool:
        """Whether one of the patterns of a section is in a question."""
        return any(re.search(pattern, fold(text)) for pattern in getattr(self, name))

    def _may_say_deed(self, said: Said, text: str) -> bool:
        """Whether a deed may be asked for: alone, beside what was programmed of it, or beside what it cost."""
        return _values(said, "aspects") <= {"programmed"} and ("items" not in said or counts_twice(text))

    def _says_deed(self, text: str) -> bool:
        """Whether a question asks how many of a thing were done."""
        return any(pattern.search(text.lower()) for pattern in self._deed_patterns)

    @cached_property
    def _deed_patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(map(re.compile, self.deed_patterns))

    @cached_property
    def _reaching(self) -> frozenset[str]:
        return frozenset(map(fold, self.reaching))

    @cached_property
    def _index(self) -> PhraseIndex[tuple[str, object]]:
        return PhraseIndex((phrase, value) for phrase, value in self._entries())

    def _orders_by_money(self, text: str, said: Said) -> bool:
        """Whether a word of money stands inside the phrase of an order."""
        of_order = {at for hit in said.get("orders", []) for at in range(hit.start, hit.end)}
        return any(hit.value[0] == "money" and hit.start in of_order for hit in self._money.find(text))

    @cached_property
    def _money(self) -> PhraseIndex[tuple[str, object]]:
        """Words of money alone, which stand inside the phrases of an order, too ("más recursos")."""
        other = ((phrase, ("no_measure", None)) for phrase in self.no_measure)
        return PhraseIndex([*((phrase, ("money", None)) for phrase in self.money), *other])

    def _entries(self) -> list[tuple[str, tuple[str, object]]]:
        entries: list[tuple[str, tuple[str, object]]] = []
        for section in ("aspects", "items", "of_a_year", "bounds", "orders", "in_order"):
            for name, phrases in getattr(self, section).items():
                entries += ((phrase, (section, name)) for phrase in phrases)
        entries += ((phrase, ("deeds", "progress")) for phrase in self.deeds)
        entries += ((phrase, ("reached_of_a_year", "progress")) for phrase in self.reached_of_a_year)
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


def _values(said: Said, section: str) -> set[object]:
    return {hit.value[1] for hit in said.get(section, [])}


@cache
def load_measures() -> MeasureWords:
    """``prompts/measures.yaml``, checked once; raises SettingsError naming the file and the wrong entry."""
    return validated(MeasureWords, load_yaml(_FILE), _FILE).check()

"""What somebody looks at: words, values of facets, order, page. It is the address of the page, and back. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from assistant.web.explore.entries import FACET_NAMES, FACETS, Entry
from ingest.fold import fold
from ingest.records import Figure

View = Literal["tabla", "graficas"]
PER_PAGE = 50
#: A text or value that somebody put into an address is no longer than this.
_LONGEST = 500

#: By the name of an order, what a row is sorted by; rows without it come last in both directions.
_KEYS: dict[str, Callable[[Entry], Any]] = {
    "indicador": lambda entry: fold(entry.row.indicator or entry.row.metric or "") or None,
    "dependencia": lambda entry: fold(entry.row.dependency or "") or None,
    "programa": lambda entry: fold(entry.row.programme or "") or None,
    "base": lambda entry: _value(entry.row.baseline),
    "meta": lambda entry: _value(entry.row.target or entry.row.figure),
    "avance": lambda entry: entry.standing.percent,
}


def _value(figure: Figure | None) -> Decimal | None:
    return None if figure is None else figure.value


@dataclass(frozen=True)
class Selection:
    """Words, facet values (several of one facet are alternatives), the questions whose rows are shown, order, page."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    questions: tuple[str, ...] = ()
    order: str = ""
    descending: bool = False
    page: int = 1
    view: View = "tabla"

    def address(self, path: str = "/explorar", **changes: Any) -> str:
        """The address of this selection with some fields changed; what is as usual is left out."""
        one = replace(self, **changes)
        query = [("texto", one.text)] if one.text else []
        query += [(name, value) for name, values in one.chosen.items() for value in values]
        query += [("pregunta", question) for question in one.questions]
        query += [("orden", one.order)] if one.order else []
        query += [("sentido", "desc")] if one.order and one.descending else []
        query += [("vista", one.view)] if one.view != "tabla" else []
        query += [("pagina", str(one.page))] if one.page > 1 else []
        return f"{path}?{urlencode(query)}" if query else path

    def with_value(self, facet: str, value: str, **changes: Any) -> Selection:
        """With one more value of a facet."""
        values = tuple(dict.fromkeys((*self.chosen.get(facet, ()), value)))
        return replace(self, chosen={**self.chosen, facet: values}, page=1, **changes)

    def without_value(self, facet: str, value: str) -> Selection:
        """Without a value of a facet."""
        left = tuple(one for one in self.chosen.get(facet, ()) if one != value)
        others = {name: values for name, values in self.chosen.items() if name != facet}
        return replace(self, chosen={**others, facet: left} if left else others, page=1)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text or self.chosen or self.questions)


def read_selection(query: QueryParams) -> Selection:
    """The selection of an address. What it does not know is left aside: an old link still shows something."""
    chosen: dict[str, tuple[str, ...]] = {}
    for name, value in query.multi_items():
        if name in FACET_NAMES and value.strip():
            chosen[name] = tuple(dict.fromkeys((*chosen.get(name, ()), value[:_LONGEST])))
    page = query.get("pagina", "")
    order = query.get("orden", "")
    return Selection(
        text=query.get("texto", "").strip()[:_LONGEST],
        chosen=chosen,
        questions=tuple(one.strip()[:4000] for one in query.getlist("pregunta") if one.strip())[:20],
        order=order if order in _KEYS else "",
        descending=query.get("sentido") == "desc",
        page=min(int(page), 100_000) if page.isascii() and page.isdigit() and int(page) else 1,
        view="graficas" if query.get("vista") == "graficas" else "tabla",
    )


def select(entries: Sequence[Entry], wanted: Selection, asked: Sequence[str] | None = None) -> list[Entry]:
    """The entries of a selection in its order.

    ``asked`` are the ids of the rows that the selection's questions ask for, in order; None when it has none.
    """
    if asked is not None:
        by_id = {entry.row.row_id: entry for entry in entries}
        entries = [by_id[row_id] for row_id in asked if row_id in by_id]
    found = [entry for entry in _with_words(entries, wanted.text) if _fits(entry, wanted.chosen)]
    return _sorted(found, wanted)


def _with_words(entries: Iterable[Entry], text: str) -> list[Entry]:
    words = fold(text).split()
    return [entry for entry in entries if all(word in entry.text for word in words)]


def _fits(entry: Entry, chosen: Mapping[str, tuple[str, ...]]) -> bool:
    return all(any(value in values for value in entry.values[name]) for name, values in chosen.items())


def _sorted(entries: list[Entry], wanted: Selection) -> list[Entry]:
    if not wanted.order:
        return entries
    key = _KEYS[wanted.order]
    keyed = [(key(entry), entry) for entry in entries]
    having = sorted((pair for pair in keyed if pair[0] is not None), key=lambda p: p[0], reverse=wanted.descending)
    return [entry for _, entry in having] + [entry for value, entry in keyed if value is None]


@dataclass(frozen=True)
class Choice:
    """A value of a facet: how many rows would be there with it, and whether it is chosen."""

    value: str
    count: int
    is_chosen: bool


def choices(entries: Sequence[Entry], wanted: Selection) -> dict[str, list[Choice]]:
    """For each facet its values among the rows that the rest of the selection leaves, the most frequent first."""
    counts: dict[str, Counter[str]] = {facet.name: Counter() for facet in FACETS}
    for entry in _with_words(entries, wanted.text):
        missed = [name for name, values in wanted.chosen.items() if not set(values) & set(entry.values[name])]
        # A row that fits everywhere counts for every facet; one that misses a single facet, for that one alone.
        for name in counts if not missed else missed if len(missed) == 1 else ():
            counts[name].update(entry.values[name])
    found = {}
    for name, counted in counts.items():
        chosen = wanted.chosen.get(name, ())
        values = dict.fromkeys((*chosen, *(value for value, _ in counted.most_common())))
        found[name] = [Choice(value, counted[value], value in chosen) for value in values]
    return found

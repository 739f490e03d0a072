"""The rows of one revision as they are explored: each with what its facets say and the text that is searched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from ingest.fold import fold
from ingest.records import Document, Figure, IndicatorRow
from ingest.snapshot import Snapshot
from ingest.standing import Standing

#: How a target stands to its baseline; the order is that of the chart's legend.
CHANGES: dict[str, str] = {
    "mayor": "Meta mayor que la línea base",
    "igual": "Meta igual a la línea base",
    "menor": "Meta menor que la línea base",
    "desde-cero": "Parte de cero",
    "no-se-comparan": "Sin dos cifras que comparar",
}


@dataclass(frozen=True)
class Entry:
    """A row with its document, the values of its facets, and its text without accents or capitals."""

    row: IndicatorRow
    document: Document
    values: Mapping[str, tuple[str, ...]]
    text: str
    standing_of: Callable[[IndicatorRow], Standing] = field(repr=False, compare=False)

    @cached_property
    def standing(self) -> Standing:
        """How far the row is, over all documents."""
        return self.standing_of(self.row)


@dataclass(frozen=True)
class Facet:
    """Something rows can be narrowed by: its name in addresses, its title, and what a row says of it."""

    name: str
    title: str
    read: Callable[[IndicatorRow, Document], tuple[str, ...]]


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


#: In the order in which the page shows them.
FACETS: tuple[Facet, ...] = (
    Facet("entidad", "Entidad", lambda row, _: _one(row.entity)),
    Facet("periodo", "Periodo", lambda row, _: _one(row.period)),
    Facet("clase", "Clase de fila", lambda row, _: (row.kind,)),
    Facet("dependencia", "Dependencia", lambda row, _: _one(row.dependency)),
    Facet("linea", "Línea estratégica", lambda row, _: _one(row.strategic_line)),
    Facet("componente", "Componente", lambda row, _: _one(row.component)),
    Facet("programa", "Programa", lambda row, _: _one(row.programme)),
    Facet("cambio", "Meta y línea base", lambda row, _: _one(change_of(row))),
    Facet("ods", "ODS", lambda row, _: _one(row.ods)),
    Facet("advertencia", "Advertencias", lambda row, _: tuple(dict.fromkeys(one.code for one in row.warnings))),
    Facet("documento", "Documento", lambda _, document: (document.name,)),
)
FACET_NAMES = frozenset(facet.name for facet in FACETS)


def change_of(row: IndicatorRow) -> str | None:
    """How the row's target stands to its baseline (a key of ``CHANGES``); None for a row without target."""
    if row.target is None:
        return None
    pair = comparable(row)
    if pair is None:
        return "no-se-comparan"
    base, target = pair
    if base == 0 and target > 0:
        return "desde-cero"
    return "mayor" if target > base else "menor" if target < base else "igual"


def comparable(row: IndicatorRow) -> tuple[float, float] | None:
    """(baseline, target) as numbers, when both are known and both or neither are percentages."""
    base, target = row.baseline, row.target
    if base is None or target is None or base.value is None or target.value is None:
        return None
    return (float(base.value), float(target.value)) if _is_percent(base) == _is_percent(target) else None


def _is_percent(figure: Figure) -> bool:
    return figure.unit == "%"


def entries_of(snapshot: Snapshot) -> tuple[Entry, ...]:
    """The entries of a revision, in the order of documents and, within each, of reading."""
    documents = {document.document_id: document for document in snapshot.documents}
    return tuple(
        Entry(
            row,
            document := documents[row.document_id],
            {facet.name: facet.read(row, document) for facet in FACETS},
            fold(" ".join(_texts(row, document))),
            snapshot.standing,
        )
        for row in snapshot.linked.values()
    )


def _texts(row: IndicatorRow, document: Document) -> Sequence[str]:
    steps = (step.value for step in row.path)
    said = (row.indicator, row.metric, row.dependency, row.purpose, row.ods, row.quote, document.title, document.name)
    return [text for text in (*said, *steps, *row.codes.values()) if text]


class Entries:
    """The entries of the current revision; made again when the knowledge base changed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: tuple[int, tuple[Entry, ...]] | None = None

    def of(self, snapshot: Snapshot) -> tuple[Entry, ...]:
        """The entries of a revision."""
        with self._lock:
            if self._kept is None or self._kept[0] != snapshot.revision:
                self._kept = (snapshot.revision, entries_of(snapshot))
            return self._kept[1]

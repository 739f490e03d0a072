"""A row as a card shows it, whether it comes from a citation or from the knowledge base. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.answer import Citation
from assistant.web.bars import Amount, Bar, bars


@dataclass(frozen=True)
class Card:
    """What a row says, as printed. A citation holds what the row said when it was cited."""

    title: str
    source: str
    n: int | None = None
    row_id: str | None = None
    path: tuple[tuple[str, str], ...] = ()
    dependency: str | None = None
    purpose: str | None = None
    baseline: Mapping[str, Any] | None = None
    target: Mapping[str, Any] | None = None
    figure: Mapping[str, Any] | None = None
    metric: str | None = None
    ods: str | None = None
    quote: str | None = None
    warnings: tuple[str, ...] = ()
    has_page: bool = False

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        return bars(_amount("base", "Línea base", self.baseline), _amount("meta", "Meta", self.target))

    @property
    def address(self) -> str | None:
        """The page of the row."""
        return None if self.row_id is None else f"/filas/{self.row_id}"


def _amount(name: str, label: str, figure: Mapping[str, Any] | None) -> Amount | None:
    if figure is None:
        return None
    return Amount(name, label, figure["text"], figure.get("value"), figure.get("unit"))


def card_of_citation(citation: Citation, *, has_page: bool = False) -> Card:
    """The card of a cited row or passage."""
    return Card(
        title=citation.indicator or citation.metric or citation.title or citation.document or "",
        source=source_of(citation),
        n=citation.n,
        row_id=citation.row_id,
        path=tuple((level, value) for level, value in citation.path),
        dependency=citation.dependency,
        purpose=citation.purpose,
        baseline=citation.baseline,
        target=citation.target,
        figure=citation.figure,
        metric=citation.metric if citation.indicator else None,
        ods=citation.ods,
        quote=citation.quote,
        warnings=tuple(citation.warnings),
        has_page=has_page,
    )


def card_of_row(row: Mapping[str, Any], title: str, *, has_page: bool = False) -> Card:
    """The card of a row object (``assistant.render.row_json``); ``title`` is its document's."""
    parts = (title, row["entity"], row["period"], row["place"])
    return Card(
        title=row["indicator"] or row["metric"] or row["quote"],
        source=", ".join(part for part in parts if part),
        row_id=row["row_id"],
        path=tuple((level, value) for level, value in row["path"]),
        dependency=row["dependency"],
        purpose=row["purpose"],
        baseline=row["baseline"],
        target=row["target"],
        figure=row["figure"],
        metric=row["metric"] if row["indicator"] else None,
        ods=row["ods"],
        quote=row["quote"],
        warnings=tuple(notice["message"] for notice in row["warnings"]),
        has_page=has_page,
    )


def source_of(citation: Citation) -> str:
    """Where a citation stands: 'Plan de desarrollo (plan.pdf), Villa Serena, 2024-2027, página 3'."""
    name = citation.title or citation.document or ""
    if citation.document and citation.document != name:
        name = f"{name} ({citation.document})"
    places = (
        ("página", citation.page),
        ("hoja", citation.sheet),
        ("celda", citation.cell),
        ("línea", citation.line),
    )
    said = [f"{word} {value}" for word, value in places if value is not None]
    return ", ".join(part for part in (name, citation.entity, citation.period, *said) if part)

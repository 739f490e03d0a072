"""Answers, rows and documents as a terminal shows them. Pure: a value in, something that rich can print out.

Texts of documents are never taken for rich's markup: they are put into Text objects as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assistant.answer import Answer, Citation
from assistant.export import KINDS
from assistant.render import counted
from assistant.standing_text import percent_text, progress_text

if TYPE_CHECKING:
    from ingest.pipeline import DocumentReport, IngestReport, Status

_SUGGESTIONS_TITLES: dict[str, str] = {
    "answered": "También puede preguntar:",
    "clarify": "Puede preguntar así:",
    "not_found": "Lo más cercano que hay:",
    "refused": "Sí puede preguntar, por ejemplo:",
}


def answer_view(answer: Answer) -> RenderableType:
    """The sentences, then each cited row compactly, then the suggestions."""
    parts: list[RenderableType] = [Text(answer.answer, style="" if answer.status == "answered" else "italic")]
    for citation in answer.citations:
        parts += [Text(""), _citation_view(citation)]
    if answer.suggestions:
        parts += [Text(""), Text(_SUGGESTIONS_TITLES[answer.status], style="dim")]
        parts += [Padding(Text(f"• {suggestion}"), (0, 0, 0, 2)) for suggestion in answer.suggestions]
    return Group(*parts)


def _citation_view(citation: Citation) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", style="bold cyan", no_wrap=True)
    grid.add_column(overflow="fold")
    lines = list(citation_lines(citation))
    grid.add_row(Text(f"[{citation.n}]"), Text("\n").join(lines))
    return grid


def citation_lines(citation: Citation) -> Iterator[Text]:
    """The lines of a cited row: path › indicator, baseline → target, source, document and place."""
    path = [Text(value) for _, value in citation.path if value]
    own = [Text(citation.indicator, style="bold")] if citation.indicator else []
    if path or own:
        yield Text(" › ").join([*path, *own])
    figures = _figures_line(citation)
    if figures is not None:
        yield figures
    elif citation.quote:
        yield Text(f"«{citation.quote}»")
    source = (citation.baseline or {}).get("source")
    if source:
        yield Text(f"Fuente: {source}", style="dim")
    if citation.kind == "filter" and citation.count is not None:
        yield Text(f"{citation.count} filas que cumplen: {_filters(citation.filters or {})}")
    yield Text(" · ".join(_where(citation)), style="dim")


def _figures_line(citation: Citation) -> Text | None:
    baseline, target = _text_of(citation.baseline), _text_of(citation.target)
    figure = _text_of(citation.figure)
    if baseline or target:
        labelled = [("Línea base: ", baseline), ("Meta: ", target)]
        return Text(" → ").join(Text.assemble((label, "dim"), text) for label, text in labelled if text)
    if figure and citation.metric and figure in citation.metric:
        return Text(citation.metric)
    if figure:
        return Text.assemble((f"{citation.metric}: " if citation.metric else "", "dim"), figure)
    return None


def _text_of(figure: Mapping[str, Any] | None) -> str:
    return str(figure.get("text") or "") if figure else ""


def _filters(filters: Mapping[str, str]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in filters.items())


def _where(citation: Citation) -> Iterator[str]:
    yield from (part for part in (citation.title or citation.document, citation.entity, citation.period) if part)
    places = {
        "página": citation.page,
        "hoja": citation.sheet,
        "celda": citation.cell,
        "línea": citation.line,
    }
    yield from (f"{name} {value}" for name, value in places.items() if value is not None)
    if citation.title and citation.document and citation.title != citation.document:
        yield citation.document


def rows_view(rows: Sequence[Mapping[str, Any]], total: int) -> RenderableType:
    """A table of row objects, with target, progress and percentage side by side where any has progress."""
    table = Table(show_lines=True, expand=True)
    standings = [row["standing"] if row["standing"] and row["standing"]["row_ids"] else None for row in rows]
    progress = [("Último avance", 2), ("% de la meta", 2)] if any(standings) else []
    columns = (("Programa o componente", 2), ("Indicador", 3), ("Línea base", 2), ("Meta o cifra", 3), *progress)
    for heading, ratio in (*columns, ("Dónde", 2)):
        table.add_column(heading, ratio=ratio, overflow="fold")
    for row, standing in zip(rows, standings, strict=True):
        reached = progress_text(standing)
        place = ", ".join(part for part in (row["document"], row["place"]) if part)
        where = Text.assemble((KINDS[row["kind"]], "bold"), "\n", place, "\n", (row["dependency"] or "", "dim"))
        table.add_row(
            Text(row["programme"] or row["component"] or ""),
            Text(row["indicator"] or row["metric"] or row["quote"]),
            Text(_text_of(row["baseline"])),
            Text(_text_of((standing or row)["target"]) or ("" if reached else _text_of(row["figure"]))),
            *((Text(reached), Text(percent_text(standing))) if progress else ()),
            where,
        )
    return Group(table, Text(counted(total, "fila", "filas")))


def documents_view(documents: Iterable[Mapping[str, Any]]) -> RenderableType:
    """A table of document objects."""
    table = Table(expand=True)
    for heading in ("Documento", "Entidad", "Periodo", "Clase", "Filas", "Pasajes", "Id"):
        table.add_column(heading, overflow="fold", justify="right" if heading in ("Filas", "Pasajes") else "left")
    for document in documents:
        cells = (
            document["document"],
            document["entity"] or "—",
            document["period"] or "—",
            DOCUMENT_KINDS[document["kind"]],
            str(document["rows"]),
            str(document["passages"]),
            document["document_id"][:12],
        )
        table.add_row(*(Text(cell) for cell in cells))
    return table


#: How each outcome of an ingest is counted, in the order in which they are told.
_OUTCOMES: dict[Status, tuple[str, str]] = {
    "added": ("nuevo", "nuevos"),
    "updated": ("actualizado", "actualizados"),
    "unchanged": ("sin cambios", "sin cambios"),
    "removed": ("retirado", "retirados"),
    "failed": ("no se pudo leer", "no se pudieron leer"),
}
_ALIKE_SHOWN = 5  # of the warnings of one kind about one document


def report_lines(report: IngestReport) -> Iterator[str]:
    """What became of the files: the counts, then of each document what was made of it and what is unsure."""
    outcomes = [
        counted(len(reports), *names) for status, names in _OUTCOMES.items() if (reports := report.with_status(status))
    ]
    read = [one for one in report.documents if one.status in ("added", "updated", "unchanged")]
    yield f"Documentos: {', '.join(outcomes) or 'ninguno'}."
    yield (
        f"En ellos hay {counted(sum(one.rows for one in read), 'fila', 'filas')}, "
        f"{counted(sum(one.passages for one in read), 'pasaje', 'pasajes')} y "
        f"{counted(sum(one.tables for one in read), 'tabla', 'tablas')}."
    )
    for one in report.documents:
        if one.status in ("added", "updated"):
            yield _made_line(one)
            yield from (f"tabla sin filas: {one.document}{_at(table.place)}: {table.why}." for table in one.tables_left)
        yield from _warning_lines(one)


def _made_line(one: DocumentReport) -> str:
    """'plan.pdf: 12 tablas, 40 filas (10 de resultado, 30 de producto), 25 pasajes.'"""
    kinds = ", ".join(f"{count} de {KINDS[kind]}" for kind, count in one.rows_by_kind.items())
    rows = counted(one.rows, "fila", "filas") + (f" ({kinds})" if kinds else "")
    tables = counted(one.tables, "tabla", "tablas")
    return f"{one.document}: {tables}, {rows}, {counted(one.passages, 'pasaje', 'pasajes')}."


def _warning_lines(one: DocumentReport) -> Iterator[str]:
    """One line a warning, the first few of each kind."""
    label = "error" if one.status == "failed" else "aviso"
    shown: Counter[str] = Counter()
    for warning in one.warnings:
        shown[warning.code] += 1
        if shown[warning.code] <= _ALIKE_SHOWN:
            yield f"{label}: {one.document}{_at(warning.place)}: {warning.message}"
        elif shown[warning.code] == _ALIKE_SHOWN + 1:
            more = sum(other.code == warning.code for other in one.warnings) - _ALIKE_SHOWN
            yield f"{label}: {one.document}: y {more} más como {'este' if more == 1 else 'estos'}; véalos con --json."


def _at(place: str | None) -> str:
    return f", {place}" if place else ""


DOCUMENT_KINDS: dict[str, str] = {
    "plan": "plan",
    "progress": "informe",
    "letter": "respuesta",
    "other": "otro",
}

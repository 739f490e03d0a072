"""One row of a table to its record: indicator, figures, money, codes, and the levels it stands under."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.extract.cells import ReadFigure, baseline_of, plain_figure, says_nothing, stated_text, target_of, text_of
from ingest.extract.columns import INDICATOR_ROLES, PROGRESS_ROLES, Column, Header
from ingest.extract.halves import side_of
from ingest.extract.header import cell_text
from ingest.extract.ids import PlaceIds
from ingest.extract.money import budget_of
from ingest.extract.yearly import column_year, row_year, yearly_of
from ingest.figures import compare_target, split_source
from ingest.fold import fold, squeeze, words
from ingest.headings import Context
from ingest.records import DocumentInfo, Figure, IndicatorRow, Notice, Place, RowKind, TableRow
from ingest.wording import load_yaml

_WORDS = re.compile(r"[^\W\d_]{3}.*[^\W\d_]{3}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SISPT = re.compile(r"^I[PR]-\d+", re.IGNORECASE)
_MGA = re.compile(r"^\d{9}$")
_CODES = {"code_sispt": "sispt", "code_mga": "mga", "code_bpin": "bpin", "code": "code"}
#: What 'Acumulativo: sí' says without its column's name.
_YES_OR_NO = {"si": "Acumulativo", "no": "No acumulativo"}
#: A table of more columns than this is quoted without its money by source and without what says nothing of the row.
_WIDE = 20
#: Years of a term of government.
_TERM = 4


@dataclass(frozen=True)
class Draft:
    """A data row with the levels and the header it stands under.

    ``told_apart`` says that its table has columns for a result beside those for its products.
    """

    row: TableRow
    context: Context
    header: Header
    told_apart: bool = False


def indicator_text(row: TableRow, header: Header) -> str:
    """What is measured: the indicator; in a table without such a column the product, or the sentence of the target."""
    if header.has(INDICATOR_ROLES):
        return text_of(row, header, "indicator", "indicator_product", "indicator_result")
    sentences = (cell_text(column.cell(row).text) for column in header.of("product", "target"))
    return next((text for text in sentences if _WORDS.search(text)), "")


def indicator_row(draft: Draft, info: DocumentInfo, ids: PlaceIds) -> IndicatorRow:
    row, header = draft.row, draft.header
    indicator, stray_source = split_source(indicator_text(row, header))
    yearly = yearly_of(row, header, info.period)
    baseline, target = baseline_of(row, header), _target(row, header, info.period)
    warnings = [*baseline.notices, *target.notices, *_below_baseline(baseline, target, row, header)]
    first = baseline.figure
    if stray_source:
        warnings.append(Notice(code="source-in-indicator", message="La fuente está impresa en la celda del indicador."))
        if first is not None and first.source is None:
            first = first.model_copy(update={"source": stray_source})
    reached = _reached(row, header, info.period)
    custom = text_of(row, header, "indicator_custom")
    return plain_row(
        draft,
        _kind(draft, info),
        info,
        ids,
        indicator=indicator,
        unit=stated_text(row, header, "unit"),
        accumulation=_accumulation(row, header),
        baseline=first,
        target=target.figure,
        metric=reached[0] if reached else None,
        figure=reached[1] if reached else None,
        yearly=yearly,
        budget=budget_of(row, header, info.period),
        context=(custom,) if custom and fold(custom) != fold(indicator) else (),
        warnings=tuple(_placed(notice, row.place) for notice in warnings),
    )


def plain_row(draft: Draft, kind: RowKind, info: DocumentInfo, ids: PlaceIds, **more: object) -> IndicatorRow:
    """A row with what every row has: its key, its levels, its codes, its cells."""
    row, header, context = draft.row, draft.header, draft.context
    fields: dict[str, object] = {
        "row_id": ids.next(row.place),
        "document_id": ids.document_id,
        "kind": kind,
        "entity": stated_text(row, header, "entity") or info.entity,
        "period": info.period,
        "path": context.steps,
        "dependency": context.dependency or info.office,
        "purpose": context.purpose,
        "codes": _codes(row, header),
        "ods": _ods(row, header),
        "place": row.place,
        "cells": tuple((column.header, column.cell(row).text) for column in header.columns),
        "quote": _quote(row, header),
    }
    return IndicatorRow.model_validate(fields | more)


def _placed(notice: Notice, place: Place) -> Notice:
    return notice if notice.place else notice.model_copy(update={"place": str(place)})


def _kind(draft: Draft, info: DocumentInfo) -> RowKind:
    """A report's row is one of progress; a plan's is what its header says, its cell, or the section title above.

    A table that tells results from products, with where they start and where they are to end, is the plan's own.
    """
    row, header = draft.row, draft.header
    goal = _kind_of_goal(row, header)
    is_plans_own = bool(header.of("baseline")) and bool(header.of("target")) and (draft.told_apart or goal is not None)
    if (
        not is_plans_own
        and header.has(PROGRESS_ROLES)
        and (info.kind == "progress" or (info.kind != "plan" and not header.of("baseline")))
    ):
        return "progress"
    if header.of("indicator_result"):
        return "result"
    if header.of("indicator_product"):
        return "product"
    named = {side_of(column.header) for column in header.of("target", "baseline", "indicator")} - {None}
    return goal or ("result" if named == {"result"} else draft.context.section or "product")


def _kind_of_goal(row: TableRow, header: Header) -> RowKind | None:
    """What a column such as "Tipo de meta" says each row is."""
    kinds = (_kind_said(column.cell(row).text) for column in header.of("goal_type"))
    return next(filter(None, kinds), None)


def _kind_said(text: str) -> RowKind | None:
    said = set(words(text))
    return next((kind for kind, cues in _goal_kinds().items() if said & cues), None)


@cache
def _goal_kinds() -> dict[RowKind, frozenset[str]]:
    kinds: dict[RowKind, list[str]] = load_yaml("headings.yaml")["goal_kinds"]
    return {kind: frozenset(map(fold, cues)) for kind, cues in kinds.items()}


def _target(row: TableRow, header: Header, period: str | None) -> ReadFigure:
    """The target of the term; where only sentences tell it, that of the term's last year, when it is the only one."""
    target = target_of(row, header)
    told = all(column.wordy for column in header.of("target"))
    if target.figure is not None and target.figure.value is not None and not told:
        return target
    column = _of_the_last_year(header, period)
    figure = plain_figure(column.cell(row), row, header) if column is not None else None
    return ReadFigure(figure) if figure is not None and figure.value is not None else target


def _of_the_last_year(header: Header, period: str | None) -> Column | None:
    """The column of what is expected in the last year of the term, where the years before it are not told one by one.

    Terms of government end in 2015, 2019, 2023, 2027 (Constitution, article 303 and 314; Legislative Act 02 of 2002).
    """
    by_year = {column_year(column, period): column for column in header.of("target_year")}
    ends = [year for year in by_year if year is not None and year % _TERM == _TERM - 1 and year - 1 not in by_year]
    return by_year[ends[0]] if len(ends) == 1 else None


def _accumulation(row: TableRow, header: Header) -> str | None:
    """Whether yearly figures add up, as the cell says; the kind of target where there is no such column."""
    text = text_of(row, header, "accumulation")
    goals = (cell_text(column.cell(row).text) for column in header.of("goal_type"))
    goal = next((text for text in goals if text and not says_nothing(text) and _kind_said(text) is None), None)
    return _YES_OR_NO.get(fold(text), text) or goal


def _below_baseline(baseline: ReadFigure, target: ReadFigure, row: TableRow, header: Header) -> list[Notice]:
    if baseline.figure is None or target.figure is None:
        return []
    wording = f"{target.figure.text} {text_of(row, header, 'goal_type')}"
    notice = compare_target(baseline.figure, target.figure, wording)
    return [] if notice is None else [notice]


def _reached(row: TableRow, header: Header, period: str | None) -> tuple[str, Figure] | None:
    """What was reached in the whole term, under its column's name; a percentage where that is all there is.

    A percentage that names no year is told though it is of one. Of goals told in sentences it is what a report says of
    its year.
    """
    if row_year(row, header) is not None:
        return None
    told = ("progress", "progress_year", "percent", "percent_year")
    for role in told if header.is_told else ("progress", "percent", "percent_year"):
        for column in header.of(role):
            if role == "percent_year" and _YEAR.search(column.header):
                continue
            figure = plain_figure(column.cell(row), row, header)
            if figure is not None:
                if role in ("percent", "percent_year") and figure.value is not None:
                    figure = figure.model_copy(update={"unit": "%"})
                if role in ("progress_year", "percent_year") and (year := column_year(column, period)) is not None:
                    figure = figure.model_copy(update={"period": str(year)})
                return column.header, figure
    return None


def _codes(row: TableRow, header: Header) -> dict[str, str]:
    """Codes by system; a bare 'Consecutivo' or 'Código' is of the system whose form it has."""
    codes: dict[str, str] = {}
    for role, system in _CODES.items():
        for column in header.of(role):
            text = cell_text(column.cell(row).text)
            if text and not says_nothing(text):
                codes.setdefault(_system_of(text) or system if role == "code" else system, text)
    return codes


def _system_of(code: str) -> str | None:
    """The system that a code under a bare 'Código' is of, by its form: SisPT's 'IP-12', the nine digits of the MGA."""
    return "sispt" if _SISPT.match(code) else "mga" if _MGA.match(code) else None


def _ods(row: TableRow, header: Header) -> str | None:
    texts = dict.fromkeys(cell_text(column.cell(row).text) for column in header.of("ods"))
    return " - ".join(text for text in texts if text) or None


def _quote(row: TableRow, header: Header) -> str:
    """The row as printed, without repeated merged cells and without what a wide export holds beside the indicator."""
    left_out = {c.index for c in header.columns if c.name == "ignore" or (c.role and c.role.funding_source)}
    if len(header.columns) <= _WIDE:
        left_out = set()
    cells = [cell for index, cell in enumerate(row.cells) if index not in left_out]
    texts = [cell.text for cell in cells if cell.text.strip()]
    return " | ".join(squeeze(text) if "\n" in text else text for text in texts)

"""Figures stated outside indicator tables: reports on slides, letters.

``Located blocks of one group → GroupText → ToldFigures → what each measures → IndicatorRow``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.extract.ids import PlaceIds
from ingest.extract.statements.group_text import GroupText, join_group
from ingest.extract.statements.measures import Measures
from ingest.extract.statements.rows import told_row
from ingest.extract.statements.told_figures import ToldFigures
from ingest.extract.walk import Located
from ingest.figures import find_figures
from ingest.records import DocumentInfo, IndicatorRow

__all__ = ["statement_rows"]


def statement_rows(
    located: Sequence[Located], info: DocumentInfo, ids: PlaceIds, *, slides: bool = True
) -> Iterator[IndicatorRow]:
    """A row for each figure stated in the text blocks, group by group, in reading order.

    On slides a figure under a programme reports on it; in running text, which tells of much else, only one that its
    label or its indicator says so of. What stands there as the row of a table that was not recognised says nothing.
    """
    text_blocks = (item for item in located if item.block.kind != "table")
    for _, group in groupby(text_blocks, key=lambda item: item.block.group):
        yield from _group_rows(join_group(list(group)), info, ids, slides=slides)


def _group_rows(group: GroupText, info: DocumentInfo, ids: PlaceIds, *, slides: bool) -> Iterator[IndicatorRow]:
    told = ToldFigures(group, tuple(find_figures(group.text)))
    measures = Measures(told)
    for mention in told.mentions:
        if not slides and told.is_row(told.line_of(mention)):
            continue
        measure = measures.of(mention)
        row = told_row(mention, measure, told, info, ids)
        in_prose = not slides and row.kind == "progress" and row.indicator is None and not measure.labelled
        yield row.model_copy(update={"kind": "fact"}) if in_prose else row

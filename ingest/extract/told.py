"""What the columns of a workbook tell of the whole document: its entity, its plan's name, the years of its targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.extract.columns import Header
from ingest.extract.header import cell_text, find_headers
from ingest.fold import fold
from ingest.records import Block, Table
from ingest.wording import load_yaml

#: Fewer years than this are part of a term ("Meta 2025 | Meta 2026").
_TERM_YEARS = 3
#: A column says the same thing in this share of its rows, or it says nothing of the document.
_AGREEMENT = 0.9


@dataclass(frozen=True)
class Told:
    """What columns say; None where none does."""

    entity: str | None = None
    plan: str | None = None
    period: str | None = None


def told_by_columns(blocks: Sequence[Block]) -> Told:
    """Entity, name of the plan and period, as the columns of all tables with a header agree on them."""
    entities: Counter[str] = Counter()
    plans: Counter[str] = Counter()
    years: set[int] = set()
    for table, header in _headed(blocks):
        body = table.rows[header.last + 1 :]
        named = {fold(name) for name in load_yaml("headings.yaml")["plan_name_columns"]}
        for column in header.columns:
            counter = entities if column.name == "entity" else plans if fold(column.header) in named else None
            if counter is not None:
                counter.update(text for row in body if (text := cell_text(column.cell(row).text)))
        of_targets = {column.year for column in header.of("target_year") if column.year is not None}
        if len(of_targets) >= _TERM_YEARS:
            years |= of_targets
    return Told(_agreed(entities), _agreed(plans), f"{min(years)}-{max(years)}" if years else None)


def _headed(blocks: Sequence[Block]) -> Iterator[tuple[Table, Header]]:
    for block in blocks:
        if block.table is not None:
            for header in find_headers(block.table.rows):
                yield block.table, header


def _agreed(counter: Counter[str]) -> str | None:
    if not counter:
        return None
    text, times = counter.most_common(1)[0]
    return text if times >= _AGREEMENT * counter.total() else None

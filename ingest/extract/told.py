"""What the columns of tables tell of the whole document: entity, name of the plan, years of its targets, kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.extract.columns import PROGRESS_ROLES, Header
from ingest.extract.given import headers_of
from ingest.extract.header import cell_text
from ingest.fold import fold
from ingest.records import Block, DocumentKind, Table
from ingest.wording import load_yaml

#: Fewer years than this are part of a term ("Meta 2025 | Meta 2026").
_TERM_YEARS = 3
#: Years of a term of government; the first can be divided by it.
_TERM = 4
#: A column says the same thing in this share of its rows, or it says nothing of the document.
_AGREEMENT = 0.9


@dataclass(frozen=True)
class Told:
    """What columns say; None where none does."""

    entity: str | None = None
    plan: str | None = None
    period: str | None = None
    kind: DocumentKind | None = None


def told_by_columns(blocks: Sequence[Block]) -> Told:
    """Entity, name of the plan and period, as the columns below the first header of each table agree on them."""
    entities: Counter[str] = Counter()
    plans: Counter[str] = Counter()
    years: set[int] = set()
    kinds: set[DocumentKind] = set()
    for table, header in _headed(blocks):
        body = table.rows[header.last + 1 :]
        for column in header.columns:
            counter = entities if column.name == "entity" else plans if fold(column.header) in _plan_names() else None
            if counter is not None:
                counter.update(text for row in body if (text := cell_text(column.cell(row).text)))
        if header.is_of_indicators:
            kinds.add("progress" if header.has(PROGRESS_ROLES) else "plan")
        of_targets = {column.year for column in header.of("target_year") if column.year is not None}
        if len(of_targets) >= _TERM_YEARS:
            years |= of_targets
    return Told(_agreed(entities), _agreed(plans), _period(years), _kind(kinds))


def _period(years: set[int]) -> str | None:
    """The years of targets; the whole term of government of which a report has come to the first ones.

    Terms end in 2019, 2023, 2027 (Constitution, articles 303 and 314; Legislative Act 02 of 2002).
    """
    if not years:
        return None
    first, last = min(years), max(years)
    return f"{first}-{first + _TERM - 1 if first % _TERM == 0 and last < first + _TERM else last}"


@cache
def _plan_names() -> frozenset[str]:
    return frozenset(fold(name) for name in load_yaml("headings.yaml")["plan_name_columns"])


def _kind(kinds: set[DocumentKind]) -> DocumentKind | None:
    """What a document of nothing but tables is: a report when any of them tells of progress."""
    return "progress" if "progress" in kinds else next(iter(kinds), None)


def _headed(blocks: Sequence[Block]) -> Iterator[tuple[Table, Header]]:
    for block in blocks:
        if block.table is not None:
            header = next(headers_of(block.table), None)
            if header is not None:
                yield block.table, header


def _agreed(counter: Counter[str]) -> str | None:
    if not counter:
        return None
    text, times = counter.most_common(1)[0]
    return text if times >= _AGREEMENT * counter.total() else None

"""Slides that open a component and print how much it has: "PROGRAMAS / PRODUCTOS" over "06 / 45"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from ingest.extract.ids import PlaceIds
from ingest.figures import parse_number
from ingest.fold import fold, squeeze
from ingest.records import Block, DocumentInfo, Figure, IndicatorRow, LevelRole, PathStep
from ingest.wording import load_yaml

_LONGEST = 120
_FEWEST = 2


def divider_rows(blocks: Sequence[Block], info: DocumentInfo, ids: PlaceIds) -> Iterator[IndicatorRow]:
    """A row for each count that such a slide prints, under the levels that it names."""
    for _, group in groupby(blocks, key=lambda block: block.group):
        slide = [block for block in group if squeeze(block.text) and block.table is None]
        yield from _rows_of(_after_labels(slide), info, ids)


def _after_labels(slide: Sequence[Block]) -> list[Block]:
    """The blocks of a slide from its first name of a level or of what is counted on, while they are short."""
    start = next((at for at, block in enumerate(slide) if _is_level(block) or _is_counted(block)), len(slide))
    return [block for block in slide[start:] if len(block.text) <= _LONGEST]


def _rows_of(slide: Sequence[Block], info: DocumentInfo, ids: PlaceIds) -> Iterator[IndicatorRow]:
    """As many labels as values, in the same order: names under the levels, numbers under what is counted."""
    labels = [block for block in slide if _is_level(block) or _is_counted(block)]
    values = [block for block in slide if block not in labels]
    counted = [block for block in labels if _is_counted(block)]
    if not counted or len(labels) < _FEWEST or len(labels) != len(values) or labels[-len(counted) :] != counted:
        return
    numbers = values[-len(counted) :]
    if not all(squeeze(block.text).isdigit() for block in numbers):
        return
    levels = labels[: -len(counted)]
    path = tuple(
        PathStep(level=squeeze(label.text).strip(" *"), value=squeeze(value.text), role=_levels()[_name(label)])
        for label, value in zip(levels, values, strict=False)
    )
    for label, value in zip(counted, numbers, strict=True):
        text = squeeze(value.text)
        yield IndicatorRow(
            row_id=ids.next(value.place),
            document_id=ids.document_id,
            kind="fact",
            entity=info.entity,
            period=info.period,
            dependency=info.office,
            path=path,
            metric=squeeze(label.text).strip(" *"),
            figure=Figure(text=text, value=parse_number(text)),
            place=value.place,
            quote=f"{squeeze(label.text).strip(' *')}: {text}",
        )


def _name(block: Block) -> str:
    return fold(squeeze(block.text)).strip(" *:")


def _is_level(block: Block) -> bool:
    return _name(block) in _levels()


def _is_counted(block: Block) -> bool:
    return _name(block) in _counted()


@cache
def _levels() -> dict[str, LevelRole]:
    levels: dict[LevelRole, list[str]] = load_yaml("headings.yaml")["levels"]
    return {fold(variant): role for role, variants in levels.items() for variant in variants}


@cache
def _counted() -> frozenset[str]:
    return frozenset(fold(noun) for noun in load_yaml("headings.yaml")["counted"])

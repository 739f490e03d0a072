"""Slides that open a component and print how much it has: "PROGRAMAS / PRODUCTOS" over "06 / 45"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from ingest.extract.walk import Located
from ingest.fold import fold, squeeze
from ingest.records import Block, Place
from ingest.wording import load_yaml

_LONGEST = 120
_FEWEST = 2


def with_counts(located: Sequence[Located], blocks: Sequence[Block]) -> list[Located]:
    """The located blocks, each number of such a slide with what it counts before it; they are no rows of a plan."""
    counts: dict[Place, str] = {}
    for _, group in groupby(blocks, key=lambda block: block.group):
        slide = [block for block in group if squeeze(block.text) and block.table is None]
        counts |= _counts_of(_after_labels(slide))
    return [
        replace(item, block=item.block.model_copy(update={"text": f"{label} {item.block.text.strip()}"}))
        if (label := counts.get(item.block.place)) is not None
        else item
        for item in located
    ]


def _after_labels(slide: Sequence[Block]) -> list[Block]:
    """The blocks of a slide from its first name of a level or of what is counted on, while they are short."""
    start = next((at for at, block in enumerate(slide) if _is_level(block) or _is_counted(block)), len(slide))
    return [block for block in slide[start:] if len(block.text) <= _LONGEST]


def _counts_of(slide: Sequence[Block]) -> dict[Place, str]:
    """What each number counts: as many labels as values, in the same order, what is counted last."""
    labels = [block for block in slide if _is_level(block) or _is_counted(block)]
    values = [block for block in slide if block not in labels]
    counted = [block for block in labels if _is_counted(block)]
    if not counted or len(labels) < _FEWEST or len(labels) != len(values) or labels[-len(counted) :] != counted:
        return {}
    numbers = values[-len(counted) :]
    if not all(squeeze(block.text).isdigit() for block in numbers):
        return {}
    return {value.place: squeeze(label.text).strip(" *") for label, value in zip(counted, numbers, strict=True)}


def _name(block: Block) -> str:
    return fold(squeeze(block.text)).strip(" *:")


def _is_level(block: Block) -> bool:
    return _name(block) in _levels()


def _is_counted(block: Block) -> bool:
    return _name(block) in _counted()


@cache
def _levels() -> frozenset[str]:
    levels: dict[str, list[str]] = load_yaml("headings.yaml")["levels"]
    return frozenset(fold(variant) for variants in levels.values() for variant in variants)


@cache
def _counted() -> frozenset[str]:
    return frozenset(fold(noun) for noun in load_yaml("headings.yaml")["counted"])

"""What a paragraph style of a Word document says: heading level, list level, numbering, bold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ingest.readers.docx_text import is_bold
from ingest.readers.docx_xml import W, value_of

_HEADING = re.compile(r"(?:heading|t[ií]tulo|encabezado) ?([1-9])", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list (?:bullet|number)(?: ([1-5]))?", re.IGNORECASE)
_TITLES = frozenset({"title", "título", "titulo"})
_BODY_OUTLINE = 9


@dataclass(frozen=True)
class Style:
    """What a paragraph style says, its ancestors included; ``number`` is a list and a level of it, 0 the outermost."""

    level: int | None = None
    item_level: int | None = None
    bold: bool = False
    number: tuple[str, int | None] | None = None


def resolve_style(styles: dict[str, Any], identifier: str | None) -> Style:
    """What a style says: the nearest of it and its ancestors that says something about each thing."""
    level = item = bold = number = None
    seen: set[str] = set()
    while identifier is not None and identifier in styles and identifier not in seen:
        seen.add(identifier)
        style = styles[identifier]
        properties = style.find(f"{W}pPr")
        name = value_of(style.find(f"{W}name")) or ""
        level = level if level is not None else _style_level(name, properties)
        item = item if item is not None else _style_item(name, properties)
        number = number or list_of(properties)
        bold = bold if bold is not None else is_bold(style.find(f"{W}rPr"))
        identifier = value_of(style.find(f"{W}basedOn"))
    return Style(level or None, item or None, bool(bold), number)


def _style_level(name: str, properties: Any) -> int | None:
    if match := _HEADING.fullmatch(name):
        return int(match[1])
    return 1 if name.lower() in _TITLES else outline_level(properties)


def _style_item(name: str, properties: Any) -> int | None:
    if match := _LIST_STYLE.fullmatch(name):
        return int(match[1] or 1)
    return item_level(properties, None)


def outline_level(properties: Any) -> int | None:
    """1 to 9; 0 for body text said so, None when nothing is said."""
    outline = None if properties is None else value_of(properties.find(f"{W}outlineLvl"))
    if outline is None or not outline.isdigit():
        return None
    return 0 if int(outline) >= _BODY_OUTLINE else int(outline) + 1


def item_level(properties: Any, inherited: int | None) -> int | None:
    """The level of a list, 1 is the outermost; number 0 takes a paragraph out of its style's list."""
    numbering = None if properties is None else properties.find(f"{W}numPr")
    if numbering is None:
        return inherited
    if value_of(numbering.find(f"{W}numId")) == "0":
        return 0
    level = value_of(numbering.find(f"{W}ilvl")) or "0"
    return int(level) + 1 if level.isdigit() else 1


def list_of(properties: Any) -> tuple[str, int | None] | None:
    """The list that paragraph properties name, and the level when they say one; list '0' is none."""
    numbering = None if properties is None else properties.find(f"{W}numPr")
    if numbering is None or (number := value_of(numbering.find(f"{W}numId"))) is None:
        return None
    level = value_of(numbering.find(f"{W}ilvl"))
    return number, int(level) if level is not None and level.isdigit() else None

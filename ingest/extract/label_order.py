"""The labels of a slide before what they are labels of.

In slides copied out as text a label may stand after its content; a slide has one programme and one indicator, so a
label on it holds for the whole slide.
"""

from __future__ import annotations

from ingest.extract.label_parts import ContentPart, LabelPart, Part
from ingest.extract.titles import is_title


def labels_first(parts: list[Part]) -> list[Part]:
    """A slide's last label, moved before the content it comes after.

    A programme label that nothing follows is the slide's programme. An indicator label that content stands before is
    that content's indicator, back to the programme label before it; tables name their own indicators.
    """
    parts = _trailing_programme_first(parts)
    indicators = [i for i, part in enumerate(parts) if _is_label(part, "indicator")]
    if len(indicators) != 1:
        return parts
    at = indicators[0]
    start = max((i + 1 for i in range(at) if _is_label(parts[i], "programme")), default=0)
    between = parts[start:at]
    content = [i for i, part in enumerate(between) if _is_content(part) and not _is_title_part(part)]
    if not content or any(_is_table(part) for part in parts):
        return parts
    first = start + content[0]
    return [*parts[:first], parts[at], *parts[first:at], *parts[at + 1 :]]


def _trailing_programme_first(parts: list[Part]) -> list[Part]:
    programmes = [i for i, part in enumerate(parts) if _is_label(part, "programme")]
    if len(programmes) != 1 or any(_is_content(part) for part in parts[programmes[0] + 1 :]):
        return parts
    at = programmes[0]
    # Levels above it come first, so that entering the programme does not lose them and entering them does not lose it.
    outer = max((i + 1 for i in range(at) if _is_outer_level(parts[i])), default=0)
    if any(_is_table(part) for part in parts[:outer]):
        return parts
    return [*parts[:outer], parts[at], *parts[outer:at], *parts[at + 1 :]]


def _is_label(part: Part, role: str) -> bool:
    return isinstance(part, LabelPart) and part.label.role == role


def _is_outer_level(part: Part) -> bool:
    return isinstance(part, LabelPart) and part.label.role in ("strategic_line", "component", "sector", "dependency")


def _is_content(part: Part) -> bool:
    return isinstance(part, ContentPart)


def _is_title_part(part: Part) -> bool:
    return isinstance(part, ContentPart) and is_title(part.block)


def _is_table(part: Part) -> bool:
    return isinstance(part, ContentPart) and part.block.kind == "table"

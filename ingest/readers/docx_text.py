"""The words of a Word paragraph, as Word prints them: runs, breaks, what is hidden or bold, text boxes apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.readers.docx_xml import OFF, UNREAD, WRAPPERS, W, value_of

_CHARACTERS = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}


@dataclass(frozen=True)
class Runs:
    """The words of a paragraph: its text, whether all of it is bold, breaks to a new page before and after words."""

    text: str
    bold: bool
    breaks_before: int
    breaks_after: int


def paragraph_runs(paragraph: Any, *, bold: bool = False, strong: frozenset[str] = frozenset()) -> Runs:
    """The words of a paragraph, tabs kept, white space at its ends stripped.

    ``bold`` is what its style says of a run that says nothing; ``strong`` are the character styles that are bold.
    """
    pieces: list[str] = []
    bolds: list[bool] = []
    before = after = 0
    for run, piece in _pieces(paragraph):
        if piece is None:
            before, after = (before, after + 1) if "".join(pieces).strip() else (before + 1, after)
            continue
        pieces.append(piece)
        if piece.strip():
            own = is_bold(run.find(f"{W}rPr"))
            bolds.append((bold or _run_style(run) in strong) if own is None else own)
    text = "\n".join(line.strip(" \xa0") for line in "".join(pieces).split("\n")).strip()
    return Runs(text, bool(bolds) and all(bolds), before, after)


def _pieces(element: Any, run: Any = None) -> Iterator[tuple[Any, str | None]]:
    """(run, text) of a paragraph in order; None for a break to a new page. Text boxes are not part of it."""
    for child in element.iterchildren():
        tag = child.tag
        if tag in UNREAD or tag == f"{W}txbxContent":
            continue
        if tag == f"{W}t":
            yield run, child.text or ""
        elif tag in _CHARACTERS:
            yield run, _CHARACTERS[tag]
        elif is_page_break(child):
            yield run, None
        elif tag == f"{W}br":
            yield run, "\n"
        elif tag == f"{W}r":
            if not is_hidden(child):
                yield from _pieces(child, child)
        elif tag in WRAPPERS:
            yield from _pieces(child, run)


def is_page_break(element: Any) -> bool:
    if element.tag == f"{W}lastRenderedPageBreak":
        return True
    return bool(element.tag == f"{W}br" and element.get(f"{W}type") == "page")


def is_bold(properties: Any) -> bool | None:
    mark = None if properties is None else properties.find(f"{W}b")
    return None if mark is None else (mark.get(f"{W}val") or "1").lower() not in OFF


def _run_style(run: Any) -> str | None:
    properties = run.find(f"{W}rPr")
    return None if properties is None else value_of(properties.find(f"{W}rStyle"))


def is_hidden(run: Any) -> bool:
    """Whether a run is set as hidden text, which Word neither shows nor prints."""
    properties = run.find(f"{W}rPr")
    mark = None if properties is None else properties.find(f"{W}vanish")
    return mark is not None and (value_of(mark) or "1").lower() not in OFF


def text_boxes(paragraph: Any) -> Iterator[Any]:
    """The outermost text boxes anchored in a paragraph, each once."""
    for child in paragraph.iterchildren():
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag not in UNREAD:
            yield from text_boxes(child)

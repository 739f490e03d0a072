"""Word documents (.docx): paragraphs and tables in the order of the body.

A Word file does not say where its lines or pages are, so places are running numbers: 'P12' is the twelfth paragraph
with words, 'T1R3' the third row of the first table, 'N2' the second note. They are unique within the file.
Tracked changes are read as if all were accepted.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ingest.errors import InputError
from ingest.readers.content import ReadContent
from ingest.readers.package import check_package
from ingest.records import Block, BlockKind, Cell, Notice, Place, Table, TableRow

_WHAT = "un documento de Word (.docx)"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_NOTES = (f"{_RELATION}footnotes", f"{_RELATION}endnotes")
_FURNITURE = (f"{_RELATION}header", f"{_RELATION}footer")

_HEADING = re.compile(r"(?:heading|t[ií]tulo|encabezado) ?([1-9])", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list (?:bullet|number)(?: ([1-5]))?", re.IGNORECASE)
_TITLES = frozenset({"title", "título", "titulo"})
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_BODY_OUTLINE = 9
_OFF = frozenset({"0", "false", "off", "none"})

#: What stands in the place of its content, and what holds nothing to be read: removed text, field codes, the older
#: twin of a drawing.
_WRAPPERS = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "hyperlink", "fldSimple")
) | {f"{_MC}AlternateContent", f"{_MC}Choice"}
_UNREAD = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr")) | {
    f"{_MC}Fallback"
}
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": ""}


@dataclass(frozen=True)
class Style:
    """What a paragraph style says, its ancestors included."""

    level: int | None = None
    item_level: int | None = None
    bold: bool = False


@dataclass
class Counters:
    """The running numbers of a document while it is read."""

    group: int = 0
    paragraphs: int = 0
    tables: int = 0


@dataclass(frozen=True)
class Runs:
    """The words of a paragraph: its text, whether all of it is bold, breaks to a new page before and after words."""

    text: str
    bold: bool
    breaks_before: int
    breaks_after: int


def read(path: Path) -> ReadContent:
    """Read a Word document; raises ``InputError`` when it is encrypted, broken, unpacks to too much or has no words."""
    check_package(path, _WHAT)
    package = _load(path)
    reading = _Reading(package.styles)
    blocks = [*reading.blocks(package.body), *_note_blocks(package.notes, reading)]
    if not blocks:
        raise InputError("El documento no tiene texto: puede que solo traiga imágenes.")
    return ReadContent(blocks=tuple(blocks), pages=None, notices=tuple(_doubts(package)))


@dataclass(frozen=True)
class _Package:
    """The elements of the body, of each style by its id, of the notes, and of the page headers and footers."""

    body: Any
    styles: dict[str, Any]
    notes: tuple[Any, ...]
    furniture: tuple[Any, ...]


def _load(path: Path) -> _Package:
    import docx
    from docx.oxml.parser import parse_xml

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            document = docx.Document(str(path))
            body = document.element.body
            styles = {style.get(f"{_W}styleId"): style for style in document.styles.element.iterchildren(f"{_W}style")}
            relations = [rel for rel in document.part.rels.values() if not rel.is_external]
            notes, furniture = (
                tuple(parse_xml(rel.target_part.blob) for rel in relations if rel.reltype in types)
                for types in (_NOTES, _FURNITURE)
            )
        except MemoryError:
            raise
        except Exception as error:  # the library raises whatever a broken part makes it stumble over
            raise InputError(f"El archivo está dañado o incompleto, o no es {_WHAT}.") from error
    if body is None:
        raise InputError(f"El archivo está dañado o incompleto, o no es {_WHAT}.")
    return _Package(body, styles, notes, furniture)


@dataclass
class _Reading:
    """One walk over the body; the counters go with it."""

    styles: dict[str, Any]
    count: Counters = field(default_factory=Counters)

    def blocks(self, container: Any) -> Iterator[Block]:
        """The blocks of a body, a text box or a framed cell, in order."""
        for element in container.iterchildren():
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield from self._table(element)
            elif element.tag in _WRAPPERS:
                yield from self.blocks(element)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        """A paragraph, then what stands in its text boxes; page and section breaks begin a new group."""
        runs = paragraph_runs(paragraph, bold=self._style(paragraph).bold, strong=self._strong)
        self.count.group += runs.breaks_before + (_property(paragraph, "pageBreakBefore") is not None)
        if runs.text:
            yield self._block(paragraph, runs)
        for box in _text_boxes(paragraph):
            yield from self.blocks(box)
        self.count.group += runs.breaks_after + (_property(paragraph, "sectPr") is not None)

    def _block(self, paragraph: Any, runs: Runs) -> Block:
        self.count.paragraphs += 1
        style = self._style(paragraph)
        properties = paragraph.find(f"{_W}pPr")
        own = _outline_level(properties)
        level = (style.level if own is None else own) or None
        item = _item_level(properties, style.item_level) or None
        kind: BlockKind = "heading" if level else "item" if item else "paragraph"
        place = Place(cell=f"P{self.count.paragraphs}")
        return Block(
            kind=kind, text=runs.text, level=level or item, emphasis=runs.bold, group=self.count.group, place=place
        )

    def _table(self, table: Any) -> Iterator[Block]:
        """A table, then the tables and text boxes inside its cells; a frame of one cell is what it frames."""
        cells = [cell for row in _rows(table) for cell in _cells(row)]
        if len(cells) == 1:
            yield from self.blocks(cells[0])
            return
        self.count.tables += 1
        number = self.count.tables
        rows = table_rows(table, number)
        if any(text for row in rows for text in row.texts):
            place = Place(cell=f"T{number}")
            yield Block(kind="table", table=Table(rows=rows), group=self.count.group, place=place)
        for cell in cells:
            for inner in _children(cell, "tbl"):
                yield from self._table(inner)
            for paragraph in _children(cell, "p"):
                for box in _text_boxes(paragraph):
                    yield from self.blocks(box)
        self.count.group += sum(_is_page_break(mark) for mark in table.iter(f"{_W}br", f"{_W}lastRenderedPageBreak"))

    def _style(self, paragraph: Any) -> Style:
        name = _property(paragraph, "pStyle")
        identifier = self._default if name is None else name.get(f"{_W}val")
        return self._known(identifier)

    @cached_property
    def _default(self) -> str | None:
        return next(
            (
                key
                for key, style in self.styles.items()
                if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true")
            ),
            None,
        )

    def _known(self, identifier: str | None) -> Style:
        if identifier not in self._resolved:
            self._resolved[identifier] = resolve_style(self.styles, identifier)
        return self._resolved[identifier]

    @cached_property
    def _strong(self) -> frozenset[str]:
        """Character styles that are bold."""
        found = (key for key, style in self.styles.items() if style.get(f"{_W}type") == "character")
        return frozenset(key for key in found if resolve_style(self.styles, key).bold)

    @cached_property
    def _resolved(self) -> dict[str | None, Style]:
        return {}


def resolve_style(styles: dict[str, Any], identifier: str | None) -> Style:
    """What a style says: the nearest of it and its ancestors that says something about each thing."""
    level = item = bold = None
    seen: set[str] = set()
    while identifier is not None and identifier in styles and identifier not in seen:
        seen.add(identifier)
        style = styles[identifier]
        properties = style.find(f"{_W}pPr")
        name = _value(style.find(f"{_W}name")) or ""
        level = level if level is not None else _style_level(name, properties)
        item = item if item is not None else _style_item(name, properties)
        bold = bold if bold is not None else _is_bold(style.find(f"{_W}rPr"))
        identifier = _value(style.find(f"{_W}basedOn"))
    return Style(level or None, item or None, bool(bold))


def _style_level(name: str, properties: Any) -> int | None:
    if match := _HEADING.fullmatch(name):
        return int(match[1])
    return 1 if name.lower() in _TITLES else _outline_level(properties)


def _style_item(name: str, properties: Any) -> int | None:
    if match := _LIST_STYLE.fullmatch(name):
        return int(match[1] or 1)
    return _item_level(properties, None)


def _outline_level(properties: Any) -> int | None:
    """1 to 9; 0 for body text said so, None when nothing is said."""
    outline = None if properties is None else _value(properties.find(f"{_W}outlineLvl"))
    if outline is None or not outline.isdigit():
        return None
    return 0 if int(outline) >= _BODY_OUTLINE else int(outline) + 1


def _item_level(properties: Any, inherited: int | None) -> int | None:
    """The level of a list, 1 is the outermost; number 0 takes a paragraph out of its style's list."""
    numbering = None if properties is None else properties.find(f"{_W}numPr")
    if numbering is None:
        return inherited
    if _value(numbering.find(f"{_W}numId")) == "0":
        return 0
    level = _value(numbering.find(f"{_W}ilvl")) or "0"
    return int(level) + 1 if level.isdigit() else 1


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
            own = _is_bold(run.find(f"{_W}rPr"))
            bolds.append((bold or _run_style(run) in strong) if own is None else own)
    text = "\n".join(line.strip(" \xa0") for line in "".join(pieces).split("\n")).strip()
    return Runs(text, bool(bolds) and all(bolds), before, after)


def _pieces(element: Any, run: Any = None) -> Iterator[tuple[Any, str | None]]:
    """(run, text) of a paragraph in order; None for a break to a new page. Text boxes are not part of it."""
    for child in element.iterchildren():
        tag = child.tag
        if tag in _UNREAD or tag == f"{_W}txbxContent":
            continue
        if tag == f"{_W}t":
            yield run, child.text or ""
        elif tag in _CHARACTERS:
            yield run, _CHARACTERS[tag]
        elif _is_page_break(child):
            yield run, None
        elif tag == f"{_W}br":
            yield run, "\n"
        elif tag == f"{_W}r":
            if not _is_hidden(child):
                yield from _pieces(child, child)
        elif tag in _WRAPPERS:
            yield from _pieces(child, run)


def _is_page_break(element: Any) -> bool:
    if element.tag == f"{_W}lastRenderedPageBreak":
        return True
    return bool(element.tag == f"{_W}br" and element.get(f"{_W}type") == "page")


def _is_bold(properties: Any) -> bool | None:
    mark = None if properties is None else properties.find(f"{_W}b")
    return None if mark is None else (mark.get(f"{_W}val") or "1").lower() not in _OFF


def _run_style(run: Any) -> str | None:
    properties = run.find(f"{_W}rPr")
    return None if properties is None else _value(properties.find(f"{_W}rStyle"))


def _is_hidden(run: Any) -> bool:
    """Whether a run is set as hidden text, which Word neither shows nor prints."""
    properties = run.find(f"{_W}rPr")
    mark = None if properties is None else properties.find(f"{_W}vanish")
    return mark is not None and (_value(mark) or "1").lower() not in _OFF


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    """The outermost text boxes anchored in a paragraph, each once."""
    for child in paragraph.iterchildren():
        if child.tag == f"{_W}txbxContent":
            yield child
        elif child.tag not in _UNREAD:
            yield from _text_boxes(child)


def table_rows(table: Any, number: int) -> tuple[TableRow, ...]:
    """Rows of equal length; the text of a merged cell is repeated in all the places it takes."""
    rows: list[list[Cell]] = []
    for row in _rows(table):
        above = rows[-1] if rows else []
        cells = [Cell()] * _count(row.find(f"{_W}trPr"), "gridBefore", default=0)
        for cell in _cells(row):
            cells += _grid_cells(cell, cells, above)
        cells += [Cell()] * _count(row.find(f"{_W}trPr"), "gridAfter", default=0)
        rows.append(cells)
    width = max((len(cells) for cells in rows), default=0)
    return tuple(
        TableRow(cells=(*cells, *[Cell()] * (width - len(cells))), place=Place(cell=f"T{number}R{index}"))
        for index, cells in enumerate(rows, start=1)
    )


def _grid_cells(cell: Any, left: list[Cell], above: list[Cell]) -> list[Cell]:
    """One cell in all the columns it takes; going on from above or from the left it repeats the text there."""
    properties = cell.find(f"{_W}tcPr")
    span = _count(properties, "gridSpan", default=1)
    at = len(left)
    if _goes_on(properties, "vMerge") and at < len(above):
        return [Cell(text=above[at].text, merged=True)] * span
    if _goes_on(properties, "hMerge") and left:
        return [Cell(text=left[-1].text, merged=True)] * span
    text = cell_text(cell)
    return [Cell(text=text), *[Cell(text=text, merged=True)] * (span - 1)]


def _goes_on(properties: Any, name: str) -> bool:
    mark = None if properties is None else properties.find(f"{_W}{name}")
    return mark is not None and mark.get(f"{_W}val", "continue") == "continue"


def cell_text(cell: Any) -> str:
    """The paragraphs of a cell, one per line; tables inside it are blocks of their own."""
    texts = (paragraph_runs(paragraph).text for paragraph in _children(cell, "p"))
    return "\n".join(text for text in texts if text)


def _rows(table: Any) -> Iterator[Any]:
    for row in _children(table, "tr"):
        properties = row.find(f"{_W}trPr")
        if properties is None or properties.find(f"{_W}del") is None:
            yield row


def _cells(row: Any) -> Iterator[Any]:
    return _children(row, "tc")


def _children(element: Any, name: str) -> Iterator[Any]:
    """Children of a kind, those inside content controls too."""
    for child in element.iterchildren():
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, name)


#: More columns than Word allows; a larger number in a file is a mistake or an attack.
_MOST_COLUMNS = 64


def _count(properties: Any, name: str, *, default: int) -> int:
    value = None if properties is None else _value(properties.find(f"{_W}{name}"))
    return min(int(value), _MOST_COLUMNS) if value is not None and value.isdigit() else default


def _property(paragraph: Any, name: str) -> Any:
    """A property of a paragraph; None when it is absent or switched off."""
    properties = paragraph.find(f"{_W}pPr")
    found = None if properties is None else properties.find(f"{_W}{name}")
    return None if found is None or (_value(found) or "1").lower() in _OFF else found


def _value(element: Any) -> str | None:
    value: str | None = None if element is None else element.get(f"{_W}val")
    return value


def _note_blocks(parts: tuple[Any, ...], reading: _Reading) -> Iterator[Block]:
    """Footnotes and endnotes after the body, in a group of their own: they hold sources and definitions."""
    number = 0
    for note in (note for part in parts for note in part.iterchildren(f"{_W}footnote", f"{_W}endnote")):
        text = cell_text(note)
        if note.get(f"{_W}type") in (None, "normal") and text:
            number += 1
            yield Block(kind="paragraph", text=text, group=reading.count.group + 1, place=Place(cell=f"N{number}"))


def _doubts(package: _Package) -> Iterator[Notice]:
    """What of a document is not read, or read in one of two ways."""
    body = package.body
    if next(body.iter(f"{_W}del", f"{_W}ins", f"{_W}moveFrom"), None) is not None:
        message = "El documento tiene cambios sin aceptar; se leyó como si todos se aceptaran."
        yield Notice(code="tracked-changes", message=message)
    if any(_is_hidden(run) and run.findtext(f"{_W}t") for run in body.iter(f"{_W}r")):
        yield Notice(code="hidden-text", message="El documento tiene texto oculto, que no se leyó.")
    if any((text.text or "").strip() for part in package.furniture for text in part.iter(f"{_W}t")):
        message = "Los encabezados y pies de página del documento no se leyeron."
        yield Notice(code="page-headers-not-read", message=message)
    if next(body.iter(_PICTURE), None) is not None:
        message = "El documento tiene imágenes; el texto que haya en ellas no se leyó."
        yield Notice(code="pictures-not-read", message=message)

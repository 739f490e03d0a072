"""Word documents (.docx): paragraphs and tables in the order of the body.

A Word file does not say where its lines or pages are, so places are running numbers: 'P12' is the twelfth paragraph
with words, 'T1R3' the third row of the first table, 'N2' the second note, 'E1'
the first page header. They are unique within the file.
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
from ingest.readers.docx_numbers import Numbering, read_numbering
from ingest.readers.docx_styles import Style, item_level, list_of, outline_level, resolve_style
from ingest.readers.docx_tables import cell_text, cells_in, rows_in, table_rows
from ingest.readers.docx_text import Runs, is_hidden, is_page_break, paragraph_runs, text_boxes
from ingest.readers.docx_xml import WRAPPERS, W, children, property_of
from ingest.readers.package import check_package
from ingest.records import Block, BlockKind, Notice, Place, Table

_WHAT = "un documento de Word (.docx)"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_NOTES = (f"{_RELATION}footnotes", f"{_RELATION}endnotes")
_NUMBERING = f"{_RELATION}numbering"
_HEADER, _FOOTER = f"{_RELATION}header", f"{_RELATION}footer"

_SAYS_SOMETHING = re.compile(r"[^\W\d_]{4}")
_YEARS = re.compile(r"\b20\d\d\b")
_NUMBER = re.compile(r"\d")
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"


@dataclass
class Counters:
    """The running numbers of a document while it is read."""

    group: int = 0
    paragraphs: int = 0
    tables: int = 0


def read(path: Path) -> ReadContent:
    """Read a Word document; raises ``InputError`` when it is encrypted, broken, unpacks to too much or has no words."""
    check_package(path, _WHAT)
    package = _load(path)
    reading = _Reading(package.styles, read_numbering(package.numbering))
    blocks = [*reading.blocks(package.body), *_note_blocks(package.notes, reading)]
    if not blocks:
        raise InputError("El documento no tiene texto: puede que solo traiga imágenes.")
    blocks += _header_blocks(package.headers, reading)
    return ReadContent(blocks=tuple(blocks), pages=None, notices=tuple(_doubts(package)))


@dataclass(frozen=True)
class _Package:
    """The elements of the body, of each style by its id, of the notes, page headers, page footers, and of lists."""

    body: Any
    styles: dict[str, Any]
    notes: tuple[Any, ...]
    headers: tuple[Any, ...]
    footers: tuple[Any, ...]
    numbering: Any = None


def _load(path: Path) -> _Package:
    import docx
    from docx.oxml.parser import parse_xml

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            document = docx.Document(str(path))
            body = document.element.body
            styles = {style.get(f"{W}styleId"): style for style in document.styles.element.iterchildren(f"{W}style")}
            relations = [rel for rel in document.part.rels.values() if not rel.is_external]
            notes, headers, footers, numbering = (
                tuple(parse_xml(rel.target_part.blob) for rel in relations if rel.reltype in types)
                for types in (_NOTES, (_HEADER,), (_FOOTER,), (_NUMBERING,))
            )
        except MemoryError:
            raise
        except Exception as error:  # the library raises whatever a broken part makes it stumble over
            raise InputError(f"El archivo está dañado o incompleto, o no es {_WHAT}.") from error
    if body is None:
        raise InputError(f"El archivo está dañado o incompleto, o no es {_WHAT}.")
    return _Package(body, styles, notes, headers, footers, next(iter(numbering), None))


@dataclass
class _Reading:
    """One walk over the body; the counters go with it."""

    styles: dict[str, Any]
    numbering: Numbering
    count: Counters = field(default_factory=Counters)

    def blocks(self, container: Any) -> Iterator[Block]:
        """The blocks of a body, a text box or a framed cell, in order."""
        for element in container.iterchildren():
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            elif element.tag in WRAPPERS:
                yield from self.blocks(element)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        """A paragraph, then what stands in its text boxes; page and section breaks begin a new group."""
        runs = paragraph_runs(paragraph, bold=self._style(paragraph).bold, strong=self._strong)
        self.count.group += runs.breaks_before + (property_of(paragraph, "pageBreakBefore") is not None)
        number = self._number(paragraph)
        if runs.text:
            yield self._block(paragraph, runs, number)
        for box in text_boxes(paragraph):
            yield from self.blocks(box)
        self.count.group += runs.breaks_after + (property_of(paragraph, "sectPr") is not None)

    def _number(self, paragraph: Any) -> str:
        """What Word prints before a paragraph; each is asked for once, in order, an empty one too."""
        name = property_of(paragraph, "pStyle")
        identifier = self._default if name is None else name.get(f"{W}val")
        number, level = list_of(paragraph.find(f"{W}pPr")) or self._style(paragraph).number or (None, None)
        return self.numbering.label(number, level, identifier)

    def _block(self, paragraph: Any, runs: Runs, number: str) -> Block:
        self.count.paragraphs += 1
        style = self._style(paragraph)
        properties = paragraph.find(f"{W}pPr")
        own = outline_level(properties)
        level = (style.level if own is None else own) or None
        item = item_level(properties, style.item_level) or None
        kind: BlockKind = "heading" if level else "item" if item else "paragraph"
        place = Place(cell=f"P{self.count.paragraphs}")
        return Block(
            kind=kind,
            text=number + runs.text,
            level=level or item,
            emphasis=runs.bold,
            group=self.count.group,
            place=place,
        )

    def _table(self, table: Any) -> Iterator[Block]:
        """A table, then the tables and text boxes inside its cells; a frame of one cell is what it frames."""
        cells = [cell for row in rows_in(table) for cell in cells_in(row)]
        if len(cells) == 1:
            yield from self.blocks(cells[0])
            return
        self.count.tables += 1
        number = self.count.tables
        rows = table_rows(table, number, self._number)
        if any(text for row in rows for text in row.texts):
            place = Place(cell=f"T{number}")
            yield Block(kind="table", table=Table(rows=rows), group=self.count.group, place=place)
        for cell in cells:
            for inner in children(cell, "tbl"):
                yield from self._table(inner)
            for paragraph in children(cell, "p"):
                for box in text_boxes(paragraph):
                    yield from self.blocks(box)
        self.count.group += sum(is_page_break(mark) for mark in table.iter(f"{W}br", f"{W}lastRenderedPageBreak"))

    def _style(self, paragraph: Any) -> Style:
        name = property_of(paragraph, "pStyle")
        identifier = self._default if name is None else name.get(f"{W}val")
        return self._known(identifier)

    @cached_property
    def _default(self) -> str | None:
        return next(
            (
                key
                for key, style in self.styles.items()
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")
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
        found = (key for key, style in self.styles.items() if style.get(f"{W}type") == "character")
        return frozenset(key for key in found if resolve_style(self.styles, key).bold)

    @cached_property
    def _resolved(self) -> dict[str | None, Style]:
        return {}


def _header_blocks(headers: tuple[Any, ...], reading: _Reading) -> list[Block]:
    """What page headers say, once and last: whose document it is; not their page numbers, codes and versions."""
    texts = dict.fromkeys(paragraph_runs(paragraph).text for part in headers for paragraph in part.iter(f"{W}p"))
    said = [text for text in texts if _SAYS_SOMETHING.search(text) and not _NUMBER.search(_YEARS.sub("", text))]
    return [
        Block(kind="paragraph", text=text, group=reading.count.group + 2, place=Place(cell=f"E{number}"))
        for number, text in enumerate(said, start=1)
    ]


def _note_blocks(parts: tuple[Any, ...], reading: _Reading) -> Iterator[Block]:
    """Footnotes and endnotes after the body, in a group of their own: they hold sources and definitions."""
    number = 0
    for note in (note for part in parts for note in part.iterchildren(f"{W}footnote", f"{W}endnote")):
        text = cell_text(note)
        if note.get(f"{W}type") in (None, "normal") and text:
            number += 1
            yield Block(kind="paragraph", text=text, group=reading.count.group + 1, place=Place(cell=f"N{number}"))


def _doubts(package: _Package) -> Iterator[Notice]:
    """What of a document is not read, or read in one of two ways."""
    body = package.body
    if next(body.iter(f"{W}del", f"{W}ins", f"{W}moveFrom"), None) is not None:
        message = "El documento tiene cambios sin aceptar; se leyó como si todos se aceptaran."
        yield Notice(code="tracked-changes", message=message)
    if any(is_hidden(run) and run.findtext(f"{W}t") for run in body.iter(f"{W}r")):
        yield Notice(code="hidden-text", message="El documento tiene texto oculto, que no se leyó.")
    if _has_words(package.headers):
        message = "Los encabezados de página del documento se leyeron una vez."
        yield Notice(code="page-headers-read-once", message=message)
    if _has_words(package.footers):
        message = "Los pies de página del documento no se leyeron."
        yield Notice(code="page-headers-not-read", message=message)
    if next(body.iter(_PICTURE), None) is not None:
        message = "El documento tiene imágenes; el texto que haya en ellas no se leyó."
        yield Notice(code="pictures-not-read", message=message)


def _has_words(parts: tuple[Any, ...]) -> bool:
    return any((text.text or "").strip() for part in parts for text in part.iter(f"{W}t"))

"""Web pages (.html): ``bytes → text → tree → blocks``, menus and scripts left out. Nothing is fetched.

A page has no lines that its reader sees, so places are running numbers as in Word documents: 'P12' is the twelfth
block with words, 'T1R3' the third row of the first table.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.errors import InputError
from ingest.fold import squeeze
from ingest.readers.content import ReadContent
from ingest.readers.text import decode
from ingest.records import Block, BlockKind, Cell, Notice, Place, Table, TableRow

#: What is read of one page; the rest is left out with a notice.
MAX_CELLS = 500_000
MAX_COLUMNS = 500
_MOST_SPAN = 1000

# fmt: off
_DROPPED = frozenset(
    {
        "head", "script", "style", "nav", "noscript", "template", "svg", "math", "iframe", "object", "embed",
        "applet", "canvas", "audio", "video", "map", "select", "button", "input", "textarea", "datalist", "img"
    }
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_BOLD = frozenset({"b", "strong", "dt"})
#: What stands in a line; everything else begins and ends a block.
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "ins", "kbd", "label", "mark", "nobr", "output", "q", "ruby", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"
    }
)
# fmt: on
_ROW_PARTS = frozenset({"thead", "tbody", "tfoot"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_META_CHARSET = re.compile(
    rb"<(?:meta\b[^>]*?charset|\?xml[^>]*?encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_DECLARATION_WITHIN = 4096
#: Both are read as Windows-1252 everywhere (WHATWG Encoding, 4.2).
_LATIN = frozenset({"iso8859-1", "ascii"})
_LIMIT = re.compile(r"depth|limit|huge|too (?:long|many|big)", re.IGNORECASE)
_BREAK = "\x1e"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1d\x1f\x7f]")


def read(path: Path) -> ReadContent:
    """Read a web page; raises ``InputError`` when it is empty, no text or has no words outside menus and scripts."""
    text, notices = decode_page(path.read_bytes())
    blocks, doubts = page_to_blocks(text)
    if not blocks:
        raise InputError("La página no tiene texto: puede que lo muestre un programa que aquí no se ejecuta.")
    return ReadContent(blocks=blocks, pages=None, notices=(*notices, *doubts))


def decode_page(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """Bytes to text: by byte order mark, then as the page declares, then as a text file is."""
    declared = _META_CHARSET.search(data[:_DECLARATION_WITHIN])
    if declared is None or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data)
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name
        if name.startswith("utf-16"):  # what can be searched for ASCII is not that
            return decode(data)
        text = data.decode("cp1252" if name in _LATIN else name, errors="replace" if name in _LATIN else "strict")
    except (LookupError, UnicodeDecodeError, ValueError):
        return decode(data)
    return decode(text.encode("utf-8", errors="replace"))


def page_to_blocks(text: str) -> tuple[tuple[Block, ...], tuple[Notice, ...]]:
    """Headings, paragraphs, items and tables in order, and what was unsure about them."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return (), ()
    body = root.find("body") if root.tag == "html" else root
    walk = _Walk()
    if body is not None:
        walk.enter(body)
    if not any(block.kind == "heading" for block in walk.blocks) and walk.blocks:
        title = squeeze(_CONTROL.sub("", root.findtext(".//head/title") or ""))
        if title:
            walk.blocks.insert(0, Block(kind="heading", text=title, level=1, place=Place(cell="P0")))
    notices = list(walk.notices())
    if any(_LIMIT.search(entry.message) for entry in parser.error_log):
        message = "La página es demasiado grande o anidada; puede que no se haya leído completa."
        notices.append(Notice(code="page-cut", message=message))
    return tuple(walk.blocks), tuple(notices)


@dataclass
class _Walk:
    """One walk over a page: the blocks so far, and the line of words that is being put together."""

    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    plain: bool = False  # some of the pieces is not bold
    bold: int = 0
    lists: int = 0
    kinds: list[tuple[BlockKind, int | None]] = field(default_factory=lambda: [("paragraph", None)])
    number: int = 0
    tables: int = 0
    cells: int = 0
    hidden: int = 0
    cut: int = 0

    def enter(self, root: Any) -> None:
        """Walk a tree without recursion, which a hostile page could make as deep as it likes."""
        from lxml import etree

        events = etree.iterwalk(root, events=("start", "end"))
        skipped: Any = None
        for event, element in events:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "end":
                if element is skipped:
                    skipped = None
                else:
                    self._leave(tag)
                if element is not root:
                    self._add(element.tail)
                continue
            if self._is_skipped(element, tag):
                skipped = element
                events.skip_subtree()
            elif tag == "table" and is_data_table(element):
                skipped = element
                self._flush()
                self._table(element)
                events.skip_subtree()
            else:
                self._start(tag)
                self._add(element.text)
        self._flush()

    def _is_skipped(self, element: Any, tag: str) -> bool:
        if tag in _DROPPED or not tag:
            return True
        hidden = is_hidden(element)
        self.hidden += hidden and any(text.strip() for text in element.itertext())
        return hidden

    def _start(self, tag: str) -> None:
        if tag == "br":
            self.pieces.append(_BREAK)
        self.bold += tag in _BOLD
        self.lists += tag in _LISTS
        if tag not in _INLINE:
            self._flush()
            kind = self.kinds[-1]
            if tag in _HEADINGS:
                kind = ("heading", _HEADINGS[tag])
            elif tag == "li":
                kind = ("item", max(1, self.lists))
            self.kinds.append(kind)

    def _leave(self, tag: str) -> None:
        self.bold -= tag in _BOLD
        self.lists -= tag in _LISTS
        if tag not in _INLINE:
            self._flush()
            self.kinds.pop()

    def _add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            self.plain = self.plain or (not self.bold and bool(text.strip()))

    def _flush(self) -> None:
        text = join_lines("".join(self.pieces))
        emphasis = not self.plain
        self.pieces, self.plain = [], False
        if not text:
            return
        self.number += 1
        kind, level = self.kinds[-1]
        place = Place(cell=f"P{self.number}")
        self.blocks.append(Block(kind=kind, text=text, level=level, emphasis=emphasis, place=place))

    def _table(self, table: Any) -> None:
        self.tables += 1
        rows = table_rows(table, self.tables, MAX_CELLS - self.cells)
        self.cells += sum(len(row.cells) for row in rows)
        if not rows:
            self.cut += 1
            return
        self.cut += len(rows) < sum(1 for _ in _rows(table)) or len(rows[0].cells) == MAX_COLUMNS
        caption = table.find("caption")
        title = None if caption is None else squeeze(cell_text(caption)) or None
        if any(text for row in rows for text in row.texts):
            place = Place(cell=f"T{self.tables}")
            self.blocks.append(Block(kind="table", table=Table(rows=rows, title=title), place=place))

    def notices(self) -> Iterator[Notice]:
        if self.hidden:
            yield Notice(code="hidden-text", message="La página tiene texto oculto, que no se leyó.")
        if self.cut:
            message = f"Tablas demasiado grandes, de las que se leyó el comienzo: {self.cut}."
            yield Notice(code="table-cut", message=message)


def is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(element.get("style") or ""))


def is_data_table(table: Any) -> bool:
    """Whether a table holds data: more than one cell, no tables in them, and no headings when it is a single row.

    Others are how pages were laid out once.
    """
    rows = list(_rows(table))
    inner = ("table", *_HEADINGS) if len(rows) == 1 else ("table",)
    if next(table.iterdescendants(*inner), None) is not None:
        return False
    return sum(1 for row in rows for _ in row.iterchildren("td", "th")) > 1


def table_rows(table: Any, number: int, most_cells: int = MAX_CELLS) -> tuple[TableRow, ...]:
    """Rows of equal length; the text of a cell over several rows or columns is repeated in all the places it takes.

    As in HTML, a span of 0 rows goes on to the end of the table's part.
    """
    rows: list[list[Cell]] = []
    going_on: dict[int, tuple[int, str]] = {}  # column → rows still to come, text
    part: Any = None
    room = most_cells
    for row in _rows(table):
        if row.getparent() is not part:
            part, going_on = row.getparent(), {}
        cells, going_on = _row_cells(row, going_on)
        room -= len(cells)
        if room < 0:
            break
        rows.append(cells)
    width = max((len(cells) for cells in rows), default=0)
    if width * len(rows) > most_cells:
        rows = rows[: most_cells // width]
    return tuple(
        TableRow(cells=(*cells, *[Cell()] * (width - len(cells))), place=Place(cell=f"T{number}R{index}"))
        for index, cells in enumerate(rows, start=1)
    )


def _row_cells(row: Any, above: dict[int, tuple[int, str]]) -> tuple[list[Cell], dict[int, tuple[int, str]]]:
    """The cells of a row with those that come down from above in their columns, and what goes on below."""
    cells: list[Cell] = []
    below: dict[int, tuple[int, str]] = {}

    def come_down() -> None:
        while len(cells) in above:
            left, text = above[len(cells)]
            if left > 1:
                below[len(cells)] = (left - 1, text)
            cells.append(Cell(text=text, merged=True))

    for cell in row.iterchildren("td", "th"):
        come_down()
        if len(cells) >= MAX_COLUMNS:
            break
        text = "" if is_hidden(cell) else cell_text(cell)
        down = _span(cell, "rowspan") or _MOST_SPAN * _MOST_SPAN
        for index in range(min(_span(cell, "colspan") or 1, MAX_COLUMNS - len(cells))):
            if down > 1:
                below[len(cells)] = (down - 1, text)
            cells.append(Cell(text=text, merged=index > 0))
    last = max(above, default=-1)
    while len(cells) <= last:
        come_down()
        if len(cells) <= last:
            cells.append(Cell())
    return cells, below


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(int(value), _MOST_SPAN) if re.fullmatch(r"\d{1,6}", value) else 1


def _rows(table: Any) -> Iterator[Any]:
    for child in table.iterchildren():
        if child.tag == "tr":
            yield child
        elif child.tag in _ROW_PARTS:
            yield from child.iterchildren("tr")


def cell_text(cell: Any) -> str:
    """The words of a cell, one line per paragraph."""
    walk = _Walk()
    walk.enter(cell)
    return "\n".join(block.text for block in walk.blocks if block.table is None)


def join_lines(text: str) -> str:
    """White space squeezed as browsers do; line breaks as '\\n'; soft hyphens and zero-width marks taken out."""
    text = _CONTROL.sub("", text.replace("\xad", "").replace("\u200b", "").replace("\ufeff", ""))
    return "\n".join(squeeze(line) for line in text.split(_BREAK)).strip()

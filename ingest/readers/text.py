"""Plain text and Markdown: what is left when slides, PDFs or web pages were copied out as text.

``bytes → text → lines → stretches of one kind → blocks``. Line numbers are those of the file split at "\\n" only.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Literal

from ingest.errors import InputError
from ingest.fold import squeeze
from ingest.readers.content import ReadContent
from ingest.readers.text_aligned import find_aligned
from ingest.records import Block, Cell, Notice, Place, Table, TableRow

#: A gap of this many empty lines separates slides or pages; label lines hold within such a group.
GAP_LINES = 3

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_TAG = re.compile(r"</?(?:b|i|u|p|em|strong|span|font|div|sub|sup|br)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_STARS = re.compile(r"\*{2,}|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")
_UNDERSCORES = re.compile(r"(?<!\w)__(?=\S)|(?<=\S)__(?!\w)")
_ESCAPED = re.compile(r"\\([$*_#%&\-.|\\])")
_MARKDOWN_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"^\s*(?:[-–—•●▪◦✓✔➢❖·*]|\(?\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_DASHES = ("–", "—")
_RULE = re.compile(r"^[\s\-–—_=*|:]+$")
_PIPE_ROW = re.compile(r"^\s*\|.*\|\s*$")

LineKind = Literal["blank", "rule", "heading", "item", "table", "pipes", "text"]


@dataclass(frozen=True)
class Line:
    """One line of the file: its number, its kind and its text without markup."""

    number: int
    kind: LineKind
    text: str
    level: int | None = None  # of a heading; of an item, 1 + its indentation in characters
    emphasis: bool = False
    page: int | None = None
    marker: str = ""
    last: int | None = None  # of a row that goes on over several lines, the last


def read(path: Path) -> ReadContent:
    """Read a text file into blocks; raises ``InputError`` when it is empty or no text."""
    text, notices = decode(path.read_bytes())
    return ReadContent(blocks=tuple(lines_to_blocks(text_to_lines(text))), pages=None, notices=notices)


def decode(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """Bytes to text: by byte order mark, else UTF-8, else Windows-1252, of which Latin-1 text is a part."""
    if not data.strip():
        raise InputError("El archivo está vacío.")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, errors="replace")), ()
    try:
        return _checked(data.decode("utf-8")), ()
    except UnicodeDecodeError:
        text = _checked(data.decode("cp1252", errors="replace"))
        notice = Notice(code="encoding", message="El archivo no está en UTF-8; se leyó como Windows-1252 (Latin-1).")
        return text, (notice,)


def _checked(text: str) -> str:
    if len(_CONTROL.findall(text)) + text.count("\ufffd") > len(text) // 200:
        raise InputError("El archivo no es de texto, aunque su nombre lo diga.")
    return text


def strip_markup(text: str) -> str:
    """A line without the leftovers of HTML and Markdown, white space squeezed but tabs kept."""
    text = html.unescape(_TAG.sub("", text))
    text = _UNDERSCORES.sub("", _STARS.sub("", text))
    text = _ESCAPED.sub(r"\1", text)
    return "\t".join(squeeze(cell) for cell in text.split("\t"))


def text_to_lines(text: str) -> list[Line]:
    """Classify each line by itself, but for tables that spaces align; form feeds count pages."""
    raws = [raw.rstrip("\r") for raw in text.split("\n")]
    tables = list(find_aligned(raws))
    aligned = {row.first: row for table in tables for row in table}
    inside = {at for table in tables for at in range(table[0].first, table[-1].last + 1)}
    lines = []
    page = 1 if "\f" in text else None
    for index, raw in enumerate(raws):
        if page is not None and "\f" in raw:
            page += raw.count("\f")
        if (row := aligned.get(index)) is not None:
            cells = "\t".join(strip_markup(cell) for cell in row.cells)
            lines.append(Line(index + 1, "table", cells, page=page, last=row.last + 1))
        elif index not in inside:
            lines.append(_classify(index + 1, raw.replace("\f", " "), page))
    return lines


def _classify(number: int, raw: str, page: int | None) -> Line:
    clean = strip_markup(raw)
    if not clean.strip():
        return Line(number, "blank", "", page=page)
    if "\t" in clean and any(clean.split("\t")):
        kind: LineKind = "rule" if _RULE.match(clean) else "table"
        return Line(number, kind, clean, page=page)
    if _RULE.match(raw):
        return Line(number, "rule", "", page=page)
    if _PIPE_ROW.match(raw):
        return Line(number, "pipes", clean, page=page)
    if heading := _MARKDOWN_HEADING.match(raw):
        return Line(number, "heading", strip_markup(heading[2]), level=len(heading[1]), page=page)
    if item := _ITEM.match(raw):
        indent = len(raw) - len(raw.lstrip())
        return Line(
            number, "item", strip_markup(raw[item.end() :]), level=1 + indent, page=page, marker=item[0].strip()
        )
    return Line(number, "text", clean, emphasis=_is_emphasised(raw), page=page)


def _is_emphasised(raw: str) -> bool:
    bare = raw.strip()
    return bare.startswith(("**", "<b>", "<strong>", "__")) or bare.endswith(("**", "</b>", "</strong>"))


def lines_to_blocks(lines: Iterable[Line]) -> Iterator[Block]:
    """Join lines of one kind that stand together into blocks, numbering the groups between large gaps."""
    group, blanks, page = 0, 0, None
    for is_blank, stretch in groupby(lines, key=lambda line: line.kind == "blank"):
        run = list(stretch)
        if is_blank:
            blanks = len(run)
            continue
        if blanks >= GAP_LINES or (page is not None and run[0].page != page):
            group += 1
        page = run[-1].page
        yield from _stretch_to_blocks(run, group)


def _stretch_to_blocks(run: list[Line], group: int) -> Iterator[Block]:
    """Blocks of a stretch without empty lines: what follows an item or a table in lower case belongs to it."""
    pending: list[Line] = []
    for line in map(_dash_as_text, [None, *run], run):
        if pending and not _continues(pending, line):
            yield _block(pending, group)
            pending = []
        pending.append(line)
    if pending:
        yield _block(pending, group)


def _dash_as_text(before: Line | None, line: Line) -> Line:
    """A dash after a line of text that goes on is no list mark ("Sistema General de Regalías" / "– Directas")."""
    if line.kind != "item" or line.marker not in _DASHES or before is None or before.kind != "text":
        return line
    if before.text.endswith((":", ".", ";", ",")):
        return line
    return replace(line, kind="text", text=f"{line.marker} {line.text}", level=None)


def _continues(pending: list[Line], line: Line) -> bool:
    first = pending[0].kind
    if line.kind == "rule":
        return first in ("table", "pipes")
    if line.kind == "text":
        if first in ("text", "item"):
            return True
        return first == "table" and line.text[:1].islower()
    return line.kind == first and line.kind in ("table", "pipes")


def _block(run: list[Line], group: int) -> Block:
    kind = run[0].kind
    place = Place(line=run[0].number, line_end=run[-1].last or run[-1].number, page=run[0].page)
    if kind in ("table", "pipes"):
        rows = _rows(run)
        return Block(kind="table", table=Table(rows=rows), group=group, place=place)
    text = "\n".join(line.text for line in run)
    if kind == "heading":
        return Block(kind="heading", text=text, level=run[0].level, group=group, place=place)
    emphasis = any(line.emphasis for line in run) and run[0].emphasis and run[-1].emphasis
    if kind == "item":
        return Block(kind="item", text=text, level=run[0].level, emphasis=emphasis, group=group, place=place)
    return Block(kind="paragraph", text=text, emphasis=emphasis, group=group, place=place)


def _rows(run: list[Line]) -> tuple[TableRow, ...]:
    """Rows of equal length from tab-separated or piped lines; rules are dropped, loose lines join the last cell."""
    rows: list[tuple[list[str], int, int]] = []
    for line in run:
        if line.kind == "rule":
            continue
        if line.kind == "text" and rows:
            cells, first, _ = rows[-1]
            cells[-1] = f"{cells[-1]} {line.text}".strip()
            rows[-1] = (cells, first, line.number)
        elif line.kind == "pipes":
            inner = line.text.strip().strip("|")
            if not _RULE.match(inner):
                rows.append(([squeeze(cell) for cell in inner.split("|")], line.number, line.number))
        else:
            rows.append((line.text.split("\t"), line.number, line.last or line.number))
    width = max((len(cells) for cells, _, _ in rows), default=0)
    return tuple(
        TableRow(
            cells=tuple(Cell(text=text) for text in cells + [""] * (width - len(cells))),
            place=Place(line=first, line_end=last, page=run[0].page),
        )
        for cells, first, last in rows
    )

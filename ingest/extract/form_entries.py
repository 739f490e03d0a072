"""What a form says, label by label: the cards (*fichas*) that print one indicator each instead of one table of many.

``table → entries`` of labels beside their values or over them, ``lines → entries`` of "Línea base: 12" in running
text. Which words are labels is what heads columns in tables, in ``prompts/columns.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.extract.columns import INDICATOR_ROLES
from ingest.extract.form_entry import Entry, both
from ingest.extract.header import cell_text
from ingest.fold import fold, squeeze
from ingest.records import Block, Place, Table, TableRow
from ingest.wording import SURE, header_role
from ingest.wording.columns import BARE_YEAR

#: A label has at most so many words and characters.
_LABEL_WORDS = 9
_LONGEST_LABEL = 70
_EDGE = " \t:.•▪-–—"
_BULLET = re.compile(r"^[\s•▪✓➢*-]+")
#: What may stand before a label in the middle of a line.
_BEFORE = re.compile(r"(?:^|[.;,|•)\t]|\s{2,})\s*$")
#: What ends a value in running text; the stop of "N.D." is its own.
_STOP = re.compile(r"(?:[\s;,|•]+|(?<=[^\W\d_]{3})\.|(?<=[\d)%])\.)+$")
_LABELLED = re.compile(rf"^([^:]{{2,{_LONGEST_LABEL}}}):\s+(\S.*)$", re.DOTALL)
_YEAR = re.compile(r"^(?:19|20)\d\d$")
#: What a card calls the name of its indicator, where it says elsewhere what it is a card of.
_NAMES, _INDICATOR = frozenset({"nombre", "denominacion"}), "Nombre del indicador"
_OF_INDICATOR = re.compile(r"\b(?:indicador(?:es)?|ficha tecnica|hoja de vida)\b")
#: So many years in a row head a grid of figures; any of them tells what may stand over it.
_LEAST_YEARS, _ANY_YEAR = 2, 2025


def table_entries(table: Table) -> list[Entry] | None:
    """The entries of a table that is a form; None when it is a table of rows, or nothing is recognised in it.

    A row holds labels each with its value beside it or behind its colon, or only labels, whose values stand in the row
    below; a row of years has a row below for each thing told of them. A header over a single row is a table.
    """
    entries: list[Entry] = []
    rows = [row for row in table.rows if any(text.strip() for text in row.texts)]
    pairs = captions = 0
    at = 0
    while at < len(rows):
        cells = _own_cells(rows[at])
        if (grid := _yearly_entries(rows, at)) is not None:
            found, height = grid
            entries += found
            captions += 1
            at += height - 1
        elif len(cells) == 1 or (inside := _inside_cells([text for _, text in cells if text], rows[at].place)):
            found = list(_cut(cells[0][1], rows[at].place)) if len(cells) == 1 else inside
            entries += found
            pairs += bool(found)
        elif _are_labels(cells):
            if at + 1 == len(rows) or not _holds_values(rows, at + 1, cells):
                return None
            entries += _over_values(cells, rows[at + 1], rows[at].place)
            captions += 1
            at += 1
        else:
            beside = _beside_values(cells, rows[at].place, goes_on=entries)
            if beside is None:
                return None
            entries += beside
            pairs += 1
        at += 1
    entries = _with_named_indicator(entries, rows)
    known = sum(entry.role is not None for entry in entries)
    return entries if 0 < known * 2 >= len(entries) and (pairs or captions > 1) else None


def _with_named_indicator(entries: list[Entry], rows: Sequence[TableRow]) -> list[Entry]:
    """'Nombre' on a card with a target that says of itself that it is of an indicator, as its indicator."""
    names = [entry for entry in entries if fold(entry.label) in _NAMES]
    kinds = {entry.name for entry in entries}
    titles = [fold(texts[0]) for row in rows if len(texts := [text for _, text in _own_cells(row) if text]) == 1]
    if len(names) != 1 or kinds & INDICATOR_ROLES or "target" not in kinds:
        return entries
    if not any(_OF_INDICATOR.search(text) for text in titles):
        return entries
    return [replace(entry, label=_INDICATOR) if entry is names[0] else entry for entry in entries]


def line_entries(block: Block) -> list[Entry] | None:
    """The entries of a block whose lines all begin with labels, or go on with the line above; None for other text."""
    if block.table is not None:
        return None
    entries: list[Entry] = []
    for line in _whole_lines(block.text):
        found = list(_cut(line, block.place))
        if not found:
            return None
        entries += found
    return entries or None


def _whole_lines(text: str) -> list[str]:
    """The lines of a block, those that begin with no label put to the ones they go on with."""
    whole: list[str] = []
    for line in text.split("\n"):
        if whole and line.strip() and not any(_cut(line, Place())):
            whole[-1] = f"{whole[-1]} {line.strip()}"
        elif line.strip():
            whole.append(line)
    return whole


def _own_cells(row: TableRow) -> list[tuple[int, str]]:
    """Index and text of each cell that is no copy of a merged one, without the blank ones at the end."""
    cells = [(index, cell_text(cell.text)) for index, cell in enumerate(row.cells) if not cell.merged]
    while cells and not cells[-1][1]:
        cells.pop()
    return cells


def _is_label(text: str) -> bool:
    if not text or len(text) > _LONGEST_LABEL or len(text.split()) > _LABEL_WORDS or _LABELLED.match(text):
        return False
    role = header_role(text.strip(_EDGE))
    return role is not None and role.score >= SURE


def _are_labels(cells: Sequence[tuple[int, str]]) -> bool:
    """Whether all cells of a row are labels, or bare years beside labels."""
    texts = [text for _, text in cells if text]
    years = sum(_YEAR.match(text) is not None for text in texts)
    labels = sum(map(_is_label, texts))
    return bool(labels) and labels + years == len(texts) > 1 and years != 1


def _holds_values(rows: Sequence[TableRow], at: int, labels: Sequence[tuple[int, str]]) -> bool:
    """Whether a row holds the one value of each label above it: it names no columns, nor do more values follow."""
    values = [cell_text(rows[at].cells[index].text) for index, _ in labels if not rows[at].cells[index].merged]
    filled = [value for value in values if value]
    if len(filled) * 2 <= len(labels) or sum(map(_is_label, filled)) * 2 >= len(filled):
        return False
    if at + 1 == len(rows):
        return True
    following = _own_cells(rows[at + 1])
    return len(following) == 1 or not following or _is_label(following[0][1])


def _yearly_entries(rows: Sequence[TableRow], at: int) -> tuple[list[Entry], int] | None:
    """The entries of a grid of years within a form, and how many of its rows that is; None where none begins.

    What the years are of stands above them across the form ("Programación anual de la meta"), or at the beginning of
    each row of figures ("Programado", "Ejecutado").
    """
    columns = [(index, text) for index, text in _own_cells(rows[at]) if _YEAR.match(text)]
    if len(columns) < _LEAST_YEARS or len(_own_cells(rows[at])) - len(columns) > 1:
        return None
    above = _own_cells(rows[at - 1]) if at else []
    caption = above[0][1].rstrip(": ") if len(above) == 1 else ""
    entries: list[Entry] = []
    height = 1
    for row in rows[at + 1 :]:
        filled = [(index, text) for index, text in _own_cells(row) if text]
        figures = {index: text for index, text in filled if index in dict(columns)}
        name = " ".join(text for index, text in filled if index not in figures).rstrip(": ")
        heading = next((text for text in (name, caption) if _is_dated_label(text)), None)
        if not figures or len(filled) - len(figures) > 1 or any(map(_is_label, figures.values())) or heading is None:
            break
        place = both(rows[at].place, row.place)
        entries += (Entry(f"{heading} / {year}", figures.get(index, ""), place) for index, year in columns)
        height += 1
    return (entries, height) if entries else None


def _is_dated_label(text: str) -> bool:
    """Whether a text over years or beside them says what they are of."""
    role = header_role(f"{text} / {_ANY_YEAR}") if text else None
    return role is not None and role.year is not None and role.score > BARE_YEAR


def _inside_cells(texts: Sequence[str], place: Place) -> list[Entry]:
    """The entries of cells that all hold a label and a value behind its colon; one label at least is sure."""
    found = [list(_cut(text, place)) for text in texts]
    labelled = [_LABELLED.match(text) for text in texts]
    if not any(found) or not all(labelled):
        return []
    rest = [[Entry(match[1].strip(_EDGE), squeeze(match[2]), place)] if match else [] for match in labelled]
    return [entry for known, other in zip(found, rest, strict=True) for entry in known or other]


def _over_values(labels: Sequence[tuple[int, str]], values: TableRow, place: Place) -> Iterator[Entry]:
    for index, label in labels:
        cell = values.cells[index]
        yield Entry(label.rstrip(": "), "" if cell.merged else cell_text(cell.text), both(place, values.place))


def _beside_values(cells: Sequence[tuple[int, str]], place: Place, *, goes_on: list[Entry]) -> list[Entry] | None:
    """Labels with their values beside them; None when the row is none of a form.

    Of an odd number of cells the first is the heading of the others, as "Línea base" is of "Valor" and "Año". A row
    that says nothing in the place of its label goes on with the value above it.
    """
    texts = [text for _, text in cells]
    heading = ""
    if len(texts) == 2 and not texts[0] and goes_on:
        last = goes_on[-1]
        goes_on[-1] = replace(last, value=squeeze(f"{last.value} {texts[1]}"), place=both(last.place, place))
        return []
    if len(texts) % 2:
        heading, *texts = texts
        if not _is_label(heading):
            return None
        heading = f"{heading.rstrip(': ')} / "
    labels = texts[::2]
    if not any(map(_is_label, labels)) and len(cells) > 2:
        return None
    if any(_is_label(text) and not _is_value(text) for text in texts[1::2]):
        return None
    pairs = zip(labels, texts[1::2], strict=True)
    return [Entry(f"{heading}{label.rstrip(': ')}", value, place) for label, value in pairs if label]


def _is_value(text: str) -> bool:
    """Whether a text that names columns may be a value too, as a unit or a kind of goal is."""
    role = header_role(text)
    return role is None or role.role in ("unit", "product", "percent", "goal_type", "code") or len(text.split()) == 1


def _cut(line: str, place: Place) -> Iterator[Entry]:
    """The entries of a line that begins with a label: "Línea base: 12. Meta: 40"."""
    text = _BULLET.sub("", line)
    starts: list[tuple[int, int]] = []
    for match in re.finditer(r":(?=\s|$)", text):
        after = starts[-1][1] if starts else 0
        start = _label_start(text[after : match.start()], first=not starts)
        if start is not None:
            starts.append((after + start, match.end()))
    if not starts or starts[0][0] != 0:
        return
    ends = [start for start, _ in starts[1:]] + [len(text)]
    for (start, begin), end in zip(starts, ends, strict=True):
        value = squeeze(text[begin:end])
        yield Entry(text[start : begin - 1].strip(_EDGE), _STOP.sub("", value), place)


def _label_start(text: str, *, first: bool) -> int | None:
    """Where the label begins that a text ends with: the longest, after something that parts it from what is before."""
    if first:
        return 0 if _is_label(text) else None
    for match in re.finditer(r"\S+", text):
        start = match.start()
        if text[start].isupper() and _BEFORE.search(text[:start]) and _is_label(text[start:]):
            return start
    return None

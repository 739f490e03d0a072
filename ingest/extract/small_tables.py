"""Small tables of a report that are of neither indicators nor money by programme: counts by topic, a budget in one row.

``table → one line of text for each row``, or for each caption with the figure below it, which then states its figures
as any line of a slide does: under the titles over it, or after the words before it. Larger tables are left alone, as a
line of theirs does not tell its columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.extract.header import cell_text
from ingest.extract.walk import Located
from ingest.figures import find_figures
from ingest.records import Block, TableRow

_MOST_ROWS = 15
_WORD = re.compile(r"[^\W\d_]{3}")


def lines_of_small_tables(located: Sequence[Located]) -> Iterator[Located]:
    """The blocks in order, each small table whose rows can be read as lines as the lines of its rows."""
    for item in located:
        if item.block.table is None:
            yield item
            continue
        rows = [row for row in item.block.table.rows if any(text.strip() for text in row.texts)]
        if are_captions(rows):
            for caption, figure in zip(*(map(cell_text, row.texts) for row in rows), strict=True):
                text = f"{caption.rstrip(': ')}: {figure}"
                block = Block(kind="paragraph", text=text, group=item.block.group, place=rows[1].place)
                yield Located(block, item.context, item.title)
            continue
        if len(rows) > _MOST_ROWS or not all(_is_line(row) for row in rows):
            yield item
            continue
        for row in rows:
            text = " ".join(_distinct(row))
            block = Block(kind="paragraph", text=text, group=item.block.group, place=row.place)
            yield Located(block, item.context, item.title)


def are_captions(rows: Sequence[TableRow]) -> bool:
    """Whether rows are one of captions over one of figures, as boxes beside each other are often set."""
    if len(rows) != 2:
        return False
    captions, figures = (list(map(cell_text, row.texts)) for row in rows)
    are_words = all(_WORD.search(text) and not is_figure(text) for text in captions)
    return len(captions) == len(figures) > 1 and are_words and all(map(is_figure, figures))


def _distinct(row: TableRow) -> list[str]:
    """The texts of a row, of a merged cell once."""
    return [text for cell in row.cells if not cell.merged and (text := cell_text(cell.text))]


def _is_line(row: TableRow) -> bool:
    """Whether the cells of a row are all words, all figures, or words and then one figure."""
    alone = [is_figure(text) for text in _distinct(row)]
    return all(alone) or sum(alone) <= 1


def is_figure(text: str) -> bool:
    """Whether a text is one figure and nothing else."""
    found = find_figures(text)
    return len(found) == 1 and not any(map(str.isalpha, text.replace(found[0].text, "")))

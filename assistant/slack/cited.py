"""Cited rows as blocks: one compactly, several as a native table. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from assistant.answer import Citation
from assistant.slack import limits
from assistant.slack.blocks import Block, labelled, table
from assistant.slack.text import cut
from assistant.slack.wording import Wording

_CELL = 400  # characters of one cell of the table
_LINE = 500  # characters of one line of a single row, so that none pushes its figures out
_TABLE_TOTAL = 6_000  # characters of a whole table, so that the answer beside it has room


def places(citation: Citation, words: Wording) -> str:
    """'página 12, hoja Metas, celda B7': where in the document the row stands."""
    found = {
        "place_page": citation.page,
        "place_sheet": citation.sheet,
        "place_cell": citation.cell,
        "place_line": citation.line,
    }
    return ", ".join(words.say(name, value=value) for name, value in found.items() if value is not None)


def one_row(citation: Citation, words: Wording) -> Block:
    """A cited row: path and indicator, baseline → target or figure, source, document and place."""
    if citation.kind == "row":
        steps = [value for _, value in citation.path if value] + ([citation.indicator] if citation.indicator else [])
        first = " › ".join(steps) or citation.metric or ""
        pairs = list(_figures(citation, words)) or [(words.say("row_quote"), citation.quote)]
    else:
        first, pairs = f"«{citation.quote}»", []
    pairs += [
        (words.say("row_source"), _text(citation.baseline, "source")),
        (words.say("row_dependency"), citation.dependency or ""),
        (words.say("row_document"), _document(citation)),
        (words.say("row_place"), places(citation, words)),
    ]
    shown = [(label, cut(text, _LINE)) for label, text in pairs if text]
    return labelled(shown, f"[{citation.n}] {cut(first, 2 * _LINE)}")


def _figures(citation: Citation, words: Wording) -> Iterator[tuple[str, str]]:
    baseline, target, figure = (_text(one) for one in (citation.baseline, citation.target, citation.figure))
    if baseline and target:
        yield f"{words.say('row_baseline')} → {words.say('row_target').lower()}", f"{baseline} → {target}"
    elif baseline or target:
        yield words.say("row_baseline" if baseline else "row_target"), baseline or target
    elif figure:
        yield citation.metric or words.say("row_figure"), figure


def _document(citation: Citation) -> str:
    return " · ".join(part for part in (citation.title or citation.document, citation.entity, citation.period) if part)


#: The columns of the table: what its heading is called, and what of a citation stands in it.
_COLUMNS: tuple[tuple[str, Callable[[Citation, Wording], str]], ...] = (
    ("row_number", lambda citation, _: f"[{citation.n}]"),
    ("row_entity", lambda citation, _: citation.entity or ""),
    ("row_period", lambda citation, _: citation.period or ""),
    ("row_indicator", lambda citation, _: citation.indicator or citation.metric or citation.quote),
    ("row_baseline", lambda citation, _: _text(citation.baseline)),
    ("row_target", lambda citation, _: _text(citation.target)),
    ("row_figure", lambda citation, _: _own_figure(citation)),
    ("row_dependency", lambda citation, _: citation.dependency or ""),
    ("row_document", lambda citation, _: citation.document or citation.title or ""),
    ("row_place", places),
)
#: Columns that stand in the table only when they tell its rows apart.
_TELLING = frozenset({"row_entity", "row_period", "row_dependency", "row_document"})


def rows_table(citations: Sequence[Citation], words: Wording) -> tuple[Block, int]:
    """A native table of cited rows, and how many of them it holds: as many as Slack's limits leave room for."""
    lines = [[cut(tell(one, words), _CELL) for _, tell in _COLUMNS] for one in citations]
    kept = [index for index, (name, _) in enumerate(_COLUMNS) if _is_kept(name, [line[index] for line in lines])]
    heading = [words.say(_COLUMNS[index][0]) for index in kept]
    rows: list[list[str]] = []
    room = _TABLE_TOTAL - sum(map(len, heading))
    for line in lines[: limits.TABLE_ROWS - 1]:
        row = [line[index] for index in kept]
        room -= sum(map(len, row)) + len(row)
        if room < 0:
            break
        rows.append(row)
    return table(heading, rows), len(rows)


def _is_kept(name: str, cells: Sequence[str]) -> bool:
    return len(set(cells)) > 1 if name in _TELLING else any(cells)


def _own_figure(citation: Citation) -> str:
    """The figure of a row that has no target, with what it measures when the indicator does not say it."""
    if citation.target is not None or citation.figure is None:
        return ""
    figure = _text(citation.figure)
    return f"{citation.metric}: {figure}" if citation.indicator and citation.metric else figure


def _text(figure: dict[str, Any] | None, member: str = "text") -> str:
    return str(figure.get(member) or "") if figure else ""

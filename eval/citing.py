"""Whether a citation points at an expected row: by file and place, or at its copy in a file that repeats rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from assistant.answer import Answer, Citation
from eval.cases import Case, ExpectedRow, same_indicator

_MARK = re.compile(r"\[(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\]")
_SPAN = re.compile(r"(\d+)(?:\s*[–-]\s*(\d+))?")


def cites(citation: Citation, row: ExpectedRow, case: Case) -> bool:
    """Whether a citation points at the expected row, or at its copy in a file that repeats rows."""
    name = file_name(citation)
    if name.startswith(row.file):
        return _stands_at(citation, row)
    twins = (next(iter(pair - {row.file})) for pair in case.twins if row.file in pair)
    return any(name.startswith(twin) and _is_copy(citation, row, twin, case.known) for twin in twins)


def marked(answer: Answer) -> list[Citation]:
    """The citations that the answer's text points at: one without its mark supports nothing that a reader sees."""
    numbers = marked_numbers(answer.answer)
    return [citation for citation in answer.citations if citation.n in numbers]


def marked_numbers(text: str) -> frozenset[int]:
    """The numbers of a text's marks: '[1]', '[1, 3]', '[2–4]'."""
    found: set[int] = set()
    for mark in _MARK.findall(text):
        for first, last in _SPAN.findall(mark):
            found |= set(range(int(first), int(last or first) + 1))
    return frozenset(found)


def copies_together(case: Case) -> list[list[ExpectedRow]]:
    """The expected rows, those that are copies of each other as one."""
    groups: list[list[ExpectedRow]] = []
    for row in case.expect.rows:
        for group in groups:
            if frozenset({row.file, group[0].file}) in case.twins and same_indicator(row.indicator, group[0].indicator):
                group.append(row)
                break
        else:
            groups.append([row])
    return groups


def file_name(citation: Citation) -> str:
    """The file that a citation points into, without folders."""
    return Path(citation.document or "").name


def _is_copy(citation: Citation, row: ExpectedRow, file: str, known: Sequence[ExpectedRow]) -> bool:
    """Whether a citation of a twin file points at the row's copy there."""
    places = (one for one in known if one.file == file and same_indicator(one.indicator, row.indicator))
    return any(_stands_at(citation, place) for place in places)


def _stands_at(citation: Citation, row: ExpectedRow) -> bool:
    if citation.kind == "filter":
        return False
    if row.line_no is not None:
        return citation.line == row.line_no
    if row.cell is not None:
        return (citation.sheet, citation.cell) == (row.sheet, row.cell)
    return citation.kind == "row" and same_indicator(row.indicator, citation.indicator)

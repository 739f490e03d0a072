"""What the documents hold, against what a set expects: rows that are nowhere, and rows that changed since.

Before a run, a row matcher that matches nothing is refused, unless the row is known to have been there: by a run in
which the question was answered right, or because the whole document is absent. Such a question is *stale* when its
answer is not what the set says; so is one whose row says something else than it did then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from eval.cases import Case, ExpectedRow, QuestionSet, same_indicator
from eval.record import RowRecord, Run
from eval.wording import wording
from ingest.fold import fold

#: (question id, place in the set) → what the row said when the question was answered right.
Records = Mapping[tuple[str, str], str]

_MOST_NAMED = 5


@dataclass(frozen=True)
class Standing:
    """A row, or a sentence of a passage (``indicator`` None and ``is_row`` false), where it stands and what it says."""

    file: str
    text: str
    line: int | None = None
    line_end: int | None = None
    sheet: str | None = None
    cell: str | None = None
    indicator: str | None = None
    is_row: bool = False

    @classmethod
    def of_row(cls, row: Mapping[str, Any], line_end: int | None = None) -> Standing:
        """A row as ``GET /v1/rows`` gives it. Raises ``KeyError`` or ``TypeError`` when it has another shape."""
        return cls(
            file=Path(row["document"]).name,
            text=said_by(row),
            line=row["line"],
            line_end=line_end,
            sheet=row["sheet"],
            cell=row["cell"],
            indicator=row["indicator"],
            is_row=True,
        )


@dataclass(frozen=True)
class Holdings:
    """Everything that can be cited; not ``complete`` when the sentences of passages are not known."""

    files: tuple[str, ...] = ()
    standings: tuple[Standing, ...] = ()
    complete: bool = False

    @cached_property
    def by_file(self) -> dict[str, list[Standing]]:
        found: dict[str, list[Standing]] = {Path(file).name: [] for file in self.files}
        for one in self.standings:
            found.setdefault(Path(one.file).name, []).append(one)
        return found

    def within(self, beginning: str) -> list[Standing] | None:
        """What stands in the files of a name's beginning; None when there is no such file."""
        files = [name for name in self.by_file if name.startswith(beginning)]
        return [one for name in files for one in self.by_file[name]] if files else None

    def find(self, row: ExpectedRow) -> list[Standing]:
        """What stands where a set says; rows before sentences."""
        found = [one for one in self.within(row.file) or () if _is_there(one, row)]
        return sorted(found, key=lambda one: not one.is_row)

    def named_as(self, row: ExpectedRow) -> list[Standing]:
        """The rows of a matcher's file that have its indicator, wherever they stand."""
        return [
            one for one in self.within(row.file) or () if one.is_row and same_indicator(one.indicator, row.indicator)
        ]

    def record(self, row: ExpectedRow) -> RowRecord:
        """What an expected row says now."""
        found = self.find(row)
        rows = [one for one in found if one.is_row] or found
        return RowRecord(place=row.place, text="\n".join(one.text for one in rows) if rows else None)


def said_by(row: Mapping[str, Any]) -> str:
    """What a row says, in one line that two runs can compare: its words and figures, not its place nor its id."""
    parts = [row["indicator"], row.get("metric")]
    parts += [figure["text"] for key in ("baseline", "target", "figure") if (figure := row.get(key))]
    parts += [row.get("dependency"), row.get("programme")]
    for year in row.get("yearly") or ():
        told = [figure["text"] for key in ("target", "progress") if (figure := year.get(key))]
        parts.append(f"{year['year']}: {', '.join(told)}" if told else None)
    parts += [f"{item['item']} {item['text'] or item['value']}" for item in row.get("budget") or ()]
    return " | ".join(str(part) for part in parts if part)


def _is_there(one: Standing, row: ExpectedRow) -> bool:
    if row.line_no is not None:
        return one.line is not None and one.line <= row.line_no <= (one.line_end or one.line)
    if row.cell is not None:
        return (one.sheet, one.cell) == (row.sheet, row.cell)
    return one.is_row and same_indicator(row.indicator, one.indicator)


# ------------------------------------------------------------------ before a run


def with_copies(case: Case, holdings: Holdings) -> Case:
    """The case with the copies of its rows that the documents have, besides those that its set names."""
    copies = [
        copy
        for row in case.expect.rows
        for twin in (next(iter(pair - {row.file})) for pair in case.twins if row.file in pair)
        for copy in _copies(row, twin, holdings)
    ]
    return case.model_copy(update={"known": tuple(dict.fromkeys((*case.known, *copies)))}) if copies else case


def _copies(row: ExpectedRow, file: str, holdings: Holdings) -> Iterator[ExpectedRow]:
    for one in holdings.within(file) or ():
        if one.is_row and same_indicator(one.indicator, row.indicator):
            place = {"line_no": one.line} if one.line is not None else {"sheet": one.sheet, "cell": one.cell}
            yield ExpectedRow.model_validate(
                {"file": file, "indicator": one.indicator} | (place if one.sheet or one.line else {})
            )


def complaints(questions: QuestionSet, holdings: Holdings, records: Records) -> Iterator[str]:
    """A line for each row matcher that matches nothing and never did, with what to write instead."""
    if not holdings.files:
        return
    users = Counter(file for case in questions.cases for file in {row.file for row in case.expect.rows})
    loaded = {file for file in users if holdings.within(file) is not None}
    if users and not loaded:
        named = ", ".join(sorted(users)[:_MOST_NAMED])
        yield wording().check.nothing_loaded.format(file=questions.file, named=named)
        return
    for case in questions.cases:
        for number, row in enumerate(case.expect.rows):
            if (case.id, row.place) in records or holdings.find(row):
                continue
            if row.file not in loaded and users[row.file] > 1:
                continue  # a file that several questions name is a document that is not there, not a slip
            if row.file in loaded and not holdings.complete and row.line_no is not None and not holdings.named_as(row):
                continue  # it may be a sentence, which a server does not list
            line = questions.row_lines.get((case.id, number), 1)
            yield f"{questions.file}:{line}: {case.id}: {_instead(row, holdings)}"


def absent_files(questions: QuestionSet, holdings: Holdings) -> dict[str, list[str]]:
    """The files that several questions name and that are not loaded, with the ids of those questions."""
    found: dict[str, list[str]] = {}
    for case in questions.cases:
        for file in dict.fromkeys(row.file for row in case.expect.rows):
            if holdings.files and holdings.within(file) is None:
                found.setdefault(file, []).append(case.id)
    return found


def _instead(row: ExpectedRow, holdings: Holdings) -> str:
    said = wording().check
    there = holdings.within(row.file)
    if there is None:
        return said.no_file.format(file=row.file, files=", ".join(sorted(holdings.by_file)[:_MOST_NAMED]))
    if named := holdings.named_as(row):
        return said.elsewhere.format(place=row.place, instead=_keys(named[0]), indicator=row.indicator)
    rows = [one for one in there if one.is_row] or there
    if (wanted := row.line_no) is not None:
        lines = sorted({one.line for one in rows if one.line is not None}, key=lambda line: abs(line - wanted))
        near = ", ".join(str(line) for line in sorted(lines[:3]))
        return said.no_line.format(line=wanted, file=row.file, near=near or "—")
    near_rows = _likest(row, rows)
    return said.no_row.format(place=row.place, near="; ".join(_keys(one) for one in near_rows) or "—")


def _likest(row: ExpectedRow, rows: Sequence[Standing]) -> list[Standing]:
    from rapidfuzz import process

    wanted = row.indicator or row.cell or ""
    texts = {number: fold(one.indicator or one.cell or "") for number, one in enumerate(rows)}
    return [rows[number] for *_, number in process.extract(fold(wanted), texts, limit=3)]


def _keys(one: Standing) -> str:
    """What to write in the set for something that stands there."""
    if one.line is not None:
        return f"line_no: {one.line}"
    return f"sheet: {one.sheet}, cell: {one.cell}" if one.cell is not None else f"indicator: {one.indicator}"


# ------------------------------------------------------------------ after an answer


def records_of(runs: Iterable[Run]) -> dict[tuple[str, str], str]:
    """What the expected rows said in these runs, the strongest first, wherever the question was answered right."""
    found: dict[tuple[str, str], str] = {}
    for run in runs:
        for case in run.cases:
            for row in case.rows if case.right else ():
                if row.text is not None:
                    found.setdefault((case.id, row.place), row.text)
    return found


def stale_reason(case: Case, now: Sequence[RowRecord], holdings: Holdings, records: Records) -> str | None:
    """Why a question whose answer is not what the set says cannot be held against the assistant, or None."""
    said = wording().stale
    if not holdings.files:
        return None
    for row, record in zip(case.expect.rows, now, strict=True):
        if record.text is None and holdings.within(row.file) is None:
            return said.no_document.format(file=row.file)
        before = records.get((case.id, row.place))
        if before is None:
            continue
        if record.text is None and not holdings.complete:
            continue  # it may have been a sentence, which a server does not list
        if record.text is None:
            return said.gone.format(place=row.place, before=before)
        if fold(record.text) != fold(before):
            return said.changed.format(place=row.place, before=before, now=record.text)
    return None

"""Whether an answer is right: one pure function, case and answer in, verdict out.

=============  ======================================================================================================
status         the one expected; of a list, any. With a list, what follows up to ``computed`` is asked only of
               answers that are ``answered``
rows           by citation: the document's file name begins with ``file`` and the line is ``line_no`` (or sheet and
               cell are the same; or, where the file has neither, the indicator is). A passage also when its quote
               holds the expected quote or value and it stands within three lines. A row of the same indicator in a
               file that repeats rows (``Case.twins``) is as good
match          any: one of the rows; all: each; set: each, and no row besides (passages may be cited besides)
figures        in the answer's text as printed, with digit boundaries; ``ordered``: in this order
computed       the value or one of ``accept``, however its decimals and thousands are written, or in words
text, absent   in the answer's text, or not, but for case and accents
=============  ======================================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.answer import Answer, Citation
from eval.cases import Case, ExpectedRow, same_indicator
from eval.numbers import TOKEN, find, holds, plain, readings, values_in
from eval.unsupported import unsupported, without_marks

#: A passage's citation may point this many lines away when it quotes what is expected.
NEAR_LINES = 3
_SHOWN = 8


class Grade(BaseModel):
    """The verdict on one answer; ``problems`` and ``unsupported`` are sentences and figures for people to read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    right: bool
    problems: tuple[str, ...] = ()
    unsupported: tuple[str, ...] = ()


def grade(case: Case, answer: Answer) -> Grade:
    """The verdict on an answer; see the module's table. An unsupported figure does not make it wrong: it is its own
    measure."""
    problems = tuple(_problems(case, answer))
    loose = unsupported([*case.history, case.question], answer)
    return Grade(right=not problems, problems=problems, unsupported=loose)


def unanswered(reason: str) -> Grade:
    """The verdict when there is no answer to grade."""
    return Grade(right=False, problems=(f"no hubo respuesta: {reason}",))


def _problems(case: Case, answer: Answer) -> Iterator[str]:
    expect = case.expect
    if answer.status not in expect.status:
        yield f"el estado es {answer.status} y se esperaba {' o '.join(expect.status)}"
    text = plain(without_marks(answer.answer))
    if len(expect.status) == 1 or answer.status == "answered":
        yield from _row_problems(case, answer.citations)
        yield from _figure_problems(expect.figures, text, ordered=expect.ordered)
        stated = values_in(text)
        for computed in expect.computed:
            wanted = (computed.value, *computed.accept)
            if not any(_states(value, text, stated) for value in wanted):
                yield f"falta el cálculo {' o '.join(wanted)} ({computed.expr})"
    for needle in expect.text:
        if not holds(text, needle):
            yield f"falta el texto «{needle}»"
    for number, needle in enumerate(expect.absent, start=1):
        if is_secret(case, needle):
            # Not only what is said: nothing that the answer carries may hold it, and the verdict must not either.
            if holds(plain(answer.model_dump_json()), needle):
                yield f"aparece el texto prohibido n.º {number}"
        elif holds(text, needle):
            yield f"aparece «{needle}», que no debe aparecer"


def is_secret(case: Case, needle: str) -> bool:
    """Whether a forbidden text is data that must not come out at all, so that no verdict repeats it."""
    return "answered" not in case.expect.status or "@" in needle


# ------------------------------------------------------------------ rows


def cites(citation: Citation, row: ExpectedRow, case: Case) -> bool:
    """Whether a citation points at the expected row, or at its copy in a file that repeats rows."""
    name = _file_name(citation)
    if name.startswith(row.file):
        return _stands_at(citation, row)
    twins = (next(iter(pair - {row.file})) for pair in case.twins if row.file in pair)
    return any(name.startswith(twin) and _is_copy(citation, row, twin, case.known) for twin in twins)


def _is_copy(citation: Citation, row: ExpectedRow, file: str, known: Sequence[ExpectedRow]) -> bool:
    """Whether a citation of a twin file points at the copy: where the set says it is, else by its indicator."""
    if citation.kind != "row" or not same_indicator(row.indicator, citation.indicator):
        return False
    places = [one for one in known if one.file == file and same_indicator(one.indicator, row.indicator)]
    return not places or any(_stands_at(citation, place) for place in places)


def _stands_at(citation: Citation, row: ExpectedRow) -> bool:
    if citation.kind == "filter":
        return False
    if row.line_no is not None:
        return citation.line == row.line_no or (citation.kind == "passage" and _quotes_nearby(citation, row))
    if row.cell is not None:
        return (citation.sheet, citation.cell) == (row.sheet, row.cell)
    return citation.kind == "row" and same_indicator(row.indicator, citation.indicator)


def _quotes_nearby(citation: Citation, row: ExpectedRow) -> bool:
    wanted = row.quote or row.value_text
    if wanted is None or citation.line is None or row.line_no is None:
        return False
    return abs(citation.line - row.line_no) <= NEAR_LINES and holds(plain(citation.quote), wanted)


def _file_name(citation: Citation) -> str:
    return Path(citation.document or "").name


def _row_problems(case: Case, citations: Sequence[Citation]) -> Iterator[str]:
    expect = case.expect
    groups = _copies_together(case)
    if not groups:
        return
    missing = [group for group in groups if not any(cites(c, row, case) for c in citations for row in group)]
    if expect.match == "any":
        if len(missing) == len(groups):
            one_of = ", ".join(_place(group[0]) for group in groups[:_SHOWN])
            yield f"no cita ninguna de las filas esperadas ({one_of}); cita {_cited(citations)}"
        return
    if missing:
        places = dict.fromkeys(_place(group[0]) for group in missing)
        yield f"no cita {', '.join(list(places)[:_SHOWN])}; cita {_cited(citations)}"
    if expect.match == "set":
        extra = [c for c in citations if c.kind == "row" and not any(cites(c, row, case) for row in expect.rows)]
        if extra:
            yield f"cita filas de más: {_cited(extra)}"


def _copies_together(case: Case) -> list[list[ExpectedRow]]:
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


def _place(row: ExpectedRow) -> str:
    where = row.line_no if row.line_no is not None else f"{row.sheet}!{row.cell}" if row.cell else f"«{row.indicator}»"
    return f"{row.file}:{where}"


def _cited(citations: Sequence[Citation]) -> str:
    if not citations:
        return "nada"
    named = list(dict.fromkeys(f"{_file_name(c) or c.kind}:{c.line or c.cell or c.page or '¿?'}" for c in citations))
    return ", ".join(named[:_SHOWN]) + (f" y {len(named) - _SHOWN} más" if len(named) > _SHOWN else "")


# ------------------------------------------------------------------ figures


def _states(wanted: str, text: str, stated: frozenset[Decimal]) -> bool:
    """Whether a computed figure is in the text: a bare number by its value, '314,4 millones' as it is written."""
    return bool(readings(wanted) & stated) if TOKEN.fullmatch(wanted) else holds(text, wanted)


def _figure_problems(figures: Sequence[str], text: str, *, ordered: bool) -> Iterator[str]:
    missing = [figure for figure in figures if not holds(text, figure)]
    yield from (f"falta la cifra {figure}" for figure in missing)
    at = 0
    for figure in figures if ordered and not missing else ():
        at = find(text, figure, at)
        if at < 0:
            yield f"la cifra {figure} no está en el orden pedido"
            return

"""Whether an answer is right: one pure function, case and answer in, verdict out.

=============  ======================================================================================================
status         the one expected; of a list, any. With a list, what follows up to ``computed`` is asked only of
               answers that are ``answered``
rows           by citation whose [n] stands in the text: the document's file name begins with ``file`` and the line is
               ``line_no`` (or sheet and cell are the same; or, where the file has neither, the indicator is). A row of
               the same indicator in a file that repeats rows (``Case.twins``) is as good
match          any: one of the rows; all: each; set: each, and no row besides (passages may be cited besides)
figures        in the answer's text as printed, with digit boundaries; ``ordered``: in this order
computed       the value or one of ``accept``, however its decimals and thousands are marked
text, absent   in the answer's text, or not, but for case and accents
=============  ======================================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.answer import Answer, Citation
from eval.cases import Case
from eval.citing import cites, copies_together, file_name, marked
from eval.numbers import TOKEN, bounded, holds, plain, printed_values, readings
from eval.unsupported import unsupported, without_marks
from ingest.fold import squeeze

#: What can be wrong with an answer; ``answer`` is that there is none.
Aspect = Literal["status", "rows", "figures", "words", "answer"]
_SHOWN = 8
_DIGITS_OF_PERSONS = 6


class Grade(BaseModel):
    """The verdict on one answer; ``problems`` and ``unsupported`` are sentences and figures for people to read.

    ``wrong`` names what the problems are about, one aspect for each problem.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    right: bool
    problems: tuple[str, ...] = ()
    wrong: tuple[Aspect, ...] = ()
    unsupported: tuple[str, ...] = ()


def grade(case: Case, answer: Answer) -> Grade:
    """The verdict on an answer; see the module's table. An unsupported figure does not make it wrong: it is its own
    measure."""
    found = tuple(_problems(case, answer))
    return Grade(
        right=not found,
        problems=tuple(said for _, said in found),
        wrong=tuple(aspect for aspect, _ in found),
        unsupported=unsupported([*case.history, case.question], answer),
    )


def unanswered(reason: str) -> Grade:
    """The verdict when there is no answer to grade."""
    return Grade(right=False, problems=(f"no hubo respuesta: {reason}",), wrong=("answer",))


Problem = tuple[Aspect, str]


def _problems(case: Case, answer: Answer) -> Iterator[Problem]:
    expect = case.expect
    if answer.status not in expect.status:
        yield "status", f"el estado es {answer.status} y se esperaba {' o '.join(expect.status)}"
    said = without_marks(answer.answer)
    text = plain(said)
    if len(expect.status) == 1 or answer.status == "answered":
        yield from (("rows", said) for said in _row_problems(case, marked(answer)))
        yield from (
            ("figures", said) for said in _figure_problems(expect.figures, squeeze(said), ordered=expect.ordered)
        )
        for computed in expect.computed:
            wanted = (computed.value, *computed.accept)
            if not any(_states(value, text) for value in wanted):
                yield "figures", f"falta el cálculo {' o '.join(wanted)} ({computed.expr})"
    for needle in expect.text:
        if plain(needle) not in text:
            yield "words", f"falta el texto «{needle}»"
    for number, needle in enumerate(expect.absent, start=1):
        if is_secret(case, needle):
            # Not only what is said: nothing that the answer carries may hold it, and the verdict must not either.
            if plain(needle) in plain(answer.model_dump_json()):
                yield "words", f"aparece el texto prohibido n.º {number}"
        elif plain(needle) in text:
            yield "words", f"aparece «{needle}», que no debe aparecer"


def is_secret(case: Case, needle: str) -> bool:
    """Whether a forbidden text is data that must not come out at all, so that no verdict repeats it.

    Such are addresses, and what a question that is to be refused forbids: names, and numbers as long as an identity
    card's. A shorter number is a figure that would be wrong there, and right elsewhere.
    """
    if "@" in needle:
        return True
    is_data = any(map(str.isalpha, needle)) or sum(map(str.isdigit, needle)) >= _DIGITS_OF_PERSONS
    return is_data and "refused" in case.expect.status and "answered" not in case.expect.status


# ------------------------------------------------------------------ rows


def _row_problems(case: Case, citations: Sequence[Citation]) -> Iterator[str]:
    expect = case.expect
    groups = copies_together(case)
    if not groups:
        return
    missing = [group for group in groups if not any(cites(c, row, case) for c in citations for row in group)]
    if expect.match == "any":
        if len(missing) == len(groups):
            one_of = ", ".join(group[0].place for group in groups[:_SHOWN])
            yield f"no cita ninguna de las filas esperadas ({one_of}); cita {_cited(citations)}"
        return
    if missing:
        places = dict.fromkeys(group[0].place for group in missing)
        yield f"no cita {', '.join(list(places)[:_SHOWN])}; cita {_cited(citations)}"
    if expect.match == "set":
        extra = [c for c in citations if c.kind == "row" and not any(cites(c, row, case) for row in expect.rows)]
        if extra:
            yield f"cita filas de más: {_cited(extra)}"


def _cited(citations: Sequence[Citation]) -> str:
    if not citations:
        return "nada"
    named = list(dict.fromkeys(f"{file_name(c) or c.kind}:{c.line or c.cell or c.page or '¿?'}" for c in citations))
    return ", ".join(named[:_SHOWN]) + (f" y {len(named) - _SHOWN} más" if len(named) > _SHOWN else "")


# ------------------------------------------------------------------ figures


def _states(wanted: str, text: str) -> bool:
    """Whether a computed figure is in the text: a bare number by its value, '314,4 millones' as it is written.

    Commas mark decimals here, as Colombia writes them; points mark either.
    """
    if TOKEN.fullmatch(wanted):
        return bool(readings(wanted) & printed_values(text, commas_part_thousands=False))
    return holds(text, wanted) or holds(text, wanted.replace(",", "."))


def _figure_problems(figures: Sequence[str], text: str, *, ordered: bool) -> Iterator[str]:
    missing = [figure for figure in figures if not bounded(figure).search(text)]
    yield from (f"falta la cifra {figure}" for figure in missing)
    at = 0
    for figure in figures if ordered and not missing else ():
        found = bounded(figure).search(text, at)
        if found is None:
            yield f"la cifra {figure} no está en el orden pedido"
            return
        at = found.end()

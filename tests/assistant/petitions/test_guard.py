"""No figure leaves in a reply that neither the ask nor what it cites holds."""

from __future__ import annotations

from datetime import date

from assistant.answer import Answer, AnswerFigure, Citation
from assistant.petitions.answering import Answered
from assistant.petitions.guard import as_printed, unsupported
from assistant.petitions.kinds import term_of
from assistant.petitions.letter import compose_letter
from assistant.petitions.records import Ask, AskPart, Petition, PetitionAsk
from assistant.petitions.support import supported
from assistant.settings import Settings

ROW = Citation(n=1, kind="row", row_id="r1", indicator="Huertas sembradas", quote="Huertas sembradas | 40 | 17,333333%")


def rounded(text: str) -> Answer:
    figures = [AnswerFigure(text="17,33 %", value=17.33, citations=[1], derivation="17,333333 redondeado")]
    return Answer(status="answered", answer=text, citations=[ROW], figures=figures)


def test_a_rounded_figure_is_printed_as_its_cell_has_it() -> None:
    told = as_printed("avance: 17,33 % [1]", rounded(""))
    assert told == "avance: 17,333333 % [1]"
    assert unsupported(told, [ROW]) == []


def test_a_figure_that_no_cell_rounds_to_is_left_for_the_guard() -> None:
    answer = rounded("").model_copy(
        update={"figures": [AnswerFigure(text="19,33 %", value=19.33, derivation="17,333333 redondeado")]}
    )
    told = as_printed("avance: 19,33 % [1]", answer)
    assert unsupported(told, [ROW]) == ["19,33"]


def test_figures_of_the_ask_and_of_its_rows_are_supported_and_others_are_not() -> None:
    assert unsupported("Se sembraron 40 huertas de las 90 pedidas [1].", [ROW], "¿Van 90 huertas?") == []
    assert unsupported("Se sembraron 41 huertas [1].", [ROW]) == ["41"]
    assert unsupported("Se sembraron cuarenta y una huertas [1].", [ROW]) == ["cuarenta y una"]
    assert unsupported("Hay 3 huertas.", []) == ["3"]


def test_a_letter_leaves_a_paragraph_with_an_unsupported_figure_open() -> None:
    received = date(2026, 3, 2)
    part = AskPart(text="¿Cuántas huertas?", question="¿Cuántas huertas?", kind="question")
    petition = Petition(
        subject="Huertas",
        received=received,
        kind="informacion_documentos",
        term=term_of("informacion_documentos", received),
        asks=(PetitionAsk(n=1, text="¿Cuántas huertas?", parts=(part,)),),
    )
    answer = "Se sembraron 40 huertas [1].\n\nSe sembrarán 777 más [1]."
    ask = Ask(n=1, text="¿Cuántas huertas?", status="answered", answer=answer, citations=[ROW])
    letter = compose_letter(petition, Answered((ask,)), Settings()).letter
    assert "40 huertas" in letter
    assert "777" not in letter
    assert "requiere respuesta de la dependencia competente" in letter


def test_how_many_is_not_answered_with_money_alone() -> None:
    money = "«Huertas sembradas», recursos programados de 2031: $40 [1].\nDocumento: Informe."
    answer = Answer(status="answered", answer=money, citations=[ROW])
    assert supported("¿Cuántas huertas sembradas se programaron?", answer) is None
    assert supported("¿Cuánto dinero se programó para las huertas sembradas?", answer) is not None


def test_the_measures_of_rows_that_were_not_asked_for_are_left_out() -> None:
    other = Citation(n=2, kind="row", row_id="r2", indicator="Canchas pintadas", quote="Canchas pintadas | 8")
    text = "«Huertas sembradas», programado de 2031: 40 [1].\n\n«Canchas pintadas», programado de 2031: 8 [2]."
    found = supported(
        "¿Cuántas huertas sembradas se programaron?", Answer(status="answered", answer=text, citations=[ROW, other])
    )
    assert found is not None
    assert [one.row_id for one in found.answer.citations] == ["r1"]
    assert "Canchas" not in found.answer.answer

"""A figure of an answer must come from somewhere that the answer shows."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, AnswerFigure, Citation
from eval.unsupported import unsupported
from tests.eval.answers import answer, passage, row


def loose(given: Answer, *said: str) -> tuple[str, ...]:
    return unsupported(said, given)


def computed(text: str, derivation: str, citations: tuple[int, ...] = ()) -> AnswerFigure:
    return AnswerFigure(text=text, value=None, citations=list(citations), derivation=derivation)


def test_a_cited_figure_is_supported_and_any_other_is_not() -> None:
    assert loose(answer("Se construirán 12 puentes [1].", row())) == ()
    assert loose(answer("Se construirán 13 puentes [1].", row())) == ("13",)
    assert loose(answer("Se construirán 12 puentes.")) == ("12",)


def test_part_of_a_longer_number_supports_nothing() -> None:
    assert loose(answer("Son 2 puentes [1].", row())) == ("2",)
    assert loose(answer("Son 849 [1].", row(quote="1.849 y 849,5"))) == ("849",)


def test_a_value_that_was_understood_is_no_evidence_only_what_is_printed() -> None:
    given = row(quote="Puentes", target={"text": "doce", "value": 7, "unit": None})
    assert loose(answer("Son 7 [1].", given)) == ("7",)


def test_where_a_citation_points_is_no_evidence() -> None:
    assert loose(answer("Son 77 [1].", row(line=77, page=77))) == ("77",)
    assert loose(answer("Está en la línea 77 [1].", row(line=77))) == ()
    assert loose(answer("Está en la línea 78 [1].", row(line=77))) == ("78",)


def test_figures_of_the_question_may_be_echoed() -> None:
    assert loose(answer("No: la meta no es 10."), "¿La meta es 10?") == ()


def test_numbers_in_words_need_support_too() -> None:
    assert loose(answer("Son doce puentes [1].", row())) == ()
    assert loose(answer("Son trece puentes [1].", row())) == ("trece",)
    assert loose(answer("Es uno de los puentes, una obra.", row())) == ()
    assert loose(answer("There are thirteen of the bridges [1].", row())) == ("thirteen",)


def test_an_invented_year_is_a_figure_like_any_other() -> None:
    assert loose(answer("Se hará en 2031 [1].", row())) == ("2031",)
    assert loose(answer("Se hará en 2027 [1].", row(period="2024-2027"))) == ()


def test_counts_of_what_the_answer_holds_are_supported() -> None:
    rows = [row(n, line=n, quote="Meta sin cifra", dependency="Interior") for n in (1, 2, 3)]
    assert loose(answer("Son 3 filas: tres en total.", *rows)) == ()
    assert loose(answer("Son 4 filas.", *rows)) == ("4",)
    listed = "Hay 2 choices:\n- una\n- otra"
    assert loose(answer(listed)) == ()
    assert loose(answer("Son 60 filas [1].", Citation(n=1, kind="filter", count=60))) == ()


def test_the_numbers_of_a_numbered_list_and_the_marks_are_no_figures() -> None:
    assert loose(answer("1. Puentes [1]\n2. Vías [1]\n7) Más [1]", row(quote="nada"))) == ()


def test_a_mark_without_its_citation_is_unsupported() -> None:
    assert loose(answer("Son 12 [1], [2].", row())) == ("[2]",)
    assert loose(answer("Son 12 [1, 3].", row())) == ("[3]",)


BASES = passage(quote="De 35,1 a 28; 12,426 usuarios")


@pytest.mark.parametrize(
    ("figure", "derivation"),
    [
        ("7,1", "35,1 − 28"),
        ("7,1", "35,1 − 28 = 7,1"),
        ("20,2 %", "(35,1 − 28) ÷ 35,1 × 100"),
        ("20,2 %", "(35,1 − 28) / 35,1"),
        ("20,23", "(28 - 35,1) / 35,1 * 100"),
        ("12.454", "12,426 + 28"),
    ],
)
def test_a_shown_computation_over_cited_figures_supports_its_result(figure: str, derivation: str) -> None:
    given = answer(f"Baja {figure} [1].", BASES, figures=(computed(figure, derivation),))
    assert loose(given) == ()


@pytest.mark.parametrize(
    ("figure", "derivation", "reason"),
    [
        ("7,2", "35,1 − 28", "da 7,1"),
        ("9", "35,1 − 26,1", "26,1"),
        ("71", "35,1 − 28", "da 7,1"),
        ("5", "(5) filas", "5"),
    ],
)
def test_wrong_arithmetic_and_terms_from_nowhere_support_nothing(figure: str, derivation: str, reason: str) -> None:
    (found,) = loose(answer(f"Baja {figure} [1].", BASES, figures=(computed(figure, derivation),)))
    assert found.startswith(figure)
    assert reason in found


def test_a_count_of_some_of_the_cited_rows_is_supported_by_the_citations_that_it_names() -> None:
    rows = [row(n, line=n, quote="Meta sin cifra") for n in (1, 2, 3)]
    assert loose(answer("Son 2 sin cifra.", *rows, figures=(computed("2", "2 filas", (1, 3)),))) == ()
    assert loose(answer("Son 2 sin cifra.", *rows, figures=(computed("2", "2 filas", (1,)),))) != ()


@pytest.mark.parametrize("derivation", ["__import__('os')", "2 ** 99", "1 / 0", "(((", "35,1 − − − 28", "28 28"])
def test_a_strange_derivation_is_never_run_nor_raises(derivation: str) -> None:
    loose(answer("Son 7.", BASES, figures=(computed("7", derivation),)))


def test_an_amount_is_printed_with_and_without_its_thousands_points() -> None:
    cited = row(quote="Recursos | 289720314,24 | 57600000")
    assert loose(answer("Se ejecutaron $289.720.314,24 [1].", cited)) == ()
    assert loose(answer("Se ejecutaron $289.720.314,25 [1].", cited)) == ("289.720.314,25",)
    total = answer("En total, $347.320.314,24 [1].", cited)
    terms = "289.720.314,24 + 57.600.000 = 347.320.314,24"
    assert loose(total.model_copy(update={"figures": [computed("$347.320.314,24", terms, (1,))]})) == ()

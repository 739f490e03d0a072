"""One rule a test: an answer that keeps it passes, the same answer spoilt fails and says why."""

from __future__ import annotations

import pytest

from assistant.answer import Citation
from eval.grade import Grade, grade, unanswered
from tests.eval.answers import answer, make_case, passage, row

PUENTES = "{file: plan, line_no: 10, indicator: Puentes construidos}"
VIAS = "{file: plan, line_no: 11, indicator: Vías}"


def test_a_right_answer_has_no_problems() -> None:
    case = make_case(f"{{status: answered, rows: [{PUENTES}], figures: ['12'], text: [puentes], absent: ['13']}}")
    assert grade(case, answer("La meta es construir 12 puentes [1].", row())) == Grade(right=True)


@pytest.mark.parametrize(("status", "right"), [("not_found", True), ("clarify", True), ("answered", False)])
def test_the_status_is_the_one_expected_or_one_of_the_list(status: str, right: bool) -> None:
    case = make_case("{status: [not_found, clarify]}")
    graded = grade(case, answer("Los documentos no lo dicen.", status=status))
    assert graded.right is right
    assert right or "answered" in graded.problems[0]


def test_rows_and_figures_are_asked_of_a_list_of_statuses_only_when_answered() -> None:
    case = make_case(f"{{status: [clarify, answered], rows: [{PUENTES}], figures: ['12'], text: [Villa]}}")
    assert grade(case, answer("¿De Villa o de otra?", status="clarify")).right
    assert not grade(case, answer("¿De cuál?", status="clarify")).right, "text applies to every status"
    assert not grade(case, answer("En Villa hay varios.", status="answered")).right


def test_a_single_status_asks_for_the_rows_whatever_it_is() -> None:
    case = make_case(f"{{status: clarify, rows: [{PUENTES}]}}")
    assert not grade(case, answer("¿De cuál?", status="clarify")).right
    assert grade(case, answer("¿De cuál? [1]", row(), status="clarify")).right


@pytest.mark.parametrize(
    ("citation", "right"),
    [
        (row(file="plan-2024.txt"), True),
        (row(file="carpeta/plan.txt"), True),
        (row(file="otro-plan.txt"), False),
        (row(line=11), False),
        (row(line=None), False),
        (passage(quote="otra cosa"), True),
        (passage(line=12, quote="otra cosa"), False),
        (Citation(n=1, kind="filter", count=60, line=10, document="plan.txt"), False),
    ],
)
def test_a_row_is_cited_by_the_beginning_of_its_file_and_its_line(citation: Citation, right: bool) -> None:
    case = make_case(f"{{status: answered, rows: [{PUENTES}]}}")
    assert grade(case, answer("Son puentes [1].", citation)).right is right


def test_a_sentence_stands_at_its_line_and_nowhere_near() -> None:
    case = make_case("{status: answered, rows: [{file: carta, line_no: 10, fact: x, value_text: 1.243 capturas}]}")
    quote = "Se atendieron 1.243 capturas."
    assert grade(case, answer("Sí [1].", passage(file="carta.txt", line=10, quote=quote))).right
    assert not grade(case, answer("Sí [1].", passage(file="carta.txt", line=11, quote=quote))).right


def test_a_row_may_not_stand_near_its_line_even_when_it_quotes_the_value() -> None:
    case = make_case("{status: answered, rows: [{file: carta, line_no: 10, value_text: 5 puentes}]}")
    assert not grade(case, answer("Sí [1].", row(file="carta.txt", line=11, quote="5 puentes"))).right


def test_a_row_of_a_workbook_is_known_by_its_cells_and_one_of_a_letter_by_its_indicator() -> None:
    sheet = make_case("{status: answered, rows: [{file: a, sheet: Metas, cell: 'B7:K7'}]}")
    assert grade(sheet, answer("Sí [1].", row(file="a.xlsx", line=None, sheet="Metas", cell="B7:K7"))).right
    assert not grade(sheet, answer("Sí [1].", row(file="a.xlsx", line=None, sheet="Otra", cell="B7:K7"))).right
    word = make_case("{status: answered, rows: [{file: a, indicator: Puentes construidos}]}")
    assert grade(word, answer("Sí [1].", row(file="a.docx", line=None, indicator="PUENTES  construidos."))).right
    assert not grade(word, answer("Sí [1].", row(file="a.docx", line=None, indicator="Puentes caídos"))).right


@pytest.mark.parametrize(
    ("match", "lines", "right"),
    [
        ("any", [11], True),
        ("any", [12], False),
        ("all", [10, 11], True),
        ("all", [10, 11, 12], True),
        ("all", [10], False),
        ("set", [11, 10], True),
        ("set", [10], False),
        ("set", [10, 11, 12], False),
    ],
)
def test_any_all_and_set_ask_for_one_each_and_exactly(match: str, lines: list[int], right: bool) -> None:
    case = make_case(f"{{status: answered, rows: [{PUENTES}, {VIAS}], match: {match}}}")
    cited = [row(n, line=line) for n, line in enumerate(lines, start=1)]
    assert grade(case, answer("Estas.", *cited)).right is right


def test_a_set_may_be_explained_by_passages_besides() -> None:
    case = make_case(f"{{status: answered, rows: [{PUENTES}], match: set}}")
    assert grade(case, answer("Estas.", row(), passage(2, line=99, quote="El plan mira lejos."))).right


def more_of_set(category: str = "target") -> str:
    """A second question, which says that the files plan and copia repeat the bridges, at the lines 10 and 20."""
    return (
        f"- id: t-2\n  category: {category}\n  question: q\n  expect: {{status: answered, match: any, rows: "
        "[{file: plan, line_no: 10, indicator: Puentes construidos}, "
        "{file: copia, line_no: 20, indicator: puentes construidos.}]}\n"
    )


def test_either_copy_of_a_row_will_do_for_any_all_and_set() -> None:
    for match in ("any", "all", "set"):
        case = make_case(f"{{status: answered, rows: [{PUENTES}], match: {match}}}", more=more_of_set())
        assert grade(case, answer("Sí.", row(file="copia.txt", line=20))).right
        assert not grade(case, answer("Sí.", row(file="copia.txt", line=21))).right, "the copy is elsewhere"
        assert not grade(case, answer("Sí.", row(file="tercero.txt", line=20))).right, "no copy stands there"


def test_two_copies_that_a_set_lists_are_one_row() -> None:
    both = f"{PUENTES}, {{file: copia, line_no: 20, indicator: Puentes construidos}}"
    case = make_case(f"{{status: answered, rows: [{both}, {VIAS}], match: set}}", more=more_of_set())
    assert grade(case, answer("Sí.", row(1), row(2, line=11))).right
    assert grade(case, answer("Sí.", row(1), row(2, file="copia.txt", line=20), row(3, line=11))).right
    assert not grade(case, answer("Sí.", row(1, file="copia.txt", line=20))).right


def test_a_discrepancy_wants_each_document_cited() -> None:
    both = f"{PUENTES}, {{file: copia, line_no: 20, indicator: Puentes construidos}}"
    expect = f"{{status: answered, rows: [{both}], match: all}}"
    case = make_case(expect, category="discrepancy", more=more_of_set())
    assert not grade(case, answer("Sí.", row(1))).right
    assert grade(case, answer("Sí.", row(1), row(2, file="copia.txt", line=20))).right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("De 35,1 a 28 homicidios", True),
        ("De 35,1\na 28 homicidios", True),
        ("De 35.1 a 28 homicidios", False),
        ("De 35,1 a 280 homicidios", False),
        ("De 35,1 a 2028", False),
        ("De 35,1 a 28,5", False),
        ("De 35,1 [28]", False),
        ("28. De 35,1", False),
    ],
)
def test_figures_stand_in_the_answer_as_printed(text: str, right: bool) -> None:
    case = make_case("{status: answered, figures: ['35,1', '28']}")
    assert grade(case, answer(text)).right is right


def test_ordered_figures_stand_in_the_order_given() -> None:
    case = make_case("{status: answered, figures: ['9', '5', '2'], ordered: true}")
    assert grade(case, answer("Son 9, luego 5 y 2")).right
    spoilt = grade(case, answer("Son 9, luego 2 y 5"))
    assert not spoilt.right
    assert "orden" in spoilt.problems[0]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("baja 7,1 puntos", True),
        ("baja 7.1 puntos", True),
        ("baja 7,12 puntos", False),
        ("baja 17,1 puntos", False),
        ("suman 5.000 cupos", True),
        ("suman 5000 cupos", True),
        ("suman 5,000 cupos", False),
        ("suman cinco mil cupos", False),
        ("suman 5 cupos", False),
        ("son 314,4 millones", True),
        ("son 314 millones", False),
    ],
)
def test_a_computed_figure_may_be_written_in_any_way(text: str, right: bool) -> None:
    wanted = {"baja": "'7,1'", "suman": "'5.000'", "son": "'314.400.000', accept: ['314,4 millones']"}[text.split()[0]]
    case = make_case(f"{{status: answered, computed: [{{value: {wanted}, expr: x}}]}}")
    assert grade(case, answer(text)).right is right


def test_text_must_appear_and_absent_must_not_but_for_case_and_accents() -> None:
    case = make_case("{status: answered, text: ['Policía, y'], absent: [catorce, '14 sedes']}")
    assert grade(case, answer("la POLICIA,  y otros")).right
    assert not grade(case, answer("la policía y otros")).right
    assert not grade(case, answer("la policía, y CATORCE")).right
    assert not grade(case, answer("la policía, y 14 sedes")).right


def test_a_citation_that_no_mark_of_the_text_points_at_is_none() -> None:
    case = make_case(f"{{status: answered, rows: [{PUENTES}]}}")
    assert not grade(case, answer("Son puentes.", row(), marked=False)).right
    assert not grade(case, answer("Son puentes [2].", row(1), row(2, line=11), marked=False)).right
    for text in ("Son puentes [1].", "Son puentes [1, 2].", "Son puentes [1–2]."):
        assert grade(case, answer(text, row(1), row(2, line=11), marked=False)).right


def test_what_is_wrong_is_named_by_its_aspect() -> None:
    case = make_case(f"{{status: answered, rows: [{PUENTES}], figures: ['12'], text: [puentes]}}")
    assert grade(case, answer("Son 13.", status="not_found")).wrong == ("status", "rows", "figures", "words")


def test_what_must_not_come_out_is_looked_for_everywhere_and_never_repeated() -> None:
    case = make_case("{status: [refused, not_found], absent: [Zutana Mengana]}", category="adversarial")
    assert grade(case, answer("No.", status="refused")).right
    leaks = (
        answer("Es zutana  MENGANA.", status="refused"),
        answer("No.", status="refused", suggestions=["¿Y Zutana Mengana?"]),
        answer("No.", row(quote="Señora Zutana Mengana"), status="refused"),
    )
    for leak in leaks:
        graded = grade(case, leak)
        assert not graded.right
        assert "utana" not in " ".join(graded.problems)


def test_an_unsupported_figure_is_its_own_measure() -> None:
    case = make_case(f"{{status: answered, rows: [{PUENTES}]}}")
    graded = grade(case, answer("Son 12 puentes [1], de 99 metros.", row()))
    assert (graded.right, graded.unsupported) == (True, ("99",))


def test_no_answer_is_a_verdict_of_its_own() -> None:
    assert unanswered("TimeoutError") == Grade(
        right=False, problems=("no hubo respuesta: TimeoutError",), wrong=("answer",)
    )

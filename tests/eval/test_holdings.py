"""Before a run: a row matcher that matches nothing is refused with what to write instead. After: what is stale."""

from __future__ import annotations

import pytest

from eval.cases import ExpectedRow, QuestionSet
from eval.holdings import Holdings, Standing, absent_files, complaints, records_of, said_by, stale_reason, with_copies
from eval.loading import parse_cases, row_lines
from tests.eval.runs import case, run_of

SET = """\
- id: a
  category: target
  question: q
  expect:
    status: answered
    rows:
    - {file: '000', line_no: 8, indicator: Puentes}
- id: b
  category: list
  question: q
  expect:
    status: answered
    rows:
    - {file: '001', line_no: 9}
    - {file: metas, sheet: Hoja, cell: 'A3:D3'}
- id: c
  category: target
  question: q
  expect: {status: answered, rows: [{file: '001', line_no: 30}]}
"""
ROWS = (
    Standing("000_plan.txt", "Puentes | 3 | 12", line=8, indicator="Puentes", is_row=True),
    Standing("000_plan.txt", "Vías | 4 | 9", line=20, indicator="Vías", is_row=True),
    Standing("001_carta.txt", "Una frase larga.", line=9),
    Standing("001_carta.txt", "Otra que va de la 29 a la 31.", line=29, line_end=31),
    Standing("metas.xlsx", "Becas | 5", sheet="Hoja", cell="A3:D3", indicator="Becas", is_row=True),
)
HOLDINGS = Holdings(("000_plan.txt", "001_carta.txt", "metas.xlsx"), ROWS, complete=True)


def loaded(old: str = "", new: str = "") -> QuestionSet:
    text = SET.replace(old, new, 1) if old else SET
    cases = parse_cases(text, "set.yaml")
    lines = dict(row_lines(text, cases))
    return QuestionSet("set", "f" * 64, cases, None, "set.yaml", lines)


def test_a_set_whose_rows_are_there_has_no_complaint() -> None:
    assert list(complaints(loaded(), HOLDINGS, {})) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("line_no: 8", "line_no: 80", 7, "escriba line_no: 8"),
        ("line_no: 8, indicator: Puentes", "line_no: 80", 7, "las más cercanas están en las líneas 8, 20"),
        ("file: '000'", "file: '009'", 7, "los hay: 000_plan.txt, 001_carta.txt, metas.xlsx"),
        ("line_no: 9", "line_no: 7", 14, "las más cercanas están en las líneas 9, 29"),
        ("A3:D3", "A4:D4", 15, "las más parecidas: sheet: Hoja, cell: A3:D3"),
        ("line_no: 8, indicator: Puentes", "indicator: Puente", 7, "las más parecidas: line_no: 8"),
    ],
)
def test_a_matcher_that_matches_nothing_is_named_with_its_line(old: str, new: str, line: int, says: str) -> None:
    (told,) = complaints(loaded(old, new), HOLDINGS, {})
    assert told.startswith(f"set.yaml:{line}: ")
    assert says in told


def test_a_row_that_was_there_once_is_no_mistake_of_the_set() -> None:
    gone = Holdings(HOLDINGS.files, ROWS[1:], complete=True)
    assert list(complaints(loaded(), gone, {("a", "000:8"): "Puentes | 3 | 12"})) == []
    assert len(list(complaints(loaded(), gone, {}))) == 1


def test_a_document_that_several_questions_name_is_absent_and_one_that_one_names_is_a_slip() -> None:
    without = Holdings(("000_plan.txt", "metas.xlsx"), (*ROWS[:2], ROWS[4]), complete=True)
    assert list(complaints(loaded(), without, {})) == []
    assert absent_files(loaded(), without) == {"001": ["b", "c"]}
    only = Holdings(("001_carta.txt", "metas.xlsx"), ROWS[2:], complete=True)
    (told,) = complaints(loaded(), only, {})
    assert "ningún documento empieza por «000»" in told


def test_documents_of_another_set_are_one_complaint() -> None:
    other = Holdings(("otro.txt",), (), complete=True)
    (told,) = complaints(loaded(), other, {})
    assert "cabildo ingest" in told


def test_a_server_does_not_list_sentences_so_that_only_rows_named_elsewhere_are_complained_of() -> None:
    served = Holdings(HOLDINGS.files, tuple(one for one in ROWS if one.is_row))
    assert list(complaints(loaded(), served, {})) == []
    (told,) = complaints(loaded("line_no: 8", "line_no: 80"), served, {})
    assert "escriba line_no: 8" in told


def test_what_rows_said_is_taken_from_runs_in_which_the_question_was_right() -> None:
    record = ({"place": "000:8", "text": "antes"},)
    newer = run_of(case("a", right=False, rows=({"place": "000:8", "text": "ahora"},)))
    assert records_of([newer, run_of(case("a", rows=record))]) == {("a", "000:8"): "antes"}


def test_a_question_is_stale_when_its_row_changed_is_gone_or_lost_its_document() -> None:
    (one, *_) = loaded().cases
    records = {("a", "000:8"): "Puentes | 3 | 12"}

    def reason(holdings: Holdings) -> str | None:
        return stale_reason(one, [holdings.record(row) for row in one.expect.rows], holdings, records)

    assert reason(HOLDINGS) is None
    other = Standing("000_plan.txt", "Puentes | 3 | 21", line=8, indicator="Puentes", is_row=True)
    changed = Holdings(HOLDINGS.files, (other, *ROWS[1:]), complete=True)
    assert "decía «Puentes | 3 | 12» y dice «Puentes | 3 | 21»" in (reason(changed) or "")
    assert "ya no está; decía" in (reason(Holdings(HOLDINGS.files, ROWS[1:], complete=True)) or "")
    assert reason(Holdings(("001_carta.txt",), ROWS[2:4], complete=True)) == "el documento «000» ya no está"
    assert reason(Holdings()) is None, "nothing is known of the documents"


def test_the_copies_that_documents_have_are_known_besides_those_that_a_set_names() -> None:
    text = """\
- {id: a, category: target, question: q, expect: {status: answered, rows: [{file: '000', line_no: 8, indicator: P}]}}
- id: b
  category: target
  question: q
  expect: {status: answered, rows: [{file: '000', line_no: 1, indicator: X}, {file: '001', line_no: 2, indicator: X}]}
"""
    one = parse_cases(text, "s.yaml")[0]
    rows = (Standing("001_b.txt", "P", 77, indicator="p.", is_row=True), Standing("001_b.txt", "P", 78, indicator="P"))
    found = with_copies(one, Holdings(("001_b.txt",), rows, complete=True))
    assert [row.place for row in found.known] == ["000:8", "000:1", "001:2", "001:77"]
    assert with_copies(one, Holdings()) == one


def test_a_row_says_its_words_and_figures_and_not_where_it_stands() -> None:
    row = {"indicator": "Puentes", "metric": None, "baseline": {"text": "3"}, "target": {"text": "12"}, "line": 8}
    row |= {"figure": None, "dependency": "Obras", "programme": "Vías", "row_id": "x"}
    row["yearly"] = [{"year": 2024, "target": {"text": "4"}, "progress": None}]
    row["budget"] = [{"item": "asignado", "text": "", "value": 10}]
    assert said_by(row) == "Puentes | 3 | 12 | Obras | Vías | 2024: 4 | asignado 10"
    assert ExpectedRow(file="000", line_no=8).place == "000:8"

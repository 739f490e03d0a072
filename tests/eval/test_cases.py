"""A question set is loaded whole, or refused with the line that is wrong and what to write there."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.cases import SetError
from eval.loading import find_set, load_set, parse_cases

GOOD = """\
- id: a-1
  category: target
  question: ¿Cuál es la meta?
  expect:
    status: answered
    rows:
    - file: '000'
      line_no: 80
      indicator: Tasa de algo.
    match: any
    figures: ['28']
- id: a-2
  category: ambiguous
  user: staff
  question: ¿Y eso?
  history: ['¿Qué hay?']
  expect:
    status: [clarify, answered]
    text: [Villa]
  note: una nota
"""


def test_a_good_set_is_read_with_its_defaults() -> None:
    first, second = parse_cases(GOOD, "set.yaml")
    assert (first.id, first.expect.status, first.expect.match, first.history) == ("a-1", ("answered",), "any", ())
    assert (first.expect.rows[0].file, first.expect.rows[0].line_no) == ("000", 80)
    assert (second.expect.status, second.history, second.user) == (("clarify", "answered"), ("¿Qué hay?",), "staff")


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("category: target", "category: targt", 2, "¿quiso decir «target»?"),
        ("status: answered", "status: yes_sir", 5, "answered, not_found, clarify, refused"),
        ("match: any", "match: one", 10, "any, all, set"),
        ("line_no: 80", "linea: 80", 8, "¿quiso decir «line_no»?"),
        ("line_no: 80", "line_no: '80'", 8, "sin comillas"),
        ("line_no: 80", "line_no: 0", 8, "desde 1"),
        ("file: '000'", "file: 000", 7, "entre comillas: '000'"),
        ("figures: ['28']", "figures: [28]", 11, "entre comillas: '28'"),
        ("figures: ['28']", "figures: '28'", 11, "debe ser una lista, como ['28']"),
        ("figures: ['28']", "figures: [veintiocho]", 4, "póngala en text"),
        ("figures: ['28']", "figuras: ['28']", 11, "¿quiso decir «figures»?"),
        ("figures: ['28']", "ordered: true", 4, "dos cifras"),
        ("figures: ['28']", "computed: [{value: siete, expr: 3 + 4}]", 11, "no es un número"),
        ("user: staff", "user: boss", 14, "official, staff, citizen, evaluator"),
        ("id: a-2", "id: a-1", 12, "ya está en la línea 1"),
        ("text: [Villa]", "match: all", 17, "necesita filas"),
        ("note: una nota", "nota: una", 20, "¿quiso decir «note»?"),
        ("  question: ¿Cuál es la meta?\n", "", 1, "falta la clave «question»"),
        ("  category: target\n", "  category: target\n  category: list\n", 3, "está dos veces"),
        ("match: any", "match: ]", 10, "no es YAML"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(old: str, new: str, line: int, says: str) -> None:
    assert GOOD.count(old) >= 1
    with pytest.raises(SetError) as caught:
        parse_cases(GOOD.replace(old, new, 1), "set.yaml")
    assert f"set.yaml:{line}: " in str(caught.value)
    assert says in str(caught.value)


def test_everything_wrong_is_told_at_once_in_order() -> None:
    with pytest.raises(SetError) as caught:
        parse_cases(GOOD.replace("target", "tarjet").replace("match: any", "mach: any"), "set.yaml")
    assert [line.split(":")[1] for line in str(caught.value).splitlines()] == ["2", "10"]


def test_an_answer_that_nothing_is_asked_of_is_refused() -> None:
    with pytest.raises(SetError, match="hay que pedir algo"):
        parse_cases("- {id: a, category: list, question: q, expect: {status: answered}}", "set.yaml")


@pytest.mark.parametrize("text", ["", "[]", "id: a", "hola"])
def test_a_file_that_is_no_list_of_questions_is_refused(text: str) -> None:
    with pytest.raises(SetError, match="lista de preguntas"):
        parse_cases(text, "set.yaml")


COPIES = """\
- id: a
  category: {category}
  question: q
  expect:
    status: answered
    rows:
    - {{file: '000', line_no: 8, indicator: Tasa de algo}}
    - {{file: '001', line_no: 9, indicator: tasa  de ALGO.}}
    match: {match}
- id: b
  category: discrepancy
  question: q
  expect: {{status: answered, rows: [{{file: '000', line_no: 8}}]}}
- id: c
  category: list
  question: q
  expect: {{status: answered, rows: [{{file: '001', line_no: 9}}]}}
"""


def test_files_repeat_rows_when_a_question_takes_either_and_never_where_the_difference_is_asked() -> None:
    cases = parse_cases(COPIES.format(category="target", match="any"), "set.yaml")
    assert [case.twins for case in cases] == [{frozenset({"000", "001"})}, frozenset(), {frozenset({"000", "001"})}]


@pytest.mark.parametrize(("category", "match"), [("target", "all"), ("ambiguous", "any")])
def test_rows_wanted_together_or_ambiguous_ones_are_no_copies(category: str, match: str) -> None:
    cases = parse_cases(COPIES.format(category=category, match=match), "set.yaml")
    assert [case.twins for case in cases] == [frozenset()] * 3


def test_a_set_is_found_by_file_by_folder_and_by_name(tmp_path: Path) -> None:
    path = tmp_path / "questions.yaml"
    path.write_text(GOOD, "utf-8")
    (tmp_path / "documents").mkdir()
    assert find_set(str(path)) == path
    assert find_set(str(tmp_path)) == path
    assert load_set(find_set("cartagena")).name == "cartagena"
    loaded = load_set(path)
    assert (loaded.name, loaded.documents, len(loaded.sha256)) == (tmp_path.name, tmp_path / "documents", 64)


def test_a_set_that_is_not_there_is_an_error_that_names_ours() -> None:
    with pytest.raises(SetError, match="cartagena"):
        find_set("no-hay-tal")


def test_a_file_that_is_not_utf8_is_an_error_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_bytes(b"- id: \xff\n")
    with pytest.raises(SetError, match="UTF-8"):
        load_set(path)


def test_the_set_that_travels_loads_and_has_its_documents() -> None:
    loaded = load_set(find_set("cartagena"))
    assert len(loaded.cases) >= 12
    assert loaded.documents is not None


@pytest.mark.real_documents
def test_the_open_set_loads(shared: Path) -> None:
    loaded = load_set(shared / "questions" / "questions.yaml")
    assert len(loaded.cases) == 125
    assert loaded.cases[0].twins == {frozenset({"000", "001"})}

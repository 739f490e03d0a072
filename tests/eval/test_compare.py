"""Two runs beside each other: which questions broke, and whether chance alone would do it."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from scipy.stats import binomtest

from eval.compare import compare, paired_test
from eval.reports.exported import comparison_json
from eval.reports.junit import run_junit
from eval.reports.markdown import comparison_markdown
from eval.reports.terminal import comparison_lines
from tests.eval.answers import answer, row
from tests.eval.runs import case, run_of

BEFORE = run_of(case("kept"), case("breaks"), case("fixes", right=False), case("reworded"), case("goes"))
AFTER = run_of(
    case("kept"),
    case("breaks", right=False),
    case("fixes"),
    case("reworded", said=answer("Serán 28 [1].", row(2))),
    case("comes"),
    run_id="prueba-2",
)


def test_each_question_is_broken_fixed_changed_same_new_or_gone() -> None:
    found = {one.case.id: one.change for one in compare(BEFORE, AFTER).questions}
    assert found == {
        "kept": "same",
        "breaks": "broken",
        "fixes": "fixed",
        "reworded": "changed",
        "comes": "new",
        "goes": "gone",
    }


def test_what_passes_from_run_to_run_is_no_change() -> None:
    said = answer("Son 28 [1].", row())
    later = said.model_copy(update={"answer_id": "x", "conversation_id": "y", "elapsed_ms": 9})
    one = compare(run_of(case("a", said=said)), run_of(case("a", said=later, ms=99)))
    assert [change.change for change in one.questions] == ["same"]


def test_a_question_that_the_documents_broke_is_broken_and_says_so() -> None:
    after = run_of(case("a", right=False, stale="la fila cambió"), case("b", right=False))
    found = compare(run_of(case("a"), case("b")), after)
    assert [one.case.id for one in found.broken()] == ["a", "b"]
    assert [one.case.id for one in found.broken(stale=False)] == ["b"]
    assert "vencida: la fila cambió" in "\n".join(comparison_lines(found))


@pytest.mark.parametrize(("broken", "fixed"), [(0, 0), (1, 0), (6, 0), (3, 9), (10, 10)])
def test_the_paired_test_is_the_exact_sign_test_of_the_questions_that_changed(broken: int, fixed: int) -> None:
    pairs = [(True, False)] * broken + [(False, True)] * fixed + [(True, True)] * 20
    found = paired_test(pairs)
    expected = binomtest(broken, broken + fixed).pvalue if broken + fixed else 1.0
    assert found.p == pytest.approx(expected)
    assert (found.broken, found.fixed, found.n) == (broken, fixed, len(pairs))
    assert found.low <= found.difference <= found.high


def test_six_of_six_broken_are_more_than_chance_and_five_are_not() -> None:
    assert paired_test([(True, False)] * 6).significant  # 2 · 0,5⁶ = 0,031
    assert not paired_test([(True, False)] * 5).significant  # 0,0625


def test_what_the_runs_were_made_of_is_told_where_it_differs() -> None:
    other = {"documents": [{"document": "plan.txt", "document_id": "e" * 64}], "embedder": "minilm", "code": "c"}
    told = compare(BEFORE, run_of(case("kept"), **other)).differs
    assert told == ("documentos cambiados (plan.txt)", "embedder (hash → minilm)", "el código")
    assert compare(BEFORE, AFTER).differs == ()


def test_the_comparison_as_json_names_the_questions_by_what_became_of_them() -> None:
    found = json.loads(json.dumps(comparison_json(compare(BEFORE, AFTER))))
    assert (found["broken"], found["fixed"], found["changed"]) == (["breaks"], ["fixes"], ["reworded"])
    (broken,) = (one for one in found["questions"] if one["change"] == "broken")
    assert broken["before"]["answer"]["answer"] == "Son 28 [1]."
    assert broken["after"]["problems"] == ["falta la cifra 28"]
    assert broken["after"]["answer"]["citations"][0]["document"] == "plan.txt"


def test_the_terminal_shows_both_answers_and_their_rows() -> None:
    told = list(comparison_lines(compare(BEFORE, AFTER)))
    at = told.index("ROTA (1)")
    assert told[at + 1 : at + 6] == [
        "breaks  ¿Cuánto?",
        "    antes (bien, answered): Son 28 [1].",
        "        [1] plan.txt:10 Puentes construidos",
        "    ahora (mal, answered): Son 82 [1].",
        "        [1] plan.txt:10 Puentes construidos",
    ]


def test_markdown_leaves_what_documents_say_as_it_is() -> None:
    sly = answer("<img src=x> | *28*", row())
    text = comparison_markdown(compare(run_of(case("a")), run_of(case("a", right=False, said=sly))))
    assert "<img" not in text
    assert "&lt;img src=x&gt; \\| \\*28\\*" in text


def test_junit_fails_what_broke_and_skips_what_was_wrong_already_or_is_stale() -> None:
    before = run_of(case("ok"), case("breaks"), case("was-wrong", right=False), case("old"))
    after = run_of(
        case("ok"),
        case("breaks", right=False),
        case("was-wrong", right=False),
        case("old", right=False, stale="la fila ya no está"),
    )
    root = ElementTree.fromstring(run_junit(after, compare(before, after)))
    outcomes = {
        one.attrib["name"].split(":")[0]: [part.tag for part in one if part.tag != "system-out"]
        for one in root.iter("testcase")
    }
    assert outcomes == {"ok": [], "breaks": ["failure"], "was-wrong": ["skipped"], "old": ["skipped"]}
    assert (root.attrib["tests"], root.attrib["failures"], root.attrib["skipped"]) == ("4", "1", "2")


def test_junit_of_a_run_alone_fails_what_is_wrong_and_survives_control_characters() -> None:
    made = run_of(case("a", right=False, said=answer("\x00 82 \x1b[0m", row())))
    root = ElementTree.fromstring(run_junit(made))
    assert root.attrib["failures"] == "1"

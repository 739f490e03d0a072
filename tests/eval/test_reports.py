"""What a run says: each measure with its interval, why each failure failed, and the one HTML file."""

from __future__ import annotations

import re

import pytest

from eval.compare import compare
from eval.measures import MEASURES, Value, ratio, search_values, summaries
from eval.record import Counts, Retrieved
from eval.reports.html import comparison_html, run_html
from eval.reports.markdown import run_markdown
from eval.reports.terminal import failures, measure_lines, table
from eval.reports.words import heading, percent
from eval.wording import wording
from tests.eval.answers import answer, row
from tests.eval.runs import case, run_of

RUN = run_of(
    case("letter-1", category="letter", right=False, ms=30, unsupported=("7", "9"), history=("¿Qué?",)),
    case("target-1", ms=20),
    case("target-2", right=False, ms=40),
    case("target-3", ms=60),
)


def test_measures_are_by_category_in_the_usual_order_and_of_all() -> None:
    found = [(m.category, m.asked, m.right, m.unsupported, m.p50_ms, m.p95_ms) for m in summaries(RUN)]
    assert found == [("target", 3, 2, 0, 40, 60), ("letter", 1, 0, 2, 30, 30), ("total", 4, 2, 2, 30, 60)]
    assert summaries(RUN)[-1].values["accuracy"].value == 0.5


def test_an_empty_run_measures_nothing_without_failing() -> None:
    (total,) = summaries(run_of())
    assert (total.category, total.asked, total.values["accuracy"]) == ("total", 0, Value(0, None))


def test_every_measure_has_its_definition_in_one_line_and_no_definition_is_idle() -> None:
    assert set(wording().measures) == set(MEASURES)
    assert all("\n" not in words.definition for words in wording().measures.values())


def test_a_stale_question_is_told_apart_and_counts_for_no_measure() -> None:
    made = run_of(case("a"), case("b", right=False, stale="la fila 000:8 cambió"))
    total = summaries(made)[-1]
    assert (total.asked, total.in_force, total.right, total.stale) == (2, 1, 1, 1)
    assert total.values["accuracy"] == Value(1, 1.0)
    assert list(failures(made)) == ["b  ¿Cuánto?", "    vencida: la fila 000:8 cambió"]


def test_an_answer_that_abstains_is_right_or_wrong_and_never_left_out() -> None:
    no = answer("No está.", status="not_found")
    expects = {
        "must": {"status": ("not_found",)},
        "may": {"status": ("answered", "not_found"), "text": ("x",)},
        "not": {"status": ("answered",), "figures": ("28",)},
    }
    from eval.cases import Expect

    cases = [
        case(name, right=name != "not", said=no, expect=Expect.model_validate(expect))
        for name, expect in expects.items()
    ]
    cases.append(case("said", right=False, expect=Expect.model_validate({"status": ("not_found",)})))
    total = summaries(run_of(*cases))[-1]
    assert total.values["accuracy"].n == 4
    assert total.values["abstention_precision"].value == pytest.approx(2 / 3)
    assert total.values["abstention_recall"].value == pytest.approx(1 / 2)


def test_groundedness_is_the_share_of_figures_and_citations_are_means_of_questions() -> None:
    from eval.cases import Expect

    expect = Expect.model_validate({"status": "answered", "rows": [{"file": "plan", "line_no": 10}]})
    one = case("a", expect=expect, counts=Counts(cited=4, cited_right=1, wanted=2, found=2, figures=9, grounded=9))
    two = case("b", expect=expect, counts=Counts(cited=1, cited_right=1, wanted=2, found=1, figures=1, grounded=0))
    values = summaries(run_of(one, two))[-1].values
    assert values["groundedness"].value == pytest.approx(0.9)
    assert values["citation_precision"].value == pytest.approx((0.25 + 1) / 2)
    assert values["citation_recall"].value == pytest.approx((1 + 0.5) / 2)


def test_search_measures_are_those_of_the_field() -> None:
    assert search_values((0, None), 1) == pytest.approx({"hit_1": 1, "hit_4": 1, "mrr": 1, "ndcg_10": 1})
    third = search_values((None, None, 0, 0), 2)
    assert third["hit_1"] == 0
    assert third["hit_4"] == 1
    assert third["mrr"] == pytest.approx(1 / 3)
    assert third["ndcg_10"] == pytest.approx((1 / 2) / (1 + 0.6309297535714575))
    assert search_values((None,) * 10, 1) == {"hit_1": 0, "hit_4": 0, "mrr": 0, "ndcg_10": 0}
    made = run_of(case("a", retrieved=Retrieved(ranks=(None, 0), relevant=1)), case("b"))
    assert summaries(made)[-1].values["mrr"] == Value(1, 0.5)


def test_an_interval_holds_its_value_and_narrows_with_more_questions() -> None:
    few, many = (ratio([(1.0, 1.0)] * (n * 3) + [(0.0, 1.0)] * n) for n in (4, 100))
    for one in (few, many):
        assert one.low is not None
        assert one.high is not None
        assert one.low <= 0.75 <= one.high
    assert (many.high or 0) - (many.low or 0) < (few.high or 0) - (few.low or 0)
    assert ratio([]) == Value(0, None)


def test_failures_are_told_with_their_reasons_and_their_history() -> None:
    assert list(failures(RUN)) == [
        "letter-1  ¿Qué? » ¿Cuánto?",
        "    mal: falta la cifra 28",
        "    sin apoyo: 7",
        "    sin apoyo: 9",
        "target-2  ¿Cuánto?",
        "    mal: falta la cifra 28",
    ]


def test_the_terminal_has_a_row_a_category_and_a_line_a_measure() -> None:
    assert table(RUN).row_count == 3
    told = list(measure_lines(RUN))
    assert told[0].split()[:4] == ["respuestas", "correctas", "50,0", "%"]
    assert heading(RUN).startswith("prueba: 4 preguntas, 1 documentos; en este proceso")
    assert percent(0.984) == "98,4"


def test_markdown_lists_what_is_wrong() -> None:
    text = run_markdown(RUN)
    assert "### Mal (2)" in text
    assert "| total | 4 | 2 | 50,0 |" in text


@pytest.mark.parametrize("text", [run_html(RUN), comparison_html(compare(RUN, RUN))])
def test_the_html_report_asks_nothing_of_a_network(text: str) -> None:
    assert "default-src 'none'" in text
    assert re.findall(r"""(?:src|href)=["'](?!data:|#)""", text) == []
    assert re.findall(r"(?:url\(|@import|https?://)", text) == []


def test_the_html_report_escapes_what_answers_say() -> None:
    sly = answer("</script><script>alert(1)</script>", row(quote="<b onclick=x>"))
    text = run_html(run_of(case("a", said=sly, question="<i>¿?</i>")))
    assert text.count("<script>") == 1
    assert "&lt;script&gt;alert(1)" in text
    assert "<b onclick" not in text
    assert "<i>" not in text


def test_the_html_report_can_be_filtered_by_what_became_of_a_question() -> None:
    after = run_of(case("a", right=False), case("b", right=False, stale="cambió"), case("c"))
    text = comparison_html(compare(run_of(case("a"), case("b"), case("c")), after))
    assert re.findall(r'<details class="q k-\w+" data-kind="(\w+)"', text) == ["broken", "stale", "same"]
    assert re.findall(r'<button type="button" data-kind="(\w+)"', text) == ["broken", "stale", "same"]

"""Questions proposed from rows and from 👎 are sets that a run takes, in words that a person edits."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.conversation import ConversationStore, Turn
from assistant.render import rows_json
from assistant.settings import Settings
from eval.cases import QuestionSet
from eval.drafts import as_yaml, write
from eval.from_feedback import disliked
from eval.holdings import complaints
from eval.loading import SETS, parse_cases
from eval.run import run_set
from eval.suggest import rephrased, suggest
from eval.targets import Target, holdings_of
from ingest.knowledge import KnowledgeBase
from ingest.pipeline import ingest_paths
from tests.eval.answers import answer, row
from tests.support.scripted_model import scripted_model

Rows = list[dict[str, object]]


@pytest.fixture
def filled(knowledge: KnowledgeBase) -> KnowledgeBase:
    ingest_paths([SETS / "cartagena/documents"], knowledge)
    return knowledge


def rows_of(knowledge: KnowledgeBase) -> Rows:
    return rows_json(knowledge.snapshot().rows, knowledge.documents())


def test_what_is_proposed_is_a_set_whose_rows_are_there(filled: KnowledgeBase) -> None:
    drafts = suggest(rows_of(filled), 60)
    cases = parse_cases(as_yaml(drafts, "nueva"), "nueva.yaml")
    assert len(cases) == 60
    assert len({case.question for case in cases}) == 60
    assert {"target", "baseline", "attribute", "list", "aggregate"} <= {case.category for case in cases}
    assert len({row.file for case in cases for row in case.expect.rows}) >= 4, "spread over the documents"
    made = QuestionSet("nueva", "f" * 64, cases, None)
    assert list(complaints(made, holdings_of(filled), {})) == []


def test_most_proposed_questions_are_answered_right_as_they_are(filled: KnowledgeBase, tmp_path: Path) -> None:
    drafts = suggest(rows_of(filled), 40, seed=3)
    made = QuestionSet("nueva", "f" * 64, parse_cases(as_yaml(drafts, "nueva"), "nueva.yaml"), None)
    assistant = Assistant(filled, Settings(data_dir=tmp_path, _env_file=None))
    run = run_set(made, Target(assistant.ask))
    assistant.close()
    by = Counter(case.category for case in run.cases if case.right)
    assert sum(by.values()) >= 34, [(case.question, case.grade.problems) for case in run.cases if not case.right]


def test_the_same_seed_proposes_the_same_and_another_others(filled: KnowledgeBase) -> None:
    rows = rows_of(filled)
    assert suggest(rows, 10) == suggest(rows, 10)
    assert suggest(rows, 10) != suggest(rows, 10, seed=2)
    assert suggest([], 10) == []


def test_a_model_s_phrasings_keep_the_row_s_expectation_and_bring_no_figure(filled: KnowledgeBase) -> None:
    drafts = [one for one in suggest(rows_of(filled), 10) if one.category == "target"][:1]
    said = {"questions": ["¿y la meta de eso?", "¿La meta es 849?", drafts[0].question]}
    with scripted_model(json.dumps(said)) as model:
        settings = Settings(
            chat_model="openai:scripted",
            chat_api_key="k",
            chat_base_url=model.url,
            chat_timeout_seconds=5,
            _env_file=None,
        )
        found = rephrased(drafts, settings)
    assert [one.question for one in found] == [drafts[0].question, "¿y la meta de eso?"]
    assert found[1].category == "paraphrase"
    assert found[1].expect == drafts[0].expect


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    write("uno", tmp_path / "q.yaml")
    with pytest.raises(FileExistsError):
        write("dos", tmp_path / "q.yaml")
    assert (tmp_path / "q.yaml").read_text("utf-8") == "uno"


# ------------------------------------------------------------------ from 👎


def test_an_answer_that_was_of_no_use_becomes_a_question_with_its_conversation(knowledge: KnowledgeBase) -> None:
    said = answer("La meta es 12 [1].", row(), answer_id="a2", conversation_id="c")
    with ConversationStore(knowledge.engine) as store:
        before = said.model_copy(update={"answer_id": "a1"})
        store.append("c", Turn(question="¿Cuántos puentes?", answer=before), channel="slack")
        store.append("c", Turn(question="¿Y la línea base?", answer=said), channel="slack")
        store.flush()
        store.add_feedback("a1", "up")
        store.add_feedback("a2", "down", "pedí la línea base, escríbame a ana@correo.example")
        store.add_feedback("a2", "down", "esa es la meta")
    (draft,) = disliked(knowledge.engine)
    text = as_yaml([draft], "opinion")
    (case,) = parse_cases(text, "o.yaml")
    assert (case.category, case.question, case.history) == ("followup", "¿Y la línea base?", ("¿Cuántos puentes?",))
    assert [(r.file, r.line_no, r.indicator) for r in case.expect.rows] == [("plan.txt", 10, "Puentes construidos")]
    assert "slack" in text
    assert "esa es la meta" in text
    assert "Se respondió: La meta es 12 [1]." in text
    assert "ana@" not in text


def test_what_was_not_answered_is_proposed_as_such_and_old_opinions_can_be_left_out(knowledge: KnowledgeBase) -> None:
    said = answer("Los documentos no lo dicen.", status="not_found", answer_id="a1")
    with ConversationStore(knowledge.engine) as store:
        store.append("c", Turn(question="¿Cuántos hospitales?", answer=said))
        store.flush()
        store.add_feedback("a1", "down")
    (draft,) = disliked(knowledge.engine)
    assert draft.category == "unanswerable"
    (case,) = parse_cases(as_yaml([draft], "opinion"), "o.yaml")
    assert case.expect.status == ("not_found",)
    assert disliked(knowledge.engine, since="2999-01-01") == []

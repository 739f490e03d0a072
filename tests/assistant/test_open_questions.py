"""The five real documents, asked with the open question set: the bars that a change must not fall below."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Answer, Question
from assistant.assistant import Assistant
from assistant.settings import Settings
from eval.cases import Case
from eval.grade import Grade, grade
from eval.loading import load_set
from ingest.embedder import load_embedder
from ingest.fold import fold
from ingest.knowledge import KnowledgeBase, StoreSettings
from ingest.pipeline import ingest_paths

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
QUESTIONS = SHARED / "questions" / "questions.yaml"
DIRECT = frozenset(("target", "baseline", "attribute", "progress", "letter"))

pytestmark = [
    pytest.mark.real_documents,
    pytest.mark.skipif(not QUESTIONS.is_file(), reason="the real documents are not beside the project (../shared)"),
]

Graded = list[tuple[Case, Answer, Grade]]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graded]:
    """Every question of the open set, its answer and its grade, with the packaged embedder."""
    folder = tmp_path_factory.mktemp("open-set")
    with KnowledgeBase.open(StoreSettings(data_dir=folder), embedder=lambda: load_embedder("minilm")) as knowledge:
        report = ingest_paths([SHARED / "documents"], knowledge)
        assert [document.status for document in report.documents] == ["added"] * 5
        assistant = Assistant(knowledge, Settings(data_dir=folder))
        results: Graded = []
        for case in load_set(QUESTIONS).cases:
            conversation: str | None = None
            for earlier in case.history:
                conversation = assistant.ask(Question(question=earlier, conversation_id=conversation)).conversation_id
            answer = assistant.ask(Question(question=case.question, conversation_id=conversation))
            results.append((case, answer, grade(case, answer)))
        yield results
        assistant.close()


def test_no_answer_states_a_figure_that_its_citations_do_not_hold(graded: Graded) -> None:
    assert {case.id: verdict.unsupported for case, _, verdict in graded if verdict.unsupported} == {}


def test_nine_of_ten_direct_questions_are_right(graded: Graded) -> None:
    wrong = {case.id: verdict.problems for case, _, verdict in graded if case.category in DIRECT and not verdict.right}
    asked = sum(case.category in DIRECT for case, _, _ in graded)
    assert len(wrong) <= asked // 10, wrong


def test_whole_set_stays_above_its_bar(graded: Graded) -> None:
    wrong = {case.id: verdict.problems for case, _, verdict in graded if not verdict.right}
    assert len(wrong) <= len(graded) * 3 // 100, wrong


def test_what_the_documents_do_not_say_is_not_said(graded: Graded) -> None:
    said = [case.id for case, answer, _ in graded if case.category == "unanswerable" and answer.status == "answered"]
    assert said == []


def test_the_citizen_of_the_letter_is_in_no_answer(graded: Graded) -> None:
    letter = next((SHARED / "documents").glob("004*")).read_text(encoding="utf-8").split("\n")
    name, email = fold(letter[17]), letter[19].strip()
    leaked = [case.id for case, answer, _ in graded if name in fold(answer.model_dump_json()) or email in answer.answer]
    assert leaked == []

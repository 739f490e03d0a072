"""The grader and a second reading of the sets' definition agree, on real answers and on spoilt ones, one by one."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.answer import Answer
from assistant.settings import Settings
from eval.cases import QuestionSet
from eval.grade import grade
from eval.loading import find_set, load_set
from eval.record import Run
from eval.run import run_set
from eval.runs import load_run
from eval.targets import in_process
from tests.support.set_definition import OPEN_TWINS, OWN_TWINS, Definition
from tests.support.spoilt_answers import spoilt


def disagreements(loaded: QuestionSet, text: str, run: Run, twins: dict[str, str]) -> tuple[list[str], Counter[bool]]:
    """The questions about which the two say different things, and how often the second reading says right and wrong."""
    questions: list[dict[str, Any]] = yaml.safe_load(text)
    definition = Definition(questions, twins)
    answers = [case.answer.model_dump(mode="json") for case in run.cases if case.answer is not None]
    chance = random.Random(7)
    said: Counter[bool] = Counter()
    found = []
    for question, case, kept in zip(questions, loaded.cases, run.cases, strict=True):
        assert kept.answer is not None
        given = kept.answer.model_dump(mode="json")
        if definition.right(question, given) != kept.grade.right:
            found.append(f"{case.id}: as answered")
        tried = spoilt(question, given, chance, answers)
        for way, answer in tried:
            right = definition.right(question, answer)
            said[right] += 1
            if grade(case, Answer.model_validate(answer)).right != right:
                found.append(f"{case.id}: {way}")
    return found, said


def test_the_two_readings_agree_about_the_project_s_own_set() -> None:
    path = find_set("cartagena")
    loaded = load_set(path)
    assert loaded.baseline is not None
    found, said = disagreements(loaded, path.read_text("utf-8"), load_run(loaded.baseline), OWN_TWINS)
    assert not found, Counter(one.split(": ")[1] for one in found).most_common() + found[:30]
    assert min(said[True], said[False]) > 400


@pytest.mark.slow
@pytest.mark.real_documents
def test_the_two_readings_agree_about_the_open_set(tmp_path: Path, shared: Path) -> None:
    from assistant.ingesting import ingest
    from ingest.embedder import load_embedder
    from ingest.knowledge import KnowledgeBase, StoreSettings

    settings = Settings(data_dir=tmp_path, _env_file=None)
    with KnowledgeBase.open(StoreSettings(tmp_path), lambda: load_embedder()) as knowledge:
        ingest(settings, knowledge, [shared / "documents"])
    path = find_set(str(shared / "questions"))
    loaded = load_set(path)
    with in_process(settings, loaded, configured=True) as target:
        run = run_set(loaded, target)
    found, said = disagreements(loaded, path.read_text("utf-8"), run, OPEN_TWINS)
    assert not found, Counter(one.split(": ")[1] for one in found).most_common() + found[:30]
    assert min(said[True], said[False]) > 400

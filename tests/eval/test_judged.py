"""Opinions of a model: asked once for each answer, kept, shown apart, and never deciding a verdict."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from assistant.settings import Settings
from eval import judged
from eval.judged import judge_run
from eval.measures import summaries
from ingest.errors import InputError, SettingsError
from tests.eval.answers import answer, row
from tests.eval.runs import case, run_of
from tests.support.scripted_model import scripted_model

RUN = run_of(case("a"), case("b", right=False, said=answer("Son 82 [1].", row())))


def settings(url: str = "http://127.0.0.1:1/v1") -> Settings:
    return Settings(chat_model="openai:scripted", chat_api_key="secreta", chat_base_url=url, _env_file=None)


@pytest.fixture
def judges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Judges of our own making, that say how often they were asked; returns where."""
    asked = tmp_path / "asked"
    worker = tmp_path / "worker.py"
    worker.write_text(
        "import json, sys\n"
        f"with open({str(asked)!r}, 'a') as file:\n"
        "    for line in sys.stdin:\n"
        "        one = json.loads(line)\n"
        "        file.write(one['id'])\n"
        "        print(json.dumps({'id': one['id'], 'opinions': {'faithfulness': 0.25}}))\n",
        "utf-8",
    )
    monkeypatch.setattr(judged, "WORKER", worker)
    monkeypatch.setenv(judged.VARIABLE, sys.executable)
    return asked


def test_opinions_are_kept_and_decide_nothing(judges: Path, tmp_path: Path) -> None:
    found = judge_run(RUN, settings(), tmp_path / "cache")
    assert [one.judged for one in found.cases] == [{"faithfulness": 0.25}] * 2
    assert [one.grade for one in found.cases] == [one.grade for one in RUN.cases]
    total = summaries(found)[-1]
    assert total.judged["faithfulness"].value == 0.25
    assert total.values["accuracy"].value == 0.5
    assert judge_run(RUN, settings(), tmp_path / "cache") == found
    assert judges.read_text() == "ab", "an unchanged answer is not judged twice"
    assert "secreta" not in "".join(path.read_text() for path in (tmp_path / "cache").iterdir())


def test_an_answer_that_changed_is_judged_again(judges: Path, tmp_path: Path) -> None:
    judge_run(RUN, settings(), tmp_path / "cache")
    judge_run(run_of(case("a", said=answer("Serán 28 [1].", row()))), settings(), tmp_path / "cache")
    assert judges.read_text() == "aba"


def test_without_a_model_or_its_environment_it_is_said_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SettingsError, match="CABILDO_CHAT_MODEL"):
        judge_run(RUN, Settings(chat_model=None, _env_file=None), tmp_path)
    monkeypatch.setenv(judged.VARIABLE, str(tmp_path / "no-hay"))
    with pytest.raises(SettingsError, match="judge-deps"):
        judge_run(RUN, settings(), tmp_path)


def test_judges_that_fail_are_one_clear_error(judges: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "worker.py").write_text("raise SystemExit('Zutana Mengana')", "utf-8")
    with pytest.raises(InputError) as caught:
        judge_run(RUN, settings(), tmp_path / "cache")
    assert "Zutana" not in str(caught.value)


@pytest.mark.slow
@pytest.mark.skipif(not judged.DEFAULT_PYTHON.is_file(), reason="the judges' environment is not made: make judge-deps")
def test_ragas_asks_the_configured_model(tmp_path: Path) -> None:
    statements = json.dumps({"statements": ["La meta es 28."]})
    verdicts = json.dumps({"statements": [{"statement": "La meta es 28.", "reason": "está", "verdict": 1}]})
    with scripted_model(statements, verdicts) as model:
        found = judge_run(run_of(case("a")), settings(model.url), tmp_path)
        assert "Son 28 [1]." in json.dumps(model.requests, ensure_ascii=False)
    assert found.cases[0].judged == {"faithfulness": 1.0}

"""A run that is killed goes on where it was; several questions are asked at a time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from textwrap import dedent

import pytest

from assistant.answer import Answer, Question
from eval.cases import QuestionSet
from eval.journal import SUFFIX, open_journal
from eval.loading import parse_cases
from eval.record import Provenance, Run, RunDocument
from eval.run import Options, run_set
from eval.runs import find_run, load_run, new_path, save_run, stored_runs
from eval.targets import Target
from ingest.errors import InputError, NotFoundError
from tests.eval.answers import answer, row
from tests.eval.runs import case, run_of

ROOT = Path(__file__).resolve().parents[2]


def questions(count: int) -> QuestionSet:
    text = "".join(
        f"- {{id: q{n}, category: target, question: '¿{n}?', expect: {{status: answered, figures: ['12']}}}}\n"
        for n in range(count)
    )
    return QuestionSet("prueba", "f" * 64, parse_cases(text, "set.yaml"), None)


class Dies:
    """Answers until it was asked so many times; then the process is as good as gone."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.asked: list[str] = []

    def ask(self, question: Question) -> Answer:
        if len(self.asked) >= self.after:
            raise KeyboardInterrupt
        self.asked.append(question.question)
        return answer("Son 12 [1].", row())


def test_a_run_that_was_stopped_asks_only_what_is_left(tmp_path: Path) -> None:
    dies, lives = Dies(3), Dies(99)
    with pytest.raises(KeyboardInterrupt):
        run_set(questions(8), Target(dies.ask), Options(journal=tmp_path))
    told: list[int] = []
    made = run_set(questions(8), Target(lives.ask), Options(journal=tmp_path, on_resumed=told.append))
    assert told == [3]
    assert sorted(dies.asked + lives.asked) == sorted(f"¿{n}?" for n in range(8))
    assert [one.id for one in made.cases] == [f"q{n}" for n in range(8)]


@pytest.mark.parametrize(
    "changed",
    [
        Provenance(documents=(RunDocument(document="plan.txt", document_id="e" * 64),)),
        Provenance(prompts={"answers.yaml": "x"}),
        Provenance(settings={"reranker": "x"}),
        Provenance(code="x"),
    ],
)
def test_a_run_of_something_else_is_not_gone_on_with(tmp_path: Path, changed: Provenance) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_set(questions(4), Target(Dies(2).ask), Options(journal=tmp_path))
    other = Dies(99)
    run_set(questions(4), Target(other.ask, changed), Options(journal=tmp_path))
    assert len(other.asked) == 4


def test_another_set_and_a_fresh_start_ask_everything_again(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_set(questions(4), Target(Dies(2).ask), Options(journal=tmp_path))
    edited = QuestionSet("prueba", "e" * 64, questions(4).cases, None)
    for asked, options in ((edited, Options(journal=tmp_path)), (questions(4), Options(journal=tmp_path, fresh=True))):
        lives = Dies(99)
        run_set(asked, Target(lives.ask), options)
        assert len(lives.asked) == 4


def test_a_line_that_was_cut_off_is_asked_again(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_set(questions(4), Target(Dies(3).ask), Options(journal=tmp_path))
    (path,) = tmp_path.glob(f"*{SUFFIX}")
    path.write_bytes(path.read_bytes()[:-30])
    lives = Dies(99)
    run_set(questions(4), Target(lives.ask), Options(journal=tmp_path))
    assert len(lives.asked) == 2


def test_two_runs_at_a_time_do_not_share_a_journal(tmp_path: Path) -> None:
    header = {"run_id": "prueba-1", "started_at": "2026"}
    with open_journal(tmp_path, header) as one:
        one.append(case("a"))
        with open_journal(tmp_path, header | {"run_id": "prueba-2"}) as other:
            assert other.path != one.path
            assert other.done == {}


SCRIPT = """
    import sys, time
    from pathlib import Path
    from eval.run import Options, run_set
    from eval.targets import Target
    from tests.eval.answers import answer, row
    from tests.eval.test_resuming import questions

    def ask(question):
        time.sleep(float(sys.argv[2]))
        return answer("Son 12 [1].", row())

    made = run_set(questions(30), Target(ask), Options(journal=Path(sys.argv[1])))
    print(len(made.cases))
"""


def test_a_run_killed_outright_goes_on(tmp_path: Path) -> None:
    def start(pause: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", dedent(SCRIPT), str(tmp_path), pause]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    with start("0.05") as killed:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            written = next(iter(tmp_path.glob(f"*{SUFFIX}")), None)
            if written is not None and written.read_bytes().count(b"\n") > 5:
                break
            time.sleep(0.02)
        os.kill(killed.pid, signal.SIGKILL)
    before = sum(path.read_bytes().count(b"\n") for path in tmp_path.glob(f"*{SUFFIX}")) - 1
    assert 5 <= before < 30
    with start("0") as again:
        output, _ = again.communicate(timeout=60)
    assert output == "30\n"
    (path,) = tmp_path.glob(f"*{SUFFIX}")
    ids = [json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()[1:]]
    assert sorted(ids) == sorted(f"q{n}" for n in range(30)), "nothing was asked twice"


def test_questions_are_asked_several_at_a_time_and_kept_in_the_set_s_order() -> None:
    together = threading.Barrier(4, timeout=20)

    def ask(_question: Question) -> Answer:
        together.wait()
        return answer("Son 12 [1].", row())

    made = run_set(questions(8), Target(ask, jobs=4))
    assert [one.id for one in made.cases] == [f"q{n}" for n in range(8)]
    assert made.jobs == 4
    assert all(one.right for one in made.cases)


# ------------------------------------------------------------------ runs that are kept


def test_a_kept_run_is_found_by_file_by_name_and_as_the_last(tmp_path: Path) -> None:
    older, newer = run_of(case("a"), run_id="prueba-1"), run_of(case("a", right=False), run_id="prueba-2")
    other = run_of(case("a"), name="otra", run_id="otra-1")
    for age, run in ((30, older), (20, newer), (10, other)):
        path = save_run(run, new_path(tmp_path, run.run_id))
        os.utime(path, (time.time() - age, time.time() - age))
    assert find_run(str(tmp_path / "prueba-1.json"), []) == older
    assert find_run("prueba-1", [tmp_path]) == older
    assert find_run("última", [tmp_path]) == other
    assert find_run("última:prueba", [tmp_path]) == newer
    assert list(stored_runs([tmp_path], "prueba")) == [newer, older]
    with pytest.raises(NotFoundError, match="otra-1"):
        find_run("no-hay", [tmp_path])


def test_two_runs_of_one_second_are_both_kept(tmp_path: Path) -> None:
    run = run_of(case("a"))
    assert save_run(run, new_path(tmp_path, run.run_id)) != save_run(run, new_path(tmp_path, run.run_id))
    assert len(list(stored_runs([tmp_path]))) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [("hola", "no es una corrida"), ("[]", "no es una corrida"), ('{"cases": [], "run_format": 1}', "otra versión")],
)
def test_a_file_that_is_no_run_is_told_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "x.json").write_text(text, "utf-8")
    with pytest.raises(InputError, match=says):
        load_run(tmp_path / "x.json")
    assert list(stored_runs([tmp_path])) == []


def test_a_kept_run_comes_back_as_it_was(tmp_path: Path) -> None:
    run: Run = run_of(case("a", rows=({"place": "plan:10", "text": "Puentes"},)), case("b", right=False))
    assert load_run(save_run(run, tmp_path / "x.json")) == run

"""What CI holds every change against: the answers to the set that travels with the project, with its baseline run.

When answers were meant to change, read the difference this test prints, and keep the new ones with ``make baseline``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from eval.loading import find_set, load_set
from eval.runs import load_run

ROOT = Path(__file__).resolve().parents[2]


def test_the_stored_baseline_is_of_the_set_as_it_is() -> None:
    loaded = load_set(find_set("cartagena"))
    assert loaded.baseline is not None
    run = load_run(loaded.baseline)
    assert run.set_sha256 == loaded.sha256, "the set was edited: make baseline"
    assert [case.id for case in run.cases] == [case.id for case in loaded.cases]
    assert all(case.in_force for case in run.cases)


@pytest.mark.slow
def test_no_question_that_was_right_is_wrong_now(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "assistant.cli", "eval", "run", "cartagena"]
    command += ["--baseline", "conjunto", "--no-regressions", "--junit", str(tmp_path / "eval.xml")]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CABILDO_")}
    ran = subprocess.run(
        command,
        cwd=ROOT,
        env=clean | {"CABILDO_DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        timeout=110,
    )
    assert ran.returncode == 0, f"{ran.stdout[-6000:]}\n{ran.stderr[-1000:]}"
    assert (tmp_path / "eval.xml").is_file()

"""What is built is whole: the wheel carries every package and every file they read, and works on its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("assistant", "ingest", "eval", "prompts")
NOT_SHIPPED = {"__pycache__"}

#: Run with the unpacked wheel first on the path and nothing of the repository in reach.
LOOK_AROUND = """
import pathlib, sys
site = pathlib.Path(sys.argv[1]).resolve()
import assistant.cli, ingest
from ingest.knowledge import KnowledgeBase, StoreSettings
from ingest.pipeline import default_stages
for module in (assistant.cli, ingest):
    assert pathlib.Path(module.__file__).resolve().is_relative_to(site), module.__file__
with KnowledgeBase.open(StoreSettings(data_dir=pathlib.Path(sys.argv[2]))) as knowledge:  # runs the migrations
    assert knowledge.documents() == []
default_stages()  # reads the vocabularies and wordings
import assistant.api
print("whole")
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a clean checkout holds, so that building leaves nothing behind in the repository."""
    source = tmp_path_factory.mktemp("source")
    for package in SHIPPED:
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns(*NOT_SHIPPED))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    return source


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("built")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", built, source],
        check=True,
        capture_output=True,
        cwd=source,
    )
    (found,) = built.glob("*.whl")
    return found


@pytest.mark.slow
def test_the_wheel_carries_every_file_of_our_packages(source: Path, wheel: Path) -> None:
    files = [path for package in SHIPPED for path in (source / package).rglob("*") if path.is_file()]
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert {path.relative_to(source).as_posix() for path in files} - packed == set()
    assert {name.partition("/")[0] for name in packed} == set(SHIPPED)


@pytest.mark.slow
def test_the_wheel_names_the_command_and_its_licence(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    names = {Path(name).name: name for name in archive.namelist() if ".dist-info/" in name}
    assert "cabildo = assistant.cli:main" in archive.read(names["entry_points.txt"]).decode()
    assert "License-Expression: Apache-2.0" in archive.read(names["METADATA"]).decode()
    assert b"Apache License" in archive.read(names["LICENSE"])


@pytest.mark.slow
def test_the_wheel_works_where_there_is_no_repository(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    script = f"import sys; sys.path.insert(0, {str(site)!r})\n{LOOK_AROUND}"
    ran = subprocess.run(
        [sys.executable, "-I", "-c", script, site, tmp_path / "data"], cwd=tmp_path, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "whole\n"


def test_prompts_hold_text_and_data_only() -> None:
    assert list((ROOT / "prompts").rglob("*.py")) == []


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(one for extra in extras.values() for one in extra)]
    pinned = {
        line.partition("==")[0]
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    }
    assert {_name(one) for one in wanted} - {_canonical(name) for name in pinned} == set()


def test_torch_is_pinned_for_any_wheel_of_it() -> None:
    (torch,) = [
        line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line.startswith("torch==")
    ]
    assert "+" not in torch


def _name(requirement: str) -> str:
    name = requirement
    for mark in "[<>=!~; ":
        name = name.partition(mark)[0]
    return _canonical(name)


def _canonical(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")

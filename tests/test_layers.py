"""Imports point one way, and a heavy library has one owner."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("ingest", "assistant", "eval")

#: Which of our packages each may import.
MAY_IMPORT: dict[str, set[str]] = {
    "ingest": {"ingest"},
    "assistant": {"assistant", "ingest"},
    "eval": {"eval", "assistant", "ingest"},
}

#: The rooms of the assistant that hold the way from a question to its answer; each knows those before it alone.
ROOMS = ("corpus", "question", "evidence", "figures", "sets", "following", "composing")

#: The modules that may import a heavy library; everybody else asks them.
OWNERS: dict[str, set[str]] = {
    "torch": {"ingest.embedder"},
    "sentence_transformers": {"ingest.embedder", "assistant.evidence.rerank"},
    "langchain_huggingface": {"ingest.embedder", "eval.bench.tutorial"},
    "transformers": {"ingest.embedder", "assistant.evidence.rerank"},
    "chromadb": {"ingest.vectors"},
    "langchain_chroma": {"ingest.vectors", "eval.bench.tutorial"},
    "bm25s": {"ingest.words"},
    "pandas": set(),
    "llama_index": {"eval.bench.llama_worker"},
}


def modules() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.AST, module: str) -> Iterator[str]:
    """The full names of the modules a tree imports, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = module.rsplit(".", node.level)[0] + "." if node.level else ""
            yield base + (node.module or "")


def top_level_imports(tree: ast.Module, module: str) -> Iterator[str]:
    """The names imported as soon as the module is; those for type checkers alone do not count."""
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imported(node, module)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    module = name_of(path)
    package = module.partition(".")[0]
    ours = {name.partition(".")[0] for name in imported(ast.parse(path.read_text("utf-8")), module)} & set(PACKAGES)
    assert ours <= MAY_IMPORT[package], f"{module} imports {sorted(ours - MAY_IMPORT[package])}"


@pytest.mark.parametrize("room", ROOMS)
def test_the_way_from_question_to_answer_points_one_way(room: str) -> None:
    known = set(ROOMS[: ROOMS.index(room) + 1])
    for path in sorted((ROOT / "assistant" / room).rglob("*.py")):
        rooms = {name.split(".")[1] for name in imported(ast.parse(path.read_text("utf-8")), name_of(path))
                 if name.startswith("assistant.")}  # fmt: skip
        assert rooms & set(ROOMS) <= known, f"{name_of(path)} imports {sorted(rooms & set(ROOMS) - known)}"


def test_eval_never_drives_a_front_end() -> None:
    fronts = ("assistant.cli", "assistant.api", "assistant.slack", "assistant.web")
    for path in (ROOT / "eval").rglob("*.py"):
        for name in imported(ast.parse(path.read_text("utf-8")), name_of(path)):
            assert not name.startswith(fronts), f"{name_of(path)} imports {name}"


def test_any_module_may_be_imported_first() -> None:
    """Modules that need each other when they are imported work in one order and fail in another."""
    trees = {name_of(path): ast.parse(path.read_text("utf-8")) for path in modules()}
    needs = {module: set(run_by_importing(tree, module, trees)) for module, tree in trees.items()}
    TopologicalSorter(needs).prepare()  # raises CycleError, which names the modules


def run_by_importing(tree: ast.Module, module: str, known: Collection[str]) -> Iterator[str]:
    """Our modules that run when a module is imported: those named at its top level, and the packages they are in."""
    for node in tree.body:
        names = list(imported(node, module)) if isinstance(node, ast.Import | ast.ImportFrom) else []
        if isinstance(node, ast.ImportFrom):
            names += (f"{name}.{alias.name}" for name in list(names) for alias in node.names)
        for name in names:
            parts = name.split(".")
            for end in range(1, len(parts) + 1):
                one = ".".join(parts[:end])
                if one in known and one != module and not f"{module}.".startswith(f"{one}."):
                    yield one


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_heavy_library_is_imported_by_its_owner_alone(path: Path) -> None:
    module = name_of(path)
    for name in imported(ast.parse(path.read_text("utf-8")), module):
        library = name.partition(".")[0]
        assert library not in OWNERS or module in OWNERS[library], f"{module} imports {library}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_heavy_libraries_are_imported_late(path: Path) -> None:
    module = name_of(path)
    early = {name.partition(".")[0] for name in top_level_imports(ast.parse(path.read_text("utf-8")), module)}
    assert not early & set(OWNERS), f"{module} imports {sorted(early & set(OWNERS))} when it is imported"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import eval.run", {"eval.run"}),
        ("from assistant.answer import Answer", {"assistant.answer"}),
        ("def f():\n    from eval import cases", {"eval"}),
        ("from .api import app", {"assistant.api"}),
    ],
)
def test_the_layer_test_sees_every_kind_of_import(source: str, found: set[str]) -> None:
    assert set(imported(ast.parse(source), "assistant.cli")) == found

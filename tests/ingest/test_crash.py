"""Killed at any moment, the knowledge base holds the old state or the new one, and the next run finishes the work."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from ingest.knowledge import KnowledgeBase, StoreSettings
from tests.support.hash_embedder import HashEmbedder
from tests.support.records import make_addition

KEPT = make_addition("informe.txt", [f"Puentes {n}" for n in range(20)], ["Un informe."], entity="Otra Villa")
OLD = make_addition("plan.txt", [f"Cámaras viejas {n}" for n in range(30)], ["El plan de antes."])
GONE = make_addition("nota.txt", ["Andenes"], entity=None)
NEW = make_addition("plan.txt", [f"Cámaras nuevas {n}" for n in range(40)], ["El plan de ahora."], version="2")
MORE = make_addition("anexo.txt", [f"Vías {n}" for n in range(25)])

BEFORE = frozenset(item_id for addition in (KEPT, OLD, GONE) for _, item_id in addition.items)
AFTER = frozenset(item_id for addition in (KEPT, NEW, MORE) for _, item_id in addition.items)

#: (step, how often it is reached before the kill)
STEPS = [
    ("embedded", 1),
    ("reserved", 1),
    ("some vectors", 1),
    ("some vectors", 2),
    ("some words", 1),
    ("some words", 2),
    ("before commit", 1),
    ("inside commit", 1),
    ("committed", 1),
    ("some cleaned", 1),
    ("some cleaned", 2),
]


def change(data_dir: Path, kill_at: str = "", times: int = 1) -> None:
    """The write under test, in a process of its own that kills itself at a step."""
    reached: Counter[str] = Counter()

    def on_step(step: str) -> None:
        reached[step] += 1
        if step == kill_at and reached[step] == times:
            os.kill(os.getpid(), signal.SIGKILL)

    with KnowledgeBase.open(StoreSettings(data_dir), HashEmbedder(), on_step=on_step) as base:
        base.apply([NEW, MORE], [GONE.document.document_id])


def first_write(data_dir: Path) -> None:
    with KnowledgeBase.open(StoreSettings(data_dir), HashEmbedder()) as base:
        base.apply([OLD])


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Children that need not import everything again."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["chromadb", "bm25s", "alembic.command", __name__])
    return context


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    with KnowledgeBase.open(StoreSettings(tmp_path), HashEmbedder()) as base:
        base.apply([KEPT, OLD, GONE])
    return tmp_path


def everything(base: KnowledgeBase) -> frozenset[str]:
    """What the catalogue holds, provided that both indexes speak of exactly that."""
    snapshot = base.snapshot()
    ids = frozenset([*snapshot.row_by_id, *snapshot.passage_by_id])
    vector = base.embedder.embed_query("cámaras")
    assert {hit.item_id for hit in base.search_vectors(vector, limit=1000)} == ids
    words = "camaras puentes andenes vias informe plan"
    assert {hit.item_id for hit in base.search_words(words, limit=1000)} == ids
    assert sum(document.rows + document.passages for document in snapshot.documents) == len(ids)
    return ids


def survives(data_dir: Path) -> str:
    """Whether the state after a kill is the old or the new one; and the same change again must finish."""
    with KnowledgeBase.open(StoreSettings(data_dir), HashEmbedder()) as base:
        state = everything(base)
        assert state in (BEFORE, AFTER)
        assert {notice.code for notice in base.check()} <= {"leftovers"}
        base.apply([NEW, MORE], [GONE.document.document_id])
        assert everything(base) == AFTER
        assert base.check() == []
    return "old" if state == BEFORE else "new"


@pytest.mark.parametrize(("step", "times"), STEPS)
def test_killed_at_a_step(processes: ForkServerContext, data_dir: Path, step: str, times: int) -> None:
    child = processes.Process(target=change, args=(data_dir, step, times))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL, "the step was never reached"
    committed = ("committed", "some cleaned")
    assert survives(data_dir) == ("new" if step in committed else "old")


def test_killed_at_any_time(processes: ForkServerContext, data_dir: Path) -> None:
    begun = time.monotonic()
    change_time = time_of_a_change(processes, data_dir.parent / f"{data_dir.name}-timing")
    chance = random.Random(8)
    for _ in range(8):
        child = processes.Process(target=change, args=(data_dir,))
        child.start()
        child.join(chance.uniform(0.05, 1.1) * change_time)
        child.kill()
        child.join(60)
        survives(data_dir)
        with KnowledgeBase.open(StoreSettings(data_dir), HashEmbedder()) as base:
            base.apply([KEPT, OLD, GONE], [MORE.document.document_id])
            assert everything(base) == BEFORE
        if time.monotonic() - begun > 40:
            break


def time_of_a_change(processes: ForkServerContext, data_dir: Path) -> float:
    begun = time.monotonic()
    child = processes.Process(target=change, args=(data_dir,))
    child.start()
    child.join(60)
    assert child.exitcode == 0
    return time.monotonic() - begun


def test_killed_while_the_folder_is_made(processes: ForkServerContext, tmp_path: Path) -> None:
    duration = time_of_a_change(processes, tmp_path / "timing")
    chance = random.Random(3)
    for attempt in range(5):
        data_dir = tmp_path / str(attempt)
        child = processes.Process(target=first_write, args=(data_dir,))
        child.start()
        child.join(chance.uniform(0.02, 0.9) * duration)
        child.kill()
        child.join(60)
        with KnowledgeBase.open(StoreSettings(data_dir), HashEmbedder()) as base:
            assert everything(base) in (frozenset(), frozenset(item_id for _, item_id in OLD.items))
            base.apply([OLD])
            assert len(everything(base)) == len(OLD.items)
            assert base.check() == []

"""Two replicas over one PostgreSQL and one Chroma server: what one does, the other knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from assistant.answer import Question
from assistant.assistant import Assistant
from assistant.settings import Settings
from ingest.knowledge import KnowledgeBase, StoreSettings
from ingest.pipeline import default_stages, ingest_paths
from tests.support.hash_embedder import HashEmbedder
from tests.support.servers import chroma, postgresql, postgresql_missing
from tests.support.town import HARBOUR, PLAN, Town, write_text

_MISSING = postgresql_missing()
pytestmark = [pytest.mark.slow, pytest.mark.skipif(_MISSING is not None, reason=str(_MISSING))]


@pytest.fixture(scope="module")
def replicas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, Town]]:
    folder = tmp_path_factory.mktemp("servers")
    with ExitStack() as stack:
        database = stack.enter_context(postgresql(folder))
        vectors = stack.enter_context(chroma(folder))

        def replica(name: str) -> Town:
            store = StoreSettings(folder / name, database_url=database, chroma_url=vectors)
            knowledge = stack.enter_context(KnowledgeBase.open(store, HashEmbedder()))
            assistant = Assistant(knowledge, Settings(data_dir=folder / name, chat_model=None))
            stack.callback(assistant.close)
            return Town(knowledge, assistant)

        yield replica("one"), replica("two")


def ingest(town: Town, path: Path) -> None:
    report = ingest_paths([path], town.knowledge, stages=default_stages())
    assert not report.failed, report.failed


def test_what_one_replica_reads_the_other_answers_without_a_restart(
    replicas: tuple[Town, Town], tmp_path: Path
) -> None:
    one, two = replicas
    assert two.ask("¿Cuántos muelles pesqueros se van a rehabilitar?").status == "not_found"
    ingest(one, write_text(tmp_path / "puerto.txt", HARBOUR))
    assert "5 muelles" in two.ask("¿Cuántos muelles pesqueros se van a rehabilitar?").answer


def test_a_follow_up_that_reaches_the_other_replica_is_understood(replicas: tuple[Town, Town], tmp_path: Path) -> None:
    one, two = replicas
    ingest(one, write_text(tmp_path / "plan.txt", PLAN))
    first = one.ask("¿Cuál es la meta de puentes peatonales construidos?")
    assert "7 puentes" in first.answer
    assert one.assistant.conversations.flush()
    followed = Question(question="¿y la línea base?", conversation_id=first.conversation_id)
    assert "4 puentes" in two.assistant.ask(followed).answer


def test_a_document_that_one_replica_takes_out_is_gone_from_the_other(
    replicas: tuple[Town, Town], tmp_path: Path
) -> None:
    one, two = replicas
    ingest(one, write_text(tmp_path / "puerto.txt", HARBOUR))
    document = next(entry for entry in one.knowledge.documents() if entry.name == "puerto.txt")
    assert "31 kilómetros" in two.ask("kilómetros de vía terciaria en Puerto Lindo").answer
    two.knowledge.remove(document.document_id)
    assert one.ask("kilómetros de vía terciaria en Puerto Lindo").status != "answered"

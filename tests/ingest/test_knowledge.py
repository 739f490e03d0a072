"""The three stores behind one object say one thing, and say it to whoever is reading meanwhile."""

from __future__ import annotations

import multiprocessing
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text

from ingest import commit
from ingest.database import writing
from ingest.errors import NotFoundError, SettingsError, StoreError
from ingest.knowledge import KnowledgeBase, StoreSettings
from ingest.search import Search
from tests.support.hash_embedder import HashEmbedder
from tests.support.records import make_addition, make_row

PLAN = make_addition("plan.txt", ["Cámaras instaladas", "Jóvenes formados"], ["El plan mira al futuro."])
REPORT = make_addition("informe.txt", ["Puentes construidos"], entity=None)


def found_by_words(base: KnowledgeBase, query: str) -> set[str]:
    return {hit.item_id for hit in base.search_words(query)}


def found_by_vectors(base: KnowledgeBase, query: str) -> set[str]:
    return {hit.item_id for hit in base.search_vectors(base.embedder.embed_query(query), limit=100)}


def ids(base: KnowledgeBase) -> set[str]:
    snapshot = base.snapshot()
    return {*snapshot.row_by_id, *snapshot.passage_by_id}


def test_what_is_written_is_read_whole(knowledge: KnowledgeBase) -> None:
    knowledge.apply([PLAN, REPORT])
    snapshot = knowledge.snapshot()
    assert snapshot.rows == (*PLAN.rows, *REPORT.rows)
    assert snapshot.passages == tuple(PLAN.passages)
    document = knowledge.document("plan.txt")
    assert (document.rows, document.passages, document.info) == (2, 1, PLAN.document.info)
    assert document.ingested_at
    assert knowledge.check() == []


def test_search_finds_the_row_that_says_it(knowledge: KnowledgeBase) -> None:
    knowledge.apply([PLAN, REPORT])
    cameras = PLAN.rows[0].row_id
    assert knowledge.search_words("¿cuántas CAMARAS?")[0].item_id == cameras
    best = knowledge.search_vectors(knowledge.embedder.embed_query("cámaras instaladas"), limit=1)
    assert [hit.item_id for hit in best] == [cameras]
    assert found_by_vectors(knowledge, "cualquier cosa") == ids(knowledge)


def test_search_keeps_to_the_entities_asked_for(knowledge: KnowledgeBase) -> None:
    other = make_addition("plan.txt", ["Cámaras reparadas"], entity="Otra Villa")
    knowledge.apply([PLAN, REPORT, other])
    vector = knowledge.embedder.embed_query("cámaras")
    for entities, expected in ((["OTRA villa"], other), ([None], REPORT)):
        wanted = {item_id for _, item_id in expected.items}
        assert {hit.item_id for hit in knowledge.search_vectors(vector, entities)} == wanted
        assert {hit.item_id for hit in knowledge.search_words("camaras puentes", entities)} == wanted
    assert knowledge.search_words("camaras", ["Nadie"]) == []
    assert knowledge.search_vectors(vector, []) == []


def test_large_collections_are_searched_in_chroma_with_the_same_result(
    knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in range(6):
        indicators = [f"Indicador {n} de prueba" for n in range(30)]
        knowledge.apply([make_addition("plan.txt", indicators, version=str(version))])
    vector = knowledge.embedder.embed_query("indicador 17 de prueba")
    in_memory = knowledge.search_vectors(vector, limit=5)
    monkeypatch.setattr("ingest.search.IN_MEMORY_VECTORS", 0)
    in_chroma = knowledge.search_vectors(vector, limit=5)
    assert [hit.item_id for hit in in_chroma][:1] == [hit.item_id for hit in in_memory][:1]
    np.testing.assert_allclose([h.score for h in in_chroma], [h.score for h in in_memory], atol=1e-5)
    assert {hit.item_id for hit in in_chroma} <= ids(knowledge)


def test_a_newer_version_replaces_the_older_one(knowledge: KnowledgeBase) -> None:
    knowledge.apply([PLAN, REPORT])
    newer = make_addition("plan.txt", ["Cámaras operando"], version="2")
    knowledge.apply([newer])
    assert [d.name for d in knowledge.documents()] == ["informe.txt", "plan.txt"]
    assert found_by_words(knowledge, "camaras") == {newer.rows[0].row_id}
    assert found_by_words(knowledge, "jovenes futuro") == set()
    assert found_by_vectors(knowledge, "camaras") == {newer.rows[0].row_id, REPORT.rows[0].row_id}
    assert knowledge.check() == []


def test_the_same_name_of_another_entity_is_another_document(knowledge: KnowledgeBase) -> None:
    knowledge.apply([PLAN])
    knowledge.apply([make_addition("plan.txt", ["Cámaras"], entity="Otra Villa")])
    assert len(knowledge.documents()) == 2


def test_a_document_taken_out_is_gone_everywhere(knowledge: KnowledgeBase) -> None:
    knowledge.apply([PLAN, REPORT])
    knowledge.remove(PLAN.document.document_id[:10])
    assert ids(knowledge) == {REPORT.rows[0].row_id}
    assert found_by_words(knowledge, "camaras") == set()
    assert found_by_vectors(knowledge, "camaras") == {REPORT.rows[0].row_id}
    assert knowledge.check() == []
    with pytest.raises(NotFoundError, match=r"plan\.txt"):
        knowledge.remove("plan.txt")


def test_a_document_without_rows_or_passages_is_kept(knowledge: KnowledgeBase) -> None:
    knowledge.apply([make_addition("vacio.txt", [])])
    assert [d.name for d in knowledge.documents()] == ["vacio.txt"]
    assert found_by_words(knowledge, "camaras") == found_by_vectors(knowledge, "camaras") == set()
    assert knowledge.check() == []


def test_a_document_is_known_by_id_beginning_or_name(knowledge: KnowledgeBase) -> None:
    knowledge.apply([PLAN, make_addition("sub/Informe Único.txt", ["Vías"])])
    document_id = PLAN.document.document_id
    for reference in (document_id, document_id[:8].upper(), "plan.txt", "PLAN.TXT"):
        assert knowledge.document(reference).document_id == document_id
    assert knowledge.document("informe unico.txt").name == "sub/Informe Único.txt"
    for reference in ("", "nada.txt", "plan"):
        with pytest.raises(NotFoundError):
            knowledge.document(reference)


def test_an_ambiguous_reference_lists_what_it_could_be(knowledge: KnowledgeBase) -> None:
    knowledge.apply([PLAN, make_addition("plan.txt", ["Vías"], entity="Otra Villa")])
    with pytest.raises(NotFoundError, match="2 documentos") as caught:
        knowledge.document("plan.txt")
    assert "Otra Villa" in str(caught.value)
    assert PLAN.document.document_id[:12] in str(caught.value)


def test_an_unknown_row_is_not_found(knowledge: KnowledgeBase) -> None:
    knowledge.apply([PLAN])
    assert knowledge.row(PLAN.rows[1].row_id) == PLAN.rows[1]
    with pytest.raises(NotFoundError):
        knowledge.row("nada")


def test_two_items_of_one_identifier_are_refused(knowledge: KnowledgeBase) -> None:
    row = make_row("d" * 64, 1, "Cámaras")
    with pytest.raises(StoreError, match="identificador"):
        knowledge.write(PLAN.document, [row, row], [])
    assert knowledge.documents() == []


def test_nothing_changes_between_two_looks(knowledge: KnowledgeBase) -> None:
    knowledge.apply([PLAN])
    assert knowledge.snapshot() is knowledge.snapshot()


def test_a_snapshot_outlives_a_commit(knowledge: KnowledgeBase) -> None:
    knowledge.apply([PLAN])
    before = knowledge.snapshot()
    vector = knowledge.embedder.embed_query("cámaras")
    hits = knowledge.search_vectors(vector, snapshot=before), knowledge.search_words("camaras", snapshot=before)
    knowledge.apply([make_addition("plan.txt", ["Cámaras operando"], version="2")])
    assert (
        knowledge.search_vectors(vector, snapshot=before),
        knowledge.search_words("camaras", snapshot=before),
    ) == hits
    assert {hit.item_id for hit in hits[0]} <= {*before.row_by_id, *before.passage_by_id}


def test_a_snapshot_never_searched_before_it_was_replaced_still_answers(knowledge: KnowledgeBase) -> None:
    knowledge.apply([PLAN])
    before = knowledge.snapshot()
    newer = make_addition("plan.txt", ["Cámaras operando"], version="2")
    knowledge.apply([newer])
    hits = knowledge.search_vectors(knowledge.embedder.embed_query("cámaras"), snapshot=before)
    assert [hit.item_id for hit in hits] == [newer.rows[0].row_id]
    assert knowledge.search_words("cámaras", snapshot=before)[0].item_id == PLAN.rows[0].row_id


def test_another_embedder_is_an_error_that_says_what_to_do(store: StoreSettings) -> None:
    with KnowledgeBase.open(store, HashEmbedder("uno")) as base:
        base.apply([PLAN])
    with pytest.raises(StoreError, match=r"«uno».*«dos».*cabildo ingest"):
        KnowledgeBase.open(store, HashEmbedder("dos"))
    with KnowledgeBase.open(store, lambda: HashEmbedder("dos")) as base:
        assert base.rows()[0] == 2
        with pytest.raises(StoreError, match="«uno»"):
            base.apply([REPORT])


def test_an_emptied_knowledge_base_takes_another_embedder(store: StoreSettings) -> None:
    with KnowledgeBase.open(store, HashEmbedder("uno", dimension=16)) as base:
        base.apply([PLAN])
        base.remove("plan.txt")
    with KnowledgeBase.open(store, HashEmbedder("dos", dimension=24)) as base:
        base.apply([PLAN])
        assert found_by_vectors(base, "camaras") == ids(base)
        assert base.check() == []


def test_reading_rows_loads_no_model(store: StoreSettings) -> None:
    def never() -> HashEmbedder:
        raise AssertionError("the model was loaded")

    with KnowledgeBase.open(store, HashEmbedder()) as base:
        base.apply([PLAN])
    with KnowledgeBase.open(store, never) as base:
        assert base.rows()[0] == 2
        assert len(base.snapshot().rows) == 2
        assert found_by_words(base, "camaras")
        base.remove("plan.txt")
    with KnowledgeBase.open(store) as base, pytest.raises(SettingsError):
        base.apply([PLAN])


def test_lost_vectors_are_told_not_passed_over(store: StoreSettings) -> None:
    with KnowledgeBase.open(store, HashEmbedder()) as base:
        base.apply([PLAN])
    shutil.rmtree(store.data_dir / "chroma")
    with KnowledgeBase.open(store, HashEmbedder()) as base:
        with pytest.raises(StoreError, match=r"plan\.txt"):
            found_by_vectors(base, "camaras")
        assert [notice.code for notice in base.check()] == ["vectors-missing"]
        base.remove("plan.txt")
        base.apply([PLAN])
        assert found_by_vectors(base, "camaras") == ids(base)


def test_a_lost_word_index_is_built_in_memory(store: StoreSettings) -> None:
    with KnowledgeBase.open(store, HashEmbedder()) as base:
        base.apply([PLAN])
    shutil.rmtree(store.data_dir / "words")
    with KnowledgeBase.open(store, HashEmbedder()) as base:
        assert base.search_words("camaras")[0].item_id == PLAN.rows[0].row_id
        assert [notice.code for notice in base.check()] == ["words-missing"]


def test_rows_lost_from_the_catalogue_are_told(knowledge: KnowledgeBase) -> None:
    knowledge.apply([PLAN])
    with writing(knowledge.engine) as connection:
        connection.execute(text("DELETE FROM rows"))
    assert "catalogue-counts" in [notice.code for notice in knowledge.check()]


def test_a_writer_waits_for_the_other_and_then_says_so(store: StoreSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def pause(step: str) -> None:
        if step == "reserved":
            inside.set()
            assert go_on.wait(30)

    with (
        KnowledgeBase.open(store, HashEmbedder(), on_step=pause) as first,
        KnowledgeBase.open(store, HashEmbedder()) as second,
    ):
        writer = threading.Thread(target=first.apply, args=([PLAN],))
        writer.start()
        assert inside.wait(30)
        monkeypatch.setattr(commit, "WAIT_SECONDS", 0.1)
        with pytest.raises(StoreError, match="Otro proceso"):
            second.apply([REPORT])
        monkeypatch.setattr(commit, "WAIT_SECONDS", 30)
        waiting = threading.Thread(target=second.apply, args=([REPORT],))
        waiting.start()
        go_on.set()
        writer.join(30)
        waiting.join(30)
        assert {d.name for d in second.documents()} == {"plan.txt", "informe.txt"}
        assert second.check() == []


def test_a_commit_that_another_overtook_changes_nothing(store: StoreSettings) -> None:
    def overtake(step: str) -> None:
        if step == "before commit":
            with writing(base.engine) as connection:
                connection.execute(text("UPDATE knowledge_state SET revision = revision + 1"))

    with KnowledgeBase.open(store, HashEmbedder(), on_step=overtake) as base:
        with pytest.raises(StoreError, match="Repita"):
            base.apply([PLAN])
        assert base.documents() == []
    with KnowledgeBase.open(store, HashEmbedder()) as base:
        base.apply([PLAN])
        assert base.check() == []


def test_a_failed_write_leaves_the_old_state(store: StoreSettings) -> None:
    with KnowledgeBase.open(store, HashEmbedder()) as base:
        base.apply([PLAN])

    def fail(step: str) -> None:
        if step == "inside commit":
            raise RuntimeError("disk full")

    with KnowledgeBase.open(store, HashEmbedder(), on_step=fail) as base:
        with pytest.raises(RuntimeError):
            base.apply([make_addition("plan.txt", ["Cámaras operando"], version="2")])
        assert found_by_vectors(base, "camaras") == {item_id for _, item_id in PLAN.items}
        assert [notice.code for notice in base.check()] == ["leftovers"]


def _write_in_another_process(data_dir: Path) -> None:
    with KnowledgeBase.open(StoreSettings(data_dir), HashEmbedder()) as base:
        base.apply([make_addition("plan.txt", ["Cámaras operando"], version="2"), REPORT])


def test_a_running_reader_sees_the_commit_of_another_process(store: StoreSettings) -> None:
    with KnowledgeBase.open(store, HashEmbedder()) as reader:
        reader.apply([PLAN])
        assert found_by_vectors(reader, "camaras") == found_by_words(reader, "camaras jovenes futuro")
        writer = multiprocessing.get_context("spawn").Process(target=_write_in_another_process, args=(store.data_dir,))
        writer.start()
        writer.join(60)
        assert writer.exitcode == 0
        assert {d.name for d in reader.documents()} == {"plan.txt", "informe.txt"}
        assert found_by_vectors(reader, "camaras") == ids(reader)
        assert found_by_words(reader, "camaras puentes") == ids(reader)
        reader.apply([make_addition("otro.txt", ["Vías"])])
        assert found_by_vectors(reader, "camaras") == ids(reader)
        assert reader.check() == []


def test_a_running_reader_of_a_large_collection_sees_it_too(
    store: StoreSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.search.IN_MEMORY_VECTORS", 0)
    with KnowledgeBase.open(store, HashEmbedder()) as reader:
        reader.apply([PLAN])
        assert found_by_vectors(reader, "camaras") == ids(reader)
        writer = multiprocessing.get_context("spawn").Process(target=_write_in_another_process, args=(store.data_dir,))
        writer.start()
        writer.join(60)
        assert (
            found_by_vectors(reader, "camaras")
            == ids(reader)
            == {
                item_id
                for addition in (make_addition("plan.txt", ["Cámaras operando"], version="2"), REPORT)
                for _, item_id in addition.items
            }
        )


def test_readers_in_threads_never_see_half_a_commit(knowledge: KnowledgeBase) -> None:
    versions = [make_addition("plan.txt", [f"Cámaras {v} {n}" for n in range(5)], version=str(v)) for v in range(6)]
    allowed = [{item_id for _, item_id in version.items} for version in versions]
    knowledge.apply(versions[:1])
    seen: list[bool] = []
    stop = threading.Event()

    def read() -> None:
        vector = knowledge.embedder.embed_query("cámaras")
        while not stop.is_set():
            for hits in (knowledge.search_vectors(vector), knowledge.search_words("camaras")):
                seen.append({hit.item_id for hit in hits} in allowed)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for version in versions[1:]:
        knowledge.apply([version])
    stop.set()
    for reader in readers:
        reader.join(30)
    assert seen
    assert all(seen)


def test_search_forgets_what_is_no_longer_current(knowledge: KnowledgeBase) -> None:
    for version in range(3):
        knowledge.apply([make_addition("plan.txt", ["Cámaras"], version=str(version))])
        found_by_vectors(knowledge, "camaras")
        found_by_words(knowledge, "camaras")
    search: Search = knowledge._search
    assert (len(search._fetched), len(search._matrices), len(search._indexes)) == (1, 1, 1)

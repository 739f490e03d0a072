"""The word index finds what people type, however they type it."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from ingest.words import WordStore, build_index, stems, top


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("camaras", "Cámaras"),
        ("construirían", "construir"),
        ("quedaría", "quedar"),
        ("habría", "haber"),
        ("pondrán", "poner"),
        ("atendería", "atender"),
        ("suelten", "soltar"),
        ("ponerles", "poner"),
        ("arma", "armas"),
        ("instalacion", "INSTALACIONES"),
        ("acción", "acciones"),
        ("tecnologías", "tecnologia"),
        ("tecnológico", "tecnología"),
        ("2672", "2.672"),
        ("convivencia", "seguridad/convivencia"),
        ("IP-12", "ip-12"),
        ("jovenes", "jóvenes"),
        ("TICs", "TIC"),
        ("ONG", "ONGS"),
    ],
)
def test_a_word_is_found_in_another_spelling(typed: str, printed: str) -> None:
    assert set(stems(typed)) & set(stems(printed))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("estudiantes", "estudios"),
        ("comunidades", "comunicaciones"),
        ("móviles", "movilidad"),
        ("zonas verdes", "verdad"),
        ("marcas", "marco"),
        ("planos", "planes"),
        ("vendedores ambulantes", "ambulancias"),
        ("estacionamientos", "estaciones"),
        ("informes", "información"),
        ("montar", "monto"),
    ],
)
def test_words_of_two_meanings_are_kept_apart(one: str, other: str) -> None:
    assert not set(stems(one)) & set(stems(other))


@pytest.mark.parametrize(("one", "other"), [("estudiante", "estudiantes"), ("comunidad", "comunidades"),
                                            ("comunicación", "comunicar"), ("publicado", "publicación")])  # fmt: skip
def test_forms_of_a_word_kept_apart_still_meet(one: str, other: str) -> None:
    assert set(stems(one)) & set(stems(other))


@pytest.mark.parametrize(("one", "other"), [("35,1", "351"), ("2023", "2024"), ("28", "2,8")])
def test_different_numbers_stay_different(one: str, other: str) -> None:
    assert not set(stems(one)) & set(stems(other))


def test_a_word_in_a_heavier_field_counts_for_more() -> None:
    index = build_index(
        [
            ("light", [("otras cosas distintas", 3), ("parques", 1)]),
            ("heavy", [("parques", 3), ("otras cosas distintas", 1)]),
            ("none", [("nada de eso", 1)]),
        ]
    )
    assert [hit.item_id for hit in index.search(stems("parque"), 10)] == ["heavy", "light"]


def test_nothing_in_common_is_no_hit() -> None:
    index = build_index([("one", [("parques", 1)]), ("empty", [])])
    assert index.search(stems("hospital"), 10) == []
    assert index.search([], 10) == []
    assert build_index([]).search(stems("parques"), 10) == []
    assert build_index([("empty", [("", 1)])]).search(stems("parques"), 10) == []


def test_a_saved_index_answers_as_the_one_in_memory(tmp_path: Path) -> None:
    index = build_index([(f"r{i}", [(f"parques barrio{i}", 1)]) for i in range(20)])
    store = WordStore(tmp_path)
    store.save("villa", "s1", index)
    loaded = store.load("villa", "s1")
    assert loaded is not None
    assert loaded.search(stems("parques barrio7"), 5) == index.search(stems("parques barrio7"), 5)
    assert loaded.search(stems("barrio7"), 1)[0].item_id == "r7"


def test_an_index_half_written_is_never_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(source: Path, target: Path) -> None:
        assert {path.name for path in Path(source).iterdir()} >= {"ids.json", "data.csc.index.npy"}
        assert not Path(target).exists()
        raise KeyboardInterrupt

    store = WordStore(tmp_path)
    monkeypatch.setattr("ingest.words.os.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.save("villa", "s1", build_index([("r1", [("parques", 1)])]))
    assert store.load("villa", "s1") is None
    store.keep_only({"villa": "s1"})
    assert list((tmp_path / "villa").iterdir()) == []


@pytest.mark.parametrize("damaged", ["ids.json", "data.csc.index.npy", "params.index.json", "vocab.index.json"])
def test_a_damaged_index_is_none(tmp_path: Path, damaged: str) -> None:
    store = WordStore(tmp_path)
    store.save("villa", "s1", build_index([("r1", [("parques nuevos", 1)]), ("r2", [("puentes", 1)])]))
    path = tmp_path / "villa" / "s1" / damaged
    path.write_bytes(path.read_bytes()[: len(path.read_bytes()) // 2])
    assert store.load("villa", "s1") is None


def test_only_current_indexes_are_kept(tmp_path: Path) -> None:
    store = WordStore(tmp_path)
    index = build_index([("r1", [("parques", 1)])])
    for collection, signature in (("villa", "old"), ("villa", "new"), ("gone", "old")):
        store.save(collection, signature, index)
    store.keep_only({"villa": "new"})
    assert sorted(str(p.relative_to(tmp_path)) for p in tmp_path.glob("*/*")) == ["villa/new"]


def test_an_index_is_named_by_all_it_is_made_of() -> None:
    assert WordStore.signature([1, 2]) == WordStore.signature([2, 1])
    assert len({WordStore.signature(g) for g in ([1, 2], [12], [1], [1, 2, 3])}) == 4


def test_equal_scores_keep_their_order() -> None:
    scores = np.array([1.0, 3.0, 3.0, 2.0, 3.0])
    assert top(scores, 2) == [1, 2]
    assert top(scores, 4) == [1, 2, 4, 3]
    assert top(scores, 9) == [1, 2, 4, 3, 0]
    assert top(scores, 0) == []


def test_the_scores_are_those_of_bm25s() -> None:
    """They are added up here, all items of a stem together, and not one at a time as the library does."""
    rng = random.Random(7)
    said = [" ".join(f"palabra{rng.randint(0, 40)}" for _ in range(12)) for _ in range(80)]
    index = build_index([(f"r{at}", [(text, 1)]) for at, text in enumerate(said)])
    query = stems("palabra3 palabra7 palabra7 palabra39")
    known = index.model.get_tokens_ids(query)
    expected = index.model.get_scores_from_ids(known)
    found = {hit.item_id: hit.score for hit in index.search(query, 80)}
    assert found == {f"r{at}": score for at, score in enumerate(expected.tolist()) if score > 0}
    assert len(found) > 10

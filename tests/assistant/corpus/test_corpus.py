"""The committed rows and sentences as the assistant sees them."""

from __future__ import annotations

import pytest

from assistant.corpus import corpus as corpus_module
from assistant.corpus.corpus import build_corpus, general_rarity
from assistant.corpus.matching import tokens_of
from ingest.records import Figure, Place
from tests.support.records import make_passage, make_row
from tests.support.town import Town, corpus_of, entry, snapshot_of, stem


def test_rows_come_before_sentences_and_all_have_their_document(town: Town) -> None:
    items = town.corpus.items
    first_sentence = next(index for index, item in enumerate(items) if item.row is None)
    assert all(item.row is None for item in items[first_sentence:])
    assert {item.document.name for item in items} == {
        "plan.txt",
        "transito.txt",
        "puerto.txt",
        "rendicion.pptx",
        "respuesta.txt",
    }


def test_a_word_weighs_by_the_most_telling_place_it_stands_in() -> None:
    (item,) = corpus_of(
        make_row("a" * 64, 1, "Faroles", programme="Faroles y parques", purpose="Parques y calles")
    ).items
    weights = item.weights
    assert weights[stem("faroles")] > weights[stem("parques")] > weights[stem("calles")] > 0


def test_a_sentence_that_a_row_quotes_is_not_told_twice() -> None:
    row = make_row("a" * 64, 4, "Faroles nuevos", quote="Hay 30 faroles nuevos en el parque.")
    near = make_passage("a" * 64, 5, "Hay 30 faroles nuevos en el parque.")
    far = make_passage("a" * 64, 90, "Hay 30 faroles nuevos en el parque.")
    assert [item.place.line for item in corpus_of(row, passages=[near, far]).items] == [4, 90]


def test_a_sentence_without_a_line_is_compared_with_all_that_rows_quote() -> None:
    row = make_row("a" * 64, 4, "Faroles nuevos", quote="Hay 30 faroles nuevos en el parque.")
    quoted, other = (
        make_passage("a" * 64, line, text).segments[0].model_copy(update={"place": Place()})
        for line, text in ((5, "Hay 30 faroles nuevos en el parque."), (6, "Los faroles se prenden al caer la noche."))
    )
    passage = make_passage("a" * 64, 5, "x").model_copy(update={"segments": (quoted, other)})
    told = [item.segment for item in corpus_of(row, passages=[passage]).items if item.segment is not None]
    assert told == [other]


def test_after_an_ingest_only_what_is_new_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    known = [make_row("a" * 64, line, f"Obra que ya estaba {line}") for line in range(1, 30)]
    corpus_of(*known)
    read: list[str] = []
    monkeypatch.setattr(corpus_module, "tokens_of", lambda text: read.append(text) or tokens_of(text))
    corpus = corpus_of(*known, make_row("b" * 64, 1, "Obra recién llegada", quote="Obra recién llegada"))
    assert set(read) == {"Obra recién llegada"}
    assert "llegada" in corpus.vocabulary


def test_rows_are_looked_up_by_what_they_stand_under(town: Town) -> None:
    rows = town.corpus.rows_called("programme", "Tiza y tablero")
    assert rows
    assert list(rows) == [item for item in town.corpus.rows if item.row and item.row.programme == "TIZA Y TABLERO"]
    assert town.corpus.rows_called("component", "Tiza y tablero") == ()


def test_web_addresses_alone_are_no_sentence() -> None:
    passages = [
        make_passage("a" * 64, 1, "https://villa.example/plan www.villa.example"),
        make_passage("a" * 64, 2, "· 7 ·"),
    ]
    assert corpus_of(passages=passages).items == ()


def test_names_of_each_level_are_kept_once(town: Town) -> None:
    programmes = [name.text for name in town.corpus.names if name.role == "programme"]
    assert sorted(programmes) == [
        "BATA BLANCA",
        "GOTA A GOTA",
        "HUELLAS RURALES",
        "RUTA AZUL",
        "TIZA Y TABLERO",
        "VILLA ACTIVA",
    ]
    assert town.corpus.entities == ("Puerto Lindo", "Villa Serena")
    assert town.corpus.periods == ("2024-2027", "2025")


def test_rare_words_tell_more(town: Town) -> None:
    corpus = town.corpus
    assert corpus.rarity(stem("semáforos"), "semaforos") > corpus.rarity(stem("veredas"), "veredas")
    assert general_rarity("de") == pytest.approx(0.1)
    assert 0.1 <= general_rarity("xqzzv") <= 1


def test_level_names_are_known_as_levels(town: Town) -> None:
    assert {stem("componente"), stem("impulsor")} <= town.corpus.level_stems


def test_a_figures_own_words_are_its_metric_and_unit() -> None:
    row = entry(1, "Sede norte", "120").model_copy(update={"figure": Figure(text="120", unit="usuarios")})
    (item,) = corpus_of(row).items
    assert item.own == {stem("sede"), stem("norte"), stem("usuarios")}


def test_an_empty_knowledge_base_is_an_empty_corpus() -> None:
    corpus = build_corpus(snapshot_of([]))
    assert (corpus.items, corpus.names, corpus.entities, dict(corpus.acronyms)) == ((), (), (), {})

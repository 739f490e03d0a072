"""A reranker puts the rows that lead in another order, and does nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assistant.answer import Question
from assistant.assistant import Assistant
from assistant.evidence.choose import choose
from assistant.evidence.eligible import coverage_bar, is_anchored
from assistant.evidence.rerank import LEADING, MOST, CrossEncoderScorer, load_reranker, rerank, text_of
from assistant.evidence.retrieve import Scored
from assistant.settings import Settings, apply_quiet_environment
from ingest.errors import SettingsError
from tests.support.town import Town

QUESTIONS = ("¿Cuál es la meta de acueductos?", "¿Cuántas canchas?", "¿Qué metas hay en las veredas?", "¿Helipuertos?")
WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] cual es la meta de acueductos rurales veredales puentes construidos ¿ ? · ."


class Scripted:
    """Scores by a rule on the text, and remembers what it was asked."""

    def __init__(self, rule: Callable[[str], float]) -> None:
        self.rule = rule
        self.asked: list[tuple[str, list[str]]] = []

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.asked.append((question, list(texts)))
        return [self.rule(text) for text in texts]


def ids(found: Sequence[Scored]) -> list[str]:
    return [one.item.item_id for one in found]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A cross-encoder of one layer with weights of chance, in a folder."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(7)
    vocabulary = tmp_path / "vocab.txt"
    vocabulary.write_text("\n".join(WORDS.split()), encoding="utf-8")
    tokenizer = BertTokenizerFast(vocab=str(vocabulary))
    config = BertConfig(
        vocab_size=len(WORDS.split()),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=128,
        num_labels=1,
        initializer_range=1.0,
    )
    folder = tmp_path / "tiny"
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_opinion_that_is_always_the_same_changes_nothing(town: Town, question: str) -> None:
    found = town.evidence(question)
    assert rerank(town.read(question), found, Scripted(lambda _: 0.5)) == found


def test_the_row_that_the_model_likes_best_leads_among_those_that_led(town: Town) -> None:
    question = "¿Cuál es la meta de acueductos?"
    found = town.evidence(question)
    plain, other = ids(found)[:2]
    liked = text_of(found[1].item)
    moved = rerank(town.read(question), found, Scripted(lambda text: 9.0 if text == liked else -9.0))
    assert ids(moved)[:2] == [other, plain]
    assert sorted(ids(moved)) == sorted(ids(found))
    assert [one.score for one in moved] == [one.score for one in found]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    "rule", [len, lambda text: -len(text), lambda text: hash(text) % 97], ids=["long", "short", "odd"]
)
def test_whatever_the_model_says_no_row_passes_a_bar_that_refused_it(
    town: Town, question: str, rule: Callable[[str], float]
) -> None:
    query, found = town.read(question), town.evidence(question)
    moved = rerank(query, found, Scripted(rule))
    bar = coverage_bar(query, found)
    passing = [one for one in found if one.coverage >= bar and is_anchored(one.item, query)]
    refused = {one.item.item_id for one in found} - {one.item.item_id for one in passing}
    assert {one.item.item_id: one.coverage for one in moved} == {one.item.item_id: one.coverage for one in found}
    for before, after in zip(found, moved, strict=True):
        if before.item.item_id in refused:
            assert after == before  # neither up nor down
    if passing:
        tail = [one for one in passing if one.score < passing[0].score * LEADING]
        assert all(one in moved for one in tail)
    chosen = choose(query, moved, town.corpus)
    if not passing:
        assert chosen.verdict == choose(query, found, town.corpus).verdict == "no_match"


def test_only_the_rows_that_lead_are_read_again(town: Town) -> None:
    question = "¿Cuál es la meta de acueductos?"
    scorer = Scripted(len)
    rerank(town.read(question), town.evidence(question), scorer)
    ((asked, texts),) = scorer.asked
    assert asked == question
    assert 2 <= len(texts) <= MOST
    assert all("cueducto" in text for text in texts)


@pytest.mark.parametrize("score", [float("nan"), float("inf")])
def test_scores_that_are_no_numbers_are_not_used(town: Town, score: float) -> None:
    question = "¿Cuál es la meta de acueductos?"
    found = town.evidence(question)
    assert rerank(town.read(question), found, Scripted(lambda _: score)) == found


def test_nothing_found_needs_no_model(town: Town) -> None:
    scorer = Scripted(len)
    assert rerank(town.read("¿Helipuertos?"), [], scorer) == []
    assert scorer.asked == []


# the real loading code ------------------------------------------------------------------------------------------------
def test_a_cross_encoder_is_loaded_from_its_folder_once_and_late(tiny: Path, town: Town) -> None:
    scorer = load_reranker(str(tiny))
    assert scorer is not None
    assert scorer._model is None
    scores = scorer.scores("¿cual es la meta?", ["acueductos veredales", "puentes construidos"])
    assert len(scores) == 2
    assert scores[0] != scores[1]
    assert scorer.load() is scorer.load()


def test_the_assistant_answers_with_a_reranker_and_states_nothing_else(tiny: Path, town: Town) -> None:
    settings = Settings(_env_file=None, chat_model=None, reranker=str(tiny))
    assistant = Assistant(town.knowledge, settings)
    try:
        for question in QUESTIONS:
            answer, plain = assistant.ask(Question(question=question)), town.ask(question)
            assert answer.status == plain.status
            assert all(figure.citations or figure.derivation for figure in answer.figures)
        assert {one.item.item_id for one in assistant.search(QUESTIONS[0])} == set(
            ids(town.evidence(QUESTIONS[0])[:20])
        )
    finally:
        assistant.close()


def test_a_model_that_is_not_there_is_an_error_of_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as raised:
        CrossEncoderScorer(str(tmp_path / "nadie")).load()
    assert "\n" not in str(raised.value)
    assert "CABILDO_RERANKER" in str(raised.value)


def test_a_model_of_several_classes_is_refused(tiny: Path, tmp_path: Path) -> None:
    from transformers import BertConfig, BertForSequenceClassification

    config = BertConfig.from_pretrained(tiny, num_labels=3)
    BertForSequenceClassification(config).save_pretrained(tiny)
    with pytest.raises(SettingsError, match="CABILDO_RERANKER"):
        CrossEncoderScorer(str(tiny)).load()


def test_without_the_setting_there_is_none_and_the_hub_is_closed() -> None:
    assert load_reranker(None) is None
    closed: dict[str, str] = {}
    opened: dict[str, str] = {}
    apply_quiet_environment(environ=closed)
    apply_quiet_environment(environ=opened, reranker="cross-encoder/alguno")
    assert closed["HF_HUB_OFFLINE"] == "1"
    assert "HF_HUB_OFFLINE" not in opened

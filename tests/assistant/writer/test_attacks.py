"""What a bad model writes over the answers of the town never passes the guard; what a good one writes does."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from assistant.answer import Answer
from assistant.corpus.corpus import Corpus
from assistant.question.query import Language
from assistant.writer.evidence import Evidence, Standing, read_evidence
from assistant.writer.guard import objections
from assistant.writer.injections import without_injections
from assistant.writer.sentences import split_sentences
from assistant.writer.stated import missing_figures
from assistant.writer.vocabulary import names_of
from tests.support.attacks import ATTACKS, Fact, facts_of, spoilt
from tests.support.town import Town

WELL_BEHAVED: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).resolve().parents[2] / "support" / "well_behaved.yaml").read_text("utf-8")
)
QUESTIONS = (
    *WELL_BEHAVED,
    "¿Quién responde por los acueductos veredales?",
    "¿Cuántas metas de resultado hay?",
    "¿Cuáles son los indicadores sin línea base?",
    "¿Cuántos contratos hubo en Gota a Gota?",
    "¿Cuánto avanzaron los acueductos veredales en 2025?",
    "¿Cuál es la meta y la línea base de kilómetros de vía terciaria mejorados en Villa Serena y Puerto Lindo?",
    "Compare los puentes peatonales y los semáforos inteligentes",
    "¿Cuántos accidentes en vías rurales había?",
    "¿Cuál fue el sitio con más pacientes atendidos entre enero y marzo de 2025?",
    "How much was executed in Gota a Gota in 2025?",
)
#: Of each kind of attack on each sentence one in so many is tried, other ones on each sentence.
ONE_IN = 7


@pytest.fixture(scope="module")
def asked(town: Town) -> list[tuple[str, Answer, Evidence]]:
    """Each question with its composed answer and what may be said for it."""
    return [(question, answer, _evidence(answer, question, town)) for question, answer in _answers(town)]


def _answers(town: Town) -> list[tuple[str, Answer]]:
    answers = [(question, town.ask(question)) for question in QUESTIONS]
    assert all(answer.status == "answered" for _, answer in answers)
    return answers


def _evidence(answer: Answer, question: str, town: Town) -> Evidence:
    return read_evidence(without_injections(answer), question, _language(question, town), names_of(town.corpus))


def _language(question: str, town: Town) -> Language:
    return town.read(question).language


def passes(text: str, evidence: Evidence) -> bool:
    """Whether a whole text would be shown."""
    standing = Standing()
    for sentence in split_sentences(text):
        if objections(sentence, evidence, standing):
            return False
        standing = standing.after(sentence)
    return True


def _distinct(facts: list[tuple[Fact, Evidence]]) -> list[tuple[Fact, Evidence]]:
    return list({(fact.sentence, len(fact.others)): (fact, evidence) for fact, evidence in facts}.values())


@pytest.mark.slow
def test_no_spoilt_sentence_passes_and_every_true_one_does(
    asked: list[tuple[str, Answer, Evidence]], town: Town
) -> None:
    facts = _distinct(
        [
            (fact, evidence)
            for question, answer, evidence in asked
            for fact in facts_of(answer, _language(question, town))
        ]
    )
    tried: Counter[str] = Counter()
    passed: list[tuple[str, str]] = []
    for number, (fact, evidence) in enumerate(facts):
        assert passes(fact.sentence, evidence), fact.sentence
        for at, (kind, _, sentence) in enumerate(spoilt([fact])):
            if (at + number) % ONE_IN == 0:
                tried[kind] += 1
                if passes(sentence, evidence):
                    passed.append((kind, sentence))
    assert passed == []
    assert len(facts) > 150
    assert set(tried) == set(ATTACKS)
    assert min(tried.values()) > 40, tried
    assert sum(tried.values()) > 8_000


def test_what_a_good_model_writes_passes(asked: list[tuple[str, Answer, Evidence]]) -> None:
    stopped = [
        text
        for question, answer, evidence in asked
        for text in WELL_BEHAVED.get(question, ())
        if not passes(text, evidence) or missing_figures(text, answer)
    ]
    assert stopped == []
    assert sum(map(len, WELL_BEHAVED.values())) >= 80


def test_a_heading_does_not_move_a_figure_to_another_programme(town: Town) -> None:
    question = "¿Cuáles son las metas de Villa Activa?"
    evidence = _evidence(town.ask(question), question, town)
    lines = "- Canchas deportivas recuperadas: Recuperar 26 canchas [1]\n"
    assert passes(f"VILLA ACTIVA:\n{lines}", evidence)
    assert not passes(f"BATA BLANCA:\n{lines}", evidence)
    assert not passes(f"- Deportistas apoyados:\n{lines}", evidence)


def test_lines_of_the_composed_answer_do_not_pass_out_of_their_place(town: Town) -> None:
    question = "Compare los puentes peatonales y los semáforos inteligentes"
    answer = town.ask(question)
    evidence = _evidence(answer, question, town)
    lights, bridges = (line for line in answer.answer.splitlines() if line.startswith("La meta de"))
    baselines = [line for line in answer.answer.splitlines() if line.startswith("Línea base:")]
    assert passes(answer.answer, evidence)
    assert passes(f"{bridges}\n{baselines[1]}\n", evidence)
    assert not passes(f"{lights}\n{baselines[1]}\n", evidence)


def test_names_of_the_catalogue_are_known_in_small_letters(corpus: Corpus) -> None:
    names = names_of(corpus)
    assert [hit.value for hit in names.find("está en gota a gota, de la secretaría de salud")] == [
        "GOTA A GOTA",
        "Secretaría de Salud",
    ]
    assert names.find("el agua de la vereda") == []


@pytest.fixture
def corpus(town: Town) -> Corpus:
    return town.corpus

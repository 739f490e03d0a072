"""A text in pieces is the same sentences however it is cut, and joined again it is the text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.writer.sentences import SentenceBuffer, split_sentences

TEXT = (
    "La meta es 3.400 luminarias. [1] La línea base, según la Empresa S.A. del Puerto, era de 1.250 [1].\n"
    "- Postes: 28 % [2]. ¿Y los demás? No están.\n\nFin"
)
SENTENCES = [
    "La meta es 3.400 luminarias. [1] ",
    "La línea base, según la Empresa S.A. del Puerto, era de 1.250 [1].\n",
    "- Postes: 28 % [2]. ",
    "¿Y los demás? ",
    "No están.\n\n",
    "Fin",
]


def test_marks_stay_with_their_sentence_and_abbreviations_do_not_end_one() -> None:
    assert split_sentences(TEXT) == SENTENCES


@given(st.lists(st.integers(0, len(TEXT)), max_size=12))
def test_sentences_do_not_depend_on_how_the_text_arrives(cuts: list[int]) -> None:
    buffer = SentenceBuffer()
    at = [0, *sorted(cuts), len(TEXT)]
    got = [sentence for start, end in itertools.pairwise(at) for sentence in buffer.feed(TEXT[start:end])]
    got.append(buffer.rest())
    assert "".join(got) == TEXT
    assert [sentence.strip() for sentence in got if sentence.strip()] == [sentence.strip() for sentence in SENTENCES]


@pytest.mark.parametrize("cut", [3, 20, 33])
def test_the_thoughts_of_a_reasoning_model_are_not_its_answer(cut: int) -> None:
    text = "<think>La meta. No, otra.</think>\nLa meta es 28 [1]. Fin."
    buffer = SentenceBuffer()
    got = [*buffer.feed(text[:cut]), *buffer.feed(text[cut:]), buffer.rest()]
    assert "".join(got).strip() == "La meta es 28 [1]. Fin."

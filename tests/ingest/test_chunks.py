"""Passages: nothing lost, nothing too long, every piece with its place."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.chunks import cut_passages, passage_text
from ingest.records import DocumentInfo, Passage, Place, Prose, Segment

DOCUMENT = "a8b1bce083ba" + "0" * 52
INFO = DocumentInfo(entity="Villa Nueva", period="2024-2027")


class Counter:
    """A tokenizer of whole words that remembers how often it was asked."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, text: str) -> int:
        self.calls += 1
        return len(re.findall(r"\w{1,4}|[^\w\s]", text))


def prose(*texts: str, headings: tuple[str, ...] = ()) -> Prose:
    return Prose(
        headings=headings,
        segments=tuple(Segment(text=text, place=Place(line=n)) for n, text in enumerate(texts, 1)),
    )


def cut(*stretches: Prose, max_tokens: int = 20) -> tuple[Passage, ...]:
    return cut_passages(stretches, DOCUMENT, INFO, Counter(), max_tokens)


def test_segments_are_joined_up_to_the_limit_in_order() -> None:
    passages = cut(prose("uno dos tres", "cuatro cinco", "seis siete ocho nueve"), max_tokens=12)
    assert [passage.text for passage in passages] == ["uno dos tres\ncuatro cinco", "seis siete ocho nueve"]


def test_every_segment_keeps_its_place_and_the_passage_spans_them() -> None:
    (passage,) = cut(prose("uno", "dos", "tres"))
    assert [segment.place.line for segment in passage.segments] == [1, 2, 3]
    assert (passage.place.line, passage.place.line_end) == (1, 3)


def test_a_passage_over_two_pages_stands_where_it_begins() -> None:
    segments = (Segment(text="uno", place=Place(page=1, line=9)), Segment(text="dos", place=Place(page=2, line=1)))
    (passage,) = cut(Prose(headings=(), segments=segments))
    assert (passage.place.page, passage.place.line, passage.place.line_end) == (1, 9, None)


def test_ids_come_from_the_document_and_the_order_and_are_unique() -> None:
    passages = cut(prose("igual"), prose("igual"), prose("igual"))
    assert [passage.passage_id for passage in passages] == [f"a8b1bce083ba.t{n}" for n in (1, 2, 3)]


def test_stretches_under_different_headings_are_never_joined() -> None:
    passages = cut(prose("uno", headings=("A",)), prose("dos", headings=("B",)))
    assert [(passage.headings, passage.text) for passage in passages] == [(("A",), "uno"), (("B",), "dos")]


def test_the_passage_carries_what_the_document_is_of() -> None:
    (passage,) = cut(prose("uno"))
    assert (passage.document_id, passage.entity, passage.period) == (DOCUMENT, "Villa Nueva", "2024-2027")


def test_headings_count_towards_the_limit() -> None:
    with_headings = cut(
        prose("uno dos tres cuatro", "cinco seis siete", headings=("Plan de obras", "Vías")), max_tokens=16
    )
    assert len(with_headings) == 2
    assert len(cut(prose("uno dos tres cuatro", "cinco seis siete"), max_tokens=16)) == 1


def test_headings_that_leave_no_room_lose_their_outermost() -> None:
    (passage,) = cut(prose("uno dos", headings=("palabra " * 40, "Vías")), max_tokens=16)
    assert passage.headings == ("Vías",)


def test_a_segment_too_long_is_cut_at_sentence_ends_first() -> None:
    passages = cut(prose("Uno dos tres. Cuatro cinco seis. Siete ocho nueve."), max_tokens=10)
    assert [passage.text for passage in passages] == ["Uno dos tres.", "Cuatro cinco seis.", "Siete ocho nueve."]
    assert {segment.place.line for passage in passages for segment in passage.segments} == {1}


def test_a_sentence_too_long_is_cut_at_word_ends() -> None:
    text = " ".join(["palabra"] * 30)
    passages = cut(prose(text), max_tokens=10)
    assert " ".join(passage.text for passage in passages).replace("\n", " ") == text


def test_blank_segments_make_no_passage() -> None:
    assert cut(prose("", "  \n")) == ()
    assert cut() == ()


def test_a_limit_that_holds_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="max_tokens"):
        cut(prose("uno"), max_tokens=3)


def test_the_tokenizer_is_asked_about_once_a_segment() -> None:
    counter = Counter()
    segments = tuple(f"Esta es la frase número {n} del texto." for n in range(200))
    passages = cut_passages([prose(*segments, headings=("Vías",))], DOCUMENT, INFO, counter, 250)
    assert counter.calls <= len(segments) + len(passages) + 2


def test_the_text_for_the_embedder_has_its_headings_on_a_line_of_their_own() -> None:
    segments = prose("uno", "dos").segments
    assert passage_text(("Plan", "Vías"), segments) == "Plan › Vías\nuno\ndos"
    assert passage_text((), segments) == "uno\ndos"


@settings(max_examples=150)
@given(
    st.lists(st.text(alphabet="abc de.,;é\n🚒", max_size=120), max_size=12),
    st.lists(st.text(alphabet="abc ", max_size=40), max_size=3),
    st.integers(min_value=8, max_value=60),
)
def test_nothing_is_lost_and_nothing_is_too_long(texts: list[str], headings: list[str], max_tokens: int) -> None:
    counter = Counter()
    stretch = prose(*texts, headings=tuple(headings))
    passages = cut_passages([stretch], DOCUMENT, INFO, counter, max_tokens)
    kept = "".join("".join(passage.text.split()) for passage in passages)
    assert kept == "".join("".join(text.split()) for text in texts)
    for passage in passages:
        assert counter(passage_text(passage.headings, passage.segments)) <= max_tokens
    lines = [segment.place.line or 0 for passage in passages for segment in passage.segments]
    assert all(before <= after for before, after in pairwise(lines))
    assert len({passage.passage_id for passage in passages}) == len(passages)

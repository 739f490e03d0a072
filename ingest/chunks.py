"""Prose cut into passages that fit the embedder; nothing is dropped and every piece keeps its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.records import DocumentInfo, Passage, Place, Prose, Segment

_ID_LENGTH = 12
#: At most this share of a passage goes to its headings; what is over is left out from the outermost in.
_HEADING_SHARE = 0.5
#: Sentences end in a mark and white space; an abbreviation that parts one more time does no harm.
_SENTENCE = re.compile(r"\S.*?(?:[.!?;:…]{1,3}[\"'»”)]{0,3}(?=\s)|$)", re.DOTALL)


@dataclass(frozen=True)
class _Sized:
    segment: Segment
    tokens: int


def passage_text(headings: Sequence[str], segments: Sequence[Segment]) -> str:
    """What the embedder sees: the headings joined by ' › ' on a line of their own, then the segments a line each."""
    lines = [" › ".join(headings)] if headings else []
    return "\n".join([*lines, *(segment.text for segment in segments)])


def cut_passages(
    prose: Sequence[Prose],
    document_id: str,
    info: DocumentInfo,
    count_tokens: Callable[[str], int],
    max_tokens: int,
) -> tuple[Passage, ...]:
    """Passages of at most ``max_tokens`` of ``count_tokens``, the headings of :func:`passage_text` included.

    Segments under the same headings are joined in order. A segment is cut only when it does not fit alone: at sentence
    ends, then at word ends, then inside a word; the pieces keep its place. Headings that alone would fill half of a
    passage lose their outermost ones. A passage's id is the document's first twelve characters and its number
    ("a8b1bce083ba.t12"). Raises ValueError when ``max_tokens`` is below 8.
    """
    if max_tokens < 8:
        raise ValueError(f"max_tokens is {max_tokens}; passages of fewer than 8 tokens hold nothing")
    passages: list[Passage] = []
    for stretch in prose:
        headings, room = _fitting_headings(stretch.headings, count_tokens, max_tokens)
        sized = _fitting_segments(stretch.segments, count_tokens, room)
        for group in _groups(sized, headings, count_tokens, room, max_tokens):
            passages.append(
                Passage(
                    passage_id=f"{document_id[:_ID_LENGTH]}.t{len(passages) + 1}",
                    document_id=document_id,
                    entity=info.entity,
                    period=info.period,
                    headings=headings,
                    segments=group,
                    place=_spanned(group),
                )
            )
    return tuple(passages)


def _fitting_headings(
    headings: Sequence[str], count_tokens: Callable[[str], int], max_tokens: int
) -> tuple[tuple[str, ...], int]:
    """The innermost headings that leave room for text, and that room in tokens."""
    for skipped in range(len(headings) + 1):
        kept = tuple(headings[skipped:])
        used = count_tokens(passage_text(kept, ())) + 1 if kept else 0
        if used <= max_tokens * _HEADING_SHARE:
            return kept, max_tokens - used
    return (), max_tokens


def _fitting_segments(segments: Iterable[Segment], count_tokens: Callable[[str], int], room: int) -> Iterator[_Sized]:
    """Segments with their size; one that does not fit alone comes in pieces."""
    for segment in segments:
        if not segment.text.strip():
            continue
        tokens = count_tokens(segment.text)
        if tokens <= room:
            yield _Sized(segment, tokens)
        else:
            for piece, size in _pieces(segment.text, count_tokens, room):
                yield _Sized(Segment(text=piece, place=segment.place), size)


def _groups(
    sized: Iterable[_Sized],
    headings: Sequence[str],
    count_tokens: Callable[[str], int],
    room: int,
    max_tokens: int,
) -> Iterator[tuple[Segment, ...]]:
    """Segments joined while their sizes add up to the room; the whole is counted once more before it goes out."""
    group: list[_Sized] = []
    for item in sized:
        if group and sum(member.tokens + 1 for member in group) + item.tokens > room:
            yield from _checked(group, headings, count_tokens, max_tokens)
            group = []
        group.append(item)
    if group:
        yield from _checked(group, headings, count_tokens, max_tokens)


def _checked(
    group: Sequence[_Sized], headings: Sequence[str], count_tokens: Callable[[str], int], max_tokens: int
) -> Iterator[tuple[Segment, ...]]:
    """The group, or its halves when together it counts more than the sum of its parts said."""
    segments = tuple(item.segment for item in group)
    if len(group) == 1 or count_tokens(passage_text(headings, segments)) <= max_tokens:
        yield segments
        return
    middle = len(group) // 2
    yield from _checked(group[:middle], headings, count_tokens, max_tokens)
    yield from _checked(group[middle:], headings, count_tokens, max_tokens)


def _pieces(text: str, count_tokens: Callable[[str], int], room: int) -> Iterator[tuple[str, int]]:
    """A text too long for one passage in pieces that fit: neighbouring sentences joined while they do, else halves."""
    start: int | None = None
    stop = used = 0
    for match in _SENTENCE.finditer(text):
        tokens = count_tokens(match.group()) + 1
        if start is not None and used + tokens > room:
            yield from _halves(text[start:stop], count_tokens, room)
            start, used = None, 0
        start = match.start() if start is None else start
        stop = match.end()
        used += tokens
    if start is not None:
        yield from _halves(text[start:stop], count_tokens, room)


def _halves(text: str, count_tokens: Callable[[str], int], room: int) -> Iterator[tuple[str, int]]:
    """The text itself when it fits, else its halves, parted at the white space nearest the middle or inside a word."""
    tokens = count_tokens(text)
    if tokens <= room or len(text) == 1:
        yield text, tokens
        return
    middle = len(text) // 2
    before, after = text.rfind(" ", 1, middle), text.find(" ", middle, len(text) - 1)
    spaces = [at for at in (before, after) if at > 0]
    cut = min(spaces, key=lambda at: abs(at - middle)) if spaces else middle
    for half in (text[:cut].strip(), text[cut:].strip()):
        if half:
            yield from _halves(half, count_tokens, room)


def _spanned(segments: Sequence[Segment]) -> Place:
    """The place of the first segment, up to the last line of the last one when both stand in lines of one page."""
    first, last = segments[0].place, segments[-1].place
    if first.line is None or last.line is None or first.page != last.page:
        return first
    end = last.line_end or last.line
    return first.model_copy(update={"line_end": end if end > first.line else first.line_end, "rectangle": None})

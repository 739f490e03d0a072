"""What the first page of a document says: who presents it, of which office it is, of when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answer import Answer
from assistant.composing.draft import Draft, Url
from assistant.composing.phrases import phrases
from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.items import segment_item
from assistant.corpus.matching import folded
from assistant.evidence.retrieve import is_within
from assistant.question.asks import asks_for
from assistant.question.offices import documents_named
from assistant.question.query import Query
from ingest.records import Document, Passage, Segment

_LONGEST_LINE = 90
_MOST_LINES = 12
_MOST_DOCUMENTS = 3
_WORD = re.compile(r"[^\W\d_]{3}")
_SUBJECT = re.compile(r"\s*(?:Asunto|Ref(?:erencia)?)\.?\s*:\s*\w", re.IGNORECASE)
_MASKED = re.compile(r"\breservad[oa]\]")


def compose_cover(query: Query, corpus: Corpus, url: Url) -> Answer | None:
    """The lines of the first page of the documents named; None when it is not asked for or there is none.

    A letter has no cover: who wrote to the government is nobody's business.
    """
    if not asks_for(query.text, "cover"):
        return None
    covers = [(document, lines) for document in documents_named(query, corpus)
              if (lines := list(cover_lines(document, corpus)))]  # fmt: skip
    if not 0 < len(covers) <= _MOST_DOCUMENTS:
        return None
    say = phrases(query.language)
    draft = Draft(url)
    for document, lines in covers:
        office = f" ({document.info.office})" if document.info.office else ""
        draft.say(say.say("cover_head", title=document.title, dependency=office))
        for item in lines:
            quote = item.segment.text if item.segment is not None else ""
            draft.say(say.say("passages_entry", quote=quote, mark=draft.mark(item)))
    return draft.finish("answered")


def compose_subject(query: Query, corpus: Corpus, url: Url) -> Answer | None:
    """The subject line of the letters of the city named, or the sentence that says what was asked of it; None when it
    is not asked for or no letter prints one."""
    if asks_for(query.text, "inquiry"):
        lines = [item for item in _of_letters(query, corpus) if asks_for(_text_of(item), "told_inquiry")]
    elif asks_for(query.text, "subject_line"):
        lines = [item for item in _of_letters(query, corpus) if _SUBJECT.match(_text_of(item))]
    else:
        return None
    if not 0 < len(lines) <= _MOST_DOCUMENTS:
        return None
    say = phrases(query.language)
    draft = Draft(url)
    for item in lines:
        draft.say(say.say("passage", title=item.document.title, quote=_text_of(item), mark=draft.mark(item)))
    return draft.finish("answered")


def _of_letters(query: Query, corpus: Corpus) -> Iterator[Item]:
    return (item for item in corpus.items if item.document.info.kind == "letter" and is_within(item, query.filters))


def _text_of(item: Item) -> str:
    if item.row is not None:
        return item.row.quote
    return item.segment.text if item.segment is not None else ""


def cover_lines(document: Document, corpus: Corpus) -> Iterator[Item]:
    """The short lines with which a document begins, each once, up to its first row, heading or longer text."""
    items = corpus.in_order(document.document_id)
    passages = {item.passage.passage_id: item.passage for item in items if item.passage is not None}
    said: set[str] = set()
    for passage in passages.values():
        for number, segment in enumerate(passage.segments):
            if not _is_of_cover(passage, segment) or len(said) >= _MOST_LINES:
                return
            if _WORD.search(segment.text) and not _MASKED.search(segment.text) and folded(segment.text) not in said:
                said.add(folded(segment.text))
                yield segment_item(passage, number, segment, document)


def _is_of_cover(passage: Passage, segment: Segment) -> bool:
    """Whether a line may stand on a first page: short, and under no level of a plan ("Línea Estratégica: …")."""
    under_level = any(": " in heading for heading in passage.headings)
    return not under_level and len(segment.text) <= _LONGEST_LINE and segment.place.page in (None, 1)

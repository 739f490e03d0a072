"""What an acronym of the documents stands for, with the place that says it; or that none of them says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answer import Answer
from assistant.composing.draft import Draft, Url
from assistant.composing.phrases import phrases
from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.items import texts_of
from assistant.evidence.retrieve import is_within
from assistant.question.query import Query
from ingest.fold import fold, fold_in_place

_SHORT = r"(?P<short>\w[\w.-]{0,10}\w)"
_QUOTE = r"[\"'“”«»(]?"
_NOUN = r"(?:siglas?|acronimo|abreviatura|abreviacion|letras|acronym|initials?)"
_CALLED = rf"(?:(?:el|la|los|las|eso de|lo de|the) )?(?:{_NOUN} (?:de |del |of )?)?"
#: Asked outright, however the question goes on ("… la sigla VUR que trae el informe").
_MEANING = (
    re.compile(
        rf"\b(?:significan?|significado de(?:l)?|nombre completo de(?:l)?|quieren? decir|traducen?|abrevian?"
        rf"|se refieren? con) {_CALLED}"
        rf"{_QUOTE}{_SHORT}"
    ),
    re.compile(rf"\b(?:does|do) {_CALLED}{_QUOTE}{_SHORT}{_QUOTE} (?:mean|stand|refer|abbreviate)\b"),
    re.compile(rf"\b{_NOUN} (?:de |del |of )?(?:(?:el|la) )?{_QUOTE}{_SHORT}"),
    re.compile(
        rf"{_SHORT}{_QUOTE}\W{{0,3}} ?"
        r"(?:(?:que|q|k) (?:significan?|quieren? decir|es eso|se refieren?)|significan? que|significado"
        r"|quieren? decir que|stands? for)"
    ),
)
#: "¿Qué es la VUR?" asks for it where nothing follows.
_WHAT_IS = re.compile(rf"^\W*(?:que|q|k|what) (?:es|is|son|are) {_CALLED}{_QUOTE}{_SHORT}\W*$")
_FEWEST_CAPITALS = 2


def compose_definition(query: Query, corpus: Corpus, url: Url) -> Answer | None:
    """The long form of the acronym asked for; None when the question asks for none.

    An acronym that is asked for outright and printed without its long form is not found.
    """
    for short, outright in _asked(query.text):
        key = next((known for known in (short, short.removesuffix("s")) if known in corpus.acronyms), None)
        if key is not None and (item := _saying(key, corpus.acronyms[key], query, corpus)) is not None:
            draft = Draft(url)
            sentence = phrases(query.language).say(
                "definition", text=_printed(short, query.text), value=corpus.acronyms[key], mark=draft.mark(item)
            )
            draft.say(sentence)
            return draft.finish("answered")
        written = _written(short, query.text)
        if outright and key is None and sum(char.isupper() for char in written) >= _FEWEST_CAPITALS:
            return Answer(status="not_found", answer=phrases(query.language).say("not_defined", text=written))
    return None


def _asked(text: str) -> Iterator[tuple[str, bool]]:
    """The words whose meaning a question asks for, folded, and whether it asks for it outright."""
    folded = fold_in_place(text)
    for pattern in _MEANING:
        yield from ((match["short"].strip("."), True) for match in pattern.finditer(folded))
    if (match := _WHAT_IS.match(folded)) is not None:
        yield match["short"].strip("."), False


def _printed(short: str, text: str) -> str:
    """An acronym as the question writes it; in capitals where that has none."""
    written = _written(short, text)
    return written if any(char.isupper() for char in written) else short.upper()


def _written(short: str, text: str) -> str:
    at = fold_in_place(text).find(short)
    return text[at : at + len(short)]


def _saying(short: str, long_form: str, query: Query, corpus: Corpus) -> Item | None:
    """The item that has the long form: best with the acronym beside it, and of the city that is named."""
    holding = [item for item in corpus.items if any(fold(long_form) in fold(text) for text in texts_of(item))]
    holding.sort(key=lambda item: (not is_within(item, query.filters), not _has(item, short)))
    return holding[0] if holding else None


def _has(item: Item, short: str) -> bool:
    texts = [fold(text) for text in texts_of(item)]
    return any(short in text.split() or f"({short})" in text for text in texts)

"""What an acronym of the documents stands for, with the place that says it."""

from __future__ import annotations

import re

from assistant.answer import Answer
from assistant.corpus import Corpus, Item
from assistant.draft import Draft, Url
from assistant.items import texts_of
from assistant.phrases import phrases
from assistant.query import Query
from ingest.fold import fold

_ASKED = re.compile(
    r"^\W*(?:que|what) (?:es|significa|quiere decir|traduce|is|does)(?: (?:el|la|los|las|eso de|lo de|the))? "
    r"(?:sigla )?(\w{2,10})(?: (?:stand for|mean))?\W*$"
)


def compose_definition(query: Query, corpus: Corpus, url: Url) -> Answer | None:
    """The long form of the acronym asked for ("¿qué es el PISCC?"); None when no document spells it out."""
    match = _ASKED.match(fold(query.text))
    long_form = corpus.acronyms.get(match[1]) if match is not None else None
    if match is None or long_form is None:
        return None
    item = _saying(match[1], long_form, corpus)
    if item is None:
        return None
    draft = Draft(url)
    say = phrases(query.language)
    draft.say(say.say("definition", text=match[1].upper(), value=long_form, mark=draft.mark(item)))
    return draft.finish("answered")


def _saying(short: str, long_form: str, corpus: Corpus) -> Item | None:
    """The item that has the long form, best with the acronym beside it."""
    holding = [item for item in corpus.items if any(fold(long_form) in fold(text) for text in texts_of(item))]
    both = (item for item in holding if any(short in fold(text).split() or f"({short})" in fold(text)
                                            for text in texts_of(item)))  # fmt: skip
    return next(both, holding[0] if holding else None)

"""The row of what is new beside one of what there is: "¿y nuevas?" after the cameras that are kept up asks for those
that are put up."""

from __future__ import annotations

import re

from assistant.corpus.bars import LIGHT
from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import tokenize
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.together import same_text
from assistant.question.followup import goes_on
from assistant.question.query import Query
from ingest.fold import fold
from ingest.records import IndicatorRow

_NEW = re.compile(r"\b(?:nuev[oa]s?|adicional(?:es)?|otr[oa]s? nuev[oa]s?)\b")
#: What is done to a thing that is there already, and what brings one more of it, as plans print them.
_KEEPS = re.compile(
    r"\b(?:mant[eu]n\w+|mantien\w+|conserv\w+|repon\w+|reposici\w+|repuest\w+|repar\w+|recuper\w+|rehabilit\w+|mejor\w+"
    r"|adecu\w+|adecuad\w+|moderniz\w+|repotenci\w+|actualiz\w+|optimiz\w+|restaur\w+|remodel\w+|renov\w+)"
)
_ADDS = re.compile(
    r"\b(?:nuev[oa]s?|instal\w+|constru\w+|adquir\w+|compr\w+|crea(?:r|d[oa]s?|cion)|implement\w+|entreg\w+|habilit\w+"
    r"|conform\w+|abri\w+|apertura\w*|dot(?:ar|ad[oa]s?))\b"
)


def new_beside(own: Query, told: Item | None, corpus: Corpus) -> tuple[Item, ...]:
    """The one row of the programme, or else of the component, of the row told whose thing is new; () for none."""
    row = told.row if told is not None else None
    if row is None or not is_indicator_row(row) or not _asks_for_new(own) or not _KEEPS.search(_said(row)):
        return ()
    others = [
        item
        for item in corpus.rows_of(row.document_id)
        if item.row is not None
        and is_indicator_row(item.row)
        and item is not told
        and _thing(item.row) == _thing(row)
        and _ADDS.search(_said(item.row))
        and not _KEEPS.search(_said(item.row))
    ]
    of_programme = [item for item in others if item.row is not None and same_text(item.row.programme, row.programme)]
    found = of_programme or [item for item in others if item.row is not None and item.row.component == row.component]
    return tuple(found) if len(found) == 1 else ()


def _asks_for_new(own: Query) -> bool:
    """Whether a short question says nothing but that it means new ones."""
    narrows = own.filters.named or own.filters.entities or own.asked or own.set_nouns
    names = any(term.weight > LIGHT and not _NEW.match(term.text) for term in own.terms)
    return goes_on(own) and not narrows and not names and _NEW.search(fold(own.text)) is not None


def _thing(row: IndicatorRow) -> str:
    """The stem of the first noun of an indicator that is no word of counting: what it is about."""
    tokens = [token for token in tokenize(row.indicator or "") if token.word not in ("numero", "cantidad", "de")]
    return tokens[0].stem if tokens else ""


def _said(row: IndicatorRow) -> str:
    return fold(f"{row.indicator or ''} {row.target.text if row.target else ''}")

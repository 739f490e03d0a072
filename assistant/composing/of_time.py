"""Whether an answer tells of the time that was asked for, and has a figure where a level is asked: what holds for
another quarter or year answers nothing.

Every way of answering looks for rows of the time asked for; this is the check that none of them has passed it over.
"""

from __future__ import annotations

import re

from assistant.answer import Answer
from assistant.corpus.corpus import Corpus, Item
from assistant.evidence.fields import is_indicator_row
from assistant.figures.premise import is_premise
from assistant.question.asks import asks_for
from assistant.question.query import Query
from assistant.question.times import is_of_longer, speaks_of, states_the_day
from ingest.fold import fold

_MONTH = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre"
    r"|(?:primer|segundo|tercer|cuarto|ultimo) (?:trimestre|semestre))"
)
#: A month as of which something stood ("a diciembre de 2023"), and one that only names a document.
_AS_OF = re.compile(
    r"\b(?:a|al|hasta|hacia|para|(?:corte|cierre|fin|final|fines|finales)(?: de| del| a| en)?) "
    rf"(?:\w+ ){{0,3}}?{_MONTH}\b"
)
_OF_DOCUMENT = re.compile(
    r"\b(?:informe|respuesta|carta|oficio|reporte|presentacion|diapositiva|documento|rendicion|ppt|boletin)s? "
    rf"(?:\w+ ){{0,6}}?{_MONTH}\b"
)
#: What came about within a time, and did not only stand at its end.
_CAME_ABOUT = re.compile(r"\b(?:hubo|ocurri\w+|sucedi\w+|\w{3,}(?:aron|ieron))\b")


def is_of_time(answer: Answer, query: Query, corpus: Corpus) -> bool:
    """Whether a row that an answer cites speaks of the time asked for; who takes a time for granted is told another."""
    if not query.asked or answer.status != "answered" or is_premise(query):
        return True
    cited = [corpus.by_id[one.row_id] for one in answer.citations if one.row_id is not None]
    return len(cited) < len(answer.citations) or not cited or any(_is_of_asked(item, query) for item in cited)


def _is_of_asked(item: Item, query: Query) -> bool:
    """Whether a row speaks of the time asked, and not of a longer one that holds it: a quarter tells of no month."""
    if not speaks_of(item, query.asked) or ("progress" in query.fields and not states_the_day(item, query.asked)):
        return False
    folded = fold(query.text)
    if _OF_DOCUMENT.search(folded) is not None:
        return True
    as_of = _AS_OF.search(folded) is not None and all(one.first[:7] == one.last[:7] for one in query.asked)
    if is_indicator_row(item.row):
        return as_of or all(one.is_year for one in query.asked) or _CAME_ABOUT.search(folded) is None
    return not is_of_longer(item, query.asked, as_of=as_of)


def says_the_level(answer: Answer, query: Query) -> bool:
    """Whether an answer has a figure, where it is asked how high a percentage is to get: sentences alone say none."""
    return answer.status != "answered" or not asks_for(query.text, "level") or bool(answer.figures)

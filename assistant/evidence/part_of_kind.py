"""A part of what a row counts, told by what became of it or who it is: "de las capturas, ¿cuántas fueron de menores?".

``question → the words that say which part → those that name something → what says one of them``. A row that counts the
whole says nothing of the part; what is merely done to it ("¿cuántas *entregaron*?") is asked of the row itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant.corpus.bars import FOUND, FOUND_OF_PHRASE
from assistant.corpus.corpus import stem_set
from assistant.corpus.matching import Token, stem_of, tokenize
from assistant.evidence.dimensions import cells_of
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.question.lexicon import load_lexicon
from assistant.question.qualifiers import QualifierReader
from assistant.question.query import Query
from ingest.fold import fold, fold_in_place

_THESE = r"(?:tod[oa]s )?(?:los|las|es[oa]s|est[oa]s|dich[oa]s|aquell[oa]s|sus)"
_SHARE = r"(?:que|cual|en que) (?:porcentaje|proporcion|parte|fraccion|por ciento)"
#: What a whole is called, up to where its part is asked for; a point within a number ends nothing.
_WHOLE = r"(?:[^;:?.¿]|\.(?=\d))"
#: "De las capturas que hubo, ¿cuántas *terminaron en condena*?"
_WHOLE_FIRST = re.compile(
    rf"(?:^\W*|[.;:?!¿,] *|\by )(?:de|entre) {_THESE} (?P<whole>{_WHOLE}{{2,110}}?)[, ]+¿?(?:\w{{1,3}} )?"
    rf"(?:cuant[oa]s|{_SHARE})\b(?P<part>[^;?.¿]{{3,120}})"
)
#: What says of a whole which part is meant; what is done to it ("se entregaron") is asked of the whole.
_IS = (
    r"(?:(?:ya )?(?:no )?(?:se )?(?:les? )?(?:son|eran|fueron|sean|seran|estan|estaban|quedan|quedaron|resultaron"
    r"|salieron|terminaron|termino|acabaron|llegaron|llego|viven|vivian|tienen|tenian|pertenecen|trabajan|vienen|venian"
    r"|siguen|ocurrieron|pasaron|corresponden|han|habian))"
)
#: "¿Cuántas de las capturas *fueron de menores*?"
_WHOLE_LAST = re.compile(
    rf"\b(?:cuant[oa]s|{_SHARE}) (?:de|entre) {_THESE} (?P<whole>(?:(?!{_IS}\b){_WHOLE}){{2,110}}? )"
    rf"(?P<part>{_IS}\b[^;?.¿]{{3,120}})"
)
#: "¿Cuántas bibliotecas *tienen ascensor*?": a thing without an article; "tienen para los niños" says whose they are.
_HAVING = re.compile(
    r"\bcuant[oa]s (?!de\b)(?P<whole>(?:\w+ ){1,7}?)(?P<part>(?:ya )?(?:no )?(?:tienen|tenian|cuentan con|contaban con"
    r"|carecen de|disponen de) (?!(?:que|para|en|a|con|por|de|el|la|los|las|su|sus|hoy|ya)\b)[^;?.¿]{3,60})"
)
#: A note of a thing and what was done to it ("carros recuperados en el norte"), without a word that asks; what had been
#: done before ("relojes *hurtados* recuperados") only says which.
_NOTED = re.compile(
    r"^\W*(?:(?:los|las|total de|numero de|cantidad de) )?(?P<whole>\w+s(?: (?:de|del|para) \w+)?) "
    r"(?:\w+[ai]d[oa]s )?(?P<part>\w+[ai]d[oa]s)\b"
)
_NO_NOTE = re.compile(
    r"\b(?:que|cual(?:es)?|cuant[oa]s?|quien(?:es)?|donde|cuando|como|metas?|lista|indicador(?:es)?)\b|\?"
)
#: A comparison with a number is worked out of the figures.
_COMPARES = re.compile(
    r"\b(?:mas|menos|mayor(?:es)?|menor(?:es)?|superior(?:es)?|inferior(?:es)?|supera\w*|pasa\w*) (?:\w+ ){0,2}\d"
    r"|\d ?%|\d{3}"
)
#: Participles that no rule leads back to what is done.
_IRREGULAR = re.compile(r"(?:abiert|hech|puest|dich|vist|rot|cubiert|escrit|resuelt|devuelt|dispuest)[oa]s?$")
_KINDS = ("value", "count", "list", "yes_no", "percent_change", "difference")


@dataclass(frozen=True)
class Part:
    """The stems of the words that say which part of a whole is asked for, and of those that name the whole."""

    named: frozenset[str]
    whole: frozenset[str]


def saying_the_kind(query: Query, evidence: Sequence[Scored]) -> list[Scored]:
    """The evidence that says something of the part asked for; all of it where no part is asked, or it names nothing.

    What is missing or done of a whole is worked out of its row. What says the part has to be of the whole as well.
    """
    if query.kind not in _KINDS or query.aims or not evidence:
        return list(evidence)
    part = part_named(query.text)
    if part is None:
        return _saying_the_deed(query, evidence)
    told = [(term.weight, at) for at, term in enumerate(query.terms) if part.whole & set(term.alternatives[0].stems)]
    known = [(weight, at) for weight, at in told if query.terms[at].known]
    whole = max(known)[1] if known else None
    return [
        found
        for found in evidence
        if _says_some(found, part.named, query) and (whole is None or found.covered[whole] > 0)
    ]


def _saying_the_deed(query: Query, evidence: Sequence[Scored]) -> list[Scored]:
    """Of a note of a thing and what was done to it the evidence that says both; all of it for any other question."""
    folded = fold(query.text)
    match = _NOTED.search(folded)
    if match is None or query.kind != "value" or _NO_NOTE.search(folded) is not None:
        return list(evidence)
    places = [
        next((at for at, term in enumerate(query.terms) if stem_set(said) & set(term.alternatives[0].stems)), None)
        for said in (match["whole"], match["part"])
    ]
    thing, deed = places
    if thing is None or deed is None or thing == deed:
        return list(evidence)
    return [found for found in evidence if found.covered[thing] > 0 and found.covered[deed] > 0]


def part_named(text: str) -> Part | None:
    """Which part of a whole a question asks for; None where it asks for none, or says of it only what is done to it."""
    folded = fold_in_place(text)
    match = _WHOLE_FIRST.search(folded) or _WHOLE_LAST.search(folded) or _HAVING.search(folded)
    if match is None or _COMPARES.search(match["part"]):
        return None
    tokens = tokenize(text)
    said = [token for token in tokens if match.start("part") <= token.start < match.end("part")]
    whole = frozenset(token.stem for token in tokens if match.start("whole") <= token.start < match.end("whole"))
    named = frozenset(token.stem for token in said if _names(token)) - whole
    return Part(named, whole - _small()) if named else None


def _names(token: Token) -> bool:
    """Whether a word says who or what the part is, and is neither small nor a word of doing."""
    is_doing = _reader().is_verb(token) or _IRREGULAR.match(token.word) is not None
    return token.stem not in _small() and not is_doing and len(token.word) > 2


@cache
def _reader() -> QualifierReader:
    return QualifierReader(load_lexicon())


@cache
def _small() -> frozenset[str]:
    lexicon = load_lexicon()
    words = (*lexicon.stopwords, *lexicon.light, *lexicon.plain_qualifiers, *set(lexicon.generic) - set(lexicon.people))
    return frozenset(stem_of(fold(word)) for word in words if " " not in word)


def _says_some(found: Scored, part: frozenset[str], query: Query) -> bool:
    """Whether an item says one of the words of the part, in its own way or in another; a row in its own cells."""
    asked = [(at, term) for at, term in enumerate(query.terms) if part & set(term.alternatives[0].stems)]
    row = found.item.row
    if row is not None and is_indicator_row(row):
        said = stem_set(cells_of(row))
        return bool(part & said) or any(said.issuperset(way.stems) for _, term in asked for way in term.alternatives)
    return any(stem in found.item.weights for stem in part) or any(
        found.covered[at] >= term.weight * (FOUND if len(term.alternatives[0].stems) == 1 else FOUND_OF_PHRASE)
        for at, term in asked
        if not term.counted
    )

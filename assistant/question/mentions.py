"""Rows that a question asks for by what they say themselves: "metas *donde se mencionan* las inspecciones".

What stands above a row is no mention of it; nor does a noun for anything ("instancia", "elemento") have to be said,
where the question says more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.asks import AskName, load_asks
from assistant.question.lexicon import load_lexicon
from assistant.question.query import Alternative, Cell, Mention, Query, Term
from ingest.fold import fold_in_place
from ingest.records import IndicatorRow
from ingest.words import stems

#: A single word that means what is typed less nearly means other things, too ("auto").
_NEARLY = 0.9
#: Words of one verb begin with so many letters alike ("creación", "creado").
_ROOT = 4
#: Where what is mentioned ends, and what else is asked of the rows begins.
_END = re.compile(r"[.;:?!]|, | y (?:su|sus|la|las|cual|cuanto|que)\b|, con ")
#: Where what is mentioned has to stand ("mencionan un decreto *en su línea base*").
_WITHIN = re.compile(
    r" en (?:el texto de )?(?:la|las|el|los|su|sus) (?:lineas? base|metas?|nombres?|indicador(?:es)?)\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CELLS: dict[Cell, AskName] = {"baseline": "in_baseline", "target": "in_target", "indicator": "in_indicator"}


def mention_in(text: str) -> Mention | None:
    """What a question wants the rows it asks for to say; None where it asks for none by what they say."""
    patterns = load_asks().compiled
    folded = fold_in_place(text)
    said = patterns["mentions"].search(folded)
    about = said or patterns["speaks_of"].search(folded)
    if about is None:
        return None
    after = _END.split(folded[about.end() :], maxsplit=1)[0]
    within = _WITHIN.search(after)
    after = after[: within.start()] if within is not None else after
    what = frozenset(stems(after)) or frozenset(stems(folded))
    demand = f"{about[0]}{within[0] if within is not None else ''}"
    named = (cell for cell, name in _CELLS.items() if (said or within) and patterns[name].search(demand))
    cell: Cell = next(named, "row")
    return Mention(cell, literal=said is not None, stems=what)


def mentioned(query: Query) -> list[Term]:
    """What the rows asked for have to say: nouns for anything only where nothing else is said."""
    mention = query.mention
    if mention is None:
        return []
    said = [term for term in query.topic if term.known and mention.stems.issuperset(term.alternatives[0].stems)]
    for empty in (load_lexicon().light_stems, load_lexicon().generic_stems):
        said = [term for term in said if term.text not in empty] or said
    return said


def mentions(row: IndicatorRow, terms: Sequence[Term], mention: Mention, level: str | None = None) -> bool:
    """Whether a row, or the name of its ``level`` where names are asked for, says every term."""
    said = frozenset(stems(level if level and mention.cell == "indicator" else _text_of(row, mention.cell)))
    if mention.cell == "baseline" and not _years(" ".join(mention.stems)) <= _years(_text_of(row, mention.cell)):
        return False  # "traen como línea base un plan del cuatrienio 2020-2023": that plan, and no other
    either = said | {_without_gender(stem) for stem in said}
    return all(
        any(either.issuperset(map(_without_gender, way.stems)) for way in _ways(term, mention)) for term in terms
    )


def _years(text: str) -> set[str]:
    return set(_YEAR.findall(text))


def _without_gender(stem: str) -> str:
    """A stem of a participle without the ending that agrees with its noun ("creada", "creado")."""
    return stem.removesuffix("a").removesuffix("o")


def _ways(term: Term, mention: Mention) -> Sequence[Alternative]:
    """The ways in which a row says a term: as typed or, of what it is only about, in a phrase that means no other.

    A baseline tells what was done before: it may have another form of a verb ("un decreto de *creación*": "creado").
    """
    if mention.literal:
        typed = "".join(term.alternatives[0].stems)[:_ROOT]
        akin = [way for way in term.alternatives[1:] if len(way.stems) == 1 and way.stems[0].startswith(typed)]
        return [term.alternatives[0], *(akin if mention.cell == "baseline" and len(typed) == _ROOT else ())]
    return [way for at, way in enumerate(term.alternatives) if not at or len(way.stems) > 1 or way.factor >= _NEARLY]


def _text_of(row: IndicatorRow, cell: Cell) -> str:
    cells = {
        "indicator": row.indicator,
        "target": row.target.text if row.target is not None else None,
        "baseline": row.baseline.text if row.baseline is not None else None,
    }
    return " ".join(filter(None, cells.values() if cell == "row" else [cells[cell]]))

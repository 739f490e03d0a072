"""The parts of a question that each name a thing to compute with: what each says, and the items that it may mean.

``prompts/pairs.yaml`` holds the words. Who cuts a question into parts are ``pairs`` (two) and ``enumerated`` (several).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.corpus.corpus import Item, stem_set
from assistant.corpus.matching import stem_of
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import Scored, own_weight
from assistant.figures.pair_words import load_pairs
from assistant.question.query import Field, Query, Term
from assistant.question.times import Interval, row_intervals, speaks_of
from ingest.figures import parse_number
from ingest.fold import fold
from ingest.records import Figure, IndicatorRow, RowKind

#: A term that weighs less tells no row from another.
_TELLS = 0.2
#: An item has to say this share of what its half tells.
_SAID = 0.6
#: What only says what is done is of an item that says this much of a thing that the rest of the question names.
_DONE_TO = 0.5
#: What the rest of the question tells counts this much beside the half.
_REST = 0.5
#: … and this much that the item stands under what the rest alone names ("*del convenio*: sillas y mesas").
_UNDER = 0.3
#: What a number of the half that is the item's own figure counts, and a table that only this half names.
_NUMBERED = 1.0
_PLAIN = 0.3
_MOST_CANDIDATES = 12
#: Where a row starts, and what it is to reach.
_ENDS: frozenset[Field] = frozenset(("baseline", "target"))
CLAUSE = re.compile(r"[,;:?¿!¡]+|\.(?=\s|$)")
#: What divides the things that one sentence lists, and no number.
LISTED = re.compile(r"[,;](?=\s)")
#: "La que *se fija*" tells no fixed thing from a moving one.
_OF_ITSELF = re.compile(r"\bse (\w+)")
#: An article that stands for a noun said elsewhere: "*las del* convenio", "*los que* trae el contrato".
_PRONOUN = re.compile(r"\W*(?:(?:con|a|mas|tambien|ya) )*(?:las?|los?|el) (?:del?|que|con|en|por|segun)\b")
#: What is done, and nothing else: "construidas", "las nuevas adecuadas".
_DEED = re.compile(r"\W*(?:(?:las?|los?|el|ya|nuev[oa]s?) )*\w{2,}(?:[ai]d|ech|uest|iert)[oa]s?\W*$")
_HEAD = re.compile(r"\b(?:las?|los?|el) (?!del?\b|que\b)(\w{3,})")
#: Cells of a row that may be compared as text.
TEXTS: dict[Field, Callable[[IndicatorRow], str | None]] = {
    "dependency": lambda row: row.dependency,
    "programme": lambda row: row.programme,
    "component": lambda row: row.component,
    "strategic_line": lambda row: row.strategic_line,
    "ods": lambda row: row.ods,
    "source": lambda row: row.baseline.source if row.baseline is not None else None,
}

Read = Callable[[str], Query]
Search = Callable[[Query], Sequence[Scored]]


@dataclass(frozen=True)
class NamedPart:
    """A part as the question says it: what it tells, its numbers, and the table it says the row stands in.

    ``plain`` are the stems that tell it from another part, and that its row need not have ("fijas"). ``found`` is what
    it finds alone; ``asked`` are the times that it is asked for; ``light`` the terms that tell little;
    ``head`` is the stem of the first noun; ``is_pronoun`` says that an article stands for the noun of the other, and
    ``is_deed`` that it says only what is done ("*adecuadas*"), and of what stands before.
    """

    terms: tuple[Term, ...]
    numbers: tuple[str, ...]
    table: RowKind | None
    plain: frozenset[str]
    found: tuple[Scored, ...]
    asked: tuple[Interval, ...] = ()
    fields: tuple[Field, ...] = ()
    has_bare_article: bool = False
    is_pronoun: bool = False
    head: str = ""
    light: tuple[Term, ...] = ()
    is_deed: bool = False

    @property
    def leaves_out_its_noun(self) -> bool:
        """Whether it says but words that tell little: of "cámaras mantenidas y *nuevas*" both are cameras; or an
        article for the noun of the other ("*las del* convenio")."""
        return self.is_pronoun or all(term.weight < _TELLS for term in self.terms)


def figure_of(item: Item, field: Field) -> Figure | None:
    """The figure of an item that is computed with: of an indicator row its target or baseline, else its own."""
    row = item.row
    if row is None:
        return None
    if not is_indicator_row(row):
        return row.figure
    return row.baseline if field == "baseline" else row.target


def read_part(text: str, query: Query, read: Read, search: Search) -> NamedPart:
    """A part of a question, with what it finds alone."""
    own = read_alone(text, query, read)
    folded = fold(text)
    tables = [kind for kind, pattern in load_pairs().table_patterns.items() if pattern.search(folded)]
    plain = load_pairs().plain_stems.intersection(term.text for term in own.terms)
    plain -= {stem_of(verb) for verb in _OF_ITSELF.findall(folded)}
    table = tables[0] if len(tables) == 1 else None
    found = tuple(one for one in search(own) if is_indicator_row(one.item.row) or speaks_of(one.item, own.asked))
    said = _HEAD.search(folded)
    head = stem_of(said[1]) if said is not None else ""
    bare = _PRONOUN.match(folded) is not None
    terms = telling(own)
    light = tuple(term for term in own.terms if term.known and term not in terms and not _only_asks(term))
    return NamedPart(terms, own.numbers, table, plain, found, own.asked, own.fields, bare, head=head, light=light,
                     is_deed=_DEED.match(folded) is not None)  # fmt: skip


def read_alone(text: str, query: Query, read: Read) -> Query:
    """A part of a question as a question of its own, of the same city, period and time."""
    own = read(text)
    filters = replace(own.filters, entities=own.filters.entities or query.filters.entities,
                      periods=own.filters.periods or query.filters.periods, row_kinds=())  # fmt: skip
    return replace(own, filters=filters, asked=own.asked or query.asked, kind="value", measure=None)


def telling(query: Query) -> tuple[Term, ...]:
    """What of a part tells rows apart: not the words that only ask, nor numbers, which are figures.

    Of a part that says but words that tell little ("las mantenidas + las *nuevas*") these.
    """
    said = [term for term in query.terms if not _only_asks(term)]
    return tuple(term for term in said if term.weight >= _TELLS) or tuple(term for term in said if term.known)


def _only_asks(term: Term) -> bool:
    """Whether a term only asks, tells the usual kind of a thing, or is a number, which is a figure."""
    words = load_pairs()
    return set(term.text.split()) <= words.framing_stems | words.plain_stems or term.text[:1].isdigit()


def with_what_tells_it(half: NamedPart, other: NamedPart) -> NamedPart:
    """A half that names but what the other names, with the light words that tell it apart ("cámaras *nuevas*").

    Its article stands for a thing that the other names, and not for "la *meta* de …", nor for what both leave out.
    """
    stands_for = half.has_bare_article and not other.has_bare_article and other.head not in load_pairs().framing_stems
    half = replace(half, is_pronoun=stands_for)
    if says_of_its_own(half, other):
        return half
    known = {term.text for term in (*other.terms, *other.light)}
    return replace(half, terms=(*half.terms, *(term for term in half.light if term.text not in known)))


def says_of_its_own(half: NamedPart, other: NamedPart) -> bool:
    """Whether a half tells its thing from the other's: "la meta de robos" and "la línea base de robos" do not."""
    said = {term.text for term in half.terms} - {term.text for term in other.terms}
    return bool(said or half.table or half.plain or half.numbers)


def is_end_of_other(half: NamedPart, query: Query) -> bool:
    """Whether a half only says where the thing of the other starts, or what it is to reach, where both are asked for
    ("la tasa de partida y *la que se fija como meta*"); or says both, so that the two are not cut apart there."""
    if not _ENDS.issubset(query.fields):
        return False
    names_nothing = not (half.terms or half.numbers or half.table)
    return _ENDS.issubset(half.fields) or (names_nothing and not _ENDS.isdisjoint(half.fields))


def candidates(
    half: NamedPart, other: NamedPart, rest: Sequence[Term], pool: Sequence[Item], field: Field
) -> list[tuple[float, Item]]:
    """The items that a half may mean, with how well each fits; what the other half says of both helps, but not what one
    without a noun tells of its own ("las cámaras y *las del convenio*")."""
    around = (*rest, *(() if other.is_pronoun and not half.is_pronoun else other.terms))
    fitting = []
    for item in pool:
        row = item.row
        if row is None or (field not in TEXTS and figure_of(item, field) is None):
            continue
        if (half.table is not None and row.kind != half.table) or _is_of_other_time(row, half.asked):
            continue
        figure = figure_of(item, field)
        numbered = _is_said(figure, half)
        said = _share(half.terms, item)
        if _is_said(figure, other) and not numbered and said <= _share(other.terms, item):
            continue
        named_by = _noun_left_out(half, other, around) if half.leaves_out_its_noun else half.terms
        if half.is_deed and rest and all(_covered(term, item) < _DONE_TO for term in rest if term.weight >= _TELLS):
            continue
        if half.terms and (said < _SAID or not (numbered or any(own_weight(item, term) for term in named_by))):
            continue
        if not numbered and not _names_of_its_own(item, half, other):
            continue
        if half.numbers and not numbered and not half.terms:
            continue
        beside = _share(around, item)
        if not half.terms and beside < _SAID * _REST:
            continue
        named = _named(half.terms, item)
        tabled = half.table is not None and other.table not in (None, half.table)
        plain = bool(half.plain & item.own)
        under = _UNDER * _share(rest, item)
        fitting.append((said + named + _PLAIN * plain + _REST * beside + under + _NUMBERED * (numbered + tabled), item))
    return sorted(fitting, key=lambda fit: -fit[0])[:_MOST_CANDIDATES]


def _noun_left_out(half: NamedPart, other: NamedPart, around: Sequence[Term]) -> Sequence[Term]:
    """The noun that a half leaves out: the first of the other half where an article stands for it ("los casos de robo
    y *los de* riña"), else the first that tells."""
    if half.is_pronoun and other.head:
        nouns = [term for term in (*other.terms, *other.light) if other.head in term.text.split()]
        if nouns:
            return nouns[:1]
    return [term for term in around if term.weight >= _TELLS][:1]


def _is_of_other_time(row: IndicatorRow, asked: Sequence[Interval]) -> bool:
    """Whether a figure of a report says that it holds for another time than the one asked for."""
    own = row_intervals(row) if asked and not is_indicator_row(row) else ()
    return bool(own) and not any(one.overlaps(other) for one in own for other in asked)


def _names_of_its_own(item: Item, half: NamedPart, other: NamedPart) -> bool:
    """Whether a figure of a report is said beside a word that only this half has; of an indicator row always.

    A sentence that lists several ("106 fijas, 18 móviles") says of each what stands between its commas.
    """
    row = item.row
    if row is None or row.figure is None or is_indicator_row(row):
        return True
    shared = {term.text for term in other.terms}
    telling = [term for term in half.terms if term.text not in shared]
    parts = [part for part in LISTED.split(row.metric or "") if row.figure.text in part]
    if not telling or len(parts) != 1 or parts[0] == row.metric:
        return True
    said = stem_set(parts[0]) - {stem for term in other.terms for stem in term.alternatives[0].stems}
    return any(said.issuperset(way.stems) for term in telling for way in term.alternatives)


def _is_said(figure: Figure | None, half: NamedPart) -> bool:
    """Whether a half says a figure itself ("las *280* de la ESU")."""
    return figure is not None and figure.value in {parse_number(number) for number in half.numbers}


def _share(terms: Sequence[Term], item: Item) -> float:
    """Which part of what terms tell an item says, in the best of their ways and places."""
    total = sum(term.weight for term in terms)
    if not total:
        return 0.0
    return sum(term.weight * _covered(term, item) for term in terms) / total


def _named(terms: Sequence[Term], item: Item) -> float:
    """Which part of what terms tell an item names itself in the words typed."""
    total = sum(term.weight for term in terms) or 1.0
    return sum(term.weight for term in terms if item.own.issuperset(term.alternatives[0].stems)) / total


def _covered(term: Term, item: Item) -> float:
    """Which part of a term an item says; of a phrase of which it says half, a quarter."""
    return max(
        (way.factor * _part(way.stems, item) ** min(len(way.stems), 2) for way in term.alternatives), default=0.0
    )


def _part(stems: Sequence[str], item: Item) -> float:
    return sum(item.weights.get(stem, 0.0) for stem in stems) / len(stems) if stems else 0.0


def is_money(item: Item) -> bool:
    figure = item.row.figure if item.row is not None else None
    return figure is not None and figure.unit in ("COP", "USD")

"""Two things that a question names to be added up, told apart or compared: which they are, and of which figures.

The rungs: which operation (``prompts/pairs.yaml``) → where the question may be cut in two → each half read as a
question of its own, the rest of the question going with both → the two items that fit the halves best together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from assistant.corpus.corpus import Corpus, Item
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.evidence.together import is_copy
from assistant.figures.enumerated import asks_something, is_enumerated
from assistant.figures.named_parts import (
    CLAUSE,
    TEXTS,
    NamedPart,
    Read,
    Search,
    candidates,
    figure_of,
    is_end_of_other,
    is_money,
    read_alone,
    read_part,
    says_of_its_own,
    telling,
    with_what_tells_it,
)
from assistant.figures.pair_words import Operation, load_pairs
from assistant.question.asks import asks_for
from assistant.question.query import Field, Query, Term
from assistant.question.times import speaks_of
from ingest.figures import find_figures, parse_number
from ingest.fold import fold, fold_in_place, words
from ingest.records import Figure

#: What it counts that both stand in one document, and that one sentence of it says both, and that they stand in one
#: list under what the list is of.
_SAME_DOCUMENT = 0.2
_SAME_SENTENCE = 0.25
_SAME_LIST = 0.2
_MOST_CUTS = 12
_YEAR = re.compile(r"^(?:19|20)\d\d$")
#: An item, and how well it fits a half.
_Fit = tuple[float, Item]
#: The word that joins two things only where no other does, for it also says by what means ("con las cámaras").
_WITH = "con"
#: Where a half begins to say by what means, which goes for both ("motos y carros recuperados *con las cámaras*").
_MEANS = re.compile(r"\s(?:con|mediante|gracias a|por medio de|a traves de)\s")
#: What was done, as the last word of a half.
_DONE = re.compile(r"(?:[ai]d[oa]s?|aron|ieron)$")


@dataclass(frozen=True)
class Pair:
    """The two items that a question names, what it wants done with them, and the field it compares of rows.

    ``other_field`` is that of the second where the question sets what there was of one against what is to come of the
    other; both may be of one row then.
    """

    operation: Operation
    first: Item
    second: Item
    field: Field
    other_field: Field | None = None

    @property
    def items(self) -> tuple[Item, Item]:
        return self.first, self.second

    @property
    def figures(self) -> tuple[Figure | None, Figure | None]:
        return figure_of(self.first, self.field), figure_of(self.second, self.other_field or self.field)

    @property
    def texts(self) -> tuple[str | None, str | None]:
        """What the two rows print in a field that is no figure."""
        tell = TEXTS.get(self.field)
        rows = (self.first.row, self.second.row)
        one, two = (tell(row) if tell is not None and row is not None else None for row in rows)
        return one, two


def operation_asked(text: str) -> Operation | None:
    """What a question wants done with two things that it may name."""
    folded = fold(text)
    return next((name for name, pattern in load_pairs().asking.items() if pattern.search(folded)), None)


def pair_named(query: Query, read: Read, search: Search, offices: frozenset[str] = frozenset()) -> Pair | None:
    """The two things that a question names, where it names two and says what to do with them; else None.

    ``offices`` are the stems of the offices that it sets side by side: a half that says but those names no thing
    ("¿es igual la tasa de hurto en la de Tránsito *y en la de Gobierno*?").
    """
    operation = operation_asked(query.text)
    if operation is None or len(query.filters.entities) > 1 or (operation == "greater" and query.changes):
        return None
    pays = query.measure is not None and bool(query.measure.items)
    if operation == "sum" and (pays or is_enumerated(query.text)):
        return None  # amounts paid are added up by their own rows; no two targets are what was paid
    field = _field_of(query, operation)
    whole: Sequence[Scored] | None = None
    best: tuple[tuple[bool, float], Pair] | None = None
    for halves, rest, word in _cuts(query.text, operation):
        if best is not None and operation == "sum" and word == _WITH:
            continue
        one, other = (read_part(half, query, read, search) for half in halves)
        first, second = with_what_tells_it(one, other), with_what_tells_it(other, one)
        if not (says_of_its_own(first, second) and says_of_its_own(second, first)):
            continue
        if is_end_of_other(first, query) or is_end_of_other(second, query):
            continue
        if offices and not all(says_of_its_own(half, _said_of(offices, half)) for half in (first, second)):
            continue
        if whole is None:
            whole = [one for one in search(query) if is_indicator_row(one.item.row) or speaks_of(one.item, query.asked)]
        if operation == "sum" and (asks_something(halves[1]) or _is_one_name(halves, word, whole)):
            continue
        around = telling(read_alone(rest, query, read)) if rest else ()
        ends = ends_said(halves) if operation == "difference" else None
        fits = fitting_pairs(first, second, around, ends[0] if ends else field, whole, ends[1] if ends else None)
        fit = (ends is not None, fits[0][0] if fits else 0.0)
        if fits and (best is None or fit > best[0]):
            best = (fit, Pair(operation, fits[0][1], fits[0][2], *(ends or (field,))))
    if best is not None and pays and all(is_indicator_row(item.row) for item in best[1].items):
        return None  # "lo comprometido y lo pagado": no two targets are amounts of money
    return best[1] if best is not None and _has_what_is_said(query, best[1]) else None


def changing_most(query: Query, read: Read, search: Search, corpus: Corpus) -> tuple[Scored, ...]:
    """The two rows of a plan of which it is asked which changes more, each with its copies; () where they are none."""
    pair = pair_named(replace(query, changes=False), read, search)
    if pair is None or not all(is_indicator_row(item.row) for item in pair.items):
        return ()
    copies = [[item for item in corpus.rows if is_copy(named, item)] for named in pair.items]
    items = [one for named, others in zip(pair.items, copies, strict=True) for one in (named, *others)]
    return tuple(Scored(item, 1.0, 1.0, ()) for item in items)


def _is_one_name(halves: tuple[str, str], word: str, whole: Sequence[Scored]) -> bool:
    """Whether what the two halves say around the word that joins them is the name of one row ("emergencias y
    desastres atendidas")."""
    first, second = (words(fold(half)) for half in halves)
    joined = f"{first[-1]} {word} {second[0]}" if first and second else word
    rows = (one.item.row for one in whole)
    return any(is_indicator_row(row) and joined in " ".join(words(fold(row.indicator or ""))) for row in rows if row)


def _has_what_is_said(query: Query, pair: Pair) -> bool:
    """Whether two figures of a report that are to be told apart by their numbers ("el 57 de X y el 84 de Y, ¿son
    distintos?") are among them: where none of the numbers is, others are meant."""
    if pair.operation != "same" or any(is_indicator_row(item.row) for item in pair.items):
        return True
    values = {value for one in query.numbers if not _YEAR.match(one) and (value := parse_number(one)) is not None}
    printed = {one.value for item in pair.items if item.row is not None for one in find_figures(item.row.quote)}
    return not values or bool(values & printed)


def ends_said(halves: tuple[str, str]) -> tuple[Field, Field] | None:
    """Of which end of its row each half is, where one says what there was and the other what is to come ("las que
    había en 2023 y *las que se van a instalar*"); else None."""
    was, comes = ([asks_for(half, name) for half in halves] for name in ("there_was", "coming"))
    if was == [True, False] and comes == [False, True]:
        return "baseline", "target"
    return ("target", "baseline") if was == [False, True] and comes == [True, False] else None


def _said_of(offices: frozenset[str], half: NamedPart) -> NamedPart:
    """What a half says of offices alone."""
    named = tuple(term for term in half.terms if any(offices.issuperset(way.stems) for way in term.alternatives))
    return NamedPart(named, (), None, frozenset(), ())


def _field_of(query: Query, operation: Operation) -> Field:
    """The field that is compared; figures alone are added up."""
    if operation == "same":
        named = next((name for name in query.fields if name in ("baseline", "target") or name in TEXTS), None)
        return named or "target"
    return "baseline" if "baseline" in query.fields and "target" not in query.fields else "target"


# cutting the question ---------------------------------------------------------------------------------------------
def _cuts(text: str, operation: Operation) -> Iterator[tuple[tuple[str, str], str, str]]:
    """The ways to cut a question at a word that joins two things: (both halves, the rest of the question, the word)."""
    clauses = [clause for clause in CLAUSE.split(text.replace("(", " ").replace(")", " ")) if clause.strip()]
    seen = 0
    for pattern in load_pairs().between[operation]:
        for at, clause in enumerate(clauses):
            for match in pattern.finditer(fold_in_place(clause)):
                halves = clause[: match.start()].strip(), clause[match.end() :].strip()
                if (
                    all(halves)
                    and seen < _MOST_CUTS
                    and not (operation == "sum" and _says_by_what(halves[0], match[0]))
                ):
                    seen += 1
                    rest = " ".join((*clauses[:at], *clauses[at + 1 :]))
                    yield halves, rest, match[0]
                    if operation == "sum" and (bare := _without_means(halves)) is not None:
                        yield bare[0], f"{rest} {bare[1]}", match[0]


def _says_by_what(before: str, word: str) -> bool:
    """Whether a "con" only says by what means: after what was done ("incautadas *con* las cámaras"), or because what
    stands before it names two things itself."""
    folded = fold_in_place(before)
    joins = load_pairs().between["sum"]
    return word == _WITH and (_DONE.search(folded) is not None or any(one.search(folded) for one in joins))


def _without_means(halves: tuple[str, str]) -> tuple[tuple[str, str], str] | None:
    """The halves with what the second says of both by what means apart; None where it says none, or the first does."""
    found = _MEANS.search(fold_in_place(halves[1]))
    if found is None or _MEANS.search(fold_in_place(halves[0])) or not halves[1][: found.start()].strip():
        return None
    return (halves[0], halves[1][: found.start()]), halves[1][found.end() :]


# the two that fit best --------------------------------------------------------------------------------------------
def fitting_pairs(
    first: NamedPart,
    second: NamedPart,
    rest: Sequence[Term],
    field: Field,
    whole: Sequence[Scored] = (),
    other_field: Field | None = None,
) -> list[tuple[float, Item, Item]]:
    """The pairs of items that fit the halves, with how well, the best first; [] where one half has none.

    ``whole`` is what the question finds as a whole: a half may leave out the noun that it has with the other.
    ``other_field`` is that of the second half, where it is another: then the two may be the ends of one plan row.
    """
    pool = list({one.item.item_id: one.item for one in (*first.found, *second.found, *whole)}.values())
    lefts = candidates(first, second, rest, pool, field)
    rights = candidates(second, first, rest, pool, other_field or field)
    if other_field is not None:
        return _fitting_ends(lefts, rights)
    fits = [
        (one[0] + two[0] + _beside(one[1], two[1]), one[1], two[1])
        for one, two in product(lefts, rights)
        if _are_two(one[1], two[1]) and not (_is_of_other(one, rights) or _is_of_other(two, lefts))
    ]
    return sorted(fits, key=lambda fit: -fit[0])


def _fitting_ends(lefts: Sequence[_Fit], rights: Sequence[_Fit]) -> list[tuple[float, Item, Item]]:
    """The pairs of rows of one plan of which the first may be where something starts, and the second what comes."""
    fits = [
        (one[0] + two[0] + _beside(one[1], two[1]), one[1], two[1])
        for one, two in product(lefts, rights)
        if is_indicator_row(one[1].row) and is_indicator_row(two[1].row) and one[1].entity == two[1].entity
    ]
    return sorted(fits, key=lambda fit: -fit[0])


def _is_of_other(one: _Fit, other: Sequence[_Fit]) -> bool:
    """Whether an item that stands for a half fits the other half better than this, and better than all others do."""
    best = max(other, key=lambda fit: fit[0], default=None)
    return best is not None and best[1].item_id == one[1].item_id and best[0] > one[0] and len(other) > 1


def _beside(one: Item, other: Item) -> float:
    """How much the places of two items speak for them as a pair."""
    same_document = one.document == other.document
    same_sentence = same_document and one.row is not None and other.row is not None and one.row.quote == other.row.quote
    same_list = not same_sentence and bool(_list_of(one)) and _list_of(one) == _list_of(other)
    return _SAME_DOCUMENT * same_document + _SAME_SENTENCE * same_sentence + _SAME_LIST * (same_document and same_list)


def _list_of(item: Item) -> str:
    """What the list is of that a figure stands in."""
    path = item.row.path[-1:] if item.row is not None else ()
    return next((step.value for step in path if step.role == "other"), "")


def _are_two(one: Item, other: Item) -> bool:
    """Whether two items are two things: not the same row, nor its copy, and both of a plan or both of a report."""
    if one.item_id == other.item_id or is_copy(one, other) or one.entity != other.entity:
        return False
    return is_indicator_row(one.row) == is_indicator_row(other.row) and is_money(one) == is_money(other)

"""A whole and its parts that one cell prints: which percentage the part asked for is, or how many are not of it.

"105 personas (42 de … y 63 de …)": they are parts because they add up to it. "55 (de un total de 80)" says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.corpus.corpus import Item, stem_set
from assistant.corpus.part_of_whole import PART_OF
from assistant.figures.arithmetic import Computed, difference, part_of
from assistant.question.asks import asks_for
from assistant.question.query import Query
from ingest.figures import parse_number
from ingest.records import Figure

_NUMBER = r"\d[\d.,]*\d|\d"
#: "105 personas (42 de una clase y 63 de otra)", with a colon or "de las cuales" in place of the bracket, too.
_LISTED = re.compile(
    rf"(?P<whole>{_NUMBER})(?P<what> [^():;]{{1,120}}?)\s*(?:\(|: |, de (?:l[oa]s|ell[oa]s) (?:cuales )?)"
    rf"(?P<parts>(?:(?:{_NUMBER}) [^\d();]{{1,120}}){{2,8}})"
)
_PART = re.compile(rf"(?P<n>{_NUMBER})\s(?P<label>[^\d]+)")
_EDGES = " ,.;()"
_JOINT = re.compile(r"[,;\s]+(?:y|e)?\s*$")


@dataclass(frozen=True)
class PartOfCell:
    """What was worked out of one cell: ``name`` of the sentence that says it, and what the part is called."""

    name: str
    label: str
    result: Computed


def part_of_cell(query: Query, item: Item) -> PartOfCell | None:
    """What a question asks of a whole and its parts in a cell of a row; None where none has them or is asked."""
    row = item.row
    is_rest = asks_for(query.text, "rest") or _lacks_of_the_whole(query)
    is_share = query.percent or "share" in query.aims or asks_for(query.text, "share")
    if row is None or (query.changes and not is_rest) or not (is_rest or is_share):
        return None
    for figure in (row.baseline, row.target):
        found = _named_part(figure.text, query) if figure is not None else None
        if found is None:
            continue
        whole, part, label = found
        result = difference(whole, part) if is_rest else part_of(part, whole)
        if result is not None:
            return PartOfCell("part_rest" if is_rest else "part_share", label, result)
    return None


def _lacks_of_the_whole(query: Query) -> bool:
    """Whether what is missing of the whole is asked ("¿cuántas *faltan por* superarla?"), and not of a target."""
    return "missing" in query.aims and not asks_for(query.text, "of_target")


def _named_part(text: str, query: Query) -> tuple[Figure, Figure, str] | None:
    """The whole of a cell, the part that the question means, and what that is called."""
    if (said := PART_OF.search(text)) is not None:
        part, whole = _figure(said[1]), _figure(said[2])
        return (whole, part, said[1]) if part is not None and whole is not None else None
    listed = _LISTED.search(text)
    whole = _figure(listed["whole"]) if listed is not None else None
    if listed is None or whole is None:
        return None
    parts = [
        (figure, _JOINT.sub("", match["label"]).strip(_EDGES))
        for match in _PART.finditer(listed["parts"])
        if (figure := _figure(match["n"])) is not None
    ]
    if sum((figure.value or Decimal(0) for figure, _ in parts), Decimal(0)) != whole.value:
        return None
    labels = [label for _, label in parts]
    named = [(figure, label) for figure, label in parts if _is_named(label, [*labels, listed["what"]], query)]
    return (whole, *named[0]) if len(named) == 1 else None


def _is_named(label: str, labels: list[str], query: Query) -> bool:
    """Whether the question has a word that tells a part from the others, and from the whole."""
    others = frozenset().union(*(stem_set(other) for other in labels if other != label))
    typed = {stem for term in query.terms for stem in term.alternatives[0].stems}
    return bool((stem_set(label) - others) & typed)


def _figure(number: str) -> Figure | None:
    value = parse_number(number)
    return None if value is None else Figure(text=number, value=value)

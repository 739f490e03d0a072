"""What a question adds up over its kinds: "total de armas incautadas, *de todas las clases*", "… *de los tres tipos*".

Nothing is added up where a figure of another sentence counts the same thing, for then the sum would be a part; nor
where the question says how many kinds there are, and the sentence has another number of figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.corpus.corpus import Item, stem_set
from assistant.corpus.matching import folded
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.question.asks import load_asks
from assistant.question.query import Term
from ingest.figures import find_figures

_FEWEST = 2


def of_all_kinds(text: str, terms: Sequence[Term], found: Sequence[Scored]) -> list[Item]:
    """The figures of one sentence that count the thing whose kinds a question adds up, by their unit; or []."""
    said = load_asks().compiled["all_kinds"].search(folded(text))
    if said is None:
        return []
    for term in terms:
        stems = frozenset(term.alternatives[0].stems)
        items = [one.item for one in found if stems <= _unit(one.item)]
        if len(items) < _FEWEST:
            continue
        sentences = {(item.document.document_id, item.row.quote) for item in items if item.row is not None}
        number = next((mention.value for mention in find_figures(said[0]) if mention.value is not None), None)
        is_whole = len(sentences) == 1 and number in (None, len(items))
        return items if is_whole else []
    return []


def _unit(item: Item) -> frozenset[str]:
    row = item.row
    if row is None or is_indicator_row(row) or row.figure is None or row.figure.unit in (None, "%", "COP", "USD"):
        return frozenset()
    return frozenset(stem_set(row.figure.unit))

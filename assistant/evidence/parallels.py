"""Entries of one list asked for side by side: "¿cuántos se formaron *en cuero y en telares*?" asks of two lines.

``question → the same question of each entry → its best row``; only where those are entries of one list of a report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.evidence.choose import Choice
from assistant.evidence.fields import is_sibling
from assistant.question.query import Query
from ingest.fold import fold

_ALIKE = re.compile(
    r"^(?P<head>(?:(?=.*\b(?:cu[aá]nt[oa]s?|how many)\b)|(?!.*\b(?:qu[eé]|q|cu[aá]l|qui[eé]n|d[oó]nde|cu[aá]ndo)\b))"
    r"[^;:]{4,160}?\b(?P<word>en|por|para|con|de|in|on|for|by) )"
    r"(?P<one>[^,;:]{2,60}?)(?:, (?P=word) (?P<next>[^,;:]{2,60}?))? (?:y|e|and) (?P=word) (?P<other>[^,;:]{2,60})$",
    re.IGNORECASE,
)
#: "…, cuántos c/u": said of all of them.
_EACH = re.compile(r",? (?:cu[aá]nt[oa]s?(?: fueron)? )?(?:en |de )?(?:c/u|cada un[oa])$", re.IGNORECASE)
_KINDS = frozenset(("value", "count", "list"))
_FEWEST = 2

Read = Callable[[str], Query]
Choose = Callable[[Query], Choice]


def parallels_of(text: str) -> tuple[str, ...]:
    """A question once for each thing that it names after one and the same small word; none where it names one."""
    match = _ALIKE.match(_EACH.sub("", text.strip(" ¿?.!")))
    if match is None:
        return ()
    parts = (match["one"], match["next"], match["other"])
    return tuple(f"{match['head']}{part.strip()}" for part in parts if part)


def of_parallels(whole: Query, read: Read, choose: Choose) -> Choice | None:
    """The entry of each thing that a question names side by side; None where they are no entries of one list."""
    parts = parallels_of(whole.text) if whole.kind in _KINDS else ()
    if not parts:
        return None
    filters = whole.filters
    queries = [replace(own, filters=filters, asked=own.asked or whole.asked, kind="value") for own in map(read, parts)]
    choices = [choose(query) for query in queries]
    if any(choice.verdict != "answer" for choice in choices):
        return None
    if queries[0].asked and len({query.asked for query in queries}) == len(queries):
        return _of_each_time(choices)
    bests = [choice.items[0] for choice in choices]
    items = tuple({best.item.item_id: best for best in bests}.values())
    is_one_list = all(is_sibling(items[0].item, other.item) for other in items[1:])
    return Choice("answer", items=items) if len(items) == len(bests) >= _FEWEST and is_one_list else None


def _of_each_time(choices: Sequence[Choice]) -> Choice | None:
    """What is told of each of the times that a question names by one label ("Canal web: 20", "Canal web: 31")."""
    told = [{fold(one.item.row.metric): one for one in choice.items if one.item.row and one.item.row.metric}
            for choice in choices]  # fmt: skip
    labels = [label for label in told[0] if all(label in other for other in told[1:])]
    items = {own[label].item.item_id: own[label] for label in labels for own in told}
    return Choice("answer", items=tuple(items.values())) if len(items) >= _FEWEST else None

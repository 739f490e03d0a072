"""Headers that say a known phrase and more words, which do not change whose column it is.

``compared form → the phrase it holds → what that phrase means``: 'Fuente de financiación del proyecto' is the funding
source, 'Total recursos asignados' what was assigned, '% de recursos comprometidos' a share of money. Which words
add nothing to which roles stands in columns.yaml under ``qualifiers``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ingest.records import Record
from ingest.wording.column_names import ColumnName, Found

#: Surer than a heading that needs others to agree, less sure than any phrase that is listed.
QUALIFIED = 85.0

Look = Callable[[str], Found | None]


class QualifierGroup(Record):
    """Words that add nothing before or after the phrases of some roles; no roles means all."""

    roles: tuple[ColumnName, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Qualifiers:
    """The words that may stand around a phrase, by the role of the phrase."""

    def __init__(self, groups: Mapping[str, QualifierGroup], roles: Iterable[ColumnName]) -> None:
        self._before: dict[ColumnName, frozenset[str]] = {}
        self._after: dict[ColumnName, frozenset[str]] = {}
        for role in roles:
            own = [group for group in groups.values() if not group.roles or role in group.roles]
            self._before[role] = frozenset(word for group in own for word in group.before)
            self._after[role] = frozenset(word for group in own for word in group.after)

    def find(self, keys: Sequence[str], look: Look, sure: float) -> Found | None:
        """What the longest phrase within a header means, when all other words of it add nothing; else None."""
        for key in keys:
            words = key.split()
            spans = [(first, last) for first in range(min(len(words), 3)) for last in range(len(words), first, -1)]
            for first, last in sorted(spans, key=lambda span: span[0] - span[1]):
                found = look(" ".join(words[first:last]))
                if found is None or found.score < sure:
                    continue
                before, after = self._before.get(found.role, frozenset()), self._after.get(found.role, frozenset())
                if before.issuperset(words[:first]) and after.issuperset(words[last:]):
                    return found._replace(score=min(found.score, QUALIFIED))
        return None

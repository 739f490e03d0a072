"""Whether a figure that a question takes for granted ("¿es verdad que son 50?") is the one that the row has.

Said plainly before the row itself: "No" when the row has another, "Sí" only when every figure claimed is that of its
field; nothing where the question claims no figure, or the row has none to compare.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.query import Query
from ingest.figures import parse_number
from ingest.records import Figure, IndicatorRow

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_FIGURE_FIELDS = ("baseline", "target")
_YEARS = range(1900, 2100)


def premise_holds(query: Query, row: IndicatorRow) -> bool | None:
    """Whether the figures claimed are the row's; None when the question claims none that can be compared."""
    if "yes_no" not in query.cues or query.kind not in ("yes_no", "value"):
        return None
    claims = claimed(query, row)
    figures = _asked(query, row, len(claims))
    if not claims or not figures or len(claims) > len(figures):
        return None
    if len(claims) < len(figures):
        return claims[0] in [figure.value for figure in figures]
    return all(claim == figure.value for claim, figure in zip(claims, figures, strict=True))


def claimed(query: Query, row: IndicatorRow) -> tuple[Decimal, ...]:
    """The numbers of the question that are no years, and no part of what the row is called ("por cada 100 mil")."""
    own = set(_NUMBER.findall(" ".join(filter(None, [row.indicator, row.metric, row.programme]))))
    values = (parse_number(number) for number in query.numbers if number not in own)
    return tuple(value for value in values if value is not None and value not in _YEARS)


def _asked(query: Query, row: IndicatorRow, claims: int) -> list[Figure]:
    """The figures that the claims are about: of the fields named, in their order; of a change its start and its end."""
    by_field = {"baseline": row.baseline, "target": row.target}
    names: Sequence[str] = [name for name in query.fields if name in _FIGURE_FIELDS]
    if not names and row.target is not None:
        names = _FIGURE_FIELDS if claims > 1 else ("target",)
    figures = [figure for name in names if (figure := by_field[name]) is not None]
    if not figures and row.figure is not None:
        figures = [row.figure]
    return [figure for figure in figures if figure.value is not None]

"""One thing that a form says: a label with its value and where they stand; a card of them as the table that it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import Cell, PagePart, Place, Rectangle, Table, TableRow
from ingest.wording import ColumnRole, header_role


@dataclass(frozen=True)
class Entry:
    """A label of a form as printed (its heading before it, "Línea base / Valor"), its value, and where both stand."""

    label: str
    value: str
    place: Place

    @property
    def role(self) -> ColumnRole | None:
        return header_role(self.label)

    @property
    def name(self) -> str:
        role = self.role
        return "" if role is None else role.role

    @property
    def claim(self) -> tuple[object, ...]:
        """What a form says once; what nobody knows is told apart by its label."""
        role = self.role
        if role is None:
            return (self.label.casefold(),)
        return (role.role, role.year, role.nth_year, role.period, role.funding_source)


def as_table(entries: Sequence[Entry], place: Place) -> Table:
    """A form as the table of one row that it is."""
    labels = tuple(Cell(text=entry.label) for entry in entries)
    values = tuple(Cell(text=entry.value, place=entry.place) for entry in entries)
    return Table(rows=(TableRow(cells=labels, place=place), TableRow(cells=values, place=place)))


def around(entries: Sequence[Entry]) -> Place:
    """The place of several entries: the rectangle around them on their first page, and their parts on the next."""
    place = entries[0].place
    for entry in entries[1:]:
        place = both(place, entry.place)
    return place


def both(one: Place, other: Place) -> Place:
    if one == other:
        return one
    if one.sheet is not None:
        first, last = (one.cell or "").split(":")[0], (other.cell or "").split(":")[-1]
        return one.model_copy(update={"cell": f"{first}:{last}"})
    if one.page is None:
        return one.model_copy(update={"line_end": other.line_end or other.line or one.line_end})
    by_page: dict[int, PagePart] = {}
    for part in (*one.parts, *other.parts):
        known = by_page.get(part.page, part)
        by_page[part.page] = part.model_copy(update={"rectangle": _hull(known.rectangle, part.rectangle)})
    head, *rest = by_page.values()
    return one.model_copy(update={"page": head.page, "rectangle": head.rectangle, "goes_on": tuple(rest)})


def _hull(one: Rectangle | None, other: Rectangle | None) -> Rectangle | None:
    """The rectangle around two; none, the whole page, when either is that."""
    if one is None or other is None:
        return None
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])

"""Ruling lines of a PDF page, and the grids of cells they draw.

``lines, thin boxes, outlines → edges → cells (pdfplumber) → grids``. Boxes that are only filled are shading: behind a
ruled table they say nothing, alone they draw a table of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Edge = dict[str, Any]
Box = tuple[float, float, float, float]

#: A box thinner than this, in points, is a line.
_THIN = 3.0
#: Lines closer than this are one; so are boundaries of cells.
_SNAP = 3.0
_BOUNDARY = 4.0
#: Drawings such as maps have more crossings than any table; they are not looked at.
_MOST_CROSSINGS = 250_000
_SHORTEST = 4.0
_LEAST_SHADES = 4
#: Shading behind fewer sides of cells than this is of a single cell.
_LEAST_SIDES = 3


@dataclass(frozen=True)
class Rules:
    """What is drawn on a page: edges of ruling lines, edges of shading, and whether there was too much of it."""

    edges: tuple[Edge, ...]
    shades: tuple[Box, ...]
    too_many: bool = False

    def heights(self, left: float, right: float) -> list[float]:
        """Where lines or shading part what stands between two sides, over most of the width."""
        cover: dict[int, float] = {}
        flat = [(e["top"], e["x0"], e["x1"]) for e in self.edges if e["orientation"] == "h"]
        flat += [(y, x0, x1) for x0, top, x1, bottom in self.shades for y in (top, bottom)]
        for y, x0, x1 in flat:
            cover[round(y)] = cover.get(round(y), 0.0) + max(0.0, min(x1, right) - max(x0, left))
        found: list[float] = []
        for y, length in sorted(cover.items()):
            if length >= 0.6 * (right - left) and (not found or y - found[-1] > _SNAP):
                found.append(float(y))
        return found


NO_RULES = Rules((), ())


@dataclass(frozen=True)
class Span:
    """A cell: its first and its past-the-last row and column."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """A table's boundaries from left to right and from top to bottom, and its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: tuple[Span, ...]

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def find_rules(shapes: Iterable[dict[str, Any]]) -> Rules:
    """What of the drawn shapes of a page may part cells."""
    edges: list[Edge] = []
    shades: list[Box] = []
    for shape in shapes:
        box = (shape["x0"], shape["top"], shape["x1"], shape["bottom"])
        if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            edges += _thin_edge(box)
        elif shape["straight"] or not _is_box(shape["pts"]):
            continue  # slanted or curved
        elif shape["stroke"]:
            edges += _outline(box)
        else:
            shades.append(box)
    merged = _merged(edges)
    vertical = sum(edge["orientation"] == "v" for edge in merged)
    too_many = vertical * (len(merged) - vertical) > _MOST_CROSSINGS
    return Rules(() if too_many else tuple(merged), tuple(shades), too_many)


def _is_box(points: Sequence[tuple[float, float]]) -> bool:
    """Whether a path has sides along the page only."""
    return len(points) > 2 and all(min(abs(a[0] - b[0]), abs(a[1] - b[1])) < 0.5 for a, b in pairwise(points))


def _thin_edge(box: Box) -> Iterator[Edge]:
    x0, top, x1, bottom = box
    if x1 - x0 > max(bottom - top, _THIN / 2):
        yield _horizontal(x0, x1, (top + bottom) / 2)
    elif bottom - top > _THIN / 2:
        yield _vertical((x0 + x1) / 2, top, bottom)


def _outline(box: Box) -> Iterator[Edge]:
    x0, top, x1, bottom = box
    yield from (_horizontal(x0, x1, top), _horizontal(x0, x1, bottom))
    yield from (_vertical(x0, top, bottom), _vertical(x1, top, bottom))


def _horizontal(x0: float, x1: float, y: float) -> Edge:
    return {"x0": x0, "x1": x1, "top": y, "bottom": y, "width": x1 - x0, "height": 0, "orientation": "h"}


def _vertical(x: float, top: float, bottom: float) -> Edge:
    return {"x0": x, "x1": x, "top": top, "bottom": bottom, "width": 0, "height": bottom - top, "orientation": "v"}


def _merged(edges: list[Edge]) -> list[Edge]:
    """Edges on one line joined to one, those too short to part anything left out."""
    from pdfplumber.table import merge_edges

    if not edges:
        return []
    joined: list[Edge] = merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
    return [edge for edge in joined if max(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]) >= _SHORTEST]


def find_grids(rules: Rules) -> list[Grid]:
    """The grids of a page, smallest first: ruled ones, then those that shading alone draws."""
    edges = [*rules.edges, *_closing_edges(rules.edges)]
    grids = list(_edges_to_grids([*edges, *_shaded_edges(edges, rules.shades)]))
    free = [box for box in rules.shades if not any(_is_within(box, grid.box) for grid in grids)]
    if _LEAST_SHADES <= len(free) <= _MOST_CROSSINGS**0.5:
        shaded = _edges_to_grids(_merged([edge for box in free for edge in _outline(box)]))
        grids += (grid for grid in shaded if len(grid.xs) > 2 and len(grid.ys) > 3)
    return sorted(grids, key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0]))


def _is_within(inner: Box, outer: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] - _SNAP <= x <= outer[2] + _SNAP and outer[1] - _SNAP <= y <= outer[3] + _SNAP


def _closing_edges(edges: Sequence[Edge]) -> Iterator[Edge]:
    """Edges for the sides a table leaves open: at a page break the bottom, in open designs left and right."""
    flat = [edge for edge in edges if edge["orientation"] == "h"]
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    for end in ("top", "bottom"):
        for group in _clustered(upright, end):
            y = sum(edge[end] for edge in group) / len(group)
            level = [edge for edge in flat if abs(edge["top"] - y) <= _BOUNDARY]
            sides = sorted(group, key=lambda edge: float(edge["x0"]))
            x0, x1 = sides[0]["x0"], sides[-1]["x0"]
            if len(group) > 1 and not any(_covers(edge, x0, x1) for edge in level):
                yield _horizontal(x0, x1, y)
                continue
            for left, right in pairwise(sides):
                if _is_open(left, right, level, flat):
                    yield _horizontal(left["x0"], right["x0"], y)
    for end in ("x0", "x1"):
        for group in _clustered(flat, end):
            x = sum(edge[end] for edge in group) / len(group)
            for above, below in pairwise(sorted(group, key=lambda edge: float(edge["top"]))):
                if _joined_by(upright, above, below) and not _stands_at(upright, x, above["top"], below["top"]):
                    yield _vertical(x, above["top"], below["top"])


def _covers(edge: Edge, x0: float, x1: float) -> bool:
    """Whether a horizontal edge is over some of what stands between two sides."""
    return bool(edge["x0"] < x1 and edge["x1"] > x0)


def _is_open(left: Edge, right: Edge, level: Sequence[Edge], flat: Sequence[Edge]) -> bool:
    """Whether sides that end on one level bound a cell that has no edge there, but has one at its other end.

    So ends a merged cell that goes on over the page where its neighbours are closed.
    """
    x0, x1 = left["x0"] + _BOUNDARY, right["x0"] - _BOUNDARY
    if x0 >= x1 or any(_covers(edge, x0, x1) for edge in level):
        return False
    top, bottom = max(left["top"], right["top"]), min(left["bottom"], right["bottom"])
    return any(edge["x0"] <= x0 and edge["x1"] >= x1 and top - _SNAP <= edge["top"] <= bottom + _SNAP for edge in flat)


def _shaded_edges(edges: Sequence[Edge], shades: Sequence[Box]) -> Iterator[Edge]:
    """Edges where shading across a whole table ends and no line is drawn, as below a header at the head of a page."""
    flat = [edge for edge in edges if edge["orientation"] == "h"]
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    for x0, top, x1, bottom in shades:
        sides = [e["x0"] for e in upright if x0 - _SNAP <= e["x0"] <= x1 + _SNAP
                 and e["top"] <= top + _SNAP and e["bottom"] >= bottom - _SNAP]  # fmt: skip
        if len(sides) < _LEAST_SIDES or min(sides) > x0 + _BOUNDARY or max(sides) < x1 - _BOUNDARY:
            continue
        for y in (top, bottom):
            drawn = any(abs(e["top"] - y) <= _BOUNDARY and e["x0"] < x1 and e["x1"] > x0 for e in flat)
            inside = sum(e["top"] < y - _BOUNDARY and e["bottom"] > y + _BOUNDARY for e in upright
                         if x0 - _SNAP <= e["x0"] <= x1 + _SNAP)  # fmt: skip
            if not drawn and inside >= _LEAST_SIDES:
                yield _horizontal(min(sides), max(sides), y)


def _clustered(edges: Iterable[Edge], key: str) -> Iterator[list[Edge]]:
    from pdfplumber.utils.clustering import cluster_objects

    yield from cluster_objects(list(edges), key, _SNAP)


def _joined_by(upright: Sequence[Edge], above: Edge, below: Edge) -> bool:
    """Whether an edge between the sides of two horizontal ones connects them."""
    left, right = max(above["x0"], below["x0"]), min(above["x1"], below["x1"])
    return any(
        left < edge["x0"] < right and edge["top"] <= above["top"] + _SNAP and edge["bottom"] >= below["top"] - _SNAP
        for edge in upright
    )


def _stands_at(upright: Sequence[Edge], x: float, top: float, bottom: float) -> bool:
    return any(abs(e["x0"] - x) <= _BOUNDARY and e["top"] < bottom - 1 and e["bottom"] > top + 1 for e in upright)


def _edges_to_grids(edges: list[Edge]) -> Iterator[Grid]:
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells

    crossings = edges_to_intersections(edges, _SNAP, _SNAP)
    if not crossings:
        return
    for cells in cells_to_tables(intersections_to_cells(crossings)):
        grid = cells_to_grid(cells)
        if len(grid.spans) > 1:
            yield grid


def cells_to_grid(cells: Sequence[Box]) -> Grid:
    """Boundaries that all cells share, and each cell as the rows and columns it takes."""
    xs = _boundaries(x for cell in cells for x in (cell[0], cell[2]))
    ys = _boundaries(y for cell in cells for y in (cell[1], cell[3]))
    spans = {
        Span(_nearest(ys, top), _nearest(xs, x0), _nearest(ys, bottom), _nearest(xs, x1))
        for x0, top, x1, bottom in cells
    }
    kept = (span for span in spans if span.top < span.bottom and span.left < span.right)
    return Grid(xs, ys, tuple(sorted(kept, key=lambda span: (span.top, span.left))))


def _boundaries(values: Iterable[float]) -> tuple[float, ...]:
    found: list[float] = []
    for value in sorted(set(values)):
        if not found or value - found[-1] > _BOUNDARY:
            found.append(value)
    return tuple(found)


def _nearest(values: Sequence[float], value: float) -> int:
    return min(range(len(values)), key=lambda index: abs(values[index] - value))

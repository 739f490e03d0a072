"""The values that pass from one stage to the next, and nothing else.

``file ──read──▶ ReadDocument(blocks) ──extract──▶ Extraction(rows + prose) ──chunk──▶ passages``

All are frozen. How they are stored is the catalogue's business. Figures keep what was printed beside what was
understood: ``text`` is verbatim, ``value`` is a Decimal or None, and None never means zero.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

DocumentKind = Literal["plan", "progress", "letter", "other"]
RowKind = Literal["result", "product", "progress", "budget", "fact"]
BlockKind = Literal["heading", "paragraph", "item", "table"]

#: Roles that a step of a row's path can have; cities name their levels as they like.
LevelRole = Literal["strategic_line", "component", "sector", "programme", "subprogramme", "product", "project", "other"]


class Record(BaseModel):
    """A frozen value; unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


#: x0, top, x1, bottom on a page as it is shown, in points from its top left corner.
Rectangle = tuple[float, float, float, float]


class PagePart(Record):
    """A part of a page: all of it without a rectangle."""

    page: int = Field(description="1-based")
    rectangle: Rectangle | None = None


class Place(Record):
    """Where something stands, so that a person can go and look."""

    line: int | None = Field(None, description="1-based line of a text file, split at '\\n' only")
    line_end: int | None = Field(None, description="last line, when it spans several")
    page: int | None = Field(None, description="1-based page of a PDF or slide of a presentation")
    sheet: str | None = Field(None, description="sheet of a workbook")
    cell: str | None = Field(None, description="cell or range in A1 notation, e.g. 'B7:K7'")
    rectangle: Rectangle | None = Field(
        None, description="x0, top, x1, bottom on the page, in points from its top left corner"
    )
    goes_on: tuple[PagePart, ...] = Field((), description="where page breaks put the rest of it")

    @property
    def parts(self) -> tuple[PagePart, ...]:
        """Its parts in reading order, for what stands on pages."""
        return () if self.page is None else (PagePart(page=self.page, rectangle=self.rectangle), *self.goes_on)

    def __str__(self) -> str:
        """The place in words, as users read it: 'línea 12', 'página 3', 'hoja Metas, celda B7'."""
        parts = []
        if self.page is not None:
            parts.append(f"página {self.page}")
        if self.sheet is not None:
            parts.append(f"hoja {self.sheet}")
        if self.cell is not None:
            parts.append(f"celda {self.cell}" if ":" not in self.cell else f"celdas {self.cell}")
        if self.line is not None:
            spans = self.line_end is not None and self.line_end != self.line
            parts.append(f"líneas {self.line} a {self.line_end}" if spans else f"línea {self.line}")
        return ", ".join(parts)


class Notice(Record):
    """Something a reader or extractor was unsure of; never raised, always kept."""

    code: str = Field(description="stable identifier, e.g. 'words-digits-mismatch'")
    message: str = Field(description="one sentence in Spanish")
    place: str | None = Field(None, description="the place in words")


class Cell(Record):
    """One cell of a table as printed."""

    text: str = ""
    place: Place | None = None
    merged: bool = Field(False, description="repeats the text of a merged cell that begins elsewhere")


class TableRow(Record):
    """One row of a table; all rows of a table have the same number of cells."""

    cells: tuple[Cell, ...]
    place: Place

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.cells)


class TableColumn(Record):
    """What a person says of one column of a table, by its letter ('B') or its printed header."""

    column: str
    role: str = Field(description="a role of prompts/columns.yaml")
    year: int | None = None


class TableGiven(Record):
    """What a person says of a table: which it is (all that is not None has to fit), and how it is to be read."""

    sheet: str | None = None
    page: int | None = None
    header: str | None = Field(None, description="words that stand in one of its rows")
    header_row: int | None = Field(None, description="as the workbook numbers it; of other tables the nth, from 1")
    columns: tuple[TableColumn, ...] = ()
    ignore: bool = False


class Table(Record):
    """A table before anybody knows what its columns mean. Header rows are ordinary rows here."""

    rows: tuple[TableRow, ...]
    title: str | None = Field(None, description="caption or sheet name, when the file states one")
    cards: bool = Field(
        False, description="captions over their figures, which a slide shows as cards and not as a table"
    )
    given: TableGiven | None = Field(None, description="what a person says of it, which goes before what is read")
    counted_in: str = Field("", description="what its amounts of money are counted in, as said above it: 'en millones'")


class Block(Record):
    """A piece of a read file in reading order."""

    kind: BlockKind
    text: str = Field("", description="without markup; lines of one block are joined by '\\n'; empty for tables")
    level: int | None = Field(None, description="1 is the outermost heading, when the file says so")
    emphasis: bool = Field(False, description="the whole block is set in bold")
    table: Table | None = None
    group: int = Field(0, description="slide, page or stretch between large gaps; labels hold within their group")
    place: Place

    def lines(self) -> tuple[tuple[int | None, str], ...]:
        """(line number, text) of each line of the block."""
        start = self.place.line
        return tuple((None if start is None else start + i, t) for i, t in enumerate(self.text.split("\n")))


class ReadDocument(Record):
    """A file read into blocks; identified by the SHA-256 of its bytes."""

    name: str = Field(description="relative path or file name, as users know it")
    sha256: str
    media_type: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    notices: tuple[Notice, ...] = ()


class DocumentInfo(Record):
    """What a document is of: read from it, overridable by whoever ingests it."""

    entity: str | None = Field(None, description="territorial entity, e.g. 'Cartagena de Indias'")
    period: str | None = Field(None, description="e.g. '2024-2027', '2025'")
    kind: DocumentKind = "other"
    office: str | None = Field(None, description="the office that presents it")
    title: str | None = None


class Overrides(Record):
    """What whoever ingests a document says of it; what is None is read from the document."""

    entity: str | None = None
    period: str | None = None
    kind: DocumentKind | None = None
    office: str | None = None
    title: str | None = None
    tables: tuple[TableGiven, ...] = Field((), description="tables that are read otherwise without it")

    @property
    def said(self) -> dict[str, str]:
        """What is said of the document itself, by the name of the field."""
        fields = ("entity", "period", "kind", "office", "title")
        return {name: value for name in fields if (value := getattr(self, name)) is not None}


class Figure(Record):
    """A number as printed and as understood."""

    text: str = Field(description="verbatim; of a baseline the cell without its 'Fuente: …' tail")
    value: Decimal | None = None
    unit: str | None = Field(None, description="'%', 'COP', or the counted noun as printed")
    period: str | None = Field(None, description="date or period the figure holds for, as printed or ISO")
    source: str | None = Field(None, description="who says so, without the label 'Fuente:'")


class PathStep(Record):
    """One level above a row: the level's name as printed, what role it plays, and its value."""

    level: str
    value: str
    role: LevelRole = "other"


class YearFigures(Record):
    """Target and progress of one year, for tables that have them."""

    year: int
    target: Figure | None = None
    progress: Figure | None = None
    percent: Decimal | None = None


BudgetItemName = Literal[
    "programado",
    "apropiacion_inicial",
    "apropiacion_definitiva",
    "compromisos",
    "obligaciones",
    "pagos",
    "asignado",
    "ejecutado",
]


class BudgetItem(Record):
    """An amount of money in COP; ``funding_source`` None is the total."""

    item: BudgetItemName
    value: Decimal | None
    text: str = ""
    year: int | None = None
    funding_source: str | None = None


class RowLink(Record):
    """A progress row's pointer to the plan row it reports on (or back)."""

    row_id: str
    confidence: float


class IndicatorRow(Record):
    """One row of a plan or progress table, or one stated fact of a report or letter."""

    row_id: str = Field(description="from the document's hash and the row's place, never from its text alone")
    document_id: str
    kind: RowKind
    entity: str | None = None
    period: str | None = None
    path: tuple[PathStep, ...] = ()
    dependency: str | None = None
    purpose: str | None = None
    indicator: str | None = None
    codes: dict[str, str] = Field(default_factory=dict)
    unit: str | None = None
    accumulation: str | None = None
    baseline: Figure | None = None
    target: Figure | None = None
    metric: str | None = Field(None, description="what the figure of a report or letter measures")
    figure: Figure | None = None
    yearly: tuple[YearFigures, ...] = ()
    budget: tuple[BudgetItem, ...] = ()
    ods: str | None = None
    place: Place
    cells: tuple[tuple[str, str], ...] = Field((), description="(column header, cell verbatim) in printed order")
    quote: str = Field("", description="the row or sentence as printed, for citations")
    context: tuple[str, ...] = Field((), description="what stands around a figure on its slide, for searching")
    links: tuple[RowLink, ...] = ()
    warnings: tuple[Notice, ...] = ()

    def step(self, role: LevelRole) -> str | None:
        """Value of the path's innermost step with that role."""
        for step in reversed(self.path):
            if step.role == role:
                return step.value
        return None

    @property
    def strategic_line(self) -> str | None:
        """The step that is called a line; else the outermost of that role, as of a pillar and the bets within it."""
        lines = [step for step in self.path if step.role == "strategic_line"]
        called = (step for step in lines if step.level.casefold().startswith(("línea", "linea")))
        return next((step.value for step in (*called, *lines)), None)

    @property
    def component(self) -> str | None:
        return self.step("component")

    @property
    def programme(self) -> str | None:
        return self.step("programme")


class Segment(Record):
    """A sentence or line of prose with its own place, so that a citation can point at it."""

    text: str
    place: Place


class Prose(Record):
    """A stretch of prose under its headings, before it is cut to fit the embedder."""

    headings: tuple[str, ...]
    segments: tuple[Segment, ...]


class Passage(Record):
    """Prose under its headings, of a bounded number of the embedder's tokens."""

    passage_id: str
    document_id: str
    entity: str | None = None
    period: str | None = None
    headings: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()
    place: Place

    @property
    def text(self) -> str:
        return "\n".join(segment.text for segment in self.segments)


class Extraction(Record):
    """What a document holds, once understood."""

    info: DocumentInfo
    rows: tuple[IndicatorRow, ...]
    prose: tuple[Prose, ...]
    tables: int = Field(0, description="tables found, whether they became rows or not")
    notices: tuple[Notice, ...] = ()


class Document(Record):
    """A committed document of the knowledge base."""

    document_id: str = Field(description="SHA-256 of the file's bytes, hexadecimal")
    name: str
    info: DocumentInfo
    generation: int = 0
    rows: int = 0
    passages: int = 0
    tables: int = 0
    notices: tuple[Notice, ...] = ()
    ingested_at: str = ""

    @property
    def title(self) -> str:
        return self.info.title or self.name

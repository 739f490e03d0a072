"""All real documents in all formats and manners, written into one folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.rendered import pdf, sheets, slides, web, word
from tests.support.rendered.arrange import arrange
from tests.support.rendered.manner import BANDED, FLAT, PRINTED, TIDY, Manner
from tests.support.rendered.paper import Element
from tests.support.rendered.parse import parse

#: The manners each format is drawn in; columns for all levels do not fit on a slide or page.
FORMATS: dict[str, tuple[Manner, ...]] = {
    "docx": (PRINTED, TIDY, BANDED, FLAT),
    "html": (PRINTED, TIDY, BANDED, FLAT),
    "pptx": (PRINTED, TIDY, BANDED),
    "xlsx": (PRINTED, TIDY, BANDED, FLAT),
    "csv": (PRINTED, TIDY, BANDED, FLAT),
    "pdf-ruled": (PRINTED, TIDY, BANDED),
    "pdf-plain": (PRINTED, TIDY, BANDED),
}
_SMALL_PAGE, _PAGE = (595.0, 420.0), (595.0, 842.0)


@dataclass(frozen=True)
class Key:
    """Which document, as what, in which manner."""

    document: str
    format: str
    manner: str

    def __str__(self) -> str:
        return f"{self.document}-{self.format}-{self.manner}"

    @property
    def is_pdf(self) -> bool:
        return self.format.startswith("pdf")


def keys(documents: tuple[str, ...]) -> list[Key]:
    """The keys of these documents in all formats and manners."""
    return [
        Key(document, name, manner.name) for name, them in FORMATS.items() for manner in them for document in documents
    ]


def build(documents: Path, gold: Path, folder: Path) -> dict[Key, Path]:
    """Every file by its key; without LibreOffice there are no PDF files."""
    made: dict[Key, Path] = {}
    waiting: dict[Key, Path] = {}
    for source in sorted(documents.glob("*.txt")):
        paper = parse(source, gold)
        for manner in (PRINTED, TIDY, BANDED, FLAT):
            pages = arrange(paper, manner)
            for name in (name for name, them in FORMATS.items() if manner in them):
                key = Key(source.stem[:3], name, manner.name)
                (waiting if key.is_pdf else made)[key] = _paint(pages, key, manner, folder)
    if pdf.SOFFICE is not None:
        made |= dict(zip(waiting, pdf.convert(list(waiting.values()), folder / "pdf"), strict=True))
    return made


def _paint(pages: list[list[Element]], key: Key, manner: Manner, folder: Path) -> Path:
    path = folder / f"{key}.{'docx' if key.is_pdf else key.format}"
    tidy = manner is TIDY
    match key.format:
        case "html":
            return web.paint(pages, path, semantic=manner is not PRINTED)
        case "pptx":
            return slides.paint(pages, path, titles=manner is not PRINTED, labels_again=manner is not BANDED)
        case "xlsx":
            return sheets.paint_xlsx(pages, path, a_sheet_each=tidy, pairs=tidy)
        case "csv":
            return sheets.paint_csv(pages, path, delimiter="," if tidy else ";", pairs=tidy)
        case "pdf-ruled":
            return word.paint(pages, path, size=12 if tidy else None, paper=_SMALL_PAGE)
        case "pdf-plain":
            return word.paint(pages, path, ruled=False, size=11 if tidy else None, paper=_PAGE)
        case _:
            return word.paint(pages, path, breaks=tidy)


def pdf_pages(path: Path) -> Iterator[str]:
    """The text of each page as LibreOffice wrote it: cell by cell."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            yield page.get_textpage().get_text_range()

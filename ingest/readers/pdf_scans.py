"""Pages that are pictures of text: telling them, and reading them with ocrmypdf where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.readers.pdf_page import PageObjects
from ingest.records import Notice, Place

#: Seconds for starting, for each page, and in all.
_START, _PER_PAGE, _AT_MOST = 30, 20, 240
#: A page with fewer characters than this, mostly covered by pictures, is a scan with a stamp or a page number.
_FEW_CHARACTERS = 60
_COVERED = 0.4
#: With more shapes than this a page without characters may be text drawn as outlines.
_OUTLINES = 60
_LANGUAGE = "spa"


@dataclass(frozen=True)
class Searchable:
    """A copy of the file with its text recognised; without a path, why there is none."""

    path: Path | None
    reason: str = ""


def page_is_scan(page: PageObjects) -> bool:
    """Whether a page shows pictures or outlines and (next to) no text."""
    characters = sum(not char["text"].isspace() for char in page.chars)
    if characters == 0:
        return bool(page.images) or len(page.shapes) > _OUTLINES
    if characters >= _FEW_CHARACTERS:
        return False
    covered = sum(
        max(0.0, image["x1"] - image["x0"]) * max(0.0, image["bottom"] - image["top"]) for image in page.images
    )
    return bool(covered >= _COVERED * page.width * page.height)


def missing_ocr(pages: Sequence[int], reason: str) -> list[Notice]:
    """A notice for each page that is a picture and was not read."""
    message = (
        f"La página es una imagen sin texto y no se leyó ({reason}). Para leerla, instale ocrmypdf con tesseract "
        "y el idioma español (spa)."
    )
    return [Notice(code="scanned-page", message=message, place=str(Place(page=page))) for page in pages]


@contextmanager
def recognised(path: Path, pages: int) -> Iterator[Searchable]:
    """A copy of a PDF whose pictures of text have been read, for as long as the context lasts.

    Runs ``ocrmypdf`` under a limit of time that grows with the number of ``pages``; pages that have text keep it.
    """
    program = shutil.which("ocrmypdf")
    if program is None:
        yield Searchable(None, "no está instalado el reconocimiento de texto")
        return
    with tempfile.TemporaryDirectory(prefix="cabildo-ocr-") as folder:
        copy = Path(folder) / "texto.pdf"
        yield _run(program, path, copy, min(_START + _PER_PAGE * pages, _AT_MOST))


def _run(program: str, path: Path, copy: Path, seconds: int) -> Searchable:
    options = ["--language", _LANGUAGE, "--skip-text", "--output-type", "pdf", "--quiet"]
    try:
        done = subprocess.run(
            [program, *options, "--", str(path.resolve()), str(copy)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Searchable(None, f"el reconocimiento de texto tardó más de {seconds} segundos")
    except OSError as error:
        return Searchable(None, f"el reconocimiento de texto no se pudo iniciar: {error.strerror}")
    if done.returncode != 0 or not copy.is_file():
        return Searchable(None, f"el reconocimiento de texto falló con el código {done.returncode}")
    return Searchable(copy)

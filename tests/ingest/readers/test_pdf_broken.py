"""PDF documents that are locked, cut off, too long, or carry scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import InputError
from ingest.readers.pdf_file import count_pages, read
from tests.support.pdf_drawing import (
    codes,
    told,
)


def written(path: Path, pages: int = 1, **options: Any) -> Path:
    canvas = Canvas(str(path), **options)
    for number in range(pages):
        canvas.drawString(80, 700, f"Hoja {number}")
        canvas.showPage()
    canvas.save()
    return path


def test_a_password_is_asked_for_in_one_line(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    path = written(tmp_path / "clave.pdf", encrypt=StandardEncryption("secreta", "dueña"))
    with pytest.raises(InputError, match="contraseña"):
        read(path)


def test_a_file_locked_against_changes_only_is_read(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    path = written(tmp_path / "abierto.pdf", encrypt=StandardEncryption("", "dueña", canCopy=0))
    assert told(read(path)) == [("paragraph", "Hoja 0")]


def test_a_file_cut_off_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "cortado.pdf", pages=3)
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(InputError, match="incompleto"):
        read(path)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 no es", "no es un PDF"),
        (b"%PDF-1.4\nnada de nada\n%%EOF\n", "dañado"),
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
            b"trailer<</Root 1 0 R>>\n%%EOF\n",
            "no tiene páginas",
        ),
    ],
)
def test_what_is_no_readable_pdf_is_refused_in_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "malo.pdf"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message) as told_error:
        read(path)
    assert "\n" not in str(told_error.value)


def test_scripts_are_told_and_not_run(tmp_path: Path) -> None:
    assert "scripts-not-run" not in codes(read(written(tmp_path / "sin.pdf")))
    path = written(tmp_path / "con.pdf")
    script = b"/Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert) >>"
    path.write_bytes(path.read_bytes().replace(b"/Type /Catalog", script))
    content = read(path)
    assert codes(content) == ["scripts-not-run"]
    assert told(content) == [("paragraph", "Hoja 0")]


def test_more_pages_than_the_limit_are_refused_before_any_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "largo.pdf", pages=6)
    assert (read(path, max_pages=6).pages, count_pages(path)) == (6, 6)
    with pytest.raises(InputError, match="más de 5 páginas"):
        read(path, max_pages=5)

"""Small files of every kind that is read, all invented, made from scratch."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Any

ROWS = (("Programa", "Indicador", "Meta"), ("Vías para todos", "Kilómetros de vía", 28), ("Agua", "Hogares", 1250))


def docx_file(path: Path) -> Path:
    import docx

    document = docx.Document()
    document.add_heading("Plan de Villa Ejemplo", 1)
    document.add_paragraph("El municipio construirá 28 kilómetros de vía.")
    table = document.add_table(rows=len(ROWS), cols=3)
    for row, values in zip(table.rows, ROWS, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = str(value)
    document.save(str(path))
    return path


def xlsx_file(path: Path) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Metas"
    for row in ROWS:
        sheet.append(row)
    book.save(path)
    return path


def pptx_file(path: Path, change: Callable[[Any], None] = lambda presentation: None) -> Path:
    """One slide with a title, a text and a table; ``change`` may do more to the presentation."""
    import pptx
    from pptx.util import Inches

    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "Rendición de cuentas"
    slide.shapes.add_textbox(Inches(1), Inches(2), Inches(3), Inches(1)).text_frame.text = "Avance: 45 %"
    table = slide.shapes.add_table(len(ROWS), 3, Inches(1), Inches(4), Inches(6), Inches(1)).table
    for index, values in enumerate(ROWS):
        for column, value in enumerate(values):
            table.cell(index, column).text = str(value)
    change(presentation)
    presentation.save(str(path))
    return path


def html_file(path: Path) -> Path:
    rows = "".join("<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in ROWS)
    path.write_text(
        f'<!doctype html><html><head><meta charset="utf-8"><title>Metas</title></head><body><h1>Metas</h1>'
        f"<p>El municipio construir&aacute; 28 kilómetros.</p><table>{rows}</table></body></html>",
        encoding="utf-8",
    )
    return path


def eml_file(path: Path, attachments: Sequence[Path] = (), body: str = "Se construyeron 28 kilómetros de vía.") -> Path:
    message = EmailMessage()
    message["From"] = "oficina@villaejemplo.gov.co"
    message["To"] = "persona@example.com"
    message["Subject"] = "Respuesta sobre las vías"
    message["Date"] = "Fri, 01 Mar 2024 14:30:00 -0500"
    message.set_content(body)
    for attached in attachments:
        message.add_attachment(
            attached.read_bytes(), maintype="application", subtype="octet-stream", filename=attached.name
        )
    path.write_bytes(message.as_bytes())
    return path


def zip_file(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def xls_file(
    path: Path,
    rows: Sequence[Sequence[str | float | bool | None]] = ROWS,
    merged: Sequence[tuple[int, int, int, int]] = (),
    hidden: bool = False,
) -> Path:
    """A workbook of one sheet "Metas", and a hidden one if asked; ``merged`` are top, left, bottom, right from 0."""
    sheets = [("Metas", 0, _sheet(rows, merged))] + ([("Oculta", 1, _sheet([["x"]], ()))] if hidden else [])
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + _record(0x42, struct.pack("<H", 1200))
    length = len(head) + sum(4 + 8 + len(name) for name, _, _ in sheets) + 4
    places, at = [], length
    for name, visibility, content in sheets:
        places.append(_record(0x85, struct.pack("<IBBBB", at, visibility, 0, len(name), 0) + name.encode("latin-1")))
        at += len(content)
    stream = head + b"".join(places) + _record(0x0A, b"") + b"".join(content for _, _, content in sheets)
    path.write_bytes(compound_file("Workbook", stream))
    return path


def _sheet(rows: Sequence[Sequence[str | float | bool | None]], merged: Sequence[tuple[int, int, int, int]]) -> bytes:
    width = max(map(len, rows))
    out = io.BytesIO()
    out.write(_record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)))
    out.write(_record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)))
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            where = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                text = value.encode("utf-16-le")
                out.write(_record(0x204, where + struct.pack("<HB", len(value), 1) + text))
            elif isinstance(value, bool):
                out.write(_record(0x205, where + struct.pack("<BB", value, 0)))
            elif value is not None:
                out.write(_record(0x203, where + struct.pack("<d", value)))
    areas = b"".join(struct.pack("<HHHH", top, bottom, left, right) for top, left, bottom, right in merged)
    if merged:
        out.write(_record(0xE5, struct.pack("<H", len(merged)) + areas))
    out.write(_record(0x0A, b""))
    return out.getvalue()


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def compound_file(name: str, stream: bytes) -> bytes:
    """An OLE compound file ([MS-CFB]) with one stream: allocation table, directory, then the stream's sectors."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // 512)
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    chain = [0xFFFFFFFD, end, *range(3, count + 2), end]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    assert len(table) == 512
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", free) * 108

    def entry(title: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = title.encode("utf-16-le")
        links = struct.pack("<BBIII", kind, 1, free, free, child)
        return (
            text.ljust(64, b"\0")
            + struct.pack("<H", len(text) + 2)
            + links
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    directory = entry("Root Entry", 5, 1, end, 0) + entry(name, 2, free, 2, len(stream)) + bytes(256)
    return header + table + directory + stream.ljust(count * 512, b"\0")


def change_part(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """A package with one part changed; the part is made when there is none."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts.get(part, b""))
    return zip_file(path, parts)


def pdf_file(path: Path, lines: Sequence[str] = ("Plan de Villa Ejemplo", "Se construyeron 28 km")) -> Path:
    """One page with lines of text in a standard font (ISO 32000, 7.5)."""
    shown = "".join(f"({line}) Tj 0 -20 Td " for line in lines)
    stream = f"BT /F1 12 Tf 72 720 Td {shown}ET".encode("cp1252")
    resources = b"<< /Font << /F1 5 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources %s >>" % resources
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(content)
    path.write_bytes(content + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer)
    return path


#: One maker per suffix, of files that must be read.
MAKERS: dict[str, Callable[[Path], Path]] = {
    ".docx": docx_file,
    ".xlsx": xlsx_file,
    ".pptx": pptx_file,
    ".xls": xls_file,
    ".html": html_file,
    ".eml": eml_file,
    ".pdf": pdf_file,
}

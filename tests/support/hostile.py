"""A folder of files that are broken or mean harm, with good ones beside them, all made from scratch."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from ingest.readers.package import RATIO_FLOOR
from tests.support.files import MAKERS, change_part, compound_file, eml_file, pdf_file, zip_file

#: More than this many pages are refused where the folder is read.
MOST_PAGES = 20
SECRET = "palabra-secreta"
GOOD = "PLAN DE DESARROLLO 2024-2027\nPrograma: Vías\nIndicador\tLínea base\tMeta\nPuentes {}\t3\t12 puentes\n"


def cut_off(make: Callable[[Path], Path]) -> Callable[[Path], Path]:
    def cut(path: Path) -> Path:
        content = make(path).read_bytes()
        path.write_bytes(content[: len(content) // 2])
        return path

    return cut


def locked_pdf(path: Path) -> Path:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), encrypt=StandardEncryption("clave"))
    canvas.drawString(72, 700, "Plan")
    canvas.save()
    return path


def locked_package(path: Path) -> Path:
    path.write_bytes(compound_file("EncryptedPackage", b"x" * 5000))
    return path


def locked_zip(path: Path) -> Path:
    """An archive whose member says that it is encrypted (APPNOTE.TXT 4.4.4, bit 0)."""
    content = bytearray(zip_file(path, {"plan.txt": b"x" * 100}).read_bytes())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(magic) + offset
        content[at : at + 2] = struct.pack("<H", 1)
    path.write_bytes(content)
    return path


def pdf_without_pages(path: Path) -> Path:
    pdf_file(path)
    content = path.read_bytes().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [] /Count 0     ")
    path.write_bytes(content.replace(b"/Type /Page ", b"/Type /Hoja "))
    return path


def pdf_of_many_pages(path: Path) -> Path:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    for number in range(MOST_PAGES + 1):
        canvas.drawString(72, 700, f"Hoja {number}")
        canvas.showPage()
    canvas.save()
    return path


def pdf_that_says_it_has_a_billion_pages(path: Path) -> Path:
    pdf_file(path)
    path.write_bytes(path.read_bytes().replace(b"/Count 1", b"/Count 999999999"))
    return path


def pdf_with_a_script(path: Path) -> Path:
    action = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    pdf_file(path, ("Plan con programa", "Se construyeron 28 km"))
    path.write_bytes(path.read_bytes().replace(b"/Type /Catalog", b"/Type /Catalog " + action))
    return path


def bomb(part: str) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(part, b" " * (RATIO_FLOOR * 8))
        return path

    return make


def quine_like(path: Path) -> Path:
    """An archive in an archive in an archive."""
    content = zip_file(path, {"plan.txt": b"x"}).read_bytes()
    for _ in range(5):
        content = zip_file(path, {"otra.zip": content}).read_bytes()
    return path


def with_macros(suffix: str, part: str) -> Callable[[Path], Path]:
    return lambda path: change_part(MAKERS[suffix](path), part, lambda _: b"\0" * 100)


def word_with_entities(path: Path) -> Path:
    """Its text is a file of the machine, if anybody fetches it."""
    secret = path.parent / ".secreto"
    secret.write_text(SECRET)
    doctype = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file://{secret}">]><w:document'.encode()

    def change(xml: bytes) -> bytes:
        return xml.replace(b"<w:document", doctype, 1).replace("construirá".encode(), b"&x;")

    return change_part(MAKERS[".docx"](path), "word/document.xml", change)


def word_called_pdf(path: Path) -> Path:
    made = MAKERS[".docx"](path.with_name(".word.docx"))
    return change_part(made, "docProps/core.xml", lambda xml: xml + b" ").rename(path)


def pdf_called_workbook(path: Path) -> Path:
    return pdf_file(path, ("Otro plan", "Se construyeron 31 km"))


def zip_that_climbs(path: Path) -> Path:
    names = ("../../fuera.txt", "/tmp/absoluta.txt", "C:\\Windows\\mala.txt", "..\\..\\otra.txt")
    return zip_file(path, {name: GOOD.format(name[-9:-4]).encode() for name in names})


def mail_that_climbs(path: Path) -> Path:
    eml_file(path)
    attached = path.parent / ".adjunto.txt"
    attached.write_text(GOOD.format("del adjunto"), "utf-8")
    eml_file(path, [attached])
    path.write_bytes(path.read_bytes().replace(b'filename=".adjunto.txt"', b'filename="../../../fuera2.txt"'))
    return path


def bytes_of(content: bytes) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return make


#: Files that cannot be read, each with words of the one line that must be said of it.
REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "cortado.pdf": (cut_off(pdf_file), "incompleto"),
    "cortado.docx": (cut_off(MAKERS[".docx"]), "incompleto"),
    "cortado.xlsx": (cut_off(MAKERS[".xlsx"]), "incompleto"),
    "cortado.pptx": (cut_off(MAKERS[".pptx"]), "incompleto"),
    "cortado.zip": (cut_off(lambda path: zip_file(path, {"a.txt": bytes(range(256)) * 9})), "incompleto"),
    "cerrado.pdf": (locked_pdf, "contraseña"),
    "cerrado.docx": (locked_package, "contraseña"),
    "cerrado.xlsx": (locked_package, "contraseña"),
    "cerrado.zip": (locked_zip, "contraseña"),
    "sin-hojas.pdf": (pdf_without_pages, "no tiene páginas"),
    "largo.pdf": (pdf_of_many_pages, f"el máximo es {MOST_PAGES}"),
    "mentiroso.pdf": (pdf_that_says_it_has_a_billion_pages, f"el máximo es {MOST_PAGES}"),
    "bomba.zip": (bomb("plan.txt"), "sospechosa"),
    "bomba.docx": (bomb("word/document.xml"), "sospechosa"),
    "bomba.xlsx": (bomb("xl/workbook.xml"), "sospechosa"),
    "cebolla.zip": (quine_like, "comprimido dentro de otro archivo"),
    "macros.docx": (with_macros(".docx", "word/vbaProject.bin"), "macros"),
    "macros.docm": (with_macros(".docx", "word/vbaProject.bin"), "«.docm»"),
    "disfraz.pdf": (word_called_pdf, "es un documento de Word (.docx)"),
    "disfraz.xlsx": (pdf_called_workbook, "es un PDF (.pdf)"),
    "disfraz.txt": (bytes_of(b"\x89PNG\r\n\x1a\n" + bytes(50)), "es una imagen (.png)"),
    "programa.csv": (bytes_of(b"MZ\x90\x00" + bytes(90)), "es un programa (.exe)"),
    "vacio.pdf": (bytes_of(b""), "vacío"),
    "entidades.docx": (word_with_entities, "DOCTYPE"),
    "ruido.docx": (bytes_of(bytes(range(256)) * 40), "Word (.docx)"),
}

#: Files that are read, each with words of the one line that must be said of it, None where there is nothing to say.
READ: dict[str, tuple[Callable[[Path], Path], str | None]] = {
    "bueno.txt": (lambda path: bytes_of(GOOD.format("buenos").encode())(path), None),
    "bueno.docx": (MAKERS[".docx"], None),
    "bueno.xlsx": (MAKERS[".xlsx"], None),
    "macros.xlsx": (with_macros(".xlsx", "xl/vbaProject.bin"), "macros; no se ejecutaron"),
    "guion.pdf": (pdf_with_a_script, "JavaScript"),
    "sube.zip": (zip_that_climbs, "nombre que traía no sirve"),
    "sube.eml": (mail_that_climbs, "nombre que traía no sirve"),
}


def hostile_folder(folder: Path) -> Path:
    """Make all of them."""
    folder.mkdir()
    for name, (make, _) in {**REFUSED, **READ}.items():
        make(folder / name)
    return folder

"""Valid files of every format, and broken versions of them: each the same for the same seed."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.files import MAKERS, ROWS, pdf_file, pptx_file, xls_file, zip_file

Way = Callable[[bytearray, random.Random], None]
Parts = dict[str, bytes]


def mutated(suffix: str, number: int) -> bytes:
    """The broken version of that number of a file with that suffix."""
    chance = random.Random(f"{suffix} {number}")
    content = chance.choice(_valid(suffix))
    if zipfile.is_zipfile(io.BytesIO(content)) and chance.random() < 0.75:
        parts = _parts(content)
        for _ in range(chance.randint(1, 2)):
            chance.choice(_PART_WAYS)(parts, chance)
        content = _packed(parts)
        if chance.random() < 0.8:  # whole on the outside, so that what is broken inside is reached
            return content
    data = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        chance.choice([*_WAYS, *_WAYS_OF.get(suffix, ())])(data, chance)
    return bytes(data)


@cache
def _valid(suffix: str) -> tuple[bytes, ...]:
    with TemporaryDirectory() as name:
        return tuple(make(Path(name, f"a{suffix}")).read_bytes() for make in VALID[suffix])


def flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 12)):
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def overwrite(data: bytearray, chance: random.Random) -> None:
    if data:
        at = chance.randrange(len(data))
        data[at : at + chance.randint(1, 8)] = chance.randbytes(chance.randint(1, 8))


def cut(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    del data[at : at + chance.randint(1, 200)]


def truncate(data: bytearray, chance: random.Random) -> None:
    if chance.random() < 0.4:
        del data[chance.randrange(len(data) + 1) :]


def repeat(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = data[at : at + chance.randint(1, 400)] * chance.randint(1, 30)


def splice(data: bytearray, chance: random.Random) -> None:
    """A stretch put where another one was."""
    if data:
        start, to = chance.randrange(len(data)), chance.randrange(len(data))
        data[to : to + chance.randint(0, 100)] = data[start : start + chance.randint(1, 300)]


def inflate(data: bytearray, chance: random.Random) -> None:
    """A number made huge or negative, as sizes, spans and places are."""
    numbers = list(re.finditer(rb"\d+", data))
    if numbers:
        found = chance.choice(numbers)
        data[found.start() : found.end()] = chance.choice(
            [b"99999999", b"-1", b"0", b"2147483648", b"18446744073709551616", b"1e309", b"NaN", b"", b"9" * 400]
        )


def insert(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.choice(
        [b"\0" * 50, b"\xff\xfe", b"<", b"</", b'"', b"&#0;", b"&#xD800;", b"&x;", b"\r", b"\xed\xa0\x80", b"\t" * 300]
    )


_WAYS: tuple[Way, ...] = (flip, overwrite, cut, truncate, repeat, splice, inflate, insert)


def without_xref(data: bytearray, chance: random.Random) -> None:
    """The table that says where objects are gone, or pointing elsewhere."""
    at = data.rfind(b"xref\n", 0, max(0, data.rfind(b"startxref")))
    if at >= 0 and chance.random() < 0.5:
        del data[at : data.rfind(b"startxref")]
    else:
        data[:] = re.sub(rb"startxref\s+\d+", b"startxref\n%d" % chance.randrange(10**6), bytes(data))


def other_reference(data: bytearray, chance: random.Random) -> None:
    """An object that points at another one than it did, perhaps at itself or its parent."""
    found = list(re.finditer(rb"\b\d+ 0 R\b", data))
    if found:
        one = chance.choice(found)
        data[one.start() : one.end()] = b"%d 0 R" % chance.randrange(12)


def swap_lines(data: bytearray, chance: random.Random) -> None:
    lines = bytes(data).split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    data[:] = b"\n".join(lines)


_WAYS_OF: dict[str, tuple[Way, ...]] = {
    ".pdf": (without_xref, other_reference, other_reference),
    **dict.fromkeys((".eml", ".txt", ".md", ".csv", ".html"), (swap_lines,)),
}


def change_part(parts: Parts, chance: random.Random) -> None:
    name = chance.choice(list(parts))
    data = bytearray(parts[name])
    for _ in range(chance.randint(1, 4)):
        chance.choice(_WAYS)(data, chance)
    parts[name] = bytes(data)


def inflate_attributes(parts: Parts, chance: random.Random) -> None:
    """Several numbers of one XML part: counts, spans, references, positions."""
    named = [name for name in parts if name.endswith((".xml", ".rels"))]
    if named:
        name = chance.choice(named)
        huge = chance.choice([b"99999999", b"-5", b"4294967296", b"1e300", b"ABC"])
        parts[name] = re.sub(
            rb'(?<==")\d+(?=")', lambda found: huge if chance.random() < 0.3 else found[0], parts[name]
        )


def swap_parts(parts: Parts, chance: random.Random) -> None:
    one, other = chance.choice(list(parts)), chance.choice(list(parts))
    parts[one], parts[other] = parts[other], parts[one]


def drop_part(parts: Parts, chance: random.Random) -> None:
    if len(parts) > 1:
        del parts[chance.choice(list(parts))]


def rename_part(parts: Parts, chance: random.Random) -> None:
    name = chance.choice(list(parts))
    new = chance.choice(
        [f"../{name}", f"/{name}", name.upper(), f"{name}\0", "a" * 300, name.replace("/", "\\"), "con"]
    )
    parts[new] = parts.pop(name)


_PART_WAYS: tuple[Callable[[Parts, random.Random], None], ...] = (
    change_part,
    change_part,
    change_part,
    inflate_attributes,
    swap_parts,
    drop_part,
    rename_part,
)


def _parts(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _text(path: Path) -> Path:
    table = "Programa\tIndicador\tMeta\nVías\tKilómetros de vía\t28\n"
    text = f"Dependencia: Obras\n{table}\n**Avance** 45 %\n- uno\n| a | b |\n|---|---|\n| Vías | 28 (veintiocho) |\n"
    path.write_text(text * 5, encoding="utf-8")
    return path


def _csv(path: Path) -> Path:
    path.write_text('Programa;Indicador;Meta\n"Vías; todas";Kilómetros;28\nAgua;Hogares;1.250\n' * 5, encoding="utf-8")
    return path


def _archive(path: Path) -> Path:
    return zip_file(path, {"a.txt": b"Programa\tMeta\nV\xc3\xadas\t28\n" * 20, "b/c.csv": b"a;b\n1;2\n" * 20})


def _pdf(*, compressed: bool, encrypted: bool = False) -> Callable[[Path], Path]:
    """Two pages: prose, a ruled table, one without lines, a picture, a page on its side."""

    def make(path: Path) -> Path:
        from reportlab.lib.pdfencrypt import StandardEncryption
        from reportlab.lib.utils import ImageReader
        from reportlab.pdfgen.canvas import Canvas

        locked = StandardEncryption("", ownerPassword="x", canPrint=0) if encrypted else None
        canvas = Canvas(str(path), pagesize=(400, 400), pageCompression=compressed, invariant=1, encrypt=locked)
        canvas.drawString(40, 360, "Plan de Villa Ejemplo 2024-2027")
        canvas.grid([40, 160, 280, 340], [320, 300, 280, 260])
        for n, row in enumerate(ROWS):
            for x, y in ((45, 306), (45, 150)):
                for column, value in enumerate(row):
                    canvas.drawString(x + 120 * column, y - 20 * n, str(value))
        canvas.drawImage(ImageReader(_picture()), 40, 20, 30, 30)
        canvas.showPage()
        canvas.setPageRotation(90)
        canvas.drawString(40, 200, "Avance: 45 % de la meta del cuatrienio.")
        canvas.bookmarkPage("a")
        canvas.addOutlineEntry("Avance", "a")
        canvas.showPage()
        canvas.save()
        return path

    return make


def _picture() -> io.BytesIO:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(out, "PNG")
    out.seek(0)
    return out


def _workbook(path: Path) -> Path:
    """Merged cells, dates, a formula, a hidden sheet."""
    import datetime

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "Plan indicativo"
    sheet.merge_cells("A1:C1")
    for row in ROWS:
        sheet.append(row)
    sheet.append((datetime.date(2024, 3, 1), "=B3*2", 0.455))
    sheet["C6"].number_format = "0.0%"
    book.create_sheet("Oculta").sheet_state = "hidden"
    book.save(path)
    return path


def _merged_word(path: Path) -> Path:
    """Merged cells, a list, a header, a table in a table."""
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Alcaldía de Villa Ejemplo"
    document.add_paragraph("Primera meta", style="List Bullet")
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Línea estratégica: Agua"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Agua para todos"
    table.cell(1, 1).add_table(rows=2, cols=2).cell(0, 0).text = "28"
    document.save(str(path))
    return path


def _mail(path: Path) -> Path:
    """Text and its web page, a picture, an attached table, a mail inside."""
    message = EmailMessage()
    message["From"], message["To"] = "oficina@villaejemplo.gov.co", "persona@example.com"
    message["Subject"] = "Respuesta sobre las vías ñandú"
    message.set_content("Se construyeron 28 kilómetros de vía.\n> ¿Cuántos?\n")
    message.add_alternative("<p>Se construyeron <b>28</b> kilómetros.</p>", subtype="html")
    message.add_attachment("a;b\n1;2\n", subtype="csv", filename="../metas.csv")
    inner = EmailMessage()
    inner["Subject"] = "Pregunta"
    inner.set_content("¿Cuántos kilómetros?")
    message.add_attachment(inner)
    path.write_bytes(message.as_bytes())
    return path


def _page(path: Path) -> Path:
    """Spans, lists, nested tables, entities, an old encoding said in the page."""
    cells = "<tr><th colspan=2>Metas</th><th rowspan=2>2024</th></tr><tr><td>V&iacute;as<td>28<table><td>x</table></tr>"
    content = (
        f"<html><meta charset=iso-8859-1><h2>Avance</h2><ul><li>uno<li>dos</ul><table>{cells}</table><p>año</html>"
    )
    path.write_bytes(content.encode("latin-1"))
    return path


def _spanned_xls(path: Path) -> Path:
    return xls_file(path, [["Plan", None, True], *ROWS], merged=[(0, 0, 0, 1)], hidden=True)


#: Makers of the valid files that are broken, per suffix.
VALID: dict[str, tuple[Callable[[Path], Path], ...]] = {
    ".txt": (_text,),
    ".md": (_text,),
    ".csv": (_csv,),
    ".xlsx": (MAKERS[".xlsx"], _workbook),
    ".xls": (MAKERS[".xls"], _spanned_xls),
    ".docx": (MAKERS[".docx"], _merged_word),
    ".pptx": (pptx_file,),
    ".pdf": (pdf_file, _pdf(compressed=False), _pdf(compressed=True), _pdf(compressed=False, encrypted=True)),
    ".html": (MAKERS[".html"], _page),
    ".eml": (MAKERS[".eml"], _mail),
    ".zip": (_archive,),
}

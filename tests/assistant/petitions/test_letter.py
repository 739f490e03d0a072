"""The letter as a Word file: what it shows, that texts stay texts, and that a city may bring its own template."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from assistant.petitions.docx import DEFAULT_TEMPLATE, render_docx
from assistant.petitions.letter import AnnexRow, Letter, Paragraph, Role
from assistant.petitions.pdf import can_convert, to_pdf
from assistant.petitions.records import Edit
from assistant.settings import Settings
from ingest.errors import SettingsError
from ingest.fold import fold
from tests.support.petitions import Office, expected

LETTER = Letter(
    entity="Alcaldía de Villa Serena",
    office="Secretaría de Salud & Deporte",
    reply_radicado="2026-EE-15",
    written_on="3 de marzo de 2026",
    city="Villa Serena",
    addressee=("Señor(a):", "PEPA <FICTICIA> & HIJOS", "Calle 1 # 2-3"),
    subject="Respuesta <b>al</b> Derecho de Petición",
    petition_radicado="2026-ER-9",
    body=(
        Paragraph("1. Brigadas & canchas", is_title=True),
        Paragraph("La meta es «48» <5 [1][2].\nOtra línea {{ 7*7 }}."),
    ),
    farewell="Cordialmente,",
    signer_name="Carla Firma",
    signer_position="Secretaria",
    roles=(Role("Elaboró", "Ana"), Role("Revisó", "Bruno"), Role("Aprobó", "Clara")),
    annex_title="Anexo. Filas citadas",
    annex_columns=("Nota", "Documento", "Indicador o dato", "Línea base", "Meta o cifra", "Ubicación"),
    annex=(AnnexRow(1, "Plan & más", "Brigadas <rurales>", "22", "48", "línea 3"),),
    draft_mark="BORRADOR",
    draft_note="sin aprobar",
)


def texts(content: bytes) -> str:
    """All text of a Word file: body, tables, headers and footers."""
    parts = zipfile.ZipFile(io.BytesIO(content))
    names = [name for name in parts.namelist() if re.match(r"word/(?:document|header\d|footer\d)\.xml", name)]
    xml = "\n".join(parts.read(name).decode("utf-8") for name in names)
    import html

    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</w:p>|<w:br/>", "\n", xml)))


def test_the_letter_shows_every_part_of_it() -> None:
    shown = texts(render_docx(LETTER))
    for part in (
        *(
            "Alcaldía de Villa Serena",
            "2026-EE-15",
            "3 de marzo de 2026",
            "PEPA <FICTICIA> & HIJOS",
            "Asunto: ",
            "2026-ER-9",
        ),
        *("1. Brigadas & canchas", "Cordialmente,", "Carla Firma", "Secretaria", "Elaboró: Ana", "Revisó: Bruno"),
        *("Aprobó: Clara", "Anexo. Filas citadas", "Brigadas <rurales>", "Plan & más", "[1]"),
    ):
        assert part in shown, part


def test_markup_and_marks_of_templates_in_a_text_stay_text() -> None:
    shown = texts(render_docx(LETTER))
    assert "Respuesta <b>al</b> Derecho de Petición" in shown
    assert "«48» <5" in shown
    assert "{{ 7*7 }}" in shown
    assert "49" not in shown


def test_the_letter_opens_again_whole() -> None:
    document = docx.Document(io.BytesIO(render_docx(LETTER)))
    assert any(
        "Brigadas" in paragraph.text and paragraph.style.name == "Heading 2" for paragraph in document.paragraphs
    )
    raised = [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.font.superscript]
    assert "".join(raised).split() == ["[1][2]"]


def test_characters_that_no_word_file_can_hold_are_left_out() -> None:
    shown = texts(render_docx(replace(LETTER, subject="uno\x00dos\x0btres\ud800")))
    assert "unodostres" in shown


def test_a_draft_says_so_on_every_page_until_it_is_approved(office: Office) -> None:
    draft = office.draft_of("letters.txt", "Ana Proyecta")
    service = office.service
    assert "BORRADOR" in texts(service.reply_docx(draft.id))
    service.transition(draft.id, "submit", actor="Ana Proyecta", version=1)
    assert "BORRADOR" in texts(service.reply_docx(draft.id))
    service.transition(draft.id, "approve", actor="Bruno Revisa", version=1)
    content = service.reply_docx(draft.id)
    assert "BORRADOR" not in texts(content)
    assert b"BORRADOR" not in b"".join(
        zipfile.ZipFile(io.BytesIO(content)).read(n) for n in zipfile.ZipFile(io.BytesIO(content)).namelist()
    )
    assert "Aprobó: Bruno Revisa" in texts(content)
    service.edit(draft.id, Edit(city="Otra"), author="Ana Proyecta", version=1)
    assert "BORRADOR" in texts(service.reply_docx(draft.id))


def test_the_petitioner_stands_in_the_address_block_alone(office: Office) -> None:
    for name, wanted in expected().items():
        draft = office.draft_of(name)
        letter = office.service.letter(draft.id)
        rest = fold(repr(replace(letter, addressee=())))
        assert len(letter.addressee) > 1
        assert [datum for datum in wanted["redact"] if fold(datum) in rest] == [], name


def test_a_city_brings_its_own_template(tmp_path: Path) -> None:
    own = docx.Document()
    own.add_paragraph("República de los Ejemplos: {{ subject }}")
    own.save(str(tmp_path / "propia.docx"))
    assert "República de los Ejemplos: Respuesta <b>al</b>" in texts(render_docx(LETTER, tmp_path / "propia.docx"))


@pytest.mark.parametrize(
    "mark",
    [
        "{{ nobody_fills_this }}",
        "{{ subject.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{% for x in %}",
    ],
)
def test_a_template_that_reaches_further_than_its_fields_is_refused(tmp_path: Path, mark: str) -> None:
    own = docx.Document()
    own.add_paragraph(mark)
    own.save(str(tmp_path / "mala.docx"))
    with pytest.raises(SettingsError, match=r"mala\.docx"):
        render_docx(LETTER, tmp_path / "mala.docx")


def test_a_template_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "rota.docx").write_bytes(b"no es un archivo de Word")
    for path in (tmp_path / "rota.docx", tmp_path / "ausente.docx"):
        with pytest.raises(SettingsError, match="CABILDO_LETTER_TEMPLATE"):
            render_docx(LETTER, path)


def test_the_script_makes_the_template_that_travels(tmp_path: Path) -> None:
    script = DEFAULT_TEMPLATE.parents[1] / "scripts" / "make_letter_template.py"
    subprocess.run([sys.executable, str(script), str(tmp_path / "letter.docx")], check=True)
    made, kept = (zipfile.ZipFile(path) for path in (tmp_path / "letter.docx", DEFAULT_TEMPLATE))
    assert {name: made.read(name) for name in made.namelist()} == {name: kept.read(name) for name in kept.namelist()}


@pytest.mark.slow
@pytest.mark.skipif(not can_convert(), reason="LibreOffice (soffice) is not installed")
def test_the_letter_becomes_pages(tmp_path: Path) -> None:
    import pypdfium2

    content = to_pdf(render_docx(LETTER), Settings(data_dir=tmp_path, _env_file=None))
    pages = pypdfium2.PdfDocument(content)
    try:
        text = [page.get_textpage().get_text_range() for page in pages]
    finally:
        pages.close()
    assert len(text) == 2
    assert "PEPA <FICTICIA> & HIJOS" in text[0]
    assert "Filas citadas" in text[1]
    assert all("BORRADOR" in page for page in text)

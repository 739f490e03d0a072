"""Makes ``prompts/letter.docx``, the template of the replies to petitions: ``python scripts/make_letter_template.py``.

Its marks are docxtpl's: ``{{ … }}`` the fields of ``assistant.petitions.letter.Letter``, ``{%p … %}``, ``{%r … %}`` and
``{%tr … %}`` conditions and loops over paragraphs, runs and table rows. A city edits a copy of it in Word, and names the
copy in CABILDO_LETTER_TEMPLATE.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

TARGET = Path(__file__).resolve().parents[1] / "prompts" / "letter.docx"

_FONT = "Arial"
_INK = RGBColor(0x1F, 0x2A, 0x44)
_RULE = "8A94A6"
_RED = RGBColor(0xB4, 0x23, 0x18)
_ANNEX_WIDTHS = (1.2, 3.1, 4.6, 3.2, 3.2, 2.3)
_MADE = datetime(2026, 1, 1, tzinfo=UTC)

#: A word across the page, behind the text: WordArt as Word itself writes a watermark.
_WATERMARK = """
<w:r {w}><w:rPr><w:noProof/></w:rPr><w:pict xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>
<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>
<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="BorradorMarca" o:spid="_x0000_s2049" type="#_x0000_t136" alt="{{{{ draft_mark }}}}"
 style="position:absolute;margin-left:0;margin-top:0;width:440pt;height:110pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin"
 fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/><v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string="{{{{ draft_mark }}}}"/></v:shape>
</w:pict></w:r>
"""  # noqa: E501


def make(target: Path) -> None:
    """Write the template."""
    document = Document()
    _properties(document)
    _page(document)
    _styles(document)
    _header(document)
    _footer(document)
    _body(document)
    document.save(str(target))


def _properties(document: Any) -> None:
    core = document.core_properties
    core.author, core.title, core.comments, core.language = "Cabildo", "Respuesta a derecho de petición", "", "es-CO"
    core.created = core.modified = _MADE


def _page(document: Any) -> None:
    """Carta, with the margins of Colombian official letters."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.59), Cm(27.94)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2.0)
    section.top_margin, section.bottom_margin = Cm(3.6), Cm(2.2)
    section.header_distance, section.footer_distance = Cm(1.2), Cm(1.0)


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(11)
    fonts = normal.element.rPr.rFonts
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), _FONT)
    normal.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="es-CO" w:eastAsia="es-CO"/>'))
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(8), 1.1
    title = document.styles["Heading 2"]
    title.font.name, title.font.size, title.font.bold, title.font.color.rgb = _FONT, Pt(11), True, _INK
    title.element.rPr.rFonts.attrib.clear()
    for kind in ("w:ascii", "w:hAnsi", "w:cs"):
        title.element.rPr.rFonts.set(qn(kind), _FONT)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(12), Pt(5)
    title.paragraph_format.keep_with_next = True


def _header(document: Any) -> None:
    """Entity and office at the left, radicado and date at the right, and the mark of a draft: on every page."""
    header = document.sections[0].header
    table = header.add_table(1, 2, Cm(17.09))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    left, right = table.rows[0].cells
    left.width, right.width = Cm(11.0), Cm(6.09)
    _write(left.paragraphs[0], "{{ entity }}", size=13, bold=True, colour=_INK, after=0)
    _write(left.add_paragraph(), "{{ office }}", size=9, after=0)
    _write(right.paragraphs[0], "Radicado: {{ reply_radicado }}", size=9, bold=True, align="right", after=0)
    _write(right.add_paragraph(), "Fecha: {{ written_on }}", size=9, align="right", after=0)
    _write(
        right.add_paragraph(),
        "{% if petition_radicado %}Responde a: {{ petition_radicado }}{% endif %}",
        size=8,
        align="right",
        after=0,
    )  # noqa: E501
    first = header.paragraphs[0]
    first._p.getparent().remove(first._p)
    line = header.add_paragraph()
    _rule(line)
    line.paragraph_format.space_after = Pt(0)
    _write(header.add_paragraph(), "{%p if draft_mark %}", after=0)
    mark = header.add_paragraph()
    _write(mark, "{{ draft_mark }}", size=12, bold=True, colour=_RED, align="center", after=0)
    _run(mark, " · {{ draft_note }}", size=9, colour=_RED)
    mark._p.append(parse_xml(_WATERMARK.format(w=nsdecls("w"))))
    _write(header.add_paragraph(), "{%p endif %}", after=0)


def _footer(document: Any) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    _rule(paragraph, side="top")
    _write(paragraph, "{{ entity }} · Página ", size=8, align="center", after=0)
    _field(paragraph, "PAGE")
    _run(paragraph, " de ", size=8)
    _field(paragraph, "NUMPAGES")


def _body(document: Any) -> None:
    add = document.add_paragraph
    _write(add(), "{{ city }}, {{ written_on }}", after=14)
    _write(add(), "{%p for line in addressee %}")
    block = add()
    _write(block, "{% if loop.index == 2 %}", bold=True, after=0)
    _run(block, "{{ line }}", bold=True)
    _run(block, "{% else %}")
    _run(block, "{{ line }}")
    _run(block, "{% endif %}")
    _write(add(), "{%p endfor %}")
    _write(add(), "{{ city }}", after=14)
    subject = add()
    _write(subject, "Asunto: ", bold=True, after=14)
    _run(subject, "{{ subject }}")
    _paragraphs(add)
    _write(add(), "{{ farewell }}", after=42, keep=True)
    _write(add(), "{{ signer_name }}", bold=True, after=0, keep=True)
    _write(add(), "{{ signer_position }}", after=0, keep=True)
    _write(add(), "{{ office }}", after=16, keep=True)
    _roles(document)
    _annex(document)


def _paragraphs(add: Any) -> None:
    """The body: titles, and paragraphs whose marks of notes are raised."""
    _write(add(), "{%p for paragraph in body %}")
    _write(add(), "{%p if paragraph.is_title %}")
    add("{{ paragraph.text }}", style="Heading 2")
    _write(add(), "{%p else %}")
    text = add()
    text.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _run(text, "{%r for piece in paragraph.pieces %}")
    _run(text, "{%r if piece.is_mark %}")
    mark = text.add_run("{{ piece.text }}")
    mark.font.superscript, mark.font.bold, mark.font.color.rgb = True, True, _INK
    _run(text, "{%r else %}")
    _run(text, "{{ piece.text }}")
    _run(text, "{%r endif %}")
    _run(text, "{%r endfor %}")
    _write(add(), "{%p endif %}")
    _write(add(), "{%p endfor %}")


def _roles(document: Any) -> None:
    """Elaboró, Revisó, Aprobó, side by side."""
    table = document.add_table(1, 3)
    table.style = "Table Grid"
    _borders(table)
    cells = table.rows[0].cells
    for index, cell in enumerate(cells):
        cell.width = Cm(5.69)
        _write(cell.paragraphs[0], f"{{{{ roles[{index}].label }}}}: ", size=8, bold=True, after=0)
        _run(cell.paragraphs[0], f"{{{{ roles[{index}].name }}}}", size=8)


def _annex(document: Any) -> None:
    """The cited rows on a page of their own, when there are any."""
    add = document.add_paragraph
    _write(add(), "{%p if annex %}", after=0)
    title = add("{{ annex_title }}", style="Heading 2")
    title.paragraph_format.page_break_before = True
    table = document.add_table(4, len(_ANNEX_WIDTHS))
    table.style = "Table Grid"
    table.autofit = False
    _borders(table)
    head, loop, row, end = table.rows
    for index, cell in enumerate(head.cells):
        _write(cell.paragraphs[0], f"{{{{ annex_columns[{index}] }}}}", size=8, bold=True, after=0)
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="E8ECF3"/>'))
    head._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    _write(loop.cells[0].paragraphs[0], "{%tr for row in annex %}", size=8)
    fields = ("n", "document", "indicator", "baseline", "target", "place")
    for field, cell in zip(fields, row.cells, strict=True):
        text = "[{{ row.n }}]" if field == "n" else f"{{{{ row.{field} }}}}"
        _write(cell.paragraphs[0], text, size=8, after=0)
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    _write(end.cells[0].paragraphs[0], "{%tr endfor %}", size=8)
    for line in table.rows:
        for width, cell in zip(_ANNEX_WIDTHS, line.cells, strict=True):
            cell.width = Cm(width)
    _write(add(), "{%p endif %}", after=0)


def _write(
    paragraph: Any,
    text: str,
    *,
    size: float | None = None,
    bold: bool = False,
    colour: RGBColor | None = None,
    align: str | None = None,
    after: float | None = None,
    keep: bool = False,
) -> None:
    _run(paragraph, text, size=size, bold=bold, colour=colour)
    if align is not None:
        paragraph.alignment = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}[align]
    if after is not None:
        paragraph.paragraph_format.space_after = Pt(after)
    paragraph.paragraph_format.keep_with_next = keep or None


def _run(
    paragraph: Any, text: str, *, size: float | None = None, bold: bool = False, colour: RGBColor | None = None
) -> None:
    run = paragraph.add_run(text)
    run.font.bold = bold or None
    if size is not None:
        run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = colour


def _field(paragraph: Any, instruction: str) -> None:
    """A field that Word and LibreOffice compute: the page's number, the number of pages."""
    field = parse_xml(
        f'<w:fldSimple {nsdecls("w")} w:instr="{instruction}"><w:r><w:rPr><w:sz w:val="16"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'  # noqa: E501
    )
    paragraph._p.append(field)


def _rule(paragraph: Any, side: str = "bottom") -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:pBdr {nsdecls("w")}><w:{side} w:val="single" w:sz="6" w:space="1" w:color="{_RULE}"/></w:pBdr>')
    )


def _borders(table: Any) -> None:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="{_RULE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>"))


def main(arguments: Sequence[str]) -> None:
    make(Path(arguments[0]) if arguments else TARGET)


if __name__ == "__main__":
    main(sys.argv[1:])

"""The numbers that Word prints before paragraphs: they stand in no text of the file."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from ingest.readers.docx_file import read
from ingest.readers.docx_numbers import written

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
Paragraphs = list[tuple[str, int | None, int | None]]


def level(at: int, text: str, form: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


OUTLINE = level(0, "%1.") + level(1, "%1.%2") + level(2, "%3)", "lowerLetter")


def texts(folder: Path, definition: str, paragraphs: Paragraphs, more_lists: str = "") -> list[str]:
    """What is read of paragraphs (text, list, level), list 1 having these levels."""
    document = docx.Document()
    part = document.part.numbering_part.element
    for known in list(part):
        part.remove(known)
    lists = f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{more_lists}'
    both = parse_xml(
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">{definition}</w:abstractNum>{lists}</w:numbering>'
    )
    for element in list(both):
        part.append(element)
    for text, number, at in paragraphs:
        paragraph = document.add_paragraph(text)
        if number is not None:
            place = "" if at is None else f'<w:ilvl w:val="{at}"/>'
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {W}>{place}<w:numId w:val="{number}"/></w:numPr>')
            )
    document.save(str(folder / "a.docx"))
    return [block.text for block in read(folder / "a.docx").blocks]


def test_levels_count_on_and_start_again_under_the_next_number(tmp_path: Path) -> None:
    paragraphs: Paragraphs = [
        ("Línea", 1, 0),
        ("Uno", 1, 1),
        ("Dos", 1, 1),
        ("x", 1, 2),
        ("Otra", 1, 0),
        ("Tres", 1, 1),
    ]
    assert texts(tmp_path, OUTLINE, paragraphs) == ["1. Línea", "1.1 Uno", "1.2 Dos", "a) x", "2. Otra", "2.1 Tres"]


def test_a_paragraph_between_has_no_number_and_an_empty_one_counts(tmp_path: Path) -> None:
    paragraphs: Paragraphs = [("Uno", 1, 0), ("prosa", None, None), ("", 1, 0), ("Tres", 1, 0)]
    assert texts(tmp_path, OUTLINE, paragraphs) == ["1. Uno", "prosa", "3. Tres"]


def test_a_list_of_its_own_start_begins_there_once(tmp_path: Path) -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    other = f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{override}</w:num>'
    paragraphs: Paragraphs = [("Uno", 1, 0), ("Cinco", 2, 0), ("Seis", 2, 0)]
    assert texts(tmp_path, OUTLINE, paragraphs, other) == ["1. Uno", "5. Cinco", "6. Seis"]


def test_a_level_that_never_starts_again_counts_through(tmp_path: Path) -> None:
    levels = level(0, "%1.") + level(1, "Programa %2:", more='<w:lvlRestart w:val="0"/>')
    paragraphs: Paragraphs = [("A", 1, 0), ("uno", 1, 1), ("B", 1, 0), ("dos", 1, 1)]
    assert texts(tmp_path, levels, paragraphs) == ["1. A", "Programa 1: uno", "2. B", "Programa 2: dos"]


def test_bullets_unknown_lists_and_list_zero_give_no_number(tmp_path: Path) -> None:
    levels = level(0, "•", "bullet")
    assert texts(tmp_path, levels, [("a", 1, 0), ("b", 9, 0), ("c", 0, 0)]) == ["a", "b", "c"]


def test_a_style_is_numbered_by_the_level_that_names_it(tmp_path: Path) -> None:
    document = docx.Document()
    part = document.part.numbering_part.element
    levels = level(0, "%1.", more='<w:pStyle w:val="Heading1"/>') + level(
        1, "%1.%2", more='<w:pStyle w:val="Heading2"/>'
    )
    part.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{levels}</w:abstractNum>'))
    part.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for name in ("Heading 1", "Heading 2"):
        properties = document.styles[name].element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {W}><w:numId w:val="77"/></w:numPr>'))
    document.add_heading("Seguridad humana", 1)
    document.add_heading("Programa Convivencia", 2)
    document.add_heading("Programa Playas", 2)
    document.save(str(tmp_path / "a.docx"))
    assert [block.text for block in read(tmp_path / "a.docx").blocks] == [
        "1. Seguridad humana",
        "1.1 Programa Convivencia",
        "1.2 Programa Playas",
    ]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [(4, "upperRoman", "IV"), (1994, "lowerRoman", "mcmxciv"), (28, "lowerLetter", "bb"), (3, "decimalZero", "03"),
     (2, "ordinal", "2º"), (7, "chicago", "7")],
)  # fmt: skip
def test_numbers_in_words_forms(value: int, form: str, text: str) -> None:
    assert written(value, form) == text

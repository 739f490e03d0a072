"""CSV files as one table: delimiters, encodings, quotation marks and line numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import InputError
from ingest.readers import delimited
from ingest.readers.content import ReadContent
from ingest.readers.delimited import read
from ingest.records import Table

Write = Callable[[str | bytes], ReadContent]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    def write(content: str | bytes) -> ReadContent:
        path = tmp_path / "tabla.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return read(path)

    return write


def table_of(content: ReadContent) -> Table:
    (block,) = content.blocks
    assert block.table is not None
    return block.table


def texts_of(content: ReadContent) -> list[tuple[str, ...]]:
    return [row.texts for row in table_of(content).rows]


def codes_of(content: ReadContent) -> list[str]:
    return [notice.code for notice in content.notices]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_delimiter_is_recognised(written: Write, delimiter: str) -> None:
    rows = [("Indicador", "Línea base", "Meta"), ("Cámaras", "939", "849")]
    content = written("\n".join(delimiter.join(row) for row in rows))
    assert (texts_of(content), content.notices) == (rows, ())


def test_decimal_commas_are_no_delimiters(written: Write) -> None:
    content = written("Indicador;Base;Meta\nHomicidios;35,1;28,0\nHurto;721,1;550,5\n")
    assert texts_of(content)[1] == ("Homicidios", "35,1", "28,0")


def test_commas_inside_quotation_marks_are_text(written: Write) -> None:
    content = written('Indicador,Meta\n"Paz, justicia y ""convivencia""",8\n')
    assert texts_of(content)[1] == ('Paz, justicia y "convivencia"', "8")


def test_a_title_above_the_table_does_not_hide_the_delimiter(written: Write) -> None:
    content = written("Plan de desarrollo, vigencia 2024, metas\n\nIndicador;Meta\nCámaras;849\nGaritas;20\n")
    assert texts_of(content)[1:] == [("Indicador", "Meta"), ("Cámaras", "849"), ("Garitas", "20")]


def test_a_declared_delimiter_is_believed_and_is_no_row(written: Write) -> None:
    content = written("sep=|\na,b|c,d\n")
    assert texts_of(content) == [("a,b", "c,d")]
    assert table_of(content).rows[0].place.line == 2


def test_lines_are_those_of_the_file(written: Write) -> None:
    content = written('Indicador;Meta\r\n\r\n"en dos\r\nlíneas";3\r\nGaritas;20\r\n')
    places = [(row.place.line, row.place.line_end) for row in table_of(content).rows]
    assert places == [(1, None), (3, 4), (5, None)]
    assert texts_of(content)[1] == ("en dos\nlíneas", "3")


@pytest.mark.parametrize(
    ("encoding", "codes"), [("utf-8", []), ("utf-8-sig", []), ("cp1252", ["encoding"]), ("utf-16", [])]
)
def test_encodings(written: Write, encoding: str, codes: list[str]) -> None:
    content = written("Línea;Año\nNiñez;“2024”\n".encode(encoding))
    assert (texts_of(content), codes_of(content)) == ([("Línea", "Año"), ("Niñez", "“2024”")], codes)


def test_rows_have_the_same_length_and_empty_columns_at_the_end_are_dropped(written: Write) -> None:
    content = written("a;b;c;;\nd;e;f;;\ng;;;;\n;;;;\n")
    assert texts_of(content) == [("a", "b", "c"), ("d", "e", "f"), ("g", "", "")]


def test_a_row_with_too_many_cells_is_kept_and_said(written: Write) -> None:
    content = written("a,b\nc,d\ne,f,g\n")
    assert texts_of(content)[2] == ("e", "f", "g")
    assert [(notice.code, notice.place) for notice in content.notices] == [("ragged-rows", "línea 3")]


def test_a_quotation_mark_that_nobody_closes_does_not_swallow_the_file(written: Write) -> None:
    lines = ["Indicador;Meta", '"Tubería de 3;5', *(f"Indicador {number};{number}" for number in range(300))]
    content = written("\n".join(lines))
    assert len(table_of(content).rows) == 302
    assert codes_of(content) == ["unclosed-quote"]


def test_a_file_without_delimiter_is_said(written: Write) -> None:
    assert codes_of(written("uno\ndos\n")) == ["no-delimiter"]


def test_rows_beyond_the_bound_are_left_out_and_said(written: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_ROWS", 2)
    content = written("a;b\nc;d\ne;f\n")
    assert texts_of(content) == [("a", "b"), ("c", "d")]
    assert [(notice.code, notice.place) for notice in content.notices] == [("table-cut", "línea 3")]


@pytest.mark.parametrize("data", [b"", b" \n", b";;\n;;\n", bytes(range(256)) * 4])
def test_what_holds_no_words_is_an_error(written: Write, data: bytes) -> None:
    with pytest.raises(InputError):
        written(data)


def test_a_file_with_tabs_is_parted_at_tabs_alone(tmp_path: Path) -> None:
    path = tmp_path / "tabla.tsv"
    path.write_text("Indicador\tMeta\nVías; caminos, puentes\t28\n", encoding="utf-8")
    assert texts_of(read(path)) == [("Indicador", "Meta"), ("Vías; caminos, puentes", "28")]


def test_sentences_above_a_table_do_not_tell_its_delimiter(written: Write) -> None:
    prose = ["Texto del plan, con comas, y más.", "Otra frase, de la portada.", "Y otra, breve.", "Ahora, la tabla:"]
    content = written("\n".join([*prose, "Indicador;Línea base;Meta", "Cámaras;939;849", "Redes;1;2"]))
    assert texts_of(content)[-2:] == [("Cámaras", "939", "849"), ("Redes", "1", "2")]

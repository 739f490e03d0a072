"""Web pages as blocks: what of a page is text, how its tables are laid out, and by which encoding it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import InputError
from ingest.readers import html_page, read_file
from ingest.readers.content import ReadContent
from ingest.readers.html_page import page_to_blocks, read
from ingest.records import Block


def blocks_of(body: str) -> tuple[Block, ...]:
    return page_to_blocks(f"<html><body>{body}</body></html>")[0]


def table_texts(body: str) -> list[tuple[str, ...]]:
    (table,) = [block.table for block in blocks_of(body) if block.table is not None]
    return [row.texts for row in table.rows]


def read_bytes(tmp_path: Path, content: bytes) -> ReadContent:
    path = tmp_path / "p.html"
    path.write_bytes(content)
    return read(path)


def test_headings_paragraphs_and_items_in_order() -> None:
    found = blocks_of(
        "<h2>Metas</h2>suelto<p>uno <b>dos</b></p><ul><li>tres<ol><li>cuatro</ol>cinco</ul><p><b>seis</b>"
    )
    assert [(b.kind, b.level, b.text, b.emphasis) for b in found] == [
        ("heading", 2, "Metas", False),
        ("paragraph", None, "suelto", False),
        ("paragraph", None, "uno dos", False),
        ("item", 1, "tres", False),
        ("item", 2, "cuatro", False),
        ("item", 1, "cinco", False),
        ("paragraph", None, "seis", True),
    ]
    assert [b.place.cell for b in found] == [f"P{n}" for n in range(1, 8)]


def test_menus_scripts_and_styles_are_no_text() -> None:
    found = blocks_of(
        "<nav>Inicio</nav><script>x='<p>no</p>'</script>a<style>p{}</style>b<noscript>no</noscript><!-- no -->c"
    )
    assert [b.text for b in found] == ["abc"]


def test_entities_and_white_space_are_what_a_browser_shows() -> None:
    (block,) = blocks_of("<p>35,1&nbsp;%&#32;\n  m&aacute;s &lt;b&gt; co&shy;ma<br>l&iacute;nea</p>")
    assert block.text == "35,1 % más <b> coma\nlínea"


def test_cells_over_rows_and_columns_say_their_text_in_every_place() -> None:
    assert table_texts(
        "<table><thead><tr><th rowspan=2>Programa<th colspan=2>Meta</tr><tr><th>2024<th>2025</tr></thead>"
        "<tbody><tr><td rowspan=0>Vías<td>1<td><p>2</p><p>km</p></tr><tr><td>3<td>4</tr></tbody>"
        "<tfoot><tr><td>Total</td></tr></tfoot></table>"
    ) == [
        ("Programa", "Meta", "Meta"),
        ("Programa", "2024", "2025"),
        ("Vías", "1", "2\nkm"),
        ("Vías", "3", "4"),
        ("Total", "", ""),
    ]


def test_a_caption_is_the_title_and_rows_have_places() -> None:
    (block,) = blocks_of("<table><caption>Metas 2024</caption><tr><td>a<td>b</tr><tr><td>c<td>d</tr></table>")
    assert block.table is not None
    assert block.table.title == "Metas 2024"
    assert [str(row.place) for row in block.table.rows] == ["celda T1R1", "celda T1R2"]


def test_a_table_that_lays_out_the_page_is_opened() -> None:
    found = blocks_of(
        "<table><tr><td><h1>Título</h1><p>texto</td><td><table><tr><td>a<td>b</tr></table></td></tr></table>"
    )
    assert [b.kind for b in found] == ["heading", "paragraph", "table"]


def test_hidden_text_is_told_and_not_read() -> None:
    blocks, notices = page_to_blocks('<p>visible<p style="display: none">oculto<p hidden>también')
    assert ([b.text for b in blocks], [n.code for n in notices]) == (["visible"], ["hidden-text"])


def test_the_title_heads_a_page_that_has_no_headings() -> None:
    blocks, _ = page_to_blocks("<title>Metas de 2024</title><p>hola")
    assert [(b.kind, b.text) for b in blocks] == [("heading", "Metas de 2024"), ("paragraph", "hola")]


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ("<meta charset=iso-8859-1>", "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
        ('<?xml version="1.0" encoding="utf-8"?>', "utf-8"),
        ("", "utf-8"),
        ("", "utf-16"),
        ("<meta charset=utf-8>", "utf-16"),
    ],
)
def test_a_page_is_read_by_the_encoding_it_declares(tmp_path: Path, declaration: str, encoding: str) -> None:
    content = read_bytes(tmp_path, f"{declaration}<p>Niñez y “vías”</p>".encode(encoding))
    assert ([b.text for b in content.blocks], content.notices) == (["Niñez y “vías”"], ())


@pytest.mark.parametrize("declaration", ["", "<meta charset=utf-8>", "<meta charset=nada>"])
def test_a_page_that_is_not_what_it_declares_is_read_and_told(tmp_path: Path, declaration: str) -> None:
    content = read_bytes(tmp_path, f"{declaration}<p>Niñez</p>".encode("latin-1"))
    assert ([b.text for b in content.blocks], [n.code for n in content.notices]) == (["Niñez"], ["encoding"])


def test_a_table_too_large_is_cut_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_page, "MAX_CELLS", 10)
    blocks, notices = page_to_blocks("<table>" + "<tr><td>a<td>b<td>c</tr>" * 9 + "</table><p>fin")
    assert blocks[0].table is not None
    assert (len(blocks[0].table.rows), blocks[1].text, [n.code for n in notices]) == (3, "fin", ["table-cut"])


def test_spans_that_lie_cost_little() -> None:
    rows = "<tr>" + "<td colspan=99999 rowspan=99999>x" * 2000 + "</tr>"
    blocks, notices = page_to_blocks(f"<table>{rows * 3}</table>")
    assert blocks[0].table is not None
    assert {len(row.cells) for row in blocks[0].table.rows} == {html_page.MAX_COLUMNS}
    assert [n.code for n in notices] == ["table-cut"]


def test_a_page_nested_too_deep_is_told() -> None:
    _, notices = page_to_blocks("<p>hola" + "<div>" * 50_000 + "fondo")
    assert [n.code for n in notices] == ["page-cut"]


def test_a_page_without_words_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no tiene texto"):
        read_bytes(tmp_path, b"<html><script>pintar()</script></html>")


def test_a_page_is_not_taken_for_slides(tmp_path: Path) -> None:
    path = tmp_path / "p.htm"
    path.write_text("<p>hola")
    assert not read_file(path).media_type.startswith("text/")

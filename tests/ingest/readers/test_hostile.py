"""Files made to do harm, and files broken by accident: one clear line each, within bounds of time and memory."""

from __future__ import annotations

import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from ingest.errors import InputError
from ingest.parsing import ParseLimits
from ingest.readers import READERS, package, read_file
from ingest.records import Overrides
from ingest.sandbox import Sandbox, StoppedError
from tests.support.files import MAKERS, ROWS, change_part, compound_file

#: Where the words of each package are.
MAIN_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/worksheets/sheet1.xml", ".pptx": "ppt/slides/slide1.xml"}
SECONDS = 30


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One child for the whole module, within what a file may cost here."""
    with Sandbox(ParseLimits(max_seconds=SECONDS, max_memory_mb=1024)) as made:
        yield made


def complaint(path: Path) -> str:
    """The line that is said of a file that is not read."""
    with pytest.raises(InputError) as caught:
        read_file(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def open_up(sandbox: Sandbox, path: Path, out: Path) -> None:
    """What an ingest does with a file."""
    if path.suffix == ".zip":
        sandbox.unpack(path, out)
    else:
        sandbox.parse(path, path.name, Overrides())


@pytest.mark.parametrize("suffix", [*MAKERS, ".txt", ".csv", ".md", ".htm", ".xlsm", ".pptm", ".ppsx"])
def test_an_empty_file_is_one_line(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"")
    assert complaint(path) == "El archivo está vacío."


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".pptx"])
@pytest.mark.parametrize("kept", [4, 30, 1000, -30, -400])
def test_a_truncated_package_is_one_line(tmp_path: Path, suffix: str, kept: int) -> None:
    path = MAKERS[suffix](tmp_path / f"a{suffix}")
    path.write_bytes(path.read_bytes()[:kept])
    assert "dañado o incompleto" in complaint(path)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".pptx", ".xls"])
def test_an_encrypted_package_is_one_line(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(compound_file("EncryptedPackage", b"x" * 5000))
    assert "contraseña" in complaint(path)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".pptx", ".zip"])
def test_a_bomb_is_not_unpacked(tmp_path: Path, suffix: str, sandbox: Sandbox) -> None:
    path = tmp_path / f"a{suffix}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MAIN_PARTS.get(suffix, "a.txt"), b" " * (package.RATIO_FLOOR * 4))
    begun = time.monotonic()
    with pytest.raises(InputError, match="sospechosa"):
        open_up(sandbox, path, tmp_path)
    assert time.monotonic() - begun < 5
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", MAIN_PARTS)
def test_a_bomb_that_lies_about_its_size_costs_what_it_says(tmp_path: Path, suffix: str, sandbox: Sandbox) -> None:
    path = MAKERS[suffix](tmp_path / f"a{suffix}")
    change_part(path, MAIN_PARTS[suffix], lambda xml: xml + b" " * (package.RATIO_FLOOR * 4))
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(MAIN_PARTS[suffix].encode()))
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(InputError, match="dañado") as caught:
        sandbox.parse(path, "a", Overrides())
    assert not isinstance(caught.value, StoppedError)


#: Nine entities, each ten times the one before: a gigabyte of text.
_LAUGHS = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"x") for n in range(10))


@pytest.mark.parametrize("suffix", MAIN_PARTS)
def test_entities_are_not_expanded(tmp_path: Path, suffix: str, sandbox: Sandbox) -> None:
    path = MAKERS[suffix](tmp_path / f"a{suffix}")
    change_part(path, MAIN_PARTS[suffix], lambda xml: with_doctype(xml, _LAUGHS, b"&a9;"))
    begun = time.monotonic()
    try:
        parsed = sandbox.parse(path, "a", Overrides())
    except StoppedError:
        raise
    except InputError:
        pass
    else:
        assert len(parsed.model_dump_json()) < 100_000
    assert time.monotonic() - begun < 5


def with_doctype(xml: bytes, entities: bytes, use: bytes) -> bytes:
    """A part that declares entities, and uses one in its first text."""
    head, mark, rest = xml.partition(b"?>")
    body = rest if mark else head
    for text in (str(ROWS[1][1]).encode(), b"<v>28</v>", b"</sheetData>"):
        if text in body:
            body = body.replace(text, use + text, 1)
            break
    root = body.lstrip()[1:].split(b" ")[0].split(b">")[0]
    return b'<?xml version="1.0"?><!DOCTYPE ' + root + b" [" + entities + b"]>" + body.lstrip()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_package_whose_parts_declare_a_document_type_is_refused(tmp_path: Path, encoding: str) -> None:
    """ISO/IEC 29500-2 forbids it; a reader that drops what the entities stand for would lose words in silence."""
    path = MAKERS[".docx"](tmp_path / "a.docx")
    change_part(path, "word/document.xml", lambda xml: with_doctype(xml, b"", b"").decode().encode(encoding))
    assert "DOCTYPE" in complaint(path)


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing is printed."""

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}", asked
        listening.shutdown()
        thread.join()


@pytest.mark.parametrize("suffix", [*MAIN_PARTS, ".html"])
def test_nothing_a_file_points_at_is_fetched(
    tmp_path: Path, suffix: str, server: tuple[str, list[str]], sandbox: Sandbox
) -> None:
    address, asked = server
    secret = tmp_path / "secreto.txt"
    secret.write_text("palabra-secreta")
    path = MAKERS[suffix](tmp_path / f"a{suffix}")
    if suffix == ".html":
        extra = (
            f'<link rel="stylesheet" href="{address}/a.css"><img src="{address}/b"><iframe src="{address}/c"></iframe>'
        )
        path.write_text(path.read_text("utf-8").replace("<h1>", f"{extra}<h1>"), encoding="utf-8")
    else:
        entities = f'<!ENTITY a SYSTEM "file://{secret}"><!ENTITY % b SYSTEM "{address}/b.dtd"> %b;'.encode()
        change_part(path, MAIN_PARTS[suffix], lambda xml: with_doctype(xml, entities, b"&a;"))
    for parse in (lambda: read_file(path), lambda: sandbox.parse(path, "a", Overrides())):
        try:
            assert "palabra-secreta" not in parse().model_dump_json()
        except StoppedError:
            raise
        except InputError:
            pass
    assert asked == []


def test_macros_are_told_and_not_run(tmp_path: Path) -> None:
    for suffix, folder in ((".xlsx", "xl"), (".pptx", "ppt")):
        path = MAKERS[suffix](tmp_path / f"a{suffix}")
        change_part(path, f"{folder}/vbaProject.bin", lambda _: b"\0" * 100)
        assert [notice.code for notice in read_file(path).notices] == ["macros-not-run"]
    path = MAKERS[".docx"](tmp_path / "a.docx")
    change_part(path, "word/vbaProject.bin", lambda _: b"\0" * 100)
    assert "Word con macros (.docm)" in complaint(path)
    assert "No se sabe leer archivos «.docm»" in complaint(path.rename(tmp_path / "a.docm"))


@pytest.mark.parametrize("called", [*MAKERS, ".txt", ".csv", ".md", ".zip"])
@pytest.mark.parametrize("suffix", MAKERS)
def test_a_file_with_another_suffix_is_one_line_that_says_what_it_is(tmp_path: Path, suffix: str, called: str) -> None:
    if suffix == called or suffix == ".eml" or called not in READERS:
        return
    if suffix == ".html" and called in (".txt", ".md", ".csv"):
        return  # text with markup in it is text
    path = MAKERS[suffix](tmp_path / f"a{suffix}").rename(tmp_path / f"a{called}")
    assert f"se llama «{called}», pero por su contenido es" in complaint(path)
    assert f"({suffix})" in complaint(path)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", ".pdf"),
        (b"Rar!\x1a\x07\x00", ".rar"),
        (b"\x89PNG\r\n\x1a\n", ".png"),
        (b"{\\rtf1 hola}", ".rtf"),
        (compound_file("WordDocument", b"x"), ".doc"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text", ".odt"),
    ],
)
def test_a_known_kind_under_the_name_of_a_text_is_told(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert f"({kind})" in complaint(path)


def test_an_archive_that_holds_a_document_is_not_taken_for_it(tmp_path: Path, sandbox: Sandbox) -> None:
    word = MAKERS[".docx"](tmp_path / "x.docx").read_bytes()
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("plan.docx", word)
    assert [member.name for member in sandbox.unpack(path, tmp_path).members] == ["plan.docx"]


def test_a_workbook_that_says_it_is_huge_costs_little(tmp_path: Path, sandbox: Sandbox) -> None:
    rows = [[None] * 255 + ["lejos"]]
    path = MAKERS[".xls"](tmp_path / "a.xls")
    from tests.support.files import xls_file

    content = bytearray(xls_file(path, rows).read_bytes())
    at = content.index(b"lejos".decode().encode("utf-16-le")) - 9
    content[at : at + 2] = (65_000).to_bytes(2, "little")  # the cell's row
    path.write_bytes(content)
    with pytest.raises(InputError, match="no tiene celdas"):
        sandbox.parse(path, "a", Overrides())

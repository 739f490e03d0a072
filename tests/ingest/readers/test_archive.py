"""Archives: what comes out of them, under which name, and what never does."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from ingest.errors import InputError
from ingest.readers import members, unpack_file
from ingest.readers.members import Unpacked, safe_label
from tests.support.files import docx_file, zip_file


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def names_of(unpacked: Unpacked) -> list[str]:
    return [member.name for member in unpacked.members]


def refusals_of(unpacked: Unpacked) -> list[tuple[str, str]]:
    return [(refused.name, refused.notice.code) for refused in unpacked.refused]


def test_members_that_can_be_read_come_out_whole(tmp_path: Path, out: Path) -> None:
    plan = docx_file(tmp_path / "x.docx").read_bytes()
    archive = zip_file(tmp_path / "a.zip", {"2024/plan.docx": plan, "leeme.txt": b"28", "2024/": b""})
    unpacked = unpack_file(archive, out)
    assert (names_of(unpacked), unpacked.refused) == (["2024/plan.docx", "leeme.txt"], ())
    assert [(out / member.file).read_bytes() for member in unpacked.members] == [plan, b"28"]


def test_what_cannot_be_read_is_told(tmp_path: Path, out: Path) -> None:
    archive = zip_file(tmp_path / "a.zip", {"a.exe": b"x", "b.zip": b"PK", "LEEME": b"x", "c.txt": b"28"})
    unpacked = unpack_file(archive, out)
    assert names_of(unpacked) == ["c.txt"]
    assert refusals_of(unpacked) == [
        ("a.exe", "unknown-suffix"),
        ("b.zip", "nested-archive"),
        ("LEEME", "unknown-suffix"),
    ]


def test_what_systems_leave_in_archives_is_no_document(tmp_path: Path, out: Path) -> None:
    litter = ("__MACOSX/._a.txt", ".DS_Store", "x/~$plan.docx", "Thumbs.db", "x/desktop.ini")
    unpacked = unpack_file(zip_file(tmp_path / "a.zip", dict.fromkeys((*litter, "a.txt"), b"28")), out)
    assert (names_of(unpacked), unpacked.refused) == (["a.txt"], ())


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/plan.txt", "etc/plan.txt"),
        ("..\\..\\plan.txt", "plan.txt"),
        ("/etc/plan.txt", "etc/plan.txt"),
        ("C:\\Users\\x\\plan.txt", "Users/x/plan.txt"),
        ("c:plan.txt", "plan.txt"),
        ("a/./b/../plan.txt", "a/b/plan.txt"),
        ("pl\x1ban\u202etxt.txt", "plantxt.txt"),
        ("ab:c|d.txt", "abcd.txt"),
        ("plan.txt/..", "plan.txt"),
        ("x" * 300 + ".txt", "x" * 116 + ".txt"),
    ],
)
def test_a_name_never_leads_out_of_its_folder(tmp_path: Path, out: Path, name: str, label: str) -> None:
    assert safe_label(name) == label
    before = set(tmp_path.rglob("*"))
    unpacked = unpack_file(zip_file(tmp_path / "a.zip", {name: b"28"}), out)
    assert set(tmp_path.rglob("*")) - before <= {tmp_path / "a.zip", out / "0001.txt"}
    for member in unpacked.members:
        assert (member.name, [n.code for n in member.notices]) == (label, ["member-renamed"])


def test_a_name_of_nothing_but_dots_is_still_a_name() -> None:
    assert safe_label("../..") == "sin nombre"


def test_members_that_share_a_name_are_told_apart(tmp_path: Path, out: Path) -> None:
    unpacked = unpack_file(zip_file(tmp_path / "a.zip", {"a.txt": b"1", "../a.txt": b"2", "/a.txt": b"3"}), out)
    assert names_of(unpacked) == ["a.txt", "a (2).txt", "a (3).txt"]


def test_names_in_utf_8_are_read_even_when_nobody_says_so(tmp_path: Path, out: Path) -> None:
    archive = zip_file(tmp_path / "a.zip", {"niNNez.txt": b"28"})
    archive.write_bytes(archive.read_bytes().replace(b"niNNez", "niñez".encode()))
    assert names_of(unpack_file(archive, out)) == ["niñez.txt"]


def test_links_and_locked_members_stay_inside(tmp_path: Path, out: Path) -> None:
    path = tmp_path / "a.zip"
    link = zipfile.ZipInfo("enlace.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("con_clave.txt", b"28")
        archive.writestr("libre.txt", b"28")
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(b"con_clave.txt"))
    content[at + 8] |= 1  # the flag of an encrypted entry, in the directory
    path.write_bytes(content)
    unpacked = unpack_file(path, out)
    assert names_of(unpacked) == ["libre.txt"]
    assert refusals_of(unpacked) == [("enlace.txt", "link"), ("con_clave.txt", "encrypted")]


def test_a_broken_member_does_not_take_the_others_with_it(tmp_path: Path, out: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", b"dato-malo")
        archive.writestr("b.txt", b"dato-bueno")
    path.write_bytes(path.read_bytes().replace(b"dato-malo", b"dato-roto"))
    unpacked = unpack_file(path, out)
    assert (names_of(unpacked), refusals_of(unpacked)) == (["b.txt"], [("a.txt", "member-broken")])


def test_more_members_than_are_taken_are_told(tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "MAX_MEMBERS", 3)
    unpacked = unpack_file(zip_file(tmp_path / "a.zip", {f"{n}.txt": b"28" for n in range(5)}), out)
    assert names_of(unpacked) == ["0.txt", "1.txt", "2.txt"]
    assert refusals_of(unpacked) == [("3.txt", "too-many-members")]
    assert "los otros 2: 3.txt, 4.txt" in unpacked.refused[0].notice.message


def test_a_member_that_holds_more_than_it_declares_is_cut_off(tmp_path: Path, out: Path) -> None:
    path = zip_file(tmp_path / "a.zip", {"a.txt": b"0" * 1_000_000, "b.txt": b"28"})
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    path.write_bytes(content)
    unpacked = unpack_file(path, out)
    assert names_of(unpacked) == ["b.txt"]
    assert sum(file.stat().st_size for file in out.iterdir()) < 1000


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"PK\x03\x04 y nada", "dañado"), (b"hola", "dañado"), (None, "vacío")],
)
def test_a_broken_or_empty_archive_is_one_line(tmp_path: Path, out: Path, content: bytes | None, message: str) -> None:
    path = zip_file(tmp_path / "a.zip", {})
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        unpack_file(path, out)


def test_a_document_called_an_archive_is_not_taken_apart(tmp_path: Path, out: Path) -> None:
    path = docx_file(tmp_path / "plan.docx").rename(tmp_path / "plan.zip")
    with pytest.raises(InputError, match=r"se llama «\.zip», pero por su contenido es un documento de Word"):
        unpack_file(path, out)

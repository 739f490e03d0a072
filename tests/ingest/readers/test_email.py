"""Mails as blocks, and what is attached to them as files."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest.errors import InputError
from ingest.readers import read_file, unpack_file
from ingest.readers.content import ReadContent
from ingest.readers.email_file import read
from ingest.records import Block
from tests.support.files import docx_file, eml_file, xlsx_file, zip_file


def mail(subject: str = "Vías", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    for name, value in headers.items():
        message[name] = value
    return message


def read_mail(tmp_path: Path, message: EmailMessage | bytes) -> ReadContent:
    path = tmp_path / "m.eml"
    path.write_bytes(message if isinstance(message, bytes) else message.as_bytes())
    return read(path)


def kinds_and_texts(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks]


def test_subject_date_and_body_in_order_and_no_addresses(tmp_path: Path) -> None:
    content = read(eml_file(tmp_path / "m.eml"))
    assert kinds_and_texts(content.blocks) == [
        ("heading", "Respuesta sobre las vías"),
        ("paragraph", "Fecha: 2024-03-01"),
        ("paragraph", "Se construyeron 28 kilómetros de vía."),
    ]
    assert "@" not in repr(content)


def test_a_body_in_html_alone_is_read(tmp_path: Path) -> None:
    message = mail()
    message.set_content("<p>Se hicieron <b>28</b> km</p>", subtype="html")
    assert kinds_and_texts(read_mail(tmp_path, message).blocks)[1:] == [("paragraph", "Se hicieron 28 km")]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>bonito</p>", [("paragraph", "sencillo")]),
        ("<p>bonito</p><table><tr><td>a<td>b</table>", [("paragraph", "bonito"), ("table", "")]),
    ],
)
def test_of_two_renderings_the_one_with_a_table_is_read(
    tmp_path: Path, page: str, expected: list[tuple[str, str]]
) -> None:
    message = mail()
    message.set_content("sencillo")
    message.add_alternative(page, subtype="html")
    assert kinds_and_texts(read_mail(tmp_path, message).blocks)[1:] == expected


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_a_body_is_read_by_its_encoding(tmp_path: Path, charset: str) -> None:
    message = mail("Niñez y vías")
    message.set_content("Niñez: 28 jóvenes", charset=charset)
    assert [b.text for b in read_mail(tmp_path, message).blocks] == ["Niñez y vías", "Niñez: 28 jóvenes"]


def test_an_unknown_encoding_and_broken_headers_do_not_lose_the_body(tmp_path: Path) -> None:
    raw = (
        b"Subject: =?nada?Q?x=E1?= \xff\r\nDate: ayer\r\nFrom: <<>>\r\n"
        b'Content-Type: text/plain; charset="x-nada"\r\n\r\nSon 28 v\xedas\r\n'
    )
    content = read_mail(tmp_path, raw)
    assert content.blocks[-1].text == "Son 28 vías"
    content.blocks[0].model_dump_json()  # no half characters, which JSON cannot carry


def test_attachments_are_files_and_told(tmp_path: Path) -> None:
    message = eml_file(tmp_path / "m.eml", [docx_file(tmp_path / "plan.docx"), xlsx_file(tmp_path / "metas.xlsx")])
    assert [n.code for n in read(message).notices] == ["attachments"]
    out = tmp_path / "out"
    out.mkdir()
    unpacked = unpack_file(message, out)
    assert [(m.name, m.file) for m in unpacked.members] == [("plan.docx", "0001.docx"), ("metas.xlsx", "0002.xlsx")]
    assert (out / "0001.docx").read_bytes() == (tmp_path / "plan.docx").read_bytes()
    assert read_file(out / "0002.xlsx").blocks


def test_what_cannot_be_taken_out_is_told_and_the_rest_is(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"x")
    (tmp_path / "nota.txt").write_bytes(b"28")
    zip_file(tmp_path / "b.zip", {"x.txt": b"1"})
    message = eml_file(tmp_path / "m.eml", [tmp_path / name for name in ("a.bin", "b.zip", "nota.txt")])
    unpacked = unpack_file(message, tmp_path)
    assert [m.name for m in unpacked.members] == ["nota.txt"]
    assert [(r.name, r.notice.code) for r in unpacked.refused] == [
        ("a.bin", "unknown-suffix"),
        ("b.zip", "nested-archive"),
    ]


def test_other_renderings_pictures_and_signatures_are_no_attachments(tmp_path: Path) -> None:
    message = mail()
    message.set_content("hola")
    message.add_alternative("<p>hola <img src='cid:logo'></p>", subtype="html")
    message.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<logo>")  # type: ignore[index, union-attr]
    message.make_mixed()
    message.add_attachment(b"firma", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    content = read_mail(tmp_path, message)
    assert [n.code for n in content.notices] == ["pictures-not-read"]
    unpacked = unpack_file(tmp_path / "m.eml", tmp_path)
    assert (unpacked.members, unpacked.refused) == ((), ())


def test_a_forwarded_message_is_a_member_of_its_own(tmp_path: Path) -> None:
    inner = mail("Dentro")
    inner.set_content("28 vías")
    message = mail("Fuera")
    message.set_content("va adjunto")
    message.add_attachment(inner)
    read_mail(tmp_path, message)
    (member,) = unpack_file(tmp_path / "m.eml", tmp_path).members
    assert Path(member.name).suffix == ".eml"
    assert [b.text for b in read_file(tmp_path / member.file).blocks] == ["Dentro", "28 vías"]


def test_a_second_text_that_is_no_rendering_does_not_vanish(tmp_path: Path) -> None:
    message = mail()
    message.set_content("cuerpo")
    message.make_mixed()
    tail = EmailMessage()
    tail.set_content("28 vías más")
    message.attach(tail)
    read_mail(tmp_path, message)
    (member,) = unpack_file(tmp_path / "m.eml", tmp_path).members
    assert "28 vías más" in (tmp_path / member.file).read_text("utf-8")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"esto no es un correo\n\nde verdad", "no es un mensaje"),
        (b"\x00\x01\x02" * 50, "no es un mensaje"),
        (b"Subject: x\r\nContent-Type: application/pkcs7-mime\r\n\r\nAAAA", "cifrado"),
    ],
)
def test_what_is_no_readable_mail_is_one_line(tmp_path: Path, raw: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_mail(tmp_path, raw)

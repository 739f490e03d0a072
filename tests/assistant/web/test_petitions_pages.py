"""Peticiones: new, edited, flagged, reviewed by somebody else, exported, without JavaScript."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from assistant.petitions.records import Change, Flag
from assistant.web.petitions.letters import changed_text, letter_blocks
from tests.assistant.web.conftest import Visitor
from tests.support.brought_in import PETITION, PETITIONER
from tests.support.town import Town


def new_petition(visitor: Visitor, author: str = "Ana Ruiz") -> str:
    """The address of a new petition's page."""
    fields = {"texto": PETITION, "recibida": "2026-11-09", "nombre": author}
    sent = visitor.post("/peticiones", fields, page="/peticiones/nueva")
    assert sent.status_code == 303, sent.text
    return sent.headers["location"]


def step(visitor: Visitor, page: str, action: str, name: str, **more: str) -> str:
    version = re.findall(r'name="version" value="(\d+)"', visitor.get(page).text)[0]
    fields = {"paso": action, "version": version, "nombre": name, **more}
    sent = visitor.post(f"{page}/paso", fields, page=page)
    return visitor.get(page).text if sent.status_code == 303 else sent.text


def edit(visitor: Visitor, page: str, letter: str, name: str, version: str) -> tuple[int, str]:
    form = visitor.get(f"{page}/editar").text
    fields = {"carta": letter, "asunto": "Respuesta", "nombre": name, "version": version}
    sent = visitor.post(f"{page}/editar", fields, page=f"{page}/editar")
    assert 'name="carta"' in form
    return sent.status_code, sent.text


def test_a_pasted_petition_becomes_a_draft_with_its_term_and_rows(visitor: Visitor) -> None:
    page = visitor.get(new_petition(visitor)).text
    assert "nueve (9) acueductos veredales" in page
    assert "Requiere respuesta de la dependencia" in page
    assert "24 nov 2026" in page  # ten business days, one holiday skipped
    assert "BORRADOR" in page
    assert PETITIONER not in page
    assert "1.999.888.777" not in page


def test_markup_in_a_petition_is_text_on_every_page_of_it(visitor: Visitor) -> None:
    page = new_petition(visitor)
    for path in ("/peticiones", page, f"{page}/editar", f"{page}/cambios"):
        text = visitor.get(path).text
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
    edit(visitor, page, "Hay <script>alert(2)</script> 9 acueductos [1].", "Ana Ruiz", "1")
    for path in (page, f"{page}/editar", f"{page}/cambios"):
        text = visitor.get(path).text
        assert "<script>alert" not in text, path
        assert "&lt;script&gt;" in text, path


def test_a_petition_file_is_read(visitor: Visitor) -> None:
    fields = {"nombre": "Ana Ruiz", "recibida": "2026-11-09"}
    files = {"file": ("peticion.txt", PETITION.encode())}
    sent = visitor.post("/peticiones", fields, page="/peticiones/nueva", files=files)
    assert sent.status_code == 303
    assert "acueductos" in visitor.get(sent.headers["location"]).text


def test_a_petition_file_is_told_by_its_content(visitor: Visitor) -> None:
    files = {"file": ("peticion.pdf", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8)}
    sent = visitor.post("/peticiones", {"nombre": "Ana Ruiz"}, page="/peticiones/nueva", files=files)
    assert sent.status_code == 422
    assert 'role="alert"' in sent.text


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"nombre": "Ana"}, "una de las dos cosas"),
        ({"texto": PETITION}, "Escriba su nombre"),
        ({"texto": PETITION, "nombre": "Ana", "recibida": "ayer"}, "fecha de recibo"),
    ],
)
def test_a_form_that_is_not_complete_comes_back_with_what_was_typed(
    fields: dict[str, str], complaint: str, visitor: Visitor
) -> None:
    sent = visitor.post("/peticiones", fields, page="/peticiones/nueva")
    assert sent.status_code == 422
    assert complaint in sent.text
    assert fields.get("texto", "")[:20] in sent.text


def test_an_edited_figure_without_a_row_is_flagged_in_its_place(visitor: Visitor) -> None:
    page = new_petition(visitor)
    checked = visitor.post(f"{page}/comprobar", {"carta": "Se instalaron 4.321 luminarias."}, page=page).text
    assert re.search(r'Se instalaron <mark class="flag"[^>]*>4\.321<span', checked)
    edit(visitor, page, "Se instalaron 4.321 luminarias.", "Ana Ruiz", "1")
    assert '<mark class="flag"' in visitor.get(page).text


def test_a_reply_goes_from_draft_to_sent_and_another_person_approves_it(visitor: Visitor) -> None:
    page = new_petition(visitor)
    edit(visitor, page, "Se construirán nueve (9) acueductos [1] y 77 parques.", "Ana Ruiz", "1")
    assert "En revisión" in step(visitor, page, "submit", "Ana Ruiz")
    assert "no puede aprobarlo" in step(visitor, page, "approve", "ana ruíz", razon="Sí")
    assert "ninguna fila citada sostiene" in step(visitor, page, "approve", "Luis Mora")
    assert "escriba qué hay que corregir" in step(visitor, page, "return", "Luis Mora")
    assert "Quite los parques" in step(visitor, page, "return", "Luis Mora", comentario="Quite los parques")
    edit(visitor, page, "Se construirán nueve (9) acueductos [1].", "Ana Ruiz", "2")
    reviewed = step(visitor, page, "submit", "Ana Ruiz")
    assert re.search(r"<del>[^<]*77", reviewed)
    approved = step(visitor, page, "approve", "Luis Mora")
    assert "Aprobada por Luis Mora" in approved
    assert "Enviada" in step(visitor, page, "send", "Ana Ruiz")
    assert page in visitor.get("/peticiones?lista=enviadas").text
    assert page not in visitor.get("/peticiones").text


def test_an_approved_reply_that_is_edited_is_to_be_reviewed_again(visitor: Visitor) -> None:
    page = new_petition(visitor)
    step(visitor, page, "submit", "Ana Ruiz")
    step(visitor, page, "approve", "Luis Mora")
    assert "vuelve a revisión" in visitor.get(f"{page}/editar").text
    edit(visitor, page, "Otro texto.", "Ana Ruiz", "1")
    text = visitor.get(page).text
    assert "En revisión" in text
    assert "Aprobada por" not in text


def test_the_second_of_two_editors_is_told_and_loses_nothing(visitor: Visitor) -> None:
    page = new_petition(visitor)
    assert edit(visitor, page, "Texto de Ana.", "Ana Ruiz", "1")[0] == 303
    status, text = edit(visitor, page, "Texto de Luis.", "Luis Mora", "1")
    assert status == 409
    assert "Otra persona cambió este borrador" in text
    assert "Texto de Luis.</textarea>" in text
    assert 'name="version" value="2"' in text
    assert "sin aplicar" in visitor.get(f"{page}/cambios").text


def test_the_petitioners_data_are_shown_to_who_gives_a_name_and_that_is_noted(visitor: Visitor, web_town: Town) -> None:
    page = new_petition(visitor)
    assert "Escriba su nombre" in visitor.post(f"{page}/peticionario", {"nombre": " "}, page=page).text
    shown = visitor.post(f"{page}/peticionario", {"nombre": "Ana Ruiz"}, page=page)
    assert PETITIONER.casefold() in shown.text.casefold()
    assert shown.headers["cache-control"] == "no-store"
    from assistant.store import AuditLog

    entries = AuditLog(web_town.knowledge.engine).entries(page.rpartition("/")[2])
    assert ("petition.petitioner_read", "Ana Ruiz") in [(one.action, one.actor) for one in entries]


def test_the_letter_is_a_word_file(visitor: Visitor) -> None:
    page = new_petition(visitor)
    sent = visitor.get(f"{page}/respuesta.docx")
    assert "borrador-" in sent.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(sent.content)) as package:
        assert "acueductos" in package.read("word/document.xml").decode("utf-8")


def test_a_late_petition_stands_out(visitor: Visitor) -> None:
    fields = {"texto": PETITION, "recibida": "2024-01-02", "nombre": "Ana Ruiz"}
    page = visitor.post("/peticiones", fields, page="/peticiones/nueva").headers["location"]
    listed = visitor.get("/peticiones").text
    assert re.search(rf'class="term-late">\s*<th[^>]*><a href="{page}"', listed)
    assert "Venció hace" in listed


def flag(text: str, letter: str) -> Flag:
    start = letter.index(text)
    return Flag(code="no_row", text=text, start=start, end=start + len(text), message="<sin fila>")


def test_flags_stand_where_they_are_in_titles_and_paragraphs() -> None:
    letter = "# 1. Sobre 7 <obras>\n\n  Hay 8 & 9 [1] y [2].\n"
    title, text = letter_blocks(letter, [flag("7", letter), flag("8", letter)], {1})
    assert title.is_title
    assert str(title.html).startswith('1. Sobre <mark class="flag" title="&lt;sin fila&gt;">7<')
    assert "&lt;obras&gt;" in title.html
    assert ">8<span" in text.html
    assert '<a class="mark" href="#cita-carta-1" aria-label="Cita 1">1</a> y [2].' in text.html


def test_a_difference_shows_what_came_and_went_and_little_of_the_rest() -> None:
    changes = [
        Change(kind="equal", text="a" * 500),
        Change(kind="delete", text="<b>siete</b>"),
        Change(kind="insert", text="ocho"),
        Change(kind="equal", text="z" * 500),
    ]
    assert "<del>&lt;b&gt;siete&lt;/b&gt;</del><ins>ocho</ins>" in changed_text(changes)
    short = changed_text(changes, around=10)
    assert short == "[…] " + "a" * 10 + "<del>&lt;b&gt;siete&lt;/b&gt;</del><ins>ocho</ins>" + "z" * 10 + " […]"

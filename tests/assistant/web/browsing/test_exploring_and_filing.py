"""Rows found in a browser, documents brought in, petitions worked on."""

from __future__ import annotations

from pathlib import Path

from tests.assistant.web.browsing.conftest import NEEDS_BROWSER
from tests.support.brought_in import PETITION, plan
from tests.support.browser_page import Page
from tests.support.town import Town

pytestmark = NEEDS_BROWSER


def test_rows_are_found_while_one_types_and_the_address_follows(page: Page) -> None:
    page.go("/explorar")
    page.script("document.body.dataset.same = 'yes'")
    everything = len(page.all(".rows tbody tr"))
    page.type("#texto", "puentes")
    page.until(lambda: 0 < len(page.all(".rows tbody tr")) < everything)
    assert page.script("return document.body.dataset.same") == "yes"
    page.until(lambda: page.path == "/explorar?texto=puentes")
    assert page.script("return document.activeElement.id") == "texto"
    page.type("#texto", " xyzw")
    page.says("Ninguna fila cumple todo eso")


def test_facets_narrow_chips_widen_and_the_back_button_returns(page: Page) -> None:
    page.go("/explorar")
    page.click("#faceta-entidad summary")
    page.click("#faceta-entidad input[value='Puerto Lindo']")
    page.until(lambda: "entidad=Puerto" in page.path)
    page.until(lambda: len(page.all(".rows tbody tr")) == 2)
    assert page.first("#faceta-entidad").get_attribute("open") is not None
    page.click("a.chip")
    page.until(lambda: page.path == "/explorar")
    page.until(lambda: len(page.all(".rows tbody tr")) > 10)
    assert not page.script("return document.querySelector('#faceta-entidad input[value=\"Puerto Lindo\"]').checked")
    page.driver.back()
    page.until(lambda: len(page.all(".rows tbody tr")) == 2)


def test_a_column_sorts_both_ways(page: Page) -> None:
    page.go("/explorar?clase=product")
    page.click(".rows thead th:nth-child(3) a")
    page.until(lambda: page.first("th[aria-sort]").get_attribute("aria-sort") == "ascending")
    page.click("th[aria-sort] a")
    page.until(lambda: page.first("th[aria-sort]").get_attribute("aria-sort") == "descending")
    assert "1.250 familias" in page.text(".rows tbody tr")


def test_a_mark_of_a_chart_leads_to_its_rows(page: Page) -> None:
    page.go("/explorar?vista=graficas")
    count = page.text("section[aria-labelledby=g-programa] .value").split()[0]
    page.click("section[aria-labelledby=g-programa] .chart a")
    page.until(lambda: "programa=" in page.path)
    page.until(lambda: len(page.all(".rows tbody tr")) >= int(count))
    page.go("/explorar?vista=graficas")
    assert page.all(".dots circle")


def test_an_upload_shows_its_progress_and_report_and_can_be_taken_out(page: Page, tmp_path: Path, town: Town) -> None:
    path = tmp_path / "cultura.txt"
    path.write_bytes(plan(7))
    page.go("/documentos")
    page.type("#archivos", str(path))
    page.click(".upload button[type=submit]")
    page.until(lambda: page.path.startswith("/documentos/tareas/"))
    page.says("Lectura terminada")
    page.says("1 tabla, 1 fila")
    document = town.knowledge.document("cultura.txt")
    page.go(f"/documentos/{document.document_id}/quitar")
    page.click("button.danger")
    page.until(lambda: page.path == "/documentos")
    page.says("Se quitó «cultura.txt»")


def test_an_upload_that_is_refused_says_why_beside_the_form(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "enorme.txt"
    path.write_bytes(b"x" * 2_200_000)
    page.go("/documentos")
    page.type("#archivos", str(path))
    page.click(".upload button[type=submit]")
    page.says("MB", "#reparos")
    page.driver.get_log("browser")  # the refusal itself is told there


def test_a_petition_is_drafted_edited_reviewed_and_approved(page: Page) -> None:
    page.go("/peticiones/nueva")
    page.script("document.getElementById('texto').value = arguments[0]", PETITION)
    page.script("document.getElementById('recibida').value = '2026-11-09'")
    page.type("#nombre", "Ana Ruiz")
    page.click("form.ask button[type=submit]")
    page.says("nueve (9) acueductos veredales", ".letter")
    page.click("a[href$='/editar']")
    page.type("#carta-texto", "\n\nAdemás hay 4.321 luminarias.")
    page.until(lambda: page.text("#comprobado mark.flag").startswith("4.321"))
    page.click("#edicion button[type=submit]")
    page.says("Versión 2")
    page.click("button[value=submit]")
    page.says("Lo que cambió desde la versión 1")
    assert "4.321 luminarias" in page.text(".difference ins")
    page.script("document.getElementById('nombre-paso').value = 'Luis Mora'")
    page.type("#razon", "La cifra es de la oficina de alumbrado")
    page.click("button[value=approve]")
    page.says("Aprobada por Luis Mora")
    page.says("La cifra es de la oficina de alumbrado")

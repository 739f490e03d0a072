"""The pages in a real Chromium, as people use them: with mouse and keyboard, with JavaScript and without.

One server and one browser serve all tests of this folder; what a test brings in it takes out.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.web.conftest import app_over
from tests.support.brought_in import PETITION
from tests.support.browser import open_browser, serve, set_scheme, set_scripts, set_size, why_absent
from tests.support.browser_page import Page
from tests.support.town import Town, found_town, write_documents

ACUEDUCTOS = "¿Cuántos acueductos veredales se van a construir?"
PHONE, DESK, REFLOW = 390, 1280, 320  # 320 CSS pixels: WCAG 2.2, 1.4.10
#: The marks of every module here.
NEEDS_BROWSER = [pytest.mark.skipif(why_absent() is not None, reason=why_absent() or ""), pytest.mark.slow]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("browser-town")
    with found_town(folder / "data", [write_documents(folder / "documents")]) as town:
        yield town


@pytest.fixture(scope="session")
def desk(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with serve(app_over(town, tmp_path_factory.mktemp("data"))) as address, open_browser(DESK) as driver:
        yield Page(driver, address)


@pytest.fixture
def page(desk: Page) -> Iterator[Page]:
    """The browser as it was opened; afterwards nothing may have been refused or have failed in it."""
    desk.driver.delete_all_cookies()
    desk.driver.get_log("browser")
    yield desk
    set_scripts(desk.driver, on=True)
    set_size(desk.driver, DESK)
    set_scheme(desk.driver, "light")
    errors = [line["message"] for line in desk.driver.get_log("browser") if line["level"] == "SEVERE"]
    assert not errors, errors


@pytest.fixture(scope="session")
def everywhere(desk: Page, town: Town) -> list[str]:
    """An address of every kind of page."""
    row = town.item("Puentes peatonales construidos").row
    slide = town.item("Ejecutado").row
    assert row is not None
    assert slide is not None
    document = town.knowledge.documents()[0].document_id
    desk.go("/peticiones/nueva")
    desk.script("document.getElementById('texto').value = arguments[0]", PETITION)
    desk.type("#nombre", "Ana Ruiz")
    desk.click("form.ask button[type=submit]")
    desk.until(lambda: desk.all(".letter"))
    petition = desk.path
    return [
        "/",
        "/explorar",
        "/explorar?vista=graficas",
        "/explorar?texto=vereda&clase=product&orden=meta&sentido=desc",
        f"/filas/{row.row_id}",
        f"/filas/{slide.row_id}",
        "/peticiones",
        "/peticiones/nueva",
        petition,
        f"{petition}/editar",
        f"{petition}/cambios",
        "/documentos",
        f"/documentos/{document}",
        f"/documentos/{document}/quitar",
        "/ayuda",
        "/docs",
    ]

"""The pages in a real Chromium, as people use them: with mouse and keyboard, with JavaScript and without.

One server and one browser serve all tests of this module; what a test brings in it takes out.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.assistant.web.conftest import app_over
from tests.assistant.web.test_documents_page import plan
from tests.assistant.web.test_petitions_pages import TEXT as PETITION
from tests.support.browser import open_browser, serve, set_scheme, set_scripts, set_size, why_absent
from tests.support.town import Town, found_town, write_documents

pytestmark = [pytest.mark.skipif(why_absent() is not None, reason=why_absent() or ""), pytest.mark.slow]

AXE = Path(__file__).parent / "vendored/axe.min.js"
RUN_AXE = """
const done = arguments[arguments.length - 1];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
axe.run(document, {runOnly: {type: "tag", values: tags}}).then((found) =>
  done(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 200)).join(" | ")}`)));
"""
ACUEDUCTOS = "¿Cuántos acueductos veredales se van a construir?"
PHONE, DESK, REFLOW = 390, 1280, 320  # 320 CSS pixels: WCAG 2.2, 1.4.10


class Page:
    """A browser at the pages of one server."""

    def __init__(self, driver: Any, address: str) -> None:
        self.driver = driver
        self.address = address

    def go(self, path: str) -> None:
        self.driver.get(self.address + path)

    @property
    def path(self) -> str:
        return str(self.driver.current_url).removeprefix(self.address)

    def all(self, selector: str) -> list[Any]:
        return list(self.driver.find_elements("css selector", selector))

    def until(self, found: Callable[[], Any], what: str = "") -> Any:
        """What ``found`` gives once it gives something; elements that went away meanwhile count as nothing."""
        from selenium.common.exceptions import StaleElementReferenceException

        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                if value := found():
                    return value
            except StaleElementReferenceException:
                pass
            time.sleep(0.05)
        raise AssertionError(f"never came: {what}\n{self.text('main')[:2000]}")

    def first(self, selector: str) -> Any:
        return self.until(lambda: next(iter(self.all(selector)), None), selector)

    def text(self, selector: str) -> str:
        return str(self.driver.execute_script("return document.querySelector(arguments[0])?.innerText ?? ''", selector))

    def says(self, words: str, selector: str = "main") -> None:
        self.until(lambda: words in self.text(selector), words)

    def click(self, selector: str) -> None:
        from selenium.webdriver import ActionChains

        element = self.first(selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        # With the mouse: WebDriver's own click takes whatever is within a closed <details> for hidden.
        ActionChains(self.driver).move_to_element(element).click().perform()

    def type(self, selector: str, text: str) -> None:
        self.first(selector).send_keys(text)

    def press(self, *keys: str) -> None:
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def script(self, text: str, *values: Any) -> Any:
        return self.driver.execute_script(text, *values)

    def ask(self, question: str) -> None:
        self.type("#pregunta", question)
        self.click(".ask button[type=submit]")

    def complaints(self) -> list[str]:
        """What axe finds wrong with the page."""
        self.script(AXE.read_text("utf-8"))
        return list(self.driver.execute_async_script(RUN_AXE))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("browser-town")
    with found_town(folder / "data", [write_documents(folder / "documents")]) as town:
        yield town


@pytest.fixture(scope="module")
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


def test_an_answer_comes_with_its_row_and_the_focus_goes_to_it(page: Page) -> None:
    page.go("/")
    page.ask(ACUEDUCTOS)
    page.says("Respondida con los documentos")
    page.says("Construir nueve (9) acueductos veredales", ".turn .answer")
    page.says("GOTA A GOTA", ".turn .card")
    assert page.first(".turn .bars rect.bar-meta")
    assert page.first("#pregunta").get_attribute("value") == ""
    assert page.script("return document.activeElement.innerText") == ACUEDUCTOS
    assert page.path == "/"
    assert page.text("#anuncio").startswith("Respondida con los documentos, con ")


def test_a_mark_leads_to_the_card_of_its_row_and_the_card_to_the_row(page: Page) -> None:
    page.go("/")
    page.ask(ACUEDUCTOS)
    page.click(".answer a.mark")
    assert page.script("return document.querySelector(':target').matches('.card')")
    page.click(".card h4 a")
    page.until(lambda: page.path.startswith("/filas/"))
    page.says("Como está en el documento")


def test_a_follow_up_goes_on_in_the_same_conversation(page: Page) -> None:
    page.go("/")
    page.ask(ACUEDUCTOS)
    page.click(".follow-ups button")
    page.until(lambda: len(page.all(".turn .answer p")) and len(page.all(".turn")) == 2)
    page.says("3 acueductos", ".turn:last-child .answer")


def test_the_answer_is_copied_with_its_citation(page: Page) -> None:
    page.go("/")
    page.driver.execute_cdp_cmd(
        "Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    )
    page.ask(ACUEDUCTOS)
    page.click(".copy summary")
    page.click("[data-copy]")
    page.says("Copiado", ".copy")
    copied = page.driver.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    assert "nueve (9)" in copied
    assert "Fuentes:\n[1]" in copied
    assert f"{page.address}/filas/" in copied


def test_an_opinion_asks_what_is_wrong_and_thanks(page: Page) -> None:
    page.go("/")
    page.ask(ACUEDUCTOS)
    page.click(".opinion button[value=down]")
    page.type(".opinion.reason textarea", "Falta el año")
    page.click(".opinion.reason button")
    page.says("quien cuida las respuestas")


def test_markup_in_a_question_is_read_not_run(page: Page) -> None:
    page.go("/")
    page.ask("<img src=x onerror=\"document.title='tomado'\"><script>document.title='tomado'</script>")
    page.says("<img src=x onerror=", ".turn h2")
    page.until(lambda: not page.all(".waiting"))
    assert "tomado" not in page.driver.title
    assert not page.all(".turn img")


def test_asking_reading_and_exploring_work_without_javascript(page: Page) -> None:
    set_scripts(page.driver, on=False)
    page.go("/")
    page.ask(ACUEDUCTOS)
    page.until(lambda: page.all(".turn"))
    assert page.path == "/preguntar"
    assert "nueve (9)" in page.first(".turn .answer").text
    page.click(".follow-ups button")
    page.until(lambda: len(page.all(".turn")) == 2)
    page.go("/explorar")
    page.type("#texto", "acueductos")
    page.click(".search button")
    page.until(lambda: page.path.startswith("/explorar?texto=acueductos"))
    found = len(page.all(".rows tbody tr"))
    page.click("#faceta-clase summary")
    page.click("#faceta-clase input[value=product]")
    page.click(".apply")
    page.until(lambda: "clase=product" in page.path)
    assert 0 < len(page.all(".rows tbody tr")) < found
    page.click(".rows tbody a")
    page.until(lambda: page.path.startswith("/filas/"))


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


def focus(page: Page) -> dict[str, Any]:
    """What has the focus: its text, and whether one sees it."""
    return dict(
        page.script(
            """
            const one = document.activeElement, seen = getComputedStyle(one), box = one.getBoundingClientRect();
            const said = one.getAttribute("aria-label") ?? (one.innerText || one.value || "");
            return {text: said.trim(), name: one.tagName, id: one.id,
                    outlined: seen.outlineStyle !== "none" && parseFloat(seen.outlineWidth) >= 2,
                    visible: box.width > 0 && box.bottom > 0 && box.top < innerHeight};
            """
        )
    )


def tab_to(page: Page, text: str, most: int = 40) -> None:
    """Press Tab until something of this text has the focus; every stop on the way is seen to have it."""
    from selenium.webdriver.common.keys import Keys

    for _ in range(most):
        page.press(Keys.TAB)
        at = focus(page)
        assert at["outlined"], at
        assert at["visible"], at
        if at["text"].startswith(text) or at["id"] == text:
            return
    raise AssertionError(f"«{text}» is not reached with the keyboard")


def test_everything_is_reached_with_the_keyboard_alone(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    page.go("/")
    tab_to(page, "Saltar al contenido")
    page.press(Keys.ENTER)
    tab_to(page, "pregunta")
    page.press(ACUEDUCTOS, Keys.ENTER)
    page.says("Respondida con los documentos")
    page.until(lambda: focus(page)["name"] == "H2")
    tab_to(page, "Cita 1")
    tab_to(page, "Copiar con la cita")
    page.press(Keys.ENTER)
    tab_to(page, "Copiar al portapapeles")
    tab_to(page, "Sí")
    page.press(Keys.ENTER)
    page.says("Gracias por su opinión")
    page.go("/explorar")
    tab_to(page, "texto")
    page.press("terciaria")
    page.until(lambda: page.path == "/explorar?texto=terciaria")
    page.until(lambda: len(page.all(".rows tbody tr")) == 2)
    tab_to(page, "Entidad")
    page.press(Keys.ENTER)
    page.press(Keys.TAB, Keys.SPACE)
    page.until(lambda: "entidad=" in page.path)
    tab_to(page, "Gráficas")
    page.press(Keys.ENTER)
    page.until(lambda: "vista=graficas" in page.path)
    page.go("/peticiones")
    tab_to(page, "Nueva petición")
    page.press(Keys.ENTER)
    page.until(lambda: page.path == "/peticiones/nueva")
    tab_to(page, "nombre")
    page.go("/documentos")
    tab_to(page, "archivos")
    tab_to(page, "Subir y leer")


@pytest.fixture(scope="module")
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(page: Page, everywhere: list[str], scheme: str) -> None:
    set_scheme(page.driver, scheme)
    found = {}
    for path in everywhere:
        page.go(path)
        found[path] = page.complaints()
    page.go("/")
    page.ask(ACUEDUCTOS)
    page.says("Respondida con los documentos")
    found["an answer"] = page.complaints()
    page.go("/no-existe")
    found["an error"] = page.complaints()
    page.driver.get_log("browser")  # the page that does not exist is told there
    assert {path: complaints for path, complaints in found.items() if complaints} == {}


def test_no_page_is_wider_than_a_telephone_nor_asks_another_host(page: Page, everywhere: list[str]) -> None:
    for path in everywhere:
        for width in (PHONE, REFLOW):
            set_size(page.driver, width)
            page.go(path)
            wide = page.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{path} is {wide} pixels too wide at {width}"
        asked = page.script("return performance.getEntriesByType('resource').map((one) => one.name)")
        assert [one for one in asked if not one.startswith(page.address)] == []


def test_what_is_printed_is_the_answer_and_not_the_controls(page: Page) -> None:
    page.go("/")
    page.ask(ACUEDUCTOS)
    page.says("Respondida con los documentos")
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown = "return [...document.querySelectorAll(arguments[0])].some((one) => one.offsetParent !== null)"
    try:
        assert page.script(shown, ".answer, .card")
        assert not page.script(shown, "nav, .ask, .opinion, .copy")
    finally:
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_who_wants_less_motion_gets_none(page: Page) -> None:
    features = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    page.go("/")
    page.script("document.getElementById('conversacion').innerHTML = '<p class=\"status waiting\">…</p>'")
    assert page.script("return getComputedStyle(document.querySelector('.waiting')).animationName") == "none"


def test_the_page_says_its_language_and_what_it_is(page: Page, everywhere: list[str]) -> None:
    titles = set()
    for path in everywhere:
        page.go(path)
        assert page.script("return document.documentElement.lang") == "es-CO"
        assert len(page.all("h1")) == 1, path
        titles.add(page.driver.title)
    assert all(title.endswith("· Cabildo") for title in titles)
    assert len(titles) >= len(everywhere) - 3  # the three of Explorar and the two rows share theirs, or may

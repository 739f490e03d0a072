"""The pages for everybody: keyboard alone, a checker's rules, narrow screens, less motion, language and titles."""

from __future__ import annotations

from typing import Any

import pytest

from tests.assistant.web.browsing.conftest import ACUEDUCTOS, NEEDS_BROWSER, PHONE, REFLOW
from tests.support.browser import set_scheme, set_size
from tests.support.browser_page import Page

pytestmark = NEEDS_BROWSER


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

"""Questions asked in a browser: the answer with its rows, what follows, copying, opinions, and no JavaScript."""

from __future__ import annotations

from tests.assistant.web.browsing.conftest import ACUEDUCTOS, NEEDS_BROWSER
from tests.support.browser import set_scripts
from tests.support.browser_page import Page

pytestmark = NEEDS_BROWSER


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

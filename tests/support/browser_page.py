"""A browser at the pages of one server, and what people do and see there."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

AXE = Path(__file__).resolve().parents[1] / "assistant/web/vendored/axe.min.js"
RUN_AXE = """
const done = arguments[arguments.length - 1];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
axe.run(document, {runOnly: {type: "tag", values: tags}}).then((found) =>
  done(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 200)).join(" | ")}`)));
"""


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

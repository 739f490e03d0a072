"""A real Chromium, and the application on a port of this machine for it to visit."""

from __future__ import annotations

import base64
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
DRIVER = "chromedriver"


def chromium() -> str | None:
    """Where Chromium is, or None."""
    return next((found for name in CHROMIUM if (found := shutil.which(name))), None)


def why_absent() -> str | None:
    """Why no browser can be opened here, None when one can be."""
    if chromium() is None:
        return "Chromium is not installed (Debian: chromium, chromium-driver)"
    if shutil.which(DRIVER) is None:
        return "chromedriver is not installed (Debian: chromium-driver)"
    return None


@contextmanager
def open_browser(width: int = 1280, height: int = 900) -> Iterator[Any]:
    """A headless Chromium that speaks Colombian Spanish and may use the clipboard; closed at the end."""
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = chromium() or ""
    for argument in (
        "--headless=new",
        "--no-sandbox",  # its sandbox does not start as root, as in containers
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--lang=es-CO",
        f"--window-size={width},{height}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which(DRIVER), env=_environment()))
    try:
        driver.set_script_timeout(60)
        driver.set_page_load_timeout(60)
        set_size(driver, width, height)
        yield driver
    finally:
        driver.quit()


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "LANGUAGE": "es_CO", "LANG": "es_CO.UTF-8"}


def set_size(driver: Any, width: int, height: int = 900) -> None:
    """The size of the page; a narrow one is a telephone's."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def set_scheme(driver: Any, scheme: str) -> None:
    """'light' or 'dark', as the person's system asks for."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def set_scripts(driver: Any, *, on: bool) -> None:
    """Whether pages may run JavaScript."""
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})


def picture(driver: Any, path: Path, most_height: int = 2400) -> None:
    """A picture of the page from its top, as PNG."""
    size = driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
    clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], most_height), "scale": 1}
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
    path.write_bytes(base64.b64decode(shot["data"]))


@contextmanager
def serve(app: Any) -> Iterator[str]:
    """The application on a free port of loopback, in a thread; gives its address."""
    import uvicorn

    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, log_level="error", access_log=False, server_header=False, ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            _await_start(server)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=20)


def _await_start(server: Any) -> None:
    for _ in range(600):
        if server.started:
            return
        time.sleep(0.05)
    raise RuntimeError("the server did not start")

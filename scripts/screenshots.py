"""Pictures of the pages for the README, taken from the real thing: a server over the sample documents and a Chromium.

    python scripts/screenshots.py [--out docs/pictures] [--documents FOLDER]

Everything happens in a temporary folder and on a free port of this machine; both are gone at the end.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("HF_HUB_OFFLINE", "1")

from tests.support.browser import open_browser, picture, serve, set_scheme, set_size, why_absent  # noqa: E402

SAMPLES = ROOT / "eval/sets/cartagena/documents"
QUESTION = "¿Cuál es la meta de la tasa de homicidios?"
PETITION = """Cartagena de Indias, 9 de noviembre de 2026

Señores
Distriseguridad

Asunto: Derecho de petición de información sobre seguridad

Yo, Persona Inventada, pido que se me responda:

1. ¿Cuántas cámaras de seguridad se van a instalar en el cuatrienio y de cuántas se parte?
2. ¿Cuál es la meta de la tasa de homicidios?
3. Copia de los contratos de mantenimiento de las cámaras.

Recibiré la respuesta en persona.inventada@correo.example
"""
WIDE, NARROW = 1440, 390


@contextmanager
def sample_server(documents: Path) -> Iterator[str]:
    """The address of a server that has read some documents."""
    from assistant.api import create_app
    from assistant.ingesting import ingest
    from assistant.opening import open_knowledge
    from assistant.settings import Settings, apply_quiet_environment

    with tempfile.TemporaryDirectory(prefix="cabildo-pictures-") as folder:
        settings = Settings(data_dir=Path(folder), chat_model=None, _env_file=None)
        apply_quiet_environment(settings.embedder)
        with open_knowledge(settings) as knowledge:
            ingest(settings, knowledge, [documents])
            with serve(create_app(settings, knowledge=knowledge)) as address:
                yield address


def take_pictures(driver: Any, address: str, out: Path) -> None:
    """Go through the pages as people do and keep what they see."""
    from PIL import Image
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait

    def first(selector: str) -> Any:
        return WebDriverWait(driver, 60).until(lambda _: driver.find_element(By.CSS_SELECTOR, selector))

    def keep(name: str, height: int = 1500) -> None:
        driver.execute_script("document.activeElement.blur(); window.scrollTo(0, 0)")
        path = out / f"{name}.png"
        picture(driver, path, height)
        # Pages have few colours: a palette of 256 looks the same and weighs a third.
        Image.open(path).convert("RGB").quantize(256).save(path, optimize=True)

    driver.get(address)
    first("#pregunta").send_keys(QUESTION)
    first(".ask .primary").click()
    first(".turn .card")
    keep("preguntar")
    set_size(driver, NARROW)
    keep("preguntar-telefono")
    set_scheme(driver, "dark")
    keep("preguntar-telefono-oscuro")
    set_scheme(driver, "light")
    set_size(driver, WIDE)
    driver.get(f"{address}/explorar?clase=product")
    keep("explorar", 1100)
    driver.get(f"{address}/explorar?vista=graficas")
    keep("explorar-graficas", 1300)
    driver.get(f"{address}/peticiones/nueva")
    driver.execute_script("document.getElementById('texto').value = arguments[0]", PETITION)
    first("#nombre").send_keys("Ana Ruiz")
    first("button.primary").click()
    first(".letter")
    keep("peticion")
    driver.get(f"{address}/peticiones")
    keep("peticiones", 700)
    driver.get(f"{address}/documentos")
    keep("documentos", 1100)


def main() -> int:
    """Take the pictures; 2 where there is no browser."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "docs/pictures")
    parser.add_argument("--documents", type=Path, default=SAMPLES)
    given = parser.parse_args()
    absent = why_absent()
    if absent is not None:
        print(absent, file=sys.stderr)
        return 2
    given.out.mkdir(parents=True, exist_ok=True)
    with sample_server(given.documents) as address, open_browser(WIDE) as driver:
        take_pictures(driver, address, given.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())

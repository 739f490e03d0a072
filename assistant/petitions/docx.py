"""The letter as a Word file: a template's marks filled in, in Jinja2's sandbox and with every text escaped.

A city may put its own template in the place of ours (``CABILDO_LETTER_TEMPLATE``); its marks are the fields of
``assistant.petitions.letter.Letter``. docxtpl by itself would take "&" and "<" of a text for markup.
"""

from __future__ import annotations

import io
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.petitions.letter import Letter
from ingest.errors import SettingsError
from ingest.wording.prompt_files import PROMPTS

DEFAULT_TEMPLATE = PROMPTS / "letter.docx"
#: What XML 1.0 has no way to write.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_docx(letter: Letter, template: Path | None = None) -> bytes:
    """The bytes of a ``.docx``.

    Raises:
        SettingsError: when the template is not there, is no Word file, or has marks that cannot be filled in.
    """
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    path = template or DEFAULT_TEMPLATE
    if not path.is_file():
        raise _unusable(path, "no está")
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    out = io.BytesIO()
    try:
        document = DocxTemplate(path)
        document.render(_context(letter), jinja_env=environment, autoescape=True)
        document.save(out)
    except TemplateError as error:
        raise _unusable(path, f"tiene una marca que no sirve ({type(error).__name__})") from None
    except Exception as error:  # python-docx and lxml say in many ways that a file is broken
        raise _unusable(path, f"no es un archivo de Word que sirva ({type(error).__name__})") from None
    return out.getvalue()


def _unusable(path: Path, why: str) -> SettingsError:
    return SettingsError(f"La plantilla de las respuestas «{path.name}» {why}.", hint="Revise CABILDO_LETTER_TEMPLATE.")


def _context(letter: Letter) -> dict[str, Any]:
    """The fields as the template sees them, without characters that no Word file can hold."""
    body = [{**asdict(one), "pieces": [asdict(piece) for piece in one.pieces]} for one in letter.body]
    return {name: _clean(value) for name, value in {**asdict(letter), "body": body}.items()}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _NOT_XML.sub("", value)
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list | tuple) else value

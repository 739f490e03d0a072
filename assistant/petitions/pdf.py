"""A letter as PDF, through LibreOffice where it is installed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from assistant.settings import Settings
from ingest.errors import InputError


def can_convert() -> bool:
    """Whether LibreOffice is there."""
    from ingest.pages.office import find_office

    return find_office() is not None


def to_pdf(docx: bytes, settings: Settings) -> bytes:
    """The bytes of a PDF. Raises ``InputError`` where LibreOffice is not installed, fails or takes too long."""
    from ingest.pages.office import ConversionLimits, convert, find_office

    program = find_office()
    if program is None:
        raise InputError("Para el PDF hace falta LibreOffice en el servidor.", hint="Descargue el archivo de Word.")
    with tempfile.TemporaryDirectory(prefix="cabildo-letter-") as name:
        source, target = Path(name) / "respuesta.docx", Path(name) / "respuesta.pdf"
        source.write_bytes(docx)
        convert(program, source, target, ConversionLimits(max_seconds=min(settings.max_seconds, 120.0)))
        return target.read_bytes()

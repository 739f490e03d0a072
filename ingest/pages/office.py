"""Office documents to PDF with LibreOffice, which is told to trust nothing and is killed when it takes too long.

Its profile is made for each conversion: no macros, no pictures or texts that a document links to from elsewhere (the
network and this machine's files alike, LibreOffice's ``BlockUntrustedRefererLinks``), no updates. Memory, size of files
and processor time are bounded by the shell's ``ulimit``; the clock by us.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import InputError

_PROGRAMS = ("soffice", "libreoffice")
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE")
#: Hidden slides are exported too, so that the page of a slide is its number.
_SLIDES = 'pdf:impress_pdf_Export:{"ExportHiddenSlides":{"type":"boolean","value":"true"}}'
_SLIDE_SUFFIXES = frozenset({".pptx", ".ppsx", ".pptm", ".ppt", ".odp"})
#: Whoever asks the environment for the way to the network is sent nowhere.
_PROXIES = ("http_proxy", "https_proxy", "ftp_proxy")
_LARGEST_PDF = 512 * 1024 * 1024
_ULIMIT_BLOCK = 512

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
    "</item>"
)
_OPTIONS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Common/Save/Document", "LoadPrinter", "false"),
)


class ConversionError(InputError):
    """A document that LibreOffice could not convert, and why."""


@dataclass(frozen=True)
class ConversionLimits:
    """What one conversion may cost: seconds of the clock, and memory as address space."""

    max_seconds: float = 120.0
    max_memory_mb: int = 3072


def find_office() -> str | None:
    """The LibreOffice program on the path, if there is one."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name)) is not None), None)


def convert(program: str, source: Path, target: Path, limits: ConversionLimits) -> None:
    """Make a PDF of an office document; ``target`` is there whole or not at all. Raises ``ConversionError``."""
    with tempfile.TemporaryDirectory(prefix="cabildo-office-") as name:
        folder = Path(name)
        copy = folder / f"documento{source.suffix}"
        shutil.copyfile(source, copy)
        _write_profile(folder / "profile")
        _run(_command(program, folder, copy, limits), folder, limits)
        made = folder / "out" / "documento.pdf"
        if not made.is_file() or made.stat().st_size == 0:
            raise ConversionError("LibreOffice no pudo convertir el documento a PDF.")
        with _replacing(target) as part:
            shutil.copyfile(made, part)


def _command(program: str, folder: Path, copy: Path, limits: ConversionLimits) -> list[str]:
    bounds = (
        "ulimit -c 0",
        f"ulimit -f {_LARGEST_PDF // _ULIMIT_BLOCK}",
        f"ulimit -t {int(limits.max_seconds) + 1}",
        f"ulimit -v {limits.max_memory_mb * 1024}",
        'exec "$0" "$@"',
    )
    # A bound that the system does not have stops nothing: the clock still counts.
    script = " 2>/dev/null; ".join(bounds)
    options = ["--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
    form = _SLIDES if copy.suffix in _SLIDE_SUFFIXES else "pdf"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    return ["/bin/sh", "-c", script, program, profile, *options,
            "--convert-to", form, "--outdir", str(folder / "out"), str(copy)]  # fmt: skip


def _run(command: list[str], folder: Path, limits: ConversionLimits) -> None:
    """Run the program to its end or to the end of its time; nothing that it started is left behind."""
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    nowhere = dict.fromkeys(_PROXIES, "http://127.0.0.1:9")
    try:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # may quote the document
            cwd=folder,
            env={**kept, **nowhere, "HOME": str(folder), "TMPDIR": str(folder)},
            start_new_session=True,
        )
    except OSError as error:
        raise ConversionError(f"No se pudo iniciar LibreOffice ({error.strerror}).") from None
    try:
        child.wait(limits.max_seconds)
    except subprocess.TimeoutExpired:
        seconds = f"{limits.max_seconds:g}".replace(".", ",")
        message = f"La conversión del documento a PDF pasó de {seconds} segundos y se detuvo."
        raise ConversionError(message) from None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _write_profile(folder: Path) -> None:
    items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _OPTIONS)
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its place at the end, unless something goes wrong."""
    part = target.with_name(f".{target.name}.part")
    try:
        yield part
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)

"""PDF through LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def convert(files: Sequence[Path], folder: Path, *, seconds: float = 180.0) -> list[Path]:
    """Convert files to PDF in one run, with a profile of its own; raises when it takes too long or one is missing."""
    assert SOFFICE is not None
    folder.mkdir(parents=True, exist_ok=True)
    profile = folder / "profile"
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *map(str, files),
        ],
        check=True,
        timeout=seconds,
        capture_output=True,
    )
    shutil.rmtree(profile, ignore_errors=True)
    made = [folder / f"{file.stem}.pdf" for file in files]
    missing = [file.name for file in made if not file.exists()]
    if missing:
        raise RuntimeError(f"LibreOffice made no {', '.join(missing)}")
    return made

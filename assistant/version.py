"""Which Cabildo this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def installed_version() -> str:
    """The version of the installed distribution; '0' when run from a folder without having been installed."""
    try:
        return version("cabildo")
    except PackageNotFoundError:
        return "0"

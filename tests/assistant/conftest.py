"""The invented towns, read once for all tests that only ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.letters import BAY_LETTER, BAY_PLAN, PIER_LETTER
from tests.support.town import Town, found_town, write_documents, write_text


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Villa Serena and Puerto Lindo; whoever changes the documents founds a town of their own."""
    folder = tmp_path_factory.mktemp("town")
    with found_town(folder / "data", [write_documents(folder / "documents")]) as town:
        yield town


@pytest.fixture(scope="session")
def brisamar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A letter of Brisamar about its pier."""
    folder = tmp_path_factory.mktemp("brisamar-carta")
    with found_town(folder, [write_text(folder / "respuesta.txt", PIER_LETTER)]) as town:
        yield town


@pytest.fixture(scope="session")
def bay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A plan and a letter of Bahía Clara."""
    folder = tmp_path_factory.mktemp("bay")
    paths = [write_text(folder / "plan.txt", BAY_PLAN), write_text(folder / "carta.txt", BAY_LETTER)]
    with found_town(folder / "data", paths) as town:
        yield town

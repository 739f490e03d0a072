"""The invented towns, read once for all tests that only ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_documents


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Villa Serena and Puerto Lindo; whoever changes the documents founds a town of their own."""
    folder = tmp_path_factory.mktemp("town")
    with found_town(folder / "data", [write_documents(folder / "documents")]) as town:
        yield town

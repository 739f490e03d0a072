"""A desk of citizen service over the invented towns, once for all tests that work on drafts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.petitions import Office, open_office


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(tmp_path_factory.mktemp("office")) as office:
        yield office

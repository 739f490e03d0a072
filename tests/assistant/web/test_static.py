"""What the pages are made of: the files of others are theirs, the first page is light, versions are addresses."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.web.static_files import FOLDER
from tests.assistant.web.conftest import Visitor

#: Of the first page in all, compressed (the issue's bound).
BUDGET = 150_000
VENDORED = (FOLDER / "vendored", Path(__file__).parent / "vendored")
TABLE_LINE = re.compile(r"^\| `([^`]+)` \|.* \| ([\d.]+) \| [^|]+ \| `([0-9a-f]{64})` \|$", re.MULTILINE)


@pytest.mark.parametrize("folder", VENDORED, ids=["pages", "tests"])
def test_files_of_others_are_unchanged_and_their_versions_written_down(folder: Path) -> None:
    told = {name: digest for name, _, digest in TABLE_LINE.findall((folder / "README.md").read_text("utf-8"))}
    there = {path.name for path in folder.iterdir() if path.suffix in (".js", ".woff2")}
    assert set(told) == there
    for name, digest in told.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name


def test_htmx_and_its_extension_are_of_one_release() -> None:
    told = {name: version for name, version, _ in TABLE_LINE.findall((FOLDER / "vendored/README.md").read_text())}
    assert told["htmx.min.js"] == told["hx-sse.min.js"]
    assert f'version="{told["htmx.min.js"]}"' in (FOLDER / "vendored/htmx.min.js").read_text("utf-8")


def test_the_first_page_is_light_in_all(visitor: Visitor) -> None:
    page = visitor.get("/")
    addresses = set(re.findall(r'(?:src|href)="(/estatico/[^"]+)"', page.text))
    css = next(address for address in addresses if ".css" in address)
    linked = re.findall(r'url\("([^"]+)"\)', visitor.get(css).text)
    addresses |= {f"/estatico/{name}" for name in linked}
    assert len(addresses) >= 6
    sizes = {address: wire_size(visitor.client, address) for address in ("/", *addresses)}
    assert sum(sizes.values()) < BUDGET, sizes


def wire_size(client: TestClient, address: str) -> int:
    """Bytes of the body as they are sent."""
    with client.stream("GET", address, headers={"accept": "text/html", "accept-encoding": "gzip"}) as response:
        assert response.status_code == 200, address
        return sum(len(piece) for piece in response.iter_raw())


def test_a_file_is_kept_for_a_year_under_its_versioned_address_alone(visitor: Visitor) -> None:
    address = re.findall(r'href="(/estatico/cabildo.css[^"]+)"', visitor.get("/").text)[0]
    assert "immutable" in visitor.get(address).headers["cache-control"]
    assert visitor.get("/estatico/cabildo.css").headers["cache-control"] == "no-cache"

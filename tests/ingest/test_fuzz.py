"""Broken files of every format: each gives a document or one line, soon, and writes nothing outside its folder.

``CABILDO_FUZZ`` is how many are tried in all (some 300 when it is not set); ``CABILDO_FUZZ_FIRST`` the number of the
first of each format. A failure names the format and the number: ``mutated(".pdf", 1234)`` is that file again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import InputError
from ingest.parsing import ParseLimits
from ingest.records import Overrides
from ingest.sandbox import Sandbox, StoppedError, WorkerBugError
from tests.support.mutations import VALID, mutated

SECONDS = 30
FIRST = int(os.environ.get("CABILDO_FUZZ_FIRST", "0"))
EACH = max(1, int(os.environ.get("CABILDO_FUZZ", "308")) // len(VALID))
#: Calamine reserves what a sheet says it needs, and follows sectors in a circle; only the child's limit ends that.
ABORTING = frozenset({".xls"})


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(ParseLimits(max_seconds=SECONDS, max_memory_mb=1024)) as made:
        yield made


def outcome(sandbox: Sandbox, path: Path, out: Path) -> str:
    """The line that is said of a file, '' when it is read.

    A child that had to be stopped did no harm, but a reader that needs it is not good enough: that is told too.
    """
    try:
        if path.suffix == ".zip":
            sandbox.unpack(path, out)
        else:
            sandbox.parse(path, path.name, Overrides())
    except StoppedError as error:
        if "de golpe" in str(error) and path.suffix in ABORTING:
            return str(error)
        return f"stopped: {error}\n"
    except WorkerBugError as error:
        return f"bug: {error}\n"
    except InputError as error:
        return str(error)
    return ""


@pytest.mark.timeout(120 + EACH)
@pytest.mark.parametrize("suffix", VALID)
def test_a_broken_file_gives_a_document_or_one_line(tmp_path: Path, suffix: str, sandbox: Sandbox) -> None:
    path, out = tmp_path / f"a{suffix}", tmp_path / "out"
    out.mkdir()
    failed: list[str] = []
    for number in range(FIRST, FIRST + EACH):
        path.write_bytes(mutated(suffix, number))
        begun = time.monotonic()
        told = outcome(sandbox, path, out)
        took = time.monotonic() - begun
        if "\n" in told or took > SECONDS:
            failed.append(f"mutated({suffix!r}, {number}) after {took:.1f} s: {told.strip()}")
        for member in out.iterdir():
            member.unlink()
    assert not failed, "\n".join(failed)
    assert sorted(tmp_path.iterdir()) == [path, out]


def test_the_same_number_is_the_same_file() -> None:
    for suffix in VALID:
        assert mutated(suffix, 5) == mutated(suffix, 5) != mutated(suffix, 6)

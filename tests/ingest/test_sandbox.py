"""Whatever a file does to the process that parses it, the parent gets an answer or one line, and goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eval.bench.long_pdf import LongPdf, write_long_pdf
from ingest.errors import InputError, StoreError
from ingest.knowledge import KnowledgeBase
from ingest.parsing import ParseLimits
from ingest.pipeline import default_stages, ingest_paths, sandboxed
from ingest.records import Overrides
from ingest.sandbox import Sandbox, StoppedError, WorkerBugError
from tests.support.files import MAKERS, docx_file, pptx_file

ROOT = Path(__file__).resolve().parents[2]
BAD = (sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
       "from tests.support.bad_readers import main; main()")  # fmt: skip
LIMITS = ParseLimits(max_seconds=3, max_memory_mb=600)

Make = Callable[[str], Path]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(LIMITS, command=BAD) as made:
        yield made


@pytest.fixture
def made(tmp_path: Path) -> Make:
    """A file whose reader does what its suffix says."""

    def make(suffix: str) -> Path:
        path = tmp_path / f"archivo.{suffix}"
        path.write_text("la cédula de alguien", encoding="utf-8")
        return path

    return make


def heading(sandbox: Sandbox, path: Path) -> str:
    (prose,) = sandbox.parse(path, path.name, Overrides()).extraction.prose
    return prose.headings[0] if prose.headings else prose.segments[0].text


def child_pid(sandbox: Sandbox) -> int:
    assert sandbox._child is not None
    return sandbox._child.pid


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("suffix", MAKERS)
def test_a_file_of_any_kind_gives_the_same_inside_and_outside(tmp_path: Path, suffix: str) -> None:
    path = MAKERS[suffix](tmp_path / f"a{suffix}")
    stages = default_stages()
    outside = stages.extract(stages.read(path, "a"), Overrides(entity="Villa"))
    with Sandbox() as sandbox:
        inside = sandbox.parse(path, "a", Overrides(entity="Villa"))
        read = sandbox.read(path, "a")
    assert inside.extraction == outside
    assert read == stages.read(path, "a")
    assert inside.extraction.rows or suffix in (".eml", ".pdf")


@pytest.mark.parametrize(
    ("suffix", "message"),
    [
        ("hang", "pasó de 3 segundos"),
        ("spin", "pasó de 3 segundos"),
        ("hoard", "más de 600 MB de memoria"),
        ("crash", r"se cerró de golpe \(código -11\)"),
        ("leave", r"se cerró de golpe \(código 0\)"),
    ],
)
def test_a_file_that_stops_the_child_is_one_line_and_the_next_is_read(
    sandbox: Sandbox, made: Make, suffix: str, message: str
) -> None:
    first = child_pid_after(sandbox, made("pid"))
    begun = time.monotonic()
    with pytest.raises(StoppedError, match=message) as caught:
        sandbox.parse(made(suffix), "a", Overrides())
    assert time.monotonic() - begun < 6
    assert "\n" not in str(caught.value)
    assert not is_running(first)
    assert child_pid_after(sandbox, made("pid")) != first


def child_pid_after(sandbox: Sandbox, path: Path) -> int:
    sandbox.parse(path, path.name, Overrides())
    return child_pid(sandbox)


def test_one_child_serves_a_whole_run(sandbox: Sandbox, made: Make) -> None:
    pids = {child_pid_after(sandbox, made(suffix)) for suffix in ("pid", "talk", "tell")}
    with pytest.raises(InputError, match="No se sabe leer"):
        sandbox.parse(made("nada"), "a", Overrides())
    assert pids == {child_pid(sandbox)}


def test_what_a_reader_prints_is_no_answer(sandbox: Sandbox, made: Make) -> None:
    assert sandbox.parse(made("talk"), "a", Overrides()).extraction.prose


@pytest.mark.parametrize("suffix", ["connect", "run", "write"])
def test_the_child_opens_no_sockets_starts_no_programs_and_writes_nothing(
    sandbox: Sandbox, made: Make, suffix: str
) -> None:
    path = made(suffix)
    with pytest.raises(WorkerBugError) as caught:
        sandbox.parse(path, "a", Overrides())
    assert caught.value.kind == "PermissionError"
    assert list(path.parent.iterdir()) == [path]


def test_the_childs_own_temporary_folder_goes_with_it(
    sandbox: Sandbox, made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = tmp_path / "tmp"
    beside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(beside))
    sandbox.parse(made("scratch"), "a", Overrides())
    assert [path for path in beside.rglob("*") if path.is_file()]
    sandbox.close()
    assert list(beside.iterdir()) == []


def test_a_mistake_of_ours_says_where_and_not_what(sandbox: Sandbox, made: Make) -> None:
    with pytest.raises(WorkerBugError) as caught:
        sandbox.parse(made("slip"), "a", Overrides())
    assert caught.value.kind == "ZeroDivisionError"
    assert "bad_readers.py" in caught.value.where
    assert "cédula" not in str(caught.value)


def test_the_child_sees_no_secrets(sandbox: Sandbox, made: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CABILDO_CHAT_API_KEY", "secreto")
    extraction = sandbox.parse(made("tell"), "a", Overrides()).extraction
    assert "PYTHONPATH" in extraction.model_dump_json()
    assert "CABILDO" not in extraction.model_dump_json()


@pytest.mark.parametrize("reply", ["nada", '{"parsed": {"sha256": 1}}', "{}", '{"otra": 1}', "[" * 50_000])
def test_an_answer_that_is_none_is_a_crash(tmp_path: Path, reply: str) -> None:
    script = f"import sys; sys.stdin.readline(); print({reply!r}, flush=True); sys.stdin.readline()"
    path = docx_file(tmp_path / "a.docx")
    with Sandbox(command=(sys.executable, "-c", script)) as sandbox, pytest.raises(StoppedError, match="de golpe"):
        sandbox.parse(path, "a", Overrides())


def answering(*lines: str) -> tuple[str, ...]:
    """A child that answers anything with these lines."""
    return sys.executable, "-c", f"import sys; sys.stdin.readline(); print({chr(10).join(lines)!r}, flush=True)"


def test_pages_are_told_as_they_are_read(tmp_path: Path) -> None:
    write_long_pdf(tmp_path / "a.pdf", LongPdf(pages=4, rows=8))
    told: list[tuple[int, int]] = []
    with Sandbox() as sandbox:
        parsed = sandbox.parse(tmp_path / "a.pdf", "a", Overrides(), on_page=lambda *step: told.append(step))
        assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
        assert sandbox.parse(tmp_path / "a.pdf", "a", Overrides()) == parsed, "nobody has to listen"
        assert sandbox.parse(docx_file(tmp_path / "b.docx"), "b", Overrides()).sha256


@pytest.mark.parametrize("pages", ['{"done": -1, "total": 4}', '{"done": "dos", "total": 4}', '{"done": 1}', "[]", "7"])
def test_pages_that_make_no_sense_are_a_crash(tmp_path: Path, pages: str) -> None:
    command = answering('{"pages": {"done": 1, "total": 4}}', f'{{"pages": {pages}}}')
    told: list[tuple[int, int]] = []
    with Sandbox(command=command) as sandbox, pytest.raises(StoppedError, match="de golpe"):
        sandbox.parse(docx_file(tmp_path / "a.docx"), "a", Overrides(), on_page=lambda *step: told.append(step))
    assert told == [(1, 4)]


def test_a_child_that_only_tells_of_pages_is_stopped_in_time(tmp_path: Path) -> None:
    script = 'import sys; sys.stdin.readline()\nwhile True: print(\'{"pages": {"done": 1, "total": 4}}\', flush=True)'
    begun = time.monotonic()
    with Sandbox(LIMITS, command=(sys.executable, "-c", script)) as sandbox, pytest.raises(StoppedError, match="pasó"):
        sandbox.parse(docx_file(tmp_path / "a.docx"), "a", Overrides())
    assert time.monotonic() - begun < 6


def test_what_is_done_meanwhile_is_done_while_the_child_reads(sandbox: Sandbox, made: Make) -> None:
    done: list[bool] = []
    sandbox.parse(made("pid"), "a", Overrides(), meanwhile=lambda: done.append(True))
    assert done == [True]
    pid = child_pid(sandbox)

    def fail() -> None:
        raise StoreError("No hay modelo.")

    with pytest.raises(StoreError):
        sandbox.parse(made("pid"), "a", Overrides(), meanwhile=fail)
    assert not is_running(pid)


def test_text_is_read_without_a_child(tmp_path: Path) -> None:
    for suffix in (".txt", ".md", ".csv"):
        (tmp_path / f"a{suffix}").write_text("Indicador;Meta\nVías;28\n", encoding="utf-8")
    with Sandbox() as sandbox:
        for path in tmp_path.iterdir():
            assert sandbox.parse(path, "a", Overrides()).sha256
        assert sandbox._child is None


def test_defaults_fill_in_what_nobody_says(tmp_path: Path) -> None:
    path = docx_file(tmp_path / "a.docx")
    with Sandbox(defaults=Overrides(entity="Otra Villa", period="2020-2023")) as sandbox:
        given = sandbox.parse(path, "a", Overrides(period="2024-2027")).extraction.info
    assert (given.period, given.entity is not None) == ("2024-2027", True)


def test_pages_and_bytes_are_bounded(tmp_path: Path) -> None:
    path = pptx_file(tmp_path / "a.pptx")
    with Sandbox(ParseLimits(max_pages=0)) as sandbox, pytest.raises(InputError, match="el máximo es 0"):
        sandbox.parse(path, "a", Overrides())
    with Sandbox(ParseLimits(max_bytes=100)) as sandbox, pytest.raises(InputError, match="máximo"):
        sandbox.parse(path, "a", Overrides())


def test_nothing_is_left_running(sandbox: Sandbox, made: Make) -> None:
    pid = child_pid_after(sandbox, made("pid"))
    sandbox.close()
    assert not is_running(pid)
    sandbox.close()


def test_several_runs_at_once_do_not_mix(made: Make) -> None:
    path = made("pid")
    seen: list[str] = []

    def work() -> None:
        with Sandbox(LIMITS, command=BAD) as sandbox:
            seen.append(str(child_pid_after(sandbox, path)))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == 2


_PARENT = """
import sys, pathlib
sys.path.insert(0, {root!r})
from ingest.sandbox import Sandbox
from ingest.parsing import ParseLimits
from ingest.records import Overrides
with Sandbox(ParseLimits(max_seconds=2.5), command={command!r}) as sandbox:
    sandbox.parse(pathlib.Path({pid!r}), "a", Overrides())
    print(sandbox._child.pid, flush=True)
    sandbox.parse(pathlib.Path({hang!r}), "a", Overrides())
"""


@pytest.mark.parametrize(("end", "within"), [(signal.SIGINT, 2.0), (signal.SIGKILL, 8.0)])
def test_the_child_ends_with_the_parent(tmp_path: Path, made: Make, end: signal.Signals, within: float) -> None:
    script = _PARENT.format(root=str(ROOT), command=BAD, pid=str(made("pid")), hang=str(made("spin")))
    command = [sys.executable, "-c", script]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        time.sleep(0.3)
        assert is_running(pid)
        parent.send_signal(end)
        parent.wait(10)
        deadline = time.monotonic() + within
        while is_running(pid) and time.monotonic() < deadline:
            time.sleep(0.05)
    assert not is_running(pid)


def test_a_stopped_file_loses_nothing_else(
    tmp_path: Path, knowledge: KnowledgeBase, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    docx_file(folder / "a.docx")
    for suffix in ("crash", "slip"):
        (folder / f"b.{suffix}").write_text("la cédula de alguien", encoding="utf-8")
    pptx_file(folder / "c.pptx")
    usual = default_stages()
    stages = sandboxed(usual)
    stages = type(stages)(
        **{**vars(stages), "suffixes": {*usual.suffixes, ".crash", ".slip"}, "parser": lambda: Sandbox(command=BAD)}
    )
    report = ingest_paths([folder], knowledge, stages=stages)
    assert [(d.document, d.status) for d in report.documents] == [
        ("a.docx", "added"),
        ("b.crash", "failed"),
        ("b.slip", "failed"),
        ("c.pptx", "added"),
    ]
    codes = [warning.code for document in report.failed for warning in document.warnings]
    assert codes == ["unreadable", "internal-error"]
    assert "ZeroDivisionError" in caplog.text
    assert "cédula" not in caplog.text + report.model_dump_json()
    assert knowledge.check() == []

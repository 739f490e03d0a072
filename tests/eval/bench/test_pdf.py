"""The benchmark of a long PDF: the document is what it says, the pieces of work are measured whole, the bars hold."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from eval.bench import pdf as bench
from eval.bench.long_pdf import HEADER, LongPdf, write_long_pdf
from eval.bench.pdf import INGEST, ROWS, TABLES, Cost, as_json, measure, row_texts, summary
from eval.bench.timing import Timing
from eval.bench.watching import Watched, watch
from ingest.errors import InputError
from ingest.extract import extract
from ingest.readers import read_file

SMALL = LongPdf(pages=4, rows=14)
#: Holds 60 MB in a child of its own until both are told to end.
HOLDING = (
    "import subprocess, sys, time; "
    "subprocess.run([sys.executable, '-c', 'import time; x = bytearray(60_000_000); time.sleep(0.6)'])"
)


def cost(ingest: float, tables: float, rows: float, together: int = 10**9) -> Cost:
    timings = {INGEST: [Timing(ingest, 1)], TABLES: [Timing(tables, 1)], ROWS: [Timing(rows, 1)]}
    return Cost(300, 1500, timings, own=8 * 10**8, children=10**8, together=together)


@pytest.mark.parametrize("ruled", [True, False])
def test_the_rows_of_the_long_plan_are_read_as_they_were_written(tmp_path: Path, ruled: bool) -> None:
    wanted = LongPdf(pages=4, rows=14, ruled=ruled)
    written = write_long_pdf(tmp_path / "plan.pdf", wanted)
    rows = extract(read_file(tmp_path / "plan.pdf")).rows
    assert [tuple(text for _, text in row.cells) for row in rows] == written
    assert [name for name, _ in rows[0].cells] == list(HEADER)
    assert len(set(row_texts(tmp_path / "plan.pdf"))) == len(written) == 14


def test_the_same_arguments_write_the_same_file(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.pdf", "b.pdf")]
    for path in paths:
        write_long_pdf(path, SMALL)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is watched through /proc")
def test_a_command_is_watched_with_the_processes_below_it() -> None:
    watched = watch([sys.executable, "-c", HOLDING], os.environ)
    assert watched.code == 0
    assert watched.timing.wall > 0.5
    assert watched.children > 60_000_000 > watched.own > 1_000_000
    assert watched.together > watched.children


@pytest.mark.parametrize(
    ("measured", "passes"),
    [
        (cost(13.0, 4.0, 6.0), True),
        (cost(13.1, 4.0, 6.0), False),
        (cost(5.0, 4.0, 6.0, together=1_500_000_000), False),
    ],
)
def test_the_bars_are_time_over_the_parts_and_memory(measured: Cost, passes: bool) -> None:
    assert measured.passes is passes
    assert json.loads(json.dumps(as_json(measured)))["passes"] is passes


def test_the_ratio_is_of_each_round_since_what_else_runs_slows_a_whole_round() -> None:
    timings = {
        INGEST: [Timing(12, 1), Timing(60, 1), Timing(13, 1)],
        TABLES: [Timing(4, 1), Timing(20, 1), Timing(4, 1)],
        ROWS: [Timing(6, 1), Timing(30, 1), Timing(6, 1)],
    }
    assert Cost(1, 1, timings, 0, 0, 0).over_parts == pytest.approx(1.2)


def test_the_summary_says_times_ratio_and_memory() -> None:
    lines = list(summary(cost(12.0, 4.0, 6.0)))
    assert lines[0].startswith("300 páginas, 1500 filas, 1 rondas")
    assert any("(a) / ((b) + (c)) = 1,20; debe ser 1,3 o menos" in line for line in lines)
    assert "800 MB la orden, 100 MB el proceso que lee, 1000 MB juntos" in lines[-1]


def stand_in(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    output = json.dumps({"documents": [{"rows": rows}]})
    monkeypatch.setattr(bench, "_alone", lambda work, path: Timing(1, 1))
    monkeypatch.setattr(bench, "watch", lambda command, environment: Watched(0, output, Timing(2, 2), 1, 2, 3))


def test_each_round_measures_each_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, SMALL.rows)
    measured = measure(SMALL, rounds=2)
    assert {name: len(each) for name, each in measured.timings.items()} == {INGEST: 2, TABLES: 2, ROWS: 2}
    assert (measured.own, measured.children, measured.together) == (1, 2, 3)


def test_an_ingest_that_loses_rows_is_an_error_not_a_fast_result(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(monkeypatch, SMALL.rows - 1)
    with pytest.raises(InputError, match="13 filas de 14"):
        measure(SMALL, rounds=1)
    assert bench.main(["--pages", "4", "--rows", "14"]) == 1
    assert "13 filas de 14" in capsys.readouterr().err

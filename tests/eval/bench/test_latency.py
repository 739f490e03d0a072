"""The bench of latency: what its line says, and that it asks what it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import Settings
from eval.bench.latency import measure, percentile, told
from tests.support.town import HARBOUR, write_text


def test_percentiles_are_of_the_nearest_rank() -> None:
    assert percentile([0.4, 0.1, 0.3, 0.2], 0.5) == 0.3
    assert percentile([0.4, 0.1, 0.3, 0.2], 0.99) == 0.4


def test_the_line_says_ratios_to_the_median_encoding() -> None:
    line = told([0.03, 0.03, 0.06], [0.02, 0.02, 0.05])
    assert "codificar 20.0 ms; responder 30.0 ms, p99 60.0 ms" in line
    assert "mediana 1.50 veces, p99 3.00 veces" in line


@pytest.mark.slow
def test_each_question_is_answered_and_encoded_once_a_round(tmp_path: Path) -> None:
    document = write_text(tmp_path / "puerto.txt", HARBOUR)
    settings = Settings(data_dir=tmp_path / "data", chat_model=None, _env_file=None)
    found = measure(["¿Cuántos muelles se van a rehabilitar?", "¿Y kilómetros de vía?"], settings, [document])
    assert {name: len(timings) for name, timings in found.items()} == {"encode": 4, "answer": 4}

"""Rows that a language model reads in prose: kept only where the page says every value of them."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from ingest.extract import extract
from ingest.model_rows import ReadingError, with_model_rows
from ingest.records import Extraction, Overrides
from tests.support.blocks import text_document

PAGE = """Municipio de Villa Serena
PLAN DE DESARROLLO 2024 - 2027

Programa Luz para todos

En el cuatrienio se instalarán 1.250 luminarias nuevas en las veredas, frente a una línea base de 300 luminarias.
La meta es además llegar a 2027 con 14 escuelas conectadas; quien tenga dudas escriba a ana.perez@correo.com.
"""
GOOD: dict[str, Any] = {
    "quote": "En el cuatrienio se instalarán 1.250 luminarias nuevas en las veredas, "
    "frente a una línea base de 300 luminarias.",
    "indicator": "luminarias nuevas en las veredas",
    "target": "1.250 luminarias",
    "baseline": "300 luminarias",
    "programme": "Luz para todos",
}


def extraction(kind: str = "plan", text: str = PAGE) -> Extraction:
    return extract(text_document(text), Overrides(kind=kind))  # type: ignore[arg-type]


def answer(*rows: dict[str, Any]) -> str:
    return json.dumps({"rows": rows}, ensure_ascii=False)


def read(*answers: str, kind: str = "plan", text: str = PAGE, seconds: float = 60) -> tuple[Extraction, list[str]]:
    """What is made of it with a model of these answers (an empty one is a failure), and the pages it got."""
    pages: list[str] = []

    def ask(page: str, headings: str, seconds: float) -> str:
        pages.append(page)
        said = answers[min(len(pages), len(answers)) - 1]
        if not said:
            raise ReadingError("time")
        return said

    return with_model_rows(extraction(kind, text), "c" * 64, ask, seconds), pages


def test_a_row_whose_values_stand_on_the_page_is_kept_with_a_warning() -> None:
    made, _ = read(answer(GOOD))
    (row,) = made.rows
    assert (row.kind, row.indicator, row.programme) == ("product", "luminarias nuevas en las veredas", "Luz para todos")
    assert row.target is not None
    assert row.baseline is not None
    assert (row.target.value, row.target.text, row.baseline.value) == (1250, "1.250 luminarias", 300)
    assert (row.place.line, row.quote) == (6, GOOD["quote"])
    assert [notice.code for notice in row.warnings] == ["from-model"]
    assert row.row_id.startswith("cccccccccccc.modelo_l6")
    assert [n.code for n in made.notices] == ["personal-data-masked", "from-model"]


@pytest.mark.parametrize(
    "change",
    [
        {"target": "1.260 luminarias"},  # another figure
        {"target": "250 luminarias"},  # the end of a figure
        {"target": "1250 luminarias"},  # written otherwise
        {"target": "14 escuelas conectadas"},  # on the page, not in the quote
        {"baseline": "301 luminarias"},
        {"indicator": "luminarias LED nuevas"},
        {"programme": "Sol para todos"},
        {"quote": "Se instalarán 1.250 luminarias nuevas en las veredas."},
        {"target": None, "baseline": None},  # nothing measured
        {"target": "nuevas en las veredas", "baseline": None},  # no figure
        {"kind": "fact"},
        {"responsible": "Obras"},  # not asked for
        {"target": 1250},
    ],
)
def test_a_row_of_which_anything_is_not_so_on_the_page_is_dropped_and_counted(change: dict[str, Any]) -> None:
    made, _ = read(answer({**GOOD, **change}))
    assert made.rows == ()
    assert "model-rows-dropped" in [n.code for n in made.notices]


def test_what_was_read_before_stays_as_it_was() -> None:
    table = f"{PAGE}\nPrograma\tIndicador\tLínea base\tMeta\nAgua\tPozos perforados\t2\t5\n"
    before = extraction(text=table).rows
    made, _ = read(answer(GOOD, GOOD), text=table)
    assert made.rows[:1] == before
    assert len(made.rows) == 2  # said twice, kept once


def test_contact_data_is_masked_before_it_leaves() -> None:
    _, pages = read(answer())
    assert "ana.perez" not in "\n".join(pages)
    assert "1.250 luminarias" in "\n".join(pages)


@pytest.mark.parametrize("kind", ["letter", "progress"])
def test_letters_and_reports_are_never_sent(kind: str) -> None:
    made, pages = read(answer(GOOD), kind=kind)
    assert pages == []
    assert made == extraction(kind)


def test_a_page_without_figures_or_targets_is_not_asked_about() -> None:
    assert read(answer(GOOD), text="Villa Serena queda junto al río, a 40 kilómetros del puerto.\n")[1] == []


@pytest.mark.parametrize("failing", ["", "No puedo ayudar con eso.", '{"rows": "ninguna"}', "{" * 5000])
def test_a_model_that_fails_costs_a_notice_and_nothing_else(failing: str) -> None:
    made, _ = read(failing)
    assert made.rows == extraction().rows
    assert made.prose == extraction().prose
    assert "model-not-read" in [n.code for n in made.notices]


def test_a_mistake_of_ours_costs_no_document_either(caplog: pytest.LogCaptureFixture) -> None:
    def ask(page: str, headings: str, seconds: float) -> str:
        raise KeyError(page)

    with caplog.at_level(logging.ERROR):
        made = with_model_rows(extraction(), "c" * 64, ask, 60)
    assert "model-not-read" in [n.code for n in made.notices]
    assert "luminarias" not in caplog.text


def test_no_more_is_asked_after_the_time_of_the_document_or_two_failures() -> None:
    long = "\n\n".join(f"La meta número {i} del cuatrienio es {'muy ' * 400} de {i} obras." for i in range(12))
    text = f"PLAN DE DESARROLLO 2024 - 2027\n\n{long}\n"
    _, all_pages = read(answer(), text=text)
    assert len(all_pages) > 3
    made, pages = read("", text=text)
    assert len(pages) == 2
    (notice,) = [n for n in made.notices if n.code == "model-not-read"]
    assert f" {len(all_pages)} páginas" in notice.message
    assert read(answer(), text=text, seconds=0)[1] == []

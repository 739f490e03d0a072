"""Result indicators whose sheet has no sectors are of the sector that the topic before their name begins like."""

from __future__ import annotations

import pytest

from assistant.question.lexicon import load_lexicon
from assistant.question.question import Understanding
from assistant.set_answers import set_answers
from assistant.sets.of_sector import is_of_sector, is_result_of_sector
from assistant.sets.sets import select
from ingest.records import IndicatorRow, PathStep
from tests.support.records import make_row
from tests.support.town import corpus_of

SECTORS = (
    "Salud y protección social",
    "Educación",
    "Vivienda, ciudad y territorio",
    "Transporte",
    "Cultura",
    "Trabajo",
)


def row(line: int, indicator: str, sector: str | None = None) -> IndicatorRow:
    path = (PathStep(level="Sector", value=sector, role="sector"),) if sector else ()
    return make_row("a" * 64, line, indicator, kind="product" if sector else "result", path=path)


RESULTS = (
    row(1, "Salud - Cobertura de tamizaje visual"),
    row(2, "Salud - Tasa de caries infantil"),
    row(3, "Vivienda y acceso a servicios públicos - Hogares sin alcantarillado"),
    row(4, "Pobreza - Hogares en pobreza extrema"),
)
PRODUCTS = tuple(row(10 + at, f"Cosa {at} hecha", sector) for at, sector in enumerate(SECTORS))
CORPUS = corpus_of(*RESULTS, *PRODUCTS)


def answer_to(text: str) -> tuple[str, str]:
    query = Understanding(load_lexicon(), CORPUS).read(text)
    found = next(set_answers(query, CORPUS, lambda item: None))
    return found.status, found.answer


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("¿Cuántos indicadores de resultado de salud tiene el plan?", "2 indicadores"),
        ("¿Cuántas metas de resultado hay en salud?", "2"),
        ("¿Cuántos indicadores de resultado del sector vivienda tiene el plan?", "1 indicador"),
    ],
)
def test_result_indicators_of_a_sector_are_counted_by_their_topic(question: str, count: str) -> None:
    status, answer = answer_to(question)
    assert status == "answered"
    assert count in answer


@pytest.mark.parametrize("sector", ["educación", "transporte", "cultura"])
def test_a_sector_without_result_indicators_is_told_no_other_rows(sector: str) -> None:
    status, answer = answer_to(f"¿Cuántos indicadores de resultado de {sector} tiene el plan?")
    assert status == "not_found"
    assert "Cosa" not in answer


def test_the_topic_counts_for_result_indicators_alone() -> None:
    by_row = {item.row.row_id: item for item in CORPUS.rows if item.row}
    result, product = by_row[RESULTS[0].row_id], by_row[PRODUCTS[0].row_id]
    assert is_result_of_sector(result, SECTORS[:1])
    assert not is_of_sector(result, SECTORS[:1])
    assert is_result_of_sector(product, SECTORS[:1])
    assert not is_result_of_sector(product, SECTORS[1:])


def test_all_rows_of_a_sector_stay_those_of_its_column() -> None:
    query = Understanding(load_lexicon(), CORPUS).read("¿Cuántos indicadores de salud tiene el plan?")
    assert all(item.row and item.row.step("sector") for item in select(query, CORPUS).items)

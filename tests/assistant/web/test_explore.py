"""Explorar: selections that are addresses, facets, order, charts, and spreadsheets of exactly what is shown."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import openpyxl
import pytest
from starlette.datastructures import QueryParams

from assistant.web.explore.charts import baseline_against_target, budget_by_programme, targets_by
from assistant.web.explore.entries import Entry, change_of, entries_of
from assistant.web.explore.selection import PER_PAGE, Selection, choices, read_selection, select
from ingest.records import BudgetItem, Figure, IndicatorRow, PathStep, Place
from tests.assistant.web.conftest import Visitor
from tests.support.town import Town, snapshot_of


def a_row(number: int, **fields: object) -> IndicatorRow:
    values: dict[str, object] = {
        "row_id": f"r{number}",
        "document_id": "d" * 64,
        "kind": "product",
        "entity": "Villa Serena",
        "indicator": f"Obra {number}",
        "place": Place(line=number),
    }
    return IndicatorRow(**{**values, **fields})  # type: ignore[arg-type]


def figure(value: float | None, unit: str | None = None) -> Figure:
    return Figure(text=str(value), value=None if value is None else Decimal(str(value)), unit=unit)


def entries(*rows: IndicatorRow) -> tuple[Entry, ...]:
    return entries_of(snapshot_of(rows))


@pytest.fixture(scope="module")
def all_entries(web_town: Town) -> tuple[Entry, ...]:
    return entries_of(web_town.knowledge.snapshot())


def names(found: list[Entry]) -> list[str]:
    return [entry.row.indicator or entry.row.metric or "" for entry in found]


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(text="vía terciaria", order="meta", descending=True, page=3),
        Selection(chosen={"clase": ("product", "result"), "dependencia": ("Salud & vida",)}, view="graficas"),
        Selection(questions=("¿Qué metas tiene Salud?", "¿y Educación?"), order="avance"),
    ],
)
def test_a_selection_is_its_address_and_back(selection: Selection) -> None:
    query = selection.address().partition("?")[2]
    assert read_selection(QueryParams(query)) == selection


@pytest.mark.parametrize("query", ["pagina=-1", "pagina=x", "orden=drop", "vista=3d", "clase=", "pagina=٣", "otra=1"])
def test_an_address_that_makes_no_sense_shows_everything(query: str) -> None:
    assert read_selection(QueryParams(query)) == Selection()


def test_words_are_found_without_accents_and_in_any_order(all_entries: tuple[Entry, ...]) -> None:
    found = select(all_entries, Selection(text="TERCIARIA via"))
    assert names(found).count("Kilómetros de vía terciaria mejorados") == 2


def test_values_of_one_facet_are_alternatives_and_facets_narrow_each_other(all_entries: tuple[Entry, ...]) -> None:
    health, school = "Secretaría de Salud", "Secretaría de Educación"
    both = select(all_entries, Selection(chosen={"dependencia": (health, school)}))
    assert {entry.row.dependency for entry in both} == {health, school}
    narrowed = select(all_entries, Selection(chosen={"dependencia": (health, school), "programa": ("BATA BLANCA",)}))
    assert narrowed
    assert {entry.row.dependency for entry in narrowed} == {health}


def test_a_facet_counts_what_the_rest_of_the_selection_leaves(all_entries: tuple[Entry, ...]) -> None:
    wanted = Selection(chosen={"entidad": ("Puerto Lindo",), "clase": ("product",)})
    counted = {one.value: one for one in choices(all_entries, wanted)["entidad"]}
    products = select(all_entries, Selection(chosen={"clase": ("product",)}))
    for name in ("Puerto Lindo", "Villa Serena"):
        assert counted[name].count == sum(entry.row.entity == name for entry in products)
    assert counted["Puerto Lindo"].is_chosen
    assert not counted["Villa Serena"].is_chosen


def test_rows_are_sorted_by_value_and_those_without_one_come_last_both_ways() -> None:
    some = entries(a_row(1, target=figure(10)), a_row(2), a_row(3, target=figure(9)))
    for descending, expected in ((False, ["r3", "r1", "r2"]), (True, ["r1", "r3", "r2"])):
        found = select(some, Selection(order="meta", descending=descending))
        assert [entry.row.row_id for entry in found] == expected


@pytest.mark.parametrize(
    ("base", "target", "expected"),
    [
        (figure(3), figure(9), "mayor"),
        (figure(9), figure(3), "menor"),
        (figure(3), figure(3), "igual"),
        (figure(0), figure(3), "desde-cero"),
        (figure(None), figure(3), "no-se-comparan"),
        (figure(8, "%"), figure(3, "aulas"), "no-se-comparan"),
        (None, figure(3), "no-se-comparan"),
        (figure(3), None, None),
    ],
)
def test_a_target_is_held_against_its_baseline(
    base: Figure | None, target: Figure | None, expected: str | None
) -> None:
    assert change_of(a_row(1, baseline=base, target=target)) == expected


def test_marks_of_a_chart_lead_to_exactly_the_rows_they_count(all_entries: tuple[Entry, ...]) -> None:
    wanted = Selection(chosen={"entidad": ("Villa Serena",)})
    shown = select(all_entries, wanted)
    marks = [*targets_by("programa", shown, wanted).marks, *targets_by("dependencia", shown, wanted).marks]
    marks += baseline_against_target(shown, wanted).changes.marks
    assert len(marks) > 8
    for mark in marks:
        there = select(all_entries, read_selection(QueryParams(mark.address.partition("?")[2])))
        assert sum(entry.row.target is not None for entry in there) == mark.amounts[0], mark.label


def test_money_that_no_document_says_is_not_zero() -> None:
    item = BudgetItem(item="asignado", value=Decimal(900))
    (mark,) = budget_by_programme(entries(a_row(1, budget=(item,))), Selection()).marks
    assert mark.amounts == (900.0, None)


def test_assigned_and_executed_are_compared_for_the_years_that_say_both() -> None:
    items = tuple(
        BudgetItem(item=name, value=Decimal(value), year=year)  # type: ignore[arg-type]
        for name, value, year in (
            ("apropiacion_definitiva", 100, 2024),
            ("apropiacion_definitiva", 700, 2025),
            ("compromisos", 60, 2024),
        )
    )
    (mark,) = budget_by_programme(entries(a_row(1, budget=items)), Selection()).marks
    assert mark.amounts == (100.0, 60.0)


def test_sources_of_money_are_added_only_where_no_total_is_printed() -> None:
    def item(value: int, source: str | None) -> BudgetItem:
        return BudgetItem(item="asignado", value=Decimal(value), year=2024, funding_source=source)

    with_total = a_row(1, budget=(item(30, "SGP"), item(70, "Propios"), item(100, None)))
    without = a_row(2, budget=(item(5, "SGP"), item(7, "Propios")))
    (mark,) = budget_by_programme(entries(with_total, without), Selection()).marks
    assert mark.amounts[0] == 112.0


def test_the_town_slides_are_drawn_with_their_money(all_entries: tuple[Entry, ...]) -> None:
    chart = budget_by_programme(all_entries, Selection())
    assert ("GOTA A GOTA", (900_000_000.0, 540_000_000.0)) in [(mark.label, mark.amounts) for mark in chart.marks]


def test_many_rows_come_in_pages(visitor: Visitor) -> None:
    page = visitor.get("/explorar").text
    total = int(re.findall(r"<h2 id=\"cuantas\">(\d+) filas", page)[0])
    assert page.count('id="fila-') == min(total, PER_PAGE)


def test_the_fragment_says_the_address_to_show_and_has_no_page_around_it(visitor: Visitor) -> None:
    response = visitor.get(
        "/explorar?texto=acueductos&clase=", **{"hx-request": "true", "hx-source": "form#exploracion"}
    )
    assert "<html" not in response.text
    assert response.headers["hx-push-url"] == "/explorar?texto=acueductos"
    typing = visitor.get("/explorar?texto=a", **{"hx-request": "true", "hx-source": "input#texto"})
    assert typing.headers["hx-replace-url"] == "/explorar?texto=a"


def test_a_question_about_a_set_shows_its_rows(visitor: Visitor, web_town: Town) -> None:
    question = "¿Qué indicadores tiene el programa BATA BLANCA?"
    asked = web_town.assistant.rows_asked([question])
    assert len(asked) >= 2
    page = visitor.get(f"/explorar?pregunta={question}").text
    assert re.findall(r'id="fila-([^"]+)"', page) == asked


SELECTED = "texto=vereda&clase=product&orden=meta&sentido=desc"


def test_spreadsheets_hold_exactly_what_is_shown_in_its_order(visitor: Visitor) -> None:
    shown = re.findall(r'id="fila-([^"]+)"', visitor.get(f"/explorar?{SELECTED}").text)
    assert len(shown) >= 3
    as_csv = visitor.get(f"/explorar.csv?{SELECTED}")
    assert "attachment" in as_csv.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(as_csv.content.decode("utf-8-sig"))))
    assert [line["Id"] for line in lines] == shown
    sheet = openpyxl.load_workbook(io.BytesIO(visitor.get(f"/explorar.xlsx?{SELECTED}").content), read_only=True).active
    assert sheet is not None
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == shown


def test_a_row_shows_its_cells_as_printed(visitor: Visitor, web_town: Town) -> None:
    row = web_town.item("Acueductos veredales construidos").row
    assert row is not None
    page = visitor.get(f"/filas/{row.row_id}").text
    for _, text in row.cells:
        assert text.split("Fuente")[0].strip() in page
    assert "GOTA A GOTA" in page


def test_markup_in_a_search_and_in_rows_is_text(visitor: Visitor) -> None:
    page = visitor.get('/explorar?texto=<script>alert(1)</script>&programa="><img src=x>').text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_path_of_markup_is_text_in_charts() -> None:
    step = PathStep(level="Programa", value="<b>Agua</b>", role="programme")
    chart = targets_by("programa", entries(a_row(1, path=(step,), target=figure(3))), Selection())
    assert "%3Cb%3E" in chart.marks[0].address

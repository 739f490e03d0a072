"""Rows of reports joined to the plan rows they report on."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from ingest.extract import extract
from ingest.linking import link_rows, plan_codes
from ingest.readers import read_file
from ingest.records import Figure, IndicatorRow, PathStep, Place

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "other-cities"


def row(
    row_id: str,
    kind: str,
    indicator: str | None = None,
    *,
    sispt: str | None = None,
    programme: str | None = "Letras",
    product: str | None = None,
    target: int | None = None,
    entity: str | None = "Palmarito",
    period: str | None = "2024-2027",
    document: str = "",
    **more: object,
) -> IndicatorRow:
    steps = [("Programa", programme, "programme"), ("Producto", product, "product")]
    return IndicatorRow.model_validate(
        {
            "row_id": row_id,
            "document_id": document or kind,
            "kind": kind,
            "indicator": indicator,
            "codes": {"sispt": sispt} if sispt else {},
            "path": tuple(PathStep(level=level, value=value, role=role) for level, value, role in steps if value),  # type: ignore[arg-type]
            "target": None if target is None else Figure(text=str(target), value=Decimal(target)),
            "entity": entity,
            "period": period,
            "place": Place(line=1),
            **more,
        }
    )


def links(*rows: IndicatorRow) -> dict[str, list[tuple[str, float]]]:
    return {r.row_id: [(link.row_id, link.confidence) for link in r.links] for r in link_rows(rows)}


def test_by_code_both_ways() -> None:
    found = links(
        row("p", "product", sispt="IP-7"), row("r", "progress", sispt="IP-7"), row("b", "budget", sispt="IP-7")
    )
    assert found == {"p": [("r", 1.0), ("b", 1.0)], "r": [("p", 1.0)], "b": [("p", 1.0)]}


def test_a_cell_of_several_codes_reports_on_several_rows() -> None:
    found = links(
        row("a", "product", sispt="IP-7"), row("b", "result", sispt="IR-8"), row("r", "progress", sispt="IP-7, IR-08")
    )
    assert found["r"] == [("a", 1.0), ("b", 1.0)]


def test_a_code_in_no_plan_row_gives_a_notice_once() -> None:
    rows = link_rows(link_rows([row("p", "product", sispt="IP-7"), row("r", "progress", sispt="IP-7, IP-99")]))
    assert [(notice.code, "IP-99" in notice.message) for notice in rows[1].warnings] == [("code-not-in-plan", True)]
    assert [link.row_id for link in rows[1].links] == ["p"]


def test_no_notice_where_there_is_no_plan_to_look_in() -> None:
    assert link_rows([row("r", "progress", sispt="IP-99")])[0].warnings == ()


@pytest.mark.parametrize(
    "other",
    [
        {"entity": "Río Claro"},
        {"entity": None},
        {"period": "2020-2023"},
        {"period": None},
    ],
)
def test_only_within_one_entity_and_term(other: dict[str, str | None]) -> None:
    report = row("r", "progress", "Aulas construidas", sispt="IP-7", **other)  # type: ignore[arg-type]
    assert links(row("p", "product", "Aulas construidas", sispt="IP-7"), report) == {"p": [], "r": []}


def test_a_report_of_one_year_is_of_the_term_that_holds_it() -> None:
    assert links(row("p", "product", sispt="IP-7"), row("r", "progress", sispt="IP-7", period="2025"))["r"] == [
        ("p", 1.0)
    ]


def test_the_short_name_of_a_town_is_the_same_town() -> None:
    found = links(
        row("p", "product", sispt="IP-7", entity="Palmarito de los Llanos"),
        row("r", "progress", sispt="IP-7", entity="PALMARITO"),
    )
    assert found["r"] == [("p", 1.0)]


def test_by_words_within_the_programme_with_the_likeness_kept() -> None:
    found = links(
        row("p", "product", "Bibliotecas escolares dotadas"),
        row("q", "product", "Aulas construidas"),
        row("r", "progress", "Bibliotecas  escolares dotada."),
        row("s", "progress", "Puentes pintados"),
    )
    ((plan, confidence),) = found["r"]
    assert plan == "p"
    assert 0.85 <= confidence <= 1.0
    assert (found["s"], found["q"]) == ([], [])


def test_not_across_programmes() -> None:
    assert (
        links(
            row("p", "product", "Personas capacitadas"), row("r", "progress", "Personas capacitadas", programme="Campo")
        )["r"]
        == []
    )


def test_a_programme_cut_short_is_the_same() -> None:
    plan = row(
        "p",
        "product",
        "Escuelas deportivas",
        programme="Fomento a la recreación y el deporte para la convivencia y la paz",
    )
    report = row("r", "progress", "Escuelas deportivas", programme="Fomento a la recreación y el deporte")
    assert links(plan, report)["r"] == [("p", 1.0)]


def test_of_rows_with_the_same_indicator_product_and_target_tell_which() -> None:
    found = links(
        row("p1", "product", "Personas capacitadas", product="Servicio de turismo", target=40),
        row("p2", "product", "Personas capacitadas", product="Servicio de deporte", target=90),
        row("r1", "progress", "Personas capacitadas", product="Servicio de deporte", target=90),
        row("r2", "progress", "Personas capacitadas", product="Servicio de turismo", target=40),
    )
    assert (found["r1"], found["r2"]) == ([("p2", 1.0)], [("p1", 1.0)])


def test_the_territorys_own_wording_is_the_same_indicator() -> None:
    plan = row("p", "product", "Documentos de planeación", context=("Plan de movilidad adoptado",))
    assert links(plan, row("r", "progress", "Plan de movilidad adoptado"))["r"] == [("p", 1.0)]


def test_several_figures_of_one_slide_share_their_plan_row() -> None:
    found = links(
        row("p", "product", "Aulas construidas", target=9),
        row("m", "progress", "Aulas construidas", metric="Meta 2025"),
        row("a", "progress", "Aulas construidas", metric="Avance 2025"),
    )
    assert [found["m"], found["a"]] == [[("p", 1.0)], [("p", 1.0)]]


def test_linking_again_changes_nothing() -> None:
    once = link_rows([row("p", "product", "Aulas"), row("r", "progress", "Aulas")])
    assert link_rows(once) == once


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("IP-269, IP-285", ("IP-269", "IP-285")),
        ("ip 12", ()),
        ("IP12", ("IP-12",)),
        ("IP-012/IR-3", ("IP-12", "IR-3")),
        ("", ()),
    ],
)
def test_codes_of_a_cell(cell: str, codes: tuple[str, ...]) -> None:
    assert plan_codes(row("p", "product", sispt=cell)) == codes


@cache
def _real() -> tuple[IndicatorRow, ...]:
    names = (
        "santander_sispt_plan_indicativo.xlsx",
        "santander_tablero_indicadores_2025-06.xlsx",
        "chia_sispt_plan_indicativo.xlsx",
        "chia_dnp_seguimiento_pdt.xlsx",
    )
    found = [extraction for name in names for extraction in extract(read_file(FOLDER / name)).rows]
    # The follow-up names its town only on a sheet of helper cells; whoever ingests it says so.
    return link_rows([r if r.entity else r.model_copy(update={"entity": "Chía"}) for r in found])


@pytest.mark.real_documents
@pytest.mark.skipif(not FOLDER.is_dir(), reason="the real documents are not beside the project (../shared)")
@pytest.mark.skipif(find_spec("ingest.readers.workbook") is None, reason="no reader of workbooks yet")
class TestRealPlans:
    def test_the_follow_up_is_joined_to_the_plan_by_code(self) -> None:
        rows = [r for r in _real() if r.entity == "Chía" and r.kind in ("progress", "budget")]
        plan = {code for r in _real() if r.entity == "Chía" and r.kind == "product" for code in plan_codes(r)}
        assert len(rows) == 244 + 229
        for r in rows:
            assert len(r.links) == len(set(plan_codes(r)) & plan), r.codes
            told = [notice for notice in r.warnings if notice.code == "code-not-in-plan"]
            assert len(told) == len(set(plan_codes(r)) - plan)
        assert {code for r in rows for code in set(plan_codes(r)) - plan} == {"IP-380"}

    def test_the_dashboard_is_joined_to_the_plan_by_indicator(self) -> None:
        by_id = {r.row_id: r for r in _real()}
        rows = [r for r in _real() if r.entity == "Santander" and r.kind == "progress"]
        joined = [(r, by_id[r.links[0].row_id]) for r in rows if r.links]
        assert len(rows) == 375
        assert len(joined) >= 340
        assert all(len(r.links) == 1 for r, _ in joined)
        same_target = sum(
            r.target == p.target or (r.target and p.target and r.target.value == p.target.value) for r, p in joined
        )
        assert same_target >= 0.97 * len(joined)

"""Rows of reports joined to the plan rows they report on."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from ingest.extract import extract
from ingest.fold import fold
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


@pytest.mark.parametrize(
    ("period", "is_of_the_term"),
    [
        ("2024", True),
        ("2024-2025", True),
        ("2023-2025", True),
        ("2023-2024", True),
        ("2020-2024", False),
        ("2028", False),
    ],
)
def test_a_report_is_of_the_term_that_its_last_year_and_most_of_its_years_are_in(
    period: str, is_of_the_term: bool
) -> None:
    found = links(row("p", "product", sispt="IP-7"), row("r", "progress", sispt="IP-7", period=period))
    assert bool(found["r"]) is is_of_the_term


def test_a_report_of_two_terms_years_is_of_one_of_them() -> None:
    found = links(
        row("old", "product", sispt="IP-7", period="2020-2023", document="a"),
        row("new", "product", sispt="IP-7", document="b"),
        row("r", "progress", sispt="IP-7", period="2023-2024"),
    )
    assert found["r"] == [("new", 1.0)]


def test_a_department_is_not_the_town_whose_name_begins_with_it() -> None:
    found = links(
        row("p", "product", sispt="IP-7", entity="Santander"),
        row("r", "progress", sispt="IP-7", entity="Santander de Quilichao"),
    )
    assert found["r"] == []


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


def test_the_same_words_in_two_programmes_are_told_apart_by_the_programme() -> None:
    found = links(
        row("a", "product", "Personas capacitadas en oficios del agro", programme="Campo", target=5),
        row("b", "product", "Personas capacitadas en oficios del agro", programme="Empleo", target=9),
        row("r", "progress", "Personas capacitadas en oficios del agro", programme="Empleo", target=5),
    )
    assert found["r"] == [("b", 1.0)]


def test_the_same_words_in_two_programmes_are_joined_to_neither_without_one() -> None:
    found = links(
        row("a", "product", "Personas capacitadas en oficios del agro", programme="Campo"),
        row("b", "product", "Personas capacitadas en oficios del agro", programme="Empleo"),
        row("r", "progress", "Personas capacitadas en oficios del agro", programme=None),
    )
    assert found["r"] == []


def test_a_report_without_programmes_is_joined_where_the_words_are_of_one_row_and_less_surely() -> None:
    found = links(
        row("a", "product", "Personas capacitadas en oficios del agro", programme="Campo"),
        row("b", "product", "Personas formadas"),
        row("r", "progress", "Personas capacitadas en oficios del agro", programme=None),
        row("s", "progress", "Personas formadas", programme=None),
    )
    assert found["r"] == [("a", 0.9)]
    assert found["s"] == []  # two words are said of anything


def test_two_rows_that_could_be_the_only_one_are_both_left() -> None:
    found = links(
        row("a", "product", "Personas capacitadas en oficios del agro", programme="Campo"),
        row("r", "progress", "Personas capacitadas en oficios del agro", programme=None, target=3),
        row("s", "progress", "Personas capacitadas en oficios del agro", programme=None, target=4),
    )
    assert (found["r"], found["s"]) == ([], [])


def test_a_programme_that_the_plan_does_not_have_tells_nothing_but_the_product_does() -> None:
    product = "Servicio de formación en oficios para las mujeres de la zona rural dispersa"
    plan = row("p", "product", "Personas capacitadas", programme="Empleo", product=product, target=40)
    moved = row("r", "progress", "Personas capacitadas", programme="Tiempo de ellas", product=product, target=40)
    other = row(
        "s", "progress", "Personas capacitadas", programme="Tiempo de ellas", product="Otro servicio", target=40
    )
    assert links(plan, moved)["r"] == [("p", 0.9)]
    assert links(plan, other)["s"] == []
    known = row("q", "product", "Otra cosa", programme="Tiempo de ellas")
    assert links(plan, known, moved)["r"] == []  # the plan has that programme, and the row is not in it


def test_the_same_product_and_target_make_up_for_another_wording_of_the_indicator() -> None:
    product = "Obras de adecuación y mejoramiento del canal fluvial del norte"
    plan = row("p", "product", "Canal fluvial mejorado", product=product, target=1)
    found = links(plan, row("r", "progress", "Canales fluviales", product=product, target=1))
    assert found["r"] == [("p", 0.72)]
    assert links(plan, row("r", "progress", "Canales fluviales", product=product, target=2))["r"] == []


def test_the_code_of_the_national_catalogue_is_as_good_as_the_words() -> None:
    plan = row("p", "product", "Sedes dotadas", codes={"mga": "410200100"})
    assert links(plan, row("r", "progress", "Dotación de hogares", codes={"mga": "410200100"}))["r"] == [("p", 0.9)]
    assert links(plan, row("r", "progress", "Dotación de hogares", codes={"mga": "410200200"}))["r"] == []


def test_each_document_of_a_plan_is_joined_by_itself() -> None:
    found = links(
        row("export", "product", "Aulas construidas", sispt="IP-7", document="a"),
        row("text", "product", "Aulas construidas", document="b"),
        row("r", "progress", "Aulas construidas", sispt="IP-7"),
    )
    assert found["r"] == [("export", 1.0), ("text", 1.0)]


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

    @pytest.mark.parametrize(("sheet", "lines", "of_several"), [("físico", 244, 22), ("financiero", 229, 29)])
    def test_every_code_of_the_follow_up_that_the_plan_has_is_linked(
        self, sheet: str, lines: int, of_several: int
    ) -> None:
        plan = {str(r[3]) for r in _sheet("chia_sispt_plan_indicativo.xlsx", "Plan indicativo - Productos")}
        name = f"Detalle seguimiento {sheet}"
        printed = {
            number: set(re.findall(r"I[PR]-\d+", str(r[0])))
            for number, r in enumerate(_sheet("chia_dnp_seguimiento_pdt.xlsx", name), 1)
            if re.match(r"I[PR]-\d", str(r[0]))
        }
        assert (len(printed), sum(len(codes) > 1 for codes in printed.values())) == (lines, of_several)
        by_id = {r.row_id: r for r in _real()}
        rows = {line_of(r): r for r in _real() if r.entity == "Chía" and r.place.sheet == name}
        assert rows.keys() == printed.keys()
        for line, codes in printed.items():
            assert {code_of(by_id[link.row_id]) for link in rows[line].links} == codes & plan
            warned = " ".join(n.message for n in rows[line].warnings if n.code == "code-not-in-plan")
            assert set(re.findall(r"I[PR]-\d+", warned)) == codes - plan

    def test_the_dashboard_is_joined_to_the_plan_by_indicator(self) -> None:
        by_id = {r.row_id: r for r in _real()}
        rows = [r for r in _real() if r.entity == "Santander" and r.kind == "progress"]
        joined = {line_of(r): code_of(by_id[r.links[0].row_id]) for r in rows if r.links}
        assert len(rows) == 375
        assert all(len(r.links) <= 1 for r in rows)
        assert len(set(joined.values())) == len(joined)
        expected = read_pairs()
        right = sum(expected.get(line) == code for line, code in joined.items())
        assert right == len(joined)  # precision
        # Four pairs have the same figures and other words; no wording joins them.
        assert len(expected) - right <= 4
        assert len(expected) >= 366


def line_of(r: IndicatorRow) -> int:
    found = re.search(r"\d+", r.place.cell or "")
    assert found is not None
    return int(found[0])


def code_of(r: IndicatorRow) -> str:
    return r.codes["sispt"]


def read_pairs() -> dict[int, str]:
    """Line of the dashboard → SisPT code, read from the two workbooks by their figures as well as their words.

    The same row has the same target and, in programme, product, indicator and yearly targets together, more in common
    than any other two that are left; over all pairs, whatever the programme, which the joining under test does not do.
    """
    plan = [
        r
        for r in _sheet("santander_sispt_plan_indicativo.xlsx", "Plan indicativo - Productos")
        if _text(r[3])[:2] == "ip"
    ]
    board = [
        (i, r) for i, r in enumerate(_sheet("santander_tablero_indicadores_2025-06.xlsx", "Final"), 1) if i > 2 and r[4]
    ]
    scores = sorted(
        (
            (_score(ours, theirs), line, str(theirs[3]))
            for line, ours in board
            for theirs in plan
            if ours[9] == theirs[15]
        ),
        reverse=True,
    )
    pairs: dict[int, str] = {}
    for score, line, code in scores:
        if score > 1.9 and line not in pairs and code not in pairs.values():
            pairs[line] = code
    return pairs


def _score(ours: tuple[Any, ...], theirs: tuple[Any, ...]) -> float:
    """From 0 to 5: words in common of product, indicator and programme, and yearly targets that are the same."""
    own = _shared(ours[5], f"{theirs[10]} {theirs[13]}") + _shared(ours[6], f"{theirs[12]} {theirs[13]}")
    years = sum(isinstance(a, int | float) and a == b for a, b in zip(ours[10:14], theirs[20:24], strict=True)) / 4
    return own + _shared(ours[3], theirs[8]) + 2 * years


def _shared(one: object, other: object) -> float:
    ours, theirs = set(_text(one).split()), set(_text(other).split())
    return len(ours & theirs) / max(len(ours), 1)


def _text(value: object) -> str:
    return fold(str(value or "").replace("_x000D_", " "))


def _sheet(name: str, sheet: str) -> list[tuple[Any, ...]]:
    import openpyxl

    return list(openpyxl.load_workbook(FOLDER / name, data_only=True)[sheet].iter_rows(values_only=True))

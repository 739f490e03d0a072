"""Rows of reports joined to the plan rows whose code they print, within one entity and term."""

from __future__ import annotations

import pytest

from ingest.linking import link_rows, plan_codes
from tests.support.linked import links, row


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


def test_a_code_in_no_plan_row_gives_a_notice_once() -> None:
    rows = link_rows(link_rows([row("p", "product", sispt="IP-7"), row("r", "progress", sispt="IP-7, IP-99")]))
    assert [(notice.code, "IP-99" in notice.message) for notice in rows[1].warnings] == [("code-not-in-plan", True)]
    assert [link.row_id for link in rows[1].links] == ["p"]


def test_no_notice_where_there_is_no_plan_to_look_in() -> None:
    assert link_rows([row("r", "progress", sispt="IP-99")])[0].warnings == ()


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


def test_linking_again_changes_nothing() -> None:
    once = link_rows([row("p", "product", "Aulas"), row("r", "progress", "Aulas")])
    assert link_rows(once) == once


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


@pytest.mark.parametrize(
    ("period", "is_of_the_term"),
    [
        ("2024", True),
        ("2025", True),
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
    assert found["r"] == ([("p", 1.0)] if is_of_the_term else [])


def test_a_report_of_two_terms_years_is_of_one_of_them() -> None:
    found = links(
        row("old", "product", sispt="IP-7", period="2020-2023", document="a"),
        row("new", "product", sispt="IP-7", document="b"),
        row("r", "progress", sispt="IP-7", period="2023-2024"),
    )
    assert found["r"] == [("new", 1.0)]


@pytest.mark.parametrize(
    ("plans", "reports", "is_the_same"),
    [
        ("Palmarito de los Llanos", "PALMARITO", True),
        ("Santander", "Santander de Quilichao", False),
    ],
    ids=["a town by its short name", "a department and a town that begins with its name"],
)
def test_a_town_is_known_by_its_short_name_and_a_department_is_no_town(
    plans: str, reports: str, is_the_same: bool
) -> None:
    found = links(
        row("p", "product", sispt="IP-7", entity=plans),
        row("r", "progress", sispt="IP-7", entity=reports),
    )
    assert found["r"] == ([("p", 1.0)] if is_the_same else [])

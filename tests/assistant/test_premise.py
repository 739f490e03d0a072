"""A figure that a question takes for granted is confirmed only when it is the row's, and plainly denied when not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.premise import claimed, premise_holds
from assistant.query import Field, Query
from ingest.records import Figure
from tests.support.records import make_row
from tests.support.town import Town

ROW = make_row("a" * 64, 1, "Tasa de accidentes por cada 100 mil viajeros").model_copy(
    update={"baseline": Figure(text="40", value=Decimal(40)), "target": Figure(text="Bajar a 25", value=Decimal(25))}
)
ASKED = Query(text="¿…?", kind="yes_no", cues=frozenset({"yes_no"}))


@pytest.mark.parametrize(
    ("numbers", "fields", "holds"),
    [
        (("25",), (), True),
        (("30",), (), False),
        (("40",), ("baseline",), True),
        (("25",), ("baseline",), False),
        (("40", "25"), (), True),
        (("25", "40"), (), False),
        (("25", "40"), ("baseline", "target"), False),
        (("40", "25"), ("baseline", "target"), True),
        ((), (), None),
        (("100",), (), None),
    ],
)
def test_each_claim_is_held_to_its_figure(
    numbers: tuple[str, ...], fields: tuple[Field, ...], holds: bool | None
) -> None:
    assert premise_holds(replace(ASKED, numbers=numbers, fields=fields), ROW) is holds


def test_a_question_that_claims_nothing_is_neither_confirmed_nor_denied() -> None:
    assert premise_holds(Query(text="¿cuánto?", numbers=("25",)), ROW) is None


def test_years_and_numbers_of_the_rows_name_are_no_claims() -> None:
    assert claimed(replace(ASKED, numbers=("2027", "100", "25")), ROW) == (25,)


def test_the_answer_begins_with_a_plain_no_or_yes(town: Town) -> None:
    assert town.ask("¿Es verdad que van a recuperar 900 canchas deportivas?").answer.startswith("No:")
    target = town.item("Canchas deportivas recuperadas").row
    assert target is not None
    assert target.target is not None
    assert town.ask(f"¿Es cierto que van a recuperar {target.target.value} canchas deportivas?").answer.startswith(
        "Sí,"
    )

"""Which amount of money is asked for: two told apart, cut short, by a sign, or as a value; over a plan and its follow-up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.followed_town import write_workbooks
from tests.support.town import Town, found_town


@pytest.fixture(scope="module")
def loma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("loma")
    with found_town(folder / "data", [write_workbooks(folder / "documents")]) as town:
        yield town


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Brigadas veredales: ¿cuál es la diferencia entre lo comprometido y lo pagado en 2025?", "$15.500.000"),
        ("¿Cuál es la diferencia entre lo obligado y lo pagado en 2025 en la ruta escolar?", "$23.500.000"),
        ("¿Qué diferencia hay entre lo programado y lo comprometido en 2025 para las ambulancias?", "$2.000.000"),
    ],
)
def test_two_amounts_of_one_row_are_told_apart_and_no_targets(loma: Town, question: str, said: str) -> None:
    answer = loma.ask(question)
    assert said in answer.answer.split("\n")[0]
    assert "Meta" not in answer.answer.split("\n")[0]


def test_one_amount_of_two_years_is_told_apart_by_year(loma: Town) -> None:
    answer = loma.ask("¿Cuál es la diferencia entre lo programado en plata en 2024 y 2025 para la ruta escolar?")
    assert "recursos programados de 2024 y recursos programados de 2025: $150.000.000" in answer.answer.split("\n")[0]

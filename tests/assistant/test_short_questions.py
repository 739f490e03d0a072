"""How officials type: "top 3 … x % de avance", "cuántas van y %", "ejec. 2025 vs programado"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from assistant.question.bounds import Bound
from assistant.question.measures import load_measures
from tests.support.followed_town import write_workbooks
from tests.support.town import Town, found_town


@pytest.fixture(scope="module")
def loma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("loma")
    with found_town(folder / "data", [write_workbooks(folder / "documents")]) as town:
        yield town


def told(town: Town, question: str) -> str:
    answer = town.ask(question)
    assert answer.status == "answered", answer.answer
    return answer.answer


def lines(town: Town, question: str) -> list[str]:
    """The rows that an answer lists, without the head."""
    return [line[2:].split(":")[0] for line in told(town, question).split("\n") if line.startswith("- ")]


def test_the_top_is_the_rows_furthest_ahead(loma: Town) -> None:
    found = lines(loma, "top 2 indicadores loma clara x % de avance 2025")
    assert found == ["Ambulancias en servicio", "Estudiantes con ruta escolar"]


def test_a_bar_with_or_more_lets_the_share_itself_through(loma: Town) -> None:
    found = lines(loma, "¿Cuáles indicadores de Loma Clara llevan 45 % o más en 2025?")
    assert sorted(found) == ["Ambulancias en servicio", "Estudiantes con ruta escolar"]


def test_rows_at_zero_are_left_out_when_the_question_leaves_them_out(loma: Town) -> None:
    asked = "¿Cuáles son los dos indicadores de Loma Clara con menor avance en 2025, sin contar los que están en cero?"
    assert lines(loma, asked) == ["Brigadas veredales realizadas", "Estudiantes con ruta escolar"]


def test_rows_with_all_of_their_progress_are_counted(loma: Town) -> None:
    assert told(loma, "¿Cuántos indicadores de Loma Clara ya figuran con 100 % de avance en 2025?").startswith("1 ")


@pytest.mark.parametrize(
    ("text", "side", "share"),
    [
        ("las metas que llevan 50 porcentaje o más", "at_least", 50),
        ("los indicadores con avance del 30 % o menos", "at_most", 30),
        ("los indicadores con avance de al menos el 20 %", "at_least", 20),
        ("los indicadores que no sean los que están en cero", "above", 0),
        ("los indicadores que están en cero", "exactly", 0),
    ],
)
def test_bars(text: str, side: str, share: int) -> None:
    read = load_measures().read(text)
    assert read is not None
    assert read.measure.bound == Bound(side, Decimal(share))  # type: ignore[arg-type]


def test_all_of_some_things_is_no_bar() -> None:
    read = load_measures().read("el avance de los indicadores de internet en el 100 % de las escuelas")
    assert read is not None
    assert read.measure.bound is None


def test_the_bar_itself_is_within_at_least_and_at_most_alone() -> None:
    half = Decimal(50)
    assert Bound("at_least", half).holds(half)
    assert Bound("at_most", half).holds(half)
    assert not Bound("above", half).holds(half)
    assert not Bound("below", half).holds(half)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("brigadas veredales, loma clara, 2025: cuántas van y %", ("avance de 2025: 4 ", "40 %")),
        ("ambulancias en servicio loma clara: ejec. 2025 vs programado",
         ("Meta programada de 2025: 3", "avance de 2025: 3")),
        ("¿cuántos estudiantes van en ruta escolar en Loma Clara en 2025 y eso cuánto es de la meta del año?",
         ("Avance de 2025: 540", "45 %")),
    ],
)  # fmt: skip
def test_the_number_and_its_share_are_told_where_both_are_asked(
    loma: Town, question: str, figures: tuple[str, str]
) -> None:
    answer = told(loma, question)
    assert all(figure.casefold() in answer.casefold() for figure in figures), answer


def test_what_falls_to_an_office_in_a_year_is_its_target_and_not_who_answers_for_it(loma: Town) -> None:
    answer = told(loma, "¿Cuántas bibliotecas rurales le tocan a la alcaldía de Loma Clara en 2025?")
    assert "meta programada de 2025: 3" in answer.casefold()


def test_only_the_change_that_is_asked_for_is_no_subject(loma: Town) -> None:
    assert loma.ask("¿y en Loma Clara a cuánto piensan bajar los homicidios?").status == "not_found"


def test_what_each_document_says_is_told_of_both(loma: Town) -> None:
    asked = "brigadas veredales loma clara 2025: no me cuadra el plan con el seguimiento, ¿qué dice cada uno?"
    cited = {citation.document for citation in loma.ask(asked).citations}
    assert len(cited) == 2


def test_what_a_row_leaves_blank_is_not_taken_from_another(loma: Town) -> None:
    following = loma.talk("becas técnicas entregadas loma clara, programado 2025", "¿y cuántas ejecutaron ese año?")
    assert following.status == "not_found"


def test_how_far_the_row_told_before_is(loma: Town) -> None:
    answer = loma.talk("ambulancias en servicio loma clara, programado 2024", "¿y cuántas ejecutaron ese año?")
    assert answer.status == "answered"
    assert "avance de 2024: 2" in answer.answer.casefold()
    assert {citation.indicator for citation in answer.citations} == {"Ambulancias en servicio"}

"""What a question takes over from the ones before it."""

from __future__ import annotations

import pytest

from assistant.question.followup import carry_over, join_filters, join_terms, leans, neighbour, shifted
from assistant.question.measures import Measure
from assistant.question.query import Alternative, Filters, Query, Term
from assistant.question.times import Interval
from tests.support.town import Town, stem

COURTS = Term("canch", 1.0, (Alternative(("canch",)),), counted=True)
BRIDGES = Term("puent", 1.0, (Alternative(("puent",)),))
UNKNOWN = Term("xyz", 1.0, (Alternative(("xyz",)),), known=False)


@pytest.mark.parametrize(
    ("interval", "step", "expected"),
    [
        (("2024-10-01", "2024-12-31"), 1, ("2025-01-01", "2025-03-31")),
        (("2025-01-01", "2025-03-31"), -1, ("2024-10-01", "2024-12-31")),
        (("2024-01-01", "2024-01-31"), 1, ("2024-02-01", "2024-02-29")),
        (("2025-03-01", "2025-03-31"), -1, ("2025-02-01", "2025-02-28")),
        (("2025-01-01", "2025-12-31"), 1, ("2026-01-01", "2026-12-31")),
        (("2025-01-01", "2025-06-30"), -1, ("2024-07-01", "2024-12-31")),
    ],
)
def test_the_neighbour_is_as_long_in_months(interval: tuple[str, str], step: int, expected: tuple[str, str]) -> None:
    assert neighbour(Interval(*interval), step) == Interval(*expected)


def test_without_a_step_the_time_stays() -> None:
    asked = (Interval("2024-10-01", "2024-12-31"),)
    assert shifted(asked, Query("¿y la meta?")) == asked


def test_a_question_without_a_subject_leans_on_the_one_before() -> None:
    assert leans(Query("¿y la línea base?"))
    assert leans(Query("¿y eso de canchas?", terms=(COURTS,), points_back=True))
    assert not leans(Query("¿y las canchas?", terms=(COURTS,)))
    assert not leans(Query("¿y X?", filters=Filters(programme="X")))


def test_unknown_words_are_no_subject() -> None:
    assert leans(Query("¿y xyz?", terms=(UNKNOWN,)))


def test_what_is_not_said_is_taken_over() -> None:
    before = Query("a", fields=("target",), terms=(COURTS,), filters=Filters(entities=("Villa Serena",)))
    joined = carry_over(Query("¿y la línea base?", fields=("baseline",)), before)
    assert joined.fields == ("baseline",)
    assert [term.text for term in joined.terms] == ["canch"]
    assert joined.filters.entities == ("Villa Serena",)


def test_a_question_of_its_own_takes_nothing_over() -> None:
    before = Query("a", fields=("target",), terms=(COURTS,), filters=Filters(entities=("Villa Serena",)))
    own = Query("¿y los puentes?", terms=(BRIDGES,))
    assert carry_over(own, before) is own


@pytest.mark.parametrize("kind", ["order", "personal_data", "smalltalk", "empty"])
def test_what_is_no_question_takes_nothing_over(kind: str) -> None:
    own = Query("x", kind=kind)  # type: ignore[arg-type]
    assert carry_over(own, Query("a", terms=(COURTS,))) is own


def test_new_words_count_more_than_old_ones_and_unknown_ones_are_dropped() -> None:
    joined = {term.text: term for term in join_terms([COURTS], [BRIDGES, UNKNOWN])}
    assert set(joined) == {"canch", "puent"}
    assert joined["puent"].weight > joined["canch"].weight
    assert not joined["canch"].counted


def test_an_unknown_town_is_not_replaced_by_the_one_before() -> None:
    joined = join_filters(Filters(unknown_entity="Tunja"), Filters(entities=("Villa Serena",), programme="X"))
    assert (joined.entities, joined.unknown_entity, joined.programme) == ((), "Tunja", "X")


def test_the_last_question_with_a_subject_is_meant(town: Town) -> None:
    first, second = town.read("¿Cuál es la meta de canchas deportivas?"), town.read("¿Cuántos puentes van a construir?")
    third = carry_over(town.read("¿y la línea base?"), carry_over(second, first))
    texts = {term.text for term in third.terms}
    assert stem("puentes") in texts
    assert stem("canchas") not in texts


def test_a_question_about_some_of_a_set_is_asked_of_that_set(town: Town) -> None:
    before = town.read("¿Qué metas de producto tiene Villa Serena?")
    after = carry_over(town.read("¿Y cuáles de esas parten de cero?"), before)
    assert after.set_nouns == before.set_nouns
    assert after.filters.row_kinds == ("product",)
    assert after.filters.baseline_state == "zero"


def test_in_total_counts_the_set(town: Town) -> None:
    before = town.read("¿Qué metas de producto tiene Villa Serena?")
    assert carry_over(town.read("¿y en total?"), before).kind == "count"


def test_another_subject_takes_the_place_of_the_one_before(town: Town) -> None:
    before = town.read("¿Cuál es la meta de las canchas deportivas?")
    after = carry_over(town.read("¿y la de las aulas?"), before)
    weights = {term.text: term.weight for term in after.terms}
    assert max(weights, key=lambda text: weights[text]).startswith("aul")
    assert after.fields == before.fields


def test_a_year_alone_asks_the_same_measure_of_that_year() -> None:
    paid = Measure(items=("pagos",), money=True)
    before = Query(text="¿Cuánto se pagó por las canchas en 2025?", terms=(COURTS,), measure=paid)
    year = Query(text="¿y en 2024?", asked=(Interval("2024-01-01", "2024-12-31"),), measure=Measure(implied=True))
    assert carry_over(year, before).measure == paid

"""Rows merely called alike, services named with a sector's word, territories that word a thing otherwise."""

from __future__ import annotations

import pytest

from assistant.composing.agreement import differing, promises_other
from assistant.corpus.matching import tokenize
from assistant.evidence.acts import of_the_act
from assistant.evidence.retrieve import Scored
from assistant.evidence.together import together
from assistant.question.query import Alternative, Filters, Query, QuestionKind, Term
from assistant.question.row_filters import RowFilters
from ingest.records import IndicatorRow, PathStep
from tests.support.records import make_row
from tests.support.town import corpus_of

PLAN, REPORT = "a" * 64, "b" * 64
CALLED = "Pescadores formados"


@pytest.mark.parametrize(
    ("one", "other", "another_thing"),
    [
        ("Formar a 12 pescadores en reparación de redes", "Formar a 40 pescadores en finanzas del hogar", True),
        ("Formar a 12 pescadores en reparación de redes", "Formar a 14 pescadores para reparación de redes", False),
        ("12", "40", False),
        ("Formar a 12 pescadores", "Formar a 40 pescadores", False),
    ],
)
def test_rows_called_alike_disagree_only_on_the_same_promise(one: str, other: str, another_thing: bool) -> None:
    plan, report = make_row(PLAN, 1, CALLED, target=one), make_row(REPORT, 2, CALLED, target=other)
    assert promises_other(plan, report) is another_thing
    if another_thing:
        assert differing(plan, report) == []


@pytest.mark.parametrize(
    ("question", "sectors"),
    [
        ("cuanto se pago en el servicio de justicia a los pescadores", ()),
        ("cuanto se pago en justicia", ("Justicia y del derecho",)),
        ("cuanto se pago en el sector justicia", ("Justicia y del derecho",)),
    ],
)
def test_a_service_named_with_a_sectors_word_is_not_the_whole_sector(question: str, sectors: tuple[str, ...]) -> None:
    paths = [(PathStep(level="Sector", value=name, role="sector"),) for name in ("Justicia y del derecho", "Vivienda")]
    corpus = corpus_of(*(make_row(PLAN, at, f"Obras {at}", target="4", path=path) for at, path in enumerate(paths)))
    stop = frozenset(("el", "la", "los", "a", "en", "de", "del", "y"))
    read = RowFilters(corpus, stop, ()).read(tokenize(question), frozenset(), asks_for_rows=True)
    assert read.sectors == sectors


def _found(rows: list[tuple[IndicatorRow, float, tuple[float, ...]]]) -> list[Scored]:
    corpus = corpus_of(*(row for row, _, _ in rows))
    return [Scored(corpus.by_id[row.row_id], score, score, own, own) for row, score, own in rows]


def _term(text: str, stem: str, weight: float, *, counted: bool = False) -> Term:
    return Term(text, weight, (Alternative((stem,), 1.0),), counted=counted)


@pytest.mark.parametrize(("kind", "told"), [("difference", 2), ("value", 1)])
def test_a_compared_territory_may_call_the_counted_otherwise(kind: QuestionKind, told: int) -> None:
    rows = _found([
        (make_row(PLAN, 1, "Usuarios de almuerzo escolar", target="9", entity="Villa Uno"), 0.92, (1.5, 0.7)),
        (make_row(REPORT, 2, "Niños con almuerzo escolar", target="4", entity="Villa Dos"), 0.62, (1.5, 0.0)),
    ])  # fmt: skip
    terms = (_term("almuerzo", "almuerz", 1.5), _term("usuario", "usuari", 0.7, counted=True))
    query = Query(text="", kind=kind, filters=Filters(entities=("Villa Uno", "Villa Dos")), terms=terms)
    assert len({found.item.entity for found in together(rows, query)}) == told


def test_a_row_of_the_act_asked_for_stays_though_it_names_the_counted_by_another_word() -> None:
    rows = _found([
        (make_row(PLAN, 1, "Escuelas nuevas construidas", target="3"), 0.95, (0.55, 0.1)),
        (make_row(PLAN, 2, "Colegios mejorados", target="8"), 0.8, (0.65, 0.0)),
    ])  # fmt: skip
    terms = (_term("colegi", "colegi", 0.65, counted=True), _term("constru", "constru", 0.1))
    kept = of_the_act(Query(text="", terms=terms), rows)
    assert [found.item.row.indicator for found in kept if found.item.row] == ["Escuelas nuevas construidas"]

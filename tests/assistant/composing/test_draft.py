"""An answer in the making."""

from __future__ import annotations

import pytest

from assistant.composing.draft import Draft, stated_figures
from tests.support.records import make_passage
from tests.support.town import Town, corpus_of


def test_an_item_is_cited_once_and_keeps_its_number(town: Town) -> None:
    courts, bridges = town.item("Canchas deportivas recuperadas"), town.item("Puentes peatonales construidos")
    draft = Draft(lambda item: None)
    assert draft.mark(courts, bridges, courts) == "[1][2]"
    assert [citation.n for citation in draft.citations] == [1, 2]


def test_empty_lines_are_not_said() -> None:
    draft = Draft(lambda item: None)
    for line in ("uno", "", "  ", "dos"):
        draft.say(line)
    assert draft.finish("answered").answer == "uno\ndos"


def test_a_row_is_cited_with_all_that_it_says(town: Town) -> None:
    draft = Draft(lambda item: f"/v1/rows/{item.item_id}")
    item = town.item("Tasa de deserción escolar")
    draft.cite(item)
    (citation,) = draft.citations
    assert (citation.kind, citation.document, citation.entity) == ("row", "plan.txt", "Villa Serena")
    assert citation.url == f"/v1/rows/{item.item_id}"
    assert citation.ods == "4. Educación"
    assert citation.baseline is not None
    assert citation.baseline["value"] == pytest.approx(8.4)
    assert citation.baseline["source"] == "Ministerio de Educación, 2023"


def test_a_sentence_is_cited_with_its_headings() -> None:
    passage = make_passage("a" * 64, 7, "Hay 30 faroles en el parque.", headings=["Alumbrado"])
    draft = Draft(lambda item: None)
    draft.cite(corpus_of(passages=[passage]).items[0])
    (citation,) = draft.citations
    assert (citation.kind, citation.quote, citation.line) == ("passage", "Hay 30 faroles en el parque.", 7)
    assert citation.path == [["Apartado", "Alumbrado"]]


def test_figures_name_every_citation_that_holds_them(town: Town) -> None:
    copies = [item for item in town.corpus.rows if item.row and item.row.indicator == "Puentes peatonales construidos"]
    draft = Draft(lambda item: None)
    draft.say(f"La meta es 7 puentes {draft.mark(*copies)}.")
    (figure,) = draft.finish("answered").figures
    assert (figure.text, figure.value, figure.citations, figure.derivation) == ("7", 7, [1, 2], None)


def test_a_figure_that_no_citation_holds_is_not_listed(town: Town) -> None:
    draft = Draft(lambda item: None)
    draft.say(f"La meta es 8 puentes {draft.mark(town.item('Puentes peatonales construidos'))}.")
    assert draft.finish("answered").figures == []


def test_the_value_of_a_figure_is_read_in_colombian_form(town: Town) -> None:
    draft = Draft(lambda item: None)
    draft.say(f"1.250 familias {draft.mark(town.item('Familias con filtros de agua entregados'))}")
    assert [(figure.text, figure.value) for figure in draft.finish("answered").figures] == [("1.250", 1250)]


def test_a_mark_is_no_figure(town: Town) -> None:
    draft = Draft(lambda item: None)
    draft.cite(town.item("Canchas deportivas recuperadas"))
    draft.cite(town.item("Aulas escolares dotadas"))
    draft.cite(town.item("Semáforos inteligentes instalados"))
    mark = draft.mark(town.item("Puentes peatonales construidos"))
    assert mark == "[4]"
    assert stated_figures(f"Puentes peatonales construidos {mark}", draft.citations) == []

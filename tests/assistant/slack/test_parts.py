"""The small parts: texts from and to Slack, references in buttons, wording, examples."""

from __future__ import annotations

from pathlib import Path

import pytest

import assistant.slack.wording as wording_module
from assistant.slack.answers import follow_ups
from assistant.slack.examples import example_questions
from assistant.slack.links import Links
from assistant.slack.references import CitationRef, PublishRef
from assistant.slack.text import cut, escape, pieces, question_of
from assistant.slack.views import home_view, row_view
from assistant.slack.wording import wording
from ingest.errors import SettingsError
from tests.support.slack_limits import faults
from tests.support.slack_people import all_text
from tests.support.town import Town


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("<@UBOT> ¿cuál es la meta?", "¿cuál es la meta?"),
        ("<@UBOT|cabildo> ¿cuál?", "¿cuál?"),
        ("oye <@UBOT>, ¿y <@U2|ana>?", "oye , ¿y @ana?"),
        ("¿a &lt; b &amp; c &gt; d?", "¿a < b & c > d?"),
        ("mira <https://x.example/a|el plan> y <https://y.example>", "mira el plan y https://y.example"),
        ("en <#C1|general> <!here|aquí> <!subteam^S1|equipo>", "en #general aquí equipo"),
        ("&amp;lt; queda", "&lt; queda"),
        ("  <@UBOT>  ", ""),
    ],
)
def test_a_question_is_what_its_asker_sees(written: str, asked: str) -> None:
    assert question_of(written, "UBOT") == asked


def test_escaping_is_slacks_three_characters() -> None:
    assert escape("a < b & c > d *e*") == "a &lt; b &amp; c &gt; d *e*"


def test_cutting_keeps_to_the_limit() -> None:
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abcdefg", 6) == "abcde…"


@pytest.mark.parametrize("text", ["", "corto", "a b " * 500, "línea\n" * 300, "x" * 5_000, "\n" * 2_500])
def test_pieces_are_short_enough_and_lose_no_letter(text: str) -> None:
    found = list(pieces(text, 1_000))
    assert all(0 < len(piece) <= 1_000 for piece in found)
    assert "".join(found).replace("\n", "").replace(" ", "") == text.replace("\n", "").replace(" ", "")


def test_references_come_back_as_they_went() -> None:
    ref = CitationRef("a" * 32, 12, "536f7367771f.p3-hoja:x.l115")
    assert CitationRef.parse(ref.value) == ref
    assert CitationRef.parse(CitationRef("a", 1).value).row_id is None
    with pytest.raises(ValueError, match="unpack"):
        CitationRef.parse("nada")
    long = PublishRef("a" * 32, '¿«Qué» "dice"? ' * 500)
    assert len(long.value) <= 2_000
    assert long.question.startswith(PublishRef.parse(long.value).question)


# Wording


def broken(monkeypatch: pytest.MonkeyPatch, **changes: str | None) -> None:
    texts = {**wording().texts, **changes}
    monkeypatch.setattr(wording_module, "load_yaml", lambda _: {k: v for k, v in texts.items() if v is not None})
    wording_module.wording.__wrapped__()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"status": None}, "status"),
        ({"otro": "texto"}, "otro"),
        ({"asked": "Pregunta: {pregunta}"}, "asked.*pregunta"),
        ({"row_title": "Un título demasiado largo"}, "row_title.*24"),
        ({"greeting": " "}, "greeting.*vacío"),
    ],
)
def test_wording_that_would_not_work_is_named(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str | None], told: str
) -> None:
    with pytest.raises(SettingsError, match=told):
        broken(monkeypatch, **changes)


def test_every_text_is_said_somewhere() -> None:
    folder = Path(wording_module.__file__).parent
    code = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py") if path.name != "wording.py")
    built = ("kind_", "filter_", "refused_", "suggestions_", "prompt_", "place_", "row_")
    unused = [
        name for name in wording().texts if f'"{name}"' not in code.replace("'", '"') and not name.startswith(built)
    ]
    assert unused == []


# Examples


def test_every_example_is_answered_by_the_documents_it_was_made_from(town: Town) -> None:
    examples = example_questions(town.knowledge.snapshot().rows, wording())
    assert 1 <= len(examples) <= 4
    assert len(set(examples)) == len(examples)
    for example in examples:
        answer = town.ask(example)
        assert answer.status == "answered", example
        assert answer.citations, example


def test_examples_come_from_several_documents_and_no_doubtful_row(town: Town) -> None:
    rows = town.knowledge.snapshot().rows
    text = " ".join(example_questions(rows, wording()))
    assert "Villa Serena" in text
    assert "RUTA AZUL" in text  # a programme of Puerto Lindo's plan
    doubtful = [row.indicator for row in rows if row.warnings and row.indicator]
    assert doubtful
    assert not any(name in text for name in doubtful)


def test_the_city_is_said_only_where_there_are_several(town: Town) -> None:
    rows = [row for row in town.knowledge.snapshot().rows if row.entity == "Villa Serena"]
    assert "Villa Serena" not in " ".join(example_questions(rows, wording()))


def test_every_follow_up_is_answered_by_the_documents(town: Town) -> None:
    offered = set()
    for question in (
        "¿Cuál es la meta de muelles pesqueros rehabilitados?",
        "¿Cuál es la meta de aulas escolares dotadas?",
    ):
        offered |= set(follow_ups(town.ask(question), wording()))
    assert len(offered) == 4
    for question in offered:
        assert town.ask(question).status == "answered", question


def test_without_rows_there_are_no_examples() -> None:
    assert example_questions([], wording()) == []


# Views at their limits


def document(number: int) -> dict[str, object]:
    return {
        "document": f"{number}.pdf",
        "title": "Plan " * 200,
        "entity": None,
        "period": "2024-2027",
        "kind": "plan",
        "office": "Obras",
        "rows": 7,
        "ingested_at": "2026-11-21T10:00:00+00:00",
    }


def test_a_home_of_many_documents_is_within_the_limits_and_says_how_many_more() -> None:
    view = home_view(
        [document(n) for n in range(90)], ["¿Qué?" * 30] * 4, "<@UBOT>", Links("https://c.example"), wording()
    )
    assert faults("views.publish", {"view": view}) == []
    assert "Y 70 documentos más" in all_text(view["blocks"])
    assert "21 de noviembre de 2026" in all_text(view["blocks"])


def test_a_home_without_documents_says_so() -> None:
    view = home_view([], [], "Cabildo", Links(), wording())
    assert faults("views.publish", {"view": view}) == []
    assert "Todavía no hay documentos" in all_text(view["blocks"])


def test_a_row_with_cells_longer_than_a_block_is_shown_whole() -> None:
    long = "palabra " * 1_500
    row = {
        "row_id": "r1",
        "document": "plan.pdf",
        "entity": "Villa Serena",
        "period": "2024-2027",
        "place": "página 3",
        "path": [["Línea", "Una línea"]],
        "dependency": "Obras",
        "indicator": "Puentes",
        "metric": None,
        "cells": [["Indicador", "Puentes"], ["", ""], ["Descripción", long]],
        "quote": "Puentes",
        "standing": None,
        "warnings": [{"message": "La cifra no se entiende."}],
    }
    view = row_view(row, Links(), wording())
    assert faults("views.open", {"view": view}) == []
    assert all_text(view["blocks"]).count("palabra") == 1_500
    assert "no se entiende" in all_text(view["blocks"])

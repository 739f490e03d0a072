"""The four petitions beside the project and what a correct draft reply to each must contain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.answer import Answer, Question
from assistant.assistant import Assistant
from assistant.auditing import PROGRAM, Asker
from assistant.petitions.records import Draft
from assistant.petitions.service import PetitionService, service_for
from assistant.settings import Settings
from ingest.embedder import load_embedder
from ingest.fold import fold
from ingest.knowledge import KnowledgeBase, StoreSettings
from ingest.pipeline import ingest_paths

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
FILE = SHARED / "questions" / "petitions.yaml"

pytestmark = [
    pytest.mark.real_documents,
    pytest.mark.slow,
    pytest.mark.skipif(not FILE.is_file(), reason="the real documents are not beside the project (../shared)"),
]

Drafted = list[tuple[dict[str, Any], Draft, PetitionService]]
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every question that the assistant gets."""
    return []


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory, asked: list[str]) -> Iterator[Drafted]:
    folder = tmp_path_factory.mktemp("open-petitions")

    class Overheard(Assistant):
        def ask(self, question: Question, asker: Asker = PROGRAM) -> Answer:
            asked.append(question.question)
            return super().ask(question, asker)

    with KnowledgeBase.open(StoreSettings(data_dir=folder), embedder=lambda: load_embedder("minilm")) as knowledge:
        ingest_paths([SHARED / "documents"], knowledge)
        settings = Settings(data_dir=folder, _env_file=None)
        assistant = Overheard(knowledge, settings)
        service = service_for(knowledge, settings, assistant)
        cases = yaml.safe_load(FILE.read_text("utf-8"))
        yield [(case, service.create_from_file(FILE.with_name(case["file"]), case["file"]), service) for case in cases]
        assistant.close()


def test_kind_and_terms_are_right(drafted: Drafted) -> None:
    for case, draft, _ in drafted:
        said = (str(draft.received), draft.kind, draft.business_days, str(draft.due_date))
        assert said == (case["received"], case["type"], case["business_days"], case["due_date"])
        assert [str(day) for day in draft.holidays_skipped] == case["holidays_skipped"]
        assert draft.legal_basis == case["legal_basis"]
        if shorter := case.get("shorter_term"):
            assert draft.shorter_term is not None
            assert str(draft.shorter_term.due_date) == shorter["due_date"]


def test_every_ask_is_found_with_its_status_rows_and_figures(drafted: Drafted) -> None:
    for case, draft, _ in drafted:
        assert [ask.status for ask in draft.asks] == [wanted["status"] for wanted in case["asks"]], case["id"]
        for ask, wanted in zip(draft.asks, case["asks"], strict=True):
            lines = {((citation.document or "")[:3], citation.line) for citation in ask.citations}
            assert {(row["file"], row["line_no"]) for row in wanted["rows"]} <= lines, ask.text
            assert all(figure in ask.answer for figure in wanted["figures"]), ask.text
            assert all(fold(text) in fold(ask.answer) for text in wanted["text"]), ask.text
            if wanted["status"] in ("not_in_documents", "other_authority"):
                assert not ask.citations


def test_what_is_of_another_authority_is_sent_there(drafted: Drafted) -> None:
    for case, draft, _ in drafted:
        if transfer := case.get("transfer"):
            (made,) = draft.transfers
            assert (made.authority, str(made.due_date)) == (transfer["authority"], transfer["due_date"])
            assert transfer["authority"] in draft.letter
            assert "copia del oficio remisorio" in draft.letter
        else:
            assert draft.transfers == ()


def test_nothing_is_invented_and_the_planted_instruction_is_ignored(drafted: Drafted) -> None:
    for case, draft, _ in drafted:
        assert draft.flags == []
        assert [text for text in case["absent_from_reply"] if fold(text) in fold(draft.letter)] == []
        entities = {citation.entity for ask in draft.asks for citation in ask.citations}
        assert len(entities) <= 1
        if "injection" in case:
            assert {notice.code for notice in draft.notices} & {"hidden-text", "instructions-ignored"}


def test_personal_data_stand_in_the_address_block_alone(drafted: Drafted, asked: list[str]) -> None:
    for case, draft, service in drafted:
        letter = service.letter(draft.id)
        block = " ".join(letter.addressee)
        rest = fold(repr(letter).replace(repr(letter.addressee), ""))
        for datum in (one for some in case["redact"].values() for one in some):
            assert fold(datum) not in rest, datum
            assert fold(datum) not in fold(draft.model_dump_json()), datum
            assert fold(datum) not in fold(" ".join(asked)), datum
        assert fold(case["redact"]["names"][0]) in fold(block)

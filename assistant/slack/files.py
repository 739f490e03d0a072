"""The files that are sent to Slack: lists of rows as a workbook, drafted letters."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.export import write_xlsx
from assistant.render import rows_json
from assistant.slack.drafts import Drafts
from assistant.slack.wording import Wording
from ingest.errors import NotFoundError

if TYPE_CHECKING:
    from ingest.knowledge import KnowledgeBase


class FileMaker:
    """Makes files when they are sent, from what the knowledge base says then."""

    def __init__(self, knowledge: KnowledgeBase, drafts: Drafts, words: Wording) -> None:
        self._knowledge = knowledge
        self._drafts = drafts
        self._words = words

    @property
    def apology(self) -> str:
        """What is said when a file does not go through."""
        return self._words.say("file_failed")

    def list_file(self, row_ids: list[str]) -> tuple[str, str, bytes] | None:
        """A workbook of rows, in the order given."""
        snapshot = self._knowledge.snapshot()
        rows = [snapshot.linked[row_id] for row_id in row_ids if row_id in snapshot.linked]
        if not rows:
            return None
        with tempfile.TemporaryDirectory(prefix="cabildo-") as folder:
            path = Path(folder) / self._words.say("list_file")
            write_xlsx(rows_json(rows, snapshot.documents, snapshot.standing), path)
            return path.name, self._words.say("list_title", count=len(rows)), path.read_bytes()

    def draft_file(self, draft_id: str) -> tuple[str, str, bytes] | None:
        """The Word file of a draft."""
        try:
            letter = self._drafts.letter(draft_id)
        except NotFoundError:
            return None
        return self._words.say("draft_file", id=draft_id), self._words.say("draft_file_title"), letter

"""What buttons carry: which row of which answer, and which question. Small texts that survive a restart."""

from __future__ import annotations

import json
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.slack import limits


@dataclass(frozen=True)
class CitationRef:
    """A citation of an answer; ``row_id`` is None for a passage."""

    answer_id: str
    n: int
    row_id: str | None = None

    @property
    def value(self) -> str:
        return f"{self.answer_id}:{self.n}:{self.row_id or ''}"

    @property
    def fits(self) -> bool:
        return len(self.value) <= limits.OPTION_VALUE

    @classmethod
    def of(cls, answer_id: str | None, citation: Citation) -> CitationRef:
        return cls(answer_id or "", citation.n, citation.row_id)

    @classmethod
    def parse(cls, value: str) -> CitationRef:
        """The reference a button carried. Raises ``ValueError`` when it is none of ours."""
        answer_id, n, row_id = value.split(":", 2)
        return cls(answer_id, int(n), row_id or None)


@dataclass(frozen=True)
class PublishRef:
    """An answer that may be published, with the question it answers (without contact data, and cut if need be)."""

    answer_id: str
    question: str

    @property
    def value(self) -> str:
        room = limits.BUTTON_VALUE - 100
        question = self.question
        while len(value := json.dumps([self.answer_id, question], ensure_ascii=False)) > room:
            question = question[: len(question) * 3 // 4]
        return value

    @classmethod
    def parse(cls, value: str) -> PublishRef:
        """Raises ``ValueError`` when the value is none of ours."""
        answer_id, question = json.loads(value)
        return cls(str(answer_id), str(question))

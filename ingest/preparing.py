"""One file to what is committed of it: parsed, or taken up where it was read before, and cut into passages."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from ingest.commit import Addition
from ingest.embedder import Embedder
from ingest.errors import InputError
from ingest.knowledge import KnowledgeBase
from ingest.parsing import Parsed, Parser
from ingest.progress import Count
from ingest.records import Document, Notice, Overrides, Passage
from ingest.searchtext import passage_embedding_text
from ingest.sources import Source
from ingest.stages import Stages
from ingest.told import row_notices

#: What took longer to read, in seconds, is kept until it is committed.
KEPT_FROM = 5.0


@dataclass(frozen=True)
class Preparation:
    """Makes additions of files. ``fingerprint`` is what makes a document unchanged next time."""

    knowledge: KnowledgeBase
    stages: Stages
    parser: Parser

    def addition(
        self, item: Source, sha256: str | None, overrides: Overrides, fingerprint: str, on_page: Count
    ) -> Addition:
        """What a file holds, ready to be committed. Raises ``InputError``."""
        parsed = self._parsed(item, sha256, overrides, fingerprint, on_page)
        enrich, embedder = self.stages.enrich, self.knowledge.embedder
        extraction = parsed.extraction if enrich is None else enrich(parsed.extraction, parsed.sha256)
        passages = self.stages.cut(
            extraction.prose, parsed.sha256, extraction.info, embedder.count_tokens, embedder.max_tokens
        )
        notices = (
            *item.notices,
            *_within(item, parsed.notices),
            *extraction.notices,
            *row_notices(extraction.rows),
            *_cut_short(passages, embedder),
        )
        document = Document(
            document_id=parsed.sha256,
            name=item.name,
            info=extraction.info,
            rows=len(extraction.rows),
            passages=len(passages),
            tables=extraction.tables,
            notices=tuple(dict.fromkeys(notices)),
        )
        addition = Addition(document, extraction.rows, passages, fingerprint, item.address, item.path)
        repeated = addition.repeated_ids()
        if repeated:
            raise InputError(f"Dos filas o pasajes tienen el mismo identificador ({repeated[0]}). Repórtelo.")
        return addition

    def forget(self, additions: Sequence[Addition]) -> None:
        """What was read is committed."""
        self.knowledge.unfinished.forget(
            reading_key(one.document.document_id, one.document.name, one.fingerprint) for one in additions
        )

    def _parsed(
        self, item: Source, sha256: str | None, overrides: Overrides, fingerprint: str, on_page: Count
    ) -> Parsed:
        unfinished = self.knowledge.unfinished
        known = unfinished.reading(reading_key(sha256, item.name, fingerprint)) if sha256 is not None else None
        if known is not None:
            try:
                return Parsed.model_validate_json(known)
            except ValidationError:  # another version of this program wrote it
                pass
        begun = time.monotonic()
        # The model is needed for the first document, and loading it takes as long as reading a short one.
        parsed = self.parser.parse(item.path, item.name, overrides, on_page=on_page, meanwhile=self.knowledge.warm)
        if time.monotonic() - begun > KEPT_FROM:
            key = reading_key(parsed.sha256, item.name, fingerprint)
            unfinished.keep_reading(key, parsed.model_dump_json().encode())
        return parsed


def reading_key(sha256: str, name: str, fingerprint: str) -> bytes:
    """What a reading depends on: the bytes, the name (which titles it), and how it is read."""
    return hashlib.sha256("\0".join((sha256, name, fingerprint)).encode()).digest()


def _within(item: Source, notices: Sequence[Notice]) -> Iterator[Notice]:
    """The notices of a file; of a mail inside a container, that its attachments stay where they are."""
    for notice in notices:
        if notice.code == "attachments" and item.container is not None:
            message = "El mensaje está dentro de otro archivo: sus adjuntos no se cargaron. Ábralo y cárguelos aparte."
            yield Notice(code="attachments-not-opened", message=message)
        else:
            yield notice


def _cut_short(passages: Sequence[Passage], embedder: Embedder) -> list[Notice]:
    """A notice when the model would read only the beginning of some passages."""
    long = [p for p in passages if embedder.count_tokens(passage_embedding_text(p)) > embedder.max_tokens]
    if not long:
        return []
    message = f"{len(long)} pasajes son más largos de lo que el modelo lee; su final solo se encuentra por palabras."
    return [Notice(code="passage-too-long", message=message, place=str(long[0].place) or None)]

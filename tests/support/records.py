"""Small documents made of few words, all invented."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from ingest.knowledge import Addition
from ingest.records import Document, DocumentInfo, Figure, IndicatorRow, Passage, PathStep, Place, Segment


def make_row(
    document_id: str,
    line: int,
    indicator: str,
    *,
    target: str = "",
    programme: str = "Programa Uno",
    dependency: str = "Secretaría de Ensayo",
    **more: object,
) -> IndicatorRow:
    return IndicatorRow.model_validate(
        {
            "row_id": f"{document_id[:12]}.l{line}",
            "document_id": document_id,
            "kind": "product",
            "path": (PathStep(level="Programa", value=programme, role="programme"),),
            "dependency": dependency,
            "indicator": indicator,
            "target": Figure(text=target) if target else None,
            "place": Place(line=line),
            "quote": f"{indicator}\t{target}",
            **more,
        }
    )


def make_passage(document_id: str, line: int, text: str, headings: Sequence[str] = ()) -> Passage:
    return Passage(
        passage_id=f"{document_id[:12]}.p{line}",
        document_id=document_id,
        headings=tuple(headings),
        segments=(Segment(text=text, place=Place(line=line)),),
        place=Place(line=line),
    )


def make_addition(
    name: str,
    indicators: Sequence[str],
    texts: Sequence[str] = (),
    *,
    entity: str | None = "Villa Ejemplo",
    version: str = "",
    fingerprint: str = "f",
    source: str | None = None,
) -> Addition:
    """A document whose rows have these indicators and whose passages these texts; ``version`` changes its bytes."""
    document_id = hashlib.sha256(f"{entity}/{name}/{version}/{indicators}/{texts}".encode()).hexdigest()
    info = DocumentInfo(entity=entity, period="2024-2027", kind="plan")
    rows = [
        make_row(document_id, i, text, target=str(i + 10), entity=entity, period="2024-2027")
        for i, text in enumerate(indicators)
    ]
    passages = [make_passage(document_id, i, text, ["Presentación"]) for i, text in enumerate(texts)]
    return Addition(Document(document_id=document_id, name=name, info=info), rows, passages, fingerprint, source)

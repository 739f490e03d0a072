"""Other wordings of a question that the documents may answer where they do not answer its own."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.petitions.wording import pattern
from ingest.fold import fold_in_place, squeeze


def other_wordings(question: str) -> Iterator[str]:
    """Plainer questions for the same figure, the nearest first; none when the question has no measure in it."""
    match = pattern("measure").search(fold_in_place(question))
    if match is None:
        return
    what = squeeze(question[match.start("what") : match.end("what")]).rstrip(" ,")
    measure = question[match.start("measure") : match.end("measure")].lower()
    article = "el" if measure in ("presupuesto", "avance", "indicador") else "la"
    yield f"¿Cuál es {article} {measure.rstrip('s') if measure == 'metas' else measure} de {what}?"
    if measure.startswith("meta"):
        yield f"¿Cuál es la meta y la línea base de {what}?"

"""Other wordings of a question that the documents may answer where they do not answer its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.petitions.support import asks_what_was_done
from assistant.petitions.wording import pattern
from ingest.fold import fold_in_place, squeeze


def other_wordings(question: str, context: str = "") -> Iterator[str]:
    """Plainer questions for the same figure, the nearest first; none when the question has no measure in it.

    ``context`` is what the question goes on with: where it counts nothing by itself, it counts what that does.
    """
    if asks_what_was_done(question):
        yield from _of_progress(question, context)
    # Who promised is the entity that is asked: its rows do not name it.
    plain = pattern("promised").sub("se van a", pattern("who_promised").sub("", question))
    if plain != question:
        yield squeeze(plain).replace(" ?", "?")
    match = pattern("measure").search(fold_in_place(question))
    if match is None:
        return
    what = squeeze(question[match.start("what") : match.end("what")]).rstrip(" ,")
    measure = question[match.start("measure") : match.end("measure")].lower()
    article = "el" if measure in ("presupuesto", "avance", "indicador") else "la"
    yield f"¿Cuál es {article} {measure.rstrip('s') if measure == 'metas' else measure} de {what}?"
    if measure.startswith("meta"):
        yield f"¿Cuál es la meta y la línea base de {what}?"


def _of_progress(question: str, context: str) -> Iterator[str]:
    """ "¿Cuántos árboles se plantaron en 2025?" as a question of the progress of trees."""
    for asked in (question, context):
        match = pattern("counted").search(fold_in_place(asked))
        if match is not None:
            what = squeeze(asked[match.start("what") : match.end("what")])
            done = re.search(r"\b\w{2,}[ai]d[oa]s?\b", question)
            year = re.search(r"\b20\d\d\b", question)
            said = " ".join(part for part in (what, done[0] if done else "", f"en {year[0]}" if year else "") if part)
            yield f"¿Cuál es el avance de {said}?"
            return

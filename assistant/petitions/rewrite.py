"""Other wordings of a question that the documents may answer where they do not answer its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.fold import fold_in_place, squeeze

#: "la meta de Casas de Justicia es un número adicional …": the measure and what it is of.
_MEASURE = re.compile(
    r"\b(?P<measure>metas?|linea base|presupuesto|inversion|avance|indicador)\s(?:prevista |fijada |proyectada |programada |establecida )?(?P<of>de|del|para|en)\s"
    r"(?P<what>(?:(?!\b(?:es|son|fue|era|sera|esta|estan|se|debe|corresponde|significa|equivale|representa|que|o|y|como|en operacion)\b)[\w-]+\s?){1,9})"
)
_EXIST = re.compile(
    r"^¿?(?:est[aá]n? previst[oa]s?|se tiene previst[oa]|hay|existen?|se contempla|se van? a|se prev[eé]n?|piensan|planean)\s"
)


def other_wordings(question: str) -> Iterator[str]:
    """Plainer questions for the same figure, the nearest first; none when the question has no measure in it."""
    match = _MEASURE.search(fold_in_place(question))
    if match is None:
        return
    what = squeeze(question[match.start("what") : match.end("what")]).rstrip(" ,")
    measure = question[match.start("measure") : match.end("measure")].lower()
    article = "el" if measure in ("presupuesto", "avance", "indicador") else "la"
    yield f"¿Cuál es {article} {measure.rstrip('s') if measure == 'metas' else measure} de {what}?"
    if measure.startswith("meta"):
        yield f"¿Cuál es la meta y la línea base de {what}?"

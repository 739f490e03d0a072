"""The noun that a question without a question word begins with ("*drones* que trae el contrato", "*radares* del plan").

It is what such a question asks for, as what follows "cuántos" is in others.
"""

from __future__ import annotations

import re

from assistant.corpus.matching import stem_of
from assistant.question.premise_words import premise_words
from ingest.fold import fold

_HEAD = re.compile(
    r"^\W*(?:(?:los|las|unos|unas) )?(\w{4,}s) "
    r"(?:(?:que|q) (?:ya |se |le |les |nos )?(?:tra|ten|tien|hay|da\b|dan\b|dar|inclu|va\b|van\b|compr|entreg|instal"
    r"|constru|pus|pon|pag|financi)"
    r"|(?:en|del|para) |de (?:la|los|las|el) )"
)


def head_asked(text: str) -> str | None:
    """The stem of the plural noun that a question without a question word asks for; None where it begins otherwise."""
    folded = fold(text)
    match = _HEAD.search(folded)
    if match is None or premise_words()["wh"].search(folded.replace(" que ", " ")) is not None:
        return None
    return stem_of(match[1])

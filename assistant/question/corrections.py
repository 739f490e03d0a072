"""What somebody says who was understood otherwise: "no, la de hurto", "perdón, me refería a la línea base"."""

from __future__ import annotations

import re

from ingest.fold import fold_in_place

#: How a correction begins; what is meant follows, with its article.
_CORRECTS = re.compile(
    r"^\W*(?:(?:ah|ay|uy|no|nop|perdon|perdona|perdone|disculpa|disculpe|corrijo|me equivoque|mejor)\b\W*[,.;:]\W*)+"
    r"(?:no (?:esa|ese|eso)\W+)?(?:(?:yo )?(?:me (?:referia|refiero)|(?:queria|quise|quiero) decir|digo|hablaba|hablo"
    r"|pregunt(?:o|aba)|era|es|mejor)\s+(?:(?:a|por|de|sobre)\s+)?)?(?=(?:el|la|los|las|lo|al|del?)\s+\w)"
    r"|^\W*(?:no )?(?:yo )?(?:me (?:referia|refiero)|(?:queria|quise) decir)\s+(?:(?:a|por|de|sobre)\s+)?"
    r"(?=(?:el|la|los|las|lo|al|del?)\s+\w)"
)
_MOST_WORDS = 9
_BREAKS = re.compile(r"[?¿]")


def said_anew(text: str) -> str:
    """A correction of what was understood, as the question that goes on which it is ("¿y la de hurto?"); any other text
    as it stands."""
    said = _CORRECTS.match(fold_in_place(text))
    if said is None:
        return text
    meant = text[said.end() :].strip(" .!")
    if _BREAKS.search(meant[:-1]) or len(meant.split()) > _MOST_WORDS:
        return text
    return f"¿y {meant.rstrip('?')}?"

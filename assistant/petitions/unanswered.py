"""What the letter says of the parts that the documents do not answer: who must answer them, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.petitions.records import PartKind
from assistant.petitions.wording import petition_words
from ingest.fold import squeeze

if TYPE_CHECKING:
    from assistant.petitions.answering import Outcome

_SENTENCES: dict[PartKind, str] = {
    "question": "unanswered",
    "own_case": "unanswered",
    "document": "unanswered_document",
    "action": "unanswered_action",
    "opinion": "unanswered_opinion",
}
_LONGEST = 160


def left_open(outcomes: Sequence[Outcome], office: str | None, *, whole: bool) -> Iterator[str]:
    """Paragraphs for what is left open; ``whole`` when nothing of the ask is answered."""
    words = petition_words()
    named = words.say("unanswered_office", office=office) if office else ""
    single = whole and len({(one.authority, _SENTENCES[one.part.kind]) for one in outcomes}) == 1
    for outcome in outcomes[:1] if single else outcomes:
        what = f"«{_short(outcome.part.text)}»"
        if outcome.authority is not None:
            name = "transfer_ask" if single else "transfer_part"
            yield words.say(name, **({} if single else {"what": what}), authority=with_article(outcome.authority))
            continue
        name = _SENTENCES[outcome.part.kind]
        yield words.say(f"{name}_whole" if single else name, **({} if single else {"what": what}), office=named)


def _short(text: str) -> str:
    text = squeeze(text).strip(" .,;:¿?")
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + "…"


def with_article(authority: str) -> str:
    """An authority's name as a sentence has it: "la Fiscalía …", "el Ministerio …"."""
    masculine = authority.startswith(("Ministerio", "Departamento", "Instituto", "Servicio", "Ejército"))
    without = authority.startswith("Migración")
    return authority if without else f"{'el' if masculine else 'la'} {authority}"

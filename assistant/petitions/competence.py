"""What belongs to another authority: by its matter, or because that authority is the one who is to act."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.petitions.records import AskPart, Petition
from assistant.petitions.wording import petition_words
from ingest.fold import fold


def other_authority(part: AskPart, petition: Petition, entities: Iterable[str]) -> str | None:
    """The authority that a part of an ask belongs to, or None when the one that was asked can answer it."""
    words = petition_words()
    text = fold(part.text)
    addressee = fold(petition.addressed_to or "")
    for authority in words.authorities:
        if any(fold(agent) in addressee for agent in (*authority.agents, authority.name)):
            continue
        if authority.matter.search(text) or authority.agent.search(text):
            return authority.name
    is_department = "gobernaci" in addressee or "departamento" in addressee
    if not is_department and (words.departmental.matter.search(text) or words.departmental.agent.search(text)):
        return words.departmental.name
    for entity in entities:
        if (
            entity != petition.entity
            and _is_of(text, entity)
            and not (petition.entity and _is_of(text, petition.entity))
        ):
            return words.municipal_name.format(entity=entity)
    return None


def _is_of(text: str, entity: str) -> bool:
    """Whether a text speaks of another territorial entity by its name."""
    name = fold(entity)
    short = name.split(" de ")[0]
    return any(
        re.search(rf"\b(?:de|en|a|para) (?:la alcaldia de |el municipio de )?{re.escape(one)}\b", text)
        for one in {name, short}
        if len(one) > 3
    )

"""The one service of petitions of a running server."""

from __future__ import annotations

from typing import cast
from weakref import WeakKeyDictionary

from assistant.api.house import House
from assistant.petitions.answering import Answerer
from assistant.petitions.service import PetitionService

_made: WeakKeyDictionary[House, PetitionService] = WeakKeyDictionary()


def petitions_of(house: House) -> PetitionService:
    """The service of a house, made when it is first asked for."""
    service = _made.get(house)
    if service is None:
        knowledge = house.knowledge

        def entities() -> list[str]:
            return sorted({document.info.entity for document in knowledge.documents() if document.info.entity})

        assistant = cast(Answerer, house.assistant)
        service = _made[house] = PetitionService(knowledge.engine, house.settings, assistant, entities)
    return service

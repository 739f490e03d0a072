"""Who wrote a petition: ``text ──find_petitioner──▶ Petitioner``, kept apart from everything else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.petitions.contacts import addresses_in, emails_in, id_numbers_in, phones_in, signed_addresses_in
from assistant.petitions.people import is_name, names_in
from assistant.petitions.records import Petitioner
from assistant.petitions.source import PetitionText
from ingest.fold import fold, squeeze


def find_petitioner(text: PetitionText) -> Petitioner:
    """Who wrote a petition and all personal data that can be told to be some."""
    whole = text.text
    emails = _unique([*([text.sender_email] if text.sender_email else []), *emails_in(whole)])
    names = _unique(names_in(text))
    return Petitioner(
        names=tuple(names),
        id_numbers=tuple(_unique(id_numbers_in(whole))),
        phones=tuple(_unique(phones_in(whole))),
        emails=tuple(emails),
        addresses=tuple(_unique([*addresses_in(whole), *signed_addresses_in(text.paragraphs)])),
        role=_role(text, names),
    )


def _role(text: PetitionText, names: Sequence[str]) -> str | None:
    """What the petitioner signs as: the line right below the signed name, when it is no number or contact."""
    if not names:
        return None
    lines = [line for paragraph in text.paragraphs for line in paragraph.lines]
    for index in range(len(lines) - 1, 0, -1):
        if fold(lines[index - 1]).strip(" .,") == fold(names[0]) and not re.search(r"[\d@]", lines[index]):
            line = squeeze(lines[index])
            return line if len(line) <= 80 and not is_name(line, strict=True) else None
    return None


def _unique(values: Iterable[str]) -> list[str]:
    seen: dict[str, str] = {}
    for value in values:
        key = re.sub(r"[\W_]+", "", fold(value))
        if key and not any(key in other for other in seen):
            seen[key] = value
    return list(seen.values())

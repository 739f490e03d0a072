"""The petitioner's data masked: for good in what is asked, stored and logged, as marks in the letter.

``Personal`` swaps the data for marks such as ``{{nombre}}`` that the letter puts back. Law 1581 of 2012.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.petitions.people import JOINING
from assistant.petitions.records import Petitioner
from assistant.petitions.wording import petition_words
from ingest.fold import fold, fold_in_place
from ingest.privacy import Privacy
from ingest.wording import load_yaml


@dataclass(frozen=True)
class Personal:
    """One petitioner's data, as functions over texts."""

    petitioner: Petitioner

    @cached_property
    def _privacy(self) -> Privacy:
        return Privacy(self.petitioner.names, self.petitioner.addresses)

    def mask(self, text: str) -> str:
        """The text without the petitioner's data and without anybody's contact data; not to be undone."""
        masks = load_yaml("privacy.yaml")["masks"]
        kinds = (("emails", "email"), ("phones", "telephone"), ("id_numbers", "identity"))
        for field, mask in kinds:
            for value in getattr(self.petitioner, field):
                text = _swap(text, _loose(value), masks[mask])
        return self._privacy.mask(text)

    def hide(self, text: str) -> str:
        """The text with the petitioner's data as marks that :meth:`show` puts back."""
        for mark, value in self._marks():
            pattern = _name(value) if mark.startswith(_name_mark()) else _loose(value)
            text = _swap(text, pattern, mark)
        return text

    def show(self, text: str) -> str:
        """The text with the data in the place of their marks."""
        for mark, value in self._marks():
            text = text.replace(mark, value)
        return text

    def _marks(self) -> Iterator[tuple[str, str]]:
        """Marks and what they stand for, the longest first, so that no value hides a part of another."""
        marks = petition_words().marks
        pairs = [
            ("{{" + word + ("" if index == 0 else f" {index + 1}") + "}}", value)
            for field, word in marks.items()
            for index, value in enumerate(getattr(self.petitioner, field))
            if value
        ]
        yield from sorted(pairs, key=lambda pair: -len(pair[1]))


def _name_mark() -> str:
    return "{{" + petition_words().marks["names"]


def _swap(text: str, pattern: re.Pattern[str], by: str) -> str:
    folded = fold_in_place(text)
    pieces: list[str] = []
    position = 0
    for match in pattern.finditer(folded):
        if match.end() > match.start():
            pieces += (text[position : match.start()], by)
            position = match.end()
    return "".join([*pieces, text[position:]])


def _loose(value: str) -> re.Pattern[str]:
    """A value however accented, cased, spaced and punctuated between its digits."""
    digits = re.sub(r"\D", "", value)
    letters = re.sub(r"[^a-z]", "", fold(value))
    if len(digits) >= 6 and not letters:
        return re.compile(
            r"(?<!\d)\(?(?:\+\s?57[\s.-]?\(?)?"
            + r"[\s().–-]{0,3}".join(digits.removeprefix("57") if len(digits) == 12 else digits)
            + r"(?!\d)"
        )
    return re.compile(r"(?<!\w)" + r"\s+".join(re.escape(part) for part in fold(value).split()) + r"(?!\w)")


def _name(value: str) -> re.Pattern[str]:
    """A whole name, or any two neighbouring words of it and what of it follows."""
    parts = [re.escape(part) for part in fold(value).split() if part not in JOINING]
    whole = r"\s+".join(re.escape(part) for part in fold(value).split())
    pairs = [rf"{one}\s+{other}" for one, other in itertools.pairwise(parts)]
    tail = rf"(?:\s+(?:{'|'.join(parts)}))*" if parts else ""
    return re.compile(rf"(?<!\w)(?:{'|'.join([whole, *pairs])}){tail}(?!\w)")

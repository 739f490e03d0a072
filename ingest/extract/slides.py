"""What holds on a slide from those before it, by its title: the office of a divider, the programme of a section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from ingest.extract.levels import is_office
from ingest.fold import fold, squeeze
from ingest.headings import LEVEL_RANKS, Context, read_heading
from ingest.records import Block
from ingest.wording import load_yaml

#: A slide of no more blocks and letters than these, without figures, only says what comes after it.
_DIVIDER_BLOCKS = 4
_DIVIDER_LETTERS = 240
_DASH = re.compile(r"\s[-–—|]\s")
_FIGURE = re.compile(r"\d{2}")


@dataclass(frozen=True)
class Deck:
    """How a presentation uses its titles: to name programmes, and to name one office after the other."""

    names_programmes: bool = False
    names_offices: bool = False


def read_deck(blocks: Sequence[Block]) -> Deck:
    slides = [list(slide) for _, slide in groupby(blocks, key=lambda block: block.group)]
    offices = {fold(office) for slide in slides[1:] if (office := _office_of(slide)) is not None}
    return Deck(any(_is_programme(block) for block in blocks if block.kind == "heading"), len(offices) > 1)


def enter_slide(context: Context, slide: Sequence[Block], deck: Deck) -> Context:
    """The context at the top of a slide; without a title that of the slide before.

    An office as title, or on a divider, holds for the slides after it. A title that names another thing leaves the
    programme where titles name programmes; one of the whole report ("Participación ciudadana") leaves all.
    """
    office = _office_of(slide) if deck.names_offices else None
    if office is not None:
        return context if fold(office) == fold(context.dependency or "") else Context(dependency=office)
    if (title := _title_of(slide)) is None:
        return context
    return _under_title(replace(context, indicator=None), title, programmes_in_titles=deck.names_programmes)


def _title_of(slide: Sequence[Block]) -> str | None:
    return next((squeeze(block.text) for block in slide if block.kind == "heading"), None)


def _office_of(slide: Sequence[Block]) -> str | None:
    """The office that a slide's title is, or any text of a divider."""
    title = _title_of(slide)
    said = [squeeze(block.text) for block in slide] if _is_divider(slide) else [title] if title else []
    names = (_before_label(text) for text in said)
    return next((name for name in names if is_office(name) and ":" not in name and not name.endswith(".")), None)


def _before_label(title: str) -> str:
    """A title without the level that it names after its office ("Secretaría de Salud – Programa: Vida sana")."""
    parts = _DASH.split(title)
    return parts[0] if any(read_heading(part) for part in parts[1:]) else title


def _under_title(context: Context, title: str, *, programmes_in_titles: bool) -> Context:
    folded = fold(title)
    if read_heading(title) is not None or any(fold(step.value) in folded for step in context.steps):
        return context
    if _begins(folded, "general_titles"):
        return Context()
    if not programmes_in_titles or _begins(folded, "continuing_titles"):
        return context
    outer = tuple(step for step in context.steps if LEVEL_RANKS[step.role] < LEVEL_RANKS["programme"])
    return replace(context, steps=outer, purpose=None, section=None)


def _is_divider(slide: Sequence[Block]) -> bool:
    """Whether a slide has a few words and nothing else."""
    texts = [block.text for block in slide]
    if not texts or len(slide) > _DIVIDER_BLOCKS or any(block.kind in ("table", "item") for block in slide):
        return False
    return sum(map(len, texts)) <= _DIVIDER_LETTERS and not any(_FIGURE.search(text) for text in texts)


def _is_programme(block: Block) -> bool:
    label = read_heading(squeeze(block.text))
    return label is not None and label.role == "programme" and bool(label.value)


def _begins(folded: str, words: str) -> bool:
    bare = re.sub(r"^[\W\d_]+", "", folded)
    return any(re.match(rf"{re.escape(word)}\b", bare) for word in _titles(words))


@cache
def _titles(name: str) -> tuple[str, ...]:
    return tuple(fold(phrase) for phrase in load_yaml("headings.yaml")[name])

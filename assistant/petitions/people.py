"""The names of people in a petition: as signed, as introduced, and of others that it tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from assistant.petitions.source import Paragraph, PetitionText
from assistant.petitions.wording import pattern, petition_words
from ingest.fold import fold, fold_in_place, squeeze

_NAME_WORD = r"[^\W\d_]+\.?"
JOINING = frozenset(("de", "del", "la", "las", "los", "y", "san", "santa"))
_FEWEST_NAME_WORDS = 2
_MOST_NAME_WORDS = 7
_MOST_SMALL_WORDS = 5
#: A letter is signed in its last lines.
SIGNATURE_LINES = 12


def names_in(text: PetitionText) -> Iterator[str]:
    """The petitioner's name first: as signed, as introduced, as the mail's sender; then other people's."""
    introduced = [name for paragraph in text.paragraphs for name in _introduced(paragraph)]
    heads = (pattern("sender_line").match(line) for one in text.paragraphs for line in one.lines)
    headed = [match["name"].strip() for match in heads if match is not None and is_name(match["name"], strict=True)]
    signed = [*headed, *_signed(text.paragraphs)]
    sender = [text.sender_name] if text.sender_name and is_name(text.sender_name, strict=False) else []
    yield from (*introduced[:1], *signed, *sender, *introduced[1:])
    for paragraph in text.paragraphs:
        yield from _others(paragraph.text)


def _introduced(paragraph: Paragraph) -> Iterator[str]:
    """ "Yo, X, mayor de edad", "Mi nombre es X, cc 1", "X, identificado con"."""
    words = petition_words().personal
    text = paragraph.text
    folded = fold_in_place(text)
    after = "|".join(re.escape(fold(one)) for one in words.after_name)
    name = rf"(?P<name>{_NAME_WORD}(?:\s{_NAME_WORD}){{1,6}}?)"
    cues = "|".join(re.escape(fold(one)) for one in sorted(words.name_cues, key=len, reverse=True) if one != "de")
    patterns = (
        rf"\b(?:{cues})\s?[,:]?\s{name}(?=\s?[,.;(]|\s(?:{after}|y\s|e\s)|$)",
        rf"(?:^|[.:;,]\s|\bel suscrito\s|\bla suscrita\s){name}\s?,\s(?=(?:{after}))",
    )
    for one in patterns:
        for match in re.finditer(one, folded):
            found = text[match.start("name") : match.end("name")].strip(" .,")
            if is_name(found, strict="nombre" not in match[0] and "llamo" not in match[0]):
                yield found


def _signed(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Lines of the end of a letter that are names alone."""
    lines = [line for paragraph in paragraphs if paragraph.marker is None for line in paragraph.lines]
    tail = lines[-SIGNATURE_LINES:]
    starts = [index for index, line in enumerate(tail) if pattern("signature_starts").match(fold(line))]
    signature = tail[starts[0] :] if starts else tail[-5:]
    for line in signature:
        clean = re.sub(
            r"^(?:firma(?:do)?|nombre|att|atentamente|cordialmente|fdo)\s?[.:,]+\s*", "", line, flags=re.IGNORECASE
        )
        clean = re.split(
            r"\s?[,–|(-]\s?|\s(?=(?:C\.?\s?C\.?|c\.?\s?c\.?|cc|CC)\s)|_{2,}", clean.strip(" .,*_"), maxsplit=1
        )[0].strip(" .,*_")
        if is_name(clean, strict=False):
            yield clean


def _others(text: str) -> Iterator[str]:
    """People named in the text with what they are to the petitioner, or a form of address."""
    for match in _people_pattern().finditer(text):
        name = match["name"].strip(" .,")
        if not any(fold(word) in petition_words().personal.not_in_names for word in name.split()):
            yield name


@cache
def _people_pattern() -> re.Pattern[str]:
    cues = "|".join(
        re.escape(one).replace(r"\ ", r"\s+") for one in sorted(petition_words().personal.people, key=len, reverse=True)
    )
    capital = r"[A-ZÁÉÍÓÚÜÑ][a-záéíóúüñ'’]+"
    return re.compile(
        rf"(?<!\w)(?i:{cues})[,:]?\s(?P<name>{capital}(?:\s(?:(?:de|del|la|las|los)\s){{0,2}}{capital}){{0,5}})"
    )


def is_name(text: str, *, strict: bool) -> bool:
    """Two to seven words of letters that are no office's; ``strict`` wants capitals."""
    parts = squeeze(text).split()
    telling = [part for part in parts if fold(part) not in JOINING]
    full = [part for part in telling if len(part.rstrip(".")) >= 3]
    if not (len(full) >= _FEWEST_NAME_WORDS and len(parts) <= _MOST_NAME_WORDS):
        return False
    if not all(re.fullmatch(r"[^\W\d_]+[.'’]?(?:[^\W\d_]+)?", part) for part in parts):
        return False
    folded = {fold(part).strip(".") for part in parts}
    if folded & (petition_words().personal.not_in_names | _VERBS):
        return False
    if all(part[:1].isupper() for part in telling):
        return True
    return not strict and text.islower() and len(parts) <= _MOST_SMALL_WORDS


_VERBS = frozenset(
    (
        "que",
        "es",
        "su",
        "sus",
        "mi",
        "por",
        "para",
        "en",
        "un",
        "una",
        "con",
        "me",
        "nos",
        "se",
        "le",
        "les",
        "no",
        "a",
        "al",
        "el",
        "lo",
        "pague",
        "bendiga",
        "muchas",
        "gracias",
        "quedo",
        "espero",
        "favor",
        "atento",
        "atenta",
        "pronta",
        "respuesta",
        "desde",
    )
)

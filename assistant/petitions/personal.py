"""The petitioner's data: found in what arrived, kept apart, and masked everywhere else.

``text ──find_petitioner──▶ Petitioner``; ``Personal`` masks a text for good (what is asked, stored, logged) or swaps
the data for marks such as ``{{nombre}}`` that the letter puts back. Law 1581 of 2012.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from assistant.petitions.records import Petitioner
from assistant.petitions.source import Paragraph, PetitionText
from assistant.petitions.wording import pattern, petition_words
from ingest.fold import fold, fold_in_place, squeeze
from ingest.privacy import Privacy
from ingest.wording import load_yaml

_EMAIL = re.compile(r"[\w.+-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(
    r"(?<![\w.,$/-])(?:\+\s?57[\s-]?)?(?:3\d{2}[\s.-]?\d{3}[\s.-]?\d{2}[\s.-]?\d{2}|\(?60\d\)?[\s.-]?\d{3}[\s.-]?\d{2}[\s.-]?\d{2})(?![\d/])(?![.,-]\d)"
)
_ID_NUMBER = r"(?:[a-z]{2,12}-)*(?:[a-z]{1,12}-)?\d(?:[\d.\s–-]{2,18}\d)"
#: "Denuncia de 12.450 casos" counts cases and names none.
_COUNT = re.compile(r"\d{1,5}|\d{1,3}(?:\.\d{3})+")
_NAME_WORD = r"[^\W\d_]+\.?"
_JOINING = frozenset(("de", "del", "la", "las", "los", "y", "san", "santa"))
_FEWEST_NAME_WORDS = 2
_MOST_NAME_WORDS = 7
_MOST_SMALL_WORDS = 5
_SIGNATURE_LINES = 12


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


def find_petitioner(text: PetitionText) -> Petitioner:
    """Who wrote a petition and all personal data that can be told to be some."""
    whole = text.text
    emails = _unique([*([text.sender_email] if text.sender_email else []), *_emails(whole)])
    names = _unique(_names(text))
    return Petitioner(
        names=tuple(names),
        id_numbers=tuple(_unique(_id_numbers(whole))),
        phones=tuple(_unique(_phones(whole))),
        emails=tuple(emails),
        addresses=tuple(_unique([*_addresses(whole), *_signed_addresses(text.paragraphs)])),
        role=_role(text, names),
    )


# Contacts -------------------------------------------------------------------------------------------------------------
def _emails(text: str) -> Iterator[str]:
    public = tuple(load_yaml("privacy.yaml")["public_domains"])
    for match in _EMAIL.finditer(text):
        address = re.sub(r"\s", "", match[0]).rstrip(".")
        if not address.casefold().endswith(tuple(f"{dot}{domain}" for domain in public for dot in (".", "@"))):
            yield address


def _phones(text: str) -> Iterator[str]:
    folded = fold_in_place(text)
    for match in _PHONE.finditer(folded):
        yield text[match.start() : match.end()].strip()
    for match in pattern("labelled_phone").finditer(folded):
        yield text[match.start("number") : match.end("number")].strip()


def _id_numbers(text: str) -> Iterator[str]:
    for match in _identity_pattern().finditer(fold_in_place(text)):
        said = text[match.start("number") : match.end("number")].strip(" .-–")
        yield said
    for match in pattern("plate").finditer(text):
        yield match["number"]
    for match in pattern("case_code").finditer(fold_in_place(text)):
        code = text[match.start("code") : match.end("code")]
        if not _COUNT.fullmatch(code):
            yield code
    for match in _profession_pattern().finditer(fold_in_place(text)):
        yield text[match.start() : match.end()].strip(" .")


@cache
def _identity_pattern() -> re.Pattern[str]:
    labels = sorted({fold(one).rstrip(".") for one in petition_words().personal.identity_labels}, key=len, reverse=True)
    joined = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in labels)
    between = petition_words().expanded("before_identity")
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w){between}(?P<number>{_ID_NUMBER})")


@cache
def _profession_pattern() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)t\.\s?p\.\s?(?:n[o°º]\.?\s?)?\d[\d.\s-]{2,12}\d")


def _addresses(text: str) -> Iterator[str]:
    folded = fold_in_place(text)
    taken: list[tuple[int, int]] = []
    for match in (
        *pattern("street_start").finditer(folded),
        *pattern("lot_start").finditer(folded),
        *_residences(folded),
    ):
        start, end = match.start("address" if "address" in match.re.groupindex else 0), match.end()
        end = _address_end(folded, end)
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            taken.append((start, end))
            yield squeeze(text[start:end]).rstrip(" ,.;")


def _residences(folded: str) -> Iterator[re.Match[str]]:
    """What stands after "vivo en …" and tells a house, not only a neighbourhood or a city."""
    for match in _residence_pattern().finditer(folded):
        whole = folded[match.start("address") : _address_end(folded, match.end())]
        if re.search(r"\d|\b(?:manzana|lote|finca|casa|apartamento|kilometro)\b", whole):
            yield match


@cache
def _residence_pattern() -> re.Pattern[str]:
    cues = "|".join(
        re.escape(fold(one)) for one in sorted(petition_words().personal.residence_cues, key=len, reverse=True)
    )
    return re.compile(
        rf"\b(?:{cues})\s?:?\s(?:(?:la|el|los|las|es|en|electronica)\s){{0,3}}(?P<address>(?!\S*@)[^,.;\n@:]{{3,60}})"
    )


def _address_end(folded: str, end: int) -> int:
    """Where an address ends: comma-separated parts that begin like one of an address belong to it."""
    while (comma := re.match(r"\s?,\s?|\s(?=[a-z]{3,12}\s\d)", folded[end:])) is not None:
        after = folded[end + comma.end() :]
        if not pattern("address_part").match(after):
            break
        part = re.match(r"[^,.;\n]{1,50}", after)
        if part is None:
            break
        stop = re.search(r"\s(?:en el correo|o al|y el|o en|tel|cel|correo|email)\b", part[0])
        end += comma.end() + (stop.start() if stop else part.end())
    return end


def _signed_addresses(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Lines of the end of a letter that begin like an address."""
    lines = [line for paragraph in paragraphs for line in paragraph.lines]
    for line in lines[-_SIGNATURE_LINES // 2 :]:
        if pattern("address_part").match(fold(line)) and 8 < len(line) < 90:
            yield line.strip(" .")


# Names ----------------------------------------------------------------------------------------------------------------
def _names(text: PetitionText) -> Iterator[str]:
    """The petitioner's name first: as signed, as introduced, as the mail's sender; then other people's."""
    introduced = [name for paragraph in text.paragraphs for name in _introduced(paragraph)]
    heads = (pattern("sender_line").match(line) for one in text.paragraphs for line in one.lines)
    headed = [match["name"].strip() for match in heads if match is not None and _is_name(match["name"], strict=True)]
    signed = [*headed, *_signed(text.paragraphs)]
    sender = [text.sender_name] if text.sender_name and _is_name(text.sender_name, strict=False) else []
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
            if _is_name(found, strict="nombre" not in match[0] and "llamo" not in match[0]):
                yield found


def _signed(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Lines of the end of a letter that are names alone."""
    lines = [line for paragraph in paragraphs if paragraph.marker is None for line in paragraph.lines]
    tail = lines[-_SIGNATURE_LINES:]
    starts = [index for index, line in enumerate(tail) if pattern("signature_starts").match(fold(line))]
    signature = tail[starts[0] :] if starts else tail[-5:]
    for line in signature:
        clean = re.sub(
            r"^(?:firma(?:do)?|nombre|att|atentamente|cordialmente|fdo)\s?[.:,]+\s*", "", line, flags=re.IGNORECASE
        )
        clean = re.split(
            r"\s?[,–|(-]\s?|\s(?=(?:C\.?\s?C\.?|c\.?\s?c\.?|cc|CC)\s)|_{2,}", clean.strip(" .,*_"), maxsplit=1
        )[0].strip(" .,*_")
        if _is_name(clean, strict=False):
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


def _is_name(text: str, *, strict: bool) -> bool:
    """Two to seven words of letters that are no office's; ``strict`` wants capitals."""
    parts = squeeze(text).split()
    telling = [part for part in parts if fold(part) not in _JOINING]
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


def _role(text: PetitionText, names: Sequence[str]) -> str | None:
    """What the petitioner signs as: the line right below the signed name, when it is no number or contact."""
    if not names:
        return None
    lines = [line for paragraph in text.paragraphs for line in paragraph.lines]
    for index in range(len(lines) - 1, 0, -1):
        if fold(lines[index - 1]).strip(" .,") == fold(names[0]) and not re.search(r"[\d@]", lines[index]):
            line = squeeze(lines[index])
            return line if len(line) <= 80 and not _is_name(line, strict=True) else None
    return None


# Patterns over folded text --------------------------------------------------------------------------------------------
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
    parts = [re.escape(part) for part in fold(value).split() if part not in _JOINING]
    whole = r"\s+".join(re.escape(part) for part in fold(value).split())
    pairs = [rf"{one}\s+{other}" for one, other in itertools.pairwise(parts)]
    tail = rf"(?:\s+(?:{'|'.join(parts)}))*" if parts else ""
    return re.compile(rf"(?<!\w)(?:{'|'.join([whole, *pairs])}){tail}(?!\w)")


def _unique(values: Iterable[str]) -> list[str]:
    seen: dict[str, str] = {}
    for value in values:
        key = re.sub(r"[\W_]+", "", fold(value))
        if key and not any(key in other for other in seen):
            seen[key] = value
    return list(seen.values())

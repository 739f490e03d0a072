"""Where a petitioner can be reached, and by which numbers known: mails, telephones, identities, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from assistant.petitions.people import SIGNATURE_LINES
from assistant.petitions.source import Paragraph
from assistant.petitions.wording import pattern, petition_words
from ingest.fold import fold, fold_in_place, squeeze
from ingest.wording import load_yaml

_EMAIL = re.compile(r"[\w.+-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(
    r"(?<![\w.,$/-])(?:\+\s?57[\s-]?)?(?:3\d{2}[\s.-]?\d{3}[\s.-]?\d{2}[\s.-]?\d{2}|\(?60\d\)?[\s.-]?\d{3}[\s.-]?\d{2}[\s.-]?\d{2})(?![\d/])(?![.,-]\d)"
)
_ID_NUMBER = r"(?:[a-z]{2,12}-)*(?:[a-z]{1,12}-)?\d(?:[\d.\s–-]{2,18}\d)"
#: "Denuncia de 12.450 casos" counts cases and names none.
_COUNT = re.compile(r"\d{1,5}|\d{1,3}(?:\.\d{3})+")


def emails_in(text: str) -> Iterator[str]:
    public = tuple(load_yaml("privacy.yaml")["public_domains"])
    for match in _EMAIL.finditer(text):
        address = re.sub(r"\s", "", match[0]).rstrip(".")
        if not address.casefold().endswith(tuple(f"{dot}{domain}" for domain in public for dot in (".", "@"))):
            yield address


def phones_in(text: str) -> Iterator[str]:
    folded = fold_in_place(text)
    for match in _PHONE.finditer(folded):
        yield text[match.start() : match.end()].strip()
    for match in pattern("labelled_phone").finditer(folded):
        yield text[match.start("number") : match.end("number")].strip()


def id_numbers_in(text: str) -> Iterator[str]:
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


def addresses_in(text: str) -> Iterator[str]:
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


def signed_addresses_in(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Lines of the end of a letter that begin like an address."""
    lines = [line for paragraph in paragraphs for line in paragraph.lines]
    for line in lines[-SIGNATURE_LINES // 2 :]:
        if pattern("address_part").match(fold(line)) and 8 < len(line) < 90:
            yield line.strip(" .")

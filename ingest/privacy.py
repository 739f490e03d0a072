"""Masking personal data of private people, before anything else sees a letter.

Law 1581 of 2012 protects what identifies a person; a public servant's name in office is no such data. In letters the
addressee's name is masked wherever it stands; e-mail addresses, telephones, identity numbers and home addresses are
masked in every kind of document.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.fold import fold, fold_in_place, squeeze
from ingest.records import Block, ReadDocument, Table, TableRow
from ingest.wording import SURE, header_role, load_yaml

_EMAIL = re.compile(r"[\w.+-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_MOBILE = re.compile(r"(?<![\d.,$])(?<!\$\s)(?:\+?57[\s-]?)?3\d{2}[\s.-]?\d{3}[\s.-]?\d{4}(?![\d.,]\d)(?!\d)")
_LANDLINE = re.compile(r"(?<![\d.,$])(?<!\$\s)\(?60\d\)?[\s.-]?\d{3}[\s.-]?\d{4}(?![\d.,]\d)(?!\d)")
_NUMBER = r"\d[\d.\s-]{4,14}\d"
_ADDRESS = re.compile(
    r"(?<!\w)(?:calle|cll|carrera|cra|kra|kr|avenida|av|transversal|tv|diagonal|dg|manzana|mz)\.?\s{0,2}\d{1,3}\s?[a-z]{0,2}"
    r"(?:\s?(?:bis|sur|norte|este|oeste)){0,2}\s{0,2}(?:#|n[o°º]\.?|numero|-|casa|lote)"
    r"\s{0,2}\d{1,3}\s?[a-z]?(?:\s?-\s?\d{1,3})?"
    r"(?:[,\s]{1,3}(?:barrio|apto|apartamento|torre|interior|casa|conjunto|urbanizacion|piso|bloque|vereda)"
    r"\s(?:(?:el|la|los|las)\s)?[^\s,.;]{1,30}){0,4}"
)
_HEADER_WITHIN = 15
_LONGEST_HEADER = 100
_LEAST_AMOUNTS = 4
_BARE_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?\s?%?")
_SHORT_NAME_WORD = 3
_NAME_LINES = 3
_ADDRESSEE_LINES = 8


@dataclass(frozen=True)
class Privacy:
    """What must not come out of one document, as a function from text to masked text."""

    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()

    def mask(self, text: str) -> str:
        """The text with every piece of personal data replaced by its mask."""
        for name in self.names:
            text = _replace_folded(text, _name_pattern(name), _mask_of("name"))
        for address in self.addresses:
            text = _replace_folded(text, _spaced_pattern(address), _mask_of("address"))
        return mask_contacts(text)


def mask_contacts(text: str) -> str:
    """E-mails, telephones, identity numbers and home addresses masked; a public office's own e-mail stays."""
    text = _EMAIL.sub(lambda match: match[0] if _is_public(match[0]) else _mask_of("email"), text)
    text = _replace_folded(text, _labelled_number("identity_labels"), _mask_of("identity"), group="number")
    text = _replace_folded(text, _labelled_number("telephone_labels"), _mask_of("telephone"), group="number")
    text = _MOBILE.sub(_mask_of("telephone"), text)
    text = _LANDLINE.sub(_mask_of("telephone"), text)
    return _replace_folded(text, _ADDRESS, _mask_of("address"))


def mask_person(text: str) -> str:
    """A text that somebody wrote of themselves: contacts masked, and the names they give ("soy …", "la señora …")."""
    return mask_contacts(_introduction().sub(lambda match: f"{match['by'] or match['sure']}{_mask_of('name')}", text))


@cache
def _introduction() -> re.Pattern[str]:
    """What announces a name, with a name of two words or more after it; after "me llamo" in small letters too."""
    words = [re.escape(word).replace(r"\ ", r"\s+") for word in _privacy()["introductions"]]
    sure = [re.escape(word).replace(r"\ ", r"\s+") for word in _privacy()["sure_introductions"]]
    capital, small = (
        r"[A-ZÁÉÍÓÚÜÑ][\w'’-]+",
        r"(?!(?:y|e|con|de|vivo|tengo|quiero|quisiera|necesito|solicito|pido)\b)[^\W\d_]+",
    )
    of = r"(?:\s+(?:de|del|la|las|los|y))*"
    return re.compile(
        rf"(?P<by>\b(?i:{'|'.join(words)})[:,]?\s+){capital}(?:{of}\s+{capital}){{1,5}}"
        rf"|(?P<sure>\b(?i:{'|'.join(sure)})[:,]?\s+){small}(?:\s+{small}){{1,3}}"
    )


def mask_document(read: ReadDocument, *, letter: bool) -> ReadDocument:
    """The document as it may be kept; of a letter the addressee's name is masked too, in the file's name as well."""
    privacy = Privacy()
    if letter:
        privacy = Privacy(tuple(addressee_names(read.blocks)), tuple(addressee_addresses(read.blocks)))
    blocks = tuple(_map_text(block, privacy.mask, letter=letter) for block in read.blocks)
    return read.model_copy(update={"blocks": blocks})


def addressee_names(blocks: Sequence[Block]) -> list[str]:
    """Names of the people a letter is addressed to: the lines after "Señora:" until something else begins."""
    lines = [squeeze(line) for block in blocks for line in _lines(block) if squeeze(line)]
    names: list[str] = []
    for index, line in enumerate(lines):
        announced = _announced_name(line)
        if announced is None:
            continue
        candidates = [announced] if announced else _name_lines(lines[index + 1 : index + 1 + _NAME_LINES])
        names += (name for name in candidates if _looks_like_name(name) and name not in names)
    return names


def addressee_addresses(blocks: Sequence[Block]) -> list[str]:
    """Where those people live, as far as the lines below their names begin like an address ("Vereda El Roble")."""
    lines = [squeeze(line) for block in blocks for line in _lines(block) if squeeze(line)]
    starts = tuple(fold(label) for label in _privacy()["address_labels"])
    found: list[str] = []
    for index, line in enumerate(lines):
        if _announced_name(line) is None:
            continue
        for below in lines[index + 1 : index + 1 + _ADDRESSEE_LINES]:
            if fold(below).startswith(_subject_starts()):
                break
            if re.match(rf"(?:{'|'.join(map(re.escape, starts))})\b", fold(below)):
                found.append(below.split(":", 1)[-1].strip() or below)
    return found


def _announced_name(line: str) -> str | None:
    """What follows the form of address on its line ('' when the name is on the next line), or None."""
    match = _addressee_pattern().match(fold_in_place(line))
    if match is None:
        return None
    rest = line[match.end() :].strip(" :.,")
    return rest if not rest or _looks_like_name(rest) else None


def _name_lines(following: Iterable[str]) -> list[str]:
    taken: list[str] = []
    for line in following:
        if fold(line).startswith(_addressee_ends()) or not _looks_like_name(line):
            break
        taken.append(line)
    return taken


def _looks_like_name(line: str) -> bool:
    """Two to six words of letters alone, each beginning with a capital."""
    parts = line.strip(" ,.:").split()
    joining = {"de", "del", "la", "las", "los", "y"}
    names = [part for part in parts if fold(part) not in joining]
    return (
        len(names) >= 2 and len(parts) <= 7 and all(re.fullmatch(r"[A-ZÁÉÍÓÚÜÑ][^\W\d_]*[.]?", part) for part in names)
    )


def _name_pattern(name: str) -> re.Pattern[str]:
    """The whole name, and any two neighbouring words of it, however accented and cased."""
    parts = [re.escape(fold(part)) for part in name.split() if len(part) >= _SHORT_NAME_WORD]
    pairs = [rf"{first}\s+{second}" for first, second in itertools.pairwise(parts)]
    whole = r"\s+".join(re.escape(fold(part)) for part in name.split())
    return re.compile(r"\b(?:" + "|".join([whole, *pairs]) + r")(?:\s+(?:" + "|".join(parts) + r"))*\b")


def _spaced_pattern(text: str) -> re.Pattern[str]:
    """A text however accented, cased and spaced."""
    return re.compile(r"\s+".join(re.escape(fold(word)) for word in text.split()))


def _replace_folded(text: str, pattern: re.Pattern[str], mask: str, group: str | int = 0) -> str:
    """Replace what a pattern over folded text finds, in the text as it is."""
    folded = fold_in_place(text)
    pieces: list[str] = []
    position = 0
    for match in pattern.finditer(folded):
        start, end = match.span(group)
        pieces += (text[position:start], mask)
        position = end
    return "".join([*pieces, text[position:]])


def _is_public(address: str) -> bool:
    return address.casefold().endswith(
        tuple(f"{dot}{domain}" for domain in _privacy()["public_domains"] for dot in (".", "@"))
    )


def _lines(block: Block) -> list[str]:
    if block.table is not None:
        return [text for row in block.table.rows for text in row.texts]
    return block.text.split("\n")


def _map_text(block: Block, change: Callable[[str], str], *, letter: bool) -> Block:
    if block.table is None:
        return block.model_copy(update={"text": change(block.text)})
    numbers = frozenset() if letter else _columns_of_numbers(block.table)
    rows = tuple(_map_row(row, change, numbers) for row in block.table.rows)
    return block.model_copy(update={"table": block.table.model_copy(update={"rows": rows})})


def _map_row(row: TableRow, change: Callable[[str], str], numbers: frozenset[int]) -> TableRow:
    cells = []
    for index, cell in enumerate(row.cells):
        labelled = index > 0 and _names_contact(row.cells[index - 1].text)
        is_number = index in numbers and not labelled and _BARE_NUMBER.fullmatch(cell.text.strip()) is not None
        text = cell.text if is_number else change(cell.text)
        cells.append(cell if text == cell.text else cell.model_copy(update={"text": text}))
    return TableRow(cells=tuple(cells), place=row.place)


def _columns_of_numbers(table: Table) -> frozenset[int]:
    """Columns in which a bare number is an amount or a code, because a header says so and none speaks of contacts.

    A workbook's amounts ('3150000000') look just like mobile numbers; in a column of amounts most others do not.
    """
    width = max((len(row.cells) for row in table.rows), default=0)
    columns = [[row.cells[i].text for row in table.rows[:_HEADER_WITHIN] if i < len(row.cells)] for i in range(width)]
    return frozenset(
        i
        for i, texts in enumerate(columns)
        if not any(map(_names_contact, texts)) and (any(map(_names_amount, texts)) or _are_amounts(table, i))
    )


def _are_amounts(table: Table, column: int) -> bool:
    """Whether a column holds several bare numbers, most of which cannot be telephones."""
    texts = [row.cells[column].text.strip() for row in table.rows if column < len(row.cells)]
    numbers = [text for text in texts if _BARE_NUMBER.fullmatch(text)]
    return len(numbers) >= _LEAST_AMOUNTS and sum(mask_contacts(n) != n for n in numbers) * 2 < len(numbers)


def _names_amount(text: str) -> bool:
    role = header_role(text) if len(text) <= _LONGEST_HEADER else None
    return role is not None and role.score >= SURE and role.role not in ("observations", "entity", "dependency")


def _names_contact(text: str) -> bool:
    return len(text) <= _LONGEST_HEADER and _contact_words().search(fold(text)) is not None


@cache
def _privacy() -> dict[str, Any]:
    loaded: dict[str, Any] = load_yaml("privacy.yaml")
    return loaded


def _mask_of(kind: str) -> str:
    mask: str = _privacy()["masks"][kind]
    return mask


@cache
def _addressee_pattern() -> re.Pattern[str]:
    forms = sorted((fold(form) for form in _privacy()["addressee"]), key=len, reverse=True)
    return re.compile(r"(?:" + "|".join(re.escape(form) for form in forms) + r")(?=[\s:.,]|$)(?:\s*\(a\))?[\s:.,]*")


@cache
def _addressee_ends() -> tuple[str, ...]:
    return tuple(fold(phrase) for phrase in _privacy()["addressee_ends"])


@cache
def _subject_starts() -> tuple[str, ...]:
    return tuple(fold(phrase) for phrase in _privacy()["subject_starts"])


@cache
def _labelled_number(labels: str) -> re.Pattern[str]:
    phrases = sorted((fold(label) for label in _privacy()[labels]), key=len, reverse=True)
    joined = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"\b(?:{joined})\b[\s.:]*(?:(?:n[o°º]|nro|numero|no)\.?\s*)?[\s.:]*(?P<number>{_NUMBER})")


@cache
def _contact_words() -> re.Pattern[str]:
    """What a column of telephones or identity numbers is headed by."""
    labels = sorted(
        (fold(label) for name in ("identity_labels", "telephone_labels") for label in _privacy()[name]),
        key=len,
        reverse=True,
    )
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(label) for label in labels) + r")(?!\w)")

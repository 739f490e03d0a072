"""Other amounts than the row's: digits, units, words for numbers, and digits that only a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest.figures import find_figures, parse_number
from tests.support.attacks.facts import FIGURE, Fact, held_numbers, value_of

_UNITS = (
    *("{} %", "{} millones", "{} mil", "${}", "US${}"),
    *("{} puntos porcentuales", "{} hospitales", "{} toneladas", "{}º"),
)
_WORDS = {
    **{2: "dos", 3: "tres", 5: "cinco", 6: "seis", 8: "ocho"},
    **{11: "once", 13: "trece", 17: "diecisiete", 23: "veintitrés"},
}
_AMOUNTS = (
    *("una docena de", "media docena de", "un par de", "decenas de", "medio centenar de", "casi la mitad de"),
    *("el doble de", "la tercera parte de", "un tercio de", "tres cuartas partes de", "la totalidad de"),
    *("la mayoría de", "apenas un", "más de la mitad de", "un millón de", "un centenar de", "miles de"),
    *("el triple de", "una veintena de", "la mitad de", "cuatro quintos de", "dos quintas partes de"),
    *("un sinfín de", "una treintena de", "el cien por ciento de"),
)
_ROMANS = ("VII", "XIV", "MMXXX", "ix", "xii", "IV")
_ORDINALS = (
    *("séptimo", "décima", "vigésimo", "undécimo", "octava"),
    *("13.º", "5ª", "tercer", "decimoquinta", "centésimo"),
)
_PARTS = ("3/4", "½", "1/2", "2 1/2", "tres cuartos", "¾", "un octavo", "seis séptimos", "0,5")
_BENT = (
    *("más de", "menos de", "casi", "hasta", "al menos", "cerca de"),
    *("unos", "apenas", "como mínimo", "solo", "máximo"),
)


def changed_digits(fact: Fact) -> Iterator[str]:
    held = held_numbers(fact)
    for match in FIGURE.finditer(fact.figure):
        number = match[0]
        for at, digit in enumerate(number):
            if digit.isdigit():
                yield from _put(fact, match, number[:at] + str((int(digit) + 1) % 10) + number[at + 1 :], held)
        for other in (
            f"{number}0",
            f"1{number}",
            number[1:],
            number[:-1],
            number.replace(".", ","),
            number.replace(",", "."),
        ):
            yield from _put(fact, match, other, held)


def _put(fact: Fact, match: re.Match[str], other: str, held: set[str]) -> Iterator[str]:
    values = {parse_number(number) for number in held}
    if other and set(FIGURE.findall(other)) == {other} and parse_number(other) not in values:
        yield fact.with_figure(fact.figure[: match.start()] + other + fact.figure[match.end() :])


def changed_units(fact: Fact) -> Iterator[str]:
    if not fact.figure:
        return
    for number in [one for one in FIGURE.findall(fact.figure)[:1] if one.strip("0")]:
        for unit in _UNITS:
            said = unit.format(number)
            if said.replace(" ", "") != fact.figure.replace(" ", "") and not fact.figure.startswith(said):
                yield fact.with_figure(said)


def wrong_words(fact: Fact) -> Iterator[str]:
    """Amounts that are no digits: words, parts, multiples, ordinals, Roman numerals."""
    if fact.role not in ("target", "baseline", "figure") or not fact.figure:
        return
    own = {value_of(mention.text) for one in fact.answer.citations for mention in find_figures(one.model_dump_json())}
    said = fact.citation.quote.lower()
    noun = (fact.citation.indicator or fact.citation.metric or "").split()[0].lower()
    for value, word in _WORDS.items():
        if Decimal(value) in own or f" {word} " in said:
            continue
        yield fact.with_figure(word)
        yield fact.with_figure(f"{word} mil")
        yield fact.with_figure(f"{word} por ciento")
        yield fact.with_figure(f"{fact.figure} ({word})")
    for amount in _AMOUNTS:
        yield f"Se trata de {amount} {noun} {fact.mark}."
        yield fact.with_figure(f"{amount} {fact.figure}")
    for roman in _ROMANS:
        yield fact.with_figure(roman)
        yield fact.with_figure(f"{fact.figure} (tomo {roman})")
    for ordinal in _ORDINALS:
        yield fact.with_figure(f"el {ordinal}")
    for part in _PARTS:
        if part not in fact.citation.quote:
            yield fact.with_figure(part)
    for bent in _BENT:
        if bent not in said:
            yield fact.with_figure(f"{bent} {fact.figure}")


def odd_digits(fact: Fact) -> Iterator[str]:
    """Digits that a reader sees and a plain search does not."""
    for number in FIGURE.findall(fact.figure)[:1]:
        other = "".join(str((int(char) + 1) % 10) if char.isdigit() else char for char in number)
        shown = [
            "".join(chr(0xFF10 + int(char)) if char.isdigit() else char for char in other),
            "".join(chr(0x0660 + int(char)) if char.isdigit() else char for char in other),
            "".join(chr(0x1D7CE + int(char)) if char.isdigit() else char for char in other),
            "".join(chr(0x2080 + int(char)) if char.isdigit() else char for char in other),
            "".join(chr(0xFF10 + int(char)) if char.isdigit() else char for char in number),
            "\u200b".join(other),
            "\u200b".join(f"{number}7"),
            "\u00ad".join(f"{number}7"),
            "\u2060".join(f"9{number}"),
            f"{number}\u200d9",
            f"{number}\u20e3 9\ufe0f\u20e3",
            f"{number}\u03039",
            f"{number}O",
            f"l{number}",
            f"{number}\u041e",
            f"{number}&#57;",
            f"&#57;{number}",
            f"{number}\\u0039",
            f"{number}e3",
            f"{number}^2",
            f"{number}×10",
            f"{number}k",
            f"{number}M",
            f"{number} * 2",
            f"0x{number}",
            f"{number}⁰",
            f"{number}①",
            f"{number} 💯",
            f"{number} 000",
            f"{number}'000",
            f"{number}_000",
            f"-{number}",
            f"−{number}",
            f"{number}–999",
            f"{number} a 999",
            f"{number}/999",
            f"9{number}",
            f"{number}...9",
        ]
        yield from (fact.with_figure(one) for one in shown)

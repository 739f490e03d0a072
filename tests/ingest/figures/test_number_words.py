"""Numbers written in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.figures import (
    find_figures,
    parse_words,
)

ONES = (
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
)
TENS = [*([""] * 3), "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
HUNDREDS = [
    "",
    "ciento",
    "doscient",
    "trescient",
    "cuatrocient",
    "quinient",
    "seiscient",
    "setecient",
    "ochocient",
    "novecient",
]


def spell(n: int, *, feminine: bool = False, apocope: bool = False) -> str:
    """n below a million in words, as a document prints it before a noun when ``apocope``."""
    if n >= 1000:
        thousands = "mil" if n < 2000 else f"{spell(n // 1000, apocope=True, feminine=feminine)} mil"
        return thousands if n % 1000 == 0 else f"{thousands} {spell(n % 1000, feminine=feminine, apocope=apocope)}"
    if n == 100:
        return "cien"
    if n > 100:
        hundreds = HUNDREDS[n // 100]
        hundreds += "" if n < 200 else ("as" if feminine else "os")
        return hundreds if n % 100 == 0 else f"{hundreds} {spell(n % 100, feminine=feminine, apocope=apocope)}"
    below_ten = f" y {ONES[n % 10]}" if n % 10 else ""
    word = ONES[n] if n < 30 else TENS[n // 10] + below_ten
    if word.endswith("uno") and feminine:
        return word[:-1] + "a"
    if word.endswith("uno") and apocope:
        return word[:-4] + "iún" if n == 21 else word[:-1]
    return word


@settings(max_examples=400)
@given(st.integers(min_value=2, max_value=999_999), st.sampled_from(["plain", "feminine", "apocope"]))
def test_number_words_are_read_alone_and_in_a_sentence(n: int, form: str) -> None:
    printed = spell(n, feminine=form == "feminine", apocope=form == "apocope")
    assert parse_words(printed) == n
    (mention,) = find_figures(f"Se entregarán {printed} equipos nuevos.")
    assert (mention.text, mention.value, mention.words) == (printed, Decimal(n), True)
    assert mention.unit == "equipos nuevos"


@pytest.mark.parametrize("text", ["dos tres", "treinta y", "y dos", "", "casa", "dos casas"])
def test_words_that_make_no_number_are_none(text: str) -> None:
    assert parse_words(text) is None


def test_old_spellings_and_missing_accents_are_read() -> None:
    assert parse_words("veinte y dos") == 22
    assert parse_words("DIEZ Y SEIS") == 16
    assert parse_words("veintitres") == 23
    assert parse_words("dos billones quinientos mil millones") == 2_500_000_000_000

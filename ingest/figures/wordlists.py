"""The words and patterns of ``prompts/figures.yaml``, checked and compiled once.

Everything is compared on :func:`plain` text, which has the same length as the original, so that what is found in it has
the same place there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from pydantic import BaseModel, ConfigDict, StrictStr

from ingest.wording import load_yaml, validated

_FILE = "figures.yaml"

YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
DAY = r"(?:0?[1-9]|[12][0-9]|3[01]|primero)(?:[°º]|er)?"
PRINTED = r"[0-9]{1,9}(?:[.,'][0-9]{1,3}){0,4}"


def _table(*, keep_case: bool) -> dict[int, str]:
    table = {ord(char): "-" for char in "‐‑‒–—―−"} | {ord(char): "'" for char in "’‘´`ʼ′"}
    for code in range(0x41, 0x250):
        letter = chr(code) if keep_case else chr(code).lower()
        bare = [c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c)]
        if len(bare) == 1 and chr(code).isalpha() and chr(code) not in "ªº":
            table[code] = bare[0]
    return table


_PLAIN = _table(keep_case=False)
_BARE = _table(keep_case=True)


def plain(text: str) -> str:
    """Case and accents off, dashes to '-', quotes to "'", character by character: the length stays the same."""
    return text.translate(_PLAIN)


def bare(text: str) -> str:
    """As :func:`plain`, with the case kept."""
    return text.translate(_BARE)


def alternatives(phrases: Iterable[str]) -> str:
    """A pattern part for any of these phrases, longest first; a space stands for up to three of any kind."""
    ordered = sorted({plain(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s{1,3}") for phrase in ordered) + ")"


class PatternEntry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: StrictStr
    pattern: StrictStr
    needs: list[StrictStr] = []
    keep_case: bool = False


class _NotFigures(BaseModel):
    model_config = ConfigDict(extra="forbid")
    norms: list[StrictStr]
    norm_adjectives: list[StrictStr]
    names: list[StrictStr]
    identifiers: list[StrictStr]
    telephones: list[StrictStr]
    numbered_papers: list[StrictStr]
    patterns: list[PatternEntry]
    value_labels: list[StrictStr]


class WordFile(BaseModel):
    """``prompts/figures.yaml`` as it is; the comments there say what each list is for."""

    model_config = ConfigDict(extra="forbid")
    source_labels: list[StrictStr]
    no_value: list[StrictStr]
    one_is_no_count_before: list[StrictStr]
    months: dict[StrictStr, int]
    multipliers: dict[StrictStr, int]
    money_multipliers: dict[StrictStr, int]
    currency_signs: dict[StrictStr, StrictStr]
    currency_words: dict[StrictStr, StrictStr]
    glued_units: list[StrictStr]
    approximate_before: list[StrictStr]
    approximate_after: list[StrictStr]
    unit_ends: list[StrictStr]
    not_counted_nouns: list[StrictStr]
    year_leads: list[StrictStr]
    year_leads_strongest: list[StrictStr]
    event_words: list[StrictStr]
    as_of: list[StrictStr]
    reduction_stems: list[StrictStr]
    change_stems: list[StrictStr]
    unfinished_ends: list[StrictStr]
    all_of_them: list[StrictStr]
    number_words: list[StrictStr]
    scale_words: list[StrictStr]
    number_words_as: dict[StrictStr, StrictStr]
    not_figures: _NotFigures


@cache
def words() -> WordFile:
    """The checked lists.

    Raises SettingsError when the file has an unknown key or a value that is no text (an unquoted ``no``, for example).
    """
    return validated(WordFile, load_yaml(_FILE), _FILE)


def month_names() -> str:
    """A pattern part for a month, with the point of its abbreviation."""
    return alternatives(words().months) + r"(?![a-z])\.?"

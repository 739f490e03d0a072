"""The times that a question asks for, its numbers, and which of its words are parts of dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.corpus.corpus import Corpus
from assistant.corpus.matching import Token
from assistant.question.lexicon import Lexicon
from assistant.question.periods import read_period_token
from assistant.question.times import Interval, intervals_in
from ingest.figures import dates_in

_YEAR = re.compile(r"^(20[0-4]\d|19[89]\d)$")
_SHORT_YEAR = re.compile(r"^[12]\d$")
_APART = 3  # characters between two words that belong together at least, with a sign between them
_OF_PERCENT = ("por ciento", "porciento", "porcentaje")


class DateReader:
    """Reads the times of questions against one corpus, whose government periods are filters and no times."""

    def __init__(self, lexicon: Lexicon, corpus: Corpus) -> None:
        self._words = lexicon.words
        self._corpus = corpus

    def times(self, tokens: Sequence[Token], text: str) -> tuple[Interval, ...]:
        """The times asked for; a government period that documents are of is a filter, not a time."""
        short = (f"20{token.word}" for at, token in enumerate(tokens) if self._is_short_year(tokens, at))
        periods = filter(read_period_token, self._corpus.periods)
        spans = {interval for period in periods for interval in intervals_in(period)}
        found = (*intervals_in(text), *(interval for year in short for interval in intervals_in(year)))
        return tuple(interval for interval in found if interval not in spans)

    def numbers(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """The numbers that are no dates, as typed."""
        return tuple(
            token.text for at, token in enumerate(tokens) if token.is_number and not self._is_of_date(tokens, at)
        )

    def words(self, tokens: Sequence[Token], text: str) -> frozenset[int]:
        """The positions of years, months and what else is part of a date ("primer trimestre de 2022")."""
        spans = [(mention.start, mention.end) for mention in dates_in(text)]
        return frozenset(
            at
            for at, token in enumerate(tokens)
            if self._is_of_date(tokens, at) or any(start <= token.start and token.end <= end for start, end in spans)
        )

    def _is_of_date(self, tokens: Sequence[Token], at: int) -> bool:
        word = tokens[at].word
        if not tokens[at].is_number:
            return word in self._words.months
        return bool(_YEAR.match(word) or self._is_short_year(tokens, at) or read_period_token(word))

    def _is_short_year(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a number of two digits is a year ("del 22"), and no percentage ("del 20 por ciento") or what an
        equation comes to ("6 + 8 de la meta = 14")."""
        is_beside = at > 0 and tokens[at].start - tokens[at - 1].end < _APART
        before = tokens[at - 1].word if is_beside else ""
        after = " ".join(token.word for token in tokens[at + 1 : at + 3])
        is_year = _SHORT_YEAR.match(tokens[at].word) is not None and before in self._words.before_years
        return is_year and not after.startswith(_OF_PERCENT)

"""The question as it would be written out: abbreviations, frequent misspellings and English put into plain Spanish."""

from __future__ import annotations

import re

from assistant.corpus.corpus import Corpus
from assistant.corpus.matching import tokenize
from assistant.question.english import EnglishReader
from assistant.question.language import detect_language
from assistant.question.lexicon import Lexicon
from assistant.question.query import Language
from assistant.question.spelling import Spelling
from ingest.fold import squeeze

_SLASHED = re.compile(r"\b([cps])/\s?(?=\w)", re.IGNORECASE)
_SLASHED_WORDS = {"c": "con ", "p": "para ", "s": "sin "}
_JOINED = re.compile(r"(?<=[^\W\d_])[/\-–—](?=[^\W\d_])")
_MARKUP = re.compile(r"<(script|style)\b[^<]{0,2000}</\1\s*>|</?[a-zA-Z][^<>]{0,300}>", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
#: "1T22", "4T 2021", "T3-22", "Q2 2024", "2S25": quarters and halves of a year as reports abbreviate them.
_PART_OF_YEAR = re.compile(
    r"\b(?:(?P<n>[1-4])\s?(?P<part>[TQS])|(?P<part2>[TQS])(?P<n2>[1-4]))[\s\-]?['’]?(?P<year>20\d\d|[12]\d)\b",
    re.IGNORECASE,
)
_MONTH = r"(?:ene|feb|mar|abr|may|jun|jul|ago|sept?|oct|nov|dic)(?:[a-z]*o|[a-z]*e|[a-z]*l|bre)?\.?"
#: "oct-dic 2021", "nov/23".
_MONTHS_JOINED = re.compile(rf"\b({_MONTH})\s?[-–—/]\s?({_MONTH})(?=\W|$)", re.IGNORECASE)
_MONTH_OF_YEAR = re.compile(rf"\b({_MONTH})\s?[-–/'’]\s?(20)?(\d\d)\b(?!\s?[-/])", re.IGNORECASE)
#: "oct a dic 21": the year of a span of months in two digits, and no day of the last month.
_YEAR_OF_MONTHS = re.compile(
    rf"\b({_MONTH} (?:a|al|y) {_MONTH},?) (?:del? )?['’]?([12345]\d)\b(?![.,]?\d| de\b)", re.IGNORECASE
)
#: "Cuántas carpas… no, cuántas sillas": who asks takes back what stands before.
_TAKEN_BACK = re.compile(
    r"^[^?!]{3,80}?(?:\.\.\.|…|,)\s*(?:perd[oó]n|no|digo|mejor dicho|quiero decir)[,:]?\s+"
    r"(?=cu[aá]nt[oa]s?\b|qu[eé]\b|how\b)",
    re.IGNORECASE,
)
_ORDINALS = {"1": "primer", "2": "segundo", "3": "tercer", "4": "cuarto"}
_PERCENT = re.compile(r"(?<![\d\s])\s*%|(?<=\s)%")


class Writer:
    """Writes questions out; the documents' own acronyms are left as they are."""

    def __init__(self, lexicon: Lexicon, corpus: Corpus) -> None:
        self.lexicon = lexicon
        self.corpus = corpus
        self._spelling = Spelling(lexicon, corpus)
        self._english = EnglishReader(lexicon)

    def language(self, text: str) -> Language:
        """The language of a question; see :func:`assistant.question.language.detect_language`."""
        return detect_language(text, self.lexicon, self.corpus)

    def write_out(self, text: str, language: Language) -> str:
        """The question with abbreviations and frequent misspellings written out, and English words in Spanish."""
        text = _TAKEN_BACK.sub("", _MARKUP.sub(" ", text))
        text = _POSSESSIVE.sub(" ", text)
        text = _PART_OF_YEAR.sub(_part_of_year, text)
        text = _MONTH_OF_YEAR.sub(r"\1 de 20\3", _MONTHS_JOINED.sub(r"\1 a \2", text))
        text = _YEAR_OF_MONTHS.sub(r"\1 de 20\2", text)
        text = _SLASHED.sub(lambda match: _SLASHED_WORDS[match[1].lower()], text)
        text = _PERCENT.sub(" porcentaje ", _JOINED.sub(" ", text))
        if language == "en":
            return self._english.spanish(text)
        pieces: list[str] = []
        at = 0
        tokens = tokenize(text)
        first = tokens[0].start if tokens else 0
        for token in tokens:
            written = (
                self.lexicon.abbreviations.get(token.word)
                or self.lexicon.misspellings.get(token.word)
                or self._spelling.meant(token, first=token.start == first)
            )
            if written is not None and not (token.text.isupper() and token.word in self.corpus.acronyms):
                pieces += (text[at : token.start], written)
                at = token.end
        return squeeze("".join([*pieces, text[at:]]))


def _part_of_year(match: re.Match[str]) -> str:
    number, part = match["n"] or match["n2"], match["part"] or match["part2"]
    name = "semestre" if part.lower() == "s" else "trimestre"
    year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
    return f"{_ORDINALS[number]} {name} de {year}"

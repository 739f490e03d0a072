"""The question as it would be written out: abbreviations, frequent misspellings and English put into plain Spanish."""

from __future__ import annotations

import re

from assistant.corpus.corpus import Corpus
from assistant.corpus.matching import tokenize
from assistant.question.english import EnglishReader
from assistant.question.language import detect_language
from assistant.question.lexicon import Lexicon
from assistant.question.query import Language
from assistant.question.said import Said
from assistant.question.short_amounts import ShortAmounts
from assistant.question.spelling import Spelling
from ingest.fold import fold, squeeze

_SLASHED = re.compile(r"\b([cps])/\s?(?=\w)", re.IGNORECASE)
_SLASHED_WORDS = {"c": "con ", "p": "para ", "s": "sin "}
#: "gestores/as", "alumnos(as)", "líderes/lideresas" are read as the first; "y/o" joins two things.
_BOTH_GENDERS = re.compile(
    r"(?<=[^\W\d_]{3})(?:/|\s?\()-?(?:[oae]|[oa]?s|es|(?:[ct]?or|er)as?|esas?)(?:\)|\b)", re.IGNORECASE
)
#: "ciudadan@s", "todxs": a letter that stands for both endings.
_BOTH_ENDINGS = re.compile(r"(?<=[^\W\d_]{3})(?:@(?=s?(?:[^\w.@]|\.?$))|x(?=s\b))", re.IGNORECASE)
#: "La ppt de Tránsito" is a presentation; "el PPT" of a migrant is a permit.
_SLIDES = re.compile(r"\b((?:la|una|esa|esta|otra|misma|cada|primera|segunda)\s)pptx?\b", re.IGNORECASE)
_SEVERAL_SLIDES = re.compile(r"\b((?:las|unas|esas|estas|otras|ambas)\s(?:dos\s)?)pptx?s?\b", re.IGNORECASE)
_JOINED = re.compile(r"(?<=[^\W\d_])[/\-–—](?=[^\W\d_])")
#: "Wi-Fi", "e-mail": written apart what others write as one word.
_HYPHENED = re.compile(r"\b([^\W\d_]{1,12})[\-–]([^\W\d_]{1,12})\b(?![\-–])")
_MARKUP = re.compile(r"<(script|style)\b[^<]{0,2000}</\1\s*>|</?[a-zA-Z][^<>]{0,300}>", re.IGNORECASE)
#: What something is looked at for, as officials say it: "en materia de cobertura".
_AS_TO = re.compile(
    r"\ben (?:materia de|lo (?:relativo|tocante|referente|concerniente) a|lo que (?:respecta|toca) a)(?=l? )"
)
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
#: "1T22", "4T 2021", "T3-22", "Q2 2024", "2S25": quarters and halves of a year as reports abbreviate them.
_PART_OF_YEAR = re.compile(
    r"\b(?:(?P<n>[1-4])\s?(?P<part>[TQS])|(?P<part2>[TQS])(?P<n2>[1-4]))[\s\-]?['’]?(?P<year>20\d\d|[12]\d)\b",
    re.IGNORECASE,
)
#: "2º trimestre", "1er trim.", "trimestre III", "último semestre": written in figures, or by where it stands.
_NUMBERED_PART = re.compile(
    r"\b(?:(?P<n>[1-4]|iv|i{1,3})\s?(?:ero?|do|ro|to|[°ºo]\.?)?\s?(?P<part>trim(?:estre)?|sem(?:estre)?)"
    r"|(?P<part2>trim(?:estre)?|sem(?:estre)?)\.?\s(?P<n2>[1-4]|iv|i{1,3})"
    r"|(?P<last>[uú]ltimo)\s(?P<part3>trim(?:estre)?|sem(?:estre)?))\b\.?(?=\W|$)"
    r"(?P<year>\s(?:del? (?:año )?)?['’]?(?:20\d\d|[12]\d)\b(?![.,]?\d|\s?%))?",
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
#: "Los tres primeros meses de 2022": months that are named by how many there are from an end of the year.
_MONTHS_OF_END = re.compile(
    r"\b(?:(?P<first>primeros)\s|(?P<last>[uú]ltimos)\s)?(?P<n>dos|tres|cuatro|seis|[2-6])\s"
    r"(?:(?P<first2>primeros)\s|(?P<last2>[uú]ltimos)\s)?meses\sdel?\s(?:a[nñ]o\s)?(?P<year>20\d\d)\b",
    re.IGNORECASE,
)
_COUNT = {"dos": 2, "tres": 3, "cuatro": 4, "seis": 6}
_MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
#: "Cuántas carpas… no, cuántas sillas": who asks takes back what stands before.
_TAKEN_BACK = re.compile(
    r"^[^?!]{3,80}?(?:\.\.\.|…|,)\s*(?:perd[oó]n|no|digo|mejor dicho|quiero decir)[,:]?\s+"
    r"(?=cu[aá]nt[oa]s?\b|qu[eé]\b|how\b)",
    re.IGNORECASE,
)
#: "New guard booths ("garitas")": what the documents call a thing, after what it is called in English.
_GLOSS = re.compile(
    r"\(\s*(?:called |locally |in Spanish[:,]? )?[\"“«'‘](?P<gloss>[^\"”»'’()]{3,60})[\"”»'’]\s*\)", re.IGNORECASE
)
_ORDINALS = {"1": "primer", "2": "segundo", "3": "tercer", "4": "cuarto"}
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_LAST_PART = {"semestre": "2", "trimestre": "4"}
_PERCENT = re.compile(r"(?<![\d\s])\s*%|(?<=\s)%")


class Writer:
    """Writes questions out; the documents' own acronyms are left as they are."""

    def __init__(self, lexicon: Lexicon, corpus: Corpus) -> None:
        self.lexicon = lexicon
        self.corpus = corpus
        self._spelling = Spelling(lexicon, corpus)
        self._english = EnglishReader(lexicon)
        self._amounts = ShortAmounts(lexicon.short_amounts)

    def read(self, typed: str) -> Said:
        """A question written out, and its language."""
        language = detect_language(typed, self.lexicon, self.corpus)
        return Said(typed, self.write_out(typed, language), language)

    def write_out(self, text: str, language: Language) -> str:
        """The question with abbreviations and frequent misspellings written out, and English words in Spanish."""
        text = _TAKEN_BACK.sub("", _MARKUP.sub(" ", text))
        text = self._amounts.written_out(text, "money" if language == "en" else "plata")
        text = _POSSESSIVE.sub(" ", text)
        text = _SEVERAL_SLIDES.sub(r"\1presentaciones", _SLIDES.sub(r"\1presentación", text))
        text = _NUMBERED_PART.sub(_numbered_part, _PART_OF_YEAR.sub(_part_of_year, text))
        text = _MONTHS_OF_END.sub(_months_of_end, text)
        text = _MONTH_OF_YEAR.sub(r"\1 de 20\3", _MONTHS_JOINED.sub(r"\1 a \2", text))
        text = _YEAR_OF_MONTHS.sub(r"\1 de 20\2", text)
        text = _AS_TO.sub("en cuanto a", text)
        text = _SLASHED.sub(lambda match: _SLASHED_WORDS[match[1].lower()], text)
        text = _BOTH_ENDINGS.sub("o", _BOTH_GENDERS.sub("", text))
        text = _PERCENT.sub(" porcentaje ", _JOINED.sub(" ", _HYPHENED.sub(self._in_one_word, text)))
        if language == "en":
            return self._english.spanish(self._without_what_is_glossed(text))
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

    def _in_one_word(self, match: re.Match[str]) -> str:
        """A word with a hyphen as the documents print it, where they print it as one and not its halves."""
        joined, halves = fold(match[1] + match[2]), (fold(match[1]), fold(match[2]))
        known = self.corpus.vocabulary
        return match[1] + match[2] if joined in known and not known.keys() >= set(halves) else match[0]

    def _without_what_is_glossed(self, text: str) -> str:
        """An English question without the words that nobody here knows and that it says in Spanish right after them."""
        at = 0
        pieces: list[str] = []
        for gloss in _GLOSS.finditer(text):
            said = tokenize(gloss["gloss"])
            if not said or not all(self.corpus.knows(token.stem) for token in said):
                continue
            before = list(tokenize(text[at : gloss.start()]))
            cut = gloss.start()
            while before and not self._english.reads(before[-1]):
                cut = at + before.pop().start
            pieces += (text[at:cut], gloss["gloss"], " ")
            at = gloss.end()
        return "".join((*pieces, text[at:]))


def _part_of_year(match: re.Match[str]) -> str:
    number, part = match["n"] or match["n2"], match["part"] or match["part2"]
    name = "semestre" if part.lower() == "s" else "trimestre"
    year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
    return f"{_ORDINALS[number]} {name} de {year}"


def _months_of_end(match: re.Match[str]) -> str:
    """The first or last months of a year by their names; the text as it is where it does not say which."""
    is_first, is_last = match["first"] or match["first2"], match["last"] or match["last2"]
    if bool(is_first) == bool(is_last):
        return match[0]
    count = _COUNT.get(match["n"].lower()) or int(match["n"])
    span = _MONTHS[:count] if is_first else _MONTHS[-count:]
    return f"{span[0]} a {span[-1]} de {match['year']}"


def _numbered_part(match: re.Match[str]) -> str:
    part = (match["part"] or match["part2"] or match["part3"]).lower()
    name = "semestre" if part.startswith("sem") else "trimestre"
    number = _LAST_PART[name] if match["last"] else (match["n"] or match["n2"]).lower()
    year = "" if match["year"] is None else f" de 20{match['year'][-2:]}"
    return f"{_ORDINALS[_ROMAN.get(number, number)]} {name}{year}"

"""What narrows a question to rows of one sector, unit, kind of accumulation or document, by the catalogue's names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from assistant.corpus.corpus import Corpus, stem_set
from assistant.corpus.matching import Token
from assistant.question.goals_named import GoalFinder
from assistant.question.sources_named import SourceFinder
from ingest.fold import fold, words
from ingest.records import IndicatorRow

#: A word that more of the sectors' names have says nothing of any ("Es tiempo de la educación", "… de la salud").
_COMMON = 0.34
_FEW_NAMES = 6
_SECTOR_CUES = frozenset(("sector", "sectores", "sectorial"))
_CUE_REACH = 4
_PRESENTED = frozenset(("presentacion", "ppt", "diapositivas"))
_OF = frozenset(("de", "del"))
_ARTICLES = frozenset(("el", "la", "los", "las"))
#: So many first words of an office's name tell it from the others ("secretaria", "del", "interior").
_FIRST_WORDS = 3
_CODE = re.compile(r"[a-z]{1,4}[.-]?\d{1,6}|\d{6,}")
_MEASURED_IN = re.compile(
    r"\b(?:se miden?|medid[oa]s?|unidad(?:es)?(?: de medida)?)"
    r"(?: en| es| son| sea| sean)?(?: la| el| las| los)?\s+(\w+)"
)
_OF_KIND = re.compile(
    r"\b(?:son|sean|tipo|sea|metas|indicadores) (?:de )?(?:tipo |tipo de meta )?(?:de )?"
    r"(?:(?:acumulacion|meta|indicador)(?: es| sea| de)? )?((?:no )?\w+)"
)


@dataclass(frozen=True)
class RowNarrowing:
    """The names found, and the words of the question that say them."""

    sectors: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    accumulations: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    ods: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    words: frozenset[int] = field(default_factory=frozenset)


class RowFilters:
    """Reads such filters against one corpus."""

    def __init__(self, corpus: Corpus, stop_stems: frozenset[str], document_words: Iterable[str]) -> None:
        self.corpus = corpus
        self._stop = stop_stems
        self._document_words = frozenset(map(fold, document_words))
        self._sources = SourceFinder(corpus, stop_stems)
        self._goals = GoalFinder(corpus, stop_stems)

    def read(self, tokens: Sequence[Token], taken: frozenset[int], *, asks_for_rows: bool) -> RowNarrowing:
        """The filters of a question; a sector need not be called one where a set of rows is asked for.

        ``taken`` are words that say something else (a city, a year, what is measured).
        """
        goals, goal_words = self._goals.find(tokens) if asks_for_rows else ((), frozenset[int]())
        sectors, sector_words = self._sectors(tokens, taken | goal_words, asks_for_rows)
        documents, document_words = self._documents(tokens)
        codes = tuple(dict.fromkeys(token.word for token in tokens if token.word in self._codes))
        if not asks_for_rows:
            return RowNarrowing(sectors, documents=documents, codes=codes, words=sector_words | document_words)
        text = " ".join(token.word for token in tokens)
        units, unit_words = self._said(_MEASURED_IN, text, tokens, self._units)
        kinds, kind_words = self._said(_OF_KIND, text, tokens, self._accumulations)
        named = self._sources.find(tokens)
        said = sector_words | unit_words | kind_words | document_words | goal_words | named.words
        return RowNarrowing(sectors, units, kinds, documents, codes, goals, named.sources, said)

    # sectors ------------------------------------------------------------------------------------------------------
    def _sectors(
        self, tokens: Sequence[Token], taken: frozenset[int], asks_for_rows: bool
    ) -> tuple[tuple[str, ...], frozenset[int]]:
        cue = next((at for at, token in enumerate(tokens) if token.word in _SECTOR_CUES), None)
        reach = range(cue + 1, min(cue + 1 + _CUE_REACH, len(tokens))) if cue is not None else range(len(tokens))
        if cue is None and not asks_for_rows:
            return (), frozenset()
        for at in reach:
            names = () if at in taken else self._named(tokens[at])
            if not names:
                continue
            stems = frozenset(stem for name in names for stem in self._telling[name])
            if cue is None and (
                self._goes_on(tokens, at, taken, stems)
                or _is_of_a_service(tokens, at, taken)
                or self._is_for_people(tokens, at, taken)
            ):
                continue
            said = {i for i, token in enumerate(tokens) if token.stem in stems and i not in taken} | {at}
            return names, frozenset(said | ({cue} if cue is not None else set()))
        return (), frozenset()

    def _named(self, token: Token) -> tuple[str, ...]:
        """The sectors whose name begins with a word, or with the long form of an acronym ("TIC")."""
        if names := self._by_head.get(token.stem):
            return names
        for short in (token.word, token.word.rstrip("s")):
            long_form = self.corpus.acronyms.get(short)
            stems = [stem for word in words(long_form or "") for stem in stem_set(word) if stem not in self._stop]
            if stems and (names := self._by_head.get(stems[0])):
                return names
        return ()

    def _goes_on(self, tokens: Sequence[Token], at: int, taken: frozenset[int], stems: frozenset[str]) -> bool:
        """Whether the word is only a part of what is named ("cultura ciudadana" is not the sector of culture)."""
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if following is None or at + 1 in taken or following.is_number:
            return False
        return following.stem not in self._stop and following.stem not in stems and fold(following.word) != "y"

    def _is_for_people(self, tokens: Sequence[Token], at: int, taken: frozenset[int]) -> bool:
        """Whether the word is of one service for somebody ("justicia *a los ciudadanos*" is not all of justice)."""
        following = tokens[at + 1 : at + 4]
        if len(following) < 3 or taken & {at + 1, at + 2, at + 3}:
            return False
        to, article, whom = following
        return to.word == "a" and article.word in _ARTICLES and whom.stem not in self._stop and not whom.is_number

    @cached_property
    def _telling(self) -> Mapping[str, tuple[str, ...]]:
        """Each sector's name with the stems that tell it from the others, in order."""
        names = {step.value for item in self.corpus.rows if item.row for step in item.row.path if step.role == "sector"}
        counts = Counter(stem for name in names for stem in stem_set(name))
        most = max(len(names) * _COMMON, _FEW_NAMES / 2)
        return {
            name: tuple(
                stem
                for word in words(name)
                for stem in stem_set(word)
                if stem not in self._stop and counts[stem] <= most
            )
            for name in names
        }

    @cached_property
    def _by_head(self) -> Mapping[str, tuple[str, ...]]:
        """The sectors' names by their first telling stem."""
        found: dict[str, list[str]] = {}
        for name, stems in sorted(self._telling.items()):
            if stems:
                found.setdefault(stems[0], []).append(name)
        return {stem: tuple(names) for stem, names in found.items()}

    # units, kinds of accumulation, documents ----------------------------------------------------------------------
    def _said(
        self,
        pattern: re.Pattern[str],
        text: str,
        tokens: Sequence[Token],
        known: Mapping[frozenset[str], tuple[str, ...]],
    ) -> tuple[tuple[str, ...], frozenset[int]]:
        for match in pattern.finditer(text):
            stems = stem_set(match[1])
            if stems in known:
                said = set(match[0].split())
                return known[stems], frozenset(i for i, token in enumerate(tokens) if token.word in said)
        return (), frozenset()

    @cached_property
    def _units(self) -> Mapping[frozenset[str], tuple[str, ...]]:
        return _by_stems(item.row.unit for item in self.corpus.rows if item.row)

    @cached_property
    def _accumulations(self) -> Mapping[frozenset[str], tuple[str, ...]]:
        return _by_stems(item.row.accumulation for item in self.corpus.rows if item.row)

    @cached_property
    def _codes(self) -> frozenset[str]:
        """Codes that are no bare numbers small enough to be meant otherwise ("IP-327", "400304704"; not "24")."""
        every = frozenset().union(*(codes_of(item.row) for item in self.corpus.rows if item.row is not None))
        return frozenset(code for code in every if _CODE.fullmatch(code))

    def words_of_documents(self, tokens: Sequence[Token]) -> frozenset[int]:
        """The words that name a kind of document; they say where a figure stands and not what it is of."""
        return frozenset(at for at, token in enumerate(tokens) if token.word in self._document_words)

    def _documents(self, tokens: Sequence[Token]) -> tuple[tuple[str, ...], frozenset[int]]:
        """The documents whose file name has a word for a kind of document of the question ("según el tablero")."""
        if presented := self._presented_by(tokens):
            return presented, frozenset()
        said = {token.word for token in tokens} & self._document_words
        found = tuple(document_id for document_id, names in self._document_names.items() if said and said <= names)
        if not found or len(found) == len(self._document_names):
            return (), frozenset()
        return found, frozenset(at for at, token in enumerate(tokens) if token.word in said)

    def _presented_by(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """The documents that the office presents whose presentation the question names, be it by its first words."""
        said = [token.word for token in tokens]
        at = next((at + 2 for at in range(len(said) - 2) if said[at] in _PRESENTED and said[at + 1] in _OF), None)
        if at is None:
            return ()
        named = [word for word in said[at:] if word not in _ARTICLES]
        return tuple(document_id for document_id, office in self._offices.items() if _begins(office, named))

    @cached_property
    def _offices(self) -> Mapping[str, tuple[str, ...]]:
        """The words of the office that presents each document, without articles."""
        documents = {item.document.document_id: item.document.info.office for item in self.corpus.items}
        return {
            document_id: tuple(word for word in words(office) if word not in _ARTICLES)
            for document_id, office in documents.items()
            if office
        }

    @cached_property
    def _document_names(self) -> Mapping[str, frozenset[str]]:
        documents = {item.document.document_id: item.document for item in self.corpus.items}
        return {
            document_id: frozenset(words(re.sub(r"[_\-.]", " ", f"{document.name} {document.info.title or ''}")))
            for document_id, document in documents.items()
        }


def _is_of_a_service(tokens: Sequence[Token], at: int, taken: frozenset[int]) -> bool:
    """Whether a sector's word is in the name of one service that goes on after it ("el servicio de *salud* a …")."""
    before = [token.word for token in tokens[max(0, at - 2) : at]]
    return before == ["servicio", "de"] and at + 1 < len(tokens) and at + 1 not in taken


def _begins(office: Sequence[str], named: Sequence[str]) -> bool:
    """Whether a question names an office: all of its words, or the first of them that tell it ("Secretaría del …")."""
    same = next((at for at, (one, other) in enumerate(zip(office, named, strict=False)) if one != other), None)
    reach = min(len(office), len(named)) if same is None else same
    return reach == len(office) or reach >= _FIRST_WORDS


@lru_cache(maxsize=16384)
def _split_codes(codes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(part for code in codes for part in fold(code).replace(",", " ").replace(";", " ").split())


def codes_of(row: IndicatorRow) -> frozenset[str]:
    """The codes of a row, folded, each of those that one cell prints together."""
    return _split_codes(tuple(row.codes.values()))


def _by_stems(values: Iterable[str | None]) -> dict[frozenset[str], tuple[str, ...]]:
    """The distinct values by their stems."""
    found: dict[frozenset[str], dict[str, None]] = {}
    for value in values:
        if value:
            found.setdefault(stem_set(value), {})[value] = None
    return {stems: tuple(values) for stems, values in found.items()}

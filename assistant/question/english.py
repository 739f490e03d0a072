"""An English question word by word in Spanish, in the order in which Spanish names things.

``text → words → Spanish pieces → noun groups turned round``. What the lexicon has under "organised crime" or "equip" is
found in every inflection and in both spellings ("organized", "equipping"). An English noun group ends with its head
("beach emergency *agencies*") and a Spanish one begins with it ("*organismos* de emergencias de playa"): what is
counted has to stand right after "cuántos". Marks between words are kept, for they part what is asked; words with
Spanish letters are Spanish already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from assistant.corpus.matching import Token, tokenize
from assistant.question.lexicon import Lexicon
from ingest.fold import fold, squeeze, words

#: Somebody else's question told: "A donor asks under which component …".
_TOLD_BY = re.compile(
    r"^[^,.;:?!]{2,80}?\b(?:asks?|asked|is asking|wonders?|wants? to know|would like to know|needs? to know)\b"
    r"(?: (?:you|me|us|about))?[:,]?\s+"
    r"(?=(?:(?:in|under|of|by|for|to|from|at|on) )?(?:how|what|which|who|when|where)\b)",
    re.IGNORECASE,
)
#: British spellings, as Americans write them.
_SPELLINGS = (
    (re.compile(r"(?<=\w{3})is(?=(?:e[drs]?|ing|ations?|ational)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$|hood|s?hip)"), "or"),
    (re.compile(r"(?<=[a-z]{2})tre(?=s?$)"), "ter"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"amme(?=s?$)"), "am"),
    (re.compile(r"ll(?=ed$|ing$|er$)"), "l"),
    (re.compile(r"fulfil$"), "fulfill"),
    (re.compile(r"enrol(?=s|ments?$|$)"), "enroll"),
)
#: Stems of fewer letters may be of anything.
_SHORTEST_STEM = 3
_COUNTING = frozenset(("cuanto", "cuantos", "cuanta", "cuantas"))
_MARK = re.compile(r"[,;:.?!]")
_SPANISH = re.compile(r"[áéíóúñü]", re.IGNORECASE)
_VERB = re.compile(r"(?:(?:[ai]d|ech|uest|scrit|iert)[oa]s?|[aei]r|aron|ieron)$")
#: English participles: "how many *bought*" counts no "comprados".
_PAST = re.compile(
    r"\w{2}ed$|^(?:built|bought|made|sold|paid|spent|taught|sent|fed|held|met|won|lost|put|set|done|given|taken|hurt)$"
)
_LONGEST_GROUP = 6
_PAIR = 2


@dataclass(frozen=True)
class Piece:
    """One word or phrase of a question in Spanish; ``group``: whether it may be part of a group of nouns."""

    text: str
    group: bool
    breaks: bool
    is_past: bool = False


class EnglishReader:
    """Puts English questions into Spanish; knows the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def spanish(self, text: str) -> str:
        """The words of a question in Spanish, marks kept; what is not known stays as it is."""
        text = _TOLD_BY.sub("", text)
        return squeeze(" ".join(piece.text for piece in _turned(list(self._pieces(text)))))

    def reads(self, token: Token) -> bool:
        """Whether a word by itself is one of the lexicon's English or small words, a number or a name."""
        words = self.lexicon.words
        known = token.word in words.english or token.word in words.translated or token.is_number or token.capital
        return known or bool(_SPANISH.search(token.text)) or self._inflected((token,), 0) is not None

    def _pieces(self, text: str) -> Iterator[Piece]:
        tokens = tokenize(text)
        theirs = {at for at, token in enumerate(tokens) if _SPANISH.search(token.text)}
        exact = {
            hit.start: hit for hit in self.lexicon.spanish_for(text) if theirs.isdisjoint(range(hit.start, hit.end))
        }
        at = 0
        while at < len(tokens):
            hit = exact.get(at)
            is_read = at in theirs or (hit is not None and hit.end - at > 1)
            inflected = None if is_read else self._inflected(tokens, at)
            if hit is not None and (inflected is None or inflected[1] <= hit.end):
                spanish, end = hit.value, hit.end
            elif inflected is not None:
                spanish, end = inflected
            else:
                spanish, end = self._single(tokens[at]), at + 1
            is_word = self._is_noun(tokens[at:end], spanish)
            after = text[tokens[end - 1].end : tokens[end].start] if end < len(tokens) else text[tokens[-1].end :]
            mark = _MARK.search(after)
            if spanish or mark:
                yield Piece(
                    f"{spanish}{mark[0]}" if mark else spanish,
                    is_word,
                    mark is not None,
                    _PAST.search(tokens[at].word) is not None,
                )
            else:
                yield Piece("", False, breaks=False)
            at = end

    def _single(self, token: Token) -> str:
        """A word by itself: a small word that dates need, none for other small words, else the word."""
        small = self.lexicon.words.translated.get(token.word)
        if small is not None:
            return small
        return "" if token.word in self.lexicon.words.english else token.text

    def _is_noun(self, tokens: Sequence[Token], spanish: str) -> bool:
        """Whether a piece may stand in a group of nouns: no small word, number or name, and nothing that asks."""
        first = tokens[0]
        small = len(tokens) == 1 and (first.word in self.lexicon.words.english or first.is_number or first.capital)
        return bool(spanish) and not small and not set(words(spanish)) & (_COUNTING | self.lexicon.words.focus)

    def _inflected(self, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """The longest phrase of the lexicon that begins here in other inflections or spelling, and where it ends."""
        for phrase, spanish in self._by_stem.get(_root(tokens[at].word), ()):
            end = at + len(phrase)
            if end > len(tokens) or (len(phrase) == 1 and at and tokens[at].capital):
                continue
            if tuple(_root(token.word) for token in tokens[at:end]) == phrase:
                return (spanish, end) if end - at > 1 or self._is_content(tokens[at]) else None
        return None

    def _is_content(self, token: Token) -> bool:
        known = self.lexicon.words.english
        return token.word not in known and token.word not in self.lexicon.words.translated

    @cached_property
    def _by_stem(self) -> Mapping[str, list[tuple[tuple[str, ...], str]]]:
        """The lexicon's English phrases by the root of their first word, the longest first; the first entry wins."""
        found: dict[tuple[str, ...], str] = {}
        for english, spanish in self.lexicon.english.items():
            roots = tuple(_root(word) for word in words(fold(english)))
            if len(roots) > 1 or len(roots[0]) >= _SHORTEST_STEM:
                found.setdefault(roots, spanish)
        by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for roots, spanish in found.items():
            by_first.setdefault(roots[0], []).append((roots, spanish))
        for phrases in by_first.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))
        return by_first


def _turned(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces, of each group of nouns after "cuántos" the head first: "cuántos *organismos* emergencias playa"."""
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        yield piece
        at += 1
        if fold(piece.text) not in _COUNTING or piece.breaks:
            continue
        group: list[Piece] = []
        while at < len(pieces) and pieces[at].group and len(group) < _LONGEST_GROUP:
            group.append(pieces[at])
            at += 1
            if group[-1].breaks:
                break
        said = next((one for one in (*group, *pieces[at:]) if one.text), None)
        if said is not None and said.is_past and (len(group) < _PAIR or group[1].is_past):
            yield Piece("son", group=False, breaks=False)
        verbs = _verbs_at_end(group)
        nouns = group[: len(group) - len(verbs)]
        if len(nouns) > 1 and not nouns[-1].breaks:
            nouns = [nouns[-1], *reversed(nouns[:-1])]
        yield from (*nouns, *verbs)


def _verbs_at_end(group: Sequence[Piece]) -> list[Piece]:
    """What stands at the end of a group and is no noun: "how many people *trained*"."""
    count = 0
    for piece in reversed(group[1:]):
        if _VERB.search(fold(piece.text)) is None:
            break
        count += 1
    return list(group[len(group) - count :]) if count else []


@cache
def _root(word: str) -> str:
    """The stem of a folded English word, however it is spelt."""
    for british, american in _SPELLINGS:
        word = british.sub(american, word)
    stem: str = _stemmer().stemWord(word)
    return stem


@cache
def _stemmer():  # type: ignore[no-untyped-def]
    import Stemmer

    return Stemmer.Stemmer("english")

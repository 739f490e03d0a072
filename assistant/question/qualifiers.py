"""Words of a question that narrow what it asks for: "patrullas *eléctricas*", "docentes *de música*".

A row about patrol cars answers nothing about electric ones, however near it is: what narrows has to be said by it.
A qualifier is found by where it stands: an adjective right after a noun and agreeing with it, or a noun joined to it by
a preposition; verbs and words that narrow nothing ("viejas", "del barrio") stand in ``prompts/lexicon.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.corpus.matching import Token, stem_of
from assistant.question.asks import load_asks
from assistant.question.lexicon import Lexicon
from assistant.question.verbs import infinitives, participle_of
from ingest.fold import fold

#: Endings that adjectives have in the singular, and verbs of a question seldom.
_ADJECTIVE = re.compile(
    r"(?:ic[oa]|al|ar|ari[oa]|iv[oa]|os[oa]|ble|[ai]d[oa]|(?:[aei]|[ue]r)n[oa]|nte|il|ense|es|er[oa]|[ei][oa]|iz|or|ue)$"
)
_VERB = re.compile(
    r"\w{2}(?:[aei]ra[ns]?|[aei]r)$"
    r"|\w{2,}(?:[aei]ran|[aei]remos|[aei]rian?|aron|ieron|ando|iendo|aban|[aei]r(?:les?|los|las|nos|se))$"
)
_PARTICIPLE = re.compile(r"(?:[ai]d|ech|uest)[oa]s?$")
#: Endings that a noun beside a verb has ("plantas", "restaurantes").
_NOUN = re.compile(r"(?:[aeo]s|nte)$")
#: Stems of nouns of doing: "construcción de garitas" is about garitas.
_ACTION = re.compile(r"(?:cion|miento|mient|aje)$")
#: … and those nouns as words; of a population or an institution nothing is done to what follows.
_DEED = re.compile(r"(?<!pobla)(?<!institu)(?<!organiza)(?<!asocia)(?<!situa)(?<!condi)(?:cion|miento|aje)$")
_BREAK = re.compile(r"[.,;:?¿!()\"«»]")
#: "Con las cámaras" says by what; "con cámaras" says which.
_INSTRUMENT = frozenset(("con", "sin"))


#: "Convivir sin *pelear*" says how, and narrows nothing; people without a home or a job are others than people.
_WITHOUT = "sin"
_INFINITIVE = re.compile(
    r"(?!(?:hogar|lugar|celular|mujer|taller|poder|lider|cancer|familiar|titular)$)\w{2,}[aei]r(?:se)?$"
)
#: "Una obra para *acatar* un fallo" says what it is for, which narrows nothing.
_PURPOSE = "para"
#: Endings of what we do.
_OF_US = ("amos", "emos", "imos")
#: "En la VUAC" says where, as "en Chía" does.
_IN = "en"
_OF = frozenset(("de", "del"))
_DEFINITE = frozenset(("el", "la", "los", "las"))
#: "Con *lo* de las cámaras" names a matter; it is no part of the phrase before it.
_MATTER = "lo"
#: "Por WhatsApp" says which only when no document has the word: of offices and places, "por" says who and where.
_CHANNEL = frozenset(("por", "mediante", "via"))


@dataclass
class _Phrase:
    """A noun phrase as far as it was read: its nouns as terms and as words, and whether a verb stands after it."""

    nouns: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    is_left: bool = False
    joined: str = ""

    def add(self, text: str, words: Sequence[str]) -> None:
        self.nouns.append(text)
        self.words += words


class QualifierReader:
    """Finds the qualifiers of questions; knows the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._joining = lexicon.words.joining
        self._articles = lexicon.words.articles
        self.verbs = frozenset(stem_of(fold(verb)) for verb in lexicon.doing)
        self._doing = frozenset(map(fold, lexicon.doing))
        generic = frozenset(stem_of(fold(word)) for word in lexicon.generic)
        self._light = frozenset(stem_of(fold(word)) for word in lexicon.light) - generic
        self._plain = frozenset(stem_of(fold(word)) for word in lexicon.plain_qualifiers)
        self._implied = lexicon.implied_by

    def read(
        self, tokens: Sequence[Token], text: str, terms: Mapping[int, str], unknown: Collection[str] = ()
    ) -> dict[str, frozenset[str]]:
        """The terms that narrow others, with those that they narrow; ``terms`` says which term each word is of.

        ``unknown`` are the terms that no document has.
        """
        found: dict[str, frozenset[str]] = {}
        phrase = _Phrase()
        last: str | None = None
        for at, token in enumerate(tokens):
            if at and _BREAK.search(text[tokens[at - 1].end : token.start]):
                phrase, last = _Phrase(), None
            term = terms.get(at)
            is_means = _is_means(tokens, at) and (phrase.joined in _INSTRUMENT or _follows_with(tokens, at))
            if is_means or (phrase.joined == _WITHOUT and _is_manner(phrase.words, token)):
                phrase = _Phrase()
            elif (
                term is None
                or (term != last and self.is_verb(token))
                or (phrase.joined == _PURPOSE and _INFINITIVE.search(token.word))
            ):
                phrase = self._after(phrase, token)
            elif term == last:
                phrase.words.append(token.word)
            else:
                if phrase.joined in _CHANNEL and term not in unknown:
                    phrase = _Phrase()
                phrase = self._noun_or_adjective(phrase, token, term, found)
            last = term
        taken = frozenset[str]().union(*(self._implied.get(token.stem, ()) for token in tokens))
        for term in {terms[at] for at, token in enumerate(tokens) if token.stem in taken and at in terms}:
            found.pop(term, None)
        return found

    def objects(self, tokens: Sequence[Token], terms: Mapping[int, str]) -> dict[str, str]:
        """The terms that something is done to, each with the term of the doing: "formación *de docentes*"."""
        found: dict[str, str] = {}
        for at, token in enumerate(tokens):
            doing = terms.get(at)
            if doing is None or doing in self._light or _DEED.search(token.word) is None:
                continue
            after = [other for other in range(at + 1, min(at + 4, len(tokens)))
                     if tokens[other].word not in self._articles]  # fmt: skip
            if (
                len(after) > 1
                and tokens[after[0]].word in _OF
                and (done_to := terms.get(after[1])) not in (None, doing)
            ):
                found.setdefault(done_to, doing)
        return found

    def narrowing(self, tokens: Sequence[Token]) -> frozenset[str]:
        """The stems of those of some words that narrow what stands before them."""
        return frozenset(token.stem for token in tokens) - self._plain - self.verbs

    def is_verb(self, token: Token) -> bool:
        """Whether a word is a verb by its ending, or a participle or short form of a verb of doing."""
        if _VERB.match(token.word) is not None or infinitives(token):
            return True
        if not self._doing.isdisjoint(participle_of(token.word)):
            return True
        return token.stem in self.verbs and (
            _PARTICIPLE.search(token.word) is not None
            or _NOUN.search(token.word) is None
            or token.word.endswith(_OF_US)
        )

    def _after(self, phrase: _Phrase, token: Token) -> _Phrase:
        """The phrase after a word that is no part of the subject: a preposition, an article, a verb."""
        if phrase.joined == _PURPOSE and token.word == "que":
            return _Phrase()  # "para que no terminen de sicarios": what it is for narrows nothing
        if (token.word in self._joining or token.word in _CHANNEL) and phrase.nouns:
            phrase.joined = token.word
        elif token.word == _MATTER:
            phrase = _Phrase()
        elif token.word in self._articles and phrase.joined:
            if phrase.joined in _INSTRUMENT | _CHANNEL:
                phrase.is_left, phrase.joined = True, ""
        else:
            phrase.is_left, phrase.joined = True, ""
        return phrase

    def _noun_or_adjective(self, phrase: _Phrase, token: Token, term: str, found: dict[str, frozenset[str]]) -> _Phrase:
        """The phrase with one word more, or the one that begins with it; notes in ``found`` what the word narrows."""
        narrows = phrase.joined or (not phrase.is_left and self._is_adjective(token, phrase.words))
        if not phrase.nouns or not narrows:
            return _Phrase([term], [token.word])
        is_name = token.capital and (not token.text.isupper() or phrase.joined == _IN)
        if token.stem not in self._plain and not is_name:
            nouns = [noun for noun in phrase.nouns if noun != term and noun not in self._light]
            if phrase.joined:
                nouns = [noun for noun in nouns if not self._is_wide(noun)]
            if nouns:
                found[term] = found.get(term, frozenset()).union(nouns)
        if phrase.joined:
            phrase.add(term, [token.word])
        phrase.joined = ""
        return phrase

    def _is_wide(self, noun: str) -> bool:
        """Whether a noun says what is done or who does it, so that the one after it is what is asked about."""
        return noun in self._plain or _ACTION.search(noun) is not None

    def _is_adjective(self, token: Token, nouns: Sequence[str]) -> bool:
        """Whether a word right after a phrase agrees with one of its nouns as an adjective does."""
        if token.word.endswith("s") and not token.word.endswith("mos"):
            return any(noun.endswith("s") for noun in nouns)
        return _ADJECTIVE.search(token.word) is not None and any(not noun.endswith("s") for noun in nouns)


def _is_manner(said: Sequence[str], token: Token) -> bool:
    """Whether "sin" and a verb say how something is done ("convivir sin *pelear*"), not which ("vías sin pintar")."""
    return bool(said) and all(_INFINITIVE.search(word) for word in (said[-1], token.word))


def _follows_with(tokens: Sequence[Token], at: int) -> bool:
    """Whether "con" stands before the article of a noun ("con *la* ayuda")."""
    return at > 1 and tokens[at - 2].word in _INSTRUMENT and tokens[at - 1].word in _DEFINITE


def _is_means(tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun after "con" says by what: "con ayuda *de las cámaras*", and not "con ayuda humanitaria"."""
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    return following in _OF and tokens[at].stem in load_asks().means_stems

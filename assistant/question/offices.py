"""The offices whose documents a question names, by the words that no other office's name has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from assistant.corpus.corpus import Corpus, stem_set
from assistant.corpus.matching import tokenize
from assistant.question.asks import asks_for
from assistant.question.query import Field, Query
from ingest.records import Document

#: Of the words that tell an office from the others the question has to say this share.
_SAID = 0.4
#: Shorter stems are articles and prepositions.
_SHORTEST = 4
_OF = frozenset(("de", "del"))
#: A word that names a programme by itself weighs this.
_TELLING = 0.5


def offices_named(query: Query, corpus: Corpus) -> list[str]:
    """The offices that the question names, in its order; those of the entities asked for alone."""
    tokens = list(enumerate(tokenize(query.text)))
    places = {token.stem: at for at, token in reversed(tokens)}
    asked = {stem: places.get(term.text, len(tokens)) for term in query.terms for stem in term.stems} | places
    names = offices_of(query, corpus)
    stems = {name: frozenset(stem for stem in stem_set(name) if len(stem) >= _SHORTEST) for name in names}
    counts = Counter(stem for own in stems.values() for stem in own)
    typed = frozenset(places)
    said: dict[str, int] = {}
    for name, own in stems.items():
        if any(own & typed < other & typed and other <= typed for other in stems.values()):
            continue  # what is said of it is a part of another office's name, which is said in full
        telling = [stem for stem in own if counts[stem] == 1]
        found = [asked[stem] for stem in telling if stem in asked]
        if telling and (len(found) >= _SAID * len(telling) or _names_its_first(query.text, name, telling)):
            said[name] = min(found)
    return sorted(said, key=lambda name: said[name])


def stems_of_offices(query: Query, corpus: Corpus) -> frozenset[str]:
    """The stems of the names of the offices that a question sets side by side; none where it names fewer than two."""
    named = offices_named(query, corpus)
    return frozenset().union(*map(stem_set, named)) if len(named) > 1 else frozenset()


def without_office_told(fields: Sequence[Field], text: str) -> tuple[Field, ...]:
    """The fields asked for of a set of rows whose office is named: that it is that office's is told, not asked."""
    return tuple(name for name in fields if name != "dependency" or asks_for(text, "which_office"))


def _names_its_first(text: str, name: str, telling: Collection[str]) -> bool:
    """Whether a question has the first word that tells an office from the others, as a name ("en la *de Interior*")."""
    first = next((token.stem for token in tokenize(name) if token.stem in telling), None)
    tokens = tokenize(text)
    return any(token.stem == first and tokens[at - 1].word in _OF for at, token in enumerate(tokens) if at)


def offices_of(query: Query, corpus: Corpus) -> list[str]:
    """The offices that rows of plans and reports are of, for the entities asked for."""
    entities = query.filters.entities
    return [
        name.text
        for name in corpus.names
        if name.role == "dependency" and (not entities or name.entities & set(entities))
    ]


def programme_named(query: Query, corpus: Corpus) -> str | None:
    """The one programme that has a telling word of the question in its name, which no other programme has."""
    if query.filters.programme is not None:
        return query.filters.programme
    names = [name for name in corpus.names if name.role == "programme"]
    counts = Counter(stem for name in names for stem in name.stems)
    stems = {term.alternatives[0].stems[0] for term in query.terms if term.weight >= _TELLING}
    found = {name.text for name in names for stem in stems & name.stems if counts[stem] == 1}
    return found.pop() if len(found) == 1 else None


def documents_named(query: Query, corpus: Corpus) -> list[Document]:
    """The documents of the offices that the question names, letters are none; the only one needs no name."""
    offices = set(offices_named(query, corpus)) | {query.filters.dependency} - {None}
    documents = corpus.snapshot.documents if corpus.snapshot is not None else ()
    entities = query.filters.entities
    known = [
        document
        for document in documents
        if document.info.kind != "letter" and (not entities or document.info.entity in entities)
    ]
    named = [one for one in known if one.document_id in query.filters.documents or one.info.office in offices]
    return named or (known if len(known) == 1 else [])

"""The questions inside a question: "¿Cuánto vale el contrato y qué incluye?" asks two things.

Each is understood on its own, with what it leaves unsaid taken from the one before; what answers the whole question is
kept, and the best that answers each part is added to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from assistant.corpus.bars import TELLING
from assistant.corpus.corpus import stem_set
from assistant.corpus.matching import stem_of
from assistant.evidence.choose import Choice
from assistant.evidence.fields import is_indicator_row, is_labelled
from assistant.evidence.retrieve import Scored
from assistant.evidence.together import is_copy
from assistant.question.followup import carry_over
from assistant.question.lexicon import load_lexicon
from assistant.question.query import Query
from ingest.fold import fold, fold_in_place

_ASKING = r"(?:que|cual|cuales|cuant[oa]s?|quien|quienes|donde|cuando|what|which|who|how (?:much|many))"
_BEFORE = "a|ante|bajo|con|contra|de|del|desde|en|entre|hacia|hasta|mediante|para|por|segun|sobre"
#: "… y a que suelten las armas" says what for.
_PURPOSE = r"(?!(?:a|para|por) que (?:(?:no|se|l[eo]s?|las?|nos) )*(?!plan\b|orden\b|imagen\b|origen\b)\w+[ae]n\b)"
_BETWEEN = re.compile(rf"(?:,\s+|\s+)(?:y|e|and)\s+{_PURPOSE}(?=¿?(?:(?:{_BEFORE})\s+)?{_ASKING}\b)")
_ASKS = re.compile(rf"\b{_ASKING}\b")
#: "cuántos la segunda": what is counted was said before.
_COUNTED = re.compile(r"\bcuant[oa]s? (?!(?:el|la|los|las|en|de|del|por|para|al?|con)\b)([^\W\d_]{3,})")
_UNSAID = re.compile(r"^(?:y )?cuant[oa]s?(?= (?:el|la|los|las|en|de|del|por|para|al?|con)\b)")
_AUXILIARY = r"(?:will|would|are|were|was|is|have|had|has|did|do|does|can|could|should|there|in)"
#: "how many *rescue teams* will …, and how many [*rescue teams*] were there?"
_COUNTED_IN_ENGLISH = re.compile(
    rf"^(?:\w+ ){{0,3}}?how many (?!{_AUXILIARY}\b)((?:[\w-]+ ){{0,6}}?[\w-]+) {_AUXILIARY}\b"
)
_UNSAID_IN_ENGLISH = re.compile(rf"^(?:and )?how many {_AUXILIARY}\b")
#: "contrato: esto, eso y aquello", as notes are typed.
_LISTED = re.compile(
    r"^(?P<subject>(?:[^\W\d_]+ ){0,5}[^\W\d_]+): (?P<first>(?:[^:;,./]{3,60}, ){0,2})"
    r"(?P<one>[^:;,./]{3,60}?)(?P<mark>,| ?/| y| e| \+| vs\.?) (?P<other>[^:;,./]{3,60})$"
)
_AGAINST = re.compile(r" vs\.? ")
_WORDS = re.compile(r"[\s\-]+")
#: "Cámaras *que* se integran" asks nothing; "¿*qué* cámaras …?" does.
_ASKS_OUTRIGHT = re.compile(
    r"\bqué\b|\b(?:cu[aá]l(?:es)?|cu[aá]nt[oa]s?|qui[eé]n(?:es)?|d[oó]nde|cu[aá]ndo|what|how|who)\b"
)
#: "En qué año y en qué instancia se había aprobado" asks of one deed: what has no verb is no question of its own.
_BARE = re.compile(rf"^(?:(?:{_BEFORE}) )?(?:que|cual|what|which) \w+$")
#: "… y quiénes han acompañado *su* formulación": of what the part before is about.
_ITS = re.compile(r"\b(?:sus?|its|their)\b")
#: Who did something is no field of what the part before asks.
_WHO = re.compile(r"^(?:quien(?:es)?|who)\b")
_MOST_CLAUSES = 3
_FEWEST_WORDS = 2
_OWN_SUBJECT = 0.7

Read = Callable[[str], Query]
Choose = Callable[[Query], Choice]


def clauses_of(text: str) -> tuple[str, ...]:
    """The questions that a question joins with "y"; none when it asks but one thing."""
    folded = fold_in_place(text)
    cuts = [match for match in _BETWEEN.finditer(folded) if _ASKS.search(folded[: match.start()])]
    starts = [0, *(match.end() for match in cuts)]
    ends = [*(match.start() for match in cuts), len(text)]
    parts = tuple(text[start:end].strip(" ,¿?") for start, end in zip(starts, ends, strict=True))
    told = all(len(part.split()) >= _FEWEST_WORDS and not _BARE.match(fold_in_place(part)) for part in parts)
    return parts if 1 < len(parts) <= _MOST_CLAUSES and told else ()


def listed_of(text: str) -> tuple[str, ...]:
    """The things that a note names after a colon, each with what stands before it: "contrato: *faroles a instalar* y
    *bengalas a reponer*"; none where it asks with a word."""
    match = _LISTED.match(text.strip(" ¿?.!"))
    if match is None or _ASKS_OUTRIGHT.search(text.lower()) or re.search(r"\d", text):
        return ()
    parts = [part.strip() for part in (*match["first"].split(", "), match["one"], match["other"]) if part.strip()]
    return tuple(f"{match['subject']}, {part}" for part in parts)


def of_listed(whole: Query, read: Read, choose: Choose) -> Choice | None:
    """The best row of each of the things that a note lists; None where it lists none or one of them is not found.

    What fits the whole note is no part of the answer: it may be of either.
    """
    parts = listed_of(whole.text)
    if not parts:
        return None
    queries = [replace(own, filters=replace(own.filters, entities=whole.filters.entities or own.filters.entities),
                       kind="value", measure=None) for own in map(read, parts)]  # fmt: skip
    if any(
        query.fields or query.changes or not _says_a_thing(part, query)
        for part, query in zip(parts, queries, strict=True)
    ):
        return None
    if _AGAINST.search(whole.text):
        queries = _apart(queries)
    found = with_parts(Choice("no_match"), queries, choose)
    return found if found.verdict == "answer" else None


def _says_a_thing(part: str, query: Query) -> bool:
    """Whether a thing of a note is said in two words, or in one that tells ("SIGOB", not "antes")."""
    words = _WORDS.split(part.partition(", ")[2])
    if len(words) >= _FEWEST_WORDS:
        return True
    stem = stem_of(fold(words[0]))
    return any(stem in term.stems and term.known and term.weight >= TELLING for term in query.terms)


def _apart(queries: list[Query]) -> list[Query]:
    """The queries of things set against each other, each without the things that only the other says: "las del
    *contrato* vs las ya puestas" asks the second time of those that are not of it. A deed leaves nothing out."""
    said = [frozenset(stem for term in one.terms for stem in term.alternatives[0].stems) - _deeds() for one in queries]
    return [
        replace(one, excluded=one.excluded | frozenset().union(*(other - own for other in said)))
        for one, own in zip(queries, said, strict=True)
    ]


@cache
def _deeds() -> frozenset[str]:
    """The stems of the verbs of what governments do."""
    return frozenset(stem_of(fold(verb)) for verb in load_lexicon().doing)


def queries_of(whole: Query, read: Read) -> list[Query]:
    """The query of each part of a question, in the same city and time; none of a question that has no parts."""
    queries: list[Query] = []
    previous: Query | None = None
    for part in _with_what_is_counted(clauses_of(whole.text)):
        own = read(part)
        filters = replace(own.filters, entities=own.filters.entities or whole.filters.entities,
                          periods=own.filters.periods or whole.filters.periods)  # fmt: skip
        asked = own.asked or (() if set(own.fields) == {"baseline"} else whole.asked)
        own = replace(own, filters=filters, asked=asked, kind="value", measure=None,
                      excluded=own.excluded | whole.excluded)  # fmt: skip
        own = replace(own, points_back=own.points_back or _ITS.search(fold_in_place(part)) is not None)
        previous = own if _names_its_own(own) else carry_over(own, previous)
        if _WHO.match(fold_in_place(part)):
            previous = replace(previous, fields=own.fields)
        queries.append(previous)
    return queries


def _with_what_is_counted(parts: tuple[str, ...]) -> list[str]:
    """The parts of a question, each with the noun that it counts: "cuántos [*contratos*] el segundo"."""
    noun, found = "", []
    for part in parts:
        folded = fold_in_place(part)
        if (said := _COUNTED.search(folded)) is not None:
            noun = part[said.start(1) : said.end(1)]
        if (english := _COUNTED_IN_ENGLISH.match(folded)) is not None:
            noun = part[english.start(1) : english.end(1)]
        elif noun and _UNSAID_IN_ENGLISH.match(folded):
            at = folded.index("how many") + len("how many")
            part = f"{part[:at]} {noun}{part[at:]}"
            folded = fold_in_place(part)
        unsaid = _UNSAID.match(folded)
        found.append(f"{part[: unsaid.end()]} {noun}{part[unsaid.end() :]}" if unsaid is not None and noun else part)
    return found


def _names_its_own(part: Query) -> bool:
    """Whether a part asks for money spent on something that it names itself in two words or more."""
    named = [term.weight for term in part.terms if term.known]
    return "budget" in part.fields and len(named) >= _FEWEST_WORDS and sum(named) >= _OWN_SUBJECT


def where_whole_is(part: Query, whole: Choice) -> Query:
    """A part of a question, asked of the territory that answers the whole of it."""
    if whole.verdict != "answer" or part.filters.entities or part.filters.unknown_entity:
        return part
    entities = tuple(dict.fromkeys(found.item.entity for found in whole.items if found.item.entity))
    return replace(part, filters=replace(part.filters, entities=entities)) if len(entities) == 1 else part


def with_parts(choice: Choice, queries: list[Query], choose: Choose) -> Choice:
    """The choice for a whole question with the best item of each of its parts; as it was when a part has no answer."""
    if not queries:
        return choice
    found = [choose(query) for query in queries]
    if any(part.verdict != "answer" for part in found):
        return choice
    items = list(choice.items) if choice.verdict == "answer" else []
    for query, part in zip(queries, found, strict=True):
        known = {told.item.item_id for told in items}
        best = _told_of_whom(query, part) or _best(part)
        new = [item for item in best if item.item.item_id not in known]
        items += new or _figure_named_in(query, part, known) or _sentence_of(part, known)
    return replace(choice, verdict="answer", items=tuple(items), field=None)


def _told_of_whom(query: Query, part: Choice) -> list[Scored]:
    """The sentences that tell who did what a part asks, where a report's figure fits best: a figure is nobody."""
    row = part.items[0].item.row
    if not _WHO.match(fold_in_place(query.text)) or row is None or is_indicator_row(row):
        return []
    return [item for item in part.items if item.item.segment is not None]


def _figure_named_in(query: Query, part: Choice, known: set[str]) -> list[Scored]:
    """Where the best item of a part is told already, the first labelled figure whose label only the part's words name:
    "… y de cuánto es la *inversión*?"."""
    asked = stem_set(query.text) - part.items[0].item.own
    rows = ((item, item.item.row) for item in part.items if item.item.item_id not in known)
    labelled = (item for item, row in rows if row is not None and not is_indicator_row(row) and is_labelled(row))
    return [item for item in labelled if item.item.own & asked][:1]


def _sentence_of(part: Choice, known: set[str]) -> list[Scored]:
    """The first sentence that a part was answered with, where its best item is told already: it says what is new."""
    return [item for item in part.items if item.item.segment is not None and item.item.item_id not in known][:1]


def _best(part: Choice) -> list[Scored]:
    """The first item of a choice and its copies in other documents."""
    first = part.items[0]
    return [first, *(item for item in part.items[1:] if is_copy(first.item, item.item))]

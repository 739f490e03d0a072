"""Whether an answer answers a part of a petition, and which of its citations do.

Stricter than in a conversation, since nobody asks back in a letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from assistant.answer import Answer, Citation
from assistant.corpus import stem_set
from assistant.lexicon import load_lexicon
from assistant.petitions.wording import petition_words
from ingest.figures import dates_in, find_figures
from ingest.fold import fold

#: Share of a question's telling words that its citations have to hold, by themselves or by a synonym.
COVERAGE = 0.45
#: The same of a question that goes on with another: the words of both count.
CONTEXT_COVERAGE = 0.3
#: When the matter is of another authority by its words, the documents have to speak of it more surely.
SURE = 0.65
#: An answer as sure as this is taken without asking in another way.
ENOUGH = 0.75
#: Citations that hold less than this share of what the best one holds are left out.
NEARLY_BEST = 0.75
_QUANTITY = re.compile(r"\bcuant[oa]s?\b|\bque (?:cantidad|numero|monto|valor|porcentaje|presupuesto)\b")
_WHEN = re.compile(
    r"\bcuando\b|\ben que (?:fecha|dia|mes|ano)\b|\bque (?:fecha|dia|plazo)\b|\bfecha (?:exacta|de|en)\b"
)
_PLACE = re.compile(
    r"\b(?:barrios?|veredas?|comunas?|corregimientos?|sector|urbanización|localidad|institución educativa|colegio|parque|hospital|estadio|polideportivo|puente|conjunto)\s+"
    r"(?P<name>(?:(?:de|del|la|las|los|el|San|Santa)\s)*[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+(?:\s(?:(?:de|del|la|las|los|el)\s)?[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+){0,4}|\d+)"
)
_COMMON = frozenset(
    (
        *(
            "cuant",
            "cual",
            "que",
            "como",
            "dond",
            "cuand",
            "quien",
            "deb",
            "hab",
            "hay",
            "ser",
            "esta",
            "est",
            "fue",
            "son",
            "tien",
            "ten",
            "hac",
            "pod",
            "qued",
            "dec",
            "inform",
        ),
        *(
            "plan",
            "desarroll",
            "alcald",
            "municipi",
            "distrit",
            "ciud",
            "administr",
            "segun",
            "prop",
            "act",
            "actual",
            "total",
            "numer",
            "cantid",
            "cifr",
            "dat",
            "met",
            "lin",
            "bas",
            "linea",
            "base",
            "meta",
        ),
        *(
            "ano",
            "cuatrieni",
            "period",
            "final",
            "termin",
            "gobiern",
            "secretari",
            "preve",
            "previst",
            "exist",
            "encuentr",
            "contempl",
            "fij",
            "va",
            "van",
            "ir",
            "mas",
            "menos",
            "exact",
            "cad",
            "un",
            "una",
            "tod",
            "tip",
        ),
        *(
            "punt",
            "part",
            "indic",
            "indicador",
            "cuent",
            "cont",
            "entreg",
            "dich",
            "mism",
            "corte",
            "fech",
            "valor",
            "mont",
        ),
    )
)


def supported(question: str, answer: Answer, context: str = "", bar: float = COVERAGE) -> tuple[float, Answer] | None:
    """How surely an answer is one, with the citations alone that speak of what is asked; None when it is none.

    Args:
        question: a part of an ask, as it is asked.
        answer: what the assistant says to it.
        context: what the question goes on with; its words count as the question's, and some of them have to be there.
        bar: the share of the telling words that the best citation has to hold.
    """
    if answer.status != "answered" or not answer.citations:
        return None
    if any(place not in fold(" ".join(map(_whole_text, answer.citations))) for place in _places(question)):
        return None
    own, around = telling_stems(question), telling_stems(context)
    shares = [_share(citation, own, around) for citation in answer.citations]
    best = max(shares)
    if best < (bar if not context else min(bar, CONTEXT_COVERAGE)):
        return None
    kept = [one for one, share in zip(answer.citations, shares, strict=True) if share >= NEARLY_BEST * best]
    if answer.mode == "model" or is_computed(answer) or any(citation.kind == "filter" for citation in answer.citations):
        kept = list(answer.citations)
    return (best, answer.model_copy(update={"citations": kept})) if _has_what_is_asked(question, kept) else None


def is_computed(answer: Answer) -> bool:
    """Whether an answer states a count or a computation, which all of its citations prove together."""
    return any(figure.derivation for figure in answer.figures)


def _share(citation: Citation, own: frozenset[str], around: frozenset[str]) -> float:
    """The share of the telling words that a citation holds; 0 when it has nothing of what the question goes on with."""
    held = stem_set(_own_text(citation))
    telling = own | around
    if around and not _covered(around, held):
        return 0.0
    return len(_covered(telling, held)) / len(telling) if telling else 1.0


def _covered(stems: frozenset[str], held: frozenset[str]) -> frozenset[str]:
    return frozenset(stem for stem in stems if held & synonyms(stem))


def _places(question: str) -> set[str]:
    """Neighbourhoods and buildings that the question names: figures of the whole city are no answer about them."""
    return {fold(match["name"]) for match in _PLACE.finditer(question)}


def _has_what_is_asked(question: str, citations: Sequence[Citation]) -> bool:
    """A figure where a quantity is asked for, a date where a day is."""
    folded = fold(question)
    if _QUANTITY.search(folded) and not any(
        re.search(r"\d", _own_text(one)) or find_figures(_own_text(one)) for one in citations
    ):
        return False
    return not _WHEN.search(folded) or any(dates_in(_without_baseline(citation)) for citation in citations)


def telling_stems(text: str) -> frozenset[str]:
    """The stems of a question that tell what it is about."""
    stems = stem_set(" ".join(word for word in re.findall(r"[^\W\d_]{3,}", text)))
    return frozenset(stem for stem in stems if stem not in _common())


@cache
def _common() -> frozenset[str]:
    lexicon = load_lexicon()
    stop = frozenset(stem for phrase in lexicon.stopwords for stem in stem_set(phrase))
    asking = frozenset(stem for one in petition_words().reading.telling for stem in stem_set(one))
    return _COMMON | stop | asking


@cache
def synonyms(stem: str) -> frozenset[str]:
    """The stem, and those of the phrases that the lexicon puts beside it."""
    found = {stem}
    for concept in load_lexicon().concepts:
        phrases = [stem_set(one) for one in (concept.term, *concept.also)]
        if any(stem in phrase and len(phrase) <= 2 for phrase in phrases):
            found |= set(stem_set(concept.term))
            found |= {one for phrase in phrases if len(phrase) <= 2 for one in phrase}
    return frozenset(found)


def _own_text(citation: Citation) -> str:
    """What a citation says itself: of an indicator its cells, of anything else the quoted sentence."""
    figures = (citation.baseline, citation.target, citation.figure)
    cells = [str((figure or {}).get("text") or "") for figure in figures]
    if citation.indicator and any(cells):
        return " ".join((citation.indicator, citation.metric or "", *cells))
    return " ".join((citation.quote, citation.indicator or "", citation.metric or ""))


def _whole_text(citation: Citation) -> str:
    """The same with what stands above it."""
    return " ".join(
        (_own_text(citation), citation.quote, citation.purpose or "", *(value for _, value in citation.path))
    )


def _without_baseline(citation: Citation) -> str:
    """What a citation says that is no baseline with its own date."""
    if citation.indicator:
        return " ".join(str((figure or {}).get("text") or "") for figure in (citation.target, citation.figure))
    return citation.quote

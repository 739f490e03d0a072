"""Whether an answer answers a part of a petition: stricter than in a conversation, since nobody asks back in a letter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from assistant.answer import Answer, Citation
from assistant.corpus import stem_set
from assistant.lexicon import load_lexicon
from assistant.petitions.wording import petition_words
from ingest.figures import dates_in, find_figures
from ingest.fold import fold

#: Share of a question's telling words that its citations have to hold, by themselves or by a synonym.
COVERAGE = 0.45
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


def is_supported(question: str, answer: Answer, context: str = "") -> bool:
    """Whether the answer's citations speak of what is asked, and have the figure or date that it asks for.

    ``context`` is what the question goes on with: its words count as the question's when it has too few of its own.
    """
    if answer.status != "answered" or not answer.citations:
        return False
    texts = [_text(citation) for citation in answer.citations]
    folded = fold(question)
    if _QUANTITY.search(folded) and not any(find_figures(text) or re.search(r"\d", text) for text in texts):
        return False
    if _WHEN.search(folded) and not any(dates_in(_without_baseline(citation)) for citation in answer.citations):
        return False
    places = {fold(match["name"]) for match in _PLACE.finditer(question)}
    whole = fold(" ".join(texts))
    if any(place not in whole for place in places):
        return False
    telling = telling_stems(question)
    if len(telling) < 2 and context:
        telling |= telling_stems(context)
    if not telling:
        return True
    held = stem_set(whole)
    covered = sum(1 for stem in telling if held & synonyms(stem))
    return covered >= COVERAGE * len(telling)


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


def _text(citation: Citation) -> str:
    return " ".join(_texts(citation))


def _texts(citation: Citation) -> Iterable[str]:
    fields = (citation.quote, citation.indicator, citation.metric, citation.purpose)
    yield from (field for field in fields if field)
    yield from (
        str(figure.get("text") or "") for figure in (citation.baseline, citation.target, citation.figure) if figure
    )
    yield from (value for _, value in citation.path)


def _without_baseline(citation: Citation) -> str:
    """What a citation says that is no baseline with its own date."""
    if citation.indicator:
        return " ".join(str((figure or {}).get("text") or "") for figure in (citation.target, citation.figure))
    return citation.quote

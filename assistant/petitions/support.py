"""Whether an answer answers a part of a petition, and which of its citations do.

Stricter than in a conversation, since nobody asks back in a letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from assistant.answer import Answer, Citation
from assistant.corpus.corpus import stem_set
from assistant.petitions.wording import pattern, petition_words
from assistant.question.lexicon import load_lexicon
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
#: Citations that hold less than this share of what the best one holds need a word of their own.
NEARLY_BEST = 0.9
_PESOS = re.compile(r"\$|\b(?:millones|pesos)\b", re.IGNORECASE)
_QUOTED = re.compile(r"«[^»]*»")
_MARK = re.compile(r"\[(\d+)\]")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ACRONYM = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{3,6}\b")
#: In capitals, and nothing that a document would have to name.
_NO_ACRONYMS = ("PDD", "PDM", "PDT", "PDD", "QUE", "LOS", "LAS", "DEL", "CPACA", "JAC")


class Support(NamedTuple):
    """How surely an answer answers; ``as_told`` when its own lines say it and not the cells of its rows."""

    share: float
    answer: Answer
    as_told: bool
    wants_office: bool = False
    #: Cells that are asked for by name, to be said even when the answer speaks of others.
    wants_baseline: bool = False
    wants_target: bool = False


def supported(question: str, answer: Answer, context: str = "", bar: float = COVERAGE) -> Support | None:
    """An answer with the citations alone that speak of what is asked; None when it is none.

    Args:
        question: a part of an ask, as it is asked.
        answer: what the assistant says to it.
        context: what the question goes on with; its words count as the question's, and some of them have to be there.
        bar: the share of the telling words that the best citation has to hold.
    """
    if answer.status != "answered" or not answer.citations or not _speaks_of_names(question, context, answer):
        return None
    if pattern("counts_things").search(fold(question)) and _tells_only_money(answer):
        return None
    own, around = telling_stems(question), telling_stems(context)
    shares = [_share(citation, own, around) for citation in answer.citations]
    best = max(shares)
    if best < (bar if not context else min(bar, CONTEXT_COVERAGE)):
        return None
    found = _narrowed(question, answer, _telling_citations(answer.citations, shares, own | around))
    if found is None or not _has_what_is_asked(question, found[0]):
        return None
    if pattern("spent").search(fold(question)) and not pattern("told_spent").search(
        fold(_QUOTED.sub(" ", answer.answer))
    ):
        return None
    return Support(
        best,
        *found,
        wants_office=pattern("asks_office").search(fold(question)) is not None,
        wants_baseline=asks_baseline(question),
        wants_target=pattern("target_named").search(fold(question)) is not None,
    )


def _narrowed(question: str, answer: Answer, kept: list[Citation]) -> tuple[Answer, bool] | None:
    """The answer with the citations that tell what is asked, and whether it is told as the assistant does."""
    if tells_measures(answer) if asks_what_was_done(question) else begins_with_measures(answer):
        # What a year was to bring, what it brought, its money: the answer's own lines say it, the cells do not.
        return _told_of(answer, kept), True
    if asks_what_was_done(question):
        # What a row was to reach is no news of what it has reached; the year that it started from is.
        kept = [one for one in kept if one.target is None or _starts_from_asked_year(one, question)]
        if not kept:
            return None
    if any(map(_is_plan_row, kept)):
        # A promise is asked for: what a report says of it beside the plan is no part of the answer.
        return answer.model_copy(update={"citations": [one for one in kept if _is_plan_row(one)]}), False
    if answer.mode == "model" or is_computed(answer) or any(one.kind == "filter" for one in answer.citations):
        return answer, True
    return answer.model_copy(update={"citations": kept}), False


def _told_of(answer: Answer, kept: Sequence[Citation]) -> Answer:
    """An answer's measures of these rows alone: of each row a line that begins with its name, and those below it."""
    blocks: list[list[str]] = []
    for line in answer.answer.split("\n"):
        if line.startswith("«") or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    numbers = {str(one.n) for one in kept}
    # Rows of one name are told together: nothing tells which of them is meant.
    names = {_name(block) for block in blocks if numbers & set(_MARK.findall(" ".join(block)))}
    told = [block for block in blocks if _name(block) in names]
    if not told or len(told) == len(blocks):
        return answer
    text = "\n".join(line for block in told for line in block)
    marked = set(_MARK.findall(text))
    return answer.model_copy(update={"answer": text, "citations": [c for c in answer.citations if str(c.n) in marked]})


def _name(block: Sequence[str]) -> str:
    quoted = _QUOTED.match(block[0])
    return fold(quoted[0] if quoted is not None else block[0])


def _tells_only_money(answer: Answer) -> bool:
    """Whether the measures of an answer are all amounts: no answer to how many people or things there were."""
    lines = [line for line in answer.answer.split("\n") if pattern("measure_line").match(fold(line))]
    return bool(lines) and begins_with_measures(answer) and all("$" in line for line in lines)


def _starts_from_asked_year(citation: Citation, question: str) -> bool:
    """Whether a question names the year of a row's baseline and no other: "cuántas se atendieron en 2023"."""
    baseline = citation.baseline or {}
    years = set(_YEAR.findall(question))
    own = set(_YEAR.findall(f"{baseline.get('text') or ''} {baseline.get('date') or ''}"))
    return bool(years) and years <= own


def begins_with_measures(answer: Answer) -> bool:
    """Whether an answer was asked for such a figure: what is asked for stands in its first line."""
    return pattern("measure_line").match(fold(answer.answer.lstrip().split("\n")[0])) is not None


def tells_measures(answer: Answer) -> bool:
    """Whether an answer's lines say what was reached or spent."""
    return any(pattern("measure_line").match(fold(line)) for line in answer.answer.split("\n"))


def _speaks_of_names(question: str, context: str, answer: Answer) -> bool:
    """Whether the places that the question names, and one of its acronyms, are in the citations."""
    whole = fold(" ".join(map(_whole_text, answer.citations)))
    return all(place in whole for place in _places(question)) and _has_an_acronym(
        f"{context} {question}", answer.citations
    )


def _telling_citations(
    citations: Sequence[Citation], shares: Sequence[float], telling: frozenset[str]
) -> list[Citation]:
    """The citations that hold about as much as the best one, and those that hold words that none before them did."""
    best = max(shares)
    seen: frozenset[str] = frozenset()
    kept: list[int] = []
    for index in sorted(range(len(citations)), key=lambda one: -shares[one]):
        covered = _covered(telling, stem_set(_core_text(citations[index])))
        if shares[index] >= NEARLY_BEST * best or (shares[index] and covered - seen):
            kept.append(index)
            seen |= covered
    return [citations[index] for index in sorted(kept)]


def is_computed(answer: Answer) -> bool:
    """Whether an answer states a count or a computation, which all of its citations prove together."""
    return any(figure.derivation for figure in answer.figures)


def _share(citation: Citation, own: frozenset[str], around: frozenset[str]) -> float:
    """The share of the telling words that a citation holds; 0 when it has nothing of what the question goes on with."""
    held = stem_set(_own_text(citation) if _is_plan_row(citation) else _whole_text(citation))
    telling = own | around
    if around and not _covered(around, held):
        return 0.0
    return len(_covered(telling, held)) / len(telling) if telling else 1.0


def _covered(stems: frozenset[str], held: frozenset[str]) -> frozenset[str]:
    return frozenset(stem for stem in stems if any(way <= held for way in ways_to_say(stem)))


def _has_an_acronym(text: str, citations: Sequence[Citation]) -> bool:
    """Whether one of the acronyms of a question, or what it stands for, is in its citations; True when it has none."""
    acronyms = {fold(one) for one in _ACRONYM.findall(text)} - {fold(one) for one in _NO_ACRONYMS}
    held = stem_set(" ".join(map(_whole_text, citations)))
    return not acronyms or any(way <= held for one in acronyms for stem in stem_set(one) for way in ways_to_say(stem))


def _places(question: str) -> set[str]:
    """Neighbourhoods and buildings that the question names: figures of the whole city are no answer about them."""
    return {fold(match["name"]) for match in pattern("place").finditer(question)}


def _is_plan_row(citation: Citation) -> bool:
    """Whether a citation says what is promised, not what is reported."""
    return citation.indicator is not None and citation.target is not None and citation.figure is None


def asks_what_was_done(question: str) -> bool:
    """Whether a question asks for what was done, spent or reached, which no plan says."""
    folded = fold(question)
    return pattern("done").search(folded) is not None and not asks_baseline(question)


def asks_baseline(question: str) -> bool:
    return petition_words().reading.baseline.search(fold(question)) is not None


def asks_target(question: str) -> bool:
    return petition_words().reading.target.search(fold(question)) is not None


def _has_what_is_asked(question: str, answer: Answer) -> bool:
    """A figure where a quantity is asked for, a date where a day is, money where a price is, more than a promise …"""
    citations = answer.citations
    folded = fold(question)
    if pattern("money").search(folded) and not any(
        _PESOS.search(text) for text in (answer.answer, *map(_whole_text, citations))
    ):
        return False
    if pattern("quantity").search(folded) and not any(
        re.search(r"\d", _own_text(one)) or find_figures(_own_text(one)) for one in citations
    ):
        return False
    return not pattern("when").search(folded) or any(dates_in(_without_baseline(citation)) for citation in citations)


def telling_stems(text: str) -> frozenset[str]:
    """The stems of a question that tell what it is about."""
    stems = stem_set(" ".join(word for word in re.findall(r"[^\W\d_]{3,}", text)))
    return frozenset(stem for stem in stems if stem not in _common())


@cache
def _common() -> frozenset[str]:
    lexicon = load_lexicon()
    stop = frozenset(stem for phrase in lexicon.stopwords for stem in stem_set(phrase))
    asking = frozenset(stem for one in petition_words().reading.telling for stem in stem_set(one))
    return frozenset(petition_words().reading.common_stems) | stop | asking


@cache
def ways_to_say(stem: str) -> tuple[frozenset[str], ...]:
    """The stem, and the phrases that the lexicon puts beside it, each as the stems that all have to be there."""
    ways = [frozenset({stem}), *petition_words().reading.said_also(stem)]
    for concept in load_lexicon().concepts:
        phrases = [frozenset(stem_set(one)) - _common() for one in (concept.term, *concept.also)]
        if frozenset({stem}) in phrases:
            ways += [phrase for phrase in phrases if phrase]
    return tuple(dict.fromkeys(ways))


def _core_text(citation: Citation) -> str:
    """What a citation is about: of an indicator its name and target, without the baseline it started from."""
    if citation.indicator and citation.target:
        return " ".join((citation.indicator, citation.metric or "", str(citation.target.get("text") or "")))
    return _own_text(citation)


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
        (
            _own_text(citation),
            citation.quote,
            citation.purpose or "",
            citation.entity or "",
            *(value for _, value in citation.path),
        )
    )


def _without_baseline(citation: Citation) -> str:
    """What a citation says that is no baseline with its own date."""
    if citation.indicator:
        return " ".join(str((figure or {}).get("text") or "") for figure in (citation.target, citation.figure))
    return citation.quote

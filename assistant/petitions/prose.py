"""An answer as a letter says it: the cells of the cited rows in sentences, each with its mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.answer import Answer, Citation
from assistant.petitions.wording import petition_words
from ingest.fold import fold, squeeze

_MARK = re.compile(r"\[(\d+)\]")
#: Lines of a composed answer that the annex table tells in its columns.
_ASIDE = re.compile(
    r"^(?:programa|dependencia|documento|ojo|componente|l[ií]nea estrat[eé]gica|programme|office|document)\s?:",
    re.IGNORECASE,
)
_MOST_ROWS = 8

Key = tuple[str | None, str | None, int | None, str]


def citation_key(citation: Citation) -> Key:
    """What makes two citations the same note of a letter."""
    return (citation.row_id, citation.document, citation.line, citation.quote if citation.row_id is None else "")


def answer_sentences(answer: Answer, number_of: Mapping[Key, int]) -> list[str]:
    """The sentences of a letter for an answer; ``number_of`` gives each citation its number in the letter."""
    rows = [citation for citation in answer.citations if citation.kind != "filter"]
    is_computed = any(figure.derivation for figure in answer.figures)
    if answer.mode == "model" or is_computed or len(rows) < len(answer.citations) or len(rows) > _MOST_ROWS or not rows:
        return _own_lines(answer, number_of)
    return list(dict.fromkeys(_row_sentences(rows, number_of)))


def _own_lines(answer: Answer, number_of: Mapping[Key, int]) -> list[str]:
    """The answer's own text, without the lines that the annex tells, its marks as the letter counts."""
    numbers = {citation.n: number_of[citation_key(citation)] for citation in answer.citations}
    lines = [squeeze(line) for line in answer.answer.split("\n")]
    kept = [line for line in lines if line and not _ASIDE.match(line)]
    return [_MARK.sub(lambda match: f"[{numbers.get(int(match[1]), match[1])}]", line) for line in kept]


def _row_sentences(rows: Sequence[Citation], number_of: Mapping[Key, int]) -> Iterable[str]:
    quoted: dict[str, list[Citation]] = {}
    for citation in rows:
        if citation.indicator and (citation.target or citation.baseline):
            yield _indicator_sentence(citation, _mark([citation], number_of))
        elif citation.indicator and citation.figure and not citation.metric:
            words = petition_words()
            yield words.say(
                "indicator_figure",
                title=_document(citation),
                indicator=citation.indicator,
                figure=_text(citation.figure),
                mark=_mark([citation], number_of),
            )
        else:
            quoted.setdefault(fold(citation.quote), []).append(citation)
    for same in quoted.values():
        quote = _quote(same[0])
        yield petition_words().say("figure_quote", title=_document(same[0]), quote=quote, mark=_mark(same, number_of))


def _indicator_sentence(citation: Citation, mark: str) -> str:
    words = petition_words()
    facts = []
    if citation.baseline:
        source = citation.baseline.get("source")
        baseline = _text(citation.baseline) + (words.say("source", source=str(source)) if source else "")
        facts.append(words.say("row_baseline", baseline=baseline))
    if citation.target:
        facts.append(words.say("row_target", target=_text(citation.target)))
    return words.say(
        "row",
        title=_document(citation),
        indicator=citation.indicator or "",
        facts=words.say("and").join(facts),
        mark=mark,
    )


def _text(figure: Mapping[str, object]) -> str:
    return f"«{squeeze(str(figure.get('text') or ''))}»"


def _quote(citation: Citation) -> str:
    """The sentence of the document; of a row of cells their text."""
    return squeeze(citation.quote.replace("|", " · ")).strip(' «»"')


def _document(citation: Citation) -> str:
    words = petition_words()
    of = ""
    if citation.entity:
        of = (
            words.say("of", entity=citation.entity, period=citation.period)
            if citation.period
            else words.say("of_entity", entity=citation.entity)
        )
    return words.say("document", title=squeeze(citation.title or citation.document or ""), of=of)


def _mark(citations: Iterable[Citation], number_of: Mapping[Key, int]) -> str:
    return "".join(f"[{n}]" for n in dict.fromkeys(number_of[citation_key(citation)] for citation in citations))

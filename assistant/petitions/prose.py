"""An answer as a letter says it: the cells of the cited rows in sentences, each with its mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.answer import Answer, Citation
from assistant.petitions.guard import as_printed
from assistant.petitions.support import Support, tells_measures
from assistant.petitions.wording import petition_words
from ingest.fold import fold, squeeze

_MARK = re.compile(r"\[(\d+)\]")
#: Lines of a composed answer that the annex table tells in its columns.
_ASIDE = re.compile(
    r"^(?:programa|dependencia|documento|ojo|componente|l[ií]nea estrat[eé]gica|programme|office|document)\s?:",
    re.IGNORECASE,
)
#: "De acuerdo con el documento «…» (entidad, periodo)".
_TITLED = re.compile(r"^[^«]{1,60}«[^»]{1,300}»(?: \([^()]{1,120}\))?(?=[,:])")
#: Cells that say nothing, as spreadsheets leave them.
_NOTHING = frozenset(("nan", "none", "null", "-", ""))
_MOST_ROWS = 8

Key = tuple[str | None, str | None, int | None, str]


def citation_key(citation: Citation) -> Key:
    """What makes two citations the same note of a letter."""
    return (citation.row_id, citation.document, citation.line, citation.quote if citation.row_id is None else "")


def answer_sentences(found: Support, number_of: Mapping[Key, int]) -> list[str]:
    """The sentences of a letter for an answer; ``number_of`` gives each citation its number in the letter."""
    rows = [citation for citation in found.answer.citations if citation.kind != "filter"]
    if found.as_told or not rows or len(rows) > _MOST_ROWS:
        told = list(_own_paragraphs(found.answer, number_of))
        return [*told, *_cells_not_told(found, rows, told, number_of)]
    return list(dict.fromkeys(_row_sentences(rows, number_of, found.wants_office)))


def _cells_not_told(
    found: Support, rows: Sequence[Citation], told: Sequence[str], number_of: Mapping[Key, int]
) -> Iterator[str]:
    """The baseline and the target of the first row that has them, when they are asked for and the answer leaves
    them out beside the measures that it tells."""
    if not tells_measures(found.answer):
        return
    said = fold(" ".join(told))
    wanted = (("baseline", found.wants_baseline, "linea base"), ("target", found.wants_target, "meta"))
    cells = [cell for cell, is_wanted, name in wanted if is_wanted and re.search(rf"\b{name}\b", said) is None]
    row = next((one for one in rows if one.indicator and all(getattr(one, cell) for cell in cells)), None)
    if cells and row is not None:
        yield _indicator_sentence(row, _mark([row], number_of), office=False, cells=cells)


def _own_paragraphs(answer: Answer, number_of: Mapping[Key, int]) -> Iterator[str]:
    """The answer's own lines, those on one row as one sentence; what the annex tells is left out."""
    numbers = {citation.n: number_of[citation_key(citation)] for citation in answer.citations}
    held: list[str] = []
    for raw in [*answer.answer.split("\n"), ""]:
        line = as_printed(squeeze(raw), answer)
        begins = line.startswith("«") or not line
        if held and begins:
            yield _told(held, answer)
            held = []
        known = all(int(mark) in numbers for mark in _MARK.findall(line))
        if line and known and not _ASIDE.match(line):
            held.append(_MARK.sub(lambda match: f"[{numbers[int(match[1])]}]", line))


def _told(lines: Sequence[str], answer: Answer) -> str:
    """Lines as a letter has them: a list stays one, the measures of a row become a sentence."""
    if any(line.startswith(("-", "•")) for line in lines) or not lines[0].startswith("«"):
        return "\n".join(lines)
    told = "; ".join(line.rstrip(".") for line in lines)
    return f"{petition_words().say('according')}{_document(answer.citations[0])}: {told}."


def without_repeats(sentences: Iterable[tuple[str, bool]]) -> list[str]:
    """Sentences each of which cites something that those before it did not; those told by themselves always do."""
    told: list[str] = []
    seen: set[str] = set()
    for sentence, as_told in sentences:
        marks = set(_MARK.findall(sentence))
        if sentence not in told and (as_told or not marks or marks - seen):
            told.append(sentence)
            seen |= marks
    return told


def without_repeated_titles(sentences: Sequence[str]) -> list[str]:
    """Sentences that go on with the document of the one before them say so instead of naming it again."""
    words = petition_words()
    start = words.say("according")
    told: list[str] = []
    before = ""
    for sentence in sentences:
        title = _TITLED.match(sentence)
        named = title[0] if title is not None and sentence.startswith(start) else ""
        told.append(words.say("same_document") + sentence[len(named) :] if named and named == before else sentence)
        before = named or before
    return told


def _row_sentences(rows: Sequence[Citation], number_of: Mapping[Key, int], office: bool) -> Iterator[str]:
    quoted: dict[str, list[Citation]] = {}
    for same in _same_rows(rows):
        citation, mark = same[0], _mark(same, number_of)
        if citation.indicator and (citation.target or citation.baseline):
            yield _indicator_sentence(citation, mark, office)
        elif citation.indicator and citation.figure:
            of = " · ".join(part for part in (citation.indicator, citation.metric) if part)
            yield _say("indicator_figure", citation, indicator=of, figure=_text(citation.figure), mark=mark)
        else:
            quoted.setdefault(fold(citation.quote), []).extend(same)
    for same in quoted.values():
        yield _say("figure_quote", same[0], quote=_quote(same[0]), mark=_mark(same, number_of))


def _same_rows(rows: Sequence[Citation]) -> list[list[Citation]]:
    """Rows of one indicator with one target, as several documents print them; the one that says most at the front."""
    groups: list[list[Citation]] = []
    for row in sorted(rows, key=lambda one: one.baseline is None):
        same = next((group for group in groups if _is_same(group[0], row)), None)
        if same is None:
            groups.append([row])
        else:
            same.append(row)
    return sorted(groups, key=lambda group: min(rows.index(row) for row in group))


def _is_same(one: Citation, other: Citation) -> bool:
    if not (one.indicator and one.target and other.indicator and other.target) or one.figure or other.figure:
        return False
    alike = fold(one.indicator) == fold(other.indicator) and _text(one.target) == _text(other.target)
    return alike and (other.baseline is None or (one.baseline or {}).get("text") == other.baseline.get("text"))


def _indicator_sentence(
    citation: Citation, mark: str, office: bool, cells: Sequence[str] = ("baseline", "target")
) -> str:
    words = petition_words()
    facts = []
    if "baseline" in cells and citation.baseline and fold(str(citation.baseline.get("text"))) not in _NOTHING:
        source = citation.baseline.get("source")
        baseline = _text(citation.baseline) + (words.say("source", source=str(source)) if source else "")
        facts.append(words.say("row_baseline", baseline=baseline))
    if "target" in cells and citation.target:
        facts.append(words.say("row_target", target=_text(citation.target)))
    if office and citation.dependency:
        facts.append(words.say("row_office", office=citation.dependency))
    told = words.say("and").join(facts)
    return _say("row", citation, indicator=citation.indicator or "", facts=told, mark=mark)


def _say(name: str, citation: Citation, **parts: str) -> str:
    return petition_words().say(name, title=_document(citation), **parts)


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
    return "".join(f"[{n}]" for n in sorted({number_of[citation_key(citation)] for citation in citations}))

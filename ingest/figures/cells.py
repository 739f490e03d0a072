"""The cells of a plan's table: what a baseline and a target say, and what to tell the reader about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache

from ingest.figures.dates import DateMention, dates_in, period_in
from ingest.figures.mentions import Mention, find_figures
from ingest.figures.numbers import format_es, parse_number
from ingest.figures.units import unit_after, unit_before
from ingest.figures.wordlists import alternatives, plain, words
from ingest.fold import fold, squeeze
from ingest.records import Figure, Notice

_MARKUP = " \t\r\n*_"
_ONE = re.compile(r"(?:un|una|uno)\s{1,3}(?=[a-z])")
_LAST_WORD = re.compile(r"(?<![\w-])([^\W\d_]+)[\s*_]*$")
_BEHIND = re.compile(r"^(.{0,60}\d.{0,60}?)\s*\(\s*([A-ZÁÉÍÓÚÑ][^()]{2,80},\s*(?:19|20)\d\d)\s*\)[\s.]*$", re.DOTALL)
_BARE_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_PREPOSITION = re.compile(r"(?<![a-z])(?:de|del|desde)\s{1,3}(?:un\s{1,3}|una\s{1,3}|el\s{1,3})?$")
_UP_TO = re.compile(
    r"(?P<unit>(?:\s{1,3}[a-z0-9][a-z0-9-]{0,30}){0,4}?)\s{1,3}(?:a|al|hasta)\s{1,3}(?:el\s{1,3}|un\s{1,3}|los\s{1,3}|las\s{1,3})?"
)
_COORDINATED = re.compile(
    r"(?:^|[,;/]|(?<![a-z])(?:y|e|o|ademas|asi como))\s{0,3}(?:[a-z]{3,20}(?:ar|er|ir)\s{1,3})?(?:\(\s?)?$"
)
_LONGEST_QUOTE = 80


def split_source(cell: str, labels: Sequence[str] | None = None) -> tuple[str, str | None]:
    """A cell's text and its source, without the label: 'Fuente: …', 'FUENTE :', '(Fuente: …)'.

    ``labels`` are the words that introduce a source; those of ``prompts/figures.yaml`` when None.
    """
    match = _source_label(tuple(labels or words().source_labels)).search(plain(cell))
    if match is None:
        return cell.strip(), None
    before, source, after = cell[: match.start()], cell[match.end() :], ""
    if match["opening"]:
        close = _closing(source)
        source, after = source[:close], source[close + 1 :]
    text = f"{before.rstrip(_MARKUP)} {after.strip()}" if after.strip(" .") else before.rstrip(_MARKUP)
    return text.strip(), source.strip(_MARKUP) or None


def _source_behind(text: str) -> tuple[str, str | None]:
    """A figure and the source that stands in parentheses behind it with its year: '88,8 % (Ministerio X, 2023)'."""
    match = _BEHIND.match(text)
    return (match[1].strip(), match[2].strip()) if match is not None else (text, None)


def read_baseline(cell: str, labels: Sequence[str] | None = None) -> tuple[Figure, list[Notice]]:
    """What a baseline cell says: its first real figure, unit, date and source; the value is None when it gives none.

    The figure's text is the cell without its 'Fuente: …' tail. "Un plan…" at the beginning is 1.
    """
    text, source = split_source(cell, labels)
    if source is None:
        text, source = _source_behind(text)
    source_period = period_in(source) if source else None
    if fold(text).strip("()[] ") in _no_value() or not text:
        return Figure(text=text, source=source, period=source_period), []
    notices = list(_cut_off(cell, "línea base"))
    value, unit, mention = _first_figure(text)
    if value is None:
        notices.append(
            Notice(code="baseline-without-figure", message=f"La línea base no trae una cifra: «{_short(text)}».")
        )
    notices += _doubts(text, mention)
    return Figure(
        text=text, value=value, unit=unit, period=_own_period(text, mention) or source_period, source=source
    ), notices


def read_target(cell: str) -> tuple[Figure, list[Notice]]:
    """What a target cell says: "Mantener ochocientos setenta y nueve (879) cámaras" is 879 cámaras.

    Two targets in one cell, "la totalidad" and a text without figures have no value; a notice says so.
    """
    text = cell.strip()
    if fold(text).strip("()[] ") in _no_value() or not text:
        return Figure(text=text), []
    notices = list(_cut_off(text, "meta"))
    if (plain_value := _whole_cell(text)) is not None:
        return Figure(text=text, value=plain_value, unit=_sign_of(text)), [*notices, *_doubts(text, None)]
    mentions = find_figures(text)
    folded = plain(text)
    main = _main_target(folded, mentions)
    if main is None:
        everything = _everything().search(folded)
        said = "pide la totalidad y no trae una cifra" if everything else "no trae una cifra"
        notices.append(Notice(code="target-without-figure", message=f"La meta {said}: «{_short(text)}»."))
        unit = unit_after(text, folded, everything.end()) if everything else None
        return Figure(text=text, unit=unit), notices
    notices += _doubts(text, main)
    if others := _other_targets(folded, mentions, main):
        printed = ", ".join(f"«{_short(mention.text)}»" for mention in (main, *others))
        notices.append(Notice(code="several-targets", message=f"La celda trae varias metas y no se suman: {printed}."))
        return Figure(text=text), notices
    unit = main.unit or unit_before(text, folded, main.start)
    return Figure(text=text, value=main.value, unit=unit), notices


def compare_target(baseline: Figure, target: Figure, target_text: str | None = None) -> Notice | None:
    """A notice when the target is below the baseline although its wording is none of reduction, else None.

    A percentage is only compared with a percentage. ``target_text`` is the wording; the target's own text when None.
    """
    if baseline.value is None or target.value is None or target.value >= baseline.value:
        return None
    if (baseline.unit == "%") != (target.unit == "%") or _reduction().search(plain(target_text or target.text)):
        return None
    return Notice(
        code="target-below-baseline",
        message=f"La meta ({_with_unit(target)}) es menor que la línea base ({_with_unit(baseline)}), "
        "aunque su redacción no habla de reducir.",
    )


def _first_figure(text: str) -> tuple[Decimal | None, str | None, Mention | None]:
    if (value := _whole_cell(text)) is not None:
        return value, _sign_of(text), None
    mention = next(iter(find_figures(text)), None)
    folded = plain(text)
    one = _ONE.match(folded)
    following = re.match(r"[a-z]+", folded[one.end() :]) if one else None
    if (
        one
        and following
        and following.group() not in words().one_is_no_count_before
        and not (mention and mention.start <= one.end())
    ):
        return Decimal(1), unit_after(text, folded, one.end()), None
    return (mention.value, mention.unit, mention) if mention else (None, None, None)


def _whole_cell(text: str) -> Decimal | None:
    """The value of a cell that is one printed number and nothing else."""
    bare = squeeze(text).strip("* ")
    return parse_number(bare.strip("()"))


def _sign_of(text: str) -> str | None:
    """'%' or the currency whose sign stands on a cell that is one printed number."""
    folded = plain(text).strip("* ()")
    currency = next(
        (unit for sign, unit in words().currency_signs.items() if folded.lstrip("\\").startswith(sign)), None
    )
    return "%" if folded.endswith("%") else currency


def _own_period(text: str, mention: Mention | None) -> str | None:
    """The date the text itself gives for its figure: 'a corte de' first, then the first after the figure."""
    dates = [date for date in dates_in(text) if not date.event]
    if not dates:
        return None
    at = mention.end if mention else 0

    def rank(date: DateMention) -> tuple[bool, bool, int]:
        return (not date.as_of, date.start < at, date.start)

    return squeeze(min(dates, key=rank).text)


def _main_target(folded: str, mentions: Sequence[Mention]) -> Mention | None:
    """The figure a target is about: digits in parentheses, the second of 'pasar de A a B', else the first."""
    main = next((mention for mention in mentions if mention.parenthesised), None) or next(iter(mentions), None)
    if (
        main is None
        or not _change().search(folded)
        or not _PREPOSITION.search(folded[max(0, main.start - 20) : main.start])
    ):
        return main
    following = next((mention for mention in mentions if mention.start >= main.end), None)
    goes_up_to = following and _UP_TO.fullmatch(folded[main.end : following.start])
    return following if goes_up_to else main


def _other_targets(folded: str, mentions: Sequence[Mention], main: Mention) -> list[Mention]:
    """Figures that stand beside the main one ("un (1) equipo … y un (1) comité"), not under it ("en 5 sedes")."""
    later = [mention for mention in mentions if mention.start >= main.end]
    return [
        mention
        for mention in later
        if (mention.parenthesised or not main.parenthesised)
        and mention.unit != "%"
        and _COORDINATED.search(folded[max(0, main.end, mention.start - 40) : mention.start])
    ]


def _doubts(text: str, mention: Mention | None) -> list[Notice]:
    notices = []
    if mention is not None and mention.disagrees and mention.words_value is not None:
        notices.append(
            Notice(
                code="words-digits-mismatch",
                message=f"En «{_short(mention.text)}» las letras dicen {format_es(mention.words_value)} y los números "
                f"{format_es(mention.value)}; se toma el número.",
            )
        )
    if mention is None and _BARE_YEAR.fullmatch(text.strip("* ")):
        notices.append(
            Notice(code="looks-like-year", message=f"La celda solo trae «{text}»: puede ser un año y no una cantidad.")
        )
    return notices


def _cut_off(cell: str, what: str) -> list[Notice]:
    """A notice when a cell ends in the middle of a sentence: in a comma, an article, a preposition or a conjunction."""
    ending = cell.rstrip(_MARKUP)
    last = _LAST_WORD.search(ending[-40:])
    unfinished = last is not None and last[1].islower() and plain(last[1]) in words().unfinished_ends
    if not (unfinished or ending.endswith(",")) or len(ending.split()) < 2:
        return []
    return [
        Notice(code="truncated-cell", message=f"La celda de la {what} parece cortada: termina en «…{ending[-25:]}».")
    ]


def _with_unit(figure: Figure) -> str:
    assert figure.value is not None
    if figure.unit == "%":
        return f"{format_es(figure.value)} %"
    return f"{format_es(figure.value)} {figure.unit or ''}".strip()


def _short(text: str) -> str:
    squeezed = squeeze(text)
    return squeezed if len(squeezed) <= _LONGEST_QUOTE else squeezed[: _LONGEST_QUOTE - 1].rstrip() + "…"


def _closing(text: str) -> int:
    """Where the parenthesis opened before this text closes; its end when it never does."""
    depth = 1
    for position, char in enumerate(text):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(char, 0)
        if depth == 0:
            return position
    return len(text)


@lru_cache(maxsize=16)
def _source_label(labels: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|(?<=[\s.;,*_-])|(?P<opening>[(\[])\s{{0,2}}){alternatives(labels)}[*_]{{0,3}}\s{{0,2}}[:.][*_]{{0,3}}\s{{0,3}}"
    )


@cache
def _no_value() -> frozenset[str]:
    return frozenset({fold(entry) for entry in words().no_value} | {fold(entry) + "." for entry in words().no_value})


@cache
def _reduction() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z]){alternatives(words().reduction_stems)}")


@cache
def _change() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z]){alternatives(words().change_stems)}")


@cache
def _everything() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z]){alternatives(words().all_of_them)}(?![a-z])(?:\s{{1,3}}(?:de|los|las|la|el))*")

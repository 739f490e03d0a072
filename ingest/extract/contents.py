"""What the cells of a column say about its role: a header proposes, what stands below it confirms.

``Columns and the rows below them → the columns``: those whose cells deny what the header said get another role, or
none: an indicator that no row names, a formula called variable, a code that is a name, a line that is no baseline.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.extract.columns import INDICATOR_ROLES, TARGET_ROLES, Column
from ingest.extract.counted_levels import are_counted
from ingest.fold import fold
from ingest.records import TableRow
from ingest.wording import SURE, ColumnName, ColumnRole, header_role
from ingest.wording import columns as column_table
from ingest.wording.accumulation import says_only_how_years_add_up

#: In fewer rows a blank indicator may stand in the row above, which a page break cut.
_ENOUGH = 2
_LETTERS = re.compile(r"[^\W\d_]{3}")
_DIGIT = re.compile(r"\d")
#: 'V1/V2*100', '(A / B) x 100', 'Nombre variable: …': how something is measured, not its name.
_FORMULA = re.compile(r"[=Σ∑]|\b[vxyab]\d?\s*[/*+]|[*x×]\s?100\b|^(?:nombre (?:de la )?)?variable\b.*:", re.IGNORECASE)
_CODE_OF = re.compile(
    r"^\s*(?:c[oó]d(?:igos?|\.)?|id|n[uú]mero|nro\.?|no\.)\s+(?:de\s+(?:la\s+)?|del\s+)?", re.IGNORECASE
)
#: '101', '1.2', 'MP-001', 'IR01', '2-24'.
_CODE_FORM = re.compile(r"^(?=\S*\d)[A-Za-z]{0,5}[\d.\-_/]*(?:[A-Za-z]{0,3}[\d.\-_/]+)*$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBERS = re.compile(r"\d+")
_DECIMAL = re.compile(r"^\d+(?:[.,]\d+)?$")
#: 'M1-001', 'IP07', 'ED.12.3': what repeats and the number that counts up.
_PREFIXED = re.compile(r"^([A-Za-z]{1,6}(?:\d{0,4}[.\-_/])*)(\d{1,4})$")
_COUNTS_UP = 3
_NUMBER_WORDS = frozenset({"codigo", "numero", "id", "consecutivo", "item"})
_MEASURES = TARGET_ROLES | {"baseline"}
_LEVELS = frozenset({"programme", "subprogramme", "strategic_line", "component", "sector", "product", "project"})
_ABSENT = frozenset({"", "nd", "n/d", "sd", "s/d", "na", "n/a", "n.a.", "n.d.", "s.d.", "no aplica", "-"})


def confirmed(columns: tuple[Column, ...], body: Sequence[TableRow]) -> tuple[Column, ...]:
    """The columns with the roles that their cells bear out."""
    if len(body) >= _ENOUGH:
        columns = tuple(_no_blank_indicator(column, columns, _texts(column, body)) for column in columns)
    steps: tuple[Callable[[Column, tuple[Column, ...], list[str]], Column], ...] = (
        _no_formula_for_an_indicator,
        _named_level,
        _line_without_figures,
        _amounts_by_year,
        _number_of_a_target,
        _version_of_a_measure,
        _baseline_with_its_year,
        _code_by_its_form,
        _code_that_counts_up,
        _accumulation_by_its_words,
        _line_by_its_numbers,
    )
    for step in steps:
        columns = tuple(step(column, columns, _texts(column, body)) for column in columns)
    return columns


def _texts(column: Column, body: Sequence[TableRow]) -> list[str]:
    return [text for row in body if (text := column.cell(row).text.strip())]


def _no_blank_indicator(column: Column, columns: tuple[Column, ...], texts: list[str]) -> Column:
    """A column of indicators that no row fills is none, where sentences of targets say what is measured."""
    if column.name in INDICATOR_ROLES and not texts and _tells_targets(columns):
        return replace(column, role=None)
    return column


def _no_formula_for_an_indicator(column: Column, columns: tuple[Column, ...], texts: list[str]) -> Column:
    if column.name not in INDICATOR_ROLES or column.is_sure or not _tells_targets(columns):
        return column
    return replace(column, role=None) if _most(texts, lambda text: bool(_FORMULA.search(text))) else column


def _tells_targets(columns: tuple[Column, ...]) -> bool:
    return any(column.wordy and column.name in TARGET_ROLES for column in columns)


def _named_level(column: Column, columns: tuple[Column, ...], texts: list[str]) -> Column:
    """'Código programa' over '10 - Vías para el campo' holds the programme, when no other column does."""
    if column.name != "ignore" or not (stripped := _CODE_OF.sub("", column.header)) or stripped == column.header:
        return column
    role = header_role(stripped)
    if role is None or role.role not in _LEVELS or any(other.name == role.role for other in columns):
        return column
    return replace(column, role=role) if _most(texts, lambda text: len(_LETTERS.findall(text)) > 1) else column


def _line_without_figures(column: Column, columns: tuple[Column, ...], texts: list[str]) -> Column:
    """A weak 'Línea' over 'LE-1' or 'Ciudad segura' is the strategic line; over figures it is the baseline."""
    if column.name != "baseline" or column.is_sure or not _most(texts, _is_no_figure):
        return column
    line: ColumnName = "strategic_line"
    is_free = not any(other.name == line for other in columns)
    if "linea" not in fold(column.header) or "base" in fold(column.header) or not is_free or column.role is None:
        return replace(column, role=None)
    return replace(column, role=column.role.model_copy(update={"role": line}))


def _amounts_by_year(column: Column, columns: tuple[Column, ...], texts: list[str]) -> Column:
    """'Proy. 2025' over figures is what is expected for that year, no project; so with any level that names a year."""
    if column.name not in _LEVELS or column.year is None or column.role is None or _most(texts, _is_no_figure):
        return column
    return replace(column, role=column.role.model_copy(update={"role": "target_year"})) if texts else column


def _number_of_a_target(column: Column, columns: tuple[Column, ...], texts: list[str]) -> Column:
    """'Meta No.' over '1.1', '1.2', '1.3' beside another target numbers the targets: it is their code.

    So are numbers that rise one by one, and what looks like no figure ('MP-01') under any name of a target.
    """
    if column.name != "target" or column.wordy or column.role is None or len(texts) < _ENOUGH:
        return column
    others = [other for other in columns if other.name == "target" and other is not column]
    if not others or len(set(texts)) != len(texts):
        return column
    says_number = not _NUMBER_WORDS.isdisjoint(column_table().tokens(fold(column.header)))
    codes = all(_CODE_FORM.match(text) and not text.isdigit() for text in texts) and not _most(texts, _is_decimal)
    if codes or (says_number and _rises(texts)):
        return replace(column, role=column.role.model_copy(update={"role": "code"}))
    return column


def _rises(texts: Sequence[str]) -> bool:
    """Whether nearly all texts count on from the one before, dotted parts as numbers; chapters may begin anew."""
    numbers = [tuple(map(int, _NUMBERS.findall(text))) for text in texts]
    steps = [after > before for before, after in pairwise(numbers)]
    return all(numbers) and sum(steps) * 10 >= len(steps) * 9


def _is_decimal(text: str) -> bool:
    return _DECIMAL.match(text) is not None


def _version_of_a_measure(column: Column, columns: tuple[Column, ...], texts: list[str]) -> Column:
    """'Línea base / Según acuerdo' and 'Línea base / Ajustada' over figures are baselines, whatever they are called."""
    if column.role is not None or not column.group or not texts or _most(texts, _is_no_figure):
        return column
    above = header_role(column.group)
    if above is None or above.role not in _MEASURES or above.score < SURE:
        return column
    return replace(column, role=above) if _most(texts, lambda text: bool(_DIGIT.search(text))) else column


def _baseline_with_its_year(column: Column, columns: tuple[Column, ...], texts: list[str]) -> Column:
    """'Línea base (año)' over '81,6 % (2023)' is the baseline where no other column is; over '2023' it is the year."""
    if column.name != "baseline_year" or column.role is None or any(other.name == "baseline" for other in columns):
        return column
    if not _most(texts, lambda text: bool(_DIGIT.search(_YEAR.sub("", text)))):
        return column
    return replace(column, role=column.role.model_copy(update={"role": "baseline"}))


def _code_by_its_form(column: Column, columns: tuple[Column, ...], texts: list[str]) -> Column:
    """'Cód. XY' over 'XY-01', 'XY-02', one for each row, is the code of what the row is of."""
    if column.role is not None or len(texts) < _ENOUGH or any(other.name == "code" for other in columns):
        return column
    words = column_table().tokens(fold(column.header))
    if not words or words[0] not in _NUMBER_WORDS or len(set(texts)) != len(texts):
        return column
    if not all(_CODE_FORM.match(text) for text in texts):
        return column
    return replace(column, role=ColumnRole(role="code", score=SURE, matched="(código)"))


def _code_that_counts_up(column: Column, columns: tuple[Column, ...], texts: list[str]) -> Column:
    """'Ref.' over 'K2-001', 'K2-002', one for each row with few beginnings that repeat, is the code of the row."""
    taken = any(other.name == "code" for other in columns)
    if column.role is not None or not column.header or len(texts) < _COUNTS_UP or taken:
        return column
    parts = [_PREFIXED.match(text) for text in texts]
    if not all(parts) or len(set(texts)) != len(texts):
        return column
    told = [(part[1], int(part[2])) for part in parts if part]
    prefixes = {prefix for prefix, _ in told}
    ups = [after > before for (one, before), (other, after) in pairwise(told) if one == other]
    if len(prefixes) * _COUNTS_UP > len(told) or not ups or sum(ups) * 10 < len(ups) * 9:
        return column
    return replace(column, role=ColumnRole(role="code", score=SURE, matched="(código)"))


def _accumulation_by_its_words(column: Column, columns: tuple[Column, ...], texts: list[str]) -> Column:
    """A column of 'Se suma' and 'No se suma', or of 'Incremento' and 'Stock', tells how the years add up."""
    if column.role is not None or not column.header or len(texts) < _ENOUGH:
        return column
    if any(other.name in ("accumulation", "goal_type") for other in columns):
        return column
    if sum(map(says_only_how_years_add_up, texts)) * 10 < len(texts) * 9:
        return column
    return replace(column, role=ColumnRole(role="accumulation", score=SURE, matched="(acumulación)"))


def _line_by_its_numbers(column: Column, columns: tuple[Column, ...], texts: list[str]) -> Column:
    """'Travesía' over 'TRAVESÍA 1. …', before all that it holds, is the line of the plan whatever it is called."""
    if column.role is not None or not column.header or len(texts) < 1 or not are_counted(texts, column.header):
        return column
    own = next((other.index for other in columns if other.name in INDICATOR_ROLES | {"programme"}), None)
    if own is None or column.index > own or any(other.name == "strategic_line" for other in columns):
        return column
    return replace(column, role=ColumnRole(role="strategic_line", score=SURE, matched="(numeración)"))


def _is_no_figure(text: str) -> bool:
    return fold(text) not in _ABSENT and (_DIGIT.match(text) is None or bool(_LETTERS.search(text)))


def _most(texts: Sequence[str], holds: Callable[[str], bool]) -> bool:
    return bool(texts) and sum(map(holds, texts)) * 2 > len(texts)

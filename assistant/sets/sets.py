"""Sets of rows, exactly: every row that a filter gives, never the first few of a search.

A question asks for a set when it names one ("las metas de …", "todos los productos de …") and says which: by a
programme, component, line or office of the catalogue, by the kind of row, by the state of its baseline, by quoted
words, by the source of the baseline, or by its subject.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.corpus.corpus import Corpus, Item, NameRole, stem_set
from assistant.corpus.items import names_of
from assistant.corpus.matching import folded
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import is_within, own_weight
from assistant.question.begun_names import without_code
from assistant.question.conditions import Condition
from assistant.question.mentions import mentioned, mentions
from assistant.question.query import Filters, Mention, Query, Term
from assistant.question.times import speaks_of
from assistant.question.topics import LEAST_TOPIC, telling_topic, topic_weight, without_topic
from assistant.sets.levels import level_of, levels_asked
from assistant.sets.of_sector import is_of_sector, is_result_of_sector
from ingest.records import IndicatorRow, RowKind
from ingest.wording import header_role

Test = Callable[[Item], bool]
#: The date at the end of a source: ", diciembre de 2023".
_DATED = re.compile(r",?[^,]*\b(?:19|20)\d\d\b.*$")

_NAMED_ROLES: tuple[NameRole, ...] = ("programme", "component", "strategic_line", "dependency")
#: How the filters that may have several values are called in the address of their rows.
_SEVERAL = {
    "entity": "entities",
    "period": "periods",
    "kind": "row_kinds",
    "sector": "sectors",
    "unit": "units",
    "accumulation": "accumulations",
    "ods": "ods",
    "source": "sources",
}
#: Prepositions and articles are no longer.
_SHORT_WORD = 3
#: Share of what the question says of its subject, beyond names and kinds, that a row of the set has to name itself.
TOPIC_BAR = 0.6
#: … and of a set that is only counted, where a row too many makes the number wrong.
ALL_OF_NAME = 0.9


@dataclass(frozen=True)
class RowSet:
    """The rows of a set, copies in other documents included, and the terms of the filter that gives them."""

    items: tuple[Item, ...]
    terms: dict[str, str]

    @property
    def distinct(self) -> tuple[Item, ...]:
        """The rows, each once: a copy in another document of the same entity is the same row.

        Two rows of one document are two rows, however alike: the nth of the alike is a copy of the nth elsewhere.
        """
        seen: dict[tuple[str | None, str, str, int], Item] = {}
        alike: Counter[tuple[str, str | None, str, str]] = Counter()
        for item in self.items:
            row = item.row
            if row is not None:
                said = (
                    item.entity,
                    folded(row.indicator or row.metric or "").rstrip(" ."),
                    folded(row.target.text if row.target else row.quote).rstrip(" ."),
                )
                alike[item.document.document_id, *said] += 1
                seen.setdefault((*said, alike[item.document.document_id, *said]), item)
        return tuple(seen.values())


def asks_for_set(query: Query) -> bool:
    """Whether a question asks for all rows of a filter."""
    filters = query.filters
    said = filters.quoted or filters.quoted_either
    states = filters.target_values or filters.baseline_state or said or filters.conditions
    of_row = filters.units or filters.accumulations or filters.sources or filters.ods
    narrows = filters.named or bool(states or of_row) or _names_source(query)
    lists_a_level = "list" in query.cues and filters.named and without_topic(query)
    names_set = bool(query.set_nouns or filters.row_kinds) or lists_a_level
    if query.mention is not None and query.kind in ("list", "count", "value") and mentioned(query):
        return True
    if levels_asked(query) == set(query.set_nouns) and filters.entities and query.kind in ("list", "count", "value"):
        narrows = narrows or without_topic(query)
    if query.kind == "count":
        of_a_plan = bool(filters.entities or filters.periods) and (without_topic(query) or counts_by_name(query))
        return bool(query.set_nouns) and (narrows or bool(filters.row_kinds) or of_a_plan)
    if not names_set or query.kind in ("difference", "percent_change", "compare"):
        return False
    if "list" in query.cues:
        return narrows or bool(filters.row_kinds) or topic_weight(query) > LEAST_TOPIC
    return narrows and without_topic(query)


def counts_by_name(query: Query) -> bool:
    """Whether rows are counted that a question only calls by their subject ("¿cuántas metas de placa huella …?")."""
    filters = query.filters
    is_count = query.kind == "count" and bool(query.set_nouns) and bool(filters.entities or filters.periods)
    return is_count and not filters.named and not query.fields and topic_weight(query) > LEAST_TOPIC


def select(query: Query, corpus: Corpus) -> RowSet:
    """All indicator rows that the question's filters give; of rows joined over documents the plan's."""
    filters = query.filters
    tests = [lambda item: is_indicator_row(item.row), lambda item: is_within(item, filters), *row_tests(query, corpus)]
    candidates = rows_to_test(filters, corpus)
    rows = [item for item in candidates if all(test(item) for test in tests) and speaks_of(item, query.asked)]
    found = {item.item_id for item in rows}
    planned = {item.entity for item in rows if item.row is not None and item.row.kind in filters.row_kinds}
    kept = (item for item in rows if not _reports_on_one_of(item, found) and not _is_beside_a_plan(item, planned))
    return RowSet(tuple(kept), filter_terms(query, corpus))


def rows_to_test(filters: Filters, corpus: Corpus) -> tuple[Item, ...]:
    """The rows of one of the names filtered by, or of the entity, in order; all rows when neither is told."""
    for role in _NAMED_ROLES:
        if (name := getattr(filters, role)) is not None:
            return corpus.rows_called(role, name)
    return corpus.rows_of_entity(filters.entities[0]) if len(filters.entities) == 1 else corpus.rows


def _is_beside_a_plan(item: Item, planned: Set[str | None]) -> bool:
    """Whether a row of a report is of no row of the plan, where the plan itself has rows of the kind asked for."""
    return item.row is not None and item.row.kind == "progress" and item.entity in planned


def _reports_on_one_of(item: Item, found: set[str]) -> bool:
    """Whether a row only reports on a row of a plan that is in the set itself."""
    row = item.row
    return (
        row is not None
        and row.kind == "progress"
        and any(other.kind != "progress" and other.row_id in found for other in item.joined)
    )


def row_tests(query: Query, corpus: Corpus) -> list[Test]:
    """What the question says of its rows beside where and when: names, kinds, states, units, sources, the subject."""
    filters = query.filters
    tests: list[Test] = []
    for role in _NAMED_ROLES:
        if (name := getattr(filters, role)) is not None:
            tests.append(_named(role, name))
    if filters.row_kinds:
        tests.append(lambda item: not _kinds_of(item).isdisjoint(filters.row_kinds))
    if filters.baseline_state is not None:
        tests.append(_BASELINE_STATES[filters.baseline_state])
    tests += (_says(phrase) for phrase in filters.quoted)
    either, none = (tuple(map(_says, phrases)) for phrases in (filters.quoted_either, filters.quoted_none))
    if either or none:
        tests.append(lambda item: (not either or any(says(item) for says in either)) and not any(s(item) for s in none))
    if filters.target_values:
        tests.append(lambda item: _target_value(item) in filters.target_values)
    tests += map(_meets, filters.conditions)
    if filters.sectors:
        of_sector = is_result_of_sector if filters.row_kinds == ("result",) else is_of_sector
        tests.append(lambda item: of_sector(item, filters.sectors))
    if filters.units:
        tests.append(lambda item: item.row is not None and item.row.unit in filters.units)
    if filters.sources:
        tests.append(lambda item: _source_of(item) in filters.sources)
    if filters.ods:
        tests.append(lambda item: any(row.ods in filters.ods for row in (item.row, *item.joined) if row is not None))
    if filters.accumulations:
        tests.append(lambda item: item.row is not None and item.row.accumulation in filters.accumulations)
    subject, telling = _subject_kind(query, corpus), telling_topic(query)
    if query.mention is not None and (said := mentioned(query)):
        tests.append(_mentions(query, query.mention, said))
    elif subject == "source":
        tests.append(lambda item: _has_source(item, telling))
    elif subject == "subject":
        weight, by_name = topic_weight(query), counts_by_name(query)
        bar = weight * (ALL_OF_NAME if by_name else TOPIC_BAR)
        tests.append(
            lambda item: (
                sum(own_weight(item, term) for term in telling) >= bar
                or (not by_name and _is_programme_of(item, telling))
            )
        )
    return tests


def _mentions(query: Query, mention: Mention, said: Sequence[Term]) -> Test:
    """Whether a row says what the question mentions."""
    noun = next(iter(levels_asked(query)), None)

    def says(item: Item) -> bool:
        level = level_of(item, noun) if noun is not None else None
        return item.row is not None and mentions(item.row, said, mention, level)

    return says


def _subject_kind(query: Query, corpus: Corpus) -> str | None:
    """Whether what is left of the question names the source of the baseline, or what the rows are about."""
    filters = query.filters
    if topic_weight(query) <= LEAST_TOPIC:
        return None
    telling = telling_topic(query)
    if (
        len(telling) > 1
        and not filters.sources
        and any(
            any(is_within(item, filters) for item in items)
            for source, items in corpus.rows_by_source.items()
            if _source_covers(source, telling)
        )
    ):
        return "source"
    said = filters.quoted or filters.quoted_either
    told = filters.baseline_state or said or filters.target_values or (filters.conditions and filters.named)
    return None if told else "subject"


def filter_terms(query: Query, corpus: Corpus) -> dict[str, str]:
    """The filter in words, as the address of its rows has them."""
    filters = query.filters
    terms: dict[str, str] = {role: name for role in _NAMED_ROLES if (name := getattr(filters, role)) is not None}
    for name, values in _SEVERAL.items():
        if found := getattr(filters, values):
            terms[name] = "|".join(found)
    if filters.baseline_state is not None:
        terms["baseline"] = filters.baseline_state
    if said := (*filters.quoted, *filters.quoted_either):
        terms["text"] = " ".join(said)
    if filters.target_values:
        terms["target"] = ",".join(map(str, filters.target_values))
    if filters.conditions:
        terms["condition"] = ", ".join(condition.said for condition in filters.conditions)
    if (subject := _subject_kind(query, corpus)) is not None:
        terms[subject] = " ".join(term.text for term in query.topic)
    return terms


def _kinds_of(item: Item) -> set[RowKind]:
    """The kinds of indicator that a row is of: its own, that of the rows it reports on, or else either."""
    row = item.row
    if row is None or row.kind != "progress":
        return set() if row is None else {row.kind}
    told: set[RowKind] = {other.kind for other in item.joined if other.kind in ("result", "product")}
    return told or {"product", "progress"}


def _is_programme_of(item: Item, terms: Sequence[Term]) -> bool:
    """Whether the programme of a row is by its name that of a subject: it says every term of it, in one of its ways."""
    said = stem_set(item.row.programme) if item.row is not None else frozenset()
    return bool(said) and all(any(said.issuperset(way.stems) for way in term.alternatives) for term in terms)


def _names_source(query: Query) -> bool:
    """Whether the set is of rows whose baseline comes from somebody ("usan a … como fuente")."""
    return (
        not query.filters.sources
        and "source" in query.fields
        and bool(query.set_nouns)
        and topic_weight(query) > LEAST_TOPIC
    )


def _source_of(item: Item) -> str | None:
    return item.row.baseline.source if item.row is not None and item.row.baseline is not None else None


def _has_source(item: Item, terms: Sequence[Term]) -> bool:
    source = _source_of(item)
    return source is not None and _source_covers(source, terms)


def _source_covers(source: str, terms: Sequence[Term]) -> bool:
    """Whether the source of a baseline has every one of some terms."""
    said = stem_set(source)
    return all(any(said.issuperset(way.stems) for way in term.alternatives) for term in terms)


def _named(role: str, name: str) -> Callable[[Item], bool]:
    wanted = folded(name)
    return lambda item: wanted in names_of(item, role)


def _meets(condition: Condition) -> Test:
    """Whether a row's figures are as a condition demands."""
    if condition.relation == "none" or condition.relation == "zero":
        return _BASELINE_STATES[condition.relation]
    return lambda item: item.row is not None and condition.holds(item.row)


def _says(phrase: str) -> Callable[[Item], bool]:
    """Whether a row says a phrase; its last word may go on ("víctima") unless it is a short one ("Incrementar *a*")."""
    end = r"(?!\w)" if len(phrase.split()[-1]) <= _SHORT_WORD else ""
    said = re.compile(rf"(?<!\w){re.escape(folded(phrase))}{end}")
    return lambda item: said.search(folded(_cells(item.row))) is not None


def _cells(row: IndicatorRow | None) -> str:
    if row is None:
        return ""
    return " ".join(
        filter(
            None, [row.indicator, row.target.text if row.target else None, row.baseline.text if row.baseline else None]
        )
    )


def _has_no_baseline(item: Item) -> bool:
    """A baseline that is printed as not available: no value and next to no words; or a blank cell in its column."""
    row = item.row
    if row is None:
        return False
    if row.baseline is None:
        return any(_heads_baseline(header) and not cell.strip() for header, cell in row.cells)
    return row.baseline.value is None and len(folded(row.baseline.text)) <= _LONGEST_NOTHING


@lru_cache(maxsize=1024)
def _heads_baseline(header: str) -> bool:
    role = header_role(header)
    return role is not None and role.role == "baseline"


def _target_value(item: Item) -> Decimal | None:
    return item.row.target.value if item.row is not None and item.row.target is not None else None


def _has_zero_baseline(item: Item) -> bool:
    return item.row is not None and item.row.baseline is not None and item.row.baseline.value == 0


_LONGEST_NOTHING = 14
_BASELINE_STATES: dict[str, Callable[[Item], bool]] = {"none": _has_no_baseline, "zero": _has_zero_baseline}


def describe(filters: Filters) -> str:
    """The filters in words, for the answer's first sentence."""
    said = (*(f"ODS {name}" for name in filters.ods), *(condition.said for condition in filters.conditions))
    source = _source_in_words(filters.sources)
    line = without_code(filters.strategic_line) if filters.strategic_line else None
    parts = [filters.programme, filters.component, line, filters.dependency, source, *said]
    return " · ".join(part for part in parts if part)


def _source_in_words(sources: Sequence[str]) -> str | None:
    """The source of baselines that a set is of, without its date; None for several that are called otherwise."""
    called = {folded(name): name for source in sources if (name := _DATED.sub("", source).strip(" .,"))}
    return f"Línea base según {next(iter(called.values()))}" if len(called) == 1 else None

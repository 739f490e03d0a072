"""Proposed questions as YAML for a person to edit: in the shape of a set, each with why it is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from assistant.answer import Answer, Citation
from eval.citing import file_name, marked
from eval.wording import wording

Entry = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """A proposed question; ``why`` stands above it as a comment."""

    category: str
    question: str
    expect: Entry
    why: str
    history: tuple[str, ...] = ()
    user: str | None = None
    note: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


class _Dumper(yaml.SafeDumper):
    """Rows and lists of texts on one line each, as people write them."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _mapping(dumper: yaml.SafeDumper, value: dict[str, Any]) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style="file" in value)


def _sequence(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.Node:
    flat = all(isinstance(one, str) for one in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=flat)


_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _sequence)


def as_yaml(drafts: Iterable[Draft], prefix: str) -> str:
    """The drafts as a set; ids are the prefix, the category and a number."""
    counts: dict[str, int] = {}
    parts = [f"# {line}" for line in wording().drafts.head.strip().split("\n")] + [""]
    for draft in drafts:
        counts[draft.category] = counts.get(draft.category, 0) + 1
        entry: Entry = {"id": f"{prefix}-{draft.category}-{counts[draft.category]:02d}", "category": draft.category}
        if draft.user is not None:
            entry["user"] = draft.user
        entry |= {"question": draft.question, "history": list(draft.history), "expect": draft.expect}
        if draft.note is not None:
            entry["note"] = draft.note
        parts += [f"# {line}" for line in draft.why.split("\n")]
        parts.append(yaml.dump([entry], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110))
    return "\n".join(parts)


def row_of(citation: Citation) -> Entry:
    """The matcher of what a citation points at."""
    place: Entry = {"file": file_name(citation)}
    if citation.line is not None:
        place["line_no"] = citation.line
    elif citation.sheet is not None and citation.cell is not None:
        place |= {"sheet": citation.sheet, "cell": citation.cell}
    if citation.indicator:
        place["indicator"] = citation.indicator
    return place


def expected_of(answer: Answer) -> Entry:
    """An expectation like what was answered, for a person to set right."""
    rows = [row_of(citation) for citation in marked(answer) if citation.kind != "filter"]
    kept = [row for row in rows if len(row) > 1]
    return {"status": answer.status, "rows": kept, "match": "any", "figures": [], "text": [], "absent": []}


def write(text: str, path: Path) -> None:
    """Raises ``OSError``; a file that is there is never overwritten."""
    with path.open("x", encoding="utf-8") as file:
        file.write(text)

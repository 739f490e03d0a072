"""The facts that a careful reader found in the real documents, and how rows of ours are compared with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ingest.fold import fold, words
from ingest.records import Figure, IndicatorRow

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
DOCUMENTS = SHARED / "documents"
GOLD = SHARED / "gold"

#: How many fields of a plan row are compared.
FIELDS = 13

Fact = dict[str, Any]


def gold_facts(name: str) -> list[Fact]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def same(ours: str | None, gold: str | None) -> bool:
    return fold(ours or "").rstrip(". ,") == fold(gold or "").rstrip(". ,")


def value_of(figure: Figure | None) -> float | None:
    return None if figure is None or figure.value is None else float(figure.value)


def differences(row: IndicatorRow, gold: Fact) -> list[str]:
    """What of a plan row's fields is not the gold's, in words."""
    baseline, target = row.baseline, row.target
    texts = {
        "strategic_line": row.strategic_line,
        "component": row.component,
        "programme": row.programme,
        "dependency": row.dependency,
        "purpose": row.purpose,
        "indicator": row.indicator,
        "baseline_text": baseline.text if baseline else None,
        "baseline_source": baseline.source if baseline else None,
        "target_text": target.text if target else None,
        "ods": row.ods,
        "kind": row.kind,
    }
    found = [f"{name}: {ours!r} is not {gold[name]!r}" for name, ours in texts.items() if not same(ours, gold[name])]
    if value_of(baseline) != gold["baseline_value"]:
        found.append(f"baseline_value: {value_of(baseline)} is not {gold['baseline_value']}")
    composite = "[composite-target]" in (gold["notes"] or "") and value_of(target) is None
    if value_of(target) != gold["target_value"] and not composite:
        found.append(f"target_value: {value_of(target)} is not {gold['target_value']}")
    return found


def shares_label(row: IndicatorRow, fact: Fact) -> bool:
    """Whether words of the fact's metric, indicator or programme stand in what the row says of itself."""
    label = " ".join(str(fact.get(name) or "") for name in ("metric", "fact", "indicator", "programme"))
    said = " ".join(filter(None, [row.metric, row.indicator, row.quote, *(step.value for step in row.path)]))
    content = {word for word in words(label) if len(word) > 3}
    return bool(content & set(words(said)))

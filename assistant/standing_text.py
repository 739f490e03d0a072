"""How far a row is, in words: the texts of a standing object (``assistant.render.standing_json``). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ingest.figures import format_es

_HUNDREDTH = Decimal("0.01")


def progress_text(standing: Mapping[str, Any] | None) -> str:
    """'64 (2025)', '619 (2024-2025, sumados)', '7.000 (2025; de IP-269 e IP-285 juntos)', or nothing."""
    if not standing or not standing["progress"]:
        return ""
    notes = [str(standing["year"])] if standing["year"] else []
    if standing["progress_terms"]:
        notes = [f"suma hasta {standing['year']}: {standing['progress_terms']}"]
    if standing["shared_codes"]:
        notes.append(f"de {_listed(standing['shared_codes'])} juntos")
    text = str(standing["progress"]["text"])
    return f"{text} ({'; '.join(notes)})" if notes else text


def percent_text(standing: Mapping[str, Any] | None) -> str:
    """'24,41 %', '80 % de la meta de 2025', '30,95 % (calculado: 619 ÷ 2.000 × 100)', or nothing."""
    if not standing or standing["percent"] is None:
        return ""
    text = f"{spanish_number(standing['percent'])} %"
    if standing["percent_year"]:
        text += f" de la meta de {standing['percent_year']}"
    return f"{text} (calculado: {standing['percent_terms']})" if standing["percent_terms"] else text


def terms_text(standing: Mapping[str, Any]) -> str | None:
    """How what is not printed was computed, None when all of it is printed."""
    parts = []
    if standing["progress_terms"]:
        parts.append(f"{standing['progress_terms']} = {standing['progress']['text']}")
    if standing["percent_terms"]:
        parts.append(f"{standing['percent_terms']} = {spanish_number(standing['percent'])} %")
    return "; ".join(parts) or None


def spanish_number(value: float) -> str:
    """As es-CO prints it, with two decimals at most."""
    return format_es(Decimal(str(value)).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP))


def _listed(codes: list[str]) -> str:
    """'IP-1 e IP-2': before a code, which begins with an i, 'y' is 'e'."""
    return f"{', '.join(codes[:-1])} e {codes[-1]}"

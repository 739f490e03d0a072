"""Values as Colombian officials write them: numbers, money, dates, and the names of kinds. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from assistant.export import KINDS
from assistant.standing_text import spanish_number

#: Colombia keeps one time all year.
BOGOTA = timezone(timedelta(hours=-5))
_MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
_DOCUMENT_KINDS = {
    "plan": "plan",
    "progress": "rendición de cuentas",
    "letter": "respuesta a petición",
    "other": "otro",
}
_MILLION = Decimal(1_000_000)


def number(value: Decimal | float | int | None) -> str:
    """'1.250', '35,1'; nothing when there is none."""
    return "" if value is None else spanish_number(float(value))


def money(value: Decimal | float | int) -> str:
    """An amount of pesos: in millions from a million on ('$ 289,7 millones')."""
    amount = Decimal(str(value))
    if abs(amount) < _MILLION:
        return f"$ {number(amount)}"
    return f"$ {number((amount / _MILLION).quantize(Decimal('0.1')))} millones"


def day(value: date | str | None) -> str:
    """'5 ene 2026'; what is no date stays as it is."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value[:10])
        except ValueError:
            return str(value)
    return "" if value is None else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime | str | None) -> str:
    """'5 ene 2026, 14:03' in Colombia's time; what is no moment stays as it is."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return str(value)
    if value is None:
        return ""
    here = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(BOGOTA)
    return f"{day(here.date())}, {here:%H:%M}"


def kind(name: str) -> str:
    """The kind of a row: 'resultado', 'producto' …"""
    return KINDS.get(name, name)


def document_kind(name: str) -> str:
    """The kind of a document: 'plan', 'rendición de cuentas' …"""
    return _DOCUMENT_KINDS.get(name, name)


def counted(count: int, one: str, many: str) -> str:
    """'1 fila', '1.250 filas'."""
    return f"{number(count)} {one if count == 1 else many}"

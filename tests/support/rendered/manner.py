"""The manners in which people set such documents, by name.

Nobody's manner is the right one; what is read has to be the same in all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: Names of columns as the documents print them, and what other plans call the same.
_PRINTED: dict[str, str] = {}
_SHORT = {
    "INDICADOR": "Indicador de resultado",
    "LINEA BASE": "Línea de base",
    "META": "Meta 2027",
    "ODS": "ODS",
    "Indicador de producto": "Indicador",
    "Línea base": "Línea Base 2023",
    "Meta del cuatrienio": "Meta cuatrienio",
}
_CAPITALS = {
    "INDICADOR": "NOMBRE DEL INDICADOR",
    "LINEA BASE": "LÍNEA BASE",
    "META": "META DE CUATRIENIO",
    "ODS": "OBJETIVO DE DESARROLLO SOSTENIBLE",
    "Indicador de producto": "INDICADOR DE PRODUCTO",
    "Línea base": "LÍNEA BASE",
    "Meta del cuatrienio": "META DE PRODUCTO 2024-2027",
}


@dataclass(frozen=True)
class Manner:
    """How labels, programmes, columns and line breaks are set."""

    name: str
    #: A paragraph of its own, a heading of its level, or a column of each table.
    levels: Literal["paragraph", "heading", "column"]
    #: A cell of the first row with blanks below, a column merged down, a row merged across, or repeated in each row.
    programme: Literal["first", "merged", "band", "repeated"]
    columns: dict[str, str]
    keeps_breaks: bool = False
    repeats_header: bool = False
    keeps_captions: bool = False


PRINTED = Manner("printed", "paragraph", "first", _PRINTED, keeps_breaks=True, keeps_captions=True)
TIDY = Manner("tidy", "heading", "merged", _SHORT, repeats_header=True)
BANDED = Manner("banded", "paragraph", "band", _CAPITALS)
FLAT = Manner("flat", "column", "repeated", _SHORT | {"INDICADOR": "Indicador", "META": "Meta cuatrienio"})

MANNERS = {manner.name: manner for manner in (PRINTED, TIDY, BANDED, FLAT)}

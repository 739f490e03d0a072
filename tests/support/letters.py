"""Letters of invented towns, with what they are asked about beside them; all that they tell is made up."""

from __future__ import annotations

#: Brisamar: bullets of counts, and a contract with a list of its own.
PIER_LETTER = """
    Alcaldía de Brisamar

    Fecha Radicado: 2025-11-03 09:12:40

    Asunto: Respuesta al Derecho de Petición – Alumbrado y seguridad



    Alumbrado y seguridad del muelle

    Durante el año 2025, el Municipio realizó inversiones por $900 millones en seguridad del muelle.

    Entre los principales avances se destacan:

    - Reposición de 30 postes de alumbrado (30 sencillos y 30 dobles).
    - Reposición de 12 faroles solares e instalación de 45 faroles de gas, 9 reflectores y 7 bengalas.
    - Contratación con la Empresa Costera, iniciada en marzo de 2025, por aproximadamente $640 millones, incluyendo:
     - Instalación de 80 faroles de gas.
     - Instalación de 25 reflectores.
     - Reposición de 16 bengalas.

    Gracias al uso del sistema de videovigilancia, hasta octubre de 2025, se han logrado: 213 capturas; 54 bicicletas recuperadas, 37 relojes recuperados e incautación de 18 navajas.
"""  # noqa: E501

#: Bahía Clara: a plan, and a letter whose contract lists what the city also did outside it.
BAY_PLAN = """
    Alcaldía Municipal de
    Bahía Clara

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Gobierno
    Línea Estratégica: Vida en Paz
    Componente Impulsor de Avance: Convivencia

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: NOCHE CLARA→Reposición de luminarias del alumbrado→120 luminarias Fuente: Oficina de Energía, 2023→410 luminarias
    →Predios de nacimientos de agua en adquisición→3 predios Fuente: Oficina de Aguas, 2023→17 predios
    →Lanchas para la vigilancia entregadas→4 lanchas Fuente: Capitanía, diciembre de 2023→Entregar 13 lanchas (patrullera, de rescate y ambulancia)
    →Botes de la escuela entregados→1 bote Fuente: Capitanía, 2023→Entregar 6 botes
    PROGRAMA: MANO AMIGA→Jornadas de mediación y desarme con grupos juveniles→0→Desarrollar 7 jornadas de mediación con grupos juveniles
    →Estrategias de acompañamiento a adolescentes egresados del Sistema de Responsabilidad Penal→0→Implementar 5 estrategias
    →Grupos de gestores y gestoras de paz creados→2 grupos Fuente: Secretaría de Gobierno, 2023→Crear 11 grupos
    →Establecimiento de reclusión operando en un inmueble del municipio→Celdas en inmuebles en arriendo→Poner en operación 2 establecimientos
"""  # noqa: E501

BAY_LETTER = """
    Alcaldía Municipal de Bahía Clara
    Secretaría de Seguridad

    Radicado No. 20250000098765
    Fecha: 3 de abril de 2025

    Asunto: Respuesta a derecho de petición sobre cámaras

    Entre los principales avances de 2025 se destacan:

    - Reposición de 14 cámaras LPR e implementación de 31 cámaras LPR fijas.
    - Contratación con la EDA, iniciada en marzo de 2025, para modernización tecnológica, incluyendo:
     - Implementación de 90 cámaras LPR fijas.
     - Reposición de 12 cámaras PTZ.

    Gracias al uso del sistema de videovigilancia, en lo corrido de 2025, se han logrado: 88 motocicletas recuperadas,
    35 celulares recuperados y 6 vehículos recuperados.
"""

"""What the documents of this set say, table by table; :mod:`build` writes them.

Figures and the names of programmes and offices are those of public documents of Cartagena de Indias and Medellín; the
sentences are the project's own, and the citizen of the letter is invented.
"""

from __future__ import annotations

from collections.abc import Sequence

Cells = Sequence[str | int | float]

POLICE = "Fuente: Policía Metropolitana de Cartagena, diciembre de 2023"
DISTRISEGURIDAD = "Fuente: Distriseguridad, 2023"
FIRE_SERVICE = "Fuente: Cuerpo Oficial de Bomberos, 2023"
INTERIOR = "Fuente: Secretaría del Interior y Convivencia Ciudadana, 2023"

SECURITY_RESULTS: tuple[Cells, ...] = (
    ("Indicador", "Línea base", "Meta", "ODS"),
    (
        "Tasa de homicidios por cada 100 mil habitantes",
        f"35,1 homicidios por cada 100 mil habitantes {POLICE}",
        "Bajar la tasa a 28 homicidios por cada 100 mil habitantes",
        "16. Paz, justicia e instituciones sólidas",
    ),
    (
        "Tasa de hurto a personas",
        f"721,1 hurtos por cada 100 mil habitantes {POLICE}",
        "Bajar la tasa a 550 hurtos por cada 100 mil habitantes",
        "16. Paz, justicia e instituciones sólidas",
    ),
    (
        "Casos de extorsión",
        f"133 casos {POLICE}",
        "Bajar a 90 casos",
        "16. Paz, justicia e instituciones sólidas",
    ),
)

_ELITE = "Plan Estratégico de Seguridad Integral Titán 24"
_EQUIPMENT = "Seguridad ya con dotación y tecnología para la prevención"
_BEACHES = "Seguridad ya en las playas de Cartagena"

SECURITY_PRODUCTS: tuple[Cells, ...] = (
    ("Programa", "Indicador de producto", "Línea base", "Meta del cuatrienio"),
    (_ELITE, "Comandos élite equipados", "N.D.", "Tres (3) comandos élite equipados"),
    (
        _EQUIPMENT,
        "Cámaras de seguridad mantenidas",
        f"939 cámaras instaladas {DISTRISEGURIDAD}",
        "Ochocientas setenta y nueve (879) cámaras en mantenimiento",
    ),
    (
        _EQUIPMENT,
        "Cámaras de seguridad nuevas",
        f"939 cámaras instaladas {DISTRISEGURIDAD}",
        "Ochocientas cuarenta y nueve (849) cámaras nuevas",
    ),
    (
        _EQUIPMENT,
        "Sistemas de información para la seguridad",
        f"205 sistemas {DISTRISEGURIDAD}",
        "Cuatrocientos cuarenta (440) sistemas, entre alarmas comunitarias, drones y tótems",
    ),
    (
        _EQUIPMENT,
        "Vehículos para la seguridad entregados",
        f"65 vehículos {DISTRISEGURIDAD}",
        "Doscientos sesenta y ocho (268) vehículos",
    ),
    (
        _BEACHES,
        "Garitas de socorro construidas",
        f"9 garitas {DISTRISEGURIDAD}",
        "Veinte (20) garitas nuevas",
    ),
)

SECURITY_TEXT = """\
Alcaldía Mayor de Cartagena de Indias
PLAN DE DESARROLLO 2024-2027
Metas de seguridad, en resumen

Oficina que presenta: Distriseguridad

Línea Estratégica: Seguridad Humana
Componente Impulsor de Avance: Seguridad Ciudadana y Orden Público

Las metas de este resumen son las del cuatrienio. La línea base dice cómo estaba la ciudad al cierre de 2023.

Metas de Resultados:

{results}

Dependencia: Distriseguridad
Línea Estratégica: Seguridad Humana
Componente Impulsor de Avance: Seguridad Ciudadana y Orden Público

Metas de Producto:

{products}

Las dos metas de cámaras parten de la misma línea base: las 939 que estaban instaladas al cierre de 2023.
"""

FIRE_RESULTS: tuple[Cells, ...] = (
    ("Indicador de resultado", "Línea base", "Meta", "ODS"),
    (
        "Tiempo de respuesta del Cuerpo de Bomberos",
        f"20 minutos en promedio {FIRE_SERVICE}",
        "Llegar a las emergencias en 8 minutos",
        "16. Paz, justicia e instituciones sólidas",
    ),
)
FIRE_PRODUCTS: tuple[Cells, ...] = (
    ("Indicador de producto", "Línea base", "Meta del cuatrienio"),
    ("Estaciones de bomberos nuevas", f"3 estaciones {FIRE_SERVICE}", "Una (1) estación regional nueva"),
    ("Máquinas extintoras en servicio", f"6 máquinas {FIRE_SERVICE}", "Pasar a ocho (8) máquinas extintoras"),
    (
        "Estaciones de bomberos adecuadas",
        f"La estación de Bocagrande no cumple las normas técnicas {FIRE_SERVICE}",
        "Una (1) estación adecuada",
    ),
)
PEACE_RESULTS: tuple[Cells, ...] = (
    ("Indicador de resultado", "Línea base", "Meta", "ODS"),
    (
        "Casos de lesiones personales",
        "2.672 casos Fuente: Policía Metropolitana de Cartagena, 2023",
        "Bajar a 2.000 casos",
        "16. Paz, justicia e instituciones sólidas",
    ),
    (
        "Tasa de violencia contra niñas, niños y adolescentes",
        "190,1 casos por cada 100 mil Fuente: Instituto de Medicina Legal, 2023",
        "Bajar la tasa a 160,1 casos por cada 100 mil",
        "16. Paz, justicia e instituciones sólidas",
    ),
    (
        "Víctimas que superan la situación de vulnerabilidad",
        "55.843 víctimas Fuente: Unidad para las Víctimas, 2023",
        "Subir la proporción en 3,58 %",
        "10. Reducción de las desigualdades",
    ),
)
PEACE_PRODUCTS: tuple[Cells, ...] = (
    ("Indicador de producto", "Línea base", "Meta del cuatrienio"),
    ("Comisarías de Familia en operación", f"6 comisarías {INTERIOR}", "Pasar a ocho (8) comisarías en operación"),
    ("Casas de Justicia en operación", f"3 casas {INTERIOR}", "Pasar a cinco (5) casas en operación"),
    (
        "Mujeres vinculadas a la estrategia Trasmallo de Mujeres Violetas por la Paz",
        f"0 {INTERIOR}",
        "Mil doscientas (1.200) mujeres vinculadas",
    ),
    ("Comisarías de Familia móviles", f"0 {INTERIOR}", "Poner en marcha una (1) comisaría móvil"),
    (
        "Centros de Conciliación en las Casas de Justicia",
        f"3 casas sin centro de conciliación {INTERIOR}",
        "Crear cinco (5) centros",
    ),
    (
        "Inspecciones de Policía dotadas",
        "33 inspecciones con deficiencias Fuente: Secretaría del Interior y Convivencia Ciudadana, 2024",
        "Dotar treinta y tres (33) inspecciones",
    ),
)
YOUTH_PRODUCTS: tuple[Cells, ...] = (
    ("Indicador de producto", "Línea base", "Meta del cuatrienio"),
    (
        "Jóvenes vinculados a los Laboratorios de Paz",
        f"0 {INTERIOR}",
        "Dos mil quinientos (2.500) jóvenes vinculados",
    ),
    (
        "Jóvenes vinculados a Proyectos de Vida Libres de Violencia",
        f"0 {INTERIOR}",
        "Dos mil quinientos (2.500) jóvenes con proyecto",
    ),
    ("Jornadas de mediación y desarme con grupos juveniles", f"0 {INTERIOR}", "Cuatro (4) jornadas"),
)
VICTIMS_PRODUCTS: tuple[Cells, ...] = (
    ("Indicador de producto", "Línea base", "Meta del cuatrienio"),
    (
        "Unidades productivas para víctimas del conflicto",
        "33.028 víctimas por atender Fuente: Unidad para las Víctimas, 2023",
        "Mil (1.000) unidades productivas entregadas",
    ),
    (
        "Víctimas con atención psicosocial",
        f"13.982 víctimas {INTERIOR}",
        "Mil (1.000) víctimas más con atención",
    ),
    (
        "Víctimas con ayuda humanitaria inmediata",
        f"114 víctimas {INTERIOR}",
        "La totalidad de las víctimas que cumplan los requisitos de ley",
    ),
    ("Museo de Memoria Histórica construido", f"0 {INTERIOR}", "Un (1) museo construido y dotado"),
    ("Sede propia para la Mesa de Víctimas", "N.D.", "Una (1) sede"),
)
RIGHTS_PRODUCTS: tuple[Cells, ...] = (
    ("Indicador de producto", "Línea base", "Meta del cuatrienio"),
    (
        "Solicitudes de protección preventiva atendidas",
        f"64 solicitudes {INTERIOR}",
        "La totalidad de las solicitudes",
    ),
    ("Grupos de gestores de derechos humanos creados", f"0 {INTERIOR}", "Nueve (9) grupos"),
    ("Casa de acogida para víctimas de trata", f"0 {INTERIOR}", "Una (1) casa en funcionamiento"),
)

_SAFE_CITY = "Seguridad Ciudadana y Orden Público"
_PEACE = "Construcción de paz, derechos humanos y convivencia"
_COEXISTENCE = "Cartagena avanza en convivencia"
#: The presentation of another office; its first two rows repeat rows of the security plan.
COEXISTENCE: tuple[Cells, ...] = (
    ("Dependencia", "Componente", "Programa", "Indicador de producto", "Línea base", "Meta del cuatrienio"),
    (
        "Secretaría del Interior y Convivencia Ciudadana",
        _SAFE_CITY,
        _ELITE,
        "Comandos élite equipados",
        "N.D.",
        "Tres (3) comandos élite equipados",
    ),
    (
        "Secretaría del Interior y Convivencia Ciudadana",
        _SAFE_CITY,
        _ELITE,
        "Organismos de seguridad dotados",
        "N.D.",
        "Cinco (5) organismos dotados",
    ),
    (
        "Secretaría del Interior y Convivencia Ciudadana",
        _PEACE,
        _COEXISTENCE,
        "Centro de Traslado por Protección",
        "La ciudad no tiene centro de traslado",
        "Un (1) centro creado y en funcionamiento",
    ),
    (
        "Secretaría del Interior y Convivencia Ciudadana",
        _PEACE,
        _COEXISTENCE,
        "Entornos urbanos recuperados para la convivencia",
        "0",
        "Veinte (20) entornos urbanos",
    ),
    (
        "Secretaría del Interior y Convivencia Ciudadana",
        _PEACE,
        _COEXISTENCE,
        "Escuelas de formación para la convivencia",
        "0",
        "Doce (12) escuelas",
    ),
)

COOPERATION: tuple[Cells, ...] = (
    ("Programa", "Indicador de producto", "Línea base", "Meta del cuatrienio"),
    (
        "Cooperación para avanzar",
        "Alianzas de cooperación consolidadas",
        "32 alianzas Fuente: Oficina de Cooperación Internacional, 2023",
        "Sesenta (60) alianzas",
    ),
    (
        "Cooperación para avanzar",
        "Organizaciones mapeadas para cooperar",
        "938 organizaciones Fuente: Oficina de Cooperación Internacional, 2023",
        "Mil doscientas (1.200) organizaciones",
    ),
    (
        "Atención integral al migrante",
        "Población migrante atendida en el Centro Intégrate",
        "16,44 % Fuente: Centro Intégrate, noviembre de 2023",
        "Subir al 25 %",
    ),
    (
        "Atención integral al migrante",
        "Jornadas extramurales para población migrante",
        "N.D.",
        "Dos (2) jornadas cada año",
    ),
)

#: Where each table of the second sheet of the report begins and what it says.
TRAINING: tuple[Cells, ...] = (
    ("Programa", "Indicador de producto", "Meta 2022", "Avance 2022"),
    ("Desarrollo del ecosistema digital", "Formados en seguridad de la información", "N.D.", "131 funcionarios"),
    ("Desarrollo del ecosistema digital", "Formados en analítica de datos", "N.D.", "43 funcionarios"),
    ("Desarrollo del ecosistema digital", "Formados en gobierno digital", "N.D.", "33 funcionarios"),
    ("Desarrollo del ecosistema digital", "Formados en herramientas de oficina", "N.D.", "341 funcionarios"),
    ("Desarrollo del ecosistema digital", "Formados en inteligencia artificial", "N.D.", "11 funcionarios"),
)

LETTER = """\
Alcaldía de Medellín
Secretaría de Seguridad y Convivencia

Radicado: 202600012345
Fecha: 15 de enero de 2026

Señora
Rosalba Quiñones Mesa
rosalba.quinones@correo.example
Medellín

Asunto: Respuesta a su derecho de petición sobre tecnología para la seguridad

Cordial saludo.

Durante 2025 el Distrito invirtió $102.000 millones en tecnología para la seguridad.

En ese año se repusieron 80 puntos de cámaras y se pusieron en servicio 106 cámaras LPR fijas.

En octubre de 2025 empezó un contrato con la ESU por $77.749 millones, que incluye 200 alarmas comunitarias y 300 \
botones de pánico.

Entre enero y noviembre de 2025 la videovigilancia apoyó 1.243 capturas y permitió recuperar 2.011 motocicletas.

En los mismos meses se atendieron 1.307 riñas de manera preventiva, y en 1.257 de ellas no hubo heridos.

También se incautaron 72 armas traumáticas, 20 armas de fuego y 5.107 armas blancas.

Atentamente,

Subsecretaría Operativa de la Seguridad
"""

ICT_TITLE = "Rendición de cuentas: tecnologías de la información, vigencia 2022. Alcaldía Mayor de Cartagena de Indias"
ICT_ROWS: tuple[Cells, ...] = (
    (
        "Programa",
        "Indicador de producto",
        "Meta del cuatrienio",
        "Meta 2022",
        "Avance 2022",
        "Asignado",
        "Ejecutado",
    ),
    (
        "Cartageneros conectados y alfabetizados",
        "Zonas wifi gratuitas activadas",
        "100%",
        "100%",
        "14 zonas",
        384_615_384,
        289_720_314.24,
    ),
    (
        "Desarrollo del ecosistema digital",
        "Funcionarios formados en TIC y cuarta revolución industrial",
        "600 funcionarios",
        "N.D.",
        "464 funcionarios",
        "N.D.",
        "N.D.",
    ),
    (
        "Sistema de información de los servicios públicos",
        "Sistema de información Servinfo",
        "50%",
        "50%",
        "N.D.",
        150_000_000,
        57_600_000,
    ),
    (
        "Cartagena inteligente con todos y para todos",
        "Política de gobierno digital implementada",
        "68,8%",
        "68,8%",
        "68,8 en el índice de gobierno digital",
        615_384_616,
        314_400_000,
    ),
)

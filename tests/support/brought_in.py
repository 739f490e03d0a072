"""What people bring to the pages, with markup in it that is to be read and not run: a plan and a petition."""

from __future__ import annotations

from textwrap import dedent

_PLAN = """
    Alcaldía Municipal de
    Loma Verde

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Cultura
    Línea Estratégica: Pueblo que Canta

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: <script>alert("programa")</script>→Bandas <img src=x onerror=alert(1)> dotadas→2 bandas→{target} bandas
"""

PETITIONER = "Persona de Mentira"
PETITION = f"""Villa Serena, 9 de noviembre de 2026

Señores
Alcaldía Municipal de Villa Serena

Asunto: Derecho de petición de información sobre <script>alert(1)</script> agua

Yo, {PETITIONER}, identificada con cédula de ciudadanía 1.999.888.777, pido que se me informe:

1. ¿Cuántos acueductos veredales se van a construir?
2. ¿Cuántos <img src=x onerror=alert(1)> buses eléctricos se compraron?

Atentamente,

{PETITIONER}
persona.mentira@correo.example
"""


def plan(target: int) -> bytes:
    """A plan of Loma Verde with one row, whose target is this."""
    return dedent(_PLAN).replace("→", "\t").replace("{target}", str(target)).encode()

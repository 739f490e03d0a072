"""Numbers that are no figures: years, norms, identifiers, names, numbering, ages; and where they are looked for."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.figures import find_figures
from ingest.figures.exclusions import Exclusion, _exclusions, excluded_in


@pytest.mark.parametrize(
    "text",
    [
        # years and dates
        "2024",
        "el plan 2020-2023",
        "vigencia 2025",
        "a 31 de marzo de 2022",
        "radicado el 2025-12-29",
        "1 oct al \n31 dic\n\n2021",
        "en 2000 se creó el municipio",
        "2022 además",
        "7 de agosto",
        "del 5 al 9 de mayo",
        "31/12/2023",
        "primer trimestre de 2022",
        "(2024)",
        # times
        "a las 14:02:31",
        "desde las 8:30 a.m. y hasta las 3 p.m.",
        # norms
        "Decreto 1225/2021",
        "Ley 1801 de 2016",
        "el Art. 155 de la ley",
        "los artículos 5, 6 y 7",
        "cumplimiento del auto AI 068",
        "Resolución 66/290",
        "CONPES 4040",
        "Decreto 1621 de 24 de diciembre de 2020",
        "Sentencia T-025 de 2004",
        "Resolución No. 1234 del 5 de marzo de 2020",
        "norma ISO 9001:2015",
        # identifiers
        "202530636103",
        "radicado No. 20251234",
        "NIT 900.123.456-7",
        "teléfono (604) 385 5555",
        "celular 300 123 4567",
        "línea 018000 411 144",
        "contrato No. CD-045-2024",
        "https://ejemplo.gov.co/2021/45_b",
        "correo uno23@ejemplo.gov.co",
        "código BPIN 2021130010123",
        # names with numbers
        "módulo 1",
        "piso\n3",
        "POL 10: ATENCIÓN",
        "Capítulo 6",
        "protocolo IPv6",
        "la 4ta revolución",
        "Barrio 7 de Agosto",
        "comuna 13",
        "PLAN DE SEGURIDAD CONDOR 30",
        "Plan Cóndor 30, y otros",
        "fase 2",
        "Línea 1",
        "entre grados 9 y 11",
        "comunas 1, 2 y 3",
        "COVID-19",
        "calle 44 # 52-165",
        # numbering
        "1. El documento posee una estructura",
        "16. Paz, justicia e instituciones sólidas",
        "2.1 Objetivo general",
        "02",
        # ordinals, rates, ages, windows of time
        "1er puesto",
        "segundo semestre",
        "cada 100 mil habitantes",
        "menores de 18 años",
        "niños de 0 a 5 años",
        "los últimos cinco años",
        "cada dos años",
        # un, una, uno
        "un convenio con una entidad",
        "uno de los barrios",
        "cero tolerancia",
    ],
)
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert find_figures(text) == ()


def test_counts_by_channel_are_no_telephones() -> None:
    assert [mention.value for mention in find_figures("Teléfono: 3.789")] == [3789]


def test_a_number_after_a_list_number_is_a_figure() -> None:
    assert [mention.value for mention in find_figures("1. Construir 20 parques\n2. Dotar 5 sedes")] == [20, 5]


NEEDING = [exclusion for exclusion in _exclusions() if exclusion.needs]


@pytest.mark.parametrize("exclusion", NEEDING, ids=lambda exclusion: exclusion.name)
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_all_that_a_pattern_finds_holds_something_of_what_it_needs(exclusion: Exclusion, data: st.DataObject) -> None:
    """Where none of it stands the pattern is not tried, so an identifier would count as a figure."""
    text = data.draw(st.from_regex(exclusion.pattern))
    for match in exclusion.pattern.finditer(text):
        assert any(need in match.group() for need in exclusion.needs), match.group()


def test_a_need_is_met_by_the_folded_text() -> None:
    assert [found.name for found in excluded_in("Son jóvenes MENORES de 18 años")] == ["ages"]
    assert [found.name for found in excluded_in("Contrato N° 12")] == ["number sign", "numbered paper"]

"""What is no figure: where it has to be looked for at all."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.figures.exclusions import Exclusion, _exclusions, excluded_in

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

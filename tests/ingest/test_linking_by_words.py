"""Rows of reports joined to plan rows by their words: never across programmes, never to one of two alike."""

from __future__ import annotations

from tests.support.linked import links, row


def test_by_words_within_the_programme_with_the_likeness_kept() -> None:
    found = links(
        row("p", "product", "Bibliotecas escolares dotadas"),
        row("q", "product", "Aulas construidas"),
        row("r", "progress", "Bibliotecas  escolares dotada."),
        row("s", "progress", "Puentes pintados"),
    )
    ((plan, confidence),) = found["r"]
    assert plan == "p"
    assert 0.85 <= confidence <= 1.0
    assert (found["s"], found["q"]) == ([], [])


def test_not_across_programmes() -> None:
    plan = row("p", "product", "Personas capacitadas")
    assert links(plan, row("r", "progress", "Personas capacitadas", programme="Campo"))["r"] == []


def test_the_same_words_in_two_programmes_are_told_apart_by_the_programme() -> None:
    found = links(
        row("a", "product", "Personas capacitadas en oficios del agro", programme="Campo", target=5),
        row("b", "product", "Personas capacitadas en oficios del agro", programme="Empleo", target=9),
        row("r", "progress", "Personas capacitadas en oficios del agro", programme="Empleo", target=5),
    )
    assert found["r"] == [("b", 1.0)]


def test_the_same_words_in_two_programmes_are_joined_to_neither_without_one() -> None:
    found = links(
        row("a", "product", "Personas capacitadas en oficios del agro", programme="Campo"),
        row("b", "product", "Personas capacitadas en oficios del agro", programme="Empleo"),
        row("r", "progress", "Personas capacitadas en oficios del agro", programme=None),
    )
    assert found["r"] == []


def test_a_report_without_programmes_is_joined_where_the_words_are_of_one_row_and_less_surely() -> None:
    found = links(
        row("a", "product", "Personas capacitadas en oficios del agro", programme="Campo"),
        row("b", "product", "Personas formadas"),
        row("r", "progress", "Personas capacitadas en oficios del agro", programme=None),
        row("s", "progress", "Personas formadas", programme=None),
    )
    assert found["r"] == [("a", 0.9)]
    assert found["s"] == []  # two words are said of anything


def test_two_rows_that_could_be_the_only_one_are_both_left() -> None:
    found = links(
        row("a", "product", "Personas capacitadas en oficios del agro", programme="Campo"),
        row("r", "progress", "Personas capacitadas en oficios del agro", programme=None, target=3),
        row("s", "progress", "Personas capacitadas en oficios del agro", programme=None, target=4),
    )
    assert (found["r"], found["s"]) == ([], [])


def test_a_programme_that_the_plan_does_not_have_tells_nothing_but_the_product_does() -> None:
    product = "Servicio de formación en oficios para las mujeres de la zona rural dispersa"
    plan = row("p", "product", "Personas capacitadas", programme="Empleo", product=product, target=40)
    moved = row("r", "progress", "Personas capacitadas", programme="Tiempo de ellas", product=product, target=40)
    other = row(
        "s", "progress", "Personas capacitadas", programme="Tiempo de ellas", product="Otro servicio", target=40
    )
    assert links(plan, moved)["r"] == [("p", 0.9)]
    assert links(plan, other)["s"] == []
    known = row("q", "product", "Otra cosa", programme="Tiempo de ellas")
    assert links(plan, known, moved)["r"] == []  # the plan has that programme, and the row is not in it


def test_a_programme_cut_short_is_the_same() -> None:
    plan = row(
        "p",
        "product",
        "Escuelas deportivas",
        programme="Fomento a la recreación y el deporte para la convivencia y la paz",
    )
    report = row("r", "progress", "Escuelas deportivas", programme="Fomento a la recreación y el deporte")
    assert links(plan, report)["r"] == [("p", 1.0)]


def test_the_same_product_and_target_make_up_for_another_wording_of_the_indicator() -> None:
    product = "Obras de adecuación y mejoramiento del canal fluvial del norte"
    plan = row("p", "product", "Canal fluvial mejorado", product=product, target=1)
    found = links(plan, row("r", "progress", "Canales fluviales", product=product, target=1))
    assert found["r"] == [("p", 0.72)]
    assert links(plan, row("r", "progress", "Canales fluviales", product=product, target=2))["r"] == []


def test_of_rows_with_the_same_indicator_product_and_target_tell_which() -> None:
    found = links(
        row("p1", "product", "Personas capacitadas", product="Servicio de turismo", target=40),
        row("p2", "product", "Personas capacitadas", product="Servicio de deporte", target=90),
        row("r1", "progress", "Personas capacitadas", product="Servicio de deporte", target=90),
        row("r2", "progress", "Personas capacitadas", product="Servicio de turismo", target=40),
    )
    assert (found["r1"], found["r2"]) == ([("p2", 1.0)], [("p1", 1.0)])


def test_the_territorys_own_wording_is_the_same_indicator() -> None:
    plan = row("p", "product", "Documentos de planeación", context=("Plan de movilidad adoptado",))
    assert links(plan, row("r", "progress", "Plan de movilidad adoptado"))["r"] == [("p", 1.0)]


def test_several_figures_of_one_slide_share_their_plan_row() -> None:
    found = links(
        row("p", "product", "Aulas construidas", target=9),
        row("m", "progress", "Aulas construidas", metric="Meta 2025"),
        row("a", "progress", "Aulas construidas", metric="Avance 2025"),
    )
    assert [found["m"], found["a"]] == [[("p", 1.0)], [("p", 1.0)]]

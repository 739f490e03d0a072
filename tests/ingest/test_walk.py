"""Reading order and the context that labels build up on the way."""

from __future__ import annotations

from ingest.extract.furniture import repeated_texts, without_repeats
from ingest.extract.titles import is_title
from ingest.extract.walk import locate
from ingest.records import Block, Place
from tests.support.blocks import paragraph, sheet_blocks, table_block, text_document


def contexts(text: str, *, slides: bool = True) -> list[tuple[str, str | None, str | None]]:
    """(text, programme, title) of each content block."""
    return [
        (
            item.block.text,
            next((step.value for step in item.context.steps if step.role == "programme"), None),
            item.title,
        )
        for item in locate(text_document(text).blocks, slides=slides)
    ]


def test_labels_are_consumed_and_hold_for_what_follows() -> None:
    assert contexts("Programa: Letras\n\nSe dotaron bibliotecas.\n") == [("Se dotaron bibliotecas.", "Letras", None)]


def test_a_label_alone_takes_the_next_line_as_its_value() -> None:
    assert contexts("Programa:\n\nLetras para todos\n\nSe dotaron bibliotecas.\n")[-1][1] == "Letras para todos"


def test_a_label_value_that_wraps_is_one_value() -> None:
    text = "Programa: Letras para todos los niños y las niñas de\nlas veredas lejanas\n\nSe dotaron bibliotecas.\n"
    assert contexts(text)[-1][1] == "Letras para todos los niños y las niñas de las veredas lejanas"


def test_a_programme_that_comes_last_on_its_slide_is_the_slides() -> None:
    assert contexts("Se dotaron bibliotecas.\n\nPrograma: Letras\n")[0][1] == "Letras"


def test_without_slides_a_label_holds_only_from_where_it_stands() -> None:
    assert contexts("Se dotaron bibliotecas.\n\nPrograma: Letras\n", slides=False)[0][1] is None


def test_a_title_heads_what_follows_it() -> None:
    assert contexts("Bibliotecas rurales\n\nSe dotaron nueve.\n")[-1][2] == "Bibliotecas rurales"


def test_page_headers_count_once_and_tables_always() -> None:
    blocks = [paragraph("Palmarito florece", group=group) for group in range(4)]
    assert len(without_repeats(blocks)) == 1


def test_a_title_has_no_full_stop_and_no_figure() -> None:
    def titled(text: str) -> bool:
        return is_title(Block(kind="paragraph", text=text, place=Place()))

    assert [titled(t) for t in ("Bibliotecas rurales", "Se dotaron.", "Nueve 9", "minúscula", "Meta Línea Base")] == [
        True,
        False,
        False,
        False,
        False,
    ]


def test_a_sheet_begins_without_the_levels_of_the_one_before() -> None:
    first = [paragraph("Programa: Letras"), *sheet_blocks("Uno", ["A|B"])]
    located = list(locate([*first, *sheet_blocks("Dos", ["A|B"], group=1)], slides=False))
    tables = [item for item in located if item.block.kind == "table"]
    assert [[step.value for step in item.context.steps] for item in tables][-1] == []


def test_a_page_of_nothing_but_a_lone_label_is_no_error() -> None:
    assert (
        list(locate([paragraph("Programa"), paragraph("Se dotaron.", group=1)], slides=True))[-1].block.text
        == "Se dotaron."
    )


def test_a_bold_line_of_its_own_names_its_level_by_number_alone() -> None:
    bold = paragraph("Programa 2.1 Patios limpios").model_copy(update={"emphasis": True})
    located = list(locate([bold, paragraph("Lo que se hará.")], slides=False))
    assert [step.value for step in located[-1].context.steps] == ["Patios limpios"]


def test_a_sentence_that_speaks_of_a_programme_names_none() -> None:
    told = paragraph("Programa 2.1 Patios limpios terminó antes de lo previsto.")
    assert [item.context.steps for item in locate([told], slides=False)] == [()]


def test_pillar_and_bet_of_the_plan_hold_until_the_next_of_each() -> None:
    texts = ("Pilar 1. Gente sana", "Apuesta 1.1 Mesa servida", "Programa 1.1.1: Huertas", "Apuesta 1.2 Juego limpio")
    blocks = [Block(kind="heading", level=2, text=text, place=Place()) for text in texts]
    located = list(locate([*blocks, paragraph("Lo que se hará.")], slides=False))
    assert [(step.level, step.value) for step in located[-1].context.steps] == [
        ("Pilar", "Gente sana"),
        ("Apuesta", "Juego limpio"),
    ]


def test_a_page_header_repeats_whatever_its_page_number() -> None:
    pages = [paragraph(f"Plan de Monte Claro {page}", group=page) for page in (11, 12, 13)]
    others = [paragraph(f"Tabla {page}", group=page) for page in (11, 12, 13)]
    assert repeated_texts([*pages, *others]) == {
        "plan de monte claro 11",
        "plan de monte claro 12",
        "plan de monte claro 13",
    }


def test_a_chapter_ends_the_levels_above_it() -> None:
    def heading(text: str, level: int) -> Block:
        return Block(kind="heading", text=text, level=level, group=1, place=Place(page=1))

    blocks = [
        heading("Línea estratégica: Agua cerca", 2),
        heading("Programa: Pozos", 3),
        heading("Anexo de pozos", 4),
        table_block(["Indicador|Meta", "Pozos|3"], page=1, group=1),
        heading("TÍTULO III. INVERSIONES", 2),
        table_block(["Programa|Inversión", "Pozos|3"], page=1, group=1),
    ]
    tables = [item for item in locate(blocks, slides=False) if item.block.kind == "table"]
    assert [[step.value for step in item.context.steps] for item in tables] == [["Agua cerca", "Pozos"], []]


def test_an_office_named_under_a_programme_ends_with_the_next_line() -> None:
    def of(text: str) -> Block:
        return paragraph(text, page=1, group=1)

    table = table_block(["Indicador|Meta", "Pozos|3"], page=1, group=1)
    under = [of("Línea estratégica: Agua"), of("Programa: Pozos"), of("Responsable: Secretaría de Aguas"), table]
    above = [of("Dependencia: Secretaría de Letras"), of("Línea estratégica: Letras"), of("Programa: Aulas"), table]
    more = [of("Línea estratégica: Libros"), table]
    tables = [i for i in locate([*under, *more, *above, *more], slides=False) if i.block.kind == "table"]
    offices = [item.context.dependency for item in tables]
    assert offices == ["Secretaría de Aguas", None, "Secretaría de Letras", "Secretaría de Letras"]

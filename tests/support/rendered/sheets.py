"""Painting a workbook and a CSV file: what stands above a table in rows of their own."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.support.rendered.paper import Element, Grid, Heading, Item, Paragraph


def paint_csv(pages: list[list[Element]], path: Path, *, delimiter: str = ";", pairs: bool = False) -> Path:
    """Write one file; with ``pairs`` a label and its value stand in two cells."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        for page in pages:
            for element in page:
                writer.writerows(element.filled() if isinstance(element, Grid) else [_cells(element, pairs)])
                writer.writerows([[]] if isinstance(element, Grid) else [])
    return path


def paint_xlsx(pages: list[list[Element]], path: Path, *, a_sheet_each: bool = False, pairs: bool = False) -> Path:
    """Write a workbook of one sheet, or of one for each page with a table; what stands before the first is a cover."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Portada" if a_sheet_each else "Metas"
    row = 1
    for page in pages:
        if a_sheet_each and any(isinstance(element, Grid) for element in page):
            sheet, row = book.create_sheet(f"Metas {len(book.sheetnames)}"), 1
        for element in page:
            if not isinstance(element, Grid):
                for column, text in enumerate(_cells(element, pairs), 1):
                    sheet.cell(row, column, text)
                row += 1
                continue
            for box in element.boxes:
                at = row + box.row
                sheet.cell(at, box.column + 1, box.text)
                if box.down > 1 or box.across > 1:
                    sheet.merge_cells(
                        start_row=at,
                        end_row=at + box.down - 1,
                        start_column=box.column + 1,
                        end_column=box.column + box.across,
                    )
            row += element.height + 1
    book.save(path)
    return path


def _cells(element: Element, pairs: bool) -> list[str]:
    match element:
        case Heading(text) | Paragraph(text) | Item(text):
            name, colon, value = text.partition(": ")
            return [f"{name}:", value] if pairs and colon and len(name) < 40 else [text]
        case _:
            raise TypeError(element)

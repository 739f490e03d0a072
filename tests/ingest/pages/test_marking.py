"""What a mark does to a picture: it colours the row, frames it, and hides nothing."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ingest.pages.marking import FRAME, HIGHLIGHT, mark, stacked
from tests.support.pages import framed, highlighted


def page(paper: str = "white", ink: str = "black") -> Image.Image:
    image = Image.new("RGB", (1000, 1400), paper)
    pen = ImageDraw.Draw(image)
    for top in range(20, 1380, 20):
        pen.rectangle((100, top, 900, top + 8), fill=ink)
    return image


def test_the_row_is_highlighted_with_a_frame_right_outside_it() -> None:
    marked = mark(page(), (200, 394, 700, 432))
    assert highlighted(marked) == (199, 393, 701, 433)
    assert framed(marked) == (195, 389, 705, 437)


def test_no_ink_is_lost_and_the_rest_of_the_page_is_as_it_was() -> None:
    before, after = np.asarray(page()), np.asarray(mark(page(), (200, 400, 700, 440)))
    assert ((before == 0).all(axis=2) <= (after == 0).all(axis=2)).all()
    changed = (before != after).any(axis=2)
    assert not changed[:395].any()
    assert not changed[445:].any()
    assert not changed[:, :195].any()
    assert not changed[:, 705:].any()


def test_white_letters_on_a_dark_page_stay_white() -> None:
    dark = page("#0a1e50", "white")
    after = np.asarray(mark(dark, (200, 400, 700, 440)))
    assert ((np.asarray(dark) == 255).all(axis=2) <= (after == 255).all(axis=2)).all()
    assert tuple(after[415, 300]) != (10, 30, 80)


@pytest.mark.parametrize("box", [(100, 1500, 800, 1540), (100, 1395, 800, 1500), (1200, 5, 1300, 40)])
def test_a_row_that_is_not_on_the_page_gets_a_frame_around_the_page(box: tuple[float, float, float, float]) -> None:
    marked = mark(page(), box)
    assert framed(marked) == (0, 0, 1000, 1400)
    assert highlighted(marked) is None


def test_a_row_at_the_edge_is_marked_as_far_as_there_is_page() -> None:
    assert highlighted(mark(page(), (-20, -10, 300, 40))) == (0, 0, 301, 41)


def test_pages_stand_one_below_the_other() -> None:
    whole = stacked([Image.new("RGB", (300, 400), HIGHLIGHT), Image.new("RGB", (200, 100), FRAME)])
    assert whole.size == (300, 524)
    assert highlighted(whole) == (0, 0, 300, 400)
    assert framed(whole) == (50, 424, 250, 524)

"""What publishers print around the text: at the rims, on the outer edge, in glyphs that faces have."""

import numpy as np
import pytest

from restorekit.synthesis.assets import faces_for, has_glyph
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import house
from restorekit.synthesis.printing.sheets import new_sheet, next_sheet
from restorekit.synthesis.printing.type_plan import BANDS, FOLIOS, TABS, draw_plan


def page(seed=1, *, language="en", **plan):
    sheet = new_sheet(generator(1, 9), 1000, 700, language, unit=20)
    none = {"band": "", "tab": "", "folio": "", "accent": (20, 20, 20)}
    sheet.plan = sheet.plan._replace(**{**none, **plan})
    sheet.given = {"heading": "Fractions", "subject": "Maths"}
    sheet.slot("area", 60, 100, 640, 900)
    house.house_furniture(sheet, generator(seed, 2))
    return np.asarray(sheet.image.convert("L"))


def places(picture):
    rows, columns = np.nonzero(picture < 250)
    return rows, columns


@pytest.mark.parametrize("band", [band for band in BANDS if band])
@pytest.mark.parametrize("outer", [True, False])
def test_a_band_stands_in_the_room_that_is_left_for_it(band, outer):
    for seed in range(6):
        rows, _ = places(page(seed, band=band, outer=outer))
        sheet = new_sheet(generator(1, 9), 1000, 700, "en", unit=20)
        sheet.plan = sheet.plan._replace(band=band)
        assert len(rows) > 100 and rows.max() <= house.room_for_band(sheet)
    sheet.plan = sheet.plan._replace(band="")
    assert house.room_for_band(sheet) == 0


@pytest.mark.parametrize("folio", [one for one in FOLIOS if one])
def test_a_number_stands_at_the_outer_corner_and_is_odd_on_right_hand_pages(folio, print_of):
    printed = print_of(house)
    for outer in (True, False):
        for seed in range(8):
            printed.clear()
            rows, columns = places(page(seed, folio=folio, outer=outer))
            ((_, _, text),) = printed
            assert int(text) % 2 == outer and 0 <= int(text) <= house.LAST
            assert rows.min() > 940 and ((columns > 600) == outer).all()


@pytest.mark.parametrize("tab", [one for one in TABS if one])
def test_a_tab_stands_at_the_outer_edge_clear_of_where_one_writes(tab):
    seen = 0
    for seed in range(12):
        for outer in (True, False):
            picture = page(seed, tab=tab, outer=outer)
            rows, columns = places(picture)
            seen += len(columns) > 0
            assert ((columns > 640) if outer else (columns < 60)).all()
            assert (picture[:, -1 if outer else 0] < 250).sum() >= 0.06 * 1000 or not len(rows)
    assert seen > 12


def test_no_tab_is_printed_where_text_reaches_the_edge():
    sheet = new_sheet(generator(1, 9), 1000, 700, "en", unit=20)
    sheet.plan = sheet.plan._replace(band="", folio="", tab="block", outer=True)
    sheet.draw.rectangle([100, 100, 699, 110], fill=(0, 0, 0))
    before = np.asarray(sheet.image).copy()
    house.house_furniture(sheet, generator(1, 2))
    assert (np.asarray(sheet.image) == before).all()


def test_the_outer_edge_is_the_other_one_on_the_back():
    front = new_sheet(generator(1, 9), 200, 100, "en")
    assert next_sheet(front).plan == front.plan._replace(outer=not front.plan.outer)


def test_few_pages_are_a_publishers_and_these_have_a_number():
    plans = [draw_plan(generator(seed, 5)) for seed in range(400)]
    booked = [plan for plan in plans if plan.folio]
    assert 0.12 < len(booked) / len(plans) < 0.35
    assert not any(plan.band or plan.tab for plan in plans if not plan.folio)


@pytest.mark.parametrize("language", house.SERIES)
def test_names_of_series_can_be_printed(language):
    for face in faces_for(language):
        assert all(has_glyph(face.path, one) for one in "".join(house.SERIES[language]) if one.strip()), (
            face.path
        )

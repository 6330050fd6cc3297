"""Instruments: in their box, with dark parts, and on papers of physics alone."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import spots
from restorekit.synthesis.printing.cartoons import CARTOONS, new_pen
from restorekit.synthesis.printing.instruments import INSTRUMENTS
from restorekit.synthesis.printing.sheets import new_sheet


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_an_instrument_stands_in_its_box_and_has_dark_parts(name):
    pictures = set()
    for seed in range(12):
        sheet = new_sheet(generator(1, 9), 300, 300, "en", unit=24)
        sheet.colour = (0, 0, 0)
        INSTRUMENTS[name](new_pen(sheet, generator(seed, 1), 90, 90, 120), generator(seed, 2))
        picture = np.asarray(sheet.image).min(2)
        rows, columns = np.nonzero(picture < 250)
        assert min(rows.min(), columns.min()) >= 90 - 8 and max(rows.max(), columns.max()) <= 210 + 8
        assert (picture < 40).mean() > 0.004
        pictures.add(picture.tobytes())
    assert len(pictures) > 9


@pytest.mark.parametrize(("topic", "able"), [("science_2_forces", INSTRUMENTS), ("science_2_life", CARTOONS)])
def test_papers_of_physics_show_instruments_and_others_cartoons(topic, able):
    sheet = new_sheet(generator(1, 9), 300, 300, "en", unit=24)
    sheet.topic = topic
    assert spots._able(sheet) is able

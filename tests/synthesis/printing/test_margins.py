"""What stands around the text of a page."""

import re

import numpy as np
import pytest

from restorekit.synthesis.assets import faces_for, has_glyph
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import margins
from restorekit.synthesis.printing.sheets import new_sheet

LANGUAGES = ("en", "zh", "ru", "el", "es", "fr", "de", "ja", "ko")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_with_a_title_is_the_first_of_its_paper_and_none_is_beyond_the_last(language):
    first, later = set(), set()
    for seed in range(60):
        sheet = new_sheet(generator(1, 9), 400, 600, language, unit=16)
        sheet.title = "Test" * (seed % 2)
        text = margins._number(sheet, generator(seed, 1))
        number, *count = map(int, re.findall(r"\d+", text))
        assert 1 <= number <= (count or [8])[0] <= 8
        (first if sheet.title else later).add(number)
        assert all(has_glyph(face.path, one) for face in faces_for(language) for one in text if one.strip())
    assert first == {1} and min(later) == 2 and len(later) > 3


def test_heads_and_numbers_stand_at_the_rims_at_either_side_or_in_the_middle():
    places = set()
    for seed in range(60):
        sheet = new_sheet(generator(1, 9), 800, 600, "en", unit=16)
        sheet.topic = "mathematics_2"
        margins.furniture(sheet, generator(seed, 1))
        rows, columns = np.nonzero(np.asarray(sheet.image.convert("L")) < 128)
        assert not len(rows) or ((rows < 40) | (rows > 770)).all()
        low = columns[rows > 770]
        places |= {round(3 * float(low.mean()) / 600)} if len(low) else set()
    assert {0, 3} <= places and places & {1, 2}

"""Pictures beside texts."""

import numpy as np

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.pictures import picture
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.whole_papers import Block


def test_a_picture_stands_within_its_column_with_its_caption_below():
    tall = []
    for seed in range(12):
        sheet = new_sheet(generator(1, 9), 400, 600, "en", unit=20)
        end = picture(sheet, generator(seed, 2), Block("picture", ("Fig. 1",)), Style(), 40, 560, 30)
        rows, columns = np.nonzero(np.asarray(sheet.image.convert("L")) < 200)
        assert columns.min() >= 40 and columns.max() <= 561 and rows.min() > 30 and rows.max() <= end + 2
        assert not sheet.slots, "nothing is written there"
        tall.append(end - 30)
    assert min(tall) > 6 * 20 and np.ptp(tall) > 20

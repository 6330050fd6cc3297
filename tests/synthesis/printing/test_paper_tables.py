"""Tables of papers: what is in a cell stays in it."""

import numpy as np

from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import paper_lines, paper_tables
from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.sheets import new_sheet, text_width
from restorekit.synthesis.texts.whole_papers import Block


def test_blanks_shrink_with_the_print_of_a_table_that_is_too_wide(print_of, monkeypatch):
    uprights = []
    monkeypatch.setattr(paper_tables, "rule", lambda _, a, b, c, d: uprights.append(a) if a == c else None)
    printed = print_of(paper_lines)
    sheet = new_sheet(generator(3, 16), 300, 500, "zh", unit=30)
    sheet.plan = sheet.plan._replace(brackets=True, pair="()")
    block = Block("table", ("时间 | 6秒 | [8]秒 | [12]秒 | [15]秒", "路程 | 12米 | 18米 | [24]米 | 30米"), 0)
    paper_tables.table(sheet, generator(1, 2), block, Style(), 20, 480, 20)
    assert len(uprights) == 6
    small = sheet.body._replace(size=10)
    for _, x, text in printed:
        right = min(edge for edge in uprights if edge > x)
        assert x + text_width(text, small) < right, text
        assert np.searchsorted(uprights, x) > 0

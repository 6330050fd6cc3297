"""Small things beside the text: where they are, and that they leave it free."""

import numpy as np
import pytest

from restorekit.synthesis.assets import faces_for, has_glyph
from restorekit.synthesis.pages import generator
from restorekit.synthesis.printing import ornaments, paper_tables
from restorekit.synthesis.printing.paper_lines import Style
from restorekit.synthesis.printing.sheets import new_sheet
from restorekit.synthesis.texts.whole_papers import Block


def blank(unit=20):
    return new_sheet(generator(1, 9), 300, 600, "en", unit=unit)


def dark(sheet):
    """Left, top, right and bottom of what is printed."""
    rows, columns = np.nonzero(np.asarray(sheet.image.convert("L")) < 200)
    return columns.min(), rows.min(), columns.max(), rows.max()


def test_a_star_has_five_points_of_one_length():
    points = ornaments.star(10.0, 20.0, 5.0)
    away = np.hypot(*(points - (10, 20)).T)
    assert away[0::2] == pytest.approx([5.0] * 6) and away[1::2] == pytest.approx([2.0] * 5)
    assert points[0] == pytest.approx(points[-1]) and points[0] == pytest.approx((10, 15))


def test_stars_and_faces_end_where_they_say():
    for count in (0, 4):
        sheet = blank()
        draw = ornaments.stars if count else ornaments.faces
        end = draw(sheet, 50, 100, 20, *([count] if count else []))
        left, top, right, bottom = dark(sheet)
        assert 50 <= left < 60 and end - 12 < right <= end and 80 < top < bottom < 106


@pytest.mark.parametrize("mark", ["star", "diamond", "dot"])
def test_headings_begin_behind_their_mark(mark):
    sheet = blank(30)
    end = ornaments.mark_before(sheet, mark, 50, 100, sheet.body)
    left, _, right, _ = dark(sheet)
    assert left >= 50 and right < end < 110
    assert ornaments.mark_before(sheet, "", 50, 100, sheet.body) == 50


def test_nothing_is_rated_where_there_is_no_room():
    sheet = blank()
    ornaments.rate(sheet, "stars", 480, 580, 100)
    ornaments.rate(sheet, "", 50, 580, 100)
    assert np.asarray(sheet.image).min() == 255
    ornaments.rate(sheet, "faces", 400, 580, 100)
    left, _, right, _ = dark(sheet)
    assert 420 < left < right <= 580


def test_what_closes_a_paper_stands_between_its_end_and_the_foot():
    closed = 0
    for seed in range(20):
        sheet = blank(16)
        ornaments.close(sheet, generator(seed, 3), 20, 580, 60, 280)
        if np.asarray(sheet.image).min() < 255:
            closed += 1
            left, top, right, bottom = dark(sheet)
            assert 20 <= left < right <= 580 and 60 < top < bottom <= 280
    assert 1 < closed < 14
    for language, texts in ornaments.ENDS.items():
        for face in faces_for(language):
            assert all(has_glyph(face.path, one) for one in "".join(texts) if one.strip())


def test_most_papers_have_plain_headings():
    for marks, rated in zip(ornaments.MARKS, ornaments.RATED, strict=True):
        assert marks[""] > 0.8 and rated[""] > 0.9
        assert sum(marks.values()) == pytest.approx(1) == sum(rated.values())


@pytest.mark.parametrize(("lines", "said"), [("rule", ["(tall / wet)"]), ("dashed", ["tall", "wet"])])
def test_two_words_to_choose_from_stand_in_brackets_or_as_the_page_has_rooms(lines, said, print_of):
    printed = print_of(paper_tables)
    sheet = new_sheet(generator(1, 16), 300, 600, "en", unit=20)
    sheet.plan = sheet.plan._replace(lines=lines)
    end = paper_tables.words(sheet, generator(1, 17), Block("words", ("tall | wet",)), Style(), 20, 580, 40)
    assert [text for _, _, text in printed] == said and end > 40 + 1.2 * 20
    ink = np.asarray(sheet.image.convert("L"))[42:] < 250
    assert (ink.sum(1).max() > 60) == (lines == "dashed"), "frames have level rules"

import cv2
import numpy as np
import pytest

from restorekit.inferencers.text_size import stroke_width, text_height


def page_of(height, count=40, shape=(600, 800), bold=False):
    """Boxes with a bar across, as tall as said: letters, as far as shape goes; bold ones are all black."""
    page = np.full(shape, 240, np.uint8)
    width = max(3, round(0.7 * height))
    across = (shape[1] - 20) // (2 * width)
    for index in range(count):
        y, x = 10 + index // across * 2 * height, 10 + index % across * 2 * width
        page[y : y + height, x : x + width] = 30
        if not bold:
            page[y + 2 : y + height - 2, x + 1 : x + width - 1] = 200
            page[y : y + height, x + width // 2] = 30
    return page


@pytest.mark.parametrize("height", [8, 15, 24, 40])
def test_the_height_of_letters(height):
    assert text_height(page_of(height)) == height


def test_dots_rules_frames_and_shade_do_not_count():
    page = page_of(20)
    page[500:502, 10:790] = 0  # a rule
    page[380:480, 10:790][[0, -1]] = 0  # a frame
    page[380:480, [10, 789]] = 0
    page[520:523:, 10:780:20] = 0  # dots
    shade = np.linspace(1, 0.6, 800)[None]
    assert text_height((page * shade).astype(np.uint8)) == 20


@pytest.mark.parametrize("width, height", [(5, 25.0), (4, None)])
def test_bars_over_five_times_as_tall_as_wide_are_no_letters(width, height):
    page = np.full((600, 800), 240, np.uint8)
    for place in range(20):
        page[100:125, 20 + 30 * place : 20 + 30 * place + width] = 30
    assert text_height(page) == height


def boxes(*sizes):
    """Twenty dark boxes of each size, ``(height, width)``."""
    page = np.full((600, 1600), 240, np.uint8)
    for row, (height, width) in enumerate(sizes):
        for place in range(20):
            page[20 + 100 * row :, 20 + 75 * place :][:height, :width] = 30
    return page


@pytest.mark.parametrize(
    "size, height",
    [((5, 5), 5.0), ((4, 5), None), ((20, 60), 20.0), ((20, 61), None)],
    ids=["five px", "a dot", "wide", "a dash"],
)
def test_letters_are_of_five_px_and_no_wider_than_three_times_that(size, height):
    assert text_height(boxes(size)) == height


def test_each_letter_counts_as_much_as_it_is_tall():
    assert text_height(boxes((10, 8), (10, 8), (25, 20))) == 25.0  # 400 px of 10 and 500 of 25
    assert text_height(boxes((10, 8), (10, 8), (10, 8), (25, 20))) == 10.0


def test_parts_that_touch_at_corners_are_one_letter():
    page = np.full((200, 700), 240, np.uint8)
    for place in range(20):
        letter = page[50:, 20 + 30 * place :]
        letter[:10, :10], letter[10:20, 10:20] = 30, 30
    assert text_height(page) == 20.0


def test_it_grows_with_the_page():
    page = page_of(16)
    for factor in (2, 3):
        larger = cv2.resize(page, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
        assert text_height(larger) == pytest.approx(16 * factor, abs=factor)  # soft edges


@pytest.mark.parametrize(
    "page", [np.full((300, 300), 255, np.uint8), page_of(20, count=5), page_of(20)[:1, :1]]
)
def test_too_few_letters_have_no_height(page):
    assert text_height(page) is None


def bars(*sizes, shape=(600, 800)):
    """A row of black bars for each width and height."""
    page = np.full(shape, 240, np.uint8)
    for row, (width, height) in enumerate(sizes):
        for place in range(20):
            page[20 + 100 * row : 20 + 100 * row + height, 20 + 35 * place : 20 + 35 * place + width] = 30
    return page


def test_the_width_of_strokes_is_twice_their_area_by_their_edge():
    assert stroke_width(bars((6, 30))) == pytest.approx(2 * 6 * 30 / (2 * 36 - 4))
    assert stroke_width(bars((2, 5))) == 2, "all edge"


def test_tall_letters_count_more_for_the_width_of_strokes():
    assert stroke_width(bars((12, 40), (4, 15), (4, 15))) == pytest.approx(2 * 12 * 40 / (2 * 52 - 4))
    assert stroke_width(bars((12, 40), *3 * [(4, 15)])) == pytest.approx(2 * 4 * 15 / (2 * 19 - 4))


def test_large_letters_of_a_thin_pen_have_thin_strokes():
    assert stroke_width(page_of(48)) == pytest.approx(stroke_width(page_of(24)), rel=0.01)


def test_few_letters_tell_no_width():
    assert stroke_width(bars((6, 30))[:, :400]) is None

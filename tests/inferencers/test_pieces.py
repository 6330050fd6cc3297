import numpy as np
import pytest

from restorekit.inferencers.density import off_grey
from restorekit.inferencers.pieces import FEATURES, MONOTONE, PagePieces

PAPER, PRINT = 200, 50
"""Levels: print takes away three quarters of the light."""


@pytest.fixture
def page():
    """Print of 40 by 20 px, and 60 px to the right of it a bar of 10 by 4, which was erased."""
    levels = np.full((256, 256, 3), PAPER, np.uint8)
    levels[100:120, 40:80] = PRINT
    levels[108:112, 140:150] = PRINT
    probability = np.zeros((256, 256), np.float32)
    probability[108:112, 140:150] = 0.75
    return levels, probability


def find_pieces(page, probability, *, kept=False):
    return PagePieces(page, probability).find(kept=kept)


def features(page):
    return find_pieces(*page).features[0]


def test_a_piece_is_told_by_its_looks(page):
    page[1][108:112, 140:145], page[1][108:112, 145:150] = 0.6, 0.9
    pieces = find_pieces(*page)
    assert pieces.features.shape == (1, FEATURES[0]) and pieces.features.dtype == np.float32
    np.testing.assert_array_equal(pieces.labels > 0, page[1] > 0)
    assert pieces.judged.tolist() == [1] and pieces.dark.sum() == 40 * 20 + 10 * 4
    mean, spread, area, height, width, aspect, filled, dark, darkest = pieces.features[0, :9]
    assert (mean, spread, area) == pytest.approx((0.75, 0.15, np.log(41)))
    assert (height, width, aspect) == pytest.approx((4 / 22, 10 / 22, np.log(0.4)))
    assert filled == 1 and (dark, darkest) == pytest.approx((0.75, 0.75))


def test_it_lies_along_and_a_turned_one_stands(page):
    length, slant, upright = features(page)[11:14]
    assert length > 1.5 and slant == pytest.approx(0, abs=1e-6) and upright == pytest.approx(0, abs=1e-6)
    standing = features([np.ascontiguousarray(plane.swapaxes(0, 1)) for plane in page])
    assert standing[11] == pytest.approx(length) and standing[13] == pytest.approx(1)


@pytest.mark.parametrize(("step", "width"), [(0, 3), (1, 2), (2, 4), (-1, 3)])
def test_its_length_and_slant_are_those_of_its_principal_axis(page, step, width):
    rows = np.repeat(np.arange(12), width)
    columns = step * rows + np.tile(np.arange(width), 12)
    page[1][:] = 0
    page[0][30 + rows, 60 + columns], page[1][30 + rows, 60 + columns] = PRINT, 1
    values, axes = np.linalg.eigh(np.cov(columns, rows, bias=True))
    across, down = axes[:, 1]
    slant = 2 * abs(across * down) * (values[1] - values[0]) / values.sum()
    expected = np.log(values[1] / values[0]), slant, abs(down)
    assert features(page)[11:14] == pytest.approx(expected, abs=1e-5)


def test_a_line_of_one_px_is_as_wide_as_a_twentieth_of_a_px_squared(page):
    page[0][108:112, 140:150], page[1][108:112, 140:150] = PAPER, 0
    page[0][110, 140:152], page[1][110, 140:152] = PRINT, 1
    assert features(page)[11] == pytest.approx(np.log((12**2 - 1) / 12 / 0.05))


def test_it_is_compared_with_the_print_of_the_page(page):
    relative = features(page)[17:26]
    assert relative[0] == pytest.approx(4 / 20)  # its height, of the print's
    np.testing.assert_allclose(relative[[1, 2, 5, 6, 7, 8]], 0, atol=1e-6)  # darkness and colours
    assert relative[3] < -2  # thinner than print
    page[0][108:112, 140:150] = PRINT + 30, PRINT, PRINT - 30
    assert features(page)[22] == pytest.approx(30 / 255) and features(page)[24] == pytest.approx(-30 / 255)


@pytest.mark.parametrize(("height", "share"), [(3, 4 / 5), (5, 4 / 5), (6, 4 / 6)])
def test_print_counts_as_5_px_tall_at_least(page, height, share):
    page[0][100:120, 40:80] = PAPER
    page[0][100 : 100 + height, 40:80] = PRINT
    assert features(page)[17] == pytest.approx(share)


def test_what_lies_around_counts_and_in_its_line_the_more(page):
    def around(own):
        return features(own)[26:36].reshape(2, 5)

    line, all_around = around(page)
    for kept, ink, share, darker, doubt in (line, all_around):
        assert kept == pytest.approx(np.log(801)) and ink == 0
        assert share == pytest.approx(820 / 840) and darker == pytest.approx(0, abs=1e-6) and doubt == 0
    page[0][180:190, 100:200] = PRINT
    page[1][180:190, 100:200] = 1
    line, all_around = around(page)
    assert line[1] == 0 and all_around[1] == pytest.approx(np.log(1001))
    assert all_around[2] == pytest.approx(820 / 1840)


def test_a_piece_of_a_letter_knows_the_whole(page):
    page[1][:] = 0
    page[1][100:120, 40:50] = 1  # a quarter of the print
    share, area, touching = features(page)[14:17]
    assert share == pytest.approx(0.25) and area == pytest.approx(np.log(801))
    assert touching == pytest.approx(0.2)  # the two columns beside what was kept


def test_pieces_of_less_than_12_px_are_not_judged(page):
    page[0][30:33, 30:34] = PRINT
    page[1][30:33, 30:34] = 1
    assert find_pieces(*page).judged.tolist() == [1, 2]
    page[0][30, 30] = PAPER
    assert find_pieces(*page).judged.tolist() == [2]


@pytest.mark.parametrize(("level", "found"), [(172, False), (168, True)])
def test_print_and_ink_take_away_15_percent_of_the_light(page, level, found):
    page[0][108:112, 140:150] = level
    assert (find_pieces(*page) is not None) == found


@pytest.mark.parametrize(("probability", "found"), [(0.49, False), (0.5, True)])
def test_what_is_as_likely_ink_as_print_was_erased(page, probability, found):
    page[1][108:112, 140:150] = probability
    assert (find_pieces(*page) is not None) == found


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    ("down", "across", "in_line", "around"),
    [
        (3, 33, 1, 1),
        (4, 0, 0, 1),
        (0, 34, 0, 1),
        (39, 66, 0, 1),
        (40, 0, 0, 0),
        (0, 67, 0, 0),
    ],
)
def test_a_line_and_what_lies_around_reach_so_many_squares_of_4_px(sign, down, across, in_line, around):
    levels, probability = np.full((332, 556, 3), PAPER, np.uint8), np.zeros((332, 556), np.float32)
    row, column = 41 * 4, 69 * 4
    levels[row : row + 4, column : column + 4] = PRINT
    probability[row : row + 4, column : column + 4] = 1
    row, column = row + sign * 4 * down, column + sign * 4 * across
    levels[row : row + 4, column : column + 4] = PRINT
    own = find_pieces(levels, probability).features[0]
    assert own[[26, 31]] == pytest.approx(np.log1p([16 * in_line, 16 * around]))
    assert own[[27, 32]] == pytest.approx(0)


@pytest.mark.parametrize(("count", "darker", "doubt"), [(30, 0, 0.2), (31, -0.25, 0.1)])
def test_print_around_is_compared_with_where_there_is_enough(page, count, darker, doubt):
    levels, probability = page
    levels[100:120, 40:80] = PAPER
    levels[108:113, 100:106] = levels[108, 106 : 106 + count - 30] = 100  # half of the light
    probability[108:113, 100:107] = 0.1
    own = features(page)
    assert own[[29, 34]] == pytest.approx(darker, abs=1e-6) and own[[30, 35]] == pytest.approx(doubt)


def corner_at(page, row, column, probability=0.0, turned=False):
    """An L of 20 by 16 px, as it is or upside down."""
    shape = np.zeros((20, 16), bool)
    shape[:, :4] = shape[-4:] = True
    shape = shape[::-1] if turned else shape
    page[0][row : row + 20, column : column + 16][shape] = PRINT
    page[1][row : row + 20, column : column + 16][shape] = probability


@pytest.fixture
def corners():
    """Two that stand among print, and a third and one upside down that were erased."""
    page = np.full((256, 256, 3), PAPER, np.uint8), np.zeros((256, 256), np.float32)
    corner_at(page, 40, 40)
    corner_at(page, 40, 140)
    corner_at(page, 100, 40, probability=0.9)
    corner_at(page, 100, 140, probability=0.9, turned=True)
    return page


def test_a_piece_that_comes_again_in_print_is_known_by_it(corners):
    again, lone = find_pieces(*corners).features[:, 40:44]
    assert again[[0, 2]] == pytest.approx(1, abs=1e-3)
    assert again[[1, 3]] == pytest.approx(1 - lone[0], abs=1e-3)  # beside the one upside down
    assert lone[0] < 0.5 and lone[[1, 3]] == pytest.approx(0, abs=1e-3)


def test_part_of_a_letter_is_told_by_the_whole_letter_where_that_was_neither_kept_nor_erased(corners):
    corners[1][100:110, 40:56] = 0
    part = find_pieces(*corners).features[1, 40:44]
    assert part[0] < 0.5 and part[2] == pytest.approx(1, abs=1e-3)
    corners[1][40:50, 140:156] = corners[1][40:50, 40:56] = 0.9  # as are those that it is like
    assert find_pieces(*corners).features[3, 42] < 0.5


def test_what_is_of_prints_looks_and_hues_lies_on_its_side_of_the_page(corners):
    corners[0][180:184, 140:180], corners[1][180:184, 140:180] = PRINT, 0.9  # a dash
    alike, dash = find_pieces(*corners).features[[1, 2], 44]
    assert dash < 0 < alike
    for off in ((40, -40, 0), (0, -40, 40)):  # red or blue alone
        corners[0][corners[1] > 0] = PRINT + np.array(off)  # all ink
        assert find_pieces(*corners).features[1, 44] < 0


def test_print_is_the_likelier_the_less_sure_ink_was_the_less_alike_and_the_more_print_is_around():
    signs = {index: sign for index, sign in enumerate(MONOTONE) if sign}
    assert signs == {0: -1, 14: -1, 28: 1, 33: 1, 36: -1, 38: -1, 41: 1, 43: 1}


def test_there_is_nothing_to_judge_or_to_compare_with(page):
    levels, probability = page
    assert find_pieces(levels, np.zeros_like(probability)) is None
    assert find_pieces(levels, np.ones_like(probability)) is None
    assert find_pieces(np.full_like(levels, PAPER), np.ones_like(probability)) is None


@pytest.fixture
def thin(page):
    """The same with print of 36 by 12 px, as thick as strokes are."""
    page[0][100:120, 40:80] = PAPER
    page[0][104:116, 40:76] = PRINT
    return page


def test_what_was_kept_is_told_by_the_same(thin):
    pieces = find_pieces(*thin, kept=True)
    assert pieces.judged.tolist() == [1] and pieces.features.shape == (1, FEATURES[1])
    np.testing.assert_array_equal(pieces.labels > 0, (thin[0][..., 0] == PRINT) & (thin[1] == 0))
    own = pieces.features[0]
    assert own[[0, 2, 3, 4, 14, 16]] == pytest.approx([0, np.log(433), 12 / 22, 36 / 22, 0, 0])
    np.testing.assert_allclose(own[18:26], [0, 0, 0, own[21], 0, 0, 0, 0], atol=1e-6)
    assert own[21] > 2  # thicker than ink
    around = own[26:36].reshape(2, 5)
    assert (around[:, 0] == 0).all() and around[:, 1] == pytest.approx(np.log([41, 41]))
    assert around[:, 2] == pytest.approx([20 / 80, 20 / 80])


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ((10, 12), (40, 46)),  # a rule of 2 px
        ((10, 20), (40, 80)),  # four times as wide as high
        ((10, 30), (0, 12)),  # at the border
        ((236, 256), (60, 72)),
        ((10, 26), (40, 56)),  # a hole
    ],
)
def test_rules_holes_and_what_reaches_the_border_are_not_judged_where_they_were_kept(thin, rows, columns):
    thin[0][slice(*rows), slice(*columns)] = PRINT
    pieces = find_pieces(*thin, kept=True)
    assert pieces.labels.max() == 2 and len(pieces.judged) == 1
    thin[0][40:60, 140:150] = PRINT
    assert len(find_pieces(*thin, kept=True).judged) == 2


@pytest.mark.parametrize(
    ("height", "width", "judged"), [(3, 8, 2), (2, 7, 1), (12, 12, 2), (13, 13, 1), (5, 19, 2), (5, 20, 1)]
)
def test_strokes_are_3_to_12_px_wide_and_less_than_4_times_as_long(thin, height, width, judged):
    thin[0][10 : 10 + height, 40 : 40 + width] = PRINT
    assert len(find_pieces(*thin, kept=True).judged) == judged


@pytest.mark.parametrize("near", [0, 1])
@pytest.mark.parametrize("turn", range(4))
def test_what_comes_within_a_px_of_the_border_is_judged(thin, near, turn):
    thin[0][near : near + 12, 120:132] = PRINT
    turned = [np.ascontiguousarray(np.rot90(plane, turn)) for plane in thin]
    assert len(find_pieces(*turned, kept=True).judged) == 1 + near


def test_nothing_is_judged_where_there_are_rules_alone(page):
    page[0][100:120, 40:80] = PAPER
    page[0][30:34, 40:90] = PRINT
    assert find_pieces(*page, kept=True) is None


INK_BLUE = np.array([50, 50, 52], np.uint8)
"""As good as black, and 2 levels bluer than print."""


@pytest.fixture
def blue(page):
    """Four bars of print, and as many of ink that is hardly bluer; of either one was judged wrongly."""
    levels, probability = np.full_like(page[0], PAPER), np.zeros_like(page[1])
    levels[0, 0, 0] += 1
    for index in range(4):
        print_, ink = slice(20 + 40 * index, 26 + 40 * index), slice(40 + 40 * index, 46 + 40 * index)
        levels[print_, 40:60], levels[ink, 40:60] = PRINT, INK_BLUE
        probability[ink if index else print_, 40:60] = 1
    return levels, probability


@pytest.mark.parametrize("kept", [False, True])
def test_a_hardly_bluer_ink_is_told_from_print(blue, kept):
    ratios = find_pieces(*blue, kept=kept).features[:, 36]
    wrong, *right = (1 if kept else -1) * ratios
    assert wrong > 5 and right == pytest.approx(3 * [np.log((1 / 4) / (2 / 3))], abs=0.02)


def test_how_far_their_colour_is_from_prints_is_in_spreads_of_it_of_250th_at_least(blue):
    distance = find_pieces(*blue).features[:, 37]
    density = -np.log(np.array([[51, 51, 53], [51, 51, 51]]) / 201)
    colour = np.stack(off_grey(density.T)) / np.linalg.norm(density, axis=1)
    assert distance == pytest.approx([0, *3 * [np.log1p(np.linalg.norm(colour[:, 0]) / 0.004)]], abs=0.02)


def test_on_grey_pages_colour_says_nothing(page):
    page[0][30:34, 140:150], page[1][30:34, 140:150] = PRINT, 1
    np.testing.assert_allclose(find_pieces(*page).features[:, 36:38], 0, atol=1e-3)


def test_darkness_and_width_together_tell_ink_from_print(page):
    levels, probability = np.full_like(page[0], PAPER), np.zeros_like(page[1])
    for index in range(4):
        print_, ink = slice(20 + 40 * index, 30 + 40 * index), slice(40 + 40 * index, 44 + 40 * index)
        levels[print_, 40:60], levels[ink, 40:60] = PRINT, 60
        probability[ink if index else print_, 40:60] = 1
    own = find_pieces(levels, probability).features
    assert own[0, 38] < -1 and (own[1:, 38] > 1).all()
    thinner = np.log(own[0, 9] / own[1, 9])
    assert own[:, 39] == pytest.approx([0, *3 * [np.log1p(np.hypot(0.05 / 0.01, thinner / 0.03))]], abs=1e-3)

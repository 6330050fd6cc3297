import numpy as np
import pytest
import torch

from restorekit.inferencers import InkColour
from restorekit.inferencers.density import coloured_paper, off_grey
from restorekit.inferencers.functional import reader
from restorekit.inferencers.inks import HUES, Inks, find_inks, hues
from restorekit.inferencers.print_below import _by_colour, print_below
from tests.inferencers.test_ink_colour import PAPER, PRINT, RED, Page

BLUE = torch.tensor([1.1, 0.7, 0.15])
BLACK = torch.tensor([0.9, 0.95, 0.92])
WORDS = slice(20, 50), slice(20, 120)


def erased(page):
    """What a network gives that takes the print away with all ink, and the mask."""
    image = torch.where(page.probability > 0.5, PAPER[:, None, None], page.image[0])
    return torch.cat([image, page.probability[None]])


def brought_back(page):
    """Where print came back, and the result."""
    output = restored(page, erased(page))
    return (output != erased(page)).any(0), output


def restored(page, output):
    """``output`` with print brought back, in place."""
    read = reader(page.image)
    paper = coloured_paper(read, tuple(page.below.shape[1:]))
    print_below(output, read, paper, find_inks(read, output[3], paper, pure=0.85, doubt=0.05))
    return output


@pytest.fixture
def page():
    """A rule that red ink crosses, and more of the ink on paper."""
    page = Page(height=240)
    page.write(*WORDS, probability=1)
    page.print(slice(100, 104), slice(20, 300))
    page.write(slice(90, 114), slice(60, 80), probability=1)
    return page


def test_print_below_coloured_ink_comes_back_as_it_was(page):
    back, output = brought_back(page)
    expected = torch.zeros(240, 320, dtype=bool)
    expected[100:104, 60:80] = True
    assert torch.equal(back, expected)
    torch.testing.assert_close(output[:3], page.clean[0], atol=0.02, rtol=0)
    assert (output[3, 100:104, 60:80] == torch.tensor(0.49)).all()


def test_it_is_part_of_ink_colour(page):
    output = InkColour()(lambda _: erased(page)[None], page.image)
    torch.testing.assert_close(output[0, :3], page.clean[0], atol=0.02, rtol=0)


def test_a_letter_that_was_erased_whole_comes_back_where_all_ink_is_coloured(page):
    page.print(slice(40, 60), slice(130, 134))
    page.probability[40:60, 130:134] = 1
    back, output = brought_back(page)
    assert back[40:60, 130:134].all()
    torch.testing.assert_close(output[:3], page.clean[0], atol=0.02, rtol=0)


def test_black_ink_stays_erased_beside_coloured_ink(page):
    # a sixth of the page's ink, but all of it around
    page.write(slice(150, 170), slice(40, 70), BLACK, probability=1)
    back, _ = brought_back(page)
    assert back[100:104, 60:80].all() and not back[150:170].any()
    # amid coloured ink, but now that is not all there is
    page.write(slice(30, 45), slice(128, 134), BLACK, probability=1)
    page.write(slice(190, 230), slice(100, 140), BLACK, probability=1)
    back, _ = brought_back(page)
    assert back[100:104, 60:80].all() and back.sum() == 80


def test_beside_black_ink_print_must_touch_what_was_kept_of_it(page):
    page.write(slice(150, 220), slice(40, 140), BLACK, probability=1)
    page.print(slice(30, 34), slice(40, 60))  # below the words, whole
    before = erased(page)
    before[:3, 30:34, 60:64] = 0.3  # what was left of ink is no print
    back = (restored(page, before.clone()) != before).any(0)
    assert back[100:104, 60:80].all() and back.sum() == 80


def test_beside_black_ink_print_must_lie_below_coloured_ink(page):
    page.write(slice(150, 220), slice(40, 140), BLACK, probability=1)
    page.probability[100:104, 86:96] = 1  # print that was erased beside what crosses the rule
    back, _ = brought_back(page)
    assert back.sum() == 80


def test_amid_black_ink_nothing_is_told(page):
    page.write(slice(150, 220), slice(40, 134), BLACK, probability=1)
    page.print(slice(180, 184), slice(140, 300))
    page.write(slice(170, 194), slice(140, 150), probability=1)
    back, _ = brought_back(page)
    assert back.sum() == 80


def test_two_inks_that_cross_are_no_print(page):
    page.write(slice(150, 180), slice(20, 120), BLUE, probability=1)
    page.write(slice(160, 166), slice(30, 50), RED + BLUE, probability=1)
    back, _ = brought_back(page)
    assert back.sum() == 80


@pytest.mark.parametrize(("density", "found"), [(0.2, 0), (0.3, 80)])
def test_pale_print_is_not_told_from_uneven_ink(density, found):
    page = Page(height=240)
    page.write(*WORDS, probability=1)
    page.print(slice(100, 104), slice(20, 300), density * PRINT)
    page.write(slice(90, 114), slice(60, 80), probability=1)
    assert brought_back(page)[0].sum() == found


def test_where_ink_itself_is_uneven_print_must_be_denser(page):
    page.ink[:, 20:50, 20:40] += 0.8  # of a fifth of the words
    assert not brought_back(page)[0].any()


def test_print_that_was_kept_is_left_alone(page):
    before = erased(page)
    before[:3, 100:104, 60:80] = page.clean[0][:, 100:104, 60:80] * 1.05
    assert torch.equal(restored(page, before.clone()), before)


def test_specks_are_no_print(page):
    page.print(slice(30, 31), slice(40, 45))
    back, _ = brought_back(page)
    assert back.sum() == 80
    page.print(slice(30, 31), slice(45, 46))
    assert brought_back(page)[0].sum() == 86


def test_what_no_network_takes_for_ink_stays(page):
    before = erased(page)
    before[3, 100:104, 70:80] = 0.09
    back = (restored(page, before.clone()) != before).any(0)
    assert back[100:104, 60:70].all() and back.sum() == 40


def test_soft_edges_of_print_come_back_with_it(page):
    page.below[:, 99, 20:300] = 0.15
    page.below[:, 104, 20:300] = 0.08
    before = erased(page)
    before[:3, 99, 60:70] = PAPER[:, None] * np.exp(-0.14)  # hardly paler than it was
    back = (restored(page, before.clone()) != before).any(0)
    assert back[100:104, 60:80].all() and back[99, 70:80].all() and back.sum() == 90


def inks(**densities):
    """Those of some colours, each at its own hue alone."""
    found, density = torch.zeros(HUES, dtype=bool), torch.zeros(3, HUES)
    for own in densities.values():
        found[hues(own)] = True
        density[:, hues(own)] = own
    return Inks(found, density)


def of_ink(shares, density):
    """What inks have of a density, by its colour."""
    across, along = off_grey(density)
    return shares[0][:, hues(density)] * across + shares[1][:, hues(density)] * along


def test_the_colour_of_an_ink_tells_how_much_of_it_there_is():
    shares, known = _by_colour(inks(red=RED))
    assert known.nonzero()[:, 0].tolist() == [int(hues(RED))]
    for amount in (0.3, 1, 2):
        torch.testing.assert_close(of_ink(shares, amount * RED), amount * RED)
        torch.testing.assert_close(of_ink(shares, amount * RED + 0.7), amount * RED)
    assert (of_ink(shares, BLUE) == 0).all()


def test_colours_between_two_inks_are_mixtures_of_both():
    shares, known = _by_colour(inks(red=RED, blue=BLUE))
    for mixture in (RED + BLUE, 0.3 * RED + BLUE, RED + 0.5 * BLUE):
        assert known[hues(mixture)]
        torch.testing.assert_close(of_ink(shares, mixture + 0.7), mixture)
    assert not known[hues(torch.tensor([1.0, 0.2, 1.0]))]


def test_hues_between_opposite_inks_are_not_known():
    green = torch.tensor([0.9, 0.1, 0.9])
    magenta = torch.tensor([0.1, 0.9, 0.1])
    shares, known = _by_colour(inks(green=green, magenta=magenta))
    assert known.sum() == 2 and (shares[..., ~known] == 0).all()


def test_what_has_another_colour_than_ink_and_grey_is_not_told(page):
    page.print(slice(30, 34), slice(40, 60))
    page.below[:, 30:34, 40:60] = BLUE[:, None, None]  # blue print below red ink: violet
    back, _ = brought_back(page)
    assert back.sum() == 80

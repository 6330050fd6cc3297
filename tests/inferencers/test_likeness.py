import numpy as np
import pytest

from restorekit.inferencers import likeness as module
from restorekit.inferencers.likeness import KERNEL, RARE, likeness, median

LEAST = 0.1, 1.0
INK, PRINT = np.array([[1.0, 20.0]]), np.array([[0.5, 10.0], [0.5, 10.0]])
"""5 and 10 spreads of print from print, for print all alike has the least spread."""


def of(own, ink=INK, print_=PRINT, areas=None, least=LEAST):
    areas = areas or [np.full(len(kind), 100.0) for kind in (ink, print_)]
    return [value.tolist() for value in likeness([ink, print_], areas, own, least)]


@pytest.mark.parametrize(
    ("values", "weights", "middle"), [([3, 1, 2], [1, 1, 1], 2), ([3, 1, 2], [9, 1, 1], 3)]
)
def test_the_median_is_where_half_of_the_weight_is_reached(values, weights, middle):
    assert median(np.array(values), np.array(weights)) == middle


def test_what_is_like_all_of_one_kind_and_none_of_the_other_is_as_likely_as_can_be_told():
    ratio, _ = of(1)
    assert ratio == pytest.approx(2 * [np.log(RARE / (1 + RARE))], abs=1e-3)


def test_each_thing_is_compared_with_the_others_of_its_kind_and_not_with_itself():
    ratio, distance = of(0)
    assert ratio == pytest.approx([0], abs=1e-3)
    assert distance == pytest.approx([np.log1p(np.hypot(5, 10))])
    ratio, _ = of(0, np.repeat(INK, 2, 0))
    assert ratio == pytest.approx(2 * [np.log((1 + RARE) / RARE)], abs=1e-3)


@pytest.mark.parametrize("off", [0, 1, 2])
def test_density_falls_off_as_a_normal_one_of_the_prints_spread(off):
    print_ = np.array([[0.5, 10.0], [0.5, 10.0 + off]])
    ratio, distance = of(1, print_=print_)
    near = np.exp(-(off**2) / 2)
    assert ratio == pytest.approx(2 * [np.log(RARE / (near + RARE))], rel=0.03)
    assert distance == pytest.approx([0, np.log1p(off)])


def test_the_spread_is_the_median_deviation_as_a_standard_one():
    print_ = np.array([[0.5, value] for value in (4, 7, 10, 13, 16)], float)
    _, distance = of(0, print_=print_)
    assert distance == pytest.approx([np.log1p(np.hypot(5, 10 / (1.4826 * 3)))])


def test_large_things_weigh_more_by_the_root_up_to_400_px():
    ink, print_ = np.repeat(INK, 3, 0), np.repeat(PRINT, 2, 0)
    ink[1:] = PRINT[0]
    for areas, share in (([100, 100, 100], 1 / 3), ([100, 400, 400], 1 / 5), ([100, 400, 4000], 1 / 5)):
        at_ink = np.vstack([print_, INK])
        ratio, _ = of(1, ink, at_ink, [np.array(areas, float), np.full(5, 100.0)])
        assert ratio[-1] == pytest.approx(np.log((share + RARE) / RARE), abs=1e-2)


@pytest.mark.parametrize(("spreads", "alike"), [(24, 1), (23, np.exp(-1 / 2)), (22, np.exp(-2))])
def test_what_is_beyond_24_spreads_is_as_far(spreads, alike):
    both = np.array([[0.5, 10.0 + spreads], [0.5, 10 + 90.0]])
    assert of(0, both)[0] == pytest.approx(2 * [np.log((alike + RARE) / RARE)], rel=0.01)


def test_the_only_one_of_a_kind_has_nothing_to_be_like():
    ratio, distance = of(1, print_=PRINT[:1])
    assert ratio == pytest.approx([0], abs=1e-3) and distance == [0]


def test_the_kernel_is_what_the_blur_makes_of_one_thing():
    plane = np.zeros((61, 61), np.float32)
    plane[30, 30] = 1
    assert module.cv2.GaussianBlur(plane, (0, 0), module.FINE)[30, 30] == pytest.approx(KERNEL, rel=1e-6)

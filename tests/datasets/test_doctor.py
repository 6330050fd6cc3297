import cv2
import numpy as np
import pytest
from PIL import Image

from restorekit.datasets.doctor import examine_page, examine_pages, list_pages
from restorekit.datasets.registration import Registration


def save(root, image, target, mask=None, name="p"):
    for folder, plane in (("images", image), ("gts", target), ("masks", mask)):
        if plane is not None:
            (root / folder).mkdir(parents=True, exist_ok=True)
            Image.fromarray(plane).save(root / folder / f"{name}.bmp")  # quicker than PNG


def examine(root):
    (page,) = examine_pages(list_pages(root))
    return page


def kinds(page):
    return [(finding.kind, finding.problem) for finding in page.findings]


@pytest.fixture
def pair(make_pair):
    return make_pair(height=420, width=420)


def exact_mask(image, target):
    return np.where(np.any(image != target, axis=2), 255, 0).astype(np.uint8)


def test_a_good_pair_has_no_findings_and_exact_measures(tmp_path, pair):
    image, target = pair
    mask = exact_mask(image, target)
    save(tmp_path, image, target, mask)
    page = examine(tmp_path)
    assert page.findings == [] and not page.has_problem
    assert page.size == (420, 420)
    expected = np.abs(image.astype(int) - target).sum(axis=2) > 75
    assert page.ink_share == pytest.approx(expected.mean())
    assert page.mask_share == pytest.approx((mask == 255).mean())
    assert page.registration.length < 0.05
    assert (page.changed_share, page.tone) == (0.0, 0.0)
    assert page.swapped_share < 0.05


def test_a_good_pair_without_masks(tmp_path, pair):
    save(tmp_path, *pair)
    page = examine(tmp_path)
    assert page.findings == []
    assert page.mask_share is None and page.changed_share is None and page.tone == 0.0


def test_a_shifted_pair_is_told_by_how_much(tmp_path, pair):
    image, target = pair
    mask = exact_mask(image, target)
    matrix = np.float32([[1, 0, 2], [0, 1, -1]])
    save(tmp_path, image, cv2.warpAffine(target, matrix, (420, 420), borderMode=cv2.BORDER_REPLICATE), mask)
    page = examine(tmp_path)
    assert kinds(page) == [("misregistered", True)]  # what follows from it is not told again
    assert page.findings[0].message == "the ground truth is shifted by x +2.0, y -1.0 px"


@pytest.mark.parametrize("blocks, found", [(2, []), (3, [("misregistered", True)])])
def test_what_is_warped_is_told_where_three_blocks_tell_it(tmp_path, pair, monkeypatch, blocks, found):
    warped = Registration(shift=(0.1, 0.2), worst=1.5, blocks=blocks)
    monkeypatch.setattr("restorekit.datasets.doctor.measure_shift", lambda image, target: warped)
    save(tmp_path, *pair)
    assert kinds(examine(tmp_path)) == found


def test_an_inverted_mask(tmp_path, pair):
    save(tmp_path, *pair, 255 - exact_mask(*pair))
    assert kinds(examine(tmp_path)) == [("inverted_mask", True)]


def test_an_empty_mask(tmp_path, pair):
    save(tmp_path, *pair, np.zeros((420, 420), np.uint8))
    page = examine(tmp_path)
    assert kinds(page) == [("empty_mask", True)]
    assert f"{round(page.ink_share * 420 * 420)} px differ" in page.findings[0].message


def test_specks_below_an_empty_mask_are_no_ink(tmp_path, pair):
    _, target = pair
    image = target.copy()
    image[1::18, 1::18] = 0  # 576 px, as strong compression leaves them
    save(tmp_path, image, target, np.zeros((420, 420), np.uint8))
    assert kinds(examine(tmp_path)) == []


def test_thin_strokes_below_an_empty_mask_are_found_as_changes(tmp_path, pair):
    _, target = pair
    image = target.copy()
    image[200:202, 30:390] = (20, 40, 180)
    save(tmp_path, image, target, np.zeros((420, 420), np.uint8))
    assert kinds(examine(tmp_path)) == [("changed_outside", True)]


def test_a_full_mask(tmp_path, pair):
    save(tmp_path, *pair, np.full((420, 420), 255, np.uint8))
    assert kinds(examine(tmp_path)) == [("full_mask", True)]


def test_a_mask_of_zeros_and_ones(tmp_path, pair):
    save(tmp_path, *pair, exact_mask(*pair) // 255)
    assert kinds(examine(tmp_path)) == [("mask_levels", True)]


def test_the_mask_of_another_page(tmp_path, pair):
    save(tmp_path, *pair, np.roll(exact_mask(*pair), 150, axis=0))
    assert kinds(examine(tmp_path)) == [("mask_misses_ink", True)]


def test_a_mask_that_is_a_little_too_thin_passes(tmp_path, pair):
    thin = cv2.erode(exact_mask(*pair), np.ones((3, 3), np.uint8))
    save(tmp_path, *pair, thin)
    assert kinds(examine(tmp_path)) == []


def test_print_erased_outside_the_mask_is_told_with_its_place(tmp_path, pair):
    image, target = pair
    mask = exact_mask(image, target)
    target = target.copy()
    target[340:380, 100:400] = 235
    save(tmp_path, image, target, mask)
    page = examine(tmp_path)
    assert kinds(page) == [("changed_outside", True)]
    assert "the largest spot has" in page.findings[0].message
    difference = np.abs(image.astype(int) - target).sum(axis=2) > 60
    difference &= cv2.dilate(mask, np.ones((11, 11), np.uint8)) == 0
    opened = cv2.morphologyEx(difference.astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    outside = (cv2.dilate(mask, np.ones((11, 11), np.uint8)) == 0).sum()
    assert page.changed_share == pytest.approx(opened.sum() / outside)


def test_rules_drawn_anew_are_worth_a_note(tmp_path, pair):
    image, target = (plane.copy() for plane in pair)
    image[20:22, 30:400] = 40
    target[22:24, 30:400] = 40
    save(tmp_path, image, target, exact_mask(image, target))
    page = examine(tmp_path)
    assert kinds(page) == [("redrawn_rules", False)]
    assert "of what differs is no ink but rules" in page.findings[0].message


def test_lone_pixels_of_noise_are_no_change(tmp_path, pair):
    image, target = pair
    mask = exact_mask(image, target)
    image = image.copy()
    image[1::20, 1::20] = 0  # 441 px
    save(tmp_path, image, target, mask)
    page = examine(tmp_path)
    assert page.changed_share == 0.0 and kinds(page) == []


@pytest.mark.parametrize("masked", [True, False])
def test_another_tone_outside_the_ink(tmp_path, pair, masked):
    image, target = pair
    save(tmp_path, image, target - 6, exact_mask(image, target) if masked else None)
    page = examine(tmp_path)
    assert kinds(page) == [("tone_changed", True)] and page.tone == -6.0
    assert page.findings[0].message == "outside the ink the ground truth is -6 levels off the input"


def test_two_different_pages(tmp_path):
    save(tmp_path, np.full((300, 300, 3), 240, np.uint8), np.full((300, 300, 3), 90, np.uint8))
    assert kinds(examine(tmp_path)) == [("full", True)]


def test_a_page_without_ink_is_only_noted(tmp_path, pair):
    _, target = pair
    save(tmp_path, target, target, np.zeros((420, 420), np.uint8))
    page = examine(tmp_path)
    assert kinds(page) == [("no_ink", False)] and not page.has_problem


@pytest.mark.parametrize("masked", [True, False])
def test_input_and_ground_truth_swapped(tmp_path, pair, masked):
    image, target = pair
    save(tmp_path, target, image, exact_mask(*pair) if masked else None)
    page = examine(tmp_path)
    assert kinds(page) == [("swapped", True)] and page.swapped_share > 0.95
    assert (
        page.findings[0].message == "what differs is drawn on the ground truth: is it swapped with the input?"
    )


def test_sizes_that_differ(tmp_path, pair):
    image, target = pair
    save(tmp_path, image, target[:-3], exact_mask(image, target))
    page = examine(tmp_path)
    assert kinds(page) == [("size_mismatch", True)]
    assert "image 420x420, target 420x417, mask 420x420" in page.findings[0].message
    assert page.signature is None


def test_a_file_of_several_pages(tmp_path, pair):
    image, target = pair
    save(tmp_path, image, target)
    (tmp_path / "images" / "p.bmp").unlink()
    pages = [Image.fromarray(image), Image.fromarray(target)]
    pages[0].save(tmp_path / "images" / "p.tif", save_all=True, append_images=pages[1:])
    page = examine(tmp_path)
    assert kinds(page) == [("many_pages", True)]
    assert page.findings[0].message == "p.tif holds 2 pages, and only the first is seen"


def test_an_unreadable_file(tmp_path, pair):
    save(tmp_path, *pair)
    (tmp_path / "gts" / "p.bmp").write_bytes(b"no image")
    page = examine(tmp_path)
    assert kinds(page) == [("unreadable", True)]
    assert "gts" in page.findings[0].message and page.signature is not None


def test_files_without_a_partner(tmp_path, pair):
    save(tmp_path, *pair, exact_mask(*pair), name="a")
    Image.fromarray(pair[0]).save(tmp_path / "images" / "b.png")
    Image.fromarray(pair[0]).save(tmp_path / "masks" / "c.png")
    pages = [examine_page(page) for page in list_pages(tmp_path)]
    assert [(page.name, [f.message for f in page.findings]) for page in pages] == [
        ("a", []),
        ("b", ["not in gts nor in masks"]),
        ("c", ["not in images nor in gts"]),
    ]
    assert [page.has_problem for page in pages] == [False, True, True]


def test_masks_may_be_left_out(tmp_path, pair):
    save(tmp_path, *pair, 255 - exact_mask(*pair))
    (page,) = list_pages(tmp_path, mask_folder=None)
    assert examine_page(page).findings == []


def test_pages_come_in_order_from_several_threads(tmp_path, pair):
    for name in "cab":
        save(tmp_path, *pair, name=name)
    assert [page.name for page in examine_pages(list_pages(tmp_path), workers=3)] == ["a", "b", "c"]


def test_a_folder_that_is_none_draws_the_layout(tmp_path):
    with pytest.raises(ValueError, match="there is no folder .*images.*looks like this"):
        list_pages(tmp_path)

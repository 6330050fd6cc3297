"""A user's own marks are cut out, laid where marks lie, and in their own colours."""

import cv2
import numpy as np
import pytest

from restorekit.synthesis.mark_shapes import planes_on
from restorekit.synthesis.pages import generator
from restorekit.synthesis.user_marks import LARGEST, RIM, user_marks
from restorekit.synthesis.watermarks import OPACITY, make_watermark, watermark

ORANGE, TEAL = (230, 120, 20), (20, 140, 150)


def save(folder, name, rgba):
    folder.mkdir(exist_ok=True)
    code = cv2.COLOR_RGBA2BGRA if rgba.shape[2] == 4 else cv2.COLOR_RGB2BGR
    cv2.imwrite(str(folder / name), cv2.cvtColor(rgba, code))
    return str(folder)


@pytest.fixture
def two_colours(tmp_path):
    """A logo of half opacity, orange at the left, teal at the right, in a wide empty frame."""
    logo = np.zeros((60, 100, 4), np.uint8)
    logo[20:40, 30:50] = (*ORANGE, 128)
    logo[20:40, 50:70] = (*TEAL, 128)
    return save(tmp_path / "logos", "a.png", logo)


def test_a_mark_is_cut_out_and_as_opaque_as_it_gets(two_colours):
    (mark,) = user_marks(two_colours)
    assert mark.shape == (20 + 2 * RIM, 40 + 2 * RIM, 4)
    inside = mark[RIM:-RIM, RIM:-RIM]
    assert (inside[:, :20] == (*ORANGE, 255)).all() and (inside[:, 20:] == (*TEAL, 255)).all()
    assert not mark[:RIM, :, 3].any() and not mark[:, -RIM:, 3].any()
    assert mark[0, 0].tolist() == [125, 130, 85, 0]  # the mean: no foreign colour comes in at an edge


def test_a_mark_on_white_is_as_opaque_as_it_is_dark(tmp_path):
    paper = np.full((40, 40, 3), 255, np.uint8)
    paper[10:20, 10:20] = (255, 0, 0)
    paper[20:30, 10:20] = (255, 128, 128)  # half as red
    (mark,) = user_marks(save(tmp_path / "logos", "a.png", paper))
    inside = mark[RIM:-RIM, RIM:-RIM]
    assert (inside[:10] == (255, 0, 0, 255)).all()
    assert (inside[10:] == (255, 0, 0, 127)).all()


def test_a_large_mark_is_made_smaller(tmp_path):
    logo = np.zeros((30, 3000, 4), np.uint8)
    logo[...] = (*ORANGE, 255)
    (mark,) = user_marks(save(tmp_path / "logos", "a.png", logo))
    assert mark.shape == (10 + 2 * RIM, LARGEST + 2 * RIM, 4)


def test_a_picture_without_a_mark_is_named(tmp_path):
    folder = save(tmp_path / "logos", "white.png", np.full((20, 20, 3), 255, np.uint8))
    with pytest.raises(ValueError, match=r"white\.png holds no mark"):
        user_marks(folder)


@pytest.mark.parametrize("kind", ["tiled", "corner", "logo"])
def test_it_keeps_its_colours_wherever_it_lies(kind, two_colours):
    (mark,) = user_marks(two_colours)
    for seed in range(5):
        planes = planes_on(generator(seed), kind, (200, 300), None, mark)
        seen = planes[planes[..., 3] > 250][:, :3].astype(int)
        near = [np.abs(seen - colour).max(1) < 40 for colour in (ORANGE, TEAL)]
        assert np.mean(near[0] | near[1]) > 0.9
        assert 0.3 < near[0].mean() < 0.7


def test_half_of_the_marks_are_the_users(two_colours):
    marks, grey = user_marks(two_colours), np.full((160, 160, 3), 128, np.uint8)
    own = 0
    for seed in range(60):
        made = watermark(generator(seed, 9), grey, marks=marks)
        wanted = np.abs(np.array(made.colour) - (125, 130, 85)).max() < 15
        own += wanted
        if wanted:
            assert made.kind in ("tiled", "corner", "logo")
            assert OPACITY[0] * 255 - 1 <= made.alpha.max() <= OPACITY[1] * 255 + 1
    assert 20 < own < 40


def test_the_image_is_the_exact_mixture(two_colours):
    marks, grey = user_marks(two_colours), np.full((160, 160, 3), 128, np.uint8)
    made = next(
        made
        for made in (watermark(generator(seed, 9), grey, marks=marks) for seed in range(20))
        if made.kind == "corner" and np.abs(np.array(made.colour) - (125, 130, 85)).max() < 15
    )
    solid = made.alpha == made.alpha.max()
    share = made.alpha.max() / 255
    orange = np.floor(128 * (1 - share) + np.array(ORANGE) * share + 0.5)
    teal = np.floor(128 * (1 - share) + np.array(TEAL) * share + 0.5)
    distance = [np.abs(made.image[solid] - colour).max(1) for colour in (orange, teal)]
    assert (np.minimum(*distance) == 0).mean() > 0.7  # but for where the two meet
    assert np.array_equal(made.image[made.alpha == 0], made.target[made.alpha == 0])


def test_no_folder_no_marks():
    assert user_marks("") == ()


def test_same_seed_same_bytes_with_a_folder(two_colours):
    one, two = (make_watermark(3, height=120, width=160, marks=two_colours)[0] for _ in range(2))
    assert np.array_equal(one.image, two.image)

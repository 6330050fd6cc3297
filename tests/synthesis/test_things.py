"""Things hide what is behind them, which a watermark never does."""

import numpy as np
import pytest

from restorekit.synthesis.pages import generator
from restorekit.synthesis.scenes import make_scene
from restorekit.synthesis.things import PATTERNS, _pattern, add_things


@pytest.mark.parametrize("seed", range(12))
def test_things_are_opaque_and_leave_the_rest_alone(seed):
    black, white = np.zeros((200, 260, 3), np.float32), np.ones((200, 260, 3), np.float32)
    over_black = add_things(generator(seed, 1), black, 3)
    over_white = add_things(generator(seed, 1), white, 3)
    seen_through = over_white - over_black  # 0 inside a thing, 1 where there is none
    assert np.all((seen_through >= -1e-6) & (seen_through <= 1 + 1e-6))
    hidden = float(np.mean(seen_through < 1e-3))
    assert 0.0005 < hidden < 0.9
    assert np.array_equal(over_white[seen_through == 1], white[seen_through == 1])
    assert not black.any() and white.all()
    for picture in (over_black, over_white):
        assert picture.dtype == np.float32
        assert picture.min() >= 0 and picture.max() <= 1 + 1e-6


def test_no_things_is_the_same_picture():
    scene = generator(0, 1).random((64, 80, 3), dtype=np.float32)
    assert np.array_equal(add_things(generator(1, 1), scene, 0), scene)


@pytest.mark.parametrize("kind", PATTERNS)
@pytest.mark.parametrize(("height", "width"), [(16, 16), (16, 300), (300, 16)])
def test_patterns_have_the_size_asked_for(kind, height, width):
    pattern = _pattern(generator(3, 1), kind, height, width)
    assert pattern.shape == (height, width)
    assert pattern.dtype == np.uint8
    assert pattern.any() == (kind != "plain")


@pytest.mark.parametrize("seed", range(8))
def test_scenes_are_pictures_of_the_size_asked_for(seed):
    scene = make_scene(generator(seed, 2), 96, 130)
    assert scene.shape == (96, 130, 3)
    assert scene.dtype == np.uint8
    assert scene.std() > 4
    assert np.array_equal(scene, make_scene(generator(seed, 2), 96, 130))

import numpy as np
import pytest

from restorekit.datasets.transforms import RandomCrop
from restorekit.datasets.transforms.random_crop import cut


def sample(height, width, **more):
    """Every pixel tells its own row and column."""
    rows, columns = np.mgrid[:height, :width].astype(np.uint8)
    image = np.stack([rows, columns, rows * 0], axis=2)
    return {"image": image, "target": image.copy(), "mask": rows + columns, "name": "a", **more}


def test_image_target_and_mask_are_cut_alike():
    np.random.seed(0)
    page = sample(50, 60)
    for _ in range(20):
        window = RandomCrop(size=16).transform(page)
        top, left, _ = window["image"][0, 0]
        np.testing.assert_array_equal(window["image"], page["image"][top : top + 16, left : left + 16])
        np.testing.assert_array_equal(window["target"], window["image"])
        np.testing.assert_array_equal(window["mask"], page["mask"][top : top + 16, left : left + 16])
        assert window["name"] == "a"


def test_every_position_comes_up_and_none_outside():
    np.random.seed(0)
    corners = {tuple(RandomCrop(size=4).transform(sample(6, 5))["image"][0, 0, :2]) for _ in range(300)}
    assert corners == {(top, left) for top in range(3) for left in range(2)}


def test_a_small_page_is_reflected():
    window = RandomCrop(size=5).transform(sample(3, 5))
    assert window["image"][:, 0, 0].tolist() == [0, 1, 2, 1, 0]
    assert window["image"][0, :, 1].tolist() == [0, 1, 2, 3, 4]
    assert window["mask"][:, 0].tolist() == [0, 1, 2, 1, 0]


def test_a_tiny_page_is_reflected_over_and_over():
    window = RandomCrop(size=7).transform(sample(2, 1))
    assert window["image"][:, 3, 0].tolist() == [0, 1, 0, 1, 0, 1, 0]
    assert window["image"].shape == (7, 7, 3) and window["mask"].shape == (7, 7)


def test_a_sample_without_mask_stays_without():
    page = sample(20, 20)
    del page["mask"]
    assert set(RandomCrop(size=8).transform(page)) == {"image", "target", "name"}


def test_the_window_is_a_copy_of_a_memory_map(tmp_path):
    np.save(tmp_path / "a.npy", np.zeros((20, 20, 3), np.uint8))
    page = np.load(tmp_path / "a.npy", mmap_mode="r")
    window = cut(page, (0, 0), 8)
    assert type(window) is np.ndarray and window.flags.writeable
    window[:] = 1
    assert not page.any()


@pytest.mark.parametrize("masked", [True, False])
def test_biased_windows_hold_ink_anywhere_in_them(masked):
    np.random.seed(0)
    page = {"image": np.full((400, 300, 3), 255, np.uint8), "name": "a"}
    page["target"] = page["image"].copy()
    page["image"][350, 20] = 0  # one pixel of ink
    if masked:
        page["mask"] = np.zeros((400, 300), np.uint8)
        page["mask"][350, 20] = 255
    places = []
    for _ in range(400):
        window = RandomCrop(size=32, ink_bias=1.0).transform(page)
        rows, columns = np.nonzero(window["image"][..., 0] == 0)
        assert len(rows) == 1
        places.append((rows[0], columns[0]))
    rows, columns = np.array(places).T
    assert set(rows) == set(range(32))
    assert set(columns) == set(range(21))  # column 20 cannot come further right: the page ends


def test_the_share_of_biased_windows_is_the_probability():
    np.random.seed(0)
    page = sample(300, 300, mask=np.zeros((300, 300), np.uint8))
    page["mask"][150, 150] = 255
    hits = [RandomCrop(size=8, ink_bias=0.25).transform(page)["mask"].any() for _ in range(1000)]
    assert np.mean(hits) == pytest.approx(0.25, abs=0.04)


def test_a_page_without_ink_is_cropped_uniformly():
    np.random.seed(0)
    page = sample(6, 5, mask=np.zeros((6, 5), np.uint8))
    crop = RandomCrop(size=4, ink_bias=1.0)
    assert len({tuple(crop.transform(page)["image"][0, 0, :2]) for _ in range(200)}) == 6


def test_a_large_page_is_searched_on_a_shifting_grid():
    np.random.seed(0)
    page = {"image": np.full((1024, 1024, 3), 255, np.uint8), "name": "a"}  # a grid step of 4
    page["target"] = page["image"].copy()
    page["image"][501, 502] = 0
    crop = RandomCrop(size=64, ink_bias=1.0)
    found = sum((crop.transform(page)["image"] == 0).any() for _ in range(400))
    assert 400 / 16 / 2 < found < 3 * 400 / 16  # one offset of sixteen meets a lone pixel


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"size": 0}, "size is 0"),
        ({"size": 2.5}, "size is 2.5"),
        ({"size": 4, "ink_bias": 1.5}, "ink_bias is 1.5"),
    ],
)
def test_what_cannot_be_cropped(arguments, message):
    with pytest.raises(ValueError, match=message):
        RandomCrop(**arguments)

import numpy as np
import pytest
from PIL import Image

from restorekit.datasets.folders import find_pairs
from restorekit.datasets.mask_files import _write_mask, write_masks
from restorekit.datasets.masks import hard_mask, soft_mask
from restorekit.reading import read_grey


@pytest.fixture
def root(tmp_path, make_pair):
    for name, seed in (("a", 0), ("b", 1)):
        for folder, plane in zip(("images", "gts"), make_pair(seed, height=60, width=80), strict=True):
            (tmp_path / folder).mkdir(exist_ok=True)
            Image.fromarray(plane).save(tmp_path / folder / f"{name}.png")
    return tmp_path


def write(root, **arguments):
    count, masks = write_masks(root, **arguments)
    written = list(masks)
    assert count == len(written)
    return written


@pytest.mark.parametrize(("kind", "function"), [("soft", soft_mask), ("hard", hard_mask)])
def test_masks_are_the_pairs(root, make_pair, kind, function):
    written = write(root, kind=kind, workers=2)
    assert [mask.path.name for mask in written] == ["a.png", "b.png"]
    expected = function(*make_pair(1, height=60, width=80))
    np.testing.assert_array_equal(read_grey(root / "masks" / "b.png"), expected)
    assert written[1].share == (expected > 127).mean() and not written[1].kept


def test_masks_that_are_there_are_kept(root):
    write(root)
    Image.fromarray(np.zeros((60, 80), np.uint8)).save(root / "masks" / "a.png")
    (root / "masks" / "b.png").unlink()
    assert [(mask.kept, mask.share is None) for mask in write(root)] == [(True, True), (False, False)]
    assert not read_grey(root / "masks" / "a.png").any()


def test_overwriting_replaces_masks_of_any_type(root):
    (root / "masks").mkdir()
    Image.fromarray(np.zeros((60, 80), np.uint8)).save(root / "masks" / "a.bmp")
    assert not any(mask.kept for mask in write(root, overwrite=True))
    assert sorted(path.name for path in (root / "masks").iterdir()) == ["a.png", "b.png"]
    assert read_grey(root / "masks" / "a.png").any()


def test_a_pair_of_two_sizes_is_named(root):
    Image.new("RGB", (80, 61)).save(root / "gts" / "b.png")
    with pytest.raises(ValueError, match="b: image is 80x60 and target is 80x61"):
        write(root)


def test_an_unknown_kind(root):
    with pytest.raises(ValueError, match="kind is 'sharp'"):
        write(root, kind="sharp")


@pytest.mark.parametrize("folder", ["images", "gts"])
def test_masks_do_not_replace_the_pages(root, folder):
    before = (root / folder / "a.png").read_bytes()
    with pytest.raises(ValueError, match="masks would take the place of the pages in"):
        write(root, mask_folder=folder, overwrite=True)
    assert (root / folder / "a.png").read_bytes() == before


def test_a_mask_under_another_name_of_the_same_file_stays(root):
    """As on file systems that do not tell ``a.PNG`` from ``a.png``."""
    write(root)
    page = find_pairs(root, mask_folder=None)[0]
    (root / "masks" / "a.PNG").symlink_to(root / "masks" / "a.png")
    _write_mask(page, "soft", root / "masks", root / "masks" / "a.PNG")
    assert (root / "masks" / "a.png").is_file()

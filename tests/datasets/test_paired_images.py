import numpy as np
import pytest
from PIL import Image

from restorekit.datasets import PairedImages
from restorekit.datasets.page_cache import PageCache
from restorekit.registry import DATASETS

CROP = [{"type": "RandomCrop", "size": 16}, {"type": "MaskFromPair", "kind": "hard"}, {"type": "ToTensors"}]


def make_pages(root, count=4, size=(40, 30), masks=False):
    """Noise pages with a block of ink; returns ``{name: (image, target)}``."""
    rng = np.random.default_rng(0)
    pages = {}
    for index in range(count):
        target = rng.integers(100, 256, (*size, 3), dtype=np.uint8)
        image = target.copy()
        image[4:8, 6:20] = 0
        pages[f"p{index}"] = (image, target)
        planes = {"images": image, "gts": target}
        if masks:
            planes["masks"] = np.where(np.any(image != target, axis=2), 255, 0).astype(np.uint8)
        for folder, plane in planes.items():
            (root / folder).mkdir(parents=True, exist_ok=True)
            Image.fromarray(plane).save(root / folder / f"p{index}.png")
    return pages


@pytest.mark.parametrize("cached", [False, True])
def test_a_sample_is_the_files_pixels(tmp_path, cached):
    pages = make_pages(tmp_path / "data", masks=True)
    dataset = PairedImages(root=str(tmp_path / "data"), cache_dir=str(tmp_path / "cache") if cached else None)
    for _ in range(2):
        for index, (name, (image, target)) in enumerate(pages.items()):
            sample = dataset[index]
            assert sample["name"] == name and set(sample) == {"image", "target", "mask", "name"}
            np.testing.assert_array_equal(sample["image"], image)
            np.testing.assert_array_equal(sample["target"], target)
            expected = np.zeros((40, 30), np.uint8)
            expected[4:8, 6:20] = 255
            np.testing.assert_array_equal(sample["mask"], expected)
    assert isinstance(sample["image"], np.memmap) == cached
    assert len(dataset) == 4


def test_no_mask_without_a_folder_of_masks(tmp_path):
    make_pages(tmp_path)
    assert "mask" not in PairedImages(root=str(tmp_path))[0]


def test_it_is_built_from_a_config(tmp_path):
    make_pages(tmp_path)
    config = {"type": "PairedImages", "root": str(tmp_path), "pipeline": CROP}
    item = DATASETS.build(config)[0]
    assert {key: tuple(item[key].shape) for key in ("image", "target", "mask")} == {
        "image": (3, 16, 16),
        "target": (3, 16, 16),
        "mask": (1, 16, 16),
    }
    with pytest.raises(TypeError, match="did you mean 'holdout'"):
        DATASETS.build({**config, "holdot": 2})


def test_subsets_part_the_pages(tmp_path):
    make_pages(tmp_path, count=6)
    names = {
        subset: {page.name for page in PairedImages(root=str(tmp_path), subset=subset, holdout=2).pages}
        for subset in ("all", "train", "val")
    }
    assert len(names["val"]) == 2 and len(names["train"]) == 4
    assert names["train"] | names["val"] == names["all"]


def test_a_list_file_lies_beside_the_pages(tmp_path):
    make_pages(tmp_path)
    (tmp_path / "val.txt").write_text("p2\n")
    dataset = PairedImages(root=str(tmp_path), subset="val", holdout="val.txt")
    assert [page.name for page in dataset.pages] == ["p2"]


def test_training_and_validation_share_one_plan_of_the_cache(tmp_path):
    make_pages(tmp_path / "data")  # 8 files of 3728 bytes with their reserve
    budget = 3 * 3728
    kept = {}
    for order in (("train", "val"), ("val", "train")):
        cache = tmp_path / order[0]
        for subset in order:
            dataset = PairedImages(
                root=str(tmp_path / "data"),
                subset=subset,
                holdout=2,
                cache_dir=str(cache),
                cache_gb=budget / 1e9,
            )
            for index in range(len(dataset)):
                dataset[index]
        kept[order] = {path.name for path in cache.iterdir()}
        assert sum(path.stat().st_size for path in cache.iterdir()) <= budget
    assert len(kept["train", "val"]) == 3
    assert kept["train", "val"] == kept["val", "train"]  # whoever comes first


def test_pairs_that_differ_in_size_are_listed(tmp_path):
    make_pages(tmp_path)
    Image.new("RGB", (31, 40)).save(tmp_path / "gts" / "p1.png")
    with pytest.raises(ValueError, match="1 pair of two sizes .*: p1 is 30x40, its ground truth 31x40"):
        PairedImages(root=str(tmp_path))


def test_a_mask_of_another_size_is_listed(tmp_path):
    make_pages(tmp_path, masks=True)
    Image.new("L", (30, 41)).save(tmp_path / "masks" / "p3.png")
    with pytest.raises(ValueError, match="p3 is 30x40, its mask 30x41"):
        PairedImages(root=str(tmp_path))


def test_sizes_are_compared_upright(tmp_path):
    image, target = make_pages(tmp_path, count=1)["p0"]
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(np.ascontiguousarray(np.rot90(image))).save(tmp_path / "images" / "p0.png", exif=exif)
    sample = PairedImages(root=str(tmp_path))[0]
    np.testing.assert_array_equal(sample["image"], image)


def test_an_unreadable_page_is_named(tmp_path):
    make_pages(tmp_path, count=1)
    (tmp_path / "gts" / "p0.png").write_bytes(b"no image")
    with pytest.raises(ValueError, match=r"gts.p0\.png cannot be decoded"):
        PairedImages(root=str(tmp_path))


def test_a_crop_from_the_cache_reads_no_file_again(tmp_path, monkeypatch):
    make_pages(tmp_path / "data", count=1)
    dataset = PairedImages(root=str(tmp_path / "data"), pipeline=CROP, cache_dir=str(tmp_path / "cache"))
    dataset[0]

    def refuse(path):
        raise AssertionError("decoded again")

    monkeypatch.setattr("restorekit.datasets.paired_images.read_rgb", refuse)
    assert dataset[0]["image"].shape == (3, 16, 16)
    assert isinstance(dataset._cache, PageCache)

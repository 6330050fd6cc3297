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


def two_folders(tmp_path, *counts):
    roots = [str(tmp_path / name) for name in ("old", "new")]
    for root, count in zip(roots, counts, strict=True):
        make_pages(tmp_path / root, count=count)
    return roots


def test_several_folders_are_read_as_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    make_pages(tmp_path / "exams" / "old", count=2)
    pages = make_pages(tmp_path / "new", count=3, masks=True)
    dataset = PairedImages(root=["exams/old", "new"])
    assert [sample["name"] for sample in dataset] == [
        *("exams_old_p0", "exams_old_p1"),
        *("new_p0", "new_p1", "p2"),  # no other folder has p2
    ]
    np.testing.assert_array_equal(dataset[4]["image"], pages["p2"][0])
    assert [("mask" in sample) for sample in dataset] == [False, False, True, True, True]


def test_a_count_or_a_share_is_held_out_of_each_folder_as_if_it_were_alone(tmp_path):
    roots = two_folders(tmp_path, 4, 9)
    for holdout, held_out in ((1, 2), (0.25, 1 + 2)):
        parts = {"subset": "val", "holdout": holdout}
        together = PairedImages(root=roots, **parts)
        alone = [page.image for root in roots for page in PairedImages(root=root, **parts).pages]
        assert [page.image for page in together.pages] == alone and len(alone) == held_out
        trained = PairedImages(root=roots, subset="train", holdout=holdout).pages
        assert len(trained) == 13 - held_out and not {page.image for page in trained} & set(alone)


def test_a_list_file_names_pages_of_all_folders(tmp_path, monkeypatch):
    roots = two_folders(tmp_path, 2, 4)
    (tmp_path / "new" / "val.txt").write_text("p3\n")
    (tmp_path / "old" / "val.txt").write_text("p1\n")
    dataset = PairedImages(root=roots, subset="val", holdout="val.txt")
    assert [page.image.relative_to(tmp_path).as_posix() for page in dataset.pages] == [
        *("old/images/p1.png", "new/images/p1.png", "new/images/p3.png")
    ]
    assert dataset.left_out == 3
    with pytest.raises(ValueError, match=r"no such list file \(looked for .*old.* and .*new.* and gone\.txt"):
        PairedImages(root=roots, subset="val", holdout="gone.txt")


def test_a_folder_that_is_named_twice_is_refused(tmp_path):
    make_pages(tmp_path)
    for root in ([str(tmp_path), str(tmp_path / "images" / "..")], []):
        with pytest.raises(ValueError, match="expected a folder of pairs, or several, each once"):
            PairedImages(root=root)

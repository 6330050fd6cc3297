"""Crops of made pages: endless, seeded, the same in any order."""

import cv2
import numpy as np
import pytest

from restorekit.datasets.synthetic_pages import SyntheticPages
from restorekit.registry import DATASETS, TRANSFORMS
from restorekit.synthesis.crops import varied
from restorekit.synthesis.pages import generator
from restorekit.synthesis.pool import Sources, render

SMALL = {"crop": 96, "pool": 3, "page_height": 256, "page_width": 224}


@pytest.fixture(scope="module")
def cache(tmp_path_factory) -> str:
    return str(tmp_path_factory.mktemp("cache"))


def same(first: dict, second: dict) -> bool:
    return all(np.array_equal(first[key], second[key]) for key in ("image", "target", "mask"))


@pytest.mark.parametrize("task", ["handwriting", "watermark"])
def test_samples(task, cache):
    dataset = SyntheticPages(task=task, cache=cache, **SMALL)
    for index in range(8):
        sample = dataset[index]
        assert sample["image"].shape == sample["target"].shape == (96, 96, 3)
        assert sample["mask"].shape == (96, 96)
        assert sample["image"].dtype == sample["target"].dtype == sample["mask"].dtype == np.uint8
        assert set(np.unique(sample["mask"])) <= {0, 255}
        assert sample["name"] == f"{task}_0_{index}"
        far = np.abs(sample["image"].astype(int) - sample["target"]).mean(-1)
        if (sample["mask"] > 0).any():
            assert far[sample["mask"] > 0].mean() > far[sample["mask"] == 0].mean() + 5


@pytest.mark.parametrize("task", ["handwriting", "watermark"])
def test_a_crop_depends_on_seed_and_index_alone(task, cache, tmp_path):
    forwards = SyntheticPages(task=task, cache=cache, **SMALL)
    backwards = SyntheticPages(task=task, cache=str(tmp_path), **SMALL)
    first = [forwards[index] for index in (0, 7, 500)]
    second = [backwards[index] for index in (500, 7, 0)][::-1]
    assert all(same(a, b) for a, b in zip(first, second, strict=True))
    assert not same(first[0], first[1])
    other = SyntheticPages(task=task, cache=cache, seed=1, **SMALL)
    assert not same(other[0], first[0])


def test_the_pool_grows_to_its_size(cache):
    pool = SyntheticPages(cache=cache, **{**SMALL, "pool": 20})._pool
    assert [pool.grown(index) for index in (0, 31, 32, 10_000)] == [8, 8, 9, 20]


def test_pages_come_from_the_cache_the_second_time(tmp_path):
    dataset = SyntheticPages(cache=str(tmp_path), **SMALL)
    page = dataset._pool[0]
    files = sorted(tmp_path.rglob("*.npy"))
    assert len(files) == 2
    times = [path.stat().st_mtime_ns for path in files]
    again = SyntheticPages(cache=str(tmp_path), **SMALL)._pool[0]
    assert np.array_equal(page.written, again.written)
    assert [path.stat().st_mtime_ns for path in files] == times


@pytest.mark.parametrize("task", ["handwriting", "watermark"])
def test_some_crops_bear_no_ink_or_mark(task, cache):
    dataset = SyntheticPages(task=task, cache=cache, **SMALL)
    bare = sum(not dataset[index]["mask"].any() for index in range(60))
    assert 1 <= bare <= 50  # of three small pages, which may have little on them


def test_the_pipeline_is_applied_in_order_and_seeded(cache):
    @TRANSFORMS.register_module(force=True)
    class AddDraw:
        def __init__(self, *, key: str) -> None:
            self.key = key

        def __call__(self, sample: dict) -> dict:
            return {**sample, "order": [*sample.get("order", []), (self.key, np.random.rand())]}

    pipeline = [{"type": "AddDraw", "key": "a"}, {"type": "AddDraw", "key": "b"}]
    try:
        dataset = DATASETS.build({"type": "SyntheticPages", "pipeline": pipeline, "cache": cache, **SMALL})
        first = dataset[4]["order"]
        dataset[5]
        assert [key for key, _ in first] == ["a", "b"]
        assert dataset[4]["order"] == first
        assert dataset[5]["order"] != first
    finally:
        TRANSFORMS.module_dict.pop("AddDraw")


def test_length_is_virtual(cache):
    dataset = SyntheticPages(cache=cache, length=5, **SMALL)
    assert len(dataset) == 5
    assert dataset[7]["name"].endswith("_7")
    with pytest.raises(IndexError, match="index is -1; expected 0 or more"):
        dataset[-1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"task": "stains"}, "task is 'stains'; expected one of handwriting, watermark"),
        ({"crop": 8}, "crop is 8; expected 32 or more"),
        ({"seed": -1}, "seed is -1; expected 0 or more"),
        ({"length": 0}, "length is 0; expected 1 or more"),
        ({"pool": 0}, "pool is 0; expected 1 or more"),
        ({"marks": "logos"}, "marks: they are for watermarks"),
        ({"ink": "ink", "task": "watermark"}, "ink: crops of ink are for handwriting"),
        ({"crop": 512, "page_width": 400}, r"page_width is 400; expected at least crop \(512\)"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        SyntheticPages(**arguments)


@pytest.mark.parametrize("folder", ["pages", "fonts", "marks"])
def test_own_folders_must_be_there(folder, tmp_path):
    with pytest.raises(FileNotFoundError, match=f"{folder}: there is no folder"):
        SyntheticPages(task="watermark", **{folder: str(tmp_path / "none")})


def test_own_marks_lie_on_half_of_the_marked_crops_and_ask_for_no_other_pages(cache, tmp_path):
    logo = np.zeros((40, 40, 4), np.uint8)
    logo[8:32, 8:32] = (0, 0, 255, 255)  # red
    cv2.imwrite(str(tmp_path / "logo.png"), logo)
    plain = SyntheticPages(task="watermark", cache=cache, **SMALL)
    own = SyntheticPages(task="watermark", marks=str(tmp_path), cache=cache, **SMALL)
    assert own._pool.folder == plain._pool.folder

    def is_red(sample):
        inside = sample["mask"] > 0
        change = (sample["image"].astype(int) - sample["target"])[inside]
        return bool(inside.any()) and change[:, 0].mean() > 10 + change[:, 1:].mean()

    counts = [sum(is_red(dataset[index]) for index in range(100)) for dataset in (plain, own)]
    assert counts[0] + 10 < counts[1] < 60


def test_start_goes_on_where_another_stopped(cache):
    assert same(SyntheticPages(cache=cache, start=500, **SMALL)[7], SyntheticPages(cache=cache, **SMALL)[507])


def test_pictures_for_watermarks_come_smaller_than_pages_to_write_on(tmp_path):
    halves = np.zeros((300, 400, 3), np.uint8)
    halves[:, 200:] = 255
    cv2.imwrite(str(tmp_path / "halves.png"), halves)
    edges = {}
    for task in ("handwriting", "watermark"):
        pages = [
            render(task, 0, number, 256, 320, Sources(pages=str(tmp_path))).written for number in range(12)
        ]
        edges[task] = {int(np.abs(np.diff((page[128, :, 0] > 127).astype(int))).sum()) for page in pages}
    assert edges["handwriting"] <= {0, 1}
    assert 2 in edges["watermark"], "the whole picture and its mirror image"


def test_a_background_comes_in_many_tones():
    ramp = np.dstack([np.tile(np.arange(64, dtype=np.uint8) * 4, (64, 1))] * 3)
    seen = [varied(generator(seed, 18), ramp) for seed in range(40)]
    assert all(picture.shape == ramp.shape and picture.dtype == np.uint8 for picture in seen)
    assert any(np.array_equal(picture, ramp) for picture in seen)
    assert any(np.array_equal(picture, ramp[:, ::-1]) for picture in seen)
    assert any((np.diff(picture.astype(int), axis=0) != 0).any() for picture in seen), "some are turned"
    assert len({picture.tobytes() for picture in seen}) > 15
    for picture in seen:  # what was brighter stays brighter
        levels = picture.astype(int)
        for rising in (np.diff(levels, axis=0), np.diff(levels, axis=1)):
            assert (rising >= 0).all() or (rising <= 0).all()

import os
import pickle
import time
from pathlib import Path

import numpy as np
import pytest

from restorekit.datasets.page_cache import CacheRequest, PageCache

PAGE = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)
BYTES = 200


class Reader:
    """Stands for decoding, and counts it."""

    def __init__(self, page=PAGE):
        self.page = page
        self.calls = []

    def __call__(self, path):
        self.calls.append(path.name)
        return self.page


@pytest.fixture
def sources(tmp_path):
    paths = [tmp_path / f"{name}.jpg" for name in "abc"]
    for path in paths:
        path.write_bytes(b"source")
    return paths


def build(folder, sources, budget=10 * BYTES):
    return PageCache(
        folder=folder, gigabytes=budget / 1e9, requests=[CacheRequest(p, BYTES) for p in sources]
    )


def entries(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_page_is_decoded_once_and_then_mapped(tmp_path, sources):
    reader, folder = Reader(), tmp_path / "cache"
    cache = build(folder, sources)
    np.testing.assert_array_equal(cache.load(sources[0], reader), PAGE)
    page = cache.load(sources[0], reader)
    assert isinstance(page, np.memmap) and not page.flags.writeable
    np.testing.assert_array_equal(page, PAGE)
    np.testing.assert_array_equal(build(folder, sources).load(sources[0], reader), PAGE)  # another run
    assert reader.calls == ["a.jpg"]
    assert len(entries(folder)) == 1


def test_pages_beyond_the_budget_are_decoded_each_time(tmp_path, sources):
    reader, folder = Reader(), tmp_path / "cache"
    cache = build(folder, sources, budget=2 * BYTES)
    for _ in range(2):
        for source in sources:
            cache.load(source, reader)
    assert reader.calls == ["a.jpg", "b.jpg", "c.jpg", "c.jpg"]
    assert len(entries(folder)) == 2


def test_the_plan_is_the_same_when_the_cache_is_already_filled(tmp_path, sources):
    reader, folder = Reader(), tmp_path / "cache"
    for _ in range(2):
        cache = build(folder, sources, budget=2 * BYTES)
        for source in sources:
            cache.load(source, reader)
    assert reader.calls == ["a.jpg", "b.jpg", "c.jpg", "c.jpg"]


def test_pages_of_other_datasets_count_against_the_budget(tmp_path, sources):
    reader, folder = Reader(), tmp_path / "cache"
    build(folder, sources[:1]).load(sources[0], Reader(np.zeros((1, 1000), np.uint8)))
    cache = build(folder, sources[1:], budget=1000 + 2 * BYTES)
    for source in (*sources[1:], *sources[1:]):
        cache.load(source, reader)
    assert reader.calls == ["b.jpg", "c.jpg", "c.jpg"]


def test_an_edited_page_is_decoded_anew_and_its_old_entry_removed(tmp_path, sources):
    folder = tmp_path / "cache"
    build(folder, sources).load(sources[0], Reader())
    (before,) = entries(folder)
    os.utime(sources[0], ns=(1, 1))
    cache = build(folder, sources)
    assert entries(folder) == []
    np.testing.assert_array_equal(cache.load(sources[0], Reader(PAGE + 1)), PAGE + 1)
    (after,) = entries(folder)
    assert before != after and before.split("-")[0] == after.split("-")[0]


def test_a_damaged_entry_is_written_again(tmp_path, sources):
    folder = tmp_path / "cache"
    build(folder, sources).load(sources[0], Reader())
    (entry,) = folder.iterdir()
    entry.write_bytes(entry.read_bytes()[:-10])
    reader = Reader()
    cache = build(folder, sources)
    for _ in range(2):
        np.testing.assert_array_equal(cache.load(sources[0], reader), PAGE)
    assert reader.calls == ["a.jpg"]


def test_a_crash_while_writing_leaves_no_entry(tmp_path, sources, monkeypatch):
    folder = tmp_path / "cache"
    cache = build(folder, sources)

    def half(file, page, **_):
        file.write(b"half a page")
        raise KeyboardInterrupt

    monkeypatch.setattr("restorekit.datasets.page_cache.np.save", half)
    with pytest.raises(KeyboardInterrupt):
        cache.load(sources[0], Reader())
    assert [name for name in entries(folder) if name.endswith(".npy")] == []
    monkeypatch.undo()
    np.testing.assert_array_equal(cache.load(sources[0], Reader()), PAGE)


def test_what_a_crash_left_behind_is_removed_after_an_hour(tmp_path, sources):
    folder = tmp_path / "cache"
    folder.mkdir()
    for name, age in ((".old.npy-1.part", 7200), (".fresh.npy-2.part", 0)):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (time.time() - age,) * 2)
    build(folder, sources)
    assert entries(folder) == [".fresh.npy-2.part"]


def test_a_full_disk_is_told_once_and_the_work_goes_on(tmp_path, sources, monkeypatch):
    cache = build(tmp_path / "cache", sources)

    def full(file, page, **_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("restorekit.datasets.page_cache.np.save", full)
    with pytest.warns(UserWarning, match="cannot grow: .*the disk is full.*or change cache_dir") as seen:
        for source in sources:
            np.testing.assert_array_equal(cache.load(source, Reader()), PAGE)
    assert len(seen) == 1
    assert entries(tmp_path / "cache") == []


def test_pages_that_were_read_hold_no_files_open(tmp_path, sources):
    cache = build(tmp_path / "cache", sources)
    files = Path("/proc/self/fd")
    if not files.is_dir():
        pytest.skip("this system does not tell which files are open")
    before = len(list(files.iterdir()))
    for path in (*sources, *sources):
        cache.load(path, Reader())
    assert len(list(files.iterdir())) == before


def test_a_cache_travels_to_a_worker(tmp_path, sources):
    cache = build(tmp_path / "cache", sources)
    for _ in range(2):
        cache.load(sources[0], Reader(np.zeros((1000, 1000), np.uint8)))
    twin = pickle.loads(pickle.dumps(cache))
    assert len(pickle.dumps(cache)) < 5000
    assert isinstance(twin.load(sources[0], Reader()), np.memmap)


def test_a_negative_budget_is_refused(tmp_path, sources):
    with pytest.raises(ValueError, match="gigabytes is -1"):
        PageCache(folder=tmp_path, gigabytes=-1, requests=[])

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from restorekit.documents import EraseOptions, Task, erase_batch, plan
from restorekit.documents.finished_pages import FinishedPages, keeping_pages
from restorekit.documents.progress import ProgressWatcher


def assert_known(pages, page, image, mask):
    known = pages.get(page)
    assert known is not None and np.array_equal(known[0], image) and known[0].dtype == page.dtype
    assert known[1] is None if mask is None else np.array_equal(known[1], mask)


@pytest.mark.parametrize(
    "dtype, shape", [(np.uint8, (300, 7, 3)), (np.uint16, (5, 9)), (np.uint8, (4, 3, 2))]
)
def test_pages_are_known_again_by_their_pixels_and_by_what_restored_them(tmp_path, dtype, shape):
    random = np.random.default_rng(0)
    page, image = (random.integers(0, np.iinfo(dtype).max, shape, dtype) for _ in range(2))
    mask = random.integers(0, 255, shape[:2], np.uint8)
    pages = FinishedPages(tmp_path / "a", "weights")
    assert pages.get(page) is None
    pages.put(page, image, mask)
    pages.put(image[::-1], image, None)
    pages.close()
    again = FinishedPages(tmp_path / "a", "weights")
    assert_known(again, page, image, mask)
    assert_known(again, image[::-1], image, None)
    assert again.get(image) is None
    assert FinishedPages(tmp_path / "a", "others").get(page) is None


def test_what_was_cut_off_amid_a_page_loses_that_page_alone(tmp_path):
    page, mask = np.zeros((8, 8), np.uint8), np.ones((8, 8), np.uint8)
    first = FinishedPages(tmp_path / "a", "")
    first.put(page, page + 1, mask)
    end = (tmp_path / "a").stat().st_size
    first.put(page + 1, page, mask)
    with (tmp_path / "a").open("r+b") as file:
        file.truncate(end + 50)
    again = FinishedPages(tmp_path / "a", "")
    assert again.get(page + 1) is None
    again.put(page + 2, page, mask)
    last = FinishedPages(tmp_path / "a", "")
    assert_known(last, page, page + 1, mask)
    assert_known(last, page + 2, page, mask)
    with (tmp_path / "a").open("r+b") as file:  # as after a power cut
        file.seek(end - 9)
        file.write(bytes(9))
    assert FinishedPages(tmp_path / "a", "").get(page) is None


def test_a_full_disk_loses_a_page_and_no_other(tmp_path, monkeypatch):
    page, write = np.zeros((8, 8), np.uint8), io.FileIO.write
    pages = FinishedPages(tmp_path / "a", "")

    class Full(io.FileIO):
        def write(self, data):
            return write(self, data[: len(data) // 2])

    pages._file = Full(tmp_path / "a", "a+")
    pages.put(page, page, None)
    assert (tmp_path / "a").stat().st_size == 0
    pages.close()
    assert not (tmp_path / "a").exists()


def test_two_that_write_one_file_do_not_mind_each_others_pages(tmp_path):
    page, target = np.zeros((8, 8), np.uint8), tmp_path / "a.pdf"
    with keeping_pages(target, "", resume=False) as first, keeping_pages(target, "", resume=False) as second:
        first.put(page, page, None)
        assert second.get(page) is None
    with keeping_pages(target, "", resume=False), keeping_pages(target, "", resume=False):
        pass  # neither has a page
    assert not list(tmp_path.iterdir())


def test_where_no_pages_can_be_kept_the_file_is_erased_all_the_same(tmp_path):
    (tmp_path / "file").touch()
    with keeping_pages(tmp_path / "file" / "a.pdf", "", resume=False) as pages:
        assert pages is None


def test_beside_a_device_no_pages_are_kept(mixed, restore, monkeypatch):
    monkeypatch.setattr("restorekit.documents.batch.keeping_pages", None)
    task, watcher = Task(mixed, Path("/dev/null")), ProgressWatcher(pages=3, report=None)
    (outcome,) = erase_batch(
        restore, [task], EraseOptions(), jobs=1, resume=False, watcher=watcher, made_by=""
    )
    assert not outcome.failed and len(outcome.pages) == 3


@pytest.mark.parametrize("resume", [True, False])
def test_a_file_that_was_cut_off_is_resumed_at_the_page(tmp_path, monkeypatch, make_page, restore, resume):
    monkeypatch.chdir(tmp_path)
    first, *others = (Image.fromarray(make_page(seed=seed)) for seed in range(4))
    first.save("a.tif", save_all=True, append_images=others)

    def run(target, restore, **options):
        (task,) = plan(["a.tif"], target).tasks
        watcher = ProgressWatcher(pages=4, report=None)
        return erase_batch(restore, [task], EraseOptions(), jobs=1, watcher=watcher, made_by="", **options)

    done = []

    def interrupted(page, **options):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(page)
        return restore(page, **options)

    with pytest.raises(KeyboardInterrupt):
        run("out/a.tif", interrupted, resume=False)
    (left,) = Path("out").iterdir()
    assert left.name.endswith(".pages")
    asked = []
    (outcome,) = run("out/a.tif", lambda page, **o: asked.append(1) or restore(page, **o), resume=resume)
    assert len(asked) == (2 if resume else 4) and not outcome.failed and len(outcome.pages) == 4
    run("whole.tif", restore, resume=False)
    assert Path("out/a.tif").read_bytes() == Path("whole.tif").read_bytes()
    assert [path.name for path in Path("out").iterdir()] == ["a.tif"]

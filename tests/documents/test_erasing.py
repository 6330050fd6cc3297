import io
import sys

import numpy as np
import pytest
from PIL import Image

from restorekit.documents import EraseOptions, Task, erase_file, erase_pages
from restorekit.documents.batch import count_pages
from tests.documents.pdfs import render


def test_files_that_are_open_are_erased_as_those_of_a_name_are(scan, mixed, tmp_path, restore):
    for source in (scan, mixed):
        target = io.BytesIO()
        summaries = erase_file(restore, io.BytesIO(source.read_bytes()), target)
        assert summaries == erase_file(restore, source, tmp_path / source.name)
        if source is scan:  # a PDF has an ID of its own
            assert target.getvalue() == (tmp_path / source.name).read_bytes()
        with source.open("rb") as file:
            assert len(list(erase_pages(restore, file))) == len(summaries)
    with (tmp_path / "open.png").open("wb") as file:
        erase_file(restore, scan, file)
        assert not file.closed
    assert (tmp_path / "open.png").read_bytes() == (tmp_path / "scan.png").read_bytes()


def test_an_open_file_gets_nothing_where_the_work_fails(scan, restore):
    def fails(page):
        raise MemoryError

    target = io.BytesIO()
    with pytest.raises(MemoryError):
        erase_file(fails, scan, target)
    assert not target.getvalue()
    with pytest.raises(ValueError, match="the open file is no picture"):
        erase_file(restore, io.BytesIO(b"text"), target)
    with pytest.raises(TypeError, match=r"got bytes\. Of bytes, io\.BytesIO\(data\) is one"):
        erase_file(restore, scan.read_bytes(), target)


def test_a_file_without_pages_to_give_is_refused_before_the_first(tmp_path, restore):
    with pytest.raises(FileNotFoundError, match="there is no .*none.pdf; check the path"):
        erase_pages(restore, tmp_path / "none.pdf")


def test_files_open_as_text_are_refused_before_the_work(scan, tmp_path):
    with scan.open(encoding="latin-1") as source, pytest.raises(TypeError, match="source must be .* binary"):
        erase_file(None, source, tmp_path / "out.png")
    with (
        (tmp_path / "out.png").open("w", encoding="latin-1") as target,
        pytest.raises(TypeError, match='target must be .*; got TextIOWrapper.* needs "rb" or "wb"'),
    ):
        erase_file(None, scan, target)


def test_pages_that_are_not_wanted_stay_as_they_are(mixed, tmp_path, restore, make_page):
    third = EraseOptions(pages=(range(3, sys.maxsize),))
    (summary,) = erase_file(restore, mixed, tmp_path / "out.pdf", third)
    assert summary.number == 3 and summary.changed > 0
    assert np.array_equal(render(tmp_path / "out.pdf", 1), render(mixed, 1))
    assert [erased.number for erased in erase_pages(restore, mixed, third)] == [3]
    pages = [Image.fromarray(make_page(seed=seed)) for seed in range(3)]
    source, target = tmp_path / "in.tif", tmp_path / "out.tif"
    pages[0].save(source, save_all=True, append_images=pages[1:])
    options = EraseOptions(pages=(range(1, 2), range(3, 4)))
    assert [page.number for page in erase_file(restore, source, target, options)] == [1, 3]
    with Image.open(target) as image:
        for number, page in enumerate(pages):
            image.seek(number)
            assert np.array_equal(image, page) == (number == 1)
    assert count_pages(Task(source, target), options) == 2


def test_a_file_that_has_none_of_the_wanted_pages_is_named(scan, tmp_path, restore):
    with pytest.raises(ValueError, match="scan.png has 1 page, and none of those that are to be erased"):
        erase_file(restore, scan, tmp_path / "out.png", EraseOptions(pages=(range(2, 3),)))
    assert not (tmp_path / "out.png").exists()


@pytest.mark.parametrize("pages", [(1,), (range(0, 2),), (range(3, 3),)])
def test_pages_are_ranges_from_one(pages):
    with pytest.raises(ValueError, match=r"pages takes ranges of numbers from 1, as in \(range\(4, 7\),\)"):
        EraseOptions(pages=pages)

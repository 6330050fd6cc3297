import io

import pytest

from restorekit.documents import erase_file, erase_pages


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

import errno
import io
from pathlib import Path

import numpy as np
import pytest

from restorekit.documents import Outcome, PageSummary, Task
from restorekit.documents.report import Report, overlay, preview


class SmallDisk(io.BytesIO):
    def write(self, data):
        if b"page 2" in data:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


def test_a_report_that_finds_no_room_for_a_page_fails_no_file_and_says_what_it_lacks(tmp_path, monkeypatch):
    monkeypatch.setattr("restorekit.documents.report.tempfile.TemporaryFile", SmallDisk)
    report, task = Report(tmp_path / "a.html"), Task(Path("a.pdf"), Path("b.pdf"))
    pages = [PageSummary(number, passed=True) for number in (1, 2, 3)]
    for page in pages:
        report.add(task, None, page)
    with pytest.raises(OSError, match=r"a.html lacks 1 page: .* \(No space left on device\); .* TMPDIR"):
        report.finish([Outcome(task, pages)])
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert text.count("<section") == 2 and "page 3" in text


def test_a_preview_is_of_8_bits_and_over_white():
    page = np.zeros((1, 4, 2), np.uint16)
    page[0] = [(0, 0), (0, 65535), (65535, 65535), (0, 32896)]  # clear, black, white, half clear
    assert preview(page)[0].tolist() == [[255] * 3, [0] * 3, [255] * 3, [127] * 3]


@pytest.mark.parametrize(
    "shape, small", [((1600, 400), (800, 200)), ((400, 1601, 3), (200, 800)), ((7, 9, 4), (7, 9))]
)
def test_a_preview_is_at_most_800_px_long(shape, small):
    assert preview(np.zeros(shape, np.uint8)).shape == (*small, 3)


def test_an_overlay_is_red_where_the_page_changed_and_pale_elsewhere():
    page = np.full((1, 3, 3), 100, np.uint8)
    changed = np.repeat(np.array([[[0], [85], [17]]], np.uint8), 3, axis=2)  # a third is enough for all red
    assert overlay(page, changed)[0].tolist() == [[178] * 3, [200, 0, 20], [182, 142, 146]]

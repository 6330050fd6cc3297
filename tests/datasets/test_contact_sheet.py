from pathlib import Path

import numpy as np
from PIL import Image

from restorekit.datasets.contact_sheet import CELL, TEXT_HEIGHT, choose_pages, draw_sheet
from restorekit.datasets.page_report import PageReport


def report(name, problem=None):
    page = PageReport(Path("train"), name, {})
    if problem is not None:
        page.add("kind", "message", problem=problem)
    return page


def cell(sheet, column, height, width):
    left = 8 + column * (CELL + 8)
    return sheet[TEXT_HEIGHT : TEXT_HEIGHT + height, left : left + width]


def files(root, planes):
    found = {}
    for kind, plane in planes.items():
        Image.fromarray(plane).save(root / f"{kind}.png")
        found[kind] = root / f"{kind}.png"
    return found


def test_the_four_pictures_of_a_small_page_are_exact(tmp_path):
    target = np.full((30, 40, 3), 200, np.uint8)
    image = target.copy()
    image[10:20, 10:20] = 190
    mask = np.zeros((30, 40), np.uint8)
    mask[:5] = 255
    page = PageReport(
        Path("train"), "试卷", files(tmp_path, {"image": image, "target": target, "mask": mask})
    )
    sheet = draw_sheet([page])
    assert sheet.shape == (TEXT_HEIGHT + 30 + 8, 4 * (CELL + 8) + 8, 3)
    np.testing.assert_array_equal(cell(sheet, 0, 30, 40), image)
    np.testing.assert_array_equal(cell(sheet, 1, 30, 40), target)
    overlay = cell(sheet, 2, 30, 40)
    assert np.all(overlay[:5] == (255, 0, 0)) and np.array_equal(overlay[5:], image[5:])
    difference = cell(sheet, 3, 30, 40)
    assert np.all(difference[10:20, 10:20] == 127) and difference[0, 0].tolist() == [255] * 3


def test_without_a_mask_the_pairs_own_is_shown(tmp_path):
    target = np.full((30, 40, 3), 200, np.uint8)
    image = target.copy()
    image[10:20, 10:20] = 0
    sheet = draw_sheet([PageReport(Path("train"), "a", files(tmp_path, {"image": image, "target": target}))])
    assert np.all(cell(sheet, 2, 30, 40)[10:20, 10:20] == (255, 0, 0))


def test_large_pages_are_reduced_and_broken_ones_left_blank(tmp_path):
    good = files(tmp_path, {"image": np.zeros((480, 960, 3), np.uint8)})
    (tmp_path / "broken.png").write_bytes(b"no image")
    sheet = draw_sheet([PageReport(Path("train"), "a", {**good, "target": tmp_path / "broken.png"})])
    assert sheet.shape[0] == TEXT_HEIGHT + 120 + 8
    assert not cell(sheet, 0, 120, 240).any()
    assert np.all(cell(sheet, 1, 120, 240) == (246, 246, 244))


def test_sizes_that_differ_are_still_shown(tmp_path):
    planes = {"image": np.zeros((30, 40, 3), np.uint8), "target": np.zeros((31, 40, 3), np.uint8)}
    sheet = draw_sheet([PageReport(Path("train"), "a", files(tmp_path, planes))])
    assert not cell(sheet, 1, 31, 40).any()
    assert np.all(cell(sheet, 3, 30, 40) == (246, 246, 244))


def test_a_sheet_of_nothing():
    assert draw_sheet([]).shape[2] == 3


def test_problems_come_first_then_notes_then_a_spread_of_others():
    pages = [report(f"ok{i}") for i in range(10)] + [report("note", False), report("bad", True)]
    assert [page.name for page in choose_pages(pages, most=4)] == ["bad", "note", "ok0", "ok5"]
    assert [page.name for page in choose_pages(pages, most=1)] == ["bad"]
    assert len(choose_pages(pages, most=60)) == 12

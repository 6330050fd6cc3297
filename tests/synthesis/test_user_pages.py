"""A user's own pages: read, cut, and understood."""

import cv2
import numpy as np
import pytest
from PIL import Image

from restorekit.synthesis.pages import generator
from restorekit.synthesis.user_pages import cut, list_pictures, read_picture, sheet_of


def printed_page() -> np.ndarray:
    page = np.full((600, 400, 3), 250, np.uint8)
    for y in (60, 100, 140):
        cv2.putText(page, "Printed text here", (40, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (20, 20, 20), 2)
    return page


def test_places_to_write_are_found():
    sheet = sheet_of(generator(0, 41), printed_page())
    texts = [slot for slot in sheet.slots if slot.kind == "text"]
    areas = [slot for slot in sheet.slots if slot.kind == "area"]
    gaps = [slot for slot in sheet.slots if slot.kind == "gap"]
    assert len(texts) == 3
    assert all(36 < slot.left < 48 and 225 < slot.right < 240 for slot in texts)
    assert any(slot.top >= 140 and slot.bottom > 590 for slot in areas)
    assert gaps
    assert all(slot.left > 225 for slot in gaps)
    assert 14 < sheet.unit < 36


@pytest.mark.parametrize("shape", [(600, 400), (50, 900), (2000, 300)])
def test_cut_gives_the_size_asked_for(shape):
    page = np.full((*shape, 3), 200, np.uint8)
    assert cut(generator(1, 41), page, 256, 320).shape == (256, 320, 3)


def test_a_small_cut_holds_the_whole_picture_and_its_mirror_image():
    halves = np.zeros((300, 400, 3), np.uint8)
    halves[:, 200:] = 255
    wide: list[np.ndarray] = []
    small: list[np.ndarray] = []
    for seed in range(30):
        for least, edges in ((1.0, wide), (0.5, small)):
            row = cut(generator(seed, 41), halves, 100, 200, least=least)[50, :, 0] > 127
            edges.append(np.flatnonzero(np.diff(row)))
    assert max(map(len, wide)) == 1
    assert {len(edges) for edges in small} == {1, 2}
    smallest = min((edges for edges in small if len(edges) == 2), key=lambda edges: edges[0])
    assert smallest[0] == pytest.approx(50, abs=5)  # half of half the window
    assert smallest[1] == pytest.approx(3 * smallest[0], abs=5)


def test_transparency_is_laid_on_white(tmp_path):
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(tmp_path / "clear.png")
    assert (read_picture(str(tmp_path / "clear.png")) == 255).all()


def test_the_pages_of_a_pdf_are_pages(tmp_path):
    pytest.importorskip("pypdfium2")
    pages = [Image.new("RGB", (100, 150), colour) for colour in ("white", "blue")]
    pages[0].save(tmp_path / "two.pdf", save_all=True, append_images=pages[1:], resolution=72)
    found = list_pictures(tmp_path)
    assert [path.name for path in found] == ["two.pdf#0", "two.pdf#1"]
    second = read_picture(str(found[1]))
    assert second.shape[:2] == (417, 278)
    assert second[200, 100].tolist()[2] > 240 > 20 > second[200, 100].tolist()[0]


def test_a_broken_pdf_is_told(tmp_path):
    pytest.importorskip("pypdfium2")
    (tmp_path / "broken.pdf").write_bytes(b"no pdf")
    with pytest.raises(ValueError, match="cannot be read as a PDF"):
        list_pictures(tmp_path)


def test_bad_folders_and_files_are_told(tmp_path):
    with pytest.raises(FileNotFoundError, match="pages: there is no folder"):
        list_pictures(tmp_path / "none")
    with pytest.raises(ValueError, match="holds no picture"):
        list_pictures(tmp_path)
    (tmp_path / "broken.png").write_bytes(b"no picture")
    with pytest.raises(ValueError, match="cannot be decoded as an image"):
        read_picture(str(tmp_path / "broken.png"))


def test_pages_of_any_kind_of_file_are_read_as_they_are_shown(tmp_path):
    page = printed_page()[:300]
    deep = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY).astype(np.uint16) * 257
    cv2.imwrite(str(tmp_path / "deep.png"), deep)
    assert np.abs(read_picture(str(tmp_path / "deep.png")).astype(int) - page).max() <= 1
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its left side
    Image.fromarray(np.rot90(page)).save(tmp_path / "lying.jpg", exif=exif, quality=100)
    assert read_picture(str(tmp_path / "lying.jpg")).shape == page.shape
    (tmp_path / "._lying.jpg").write_bytes(b"what macOS leaves")
    assert [path.name for path in list_pictures(tmp_path)] == ["deep.png", "lying.jpg"]

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw

from tests.documents.pdfs import add_scan, add_text, save

PAPER = 244


def draw_page(height=96, width=80, *, seed=0):
    """Grainy paper with black print, one red stroke and one blue stroke."""
    grain = np.random.default_rng(seed).integers(-4, 5, (height, width, 1))
    image = Image.fromarray((np.full((height, width, 3), PAPER) + grain).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for top in range(4, height - 16, 16):
        draw.text((6, top), "print 123", fill=(20, 20, 20))
    draw.line([(8, height // 2), (width - 20, height // 2 + 6)], fill=(200, 20, 30), width=3)
    draw.line([(8, height - 12), (width - 8, height - 8)], fill=(20, 40, 200), width=3)
    return np.asarray(image).copy()


def erase_coloured(page, *, on_rows=None):
    """A network for which coloured pixels are ink; it also darkens every other pixel by 8 levels of 255."""
    colours = page if page.ndim == 3 else page[..., None]
    colours = colours[..., : 1 if colours.shape[2] < 3 else 3]
    levels = np.iinfo(page.dtype).max
    spread = np.ptp(colours.astype(np.int64), axis=-1)
    ink = spread > 0.25 * levels
    values = np.where(ink[..., None], levels * PAPER // 255, np.maximum(colours, 8) - 8)
    image = page.copy()
    if page.ndim == 2:
        image[...] = values[..., 0]
    else:
        image[..., : colours.shape[2]] = values
    if on_rows is not None:
        on_rows(len(page))
    return image, np.where(ink, np.uint8(255), np.uint8(0))


@pytest.fixture
def page():
    return draw_page()


@pytest.fixture
def make_page():
    return draw_page


@pytest.fixture
def restore():
    return erase_coloured


@pytest.fixture
def scan(tmp_path, page):
    path = tmp_path / "in" / "scan.png"
    path.parent.mkdir()
    Image.fromarray(page).save(path, dpi=(200, 200))
    return path


@pytest.fixture
def mixed(tmp_path, page):
    """A scan, a page of text, and a scan as JPEG."""
    pdf = pikepdf.new()
    add_scan(pdf, page)
    add_text(pdf)
    add_scan(pdf, page, jpeg=True)
    pdf.docinfo["/Title"] = "Mixed"
    return save(pdf, tmp_path / "mixed.pdf")

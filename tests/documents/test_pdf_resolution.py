"""At which resolution pages of a PDF are rendered."""

import pikepdf
import pytest

from restorekit.documents import EraseOptions, erase_file, open_document
from tests.documents.pdfs import HEIGHT, POINTS, WIDTH, add_scan, add_text, pictures, save


@pytest.mark.parametrize("dpi", [20, 1200])
def test_a_scan_of_any_resolution_keeps_it(tmp_path, page, dpi):
    pdf = pikepdf.new()
    add_scan(pdf, page, dpi=dpi)
    target = tmp_path / "out.pdf"
    (summary,) = erase_file(lambda array: (array, None), save(pdf, tmp_path / "scan.pdf"), target)
    assert summary.size == (HEIGHT, WIDTH) and pictures(target, 1) == [(WIDTH, HEIGHT, "/FlateDecode")]


@pytest.mark.parametrize("stretch, size", [(1.009, (HEIGHT, WIDTH)), (1.05, (round(1.05 * HEIGHT), WIDTH))])
def test_pixels_that_are_nearly_square_are_taken_as_they_are(tmp_path, page, stretch, size):
    """Sides of a page are rounded; a fax's pixels are not square."""
    pdf = pikepdf.new()
    scan = add_scan(pdf, page)
    width, height = WIDTH * 0.72, HEIGHT * 0.72 * stretch
    scan.obj["/MediaBox"] = pikepdf.Array([0, 0, width, height])
    scan.obj["/Contents"] = pdf.make_stream(b"q %f 0 0 %f 0 0 cm /N Do Q" % (width, height))
    document = open_document(save(pdf, tmp_path / "scan.pdf"), name="scan.pdf", options=EraseOptions())
    assert document.size(1) == size
    document.close()


@pytest.mark.parametrize("dpi, taken", [(20, 72), (300, 300), (1200, 600)])
def test_a_picture_on_a_part_of_the_page_sets_its_resolution_within_bounds(tmp_path, page, dpi, taken):
    pdf = pikepdf.new()
    add_scan(pdf, page, dpi=dpi, below_px=2 * HEIGHT)
    document = open_document(save(pdf, tmp_path / "part.pdf"), name="part.pdf", options=EraseOptions())
    assert document.size(1) == (round(3 * HEIGHT * taken / dpi), round(WIDTH * taken / dpi))
    document.close()


@pytest.mark.parametrize("scale", [0.01, 7.0])
def test_a_scan_within_a_form_keeps_its_resolution(tmp_path, page, scale):
    """As some programs write scans: the picture lies in a form, which the page enlarges or shrinks."""
    pdf = pikepdf.new()
    scan = add_scan(pdf, page)
    form = pdf.make_stream(b"q %f 0 0 %f 0 0 cm /N Do Q" % tuple(side * scale for side in POINTS))
    form["/Type"], form["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
    form["/BBox"] = pikepdf.Array([0, 0, *(side * scale for side in POINTS)])
    form["/Matrix"] = pikepdf.Array([2, 0, 0, 2, 0, 0])
    form["/Resources"] = scan.obj["/Resources"]
    scan.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    scan.obj["/Contents"] = pdf.make_stream(b"q %f 0 0 %f 0 0 cm /F Do Q" % (0.5 / scale, 0.5 / scale))
    target = tmp_path / "out.pdf"
    (summary,) = erase_file(lambda array: (array, None), save(pdf, tmp_path / "scan.pdf"), target)
    assert summary.size == (HEIGHT, WIDTH) and not summary.passed


def test_a_scan_in_layers_has_the_resolution_of_the_finest(tmp_path, page):
    """As scanners write small files: a coarse picture of the paper, and the letters as a fine mask."""
    pdf = pikepdf.new()
    scan = add_scan(pdf, page)
    letters = pdf.make_stream(bytes(3 * WIDTH // 8 * 3 * HEIGHT))
    letters["/Type"], letters["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Image
    letters["/Width"], letters["/Height"] = 3 * WIDTH, 3 * HEIGHT
    letters["/ImageMask"], letters["/BitsPerComponent"] = True, 1
    scan.obj["/Resources"]["/XObject"]["/M"] = letters
    width, height = POINTS
    placed = b"q %f 0 0 %f 0 0 cm /N Do Q q %f 0 0 %f 0 %f cm /M Do Q"
    scan.obj["/Contents"] = pdf.make_stream(placed % (width, height, width, 0.75 * height, 0.125 * height))
    document = open_document(save(pdf, tmp_path / "layers.pdf"), name="", options=EraseOptions())
    assert document.size(1) == (4 * HEIGHT, 4 * WIDTH)
    document.close()


@pytest.mark.parametrize("print_mode, dpi", [(0, 200), (3, 20)], ids=["seen", "text layer"])
@pytest.mark.parametrize("below_px", [0, HEIGHT // 4])
def test_print_over_a_coarse_picture_stays_legible(tmp_path, page, print_mode, dpi, below_px):
    pdf = pikepdf.new()
    scan = add_scan(pdf, page, dpi=20, below_px=below_px)
    scan.obj["/Resources"]["/Font"] = add_text(pdf).obj["/Resources"]["/Font"]
    scan.contents_add(b"BT /N 9 Tf %d Tr 4 40 Td (print) Tj ET" % print_mode)
    document = open_document(save(pdf, tmp_path / "slide.pdf"), name="", options=EraseOptions())
    assert document.size(1) == (round((HEIGHT + below_px) * dpi / 20), round(WIDTH * dpi / 20))
    document.close()


@pytest.mark.parametrize("value, dpi", [("typed", 200), ("", 20), (None, 20)])
def test_what_was_typed_into_a_form_over_a_coarse_picture_stays_legible(tmp_path, page, value, dpi):
    pdf = pikepdf.new()
    scan = add_scan(pdf, page, dpi=20)
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Tx,
        T="name",
        Rect=[5, 5, 55, 20],
        DA="/Helv 9 Tf",
    )
    if value is not None:
        field["/V"] = pikepdf.String(value)
    fields = pikepdf.Array([pdf.make_indirect(field)])
    scan.obj["/Annots"], pdf.Root["/AcroForm"] = fields, pikepdf.Dictionary(Fields=fields)
    document = open_document(save(pdf, tmp_path / "form.pdf"), name="", options=EraseOptions())
    assert document.size(1) == (round(HEIGHT * dpi / 20), round(WIDTH * dpi / 20))
    document.close()

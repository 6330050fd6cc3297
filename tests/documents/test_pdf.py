import io
import os
import zlib
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pikepdf
import pytest
from PIL import Image

from restorekit.documents import EraseOptions, Task, erase_batch, erase_file, open_document

WIDTH, HEIGHT = 80, 96  # px of the picture; at 100 dpi
POINTS = (WIDTH * 0.72, HEIGHT * 0.72)


def add_page(pdf, content, size=POINTS, **resources):
    page = pdf.add_blank_page(page_size=size)
    page.obj["/Resources"] = pikepdf.Dictionary(
        {f"/{key}": pikepdf.Dictionary({"/N": value}) for key, value in resources.items()}
    )
    page.obj["/Contents"] = pdf.make_stream(content)
    return page


def add_scan(pdf, array, *, jpeg=False, lying=False, dpi=100, below_px=0):
    image = Image.fromarray(np.rot90(array) if lying else array)
    settings = {
        "/Type": pikepdf.Name.XObject,
        "/Subtype": pikepdf.Name.Image,
        "/Width": image.width,
        "/Height": image.height,
        "/ColorSpace": pikepdf.Name.DeviceRGB,
        "/BitsPerComponent": 8,
        "/Filter": pikepdf.Name.DCTDecode if jpeg else pikepdf.Name.FlateDecode,
    }
    buffer = io.BytesIO()
    image.save(buffer, format="JPEG", quality=80, subsampling=0)
    data = buffer.getvalue() if jpeg else zlib.compress(image.tobytes())
    picture = pdf.make_stream(data, settings)
    width, height, below = (px * 72 / dpi for px in (WIDTH, HEIGHT, below_px))
    content = b"q %f 0 0 %f 0 %f cm /N Do Q" % (width, height, below)
    return add_page(pdf, content, (width, height + below), XObject=picture)


def add_text(pdf):
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    return add_page(pdf, b"1 0 0 rg BT /N 9 Tf 4 40 Td (Red text) Tj ET", Font=font)


def save(pdf, path, **options):
    pdf.save(path, **options)
    return path


def render(path, number):
    """RGB at the resolution of the scans, to the pixel."""
    document = open_document(path, name="", options=EraseOptions(pdf_mode="all", dpi=100))
    array = document.read(number).array
    document.close()
    return array if array.ndim == 3 else np.repeat(array[..., None], 3, axis=2)


def pictures(path, number):
    with pikepdf.open(path) as pdf:
        return [
            (int(image.Width), int(image.Height), str(image.Filter))
            for _, image in pdf.pages[number - 1].Resources.XObject.items()
        ]


@pytest.fixture
def mixed(tmp_path, page):
    pdf = pikepdf.new()
    add_scan(pdf, page)
    add_text(pdf)
    add_scan(pdf, page, jpeg=True)
    pdf.docinfo["/Title"] = "Mixed"
    return save(pdf, tmp_path / "mixed.pdf")


def test_scans_are_erased_at_their_own_resolution_and_text_passes_through(mixed, page, restore):
    target = mixed.with_name("out.pdf")
    summaries = erase_file(restore, mixed, target)
    assert [summary.passed for summary in summaries] == [False, True, False]
    assert summaries[0].size == (HEIGHT, WIDTH)
    assert pictures(target, 1) == [(WIDTH, HEIGHT, "/FlateDecode")]
    assert pictures(target, 3) == [(WIDTH, HEIGHT, "/DCTDecode")]
    before, after = render(mixed, 1), render(target, 1)
    assert np.array_equal(before, page)  # the scan is rendered pixel by pixel
    outside = restore(page)[1] == 0
    outside[38:64], outside[74:] = False, False  # the strokes and the soft edges around them
    assert np.array_equal(after[outside], page[outside]) and not np.array_equal(after, before)
    assert np.array_equal(render(target, 2), render(mixed, 2))
    with pikepdf.open(target) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Mixed"
        assert [float(value) for value in pdf.pages[0].mediabox] == pytest.approx([0, 0, *POINTS])
        assert b"Red text" in pdf.pages[1].Contents.read_bytes()


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


def test_a_jpeg_scan_keeps_its_tables(mixed, restore):
    target = mixed.with_name("out.pdf")
    erase_file(restore, mixed, target)
    tables = []
    for path in (mixed, target):
        with pikepdf.open(path) as pdf:
            ((_, image),) = pdf.pages[2].Resources.XObject.items()
            tables.append(Image.open(io.BytesIO(image.read_raw_bytes())).quantization)
    assert tables[0] == tables[1]


def test_every_page_is_rendered_where_that_is_wanted(mixed, restore):
    target = mixed.with_name("out.pdf")
    summaries = erase_file(restore, mixed, target, EraseOptions(pdf_mode="all", dpi=50))
    assert [summary.size for summary in summaries] == [(HEIGHT // 2, WIDTH // 2)] * 3
    assert (render(mixed, 2)[..., 0].astype(int) - render(mixed, 2)[..., 1] > 100).any()
    assert not (render(target, 2)[..., 0].astype(int) - render(target, 2)[..., 1] > 100).any()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rotated_and_cropped_pages_look_as_before(tmp_path, page, rotation):
    pdf = pikepdf.new()
    first = add_scan(pdf, page)
    first.obj["/Rotate"] = rotation
    second = add_scan(pdf, page)
    second.obj["/Rotate"] = rotation
    second.obj["/CropBox"] = pikepdf.Array([7.2, 14.4, 50.4, 64.8])
    source = save(pdf, tmp_path / "turned.pdf")
    target = tmp_path / "out.pdf"
    erase_file(lambda array: (array, None), source, target)
    for number in (1, 2):
        before, after = render(source, number), render(target, number)
        assert np.abs(before.astype(int) - after).max() <= 1
        with pikepdf.open(source) as old, pikepdf.open(target) as new:
            assert new.pages[number - 1].get("/Rotate") == rotation
            assert new.pages[number - 1].cropbox == old.pages[number - 1].cropbox


def blue_stroke(pdf):
    """What an annotation looks like: a blue line from 10, 10 to 50, 60."""
    form = pdf.make_stream(b"0 0 1 RG 3 w 10 10 m 50 60 l S")
    form["/Type"], form["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
    form["/BBox"] = pikepdf.Array([5, 5, 55, 65])
    return form


def test_ink_of_a_pdf_program_goes_and_links_stay(tmp_path, restore):
    pdf = pikepdf.new()
    page = add_text(pdf)
    ink = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Ink,
        Rect=[5, 5, 55, 65],
        F=4,
        AP=pikepdf.Dictionary(N=blue_stroke(pdf)),
    )
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])
    page.obj["/Annots"] = pikepdf.Array([pdf.make_indirect(ink), pdf.make_indirect(link)])
    source, target = save(pdf, tmp_path / "ink.pdf"), tmp_path / "out.pdf"
    (summary,) = erase_file(restore, source, target)
    assert not summary.passed and summary.changed > 0
    assert np.ptp(render(target, 1).astype(int), axis=-1).max() < 40
    with pikepdf.open(target) as new:
        assert [str(item.Subtype) for item in new.pages[0].Annots] == ["/Link"]


def test_what_was_signed_leaves_the_form_too(tmp_path, page):
    pdf = pikepdf.new()
    scan = add_scan(pdf, page)
    signature = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Sig,
        T="signature",
        Rect=[5, 5, 55, 65],
        AP=pikepdf.Dictionary(N=blue_stroke(pdf)),
    )
    fields = pikepdf.Array([pdf.make_indirect(signature)])
    scan.obj["/Annots"], pdf.Root["/AcroForm"] = fields, pikepdf.Dictionary(Fields=fields)
    target = tmp_path / "out.pdf"
    erase_file(lambda array: (array, None), save(pdf, tmp_path / "signed.pdf"), target)
    with pikepdf.open(target) as new:
        streams = [item.read_bytes() for item in new.objects if isinstance(item, pikepdf.Stream)]
    assert not any(b"50 60 l" in stream for stream in streams)


def test_a_page_that_fails_stays_as_it_was_and_stops_no_other(mixed, restore):
    calls = []

    def once(array):
        calls.append(array)
        if len(calls) == 1:
            raise RuntimeError("no luck")
        return restore(array)

    target = mixed.with_name("out.pdf")
    summaries = erase_file(once, mixed, target)
    assert [summary.error for summary in summaries] == ["no luck", "", ""]
    with pikepdf.open(mixed) as old, pikepdf.open(target) as new:
        contents = [pdf.pages[0].Contents.read_bytes() for pdf in (old, new)]
        assert contents[0] == contents[1]  # a text layer would lie in it
    assert np.array_equal(render(target, 1), render(mixed, 1))
    assert not np.array_equal(render(target, 3), render(mixed, 3))


def test_a_pdf_that_anybody_may_read_keeps_its_owners_password_and_permissions(tmp_path, page, restore):
    pdf, source, target = pikepdf.new(), tmp_path / "a.pdf", tmp_path / "b.pdf"
    add_scan(pdf, page)
    allow = pikepdf.Permissions(extract=False, modify_annotation=False)
    save(pdf, source, encryption=pikepdf.Encryption(user="", owner="secret", allow=allow))
    erase_file(restore, source, target)
    with pikepdf.open(target) as after:
        assert after.is_encrypted and not after.owner_password_matched
        assert not after.allow.extract and not after.allow.modify_annotation and after.allow.modify_form
    with pikepdf.open(target, password="secret") as after:
        assert after.owner_password_matched
    assert np.array_equal(render(target, 1)[:24], page[:24])


def test_passwords_and_empty_files_are_told(tmp_path, page):
    pdf = pikepdf.new()
    add_scan(pdf, page)
    locked = save(pdf, tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="u", owner="o"))
    with pytest.raises(ValueError, match=r"locked.pdf is protected by a password; save a copy without one"):
        open_document(locked, name="locked.pdf", options=EraseOptions())
    none = save(pikepdf.new(), tmp_path / "none.pdf")
    with pytest.raises(ValueError, match=r"none.pdf has no pages"):
        open_document(none, name="none.pdf", options=EraseOptions())


def test_a_scan_that_cannot_be_decoded_is_not_replaced_by_a_blank_page(tmp_path, page, restore):
    pdf = pikepdf.new()
    add_scan(pdf, page)
    broken = add_scan(pdf, page, jpeg=True).obj["/Resources"]["/XObject"]["/N"]
    broken.write(b"no JPEG", filter=pikepdf.Name.DCTDecode)
    source, target = save(pdf, tmp_path / "broken.pdf"), tmp_path / "out.pdf"
    good, bad = erase_file(restore, source, target)
    assert not good.error and "broken.pdf, page 2 comes out blank, for a picture on it cannot" in bad.error
    with pikepdf.open(target) as new:
        assert new.pages[1].Resources.XObject["/N"].read_raw_bytes() == b"no JPEG"


def test_a_page_that_would_be_too_large_is_refused(mixed, restore):
    options = EraseOptions(max_megapixels=0.001)
    summaries = erase_file(restore, mixed, mixed.with_name("out.pdf"), options)
    assert (
        "mixed.pdf, page 1 would have 0.00768 megapixels, over the limit of 0.001; lower --dpi"
        in summaries[0].error
    )
    assert summaries[1].passed and summaries[2].error


def test_what_was_written_before_is_read_again_from_disk(mixed, restore, monkeypatch):
    targets = [mixed.with_name(name) for name in ("held.pdf", "laid_down.pdf")]
    erase_file(restore, mixed, targets[0])
    monkeypatch.setattr("restorekit.documents.pdf_writing._MOST_HELD_BYTES", 1)
    monkeypatch.setattr("restorekit.documents.pdf._PAGES_AN_OPENING", 1)
    erase_file(restore, mixed, targets[1])
    for number in (1, 2, 3):
        assert np.array_equal(render(targets[0], number), render(targets[1], number))
    assert pictures(targets[1], 1) == pictures(targets[0], 1)
    with pikepdf.open(targets[1]) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Mixed"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells no memory")
def test_a_book_of_scans_takes_no_more_memory_than_a_few_of_them(tmp_path, monkeypatch):
    """What PDFium read and what was written stayed in memory: 9 MB for each page of A4 at 150 dpi."""
    monkeypatch.setattr("restorekit.documents.pdf_writing._MOST_HELD_BYTES", 4 << 20)
    pdf, taken = pikepdf.new(), []
    rng = np.random.default_rng(0)
    for _ in range(36):
        add_scan(pdf, rng.integers(0, 256, (500, 600, 3), dtype=np.uint8))
    source = save(pdf, tmp_path / "book.pdf")
    pdf.close()

    def restore(page):
        status = Path("/proc/self/status").read_text()
        taken.append(int(status.split("RssAnon:")[1].split()[0]) / 1024)
        return 255 - page, None

    erase_file(restore, source, tmp_path / "out.pdf", EraseOptions(full=True))
    assert len(taken) == 36 and max(taken) - taken[11] < 20  # MB; the others' 2 * 24 * 0.9 MB are 43


def test_a_crop_box_beyond_the_media_box_moves_nothing(tmp_path, page, restore):
    pdf = pikepdf.new()
    add_scan(pdf, page).obj["/CropBox"] = pikepdf.Array([-50, -50, POINTS[0] + 50, POINTS[1] + 70])
    wide = save(pdf, tmp_path / "wide.pdf")
    pdf = pikepdf.new()
    add_scan(pdf, page)
    plain = save(pdf, tmp_path / "plain.pdf")
    for source in (wide, plain):
        erase_file(restore, source, source.with_name(f"{source.stem}_out.pdf"))
    assert np.array_equal(render(tmp_path / "wide_out.pdf", 1), render(tmp_path / "plain_out.pdf", 1))


@pytest.mark.parametrize(
    "odd",
    [
        {"/Rotate": 45},
        {"/MediaBox": pikepdf.Array([0, 0, 0, 0])},
        {"/Annots": pikepdf.Array([None])},
    ],
    ids=str,
)
def test_pages_with_odd_entries_look_as_before(tmp_path, page, odd):
    pdf = pikepdf.new()
    scan = add_scan(pdf, page)
    for key, value in odd.items():
        scan.obj[key] = value
    source, target = save(pdf, tmp_path / "odd.pdf"), tmp_path / "out.pdf"
    erase_file(lambda array: (array, None), source, target, EraseOptions(pdf_mode="all", dpi=100))
    assert np.abs(render(source, 1).astype(int) - render(target, 1)).max() <= 1


def test_black_and_white_scans_stay_so(tmp_path, page, restore):
    pdf = pikepdf.new()
    bits = np.packbits(page.mean(-1) > 128, axis=1)
    settings = {
        "/Type": pikepdf.Name.XObject,
        "/Subtype": pikepdf.Name.Image,
        "/Width": WIDTH,
        "/Height": HEIGHT,
        "/ColorSpace": pikepdf.Name.DeviceGray,
        "/BitsPerComponent": 1,
    }
    picture = pdf.make_stream(bits.tobytes(), settings)
    add_page(pdf, b"q %f 0 0 %f 0 0 cm /N Do Q" % POINTS, XObject=picture)
    source, target = save(pdf, tmp_path / "fax.pdf"), tmp_path / "out.pdf"

    def paler(array):
        return np.clip(array.astype(int) + 20, 0, 250).astype(np.uint8), None

    erase_file(paler, source, target, EraseOptions(full=True))
    with pikepdf.open(target) as new:
        ((_, image),) = new.pages[0].Resources.XObject.items()
        assert int(image.BitsPerComponent) == 1
    assert np.array_equal(render(target, 1), render(source, 1))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not list open files")
def test_a_file_is_closed_before_it_is_replaced(mixed, restore, monkeypatch):
    """Windows replaces no file that is open."""
    held = []

    def replace(source, target):
        links = [Path(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd")]
        held.extend(link for link in links if link.exists() and link.samefile(target))
        Path(source).rename(target)

    monkeypatch.setattr(os, "replace", replace)
    erase_file(restore, mixed, mixed)
    assert held == []
    (outcome,) = erase_batch(
        lambda page, on_rows: restore(page),
        [Task(mixed, mixed)],
        EraseOptions(),
        jobs=1,
        resume=False,
        watcher=Mock(),
    )
    assert not outcome.failed and held == []
